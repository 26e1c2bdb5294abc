import SwitchboardCore

/// Errors that trunks and dispatch rules themselves give reason to.
enum RoutingErrors {
    static func error(
        _ code: ErrorCode, _ message: String, help: String? = nil, fields: [String: String] = [:]
    ) -> SwitchboardError {
        SwitchboardError(code, message, help: help, provider: LiveKitProvider.name, fields: fields)
    }

    /// There is none with this id.
    static func missing(_ noun: String, _ id: String) -> SwitchboardError {
        error(.notFound, "livekit has no \(noun) \(id)")
    }

    /// A change was accepted and does not show.
    static func overtaken(_ schema: RoutingSchema, _ id: String) -> SwitchboardError {
        var error = error(
            .conflict, "livekit accepted the change of \(schema.noun) \(id) and does not show it",
            help: "somebody else may have changed it at the same time, and the last one wins: read it again")
        error.mayHaveHappened = true
        return error
    }
}
