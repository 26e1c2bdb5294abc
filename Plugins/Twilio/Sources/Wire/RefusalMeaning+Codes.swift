import SwitchboardCore

/// Twilio's error dictionary, as far as numbers, trunks and conferences go (contract sections 1.3, 3.4, 4, 5.4 and 6.1).
extension RefusalMeaning {
    /// The meaning of each code.
    static let byCode: [Int: RefusalMeaning] = {
        var meanings: [Int: RefusalMeaning] = [20429: concurrency, 20500: failure, 20503: failure]
        for row in account + numbers + documents + callerIDs + trunks + lists + calls {
            for code in row.codes { meanings[code] = row.meaning }
        }
        return meanings
    }()

    /// The code for test credentials, which buy without money and hold nothing.
    static let testCredentials = 20008

    private typealias Row = (codes: [Int], meaning: RefusalMeaning)

    private static func row(
        _ codes: Int..., means code: ErrorCode, _ words: String = "", help: String? = nil, field: String? = nil
    ) -> Row {
        (codes, RefusalMeaning(code: code, words: words, help: help, field: field))
    }

    private static let console = "settle it in Twilio's console"
    private static let upgrade = "upgrade the account in Twilio's console"

    /// Credentials, the account itself, and requests of any kind.
    private static let account: [Row] = [
        row(20003, means: .unauthorized, help: credentialsHelp),
        row(20006, means: .forbidden, "the credentials may not do this", help: credentialsHelp),
        row(
            testCredentials, means: .forbidden, "test credentials may do little more than buy",
            help: "use the account's own"),
        row(20005, 10001, means: .forbidden, "the account is suspended or closed", help: console),
        row(10002, means: .paymentRequired, "a trial account may not do this", help: upgrade),
        row(20404, means: .notFound),
        row(20004, means: .unsupported),
        row(20001, 20007, 21481, means: .invalidArgument),
    ]

    /// Numbers for sale and numbers held.
    private static let numbers: [Row] = [
        row(21422, means: .taken, "the number is not for sale"),
        row(21421, 21401, means: .invalidArgument, "it is not a valid phone number", field: "PhoneNumber"),
        row(21451, means: .invalidArgument, "it is not a valid area code", field: "AreaCode"),
        row(21452, means: .noMatch, "no number is left in that area"),
        row(21457, 21458, means: .invalidArgument, "the number is of another type", field: "PhoneNumber"),
        row(21404, means: .paymentRequired, "a trial account may not have this number", help: upgrade),
        row(22300, means: .forbidden, "a compliance hold keeps the account from buying such numbers", help: console),
        row(21402, 21403, 21405, means: .invalidArgument),
        row(21409, means: .unsupported, "the number has no caller name look-up"),
        row(21420, means: .invalidArgument, "the application is not the account's", field: "VoiceApplicationSid"),
        row(21470, 21471, 21472, 21473, 21474, means: .conflict),
        row(20002, means: .invalidArgument, "the name has 1 to 64 characters", field: "FriendlyName"),
    ]

    /// Countries that ask for documents before they give out a number.
    private static let documents: [Row] = [
        row(21613, means: .conflict, "the number asks for a certification", help: bundleHelp, field: "BundleSid"),
        row(21615, means: .conflict, "the number asks for an address nearby", help: addressHelp, field: "AddressSid"),
        row(21631, means: .conflict, "the number asks for an address", help: addressHelp, field: "AddressSid"),
        row(21649, means: .conflict, "the number asks for a regulatory bundle", help: bundleHelp, field: "BundleSid"),
        row(
            21650, means: .conflict, "the number asks for a verified identity", help: bundleHelp, field: "IdentitySid"),
        row(
            21651, means: .conflict, "a document of the regulatory bundle does not suffice", help: bundleHelp,
            field: "BundleSid"),
    ]

    private static let bundleHelp = """
        its country regulates such numbers: buy it in Twilio's console with an approved bundle (Regulatory Compliance), \
        or choose a number of another type or country
        """
    private static let addressHelp = """
        its country asks who uses such numbers: buy it in Twilio's console with an address of yours, \
        or choose a number of another type or country
        """

    /// Verified outgoing caller ids.
    private static let callerIDs: [Row] = [
        row(21450, means: .alreadyOwned, "the number is a verified caller id already"),
        row(21449, means: .alreadyOwned, "the account holds the number, so it needs no verification"),
        row(21453, means: .conflict, "the number is verified at another trial account"),
        row(21454, means: .invalidArgument, "a call is delayed by 0 to 60 seconds", field: "CallDelay"),
    ]

    /// Elastic SIP trunks and where they lead.
    private static let trunks: [Row] = [
        row(21244, means: .paymentRequired, "the account has as many trunks as it may", help: upgrade),
        row(21245, means: .invalidArgument),
        row(21247, means: .conflict, "the trunk's domain has others below it"),
        row(21248, means: .conflict, "the trunk's domain name is taken", field: "DomainName"),
        row(21249, means: .paymentRequired, "the trunk has as many origination URLs as it may"),
        row(21252, means: .invalidArgument, "there is no such region"),
        row(21634, means: .conflict, "numbers of the trunk serve emergency calls", help: "keep the trunk"),
    ]

    /// Lists of credentials and of addresses.
    private static let lists: [Row] = [
        row(21240, 21243, 21235, means: .invalidArgument),
        row(21239, 21242, 21237, 21255, means: .paymentRequired, "the account has as many lists or entries as it may"),
        row(21236, 21241, means: .conflict, "a trunk still uses the list", help: "detach it first"),
    ]
    /// Calls into a conference.
    private static let calls: [Row] = [
        row(21210, 21264, means: .invalidArgument, "the caller is neither owned nor verified", field: "From"),
        row(21212, 21213, means: .invalidArgument, "the caller is no number that calls can come from", field: "From"),
        row(21201, 21211, means: .invalidArgument, "it cannot be called", field: "To"),
        row(21221, 21222, 21223, 21224, 21225, means: .invalidArgument, field: "SipAuthPassword"),
        row(21226, means: .forbidden, "the account may not call SIP URIs", help: console),
        row(16003, means: .notFound, "there is no such conference"),
    ]
}
