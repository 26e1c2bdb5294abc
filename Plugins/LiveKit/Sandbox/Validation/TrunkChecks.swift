/// What LiveKit looks at in the requests about trunks, in its order (contract section 4.2).
enum TrunkChecks {
    static let createInbound = create + inbound.within("trunk")
    static let createOutbound = create + outbound.within("trunk")
    static let updateInbound =
        update + inbound.within("replace") + lists("numbers", "allowed_addresses", "allowed_numbers")
    static let updateOutbound = update + outbound.within("replace") + lists("numbers")

    /// A request that names one trunk.
    static let naming: [Check<ProtoMessage>] = [
        Check("id", "trunk ID is required") { $0.string("sip_trunk_id").isEmpty }
    ]

    /// The name of the check by which nobody can call in who is not known.
    static let security = "security"

    /// An inbound trunk itself.
    static let inbound: [Check<ProtoMessage>] =
        [
            Check(
                security,
                "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers"
            ) { trunk in
                trunk.string("auth_username").isEmpty && trunk.string("auth_password").isEmpty
                    && trunk.strings("allowed_addresses").isEmpty && trunk.strings("numbers").isEmpty
            }
        ] + MediaChecks.all.within("media") + HeaderChecks.all

    /// An outbound trunk itself.
    static let outbound: [Check<ProtoMessage>] =
        [
            Check("numbers", "no trunk numbers specified") { $0.strings("numbers").isEmpty },
            Check("address", "no outbound address specified") { $0.string("address").isEmpty },
        ] + HostChecks.all("address", called: "trunk address") + HostChecks.all("from_host", called: "from_host")
        + HeaderChecks.all + MediaChecks.all.within("media")

    private static let create: [Check<ProtoMessage>] = [
        Check("trunk", "missing trunk") { !$0.has("trunk") },
        Check("id", "trunk id must not be set") { $0.message("trunk")?.has("sip_trunk_id") == true },
    ]

    private static let update: [Check<ProtoMessage>] = [
        Check("id", "trunk id must be set") { !$0.has("sip_trunk_id") },
        Check("action", "missing or unsupported update action") { !$0.has("replace") && !$0.has("update") },
        Check("same id", "trunk id in the info must be empty or match the id in the update") { request in
            let own = request.message("replace")?.string("sip_trunk_id") ?? ""
            return !own.isEmpty && own != request.string("sip_trunk_id")
        },
    ]

    private static func lists(_ fields: String...) -> [Check<ProtoMessage>] {
        fields.flatMap { ListUpdateChecks.all.within($0) }.within("update")
    }
}
