import SwitchboardLanguage

/// Makes the page of a word with grammar from its declaration.
struct WordPage {
    let word: GrammarWord

    /// The pages of all words.
    static var all: [Page] { GrammarWord.all.map { WordPage(word: $0).page } }

    var page: Page {
        var parts: [Page.Part] = [.usage(usage)] + ArgumentTable.parts(of: word.flags)
        if !word.remarks.isEmpty { parts.append(.list(word.remarks)) }
        return Page(
            kind: .word, name: word.name, summary: word.summary, parts: parts + CommandPage.examples(word.examples))
    }

    /// The parts between which a line may end.
    private var usage: [String] {
        let parts = word.usage.split(separator: " [", omittingEmptySubsequences: false)
        return parts.prefix(1).map(String.init) + parts.dropFirst().map { "[" + $0 }
    }

    /// Whether the word or one that stands beside it is called so.
    static func named(_ name: String) -> [Page] {
        GrammarWord.all.filter { $0.name == name || $0.companions.contains(name) }.map { WordPage(word: $0).page }
    }
}
