import SwitchboardCore
import Synchronization

/// What a plan has changed at the providers so far, in memory alone; the planned providers lay it over what they read.
final class PlannedWorld: Sendable {
    /// The state, which a plan takes back where it tries two ways.
    struct State: Sendable {
        /// By the key of the account, then by number; nil where the number is given up.
        var owned: [String: [E164: OwnedNumber?]] = [:]
        /// The platform's trunks and rules by id; nil where they are deleted.
        var trunks: [String: SIPTrunk?] = [:]
        var rules: [String: DispatchRule?] = [:]
        /// The bindings by number; nil where nobody answers.
        var bindings: [E164: AgentBinding?] = [:]
        /// By the key of the account.
        var carriers: [String: PlannedCarrier] = [:]
    }

    /// What a plan has changed in one account of a carrier.
    struct PlannedCarrier: Sendable {
        var routes: [E164: CarrierNumber.Route] = [:]
        var trunks: [String: CarrierTrunk] = [:]
        /// By trunk, of those that the plan changes.
        var origination: [String: [OriginationURL]] = [:]
        /// By name.
        var lists: [String: CredentialList] = [:]
        /// The ids of those that are deleted.
        var goneLists: Set<String> = []
        /// By list.
        var users: [String: Set<String>] = [:]
        /// By list and trunk, whether the one goes by the other.
        var uses: [[String]: Bool] = [:]
    }

    private let state = Mutex(State())
    private let offers = Mutex<[String: AvailableNumber]>([:])
    private let count = Atomic(0)

    /// What the ids begin with that stand for those of the vendors; they have the form of theirs.
    static let idPrefix = "SBPLAN_AFTERRUN_"

    /// An id that stands for one that a vendor gives.
    func newID() -> String { Self.idPrefix + String(count.add(1, ordering: .relaxed).newValue) }

    /// Whether an id stands for one that a vendor gives, or a text holds such an id.
    static func isPlanned(_ id: String) -> Bool { id.contains(idPrefix) }

    func read<Result: Sendable>(_ body: (State) -> Result) -> Result { state.withLock { body($0) } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    // MARK: Offers

    /// Keeps what a search has found, for whoever buys one of it.
    func found(_ numbers: [AvailableNumber]) {
        offers.withLock { offers in for number in numbers { offers["\(number.provider) \(number.e164)"] = number } }
    }

    /// What a search has found of a number.
    func offer(_ number: E164, at provider: String) -> AvailableNumber? {
        offers.withLock { $0["\(provider) \(number)"] }
    }
}
