/// What LiveKit looks at in a host: it is neither a URI nor carries a URI's parameters (contract section 4.2).
enum HostChecks {
    /// The checks of a field, which the refusal calls by another name.
    static func all(_ field: String, called title: String) -> [Check<ProtoMessage>] {
        [
            Check("\(field) transport", "\(title) should not contain transport parameter") {
                $0.string(field).contains("transport=")
            },
            Check("\(field) URI", "\(title) should be a hostname or IP, not SIP URI") { message in
                let host = message.string(field)
                return host.contains("@") || host.contains(";") || host.hasPrefix("sip:") || host.hasPrefix("sips:")
            },
        ]
    }
}
