import Dispatch
import Switchboard
import SwitchboardTerminal
import Synchronization

/// A statement that is run again and again, as `:watch 5s list --times 3` says.
struct Watch {
    /// The shortest pause: who asks a provider more often gets no newer answer.
    private static let shortest = Duration.seconds(1)

    let pause: Duration
    /// How often; nil for as long as nobody ends it.
    let times: Int?
    let statement: String

    /// Reads the argument; throws `invalid_argument` where it has no time or no statement.
    init(_ argument: String) throws {
        let written = String(argument.prefix { !$0.isWhitespace })
        guard let pause = DurationText.parse(written), pause >= Self.shortest else {
            let statement = DurationText.parse(written) == nil ? argument : argument.withoutWords(1)
            throw SwitchboardError(
                .invalidArgument, "'\(written)' is no pause of 1s or more", help: "write :watch 5s \(statement)")
        }
        var text = argument.withoutWords(1).trimmed
        let words = text.split(whereSeparator: \.isWhitespace)
        var times: Int?
        if words.count >= 2, words[words.count - 2] == "--times" {
            guard let count = Int(words[words.count - 1]), count > 0 else {
                throw SwitchboardError(.invalidArgument, "--times needs a number of times")
            }
            times = count
            text = String(text[..<words[words.count - 2].startIndex]).trimmed
        }
        guard !text.isEmpty else {
            throw SwitchboardError(.invalidArgument, "nothing to watch", help: "write :watch \(written) STATEMENT")
        }
        (self.pause, self.times, statement) = (pause, times, text)
    }

    /// Runs it until it was run so often, fails, or a signal comes.
    ///
    /// Throws `invalid_argument` where the statement does more than read.
    func run(in session: PromptSession) throws {
        let (cancel, stop) = (CancelToken(), DispatchSemaphore(value: 0))
        try requireReading(session.request(statement, cancel), session.workplace.engine)
        let signals = session.workplace.signals
        let observer = signals.observe { signal in
            guard signal.isEnding else { return }
            cancel.cancel(.leave)
            stop.signal()
        }
        defer { signals.remove(observer) }
        let shown = session.kept(statement) ?? Engine.hiddenStatement
        var (screen, marks, count) = (DrawnLines(descriptor: 1), WatchedLines(), 0)
        // What a job tells meanwhile would move what is drawn.
        Output.paused {
            repeat {
                count += 1
                guard let lines = look(cancel, session) else { break }
                screen.draw([title(count, shown)] + marks.marked(lines))
            } while count != times && stop.wait(timeout: .now() + pause.timeInterval) == .timedOut
        }
        if cancel.isCancelled { Output.note("watched \(count) time\(count == 1 ? "" : "s")") }
    }

    private func requireReading(_ request: Engine.Request, _ engine: Engine) throws {
        let (program, faults) = engine.program(of: request)
        guard faults.isEmpty, program.effect > .reads else { return }
        throw SwitchboardError(.invalidArgument, "what is watched only reads, and this \(program.effect.deed)")
    }

    private func title(_ count: Int, _ text: String) -> String {
        let number = times.map { "\(count) of \($0)" } ?? "\(count)"
        return "every \(DurationText.text(pause)), time \(number), Ctrl-C ends: \(text)"
    }

    /// Runs it once; nil where it did not come to a good end.
    private func look(_ cancel: CancelToken, _ session: PromptSession) -> [String]? {
        let look = Mutex<(lines: [String], shown: Value?)>(([], nil))
        let width = (TerminalSize.of(1)?.columns ?? 80) - WatchedLines.margin
        let shape = Presentation(
            mode: session.mode, width: width, agents: session.workplace.agentNames(session.profile)())
        let report = session.workplace.engine.run(session.request(statement, cancel)) { event in
            look.withLock { look in
                switch event {
                case .show(let value):
                    look.lines += shape.lines(value)
                    look.shown = value
                case .printTable(let value): look.lines += shape.lines(value)
                case .print(let text), .note(let text): look.lines += text.split(separator: "\n").map(String.init)
                case .progress: break
                }
            }
        }
        guard report.status == .succeeded else {
            if !cancel.isCancelled { session.workplace.tell(report, session.mode) }
            return nil
        }
        let (lines, shown) = look.withLock { $0 }
        session.context.take(report, showing: shown.map { ShownResult(notSeen: $0) })
        return lines
    }
}

extension Duration {
    /// In seconds.
    fileprivate var timeInterval: Double { self / .seconds(1) }
}
