import CEditline

/// The statements of before: Alt-P and Ctrl-R.
extension TypedLine {
    func recallPrefixed() -> ce_next {
        let line = line
        let prefix = prefixed.flatMap { $0.line == line ? $0.prefix : nil } ?? line.front
        guard let found = recall.older(beginning: prefix, leaving: line.text) else { return CE_BEEP }
        let next = LineText(found, cursor: prefix.utf8.count)
        prefixed = (prefix, next)
        return show(next)
    }

    func beginSearch() -> ce_next {
        search = LineSearch(in: line, find: hooks.search)
        return showSearch()
    }

    private func showSearch() -> ce_next {
        ce_grab(editor, search != nil)
        showPrompt()
        return search.map { show($0.line) } ?? CE_REFRESH
    }

    func searchFurther(_ key: Unicode.Scalar) -> ce_next {
        guard var current = search else { return CE_BEEP }
        let step = current.press(key)
        if step == .goOn {
            search = current
            return showSearch()
        }
        endSearch(with: step == .leave ? current.original : current.line)
        return step == .takeAndPress ? CE_AGAIN : CE_REFRESH
    }

    func endSearch(with line: LineText) {
        search = nil
        _ = showSearch()
        _ = show(line)
        note()
    }
}
