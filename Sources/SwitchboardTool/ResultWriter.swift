import Switchboard
import SwitchboardTerminal
import Synchronization

/// Writes the results of a run in the form that was asked for.
final class ResultWriter: Sendable {
    private let form: Options.Form
    private let hasItems = Mutex(false)

    init(_ form: Options.Form) {
        self.form = form == .automatic && !isTerminal(1) ? .csv : form
        // What scripts print stays readable beside results that nobody asked a form for.
        printsToOutput = form == .automatic
    }
    private let printsToOutput: Bool

    func begin() { if form == .json { Output.write("[") } }

    func end() { if form == .json { Output.write(hasItems.withLock { $0 } ? "\n]\n" : "]\n") } }

    func print(_ line: String) { printsToOutput ? Output.line(line) : Output.note(line) }

    /// Lays a table out for people, whatever form results have; where no terminal is, as wide as it is.
    func printTable(_ table: Value) {
        let descriptor: Int32 = printsToOutput ? 1 : 2
        let width = isTerminal(descriptor) ? TerminalSize.of(descriptor)?.columns ?? 80 : nil
        print(Presentation.text(table, width: width))
    }

    func show(_ value: Value) {
        let items: [Value]
        if case .list(let values) = value { items = values } else { items = [value] }
        switch form {
        case .json:
            for item in items {
                let isFirst = hasItems.withLock { hasItems in
                    defer { hasItems = true }
                    return !hasItems
                }
                Output.write((isFirst ? "\n" : ",\n") + item.json)
            }
        case .jsonl: items.forEach { Output.line($0.json) }
        case .csv: Output.write(csv(value, items))
        case .automatic: Output.line(Presentation.text(value, width: TerminalSize.of(1)?.columns ?? 80))
        }
    }

    /// A plain value is a line of its own; records are rows under a header.
    private func csv(_ value: Value, _ items: [Value]) -> String {
        switch value {
        case .list, .record:
            do { return try Rows(items).csv } catch { return items.map { $0.spokenText + "\n" }.joined() }
        default: return value.spokenText + "\n"
        }
    }
}

/// How values look on a terminal.
enum Presentation {
    /// Columns that stay longest when the terminal is narrow.
    private static let priorities: [String: Int] = [
        "e164": 9, "name": 9, "id": 4, "label": 8, "status": 8, "agent_id": 7, "locality": 6, "region": 6,
        "provider": 5, "monthly_cost": 5, "path": 6, "fault": 6, "time": 5,
    ]

    /// The lines of a value, none longer than the width where there is one.
    static func text(_ value: Value, width: Int?) -> String {
        switch value {
        case .record(let record): return self.record(record)
        case .list(let items) where items.isEmpty: return "(0 rows)"
        case .list(let items):
            guard case .record? = items.first, let rows = try? Rows(items) else {
                return items.map(\.spokenText).joined(separator: "\n")
            }
            return table(rows, width)
        default: return value.spokenText
        }
    }

    private static func table(_ rows: Rows, _ width: Int?) -> String {
        let table = TextTable(
            columns: rows.columns.map { TextTable.Column($0, priority: priorities[$0] ?? 0) },
            rows: rows.rows.map { $0.map(\.cellText) })
        let rendered = table.rendered(width: width)
        var lines = rendered.lines
        let count = "\(rows.rows.count) row\(rows.rows.count == 1 ? "" : "s")"
        let omitted = rendered.omittedColumns
        lines.append(omitted.isEmpty ? "(\(count))" : "(\(count); not shown: \(omitted.joined(separator: " ")))")
        return lines.joined(separator: "\n")
    }

    /// One field a line; fields without a value are left out.
    private static func record(_ record: Record) -> String {
        let fields = record.fields.filter { !$0.value.isNothing && $0.value != .list([]) && $0.value != .string("") }
        let label = (fields.map(\.name.count).max() ?? 0) + 2
        return fields.map { field in
            field.name + String(repeating: " ", count: label - field.name.count) + field.value.cellText
        }.joined(separator: "\n")
    }
}
