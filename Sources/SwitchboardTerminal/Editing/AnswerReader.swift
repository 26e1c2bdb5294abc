import Glibc

/// Asks a question and reads the line that the person answers, which is shown as it is typed.
///
/// Standard input must be a terminal in its ordinary mode; the question goes to standard error if that is one. What was
/// typed before the question is no answer to it, and is dropped. Holds the calling thread; a signal that ends programs ends
/// the wait.
public func readAnswer(question: String, signals: SignalWatcher) -> LineOutcome {
    let ending = Ending()
    let observer = signals.observe { signal in
        if [.interrupt, .terminate, .hangup].contains(signal) { ending.begin(signal) }
    }
    defer { signals.remove(observer) }
    tcflush(STDIN_FILENO, TCIFLUSH)
    let bytes = Array(VisibleText.line(question).utf8)
    _ = write([STDERR_FILENO, STDOUT_FILENO].first(where: isTerminal) ?? STDIN_FILENO, bytes, bytes.count)
    return AnswerReader(ending: ending).read()
}

/// One line of the terminal, or the signal that came first.
struct AnswerReader {
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
            if let signal = ending.signal { return signal == .interrupt ? .interrupted : .terminated(signal) }
            // One byte at a time: what is typed ahead belongs to whoever reads next.
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            if count < 0 { return .terminated(.hangup) }
            // Ctrl-D hands out what there is of a line.
            if count == 0 { return line.isEmpty ? .endOfFile : .line(String(decoding: line, as: UTF8.self)) }
            // A return and no newline was typed ahead while the line editor had the terminal.
            if [0x0A, 0x0D].contains(byte) { return .line(String(decoding: line, as: UTF8.self)) }
            line.append(byte)
        }
    }
}
