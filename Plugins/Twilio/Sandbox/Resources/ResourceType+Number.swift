import SwitchboardCore

extension ResourceType {
    /// A number that the account owns (contract section 3).
    static let number = ResourceType(
        kind: .number, noun: "IncomingPhoneNumber", prefix: "PN", listKey: "incoming_phone_numbers",
        route: Route(TwilioOperation.account + "/IncomingPhoneNumbers/{sid}.json"), fields: numberFields,
        verbs: [.list, .fetch, .update, .delete],
        fixed: ["PhoneNumber", "AreaCode"],
        filters: [
            Filter(parameter: "PhoneNumber") { number, text in
                NumberPattern(part: text).matches(number.text("phone_number"))
            },
            Filter(parameter: "FriendlyName") { $0.text("friendly_name") == $1 },
            Filter(parameter: "Beta") { $0["beta"] == .bool($1.lowercased() == "true") },
            Filter(parameter: "Origin") { $0.text("origin") == $1 },
        ],
        faults: [.taken], rule: numberRule,
        farewell: { world, number, call throws(TwilioError) in world.note(.release, number, at: call.time) })

    private static let numberFields: [Field] = [
        .sid, .account, .set("FriendlyName", .text(1...64, else: 20002)), Field("phone_number"),
        .set("ApiVersion", .text(0...20, else: 20001), initially: "2010-04-01"), .created, .updated,
        Field("capabilities", initially: ["voice": true, "sms": true, "mms": true, "fax": false]),
        Field("beta", initially: false), Field("origin", initially: "twilio"), Field("type", initially: "local"),
        Field("status", initially: "in-use"), Field("address_requirements", initially: "none"),
        .set("AddressSid", .sid("AD")), .set("IdentitySid", .sid("RI")), .set("BundleSid", .sid("BU")),
        .set("EmergencyStatus", .choice(["Active", "Inactive"]), initially: "Inactive"),
        .set("EmergencyAddressSid", .sid("AD")), Field("emergency_address_status", initially: "unregistered"),
        .set("TrunkSid", .sid("TK", else: 21245)),
        .set("VoiceApplicationSid", .sid("AP", else: 21420), initially: ""),
        .set("VoiceUrl", .url()), .set("VoiceMethod", .method, initially: "POST"), .set("VoiceFallbackUrl", .url()),
        .set("VoiceFallbackMethod", .method, initially: "POST"),
        .set("VoiceCallerIdLookup", .bool(), initially: false),
        .set("VoiceReceiveMode", .choice(["voice", "fax"]), initially: "voice"),
        .set("SmsApplicationSid", .sid("AP", else: 21420), initially: ""),
        .set("SmsUrl", .url(), initially: ""), .set("SmsMethod", .method, initially: "POST"),
        .set("SmsFallbackUrl", .url(), initially: ""), .set("SmsFallbackMethod", .method, initially: "POST"),
        .set("StatusCallback", .url(), initially: ""), .set("StatusCallbackMethod", .method, initially: "POST"),
        .uri,
    ]

    /// A trunk and an application for calls exclude each other, the one that is set last wins; a fallback needs what it
    /// falls back from.
    private static let numberRule: Rule = { world, number, _, call throws(TwilioError) in
        if let account = call.parameters["AccountSid"], account != number.account {
            throw TwilioError(21473, "Number cannot be moved to account \(account).")
        }
        let trunk = number.text("trunk_sid")
        guard trunk.isEmpty || world[.trunk, trunk]?.account == number.account else {
            throw TwilioError(21245, "Trunk \(trunk) is not a trunk of this account.")
        }
        let winner = call.parameters.names.last {
            ["TrunkSid", "VoiceApplicationSid"].contains($0) && call.parameters[$0]?.isEmpty == false
        }
        if winner == "TrunkSid" { number.values["voice_application_sid"] = nil }
        if winner == "VoiceApplicationSid" { number.values["trunk_sid"] = nil }
        for use in ["voice", "sms"]
        where !number.text(use + "_fallback_url").isEmpty && number.text(use + "_url").isEmpty {
            throw TwilioError(21405, "A fallback URL needs a primary URL.")
        }
    }
}
