import Glibc
import Synchronization

/// Reads one line from the terminal without showing it, and restores the terminal on every way out.
///
/// Standard input must be a terminal; the question goes to standard error if that is one. Holds the calling thread; a
/// signal that ends programs ends the wait.
public func readSecret(_ question: Question, signals: SignalWatcher) -> LineOutcome {
    let ending = Ending()
    let observer = signals.observe { ending.take($0, question) }
    defer { signals.remove(observer) }
    return SecretReader(signals: signals, ending: ending).read(question)
}

/// The terminal without echo, for as long as one line takes.
struct SecretReader {
    let signals: SignalWatcher
    let ending: Ending

    func read(_ question: Question) -> LineOutcome {
        if let outcome = ending.outcome { return outcome }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return .endOfFile }

        let hidden = HiddenMode(before)
        // A shell that continues the process sets its own modes, and the secret would be shown.
        let observer = signals.observe { signal in
            guard signal == .resumed else { return }
            hidden.enter()
            question.askAgain()
        }
        hidden.enter()
        question.ask()
        let outcome = readBytes(hidden)
        signals.remove(observer)
        hidden.leave()
        question.end()
        return outcome
    }

    private func readBytes(_ hidden: HiddenMode) -> LineOutcome {
        var line = SecretLine()
        while true {
            var sources = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: ending.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&sources, 2, -1) < 0 { continue }  // a signal; its observer has the rest
            if let outcome = ending.outcome { return outcome }
            var byte: UInt8 = 0
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count == 1 else { return count < 0 ? .terminated(.hangup) : .endOfFile }
            if byte == 0x1A { hidden.suspended { kill(0, SIGTSTP) } }
            if let outcome = line.take(byte) { return outcome }
        }
    }
}

/// The typed bytes, and the few keys that a hidden line knows.
struct SecretLine {
    private enum Sequence {
        case none, escape, body
    }

    private var bytes: [UInt8] = []
    private var sequence = Sequence.none

    /// Takes one byte; answers when the line is over.
    mutating func take(_ byte: UInt8) -> LineOutcome? {
        if skips(byte) { return nil }
        switch byte {
        case 0x03: return .interrupted
        case 0x04 where bytes.isEmpty: return .endOfFile
        case 0x0A, 0x0D: return .line(String(decoding: bytes, as: UTF8.self))
        case 0x08, 0x7F: removeCharacter()
        case 0x15: bytes = []
        case 0x1B: sequence = .escape
        case 0x20...: bytes.append(byte)
        default: break
        }
        return nil
    }

    /// An arrow key or the like sends an escape sequence, which is no part of a secret.
    private mutating func skips(_ byte: UInt8) -> Bool {
        switch sequence {
        case .none: return false
        case .escape:
            sequence = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") ? .body : .none
            return sequence == .body
        case .body:
            if (0x40...0x7E).contains(byte) { sequence = .none }
            return true
        }
    }

    private mutating func removeCharacter() {
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }
}

/// The terminal's modes without echo; entered again when the process was stopped in between.
final class HiddenMode: Sendable {
    private struct Modes: @unchecked Sendable {  // a C struct of plain numbers
        var before: termios
        var hidden: termios
        var isHidden = false
        var isOver = false
    }

    private let modes: Mutex<Modes>

    init(_ before: termios) {
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        withUnsafeMutableBytes(of: &hidden.c_cc) { keys in
            keys[Int(VMIN)] = 1
            keys[Int(VTIME)] = 0
        }
        modes = Mutex(Modes(before: before, hidden: hidden))
    }

    func enter() {
        modes.withLock { modes in
            if modes.isOver { return }
            tcsetattr(STDIN_FILENO, TCSADRAIN, &modes.hidden)
            modes.isHidden = true
        }
    }

    /// Runs what stops the process, with the modes of before, until it is continued; not for long where no shell would ever
    /// stop and continue it.
    func suspended(_ stop: () -> Void) {
        modes.withLock { modes in
            tcsetattr(STDIN_FILENO, TCSADRAIN, &modes.before)
            modes.isHidden = false
        }
        stop()
        for _ in 0..<20 where !modes.withLock(\.isHidden) { usleep(10_000) }
        enter()
    }

    func leave() {
        modes.withLock { modes in
            modes.isOver = true
            tcsetattr(STDIN_FILENO, TCSADRAIN, &modes.before)
        }
    }
}
