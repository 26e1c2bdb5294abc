import Glibc

/// Asks a question and reads the line that the person answers, which is shown as it is typed.
///
/// Standard input must be a terminal in its ordinary mode; the question goes to standard error if that is one. What was
/// typed before the question is no answer to it, and is dropped. Holds the calling thread; a signal that ends programs ends
/// the wait.
public func readAnswer(_ question: Question, signals: SignalWatcher) -> LineOutcome {
    let ending = Ending()
    let observer = signals.observe { ending.take($0, question) }
    let again = signals.observe { if $0 == .resumed { question.askAgain() } }
    defer { [observer, again].forEach(signals.remove) }
    tcflush(STDIN_FILENO, TCIFLUSH)
    question.ask()
    defer { question.end() }
    return AnswerReader(question: question, ending: ending).read()
}

/// One line of the terminal, or the signal that came first.
struct AnswerReader {
    let question: Question
    let ending: Ending

    func read() -> LineOutcome {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            var sources = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: ending.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&sources, 2, -1) < 0 { continue }  // a signal; its observer has the rest
            if let outcome = ending.outcome { return outcome }
            // One byte at a time: what is typed ahead belongs to whoever reads next.
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            if count < 0 { return .terminated(.hangup) }
            // Ctrl-D hands out what there is of a line.
            if count == 0 { return line.isEmpty ? .endOfFile : .line(String(decoding: line, as: UTF8.self)) }
            // A return and no newline was typed ahead while the line editor had the terminal.
            if [0x0A, 0x0D].contains(byte) {
                question.answered()
                return .line(String(decoding: line, as: UTF8.self))
            }
            line.append(byte)
        }
    }
}
