import SwitchboardEngine
import SwitchboardLanguage

extension Reference {
    /// The list of all commands, grouped by what they do to the world.
    public var overview: String {
        let signatures = registry.vocabulary.commands.values.sorted { $0.name < $1.name }
        let width = (signatures.map(\.name.count).max() ?? 0) + 2
        let sections = ReferenceIndex.groups.map { group in
            let lines = signatures.filter { $0.effect == group.effect }.map { signature in
                "  \(signature.name)\(String(repeating: " ", count: width - signature.name.count))\(signature.summary)"
            }
            return ([group.title] + lines).joined(separator: "\n")
        }
        return (sections + [Self.grammar, Self.more]).joined(separator: "\n\n")
    }

    private static var grammar: String {
        let words = GrammarWord.all.flatMap { [$0.name] + $0.companions }.joined(separator: " ")
        return "Words with grammar; help shows each\n  \(words)  |  $name  .field  \"text with $name\""
    }

    private static let more = """
        help TOPIC tells what one does, in order, with \(Topic.all.map(\.name).joined(separator: " ")).
        help COMMAND shows one command, with examples.
        help TYPE shows a type, such as money or number; help CODE explains an error, such as C012.
        """
}
