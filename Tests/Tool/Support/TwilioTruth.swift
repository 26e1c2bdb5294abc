import FoundationEssentials

/// What Twilio's emulator holds to be true.
struct TwilioTruth: Decodable, Sendable {
    struct Account: Decodable, Sendable {
        var sid: String
        var numbers: [Number]
        var caller_ids: [Number]
        var trunks: [Trunk]
        var credential_lists: [CredentialList]
        var conferences: [Conference]

        /// The numbers that a trunk takes the calls of, in ascending order.
        var attached: [String] { numbers.filter { !($0.trunk_sid ?? "").isEmpty }.map(\.phone_number).sorted() }
        /// The SIP URIs that its trunks lead calls to.
        var originations: [String] { trunks.flatMap(\.origination_urls).filter(\.enabled).map(\.sip_url) }
    }
    struct Number: Decodable, Sendable {
        var sid: String
        var phone_number: String
        var trunk_sid: String?
        var voice_application_sid: String?
        var voice_url: String?
    }
    struct Trunk: Decodable, Sendable {
        var sid: String
        var domain_name: String
        var origination_urls: [Origination]
        var credential_lists: [String]
    }
    struct Origination: Decodable, Sendable {
        var sip_url: String
        var enabled: Bool
    }
    struct CredentialList: Decodable, Sendable {
        var sid: String
        var friendly_name: String
        var credentials: [Credential]
    }
    struct Credential: Decodable, Sendable {
        var username: String
        var password: String
    }
    struct Conference: Decodable, Sendable {
        struct Participant: Decodable, Sendable {
            var label: String
        }
        var participants: [Participant]
    }
    struct Event: Decodable, Sendable {
        var event: String
    }

    var accounts: [Account]
    var history: [Event]

    /// The account whose sid ends with this digit.
    func account(_ digit: Int) -> Account? { accounts.first { $0.sid.hasSuffix("0\(digit)") } }
}
