import SwitchboardCore

extension ResourceType {
    /// A list of user names and passwords (contract section 5.3).
    static let credentialList = list(
        .credentialList, noun: "SipCredentialList", prefix: "CL", path: "CredentialLists", names: 1...64,
        listKey: "credential_lists", children: ["credentials": "Credentials"],
        limit: (100, 21239), clash: 21240, uses: (.trunkCredentialList, 21241), members: .credential)

    /// A list of addresses.
    static let addressList = list(
        .addressList, noun: "SipIpAccessControlList", prefix: "AL", path: "IpAccessControlLists", names: 1...255,
        listKey: "ip_access_control_lists", children: ["ip_addresses": "IpAddresses"],
        limit: (1000, 21255), clash: 21235, uses: (.trunkAddressList, 21236), members: .address)

    /// A user name with its password, which is never told.
    static let credential = ResourceType(
        kind: .credential, noun: "SipCredential", prefix: "CR", listKey: "credentials",
        route: Route(TwilioOperation.account + "/SIP/CredentialLists/{parent}/Credentials/{sid}.json"),
        fields: [
            .sid, .account, Field("credential_list_sid", .parent), .set("Username", .text(1...32, else: 21240)),
            .created, .updated, .uri, Field("password", .secret, by: "Password", password),
        ],
        parent: .credentialList, required: ["Username", "Password"], fixed: ["Username"],
        rule: { world, own, earlier, _ throws(TwilioError) in
            guard earlier == nil else { return }
            let others = world.all(.credential, of: own.parent)
            if others.count >= 1000 { throw TwilioError(21242, "This list has too many credentials.") }
            if others.contains(where: { $0.text("username") == own.text("username") }) {
                throw TwilioError(21240, "Username \(own.text("username")) is in this list already.")
            }
        })

    private static let password = Reading { text, _ throws(TwilioError) in
        guard text.count >= 12, text.contains(where: \.isNumber), text.contains(where: \.isUppercase),
            text.contains(where: \.isLowercase)
        else { throw TwilioError(21240, "Password needs 12 characters, a digit and mixed case.") }
        return .string(text)
    }

    /// An address, or a network of them.
    static let address = ResourceType(
        kind: .address, noun: "SipIpAddress", prefix: "IP", listKey: "ip_addresses",
        route: Route(TwilioOperation.account + "/SIP/IpAccessControlLists/{parent}/IpAddresses/{sid}.json"),
        fields: [
            .sid, .account, .set("FriendlyName", .text(1...255, else: 21235)), .set("IpAddress", ipv4),
            .set("CidrPrefixLength", .integer(0...32, else: 21235), initially: 32),
            Field("ip_access_control_list_sid", .parent), .created, .updated, .uri,
        ],
        parent: .addressList, required: ["FriendlyName", "IpAddress"],
        rule: { world, own, earlier, _ throws(TwilioError) in
            if own["cidr_prefix_length"] == 0 { own["cidr_prefix_length"] = 32 }
            guard earlier == nil, world.all(.address, of: own.parent).count >= 100 else { return }
            throw TwilioError(21237, "This list has too many addresses.")
        })

    private static let ipv4 = Reading { text, _ throws(TwilioError) in
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil && $0.utf8.allSatisfy { $0 != UInt8(ascii: "+") } })
        else { throw TwilioError(21235, "IpAddress is not an IPv4 address.") }
        return .string(text)
    }

    /// A list with a name of its own, which stays as long as a trunk uses it and takes its members with it.
    private static func list(
        _ kind: Kind, noun: String, prefix: String, path: String, names: ClosedRange<Int>, listKey: String,
        children: KeyValuePairs<String, String>, limit: (count: Int, code: Int), clash: Int,
        uses: (kind: Kind, code: Int), members: Kind
    ) -> ResourceType {
        ResourceType(
            kind: kind, noun: noun, prefix: prefix, listKey: listKey,
            route: Route(TwilioOperation.account + "/SIP/\(path)/{sid}.json"),
            fields: [
                .sid, .account, .set("FriendlyName", .text(names, else: clash)), .created, .updated,
                Field("subresource_uris", .links(children)), .uri,
            ],
            required: ["FriendlyName"],
            rule: { world, own, earlier, _ throws(TwilioError) in
                let others = world.all(kind, of: own.account)
                if earlier == nil, others.count >= limit.count {
                    throw TwilioError(limit.code, "This account has too many such lists.")
                }
                let name = own.text("friendly_name")
                if others.contains(where: { $0.sid != own.sid && $0.text("friendly_name") == name }) {
                    throw TwilioError(clash, "There is a list with the name \(name) already.")
                }
            },
            farewell: { world, own, _ throws(TwilioError) in
                let trunks = world.all(.trunk, of: own.account)
                if trunks.contains(where: { world[uses.kind, $0.sid + "/" + own.sid] != nil }) {
                    throw TwilioError(uses.code, "\(own.sid) is attached to a trunk.")
                }
                for member in world.all(members, of: own.sid) { world.remove(member) }
            })
    }
}
