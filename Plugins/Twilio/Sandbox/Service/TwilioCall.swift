import SwitchboardCore
import SwitchboardSandbox

/// One request that was let in, as operations see it.
struct TwilioCall: Sendable {
    /// The account that it acts on.
    let account: TwilioAccount
    /// Whether it came with an API key.
    let isByKey: Bool
    /// The named segments of its path.
    let names: [String: String]
    /// The path as sent.
    let path: String
    /// The query as sent.
    let query: String?
    /// The parameters of the body, or of the query where there is none to be expected.
    let parameters: Parameters
    /// What absolute links begin with: the address that the client used.
    let base: String
    let time: SandboxTime
    var fault: Fault?

    /// The segment `sid`.
    var sid: String { names["sid"] ?? "" }

    /// The sid of the thing that the path's thing belongs to.
    var parent: String { names["parent"] ?? account.sid }

    var notFound: TwilioError { .notFound(path) }
}

/// The parameters of a request, by Twilio's names in PascalCase.
struct Parameters: Sendable {
    private let pairs: [(name: String, value: String)]

    init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

    /// The last value of the name; nil when it is absent.
    subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }

    /// The names in the order in which they were sent.
    var names: [String] { pairs.map(\.name) }

    func required(_ name: String) throws(TwilioError) -> String {
        guard let value = self[name], !value.isEmpty else { throw .missing(name) }
        return value
    }

    /// The truth value of the name; nil when it is absent or no truth value.
    func bool(_ name: String) -> Bool? { self[name].flatMap { Bool($0.lowercased()) } }
}
