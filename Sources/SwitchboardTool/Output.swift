import Glibc
import Switchboard
import SwitchboardTerminal
import Synchronization

/// The two outputs of the program: results on standard output, everything else on standard error.
///
/// All text of the program goes through here, so that this is the one place that decides on colours, and the one that makes
/// visible what a terminal would obey or hide; a file or a pipe gets it as it is.
enum Output {
    /// Where text goes.
    enum Target: Int32 { case results = 1, remarks }

    private struct Routing {
        var colour = ColourChoice.auto
        /// What waits for a program's turn on the terminal to end.
        var held: [(text: String, target: Target)]?
    }
    private static let routing = Mutex(Routing())
    /// Whether standard output refused a write, so that the program cannot claim success.
    private static let isBroken = Atomic(false)
    /// The last line of a terminal on standard error, for what goes on.
    static let status = StatusLine(descriptor: 2)

    /// Sets what the user wants of colours.
    static func use(_ colour: ColourChoice) { routing.withLock { $0.colour = colour } }

    /// Whether text there is coloured.
    static func isColoured(_ target: Target) -> Bool {
        routing.withLock { $0.colour }.allows(descriptor: target.rawValue)
    }

    /// Writes lines of result for people.
    static func line(_ text: String) { put(paragraph(text, .results), .results) }

    /// Writes text of result; control characters are made visible at a terminal.
    static func write(_ text: String) { put(StyledText(text), .results) }

    /// Writes lines of remark.
    static func note(_ text: String) { put(paragraph(text, .remarks), .remarks) }

    /// Lines that a terminal has room for, broken between words, of which the beginning may stand out.
    static func paragraph(marked mark: String = "", _ text: String, _ target: Target) -> StyledText {
        // In front of a remark may stand the ^C with which a terminal answers Ctrl-C.
        let width = columns(of: target).map { target == .remarks ? $0 - 2 : $0 }
        let lines = (mark + text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            width == nil ? [String(line)] : WrappedText.hanging(VisibleText.lines(String(line)), cells: width)
        }
        let whole = lines.joined(separator: "\n") + "\n"
        return whole.hasPrefix(mark)
            ? StyledText(mark, .red) + StyledText(String(whole.dropFirst(mark.count))) : StyledText(whole)
    }

    /// The cells of a terminal's line; nil where there is no terminal.
    static func columns(of target: Target) -> Int? {
        isTerminal(target.rawValue) ? TerminalSize.of(target.rawValue)?.columns ?? 80 : nil
    }

    /// How wide a page of help is: as the terminal, and no wider than reads well.
    static var pageWidth: Int { min(columns(of: .results) ?? 100, 100) }

    /// Writes an error that has no place in a script.
    static func error(_ error: SwitchboardError) {
        put(paragraph(marked: "error:", " \(error.message)", .remarks), .remarks)
        if let cause = error.cause { note("  = cause: \(cause)") }
        if let help = error.help { note("  = help: \(help)") }
    }

    /// The exit status, unless results were lost on the way out: then 1.
    static func finish(_ status: Int32) -> Int32 {
        guard status == 0, isBroken.load(ordering: .relaxed) else { return status }
        note("error: standard output could not be written")
        return 1
    }

    /// Runs what has the whole terminal; what others write to it meanwhile comes afterwards.
    static func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
        routing.withLock { $0.held = [] }
        defer {
            let held = routing.withLock { routing in
                defer { routing.held = nil }
                return routing.held ?? []
            }
            for (text, target) in held { _ = show(text, target) }
        }
        return try status.suspended(body)
    }

    static func put(_ text: StyledText, _ target: Target) {
        let isShown = isTerminal(target.rawValue)
        let text = text.text(toTerminal: isShown, isColoured: isColoured(target))
        if text.isEmpty { return }
        let isWritten = isShown ? show(text, target) : writeAll(text, to: target.rawValue)
        if !isWritten, target == .results { isBroken.store(true, ordering: .relaxed) }
    }

    /// Writes finished text to a terminal.
    private static func show(_ text: String, _ target: Target) -> Bool {
        let isHeld = routing.withLock { routing in
            routing.held?.append((text, target))
            return routing.held != nil
        }
        return isHeld || Keyboard.printAbove(text)
            || status.beside(endsLine: text.hasSuffix("\n")) {
                Keyboard.besideQuestion { writeAll(text, to: target.rawValue) }
            }
    }
}
