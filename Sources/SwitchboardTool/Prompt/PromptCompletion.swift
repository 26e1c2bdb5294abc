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
    }

    let engine: Engine
    /// What the session's statements have named so far, and where they run.
    let context: PromptContext

    /// What Tab does.
    func complete(_ text: String, at offset: Int) -> TabAnswer {
        let line = MetaLine(text)
        if let line, let words = words(of: line, at: offset) {
            let word = line.word(at: offset)
            return answer(words.filter { $0.text.hasPrefix(word.text) }, word.span, word.text, in: text)
        }
        let known = context.known
        let completion = engine.complete(
            line?.statement ?? text, at: offset, profile: context.profile, names: known.all,
            definitions: known.definitions)
        var candidates = completion.candidates.map { Candidate($0) }
        if completion.sources.contains(.paths) { candidates += FileCandidates(written: completion.written).all }
        return answer(candidates, completion.span, completion.written, in: text)
    }

    /// What the command at the offset takes next, or what is open there.
    func hint(_ text: String, at offset: Int) -> String? {
        let (known, statement) = (context.known, MetaLine(text)?.statement ?? text)
        let hint = engine.hint(statement, at: offset, names: known.all, definitions: known.definitions)
        return hint ?? Parser.openBrackets(statement).last.map { "\($0) .." }
    }

    /// The names of the prompt's commands, or the words of one; nil where a statement is being written behind it.
    private func words(of line: MetaLine, at offset: Int) -> [Candidate]? {
        if offset <= line.nameEnd {
            return MetaCommand.all.map { Candidate(text: ":" + $0.name, shown: ":" + $0.name, help: $0.help) }
        }
        guard let command = line.command else { return [] }
        if command.wordsBeforeStatement != nil { return offset > line.front.utf8.count ? nil : [] }
        return command.words(engine).map { Candidate(text: $0, shown: $0) }
    }

    /// Writes what all candidates have in common, or the only one whole.
    ///
    /// Where they have nothing in common that holds what is written, as names may fit by any part, that stays.
    private func answer(_ candidates: [Candidate], _ span: Span, _ written: String, in text: String) -> TabAnswer {
        let bytes = Array(text.utf8)
        let before = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
        var answer = TabAnswer(start: span.start, end: span.end, replacement: before, items: [])
        if candidates.count == 1, let only = candidates.first {
            let isSpaced = span.end < bytes.count && bytes[span.end] == UInt8(ascii: " ")
            answer.replacement = only.text + (only.isWhole && !isSpaced ? " " : "")
        } else if let first = candidates.first {
            let common = candidates.dropFirst().reduce(first.text) { Self.common($0, $1.text) }
            if common.lowercased().contains(written.lowercased()) { answer.replacement = common }
            answer.items = candidates.map { ListItem(text: $0.shown, help: $0.help) }
        }
        return answer
    }

    private static func common(_ one: String, _ other: String) -> String {
        String(zip(one, other).prefix { $0 == $1 }.map { $0.0 })
    }
}

extension PromptCompletion.Candidate {
    /// What the engine knows: behind names, fields and types more of the expression may follow.
    init(_ candidate: Completion.Candidate) {
        let isWhole = ![.name, .field, .type].contains(candidate.kind)
        self.init(text: candidate.text, shown: candidate.text, help: candidate.help, isWhole: isWhole)
    }
}
