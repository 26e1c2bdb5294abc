import SwitchboardCore
import SwitchboardLanguage

/// A failure at run time, with its place in the script.
struct RunFault: Error {
    var error: SwitchboardError
    var span: Span

    init(error: SwitchboardError, span: Span) {
        self.error = error
        self.span = span
    }

    init(_ code: ErrorCode, _ message: String, _ span: Span) {
        self.init(error: SwitchboardError(code, message), span: span)
    }

    /// Runs the body; a failure without a place gets this one.
    @inline(__always)
    static func at<Result>(_ span: Span, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw place(error, span) }
    }

    private static func place(_ error: any Error, _ span: Span) -> RunFault {
        error as? RunFault ?? RunFault(error: SwitchboardError(wrapping: error), span: span)
    }
}
