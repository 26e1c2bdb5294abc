import SwitchboardCore

/// One demand that the contract makes on a provider, with the proof.
///
/// A case stands alone: it makes its own providers, arranges what it needs and puts it away again.
public struct ContractCase: Sendable {
    /// The name, such as `purchase-lost`; the part before the first `-` is the same for all that belongs together.
    public let name: String
    /// What a provider must offer to be asked for this.
    public let ability: ContractAbility
    /// What it takes of the account.
    public let cost: ContractCost
    /// The demand, in one sentence without a period.
    public let shows: String
    let body: @Sendable (ContractBench) async throws -> String

    init(
        _ name: String, _ ability: ContractAbility, _ cost: ContractCost = .nothing, shows: String,
        body: @escaping @Sendable (ContractBench) async throws -> String
    ) {
        self.name = name
        self.ability = ability
        self.cost = cost
        self.shows = shows
        self.body = body
    }

    /// Holds the provider to it; never throws, and has put away what it made when it returns.
    public func run(on subject: ContractSubject) async -> ContractResult {
        if let reason = ability.absence(in: subject) ?? subject.spares(self) {
            return ContractResult(self, .skipped, reason)
        }
        let bench = ContractBench(subject)
        var result = await result(on: bench)
        // What was made is put away even where the whole suite is cancelled.
        let left = await Task { await bench.putAway() }.value
        if !left.isEmpty {
            result.outcome = .failed
            result.seen += "; left behind: " + left.joined(separator: ", ")
        }
        return result
    }

    private func result(on bench: ContractBench) async -> ContractResult {
        do {
            let seen = try await TimeLimit.within(bench.subject.patience) { [body] in try await body(bench) }
            return ContractResult(self, .passed, seen)
        } catch let skip as ContractSkip {
            return ContractResult(self, .skipped, skip.reason)
        } catch let finding as ContractFinding {
            return ContractResult(self, .failed, finding.text)
        } catch {
            return ContractResult(self, .failed, "threw \(SwitchboardError(wrapping: error))")
        }
    }
}

extension ContractCase: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}

/// How a provider stands with one case.
public struct ContractResult: Sendable {
    /// How it ended.
    public enum Outcome: String, Sendable, CaseIterable {
        case passed, failed, skipped
    }

    /// The case.
    public let `case`: ContractCase
    /// How it ended.
    public internal(set) var outcome: Outcome
    /// What was seen: the finding of a failed case, the reason of a skipped one.
    public internal(set) var seen: String

    init(_ case: ContractCase, _ outcome: Outcome, _ seen: String) {
        self.case = `case`
        self.outcome = outcome
        self.seen = seen
    }
}

extension ContractResult: CustomStringConvertible {
    /// One line: `purchase-lost failed: …`.
    public var description: String { "\(self.case.name) \(outcome.rawValue): \(seen)" }
}
