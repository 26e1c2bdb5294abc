import SwitchboardLanguage

/// Makes the page of a word with grammar from its declaration.
struct WordPage {
    let word: GrammarWord

    /// The pages of all words.
    static var all: [Page] { GrammarWord.all.map { WordPage(word: $0).page } }

    var page: Page {
        var parts: [Page.Part] = [.lines(word.usage, as: "text")] + ArgumentTable.parts(of: word.flags)
        if !word.remarks.isEmpty { parts.append(.list(word.remarks)) }
        return Page(
            kind: .word, name: word.name, summary: word.summary, parts: parts + CommandPage.examples(word.examples))
    }

    /// Whether the word or one that stands beside it is called so.
    static func named(_ name: String) -> [Page] {
        GrammarWord.all.filter { $0.name == name || $0.companions.contains(name) }.map { WordPage(word: $0).page }
    }
}
