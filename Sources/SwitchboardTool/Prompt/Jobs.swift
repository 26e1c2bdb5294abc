import Switchboard
import SwitchboardTerminal
import Synchronization

/// The statements that run in the background, and those that have ended since somebody looked.
final class Jobs: Sendable {
    private struct State {
        var next = 1
        var running: [Job] = []
        var ended: [(job: Job, report: RunReport)] = []
    }
    private let state = Mutex(State())

    /// Those that run, the oldest first.
    var running: [Job] { state.withLock(\.running) }

    /// Starts a statement.
    func start(_ request: Engine.Request, in workplace: Workplace, _ writer: ResultWriter) -> Job {
        let job = state.withLock { state in
            let job = Job(number: state.next, request, writer)
            state.next += 1
            state.running.append(job)
            return job
        }
        job.start(request, in: workplace) { job, report in
            self.state.withLock { state in
                state.running.removeAll { $0 === job }
                state.ended.append((job, report))
            }
        }
        return job
    }

    /// What has ended since the last call.
    func takeEnded() -> [(job: Job, report: RunReport)] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    /// The one of a number, or the newest where none is said.
    ///
    /// Throws `not_found` where there is none.
    func job(_ argument: String) throws -> Job {
        let running = running
        let found = argument.isEmpty ? running.last : running.first { String($0.number) == argument }
        if let found { return found }
        throw SwitchboardError(
            .notFound, argument.isEmpty || running.isEmpty ? "no job runs" : "no job \(argument) runs",
            help: running.isEmpty ? ":bg STATEMENT starts one" : ":jobs lists those that run")
    }

    /// Ends all in order, and waits for them; a signal ends them sooner.
    func end(_ signals: SignalWatcher) {
        let running = running
        running.forEach { $0.end(.interrupt) }
        let observer = signals.observe { signal in running.forEach { $0.end(signal) } }
        defer { signals.remove(observer) }
        running.forEach { $0.wait() }
    }
}
