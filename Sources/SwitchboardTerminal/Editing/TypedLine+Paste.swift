import CEditline

/// What the terminal marks as pasted.
extension TypedLine {
    func paste() -> ce_next {
        var length = 0
        guard let bytes = ce_pasted(editor, &length) else {
            printAbove("The paste is larger than a statement can be, and was left out.")
            return CE_BEEP
        }
        let text = PastedText.cleaned(UnsafeRawBufferPointer(start: bytes, count: length))
        if let remark = remark(on: text) {
            printAbove(remark)
            offersEditing = true
        }
        if let search { endSearch(with: search.line) }
        let next = show(line.inserting(text))
        return PastedText.hasUnseen(UnsafeRawBufferPointer(start: bytes, count: length)) ? CE_BEEP : next
    }

    private func remark(on text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "\n")) else { return nil }
        let size = TerminalSize.of(1) ?? TerminalSize(columns: 80, rows: 24)
        return PastedText.remark(
            statements: hooks.statements(text),
            isTall: PastedText.rows(of: text, columns: size.columns) >= size.rows)
    }
}
