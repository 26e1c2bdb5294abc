import SwitchboardCore
import SwitchboardSandbox

extension ResourceType {
    /// An Elastic SIP trunk (contract section 5.1).
    static let trunk = ResourceType(
        kind: .trunk, noun: "Trunk", prefix: "TK", listKey: "trunks", route: Route("/v1/Trunks/{sid}"),
        fields: trunkFields, rule: trunkRule, farewell: deleteTrunk)

    private static let invalid = 21245

    private static let trunkFields: [Field] = [
        .sid, .account, .set("FriendlyName", .text(0...64, else: invalid)), .set("DomainName", domain),
        .set("Secure", .bool(else: invalid), initially: false),
        .set("CnamLookupEnabled", .bool(else: invalid), initially: false),
        .set(
            "TransferMode", .choice(["disable-all", "sip-only", "enable-all"], else: invalid), initially: "disable-all"),
        .set(
            "TransferCallerId", .choice(["from-transferee", "from-transferor"], else: invalid),
            initially: "from-transferee"),
        .set("DisasterRecoveryUrl", .url(else: invalid)),
        .set("DisasterRecoveryMethod", .choice(["GET", "POST"], else: invalid)),
        Field("recording", initially: ["mode": "do-not-record", "trim": "do-not-trim"]),
        Field("auth_type", .computed { .string($0.authentication(of: $1).joined(separator: ",")) }),
        Field("auth_type_set", .computed { .strings($0.authentication(of: $1)) }),
        Field("symmetric_rtp_enabled", initially: false), .created, .updated, .url,
        Field(
            "links",
            .links([
                "origination_urls": "OriginationUrls", "credential_lists": "CredentialLists",
                "ip_access_control_lists": "IpAccessControlLists", "phone_numbers": "PhoneNumbers",
            ])),
    ]

    /// The name of the termination host, one label below `pstn.twilio.com`.
    private static let domain = Reading { text, _ throws(TwilioError) in
        if text.isEmpty { return nil }
        guard text.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,62}\.pstn\.twilio\.com/) != nil else {
            throw TwilioError(21245, "DomainName has letters, digits and hyphens and ends with pstn.twilio.com.")
        }
        return .string(text)
    }

    private static let trunkRule: Rule = { world, trunk, earlier, call throws(TwilioError) in
        if earlier == nil, world.all(.trunk, of: trunk.account).count >= (call.account.isTrial ? 1 : 100) {
            throw TwilioError(21244, "This account cannot have another trunk.")
        }
        let domain = trunk.text("domain_name")
        guard !domain.isEmpty, domain != earlier?.text("domain_name") else { return }
        let label = domain.split(separator: ".")[0]
        if label.hasPrefix("ac"),
            world.accounts.keys.contains(where: { $0.lowercased() == label && $0 != trunk.account })
        {
            throw TwilioError(21245, "Trunk domain \(domain) is the sid of another account.")
        }
        switch world.holder(ofDomain: domain, at: call.time) {
        case nil: return
        case trunk.account?:
            throw TwilioError(21245, "Trunk domain \(domain) is used by another trunk of this account.")
        default: throw TwilioError(21248, "Trunk domain \(domain) is already taken.")
        }
    }

    /// What hangs on the trunk goes with it, its numbers are let go, and its domain is not to be had for 30 days.
    private static let deleteTrunk: Farewell = { world, trunk, call throws(TwilioError) in
        for kind in [Kind.originationURL, .trunkCredentialList, .trunkAddressList] {
            for child in world.all(kind, of: trunk.sid) { world.remove(child) }
        }
        for var number in world.numbers(of: trunk) {
            number.values["trunk_sid"] = nil
            world.put(number)
        }
        let domain = trunk.text("domain_name")
        if !domain.isEmpty { world.retire(domain, until: call.time.adding(seconds: 30 * 86_400)) }
    }

    /// An address that takes the calls of a trunk's numbers (contract section 5.2).
    static let originationURL = ResourceType(
        kind: .originationURL, noun: "OriginationUrl", prefix: "OU", listKey: "origination_urls",
        route: Route("/v1/Trunks/{parent}/OriginationUrls/{sid}"),
        fields: [
            .sid, .account, Field("trunk_sid", .parent), .set("FriendlyName", .text(1...64, else: invalid)),
            .set("SipUrl", sipURL), .set("Weight", .integer(1...65535, else: invalid)),
            .set("Priority", .integer(0...65535, else: invalid)), .set("Enabled", .bool(else: invalid)), .created,
            .updated, .url,
        ],
        parent: .trunk, required: ["FriendlyName", "SipUrl", "Weight", "Priority", "Enabled"],
        rule: { world, url, earlier, _ throws(TwilioError) in
            guard earlier == nil, world.all(.originationURL, of: url.parent).count >= 10 else { return }
            throw TwilioError(21249, "This trunk has too many origination URLs.")
        })

    private static let sipURL = Reading { text, _ throws(TwilioError) in
        guard text.lowercased().hasPrefix("sip:") else {
            throw TwilioError(21245, "SipUrl must use the sip scheme.")
        }
        guard text.wholeMatch(of: /[A-Za-z]+:([^\s@]+@)?[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]*(;[^\s]*)?/) != nil else {
            throw TwilioError(21245, "SipUrl is not a valid SIP URI.")
        }
        return .string(text)
    }
}
