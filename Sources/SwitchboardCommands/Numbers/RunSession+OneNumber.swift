import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

extension RunSession {
    /// Runs the body while nobody else, in whatever process, brings the number in, leads it or takes it away: each of them
    /// is several steps, which must not come between those of another.
    func alone<Result>(with e164: E164, _ body: () throws -> Result) throws -> Result {
        try store.locked("number \(e164)", alone: true, waiting: checkCancelled, body)
    }
}
