import SwitchboardCore

extension Plan {
    /// The plan for people: the changes in their order under their rows and conditions, then what they come to.
    public var text: String {
        let title = "plan of \(script), profile \(profile)"
        if changes.isEmpty { return ([title + ": nothing to change"] + notes).joined(separator: "\n") }
        let count = changes.count == 1 ? "1 change" : "\(changes.count) changes"
        return (["\(title): \(count)"] + tree + [""] + summary + notes).joined(separator: "\n")
    }

    // MARK: Changes

    private var tree: [String] {
        var (lines, around) = ([String](), [String]())
        let width = changes.map(\.place.count).max() ?? 0
        for change in changes {
            let shared = zip(around, change.within).prefix { $0 == $1 }.count
            for depth in shared..<change.within.count { lines.append(Self.indent(depth) + change.within[depth]) }
            around = change.within
            let place = change.place + String(repeating: " ", count: width - change.place.count)
            lines.append(Self.indent(around.count) + place + "  " + change.words)
        }
        return lines
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth + 1) }

    // MARK: What they come to

    /// What the changes come to, a line each: how many of each kind a provider is asked for, what they cost, what the
    /// workspace would hold, and what cannot be undone; none where nothing changes.
    public var totals: [String] { changes.isEmpty ? [] : summary + Self.cut(lasting) }

    private var summary: [String] {
        var lines = counts.map { entry in
            let kinds = entry.kinds.map { "\($0.kind) \($0.count)" }.joined(separator: ", ")
            return (entry.provider.isEmpty ? "workspace" : entry.provider, kinds)
        }
        if purchases > 0 { lines.append(("cost", cost)) }
        if let text = numbers.text("number") { lines.append(("numbers", text)) }
        if let text = trunks.text("trunk") { lines.append(("trunks", text)) }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }
    }

    private var cost: String {
        let known = monthlyCost.map { "\($0) a month" }
        let unknown = unpriced == 0 ? [] : ["unknown for \(unpriced) number\(unpriced == 1 ? "" : "s")"]
        let most = changes.contains { $0.isConditional && $0.purchases > 0 } ? "at most " : ""
        return most + (known + unknown).joined(separator: " and ")
    }

    private var notes: [String] {
        let undecided = open.map { "decided in the run: \($0.text) (\($0.place))" }
        let told = remarks.map { $0.place.isEmpty ? $0.text : "\($0.place): \($0.text)" }
        let all = [Self.cut(lasting), Self.cut(undecided), Self.cut(told)].flatMap { $0 }
        return all.isEmpty ? [] : [""] + all
    }

    private var lasting: [String] { irreversible.map { "cannot be undone: \($0.summary) (\($0.reason))" } }

    /// The first lines, and how many there are besides; the JSON form has all of them.
    private static func cut(_ lines: [String]) -> [String] {
        let most = 20
        return lines.count <= most ? lines : lines.prefix(most) + ["and \(lines.count - most) more of these"]
    }
}

extension PlannedChange {
    fileprivate var words: String {
        let other = anyOf == nil ? "" : ", or the next that is free"
        guard purchases > 0 else { return summary + other }
        return summary + other + "; " + (monthlyCost.map { "\($0) a month" } ?? "price unknown")
    }
}

extension PlannedHolding {
    /// How many there are; nil where nothing changes.
    fileprivate func text(_ noun: String) -> String? {
        before == after ? nil : "\(before) now, \(after) after the run, \(cap) at most"
    }
}
