import Switchboard
import SwitchboardTerminal

/// What the prompt completes: statements as the engine knows them, files of the current folder, and its own commands.
struct PromptCompletion: Sendable {
    /// One way in which the word at the cursor may go on.
    struct Candidate {
        /// What is written in its place.
        var text: String
        /// What the list shows.
        var shown: String
        /// One line of help.
        var help = ""
        /// Whether nothing more belongs to it, so that a blank follows.
        var isWhole = true
        /// Whether it is a flag, for which something else may stand here.
        var isFlag = false
    }

    let engine: Engine
    /// What the session's statements have named so far, and where they run.
    let context: PromptContext
    /// What runs in the background.
    let jobs: Jobs

    /// What Tab does.
    func complete(_ text: String, at offset: Int) -> TabAnswer {
        let line = MetaLine(text)
        if let line, let words = words(of: line, at: offset) {
            return answer(words, line.word(at: offset).span, in: text)
        }
        let known = context.known
        let completion = engine.complete(
            line?.statement ?? text, at: offset, profile: context.profile, names: known.all,
            definitions: known.definitions, most: line?.command?.most ?? .irreversible)
        var candidates = completion.candidates.map { Candidate($0) }
        for source in completion.sources {
            switch source {
            case .paths(let endings):
                candidates = FileCandidates(written: completion.written, endings: endings).all + candidates
            case .pages(let front): candidates = pages(behind: front, completion.written, besides: candidates)
            default: break
            }
        }
        return answer(candidates, completion.span, in: text)
    }

    /// What the command at the offset takes next, or what is open there.
    func hint(_ text: String, at offset: Int) -> String? {
        let (known, line) = (context.known, MetaLine(text))
        if let line, let command = line.command, offset > line.nameEnd, line.isInFront(offset) {
            return line.argument.isEmpty && !command.argument.isEmpty ? command.argument : nil
        }
        let statement = line?.statement ?? text
        let open = Parser.openBrackets(statement).last
        // A string that goes on in another row was perhaps not meant to.
        let row = statement.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let isInString = open.map { ["'", "\""].contains($0) && !row.contains($0) } ?? false
        let hint = engine.hint(statement, at: offset, names: known.all, definitions: known.definitions)
        return (isInString ? nil : hint) ?? open.map { "\($0) .." }
    }

    /// The names of the prompt's commands, or the words of one; nil where a statement is being written behind it.
    private func words(of line: MetaLine, at offset: Int) -> [Candidate]? {
        guard line.isInFront(offset) else { return nil }
        let written = line.word(at: offset).text
        let all =
            offset <= line.nameEnd
            ? MetaCommand.all.map { Candidate(text: ":" + $0.name, shown: ":" + $0.name, help: $0.help) }
            : line.command?.words(self, written) ?? []
        return all.filter { $0.text.hasPrefix(FileCandidates.whole(written)) }
    }

    /// With the pages of help, in order.
    private func pages(behind words: [String], _ written: String, besides known: [Candidate]) -> [Candidate] {
        let front = words.map { $0 + " " }.joined()
        let names = Set(known.map(\.text))
        let pages = Reference(engine.registry).contents.filter { $0.name.hasPrefix(front + written) }.map { page in
            let text = String(page.name.dropFirst(front.count))
            return Candidate(text: text, shown: text, help: page.summary)
        }
        return (known + pages.filter { !names.contains($0.text) }).sorted { $0.text < $1.text }
    }

    /// Writes what all candidates have in common, or the only one whole; a flag counts only where nothing else fits.
    ///
    /// Where they have nothing in common that holds what is written, as names may fit by any part, that stays.
    private func answer(_ candidates: [Candidate], _ span: Span, in text: String) -> TabAnswer {
        let bytes = Array(text.utf8)
        let before = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
        var answer = TabAnswer(start: span.start, end: span.end, replacement: before, items: [])
        let values = candidates.filter { !$0.isFlag }
        let meant = values.isEmpty ? candidates : values
        if meant.count == 1, let only = meant.first {
            let isSpaced = span.end < bytes.count && bytes[span.end] == UInt8(ascii: " ")
            answer.replacement = only.text + (only.isWhole && !isSpaced ? " " : "")
        } else if let first = meant.first {
            let common = Self.withoutPartOfEscape(meant.dropFirst().reduce(first.text) { Self.common($0, $1.text) })
            let isQuoted = before.hasPrefix("'") || before.hasPrefix("\"")
            let written = FileCandidates.whole(String(before.dropFirst(isQuoted ? 1 : 0)))
            if common.lowercased().contains(written.lowercased()) { answer.replacement = common }
            answer.items = candidates.map { ListItem(text: $0.shown, help: $0.help) }
        }
        return answer
    }

    private static func common(_ one: String, _ other: String) -> String {
        String(zip(one, other).prefix { $0 == $1 }.map { $0.0 })
    }

    /// A text in double quotes without an escape of which the end is missing.
    private static func withoutPartOfEscape(_ text: String) -> String {
        guard text.first == "\"", let backslash = text.lastIndex(of: "\\") else { return text }
        let escapes = text[..<backslash].reversed().prefix { $0 == "\\" }.count
        let behind = text[text.index(after: backslash)...]
        let isPart = behind.isEmpty || behind.first == "u" && !behind.contains("}")
        return isPart && escapes.isMultiple(of: 2) ? String(text[..<backslash]) : text
    }
}

extension PromptCompletion.Candidate {
    /// What the engine knows: behind names, fields and types more of the expression may follow.
    init(_ candidate: Completion.Candidate) {
        let isWhole = ![.name, .field, .type].contains(candidate.kind)
        self.init(
            text: candidate.text, shown: candidate.text, help: candidate.help, isWhole: isWhole,
            isFlag: candidate.kind == .flag)
    }

    /// A word that stands for itself.
    init(_ word: String, help: String = "") { self.init(text: word, shown: word, help: help) }
}
