import SwitchboardCore

/// The host that takes a project's SIP calls; it has nothing to do with the host of its URL (contract section 7).
struct SIPHost: Sendable {
    /// The host, with its port where it has one; without `sip:`.
    let text: String

    /// Reads the setting `sip_host`.
    init(_ setting: String, profile: String) throws {
        guard let parts = URLParts("sip://" + setting), !parts.hasUserInfo, parts.rest.isEmpty else {
            throw SwitchboardError(
                .invalidArgument, "the livekit setting 'sip_host' of profile '\(profile)' is no host name",
                help: "leave 'sip:' and what follows the host away, such as acme01.sip.livekit.cloud",
                provider: LiveKitProvider.name, fields: ["sip_host": "no host name"])
        }
        text = setting
    }

    /// The host of a project of LiveKit Cloud, whose ids begin with `p_`; nil for any other id.
    init?(projectID: String) {
        let subdomain = projectID.dropFirst(2)
        guard projectID.hasPrefix("p_"), !subdomain.isEmpty,
            subdomain.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0 | 0x20) })
        else { return nil }
        text = subdomain + ".sip.livekit.cloud"
    }

    /// The host, the URI, and where the host can be pinned, its hosts in single regions.
    static func endpoints(_ settings: ProviderSettings) -> [ProviderEndpoint] {
        guard let host = settings["sip_host"].flatMap({ try? SIPHost($0, profile: "") }) else {
            let remark =
                "connect it with --sip-host ID.sip.livekit.cloud; `lk project list --json` shows p_ID as ProjectId"
            return [ProviderEndpoint("sip_host", nil, remark: remark)]
        }
        return [
            ProviderEndpoint("sip_host", host.text, remark: "calls enter at the nearest region"),
            ProviderEndpoint(
                "sip_uri", "sip:" + host.text, remark: "for a carrier's trunk; ;transport=tls or tcp may follow"),
        ]
            + regions.compactMap { region, places in
                host.pinned(to: region).map {
                    ProviderEndpoint("sip_host_\(region)", $0, remark: "calls enter in \(places) only")
                }
            }
    }

    /// LiveKit's regions for SIP, with their names in its host names; realtime traffic has names of its own.
    private static let regions = [
        ("eu", "Europe"), ("india", "India"), ("sa", "Saudi Arabia"), ("us", "the United States"), ("japan", "Japan"),
        ("aus", "Australia"), ("uk", "the United Kingdom"), ("canada", "Canada"),
    ]

    /// The region stands behind the project's label: `acme01.sip.livekit.cloud` becomes `acme01.eu.sip.livekit.cloud`;
    /// nil for a host of another form.
    private func pinned(to region: String) -> String? {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 2, labels[1] == "sip" else { return nil }
        return ([labels[0], Substring(region)] + labels.dropFirst()).joined(separator: ".")
    }
}
