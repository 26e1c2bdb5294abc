import SwitchboardCore
import SwitchboardLanguage

/// A failure at run time, with its place in the script.
struct RunFault: Error {
    var error: SwitchboardError
    var span: Span
    /// Where it was called from, and the row that it belongs to.
    var notes: [Diagnostic.Note] = []

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

    /// Runs the body of a def; a failure in it tells where the def was called.
    static func within(_ def: String, calledAt place: @autoclosure () -> String, _ body: () throws -> Value) throws
        -> Value
    {
        do { return try body() } catch var fault as RunFault {
            fault.notes.append(.init("in", "'\(def)', called at \(place())"))
            throw fault
        }
    }

    private static func place(_ error: any Error, _ span: Span) -> any Error {
        if error is RunFault || error is ScriptExit || error is ComesLater || error is ResumeWanted { return error }
        return RunFault(error: SwitchboardError(wrapping: error), span: span)
    }
}
