import FoundationEssentials
import SwitchboardCore
import Synchronization

/// One provider under test, with its own line, clock and request log.
struct Trial: Sendable {
    let provider: any NumberProvider
    let line: Line
    /// The clock of a trial with a fault; one without follows the machine's.
    let clock: ManualClock?
    let log: LogLines

    /// The lines of a request log.
    final class LogLines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock(\.self) }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    /// All that the provider has waited, where it has a clock of its own.
    var waited: Duration { (clock?.waits ?? []).reduce(.zero, +) }

    /// The provider with an ability.
    func able<Ability>(_ ability: Ability.Type) throws -> Ability {
        try require(provider as? Ability, "the provider is no \(Ability.self)")
    }

    var searching: any NumberSearching { get throws { try able((any NumberSearching).self) } }
    var purchasing: any NumberPurchasing { get throws { try able((any NumberPurchasing).self) } }
}

extension ContractSubject {
    /// A provider without faults, in real time and within the account's limits.
    func trial() throws -> Trial { try trial(behind: nil, nil, limits, settings) }

    /// A provider without faults and within the account's limits, on a clock of the case's own.
    func trial(on clock: ManualClock) throws -> Trial { try trial(behind: nil, clock, limits, settings) }

    /// A provider whose network has a fault, on a clock that jumps over every wait unless it is given one that stands.
    func trial(_ fault: LineFault, clock: ManualClock? = nil, settings: ProviderSettings? = nil) throws -> Trial {
        // It begins at the real time: some vendors' tokens are good for minutes around it.
        let clock = clock ?? ManualClock(now: Date(), skipsWaits: true)
        return try trial(behind: fault, clock, nil, settings ?? self.settings)
    }

    private func trial(
        behind fault: LineFault?, _ clock: ManualClock?, _ limits: RequestLimits?, _ settings: ProviderSettings
    ) throws -> Trial {
        let (line, log) = (Line(to: transport, fault: fault), Trial.LogLines())
        let context = ProviderContext(
            profile: profile, settings: settings, transport: line, limits: limits, time: clock?.time ?? .system,
            log: { log.add($0) })
        return Trial(provider: try make(context), line: line, clock: clock, log: log)
    }
}
