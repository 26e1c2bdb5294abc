import SwitchboardCore
import SwitchboardSandbox

/// One operation of Twilio's APIs: where it is found and what it does to the world.
struct TwilioOperation: Sendable {
    typealias Body = @Sendable (inout TwilioWorld, TwilioCall) throws(TwilioError) -> Reply

    /// What an operation answers: a status, and JSON unless it is 204.
    struct Reply: Hashable, Sendable {
        let status: Int
        let json: JSON?

        static func ok(_ json: JSON) -> Reply { Reply(status: 200, json: json) }
        static func created(_ json: JSON) -> Reply { Reply(status: 201, json: json) }
        static let gone = Reply(status: 204, json: nil)

        var answer: SandboxAnswer { json.map { .json($0, status: status) } ?? SandboxAnswer(status: status) }
    }

    /// The id in Twilio's published description of the API, such as `CreateIncomingPhoneNumber`.
    let name: String
    let verb: String
    let route: Route
    /// Twilio's own faults that mean something here.
    let faults: Set<Fault.Kind>
    /// Whether test credentials may ask for it.
    let isForTest: Bool
    let run: Body

    init(
        _ name: String, _ verb: String, _ route: Route, faults: Set<Fault.Kind> = [], isForTest: Bool = false,
        run: @escaping Body
    ) {
        self.name = name
        self.verb = verb
        self.route = route
        self.faults = faults
        self.isForTest = isForTest
        self.run = run
    }

    /// The account's part of the older API.
    static let account = "/2010-04-01/Accounts/{account}"

    /// All that are offered.
    static let all: [TwilioOperation] =
        Kind.allCases.flatMap { $0.type.operations } + accounts + availableNumbers + purchases + validations
        + trunkNumbers
        + recording + participants
}
