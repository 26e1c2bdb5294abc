import CEditline

/// A statement while it is typed: what the keys do that are not libedit's.
///
/// Lives on the editor's thread, for one line.
final class TypedLine {
    let editor: OpaquePointer
    private let prompt: @Sendable () -> String
    let hooks: LineHooks
    var recall: Recall
    var undo: UndoRing
    var search: LineSearch?
    /// The line that the last Tab has left.
    private var tabbed: LineText?
    /// The line to which the hint belongs.
    private var hinted: LineText?
    /// The cells in front of the line.
    private var promptWidth = 0
    /// Whether the user was told that `:edit` edits what was pasted.
    var offersEditing = false
    /// What Alt-P looks for, and the line that it has brought.
    var prefixed: (prefix: String, line: LineText)?

    init(
        _ editor: OpaquePointer, prompt: @escaping @Sendable () -> String, hooks: LineHooks, memory: [String],
        prefill: String
    ) {
        self.editor = editor
        self.prompt = prompt
        self.hooks = hooks
        recall = Recall(memory)
        undo = UndoRing(LineText(prefill))
    }

    /// Reads the line.
    func read(prefill: String) -> (outcome: ce_outcome, text: String) {
        var keys = ce_keys(
            context: Unmanaged.passUnretained(self).toOpaque(), key: Self.key, hint: Self.hint, before: Self.before,
            prompt: Self.prompt)
        var text: UnsafePointer<CChar>?
        let outcome = withExtendedLifetime(self) { ce_read_line(editor, prefill, &keys, &text) }
        return (outcome, text.map { String(cString: $0) } ?? "")
    }

    /// Shows the prompt as it is at this time, or that of the search.
    func showPrompt() {
        if let search { return ce_set_prompt(editor, search.prompt) }
        let text = prompt()
        promptWidth = PromptText.width(of: text)
        ce_set_prompt(editor, PromptText.marked(text))
    }

    // The closures that C calls; they must belong to no actor.
    private static let key: @convention(c) (UnsafeMutableRawPointer?, ce_key, UInt32) -> ce_next = {
        context, key, character in
        typed(context)?.press(key, character) ?? CE_KEEP
    }
    private static let hint: @convention(c) (UnsafeMutableRawPointer?) -> Void = { typed($0)?.updateHint() }
    private static let before: @convention(c) (UnsafeMutableRawPointer?) -> Void = { typed($0)?.note() }
    private static let prompt: @convention(c) (UnsafeMutableRawPointer?) -> Void = { typed($0)?.showPrompt() }

    private static func typed(_ context: UnsafeMutableRawPointer?) -> TypedLine? {
        context.map { Unmanaged<TypedLine>.fromOpaque($0).takeUnretainedValue() }
    }

    private func press(_ key: ce_key, _ character: UInt32) -> ce_next {
        switch key {
        case CE_ENTER: return enter()
        case CE_NEWLINE: return show(withNewline(line))
        case CE_TAB: return tab()
        case CE_UP: return show(line.rowUp ?? recall.older(leaving: line.text).map { LineText($0) })
        case CE_DOWN: return show(line.rowDown ?? recall.newer(leaving: line.text).map { LineText($0) })
        case CE_ROW_START: return show(line.atStart)
        case CE_ROW_END: return show(line.atEnd)
        case CE_UNDO: return show(undo.back(from: line))
        case CE_PREFIX: return recallPrefixed()
        case CE_SEARCH: return beginSearch()
        case CE_GRABBED: return searchFurther(Unicode.Scalar(character) ?? "\u{7}")
        case CE_PASTE: return paste()
        default: return CE_BEEP
        }
    }

    var line: LineText {
        var length = 0
        var cursor = 0
        let bytes = ce_line(editor, &length, &cursor)
        return LineText(
            String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self), cursor: cursor)
    }

    /// Puts another line in place of this one; nil if the key has none.
    func show(_ next: LineText?) -> ce_next {
        guard let next = next?.kept else { return CE_BEEP }
        ce_set_line(editor, next.text, next.cursor)
        return CE_REFRESH
    }

    func note() {
        undo.note(line)
    }

    private func updateHint() {
        let line = line
        if hinted == line { return }
        hinted = search == nil ? line : nil
        let hint = search == nil ? hooks.hint(line.text, line.cursor) : nil
        ce_set_hint(editor, hint.flatMap { fitting(VisibleText.line($0), beside: line) })
    }

    /// As much of a hint as has room; nil where that would tell nothing.
    private func fitting(_ hint: String, beside line: LineText) -> String? {
        let row = line.text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let front = row.utf8.count == line.text.utf8.count ? promptWidth : 0
        let room = (TerminalSize.of(1)?.columns ?? 80) - front - DisplayWidth.of(row) - 2
        if DisplayWidth.of(hint) <= room { return hint }
        return room < Self.leastHint ? nil : DisplayWidth.prefix(of: hint, cells: room - 1) + "…"
    }
    private static let leastHint = 10

    private func enter() -> ce_next {
        let line = line
        let request = offersEditing ? EditRequest.separated(line.text) : line.text
        if EditRequest.text(in: request) != nil {
            ce_set_line(editor, request, request.utf8.count)
            return CE_ACCEPT
        }
        return hooks.isComplete(line.text) ? CE_ACCEPT : show(withNewline(line))
    }

    private func withNewline(_ line: LineText) -> LineText {
        line.inserting("\n" + String(repeating: " ", count: max(0, hooks.indentation(line.front))))
    }

    private func tab() -> ce_next {
        let line = line
        let answer = hooks.complete(line.text, line.cursor)
        let completed = line.replacing(answer.start, answer.end, with: answer.replacement)
        // What has come since the last Tab may complete the line still.
        if completed == line && line == tabbed && !answer.items.isEmpty {
            list(answer.items, above: line)
            return CE_KEEP
        }
        tabbed = completed
        return show(completed == line ? nil : completed)
    }

    private func list(_ items: [ListItem], above line: LineText) {
        let size = TerminalSize.of(1) ?? TerminalSize(columns: 80, rows: 24)
        let room = size.rows - PastedText.rows(of: line.text, columns: size.columns) - 2
        printAbove(CandidateList.lines(items, width: size.columns, height: max(room, 1)).joined(separator: "\n"))
    }

    func printAbove(_ text: String) {
        ce_print_above(editor, text, text.utf8.count)
    }
}
