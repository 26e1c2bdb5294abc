import SwitchboardEngine
import SwitchboardLanguage

extension Reference {
    /// What there are pages of, by name: topics, commands, words with grammar, types and error codes, each with its
    /// summary.
    public var contents: [(name: String, summary: String)] {
        let topics = Topic.all.map { ($0.name, $0.summary) }
        let commands = registry.vocabulary.commands.values.map { ($0.name, $0.summary) }
        let words = GrammarWord.all.map { ($0.name, $0.summary) }
        let types = ValueType.forms.map(\.page).map { ($0.name, $0.summary) }
        let records = registry.vocabulary.records.values.map { ($0.name ?? "", $0.summary) }
        let faults = FaultPages.families.flatMap(\.faults).map { ($0.code, $0.page.meaning) }
        let all = Dictionary(topics + commands + words + types + records + faults) { first, _ in first }
        return all.map { (name: $0.key, summary: $0.value) }.sorted { $0.name < $1.name }
    }
}
