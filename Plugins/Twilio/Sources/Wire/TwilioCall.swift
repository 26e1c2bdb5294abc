import SwitchboardCore
import SwitchboardHTTP

/// One call of Twilio's API.
struct TwilioCall: Sendable {
    enum Verb: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    /// What is asked: Twilio has two APIs, and its pages lead to the next ones.
    enum Place: Sendable {
        /// A path below the account in the core API, such as `/IncomingPhoneNumbers.json`.
        case account(String)
        /// A path of the trunking API, which knows the account by its credentials, such as `/Trunks`.
        case trunking(String)
        /// A page's link, taken as it is.
        case link(String)
    }

    var verb: Verb
    /// Twilio's own name of the operation.
    var operation: String
    var place: Place
    /// The filters of a `get`, the form of a `post`.
    var items: [(String, String)] = []
    /// When it may be sent again; nil for a call that only reads.
    var repeatability: Repeatability?
    /// The secrets in its form, which an answer may repeat and no error does.
    var secrets: [Secret] = []
    /// Whether a 404 about an id that Twilio has just given out is not believed at once.
    var isPatient = true

    var isWrite: Bool { repeatability != nil }

    static func get(_ operation: String, _ place: Place, _ items: [(String, String)] = []) -> TwilioCall {
        TwilioCall(verb: .get, operation: operation, place: place, items: items)
    }

    /// A change that is sent again only when `happened` says that it has not taken place.
    static func post(
        _ operation: String, _ place: Place, _ items: [(String, String)],
        unless happened: @escaping @Sendable () async throws -> Bool
    ) -> TwilioCall {
        TwilioCall(
            verb: .post, operation: operation, place: place, items: items, repeatability: .afterAsking(happened))
    }

    /// A change that says what is to be, so that sending it twice is as good as once.
    static func set(_ operation: String, _ place: Place, _ items: [(String, String)]) -> TwilioCall {
        TwilioCall(verb: .post, operation: operation, place: place, items: items, repeatability: .keyed)
    }

    /// A deletion; an id is never given out twice, so it may be repeated.
    ///
    /// It is patient where what is wrongly taken for gone would be billed on.
    static func delete(_ operation: String, _ place: Place, isPatient: Bool = false) -> TwilioCall {
        TwilioCall(verb: .delete, operation: operation, place: place, repeatability: .keyed, isPatient: isPatient)
    }

    /// The call for the next page.
    func following(_ link: String) -> TwilioCall { .get(operation, .link(link)) }
}
