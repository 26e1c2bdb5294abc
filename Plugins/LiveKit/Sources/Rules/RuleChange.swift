import SwitchboardCore

/// Takes the steps of a plan one by one, and reads all rules before the first and after every one.
struct RuleChange: Sendable {
    /// More steps than any plan has: so many mean that somebody else works against it.
    static let mostSteps = 12

    let calls: RuleCalls
    let number: RoutedNumber
    let key: String

    /// Returns the rule that carries the number when the rules, as read last, are as wanted.
    ///
    /// Errors behind the first step have `mayHaveHappened`, since it stands: also those of reading what it led to.
    func run(_ start: RulePlan) async throws -> DispatchRule? {
        var plan = start
        var taken: Set<String> = []
        var stands = false
        var open: SwitchboardError?
        do {
            while taken.count <= Self.mostSteps {
                switch try plan.next(try await calls.all()) {
                case .settled(let rule): return rule
                case .step(let step):
                    guard taken.insert(step.label).inserted else { throw open ?? unsettled(step) }
                    open = try await take(step, &plan)
                    stands = stands || !plan.refused.contains(step.label)
                }
            }
            throw restless
        } catch {
            throw failed(error, stands, open)
        }
    }

    /// Takes a step; returns the error of one whose outcome is open, which the next reading shows.
    private func take(_ step: RuleStep, _ plan: inout RulePlan) async throws -> SwitchboardError? {
        do {
            try await calls.perform(step, for: number, key: key)
        } catch let error as SwitchboardError {
            if error.code == .invalidArgument, step.hasAlternative {
                plan.refused.insert(step.label)
            } else if error.mayHaveHappened, error.code != .cancelled {
                return error
            } else {
                throw error
            }
        }
        return nil
    }

    private func failed(_ error: any Error, _ stands: Bool, _ open: SwitchboardError?) -> SwitchboardError {
        var error = SwitchboardError(wrapping: error)
        if let open, error.code == .unreachable { error = open }
        error.mayHaveHappened = error.mayHaveHappened || stands || open != nil
        return error
    }

    /// A step was accepted and the rules do not show it.
    private func unsettled(_ step: RuleStep) -> SwitchboardError {
        var error = RoutingErrors.error(
            .unknownOutcome,
            "livekit accepted a change for \(number.e164) (\(step.label)) and its rules do not show it",
            help: "read the binding again in half a minute")
        error.mayHaveHappened = true
        return error
    }

    /// The rules change under our hands.
    private var restless: SwitchboardError {
        var error = RoutingErrors.error(
            .conflict, "the dispatch rules of \(number.e164) change faster than they can be read",
            help: "somebody else changes them at the same time; try again when that has ended")
        error.mayHaveHappened = true
        error.isRetryable = true
        return error
    }
}
