import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// Reads JSON files of rows strictly: one array of objects, or one object a line.
enum JSONRows {
    static func array(of bytes: [UInt8], columns: RecordType?) throws(DataFault) -> Value {
        let tree = try parse(bytes[...], in: bytes)
        guard let elements = tree.elements else {
            throw DataFault("D007", "a list of records is wanted", line: 1, column: 1)
        }
        var rows: [Value] = []
        var faults: [DataFault.BadCell] = []
        for (index, element) in elements.enumerated() where faults.count < DataFile.faultLimit {
            row(element, columns, name: "element \(index + 1)", line: nil, &rows, &faults)
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return .list(rows)
    }

    static func lines(of bytes: [UInt8], columns: RecordType?) throws(DataFault) -> Value {
        var rows: [Value] = []
        var faults: [DataFault.BadCell] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where faults.count < DataFile.faultLimit {
            if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
            do throws(DataFault) {
                row(try parse(line, in: bytes), columns, name: "line \(index + 1)", line: index + 1, &rows, &faults)
            } catch { faults += error.cells }
        }
        if !faults.isEmpty { throw DataFault(faults) }
        return .list(rows)
    }

    /// Reads one value that fills a part of a file.
    static func parse(_ part: ArraySlice<UInt8>, in bytes: [UInt8]) throws(DataFault) -> JSON {
        do throws(JSON.Unreadable) { return try JSON(reading: Array(part)) } catch {
            let (line, column) = DataFile.place(of: part.startIndex + error.offset, in: bytes)
            throw DataFault("D007", error.reason, line: line, column: column)
        }
    }

    private static func row(
        _ tree: JSON, _ columns: RecordType?, name: String, line: Int?, _ rows: inout [Value],
        _ faults: inout [DataFault.BadCell]
    ) {
        func report(_ text: String, help: String? = nil) {
            faults.append(
                .init(code: "D006", line: line, column: line.map { _ in 1 }, text: "\(name): \(text)", help: help))
        }
        guard let members = tree.members else { return report("a record is wanted") }
        var fields: [Record.Field] = []
        for member in members {
            let type = columns?.type(of: member.name)
            if columns != nil && type == nil {
                report("field '\(member.name)' is not declared", help: "add it to --columns")
            }
            if fields.contains(where: { $0.name == member.name }) { report("field '\(member.name)' stands twice") }
            do { fields.append(.init(member.name, try value(member.value, as: type ?? .any))) } catch {
                report("field '\(member.name)': \(SwitchboardError(wrapping: error).message)")
            }
        }
        for column in columns?.fields ?? [] where !members.contains(where: { $0.name == column.name }) {
            guard case .optional = column.type else {
                report("field '\(column.name)' is missing")
                continue
            }
            fields.append(.init(column.name, .nothing))
        }
        rows.append(.record(Record(nil, fields)))
    }

    private static func value(_ tree: JSON, as type: ValueType) throws -> Value {
        switch tree {
        case _ where type == .any: return try Value(tree)
        case .string(let text), .number(let text): return try Value.read(text, as: type)
        case .array(let elements):
            let element = type.element ?? .any
            return try Value.list(elements.map { try value($0, as: element) }).converted(to: type)
        case .null, .bool, .object: return try Value(tree).converted(to: type)
        }
    }
}
