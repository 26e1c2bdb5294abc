import FoundationEssentials
public import SwitchboardCore
import Synchronization

/// A vendor in memory: numbers for sale, numbers held, bindings, and a script of what goes wrong with each call.
///
/// It is handed to the engine as its network, and `FakeProvider` and `FakeAgentPlatform` find it there. A purchase that
/// is asked for twice is carried out and billed twice, so that whoever repeats one without asking first is caught.
public final class FakeCarrier: HTTPTransport {
    /// A call of the vendor.
    public enum Call: Hashable, Sendable {
        case search, lookUp, purchase, release, assign, bind, unbind, binding
        case trunks, createTrunk, changeTrunk, deleteTrunk, rules, createRule, changeRule, deleteRule
    }

    /// What becomes of one call.
    public enum Behaviour: Hashable, Sendable {
        /// It is answered as it should be.
        case ok
        /// Somebody else was quicker: the number is not for sale any more.
        case taken
        /// It is refused with this status; nothing happens.
        case refused(Int)
        /// A server error with this status, before or behind the effect.
        case failed(Int, hasHappened: Bool)
        /// The answer is lost, before or behind the effect.
        case lost(hasHappened: Bool)
        /// The answer is lost, and the effect takes place so much later.
        case happensLater(Duration)
        /// What an earlier request asked for takes place now, so that this one is refused with this status.
        case refusedBehind(Int)
        /// It takes place, and the answer makes no sense.
        case garbage
        /// The request never leaves.
        case notSent
    }

    /// One call as it arrived.
    public struct Entry: Hashable, Sendable {
        /// The call.
        public var call: Call
        /// The number that it is about; nil for a search and for what is about no single number.
        public var number: E164?
        /// The idempotency key of a change.
        public var key: String?
    }

    struct State {
        var inventory: [AvailableNumber] = []
        var owned: [E164: OwnedNumber] = [:]
        var bindings: [E164: AgentBinding] = [:]
        var trunks: [String: SIPTrunk] = [:]
        var rules: [String: DispatchRule] = [:]
        var purchases: [E164] = []
        var log: [Entry] = []
        var script: [Call: [Behaviour]] = [:]
        var held: Set<Call> = []
        var later: [(due: Date, effect: @Sendable (inout State) -> Void)] = []
        var made = 0
    }

    private let state = Mutex(State())
    private let time: TimeSource

    /// Makes a carrier without numbers whose late effects follow this clock.
    public init(time: TimeSource) { self.time = time }

    /// Refuses: nobody speaks HTTP with it.
    public func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        throw TransportFailure(.notSent, isPermanent: true, "the fake carrier speaks no HTTP")
    }

    // MARK: What a test arranges

    /// Puts numbers up for sale, in this order.
    public func offer(_ numbers: [AvailableNumber]) { state.withLock { $0.inventory += numbers } }

    /// Has the account hold a number that nobody bought here.
    public func hold(_ number: OwnedNumber) { state.withLock { $0.owned[number.e164] = number } }

    /// Has the platform have a trunk that nobody made here.
    public func hold(_ trunk: SIPTrunk) { state.withLock { $0.trunks[trunk.id] = trunk } }

    /// Has the platform have a dispatch rule that nobody made here.
    public func hold(_ rule: DispatchRule) { state.withLock { $0.hold(rule) } }

    /// Takes a trunk away, as somebody at the vendor's own console does.
    public func takeAway(trunk id: String) { state.withLock { $0.trunks[id] = nil } }

    /// Takes a number away from the account, as somebody at the vendor's own console does.
    public func takeAway(_ number: E164) { state.withLock { $0.owned[number] = nil } }

    /// Says what becomes of the next calls of a kind, in order; the calls behind them are `ok`.
    public func script(_ call: Call, _ behaviours: Behaviour...) {
        state.withLock { $0.script[call, default: []] += behaviours }
    }

    /// Lets calls of a kind arrive and keeps their answers back until `letGo`.
    public func keepBack(_ call: Call) { _ = state.withLock { $0.held.insert(call) } }

    /// Answers what was kept back.
    public func letGo(_ call: Call) { _ = state.withLock { $0.held.remove(call) } }

    // MARK: What a test asks

    /// The numbers that the account holds.
    public var owned: [E164] {
        settleLate()
        return state.withLock { $0.owned.keys.sorted() }
    }
    /// Every purchase that was carried out, and so billed, in order.
    public var purchases: [E164] {
        settleLate()
        return state.withLock(\.purchases)
    }
    /// The agents that a number's calls reach.
    public func agents(of number: E164) -> [String] {
        settleLate()
        return state.withLock { $0.bindings[number]?.agents.map(\.dispatchName) ?? [] }
    }
    /// The trunks in ascending order of their ids.
    public var trunks: [SIPTrunk] {
        settleLate()
        return state.withLock { $0.trunks.values.sorted { $0.id < $1.id } }
    }
    /// The dispatch rules in ascending order of their ids.
    public var rules: [DispatchRule] {
        settleLate()
        return state.withLock { $0.rules.values.sorted { $0.id < $1.id } }
    }
    /// Every call as it arrived.
    public var log: [Entry] { state.withLock(\.log) }
    /// How many calls of a kind arrived.
    public func count(_ call: Call) -> Int { log.count { $0.call == call } }

    // MARK: How calls are answered

    func read<Answer: Sendable>(
        _ call: Call, _ number: E164?, _ body: @Sendable (State) -> Answer
    ) async throws -> Answer {
        let behaviour = try await arrive(Entry(call: call, number: number))
        switch behaviour {
        case .ok: return state.withLock { body($0) }
        case .refused(let status), .failed(let status, _):
            throw SwitchboardError(.unreachable, "the carrier fails", provider: "fake", status: status, attempts: 1)
        case .garbage: throw SwitchboardError(.badAnswer, "the answer makes no sense", provider: "fake", attempts: 1)
        default:
            throw SwitchboardError(
                .unreachable, "the carrier is away", provider: "fake", isRetryable: true, attempts: 1)
        }
    }

    func change<Answer: Sendable>(
        _ call: Call, _ number: E164? = nil, key: String,
        refusal: @Sendable (State) -> SwitchboardError?, effect: @escaping @Sendable (inout State) -> Void,
        answer: @Sendable (State) -> Answer
    ) async throws -> Answer {
        let behaviour = try await arrive(Entry(call: call, number: number, key: key))
        return try state.withLock { state in
            switch behaviour {
            case .taken:
                state.inventory.removeAll { $0.e164 == number }
                throw SwitchboardError(.taken, "it is not for sale", provider: "fake", status: 404, attempts: 1)
            case .refused(let status):
                throw SwitchboardError(.conflict, "refused", provider: "fake", status: status, attempts: 1)
            case .notSent:
                throw SwitchboardError(.unreachable, "not sent", provider: "fake", isRetryable: true, attempts: 1)
            case .happensLater(let delay):
                let due = time.now().addingTimeInterval(delay / .seconds(1))
                state.later.append((due, effect))
                throw Self.lost
            case .lost(false): throw Self.lost
            case .failed(let status, false): throw Self.failed(status)
            default: break
            }
            if let refusal = refusal(state) { throw refusal }
            effect(&state)
            switch behaviour {
            case .lost: throw Self.lost
            case .failed(let status, _): throw Self.failed(status)
            case .garbage:
                throw SwitchboardError(
                    .badAnswer, "the answer makes no sense", provider: "fake", status: 200, mayHaveHappened: true,
                    attempts: 1)
            case .refusedBehind(let status):
                throw SwitchboardError(.conflict, "refused", provider: "fake", status: status, attempts: 1)
            default: return answer(state)
            }
        }
    }

    private static let lost = SwitchboardError(
        .unreachable, "the answer was lost", provider: "fake", mayHaveHappened: true, attempts: 1)

    private static func failed(_ status: Int) -> SwitchboardError {
        SwitchboardError(
            .unreachable, "the carrier fails", provider: "fake", status: status, mayHaveHappened: true, attempts: 1)
    }

    private func arrive(_ entry: Entry) async throws -> Behaviour {
        settleLate()
        let behaviour = state.withLock { state -> Behaviour in
            state.log.append(entry)
            guard state.script[entry.call]?.isEmpty == false else { return .ok }
            return state.script[entry.call]?.removeFirst() ?? .ok
        }
        while state.withLock({ $0.held.contains(entry.call) }) { try await Task.sleep(for: .milliseconds(1)) }
        return behaviour
    }

    /// Lets everything take place whose time has come.
    private func settleLate() {
        let now = time.now()
        state.withLock { state in
            let due = state.later.filter { $0.due <= now }
            state.later.removeAll { $0.due <= now }
            for item in due { item.effect(&state) }
        }
    }
}
