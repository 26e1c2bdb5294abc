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
    /// Errors of a later step have `mayHaveHappened`, since earlier ones stand.
    func run(_ start: RulePlan) async throws -> DispatchRule? {
        var plan = start
        var taken: Set<String> = []
        var open: SwitchboardError?
        do {
            while taken.count <= Self.mostSteps {
                switch try plan.next(try await calls.all()) {
                case .settled(let rule): return rule
                case .step(let step):
                    guard taken.insert(step.label).inserted else { throw open ?? RuleErrors.unsettled(step, number) }
                    open = try await take(step, &plan)
                }
            }
            throw RuleErrors.restless(number)
        } catch {
            throw failed(error, after: taken, open)
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

    private func failed(_ error: any Error, after taken: Set<String>, _ open: SwitchboardError?) -> SwitchboardError {
        var error = SwitchboardError(wrapping: error)
        if let open, error.code == .unreachable { error = open }
        error.mayHaveHappened = error.mayHaveHappened || taken.count > 1 || open != nil
        return error
    }
}
