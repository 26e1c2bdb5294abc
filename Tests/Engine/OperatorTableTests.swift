import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// Every operator between every pair of types, as tables: the check and the run agree on each.
///
/// A row is the left side, a column the right one: n nothing, b bool, i int, d decimal, s string, p phone, g id,
/// m money, u duration, t time, r rate, l list, o record. An entry is the type of the result, `.` a fault; `~` is a fault
/// only where both types are known.
@Suite struct OperatorTableTests {
    private static let samples: KeyValuePairs = [
        "n": "nothing", "b": "true", "i": "6", "d": "1.5", "s": "'a'", "p": "+14155550100",
        "g": "agent_01J8Z3K9QW8R4V2M6T0XBYCDEF", "m": "2.00USD", "u": "90s", "t": "2026-11-20", "r": "5/s", "l": "[1]",
        "o": "{a: 1}",
    ]

    private static let tables: KeyValuePairs = [
        "+": """
          n b i d s p g m u t r l o
        n n n n n n n n n n n n n n
        b n . . . . . . . . . . . .
        i n . i d . . . . . . . . .
        d n . d d . . . . . . . . .
        s n . . . . . . . . . . . .
        p n . . . . . . . . . . . .
        g n . . . . . . . . . . . .
        m n . . . . . . m . . . . .
        u n . . . . . . . u t . . .
        t n . . . . . . . t . . . .
        r n . . . . . . . . . . . .
        l n . . . . . . . . . . . .
        o n . . . . . . . . . . . .
        """,
        "-": """
          n b i d s p g m u t r l o
        n n n n n n n n n n n n n n
        b n . . . . . . . . . . . .
        i n . i d . . . . . . . . .
        d n . d d . . . . . . . . .
        s n . . . . . . . . . . . .
        p n . . . . . . . . . . . .
        g n . . . . . . . . . . . .
        m n . . . . . . m . . . . .
        u n . . . . . . . u . . . .
        t n . . . . . . . t u . . .
        r n . . . . . . . . . . . .
        l n . . . . . . . . . . . .
        o n . . . . . . . . . . . .
        """,
        "*": """
          n b i d s p g m u t r l o
        n n n n n n n n n n n n n n
        b n . . . . . . . . . . . .
        i n . i d . . . m u . . . .
        d n . d d . . . m . . . . .
        s n . . . . . . . . . . . .
        p n . . . . . . . . . . . .
        g n . . . . . . . . . . . .
        m n . m m . . . . . . . . .
        u n . u . . . . . . . . . .
        t n . . . . . . . . . . . .
        r n . . . . . . . . . . . .
        l n . . . . . . . . . . . .
        o n . . . . . . . . . . . .
        """,
        "/": """
          n b i d s p g m u t r l o
        n n n n n n n n n n n n n n
        b n . . . . . . . . . . . .
        i n . d d . . . . . . . . .
        d n . d d . . . . . . . . .
        s n . . . . . . . . . . . .
        p n . . . . . . . . . . . .
        g n . . . . . . . . . . . .
        m n . m m . . . . . . . . .
        u n . . . . . . . . . . . .
        t n . . . . . . . . . . . .
        r n . . . . . . . . . . . .
        l n . . . . . . . . . . . .
        o n . . . . . . . . . . . .
        """,
        "== !=": """
          n b i d s p g m u t r l o
        n b n n n n n n n n n n n n
        b n b . . . . . . . . . . .
        i n . b b . . . . . . . . .
        d n . b b . . . . . . . . .
        s n . . . b . ~ . . . . . .
        p n . . . . b . . . . . . .
        g n . . . ~ . b . . . . . .
        m n . . . . . . b . . . . .
        u n . . . . . . . b . . . .
        t n . . . . . . . . b . . .
        r n . . . . . . . . . b . .
        l n . . . . . . . . . . b .
        o n . . . . . . . . . . . b
        """,
        "< <= > >=": """
          n b i d s p g m u t r l o
        n n ~ n n n n n n n n ~ ~ ~
        b ~ . . . . . . . . . . . .
        i n . b b . . . . . . . . .
        d n . b b . . . . . . . . .
        s n . . . b . ~ . . . . . .
        p n . . . . b . . . . . . .
        g n . . . ~ . b . . . . . .
        m n . . . . . . b . . . . .
        u n . . . . . . . b . . . .
        t n . . . . . . . . b . . .
        r ~ . . . . . . . . . . . .
        l ~ . . . . . . . . . . . .
        o ~ . . . . . . . . . . . .
        """,
    ]

    struct Entry: Sendable, CustomTestStringConvertible {
        var op: String
        var left: String
        var right: String
        var result: String

        var testDescription: String { "\(left) \(op) \(right)" }

        var resultOfRun: String { result != "~" ? result : left == "n" || right == "n" ? "n" : "b" }
    }

    static var entries: [Entry] {
        tables.flatMap { operators, table in
            let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            return operators.split(separator: " ").flatMap { op in
                lines.dropFirst().flatMap { line in
                    zip(lines[0], line.dropFirst()).map { Entry(op: String(op), left: line[0], right: $0, result: $1) }
                }
            }
        }
    }

    @Test func everyPairOfTypesIsInTheTables() { #expect(Self.entries.count == 10 * 13 * 13) }

    @Test func theCheckKnowsEveryPair() async throws {
        let workspace = try Workspace()
        let names = Self.samples.map { "let \($0) = \($1)" }.joined(separator: "\n")
        for entry in Self.entries {
            let outcome = await workspace.run("\(names)\nlet result = ($\(entry.left) \(entry.op) $\(entry.right))")
            let isFault = [".", "~"].contains(entry.result)
            #expect(outcome.report.diagnostics.isEmpty != isFault, "\(entry.testDescription): \(outcome.faults)")
            if isFault { #expect(outcome.report.status == .refused, "\(entry.testDescription): \(outcome.faults)") }
        }
    }

    @Test func theRunKnowsEveryPair() async throws {
        let workspace = try Workspace()
        let record = "{" + Self.samples.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
        let value = try #require(await workspace.run("\(record)").shown.first)
        let any = [Engine.Binding(name: "any", value: value, type: .any)]
        for entry in Self.entries {
            let script = "[($any.\(entry.left) \(entry.op) $any.\(entry.right))]"
            let outcome = await workspace.run(script, names: any)
            #expect(
                Self.letter(of: outcome.shown.first) == entry.resultOfRun,
                "\(entry.testDescription): \(outcome.faults)")
        }
    }

    /// The letter of the type of the only item; `.` where there is no list.
    private static func letter(of value: Value?) -> String {
        guard case .list(let values)? = value else { return "." }
        return switch values.first {
        case .nothing: "n"
        case .bool: "b"
        case .int: "i"
        case .decimal: "d"
        case .money: "m"
        case .duration: "u"
        case .time: "t"
        default: "?"
        }
    }
}
