import SwitchboardContract

/// The contract of providers, case by case: those that stand alone, and those that every change is held to.
struct ContractPage {
    private var alone: [ContractCase] = []
    private var changes: [String] = []
    private var ofChanges: [(suffix: String, shows: String)] = []

    init(_ cases: [ContractCase]) {
        // Of every change the cases are the same, and say the same.
        let groups = Dictionary(grouping: cases, by: \.shows)
        for next in cases {
            guard let group = groups[next.shows], group.count > 1 else {
                alone.append(next)
                continue
            }
            let suffix = Self.commonSuffix(group.map(\.name))
            let change = String(next.name.dropLast(suffix.count))
            if !changes.contains(change) { changes.append(change) }
            if group[0].name == next.name { ofChanges.append((suffix, next.shows)) }
        }
    }

    /// What the names end with from a `-` on, such as `-429`.
    private static func commonSuffix(_ names: [String]) -> String {
        let common = names.dropFirst().reduce(names[0]) { common, name in
            String(zip(common.reversed(), name.reversed()).prefix { $0 == $1 }.map(\.0).reversed())
        }
        return String(common.drop { $0 != "-" })
    }

    var markdown: String {
        """
        # Contract

        What a provider is held to, in the order in which a new one meets it. `provider check NAME` and the tests of the
        provider run it; [the guide](../providers.md) says what it means.

        | case | of what | it shows |
        | --- | --- | --- |
        \(alone.map { "| `\($0.name)` | \($0.ability.rawValue) | \($0.shows) |" }.joined(separator: "\n"))

        ## Changes

        Each of these changes has all cases of the table, such as `\(changes.first ?? "")\(ofChanges.first?.suffix ?? "")`, and
        meets every fault at each request that it sends:

        \(changes.map { "- `\($0)`" }.joined(separator: "\n"))

        | case | it shows |
        | --- | --- |
        \(ofChanges.map { "| `\($0.suffix)` | \($0.shows) |" }.joined(separator: "\n"))

        """
    }
}
