import Glibc

/// Lets the user change a text in an editor of their own: `$VISUAL`, else `$EDITOR`, else `vi`.
///
/// The value may have arguments (`code --wait`): the shell runs it, as git does. The text stands in a file that only the
/// user can read, in a folder of its own; both are gone afterwards. The terminal must not be edited on meanwhile. Holds
/// the calling thread until the editor ends; a signal that ends this program ends the editor too. Throws
/// `TerminalError`, and the text is then as it was.
public func editText(_ text: String, named name: String = "statement.swb", signals: SignalWatcher)
    throws(TerminalError) -> String
{
    let folder = try PrivateFolder()
    defer { folder.remove() }
    let path = "\(folder.path)/\(name)"
    try TextEditor.write(text, to: path)
    try TextEditor.run(on: path, signals: signals)
    return try TextEditor.read(path)
}

/// The steps of `editText`.
private enum TextEditor {
    /// What the user has set; a dumb terminal can show no `$VISUAL`.
    static var command: String {
        let names = getenv("TERM").map { String(cString: $0) } == "dumb" ? ["EDITOR"] : ["VISUAL", "EDITOR"]
        return names.compactMap { getenv($0).map { String(cString: $0) } }.first { !$0.isEmpty } ?? "vi"
    }

    static func write(_ text: String, to path: String) throws(TerminalError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw TerminalError(doing: "write the text for the editor", errno: errno) }
        defer { close(file) }
        var rest = Array((text + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw TerminalError(doing: "write the text for the editor", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    static func read(_ path: String) throws(TerminalError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw TerminalError(doing: "read what the editor wrote", errno: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw TerminalError(doing: "read what the editor wrote", errno: errno) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        let text = PastedText.cleaned(bytes)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The editor's terminal modes and signals are those of this process while it reads no line.
    static func run(on path: String, signals: SignalWatcher) throws(TerminalError) {
        let words = ["sh", "-c", "exec \(command) \"$@\"", "sh", path]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let failure = posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ)
        guard failure == 0 else { throw TerminalError(doing: "start the editor", errno: failure) }

        let editor = child
        let observer = signals.observe { signal in
            if signal == .terminate || signal == .hangup { kill(editor, signal.rawValue) }
        }
        defer { signals.remove(observer) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else {
            throw TerminalError("the editor \(command) failed, so the text stays as it was")
        }
    }
}
