import SwitchboardCore

/// Errors that the rules themselves give reason to.
enum RuleErrors {
    static func error(_ code: ErrorCode, _ message: String, help: String? = nil) -> SwitchboardError {
        SwitchboardError(code, message, help: help, provider: LiveKitProvider.name)
    }

    /// A step was accepted and the rules do not show it.
    static func unsettled(_ step: RuleStep, _ number: RoutedNumber) -> SwitchboardError {
        var error = error(
            .unknownOutcome,
            "livekit accepted a change for \(number.e164) (\(step.label)) and its rules do not show it",
            help: "read the binding again in half a minute")
        error.mayHaveHappened = true
        return error
    }

    /// The rules change under our hands.
    static func restless(_ number: RoutedNumber) -> SwitchboardError {
        var error = error(
            .conflict, "the dispatch rules of \(number.e164) change faster than they can be read",
            help: "somebody else changes them at the same time; try again when that has ended")
        error.mayHaveHappened = true
        error.isRetryable = true
        return error
    }
}
