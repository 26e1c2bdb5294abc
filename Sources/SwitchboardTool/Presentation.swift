import Switchboard
import SwitchboardTerminal

/// How values look in a mode.
struct Presentation {
    let mode: ResultMode
    /// The cells of a terminal's line; nil where there is no terminal, and nothing is cut, wrapped or turned.
    let width: Int?
    /// What agents are called, for people.
    var agents = AgentNames()

    /// The lines of a value.
    func listing(_ value: Value) -> Listing {
        switch mode {
        case .json: json(value)
        case .jsonl: each(Self.items(of: value))
        case .csv, .md: rows(of: value).map(mode == .csv ? csv : markdown) ?? spoken(value)
        case .auto, .table, .record, .plain: forPeople(value)
        }
    }

    /// All lines of a value.
    func lines(_ value: Value) -> [String] {
        let listing = listing(value)
        let rows = 0..<listing.count
        return listing.head + rows.flatMap(listing.lines) + listing.foot(rows)
    }

    /// The lines of a printed text; one in columns, such as help, is broken as its columns stand.
    func text(_ text: String) -> Listing {
        let lines = Self.lines(of: text)
        return Listing(count: 1) { _ in
            lines.count == 1 ? lines : lines.flatMap { WrappedText.hanging($0, cells: width) }
        }
    }

    /// The items of a list, or the one value.
    static func items(of value: Value) -> [Value] {
        if case .list(let items) = value { items } else { [value] }
    }

    /// Texts as they are, everything else as a literal.
    private func spoken(_ value: Value) -> Listing {
        let items = Self.items(of: value)
        return Listing(count: items.count) { Self.lines(of: items[$0].spokenText) }
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    // MARK: For programs

    private func json(_ value: Value) -> Listing {
        guard case .list(let items) = value else { return each([value]) }
        if items.isEmpty { return Listing(head: ["[]"], count: 0) { _ in [] } }
        return Listing(
            head: ["["], count: items.count,
            lines: { [jsonLine(items[$0]) + ($0 + 1 < items.count ? "," : "")] },
            foot: { $0.upperBound == items.count ? ["]"] : [] })
    }

    private func each(_ items: [Value]) -> Listing { Listing(count: items.count) { [jsonLine(items[$0])] } }

    /// At a terminal what it would obey is written in JSON's own way.
    func jsonLine(_ item: Value) -> String { width == nil ? item.json : VisibleText.json(item.json) }

    /// The rows of lists and records; nil for plain values, and for a list of both.
    private func rows(of value: Value) -> Rows? {
        switch value {
        case .list, .record: try? Rows(Self.items(of: value))
        default: nil
        }
    }

    private func csv(_ rows: Rows) -> Listing {
        rows.columns.isEmpty
            ? Listing(count: 0) { _ in [] }
            : Listing(head: [rows.csvHeader], count: rows.rows.count) { [rows.csvLine($0)] }
    }

    private func markdown(_ rows: Rows) -> Listing {
        if rows.columns.isEmpty { return Listing(count: 0) { _ in [] } }
        let table = MarkdownTable(Self.table(of: rows))
        return Listing(head: table.head, count: rows.rows.count) { [table.line($0)] }
    }
}

// MARK: For people

extension Presentation {
    /// Columns that stay longest when the terminal is narrow.
    private static let priorities: [String: Int] = [
        "e164": 9, "name": 9, "id": 4, "label": 8, "status": 8, "agent_id": 7, "locality": 6, "region": 6,
        "provider": 5, "monthly_cost": 5, "path": 6, "fault": 6, "time": 5,
    ]

    /// In how many rows a column without a value is looked for.
    private static let looked = 100

    private func forPeople(_ value: Value) -> Listing {
        switch value {
        case .record(let record):
            guard mode == .table, let rows = rows(of: value) else {
                return Listing(count: 1) { _ in facts(record.fields) }
            }
            return table(rows)
        case .list(let items):
            if items.isEmpty { return Listing(count: 0, lines: { _ in [] }, foot: foot(0)) }
            guard case .record? = items.first, let rows = rows(of: value) else { return spoken(value) }
            return table(rows)
        default: return spoken(value)
        }
    }

    private func tableForPeople(of rows: Rows) -> TextTable {
        Self.table(of: rows) { agents.text($0, in: $1) }
    }

    private static func table(
        of rows: Rows, text: @escaping (Value, _ column: String) -> String = { value, _ in value.cellText }
    ) -> TextTable {
        TextTable(
            columns: rows.columns.enumerated().map { place, name in
                let isEmpty = rows.rows.prefix(looked).allSatisfy { place >= $0.count || $0[place].cellText.isEmpty }
                return TextTable.Column(name, priority: isEmpty ? -1 : priorities[name] ?? 0)
            }, count: rows.rows.count
        ) { zip(rows.rows[$0], rows.columns).map(text) }
    }

    private func table(_ rows: Rows) -> Listing {
        if mode == .record || mode == .plain { return turned(rows) }
        let layout = TableLayout(tableForPeople(of: rows), width: width)
        if mode == .auto, !layout.isReadable { return turned(rows) }
        let count = rows.rows.count
        return Listing(
            head: layout.head, headStyle: .bold, count: count, lines: layout.lines,
            foot: foot(count, without: layout.omittedColumns))
    }

    /// The table on its side: one field a line, row by row.
    private func turned(_ rows: Rows) -> Listing {
        let count = rows.rows.count
        return Listing(
            count: count,
            lines: { row in
                let title = "row \(CountText.of(row + 1))" + (mode == .plain ? " of \(CountText.of(count))" : "")
                let fields = zip(rows.columns, rows.rows[row]).map { Record.Field($0, $1) }
                return (row > 0 ? ["", title] : [title]) + facts(fields)
            }, foot: foot(count))
    }

    /// One field a line; fields without a value are left out.
    private func facts(_ fields: [Record.Field]) -> [String] {
        let told = fields.filter { !$0.value.isNothing && $0.value != .list([]) && $0.value != .string("") }
            .map { (name: $0.name, value: agents.text($0.value, in: $0.name)) }
        if mode == .plain { return told.map { "\($0.name): \(VisibleText.line($0.value))" } }
        return FactList.lines(told, width: width)
    }

    /// What is told of columns that are left out, the longest first.
    private static func omissions(_ columns: [String]) -> [String] {
        let named = columns.indices.reversed().map { last in
            let rest = columns.count - 1 - last
            return "; not shown: " + columns[...last].joined(separator: " ") + (rest > 0 ? " and \(rest) more" : "")
        }
        return columns.isEmpty ? [""] : named + ["; \(columns.count) columns not shown"]
    }

    /// How many rows these are of how many, and the columns that are left out.
    private func foot(_ count: Int, without columns: [String] = []) -> (Swift.Range<Int>) -> [String] {
        { shown in
            let told = CountText.rows(shown, of: count)
            if mode == .plain { return [told] }
            let texts = Self.omissions(columns).map { "(\(told)\($0))" }
            return [texts.first { DisplayWidth.of($0) <= width ?? .max } ?? "(\(told))"]
        }
    }
}
