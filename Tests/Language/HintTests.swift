import SwitchboardLanguage
import Testing

/// What the command at the cursor takes next; the cursor is written `^`.
@Suite struct HintTests {
    private func hint(_ marked: String) -> String? {
        let text = String(marked.prefix { $0 != "^" })
        return Completer(vocabulary: CompletionTests.vocabulary).hint(text + "| first", at: text.utf8.count)
    }

    @Test(arguments: [
        ("search ^", "<provider> [--area-code string] [--limit int]"),
        ("search livekit ^", "[--area-code string] [--limit int]"),
        ("search li^", "<provider> [--area-code string] [--limit int]"),
        ("search livekit --limit 3 ^", "[--area-code string]"), ("search livekit --limit ^", "<int>"),
        ("search livekit --limit 3^", "<int>"), ("search livekit --area-code=4^", "<string>"),
        ("list --status ^", "<word>"), ("list ^", "[--status word] [--method string]"),
        ("purchase ^", "[number] [--label string] [--force]"), ("list | purchase ^", "[--label string] [--force]"),
        ("bind-agent ^", "<agent> [--number phone]"), ("list | first | bind-agent ^", "<agent>"),
        ("list | select ^", "[fields ...]"), ("list | select .e164 ^", "[fields ...]"),
        ("print (search ^", "<provider> [--area-code string] [--limit int]"),
        ("let n = search livekit --limit 2 ^", "[--area-code string]"),
        ("list\nsearch ^", "<provider> [--area-code string] [--limit int]"),
        ("list | each row { bind-agent ^", "<agent> [--number phone]"),
        ("def buy [area: string --label: string] { 1 }\nbuy ^", "<area> --label string"),
        ("release --numbers [+14155550100 ^", "<phone ...>"), ("read ^", "<file> [--columns schema]"),
    ])
    func whatIsOpen(text: String, shown: String) { #expect(hint(text) == shown) }

    @Test(arguments: [
        "^", "search^", "sea^", "nobody ^", "list --status active --method Buy ^",
        "search livekit --area-code 415 --limit 3 ^",
        "list | ^", "list | where ^", "let x = ^", "# search ^", "print 1 )^", "trunk ^",
    ])
    func nothingIsOpen(text: String) { #expect(hint(text) == nil) }
}
