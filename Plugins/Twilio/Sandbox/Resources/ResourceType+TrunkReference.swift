import SwitchboardCore

extension ResourceType {
    /// A credential list that a trunk uses (contract section 5.3).
    static let trunkCredentialList = reference(
        .trunkCredentialList, to: .credentialList, noun: "CredentialList", path: "CredentialLists",
        parameter: "CredentialListSid")

    /// A list of addresses that a trunk uses.
    static let trunkAddressList = reference(
        .trunkAddressList, to: .addressList, noun: "IpAccessControlList", path: "IpAccessControlLists",
        parameter: "IpAccessControlListSid")

    /// A list's attachment to a trunk: it has the list's sid and name, and deleting it leaves the list.
    private static func reference(
        _ kind: Kind, to list: Kind, noun: String, path: String, parameter: String
    ) -> ResourceType {
        ResourceType(
            kind: kind, noun: noun, prefix: list == .credentialList ? "CL" : "AL",
            listKey: list == .credentialList ? "credential_lists" : "ip_access_control_lists",
            route: Route("/v1/Trunks/{parent}/\(path)/{sid}"),
            fields: [
                .account, .sid, Field("trunk_sid", .parent),
                Field("friendly_name", .computed { world, own in world[list, own.sid]?["friendly_name"] ?? .null }),
                .created, .updated, .url,
            ],
            verbs: [.list, .create, .fetch, .delete], parent: .trunk, required: [parameter],
            rule: { world, own, _, call throws(TwilioError) in
                let sid = try call.parameters.required(parameter)
                guard world[list, sid]?.account == own.account else { throw call.notFound }
                guard world[kind, own.parent + "/" + sid] == nil else {
                    throw TwilioError(21245, "\(sid) is already attached to this trunk.")
                }
                own = Resource(kind, sid: sid, account: own.account, parent: own.parent, at: call.time)
            })
    }
}

extension TwilioWorld {
    /// How a trunk knows whom to take calls from: `IP_ACL`, `CREDENTIAL_LIST`, both or nothing.
    func authentication(of trunk: Resource) -> [String] {
        [("IP_ACL", Kind.trunkAddressList), ("CREDENTIAL_LIST", .trunkCredentialList)].compactMap { name, kind in
            all(kind, of: trunk.sid).isEmpty ? nil : name
        }
    }
}
