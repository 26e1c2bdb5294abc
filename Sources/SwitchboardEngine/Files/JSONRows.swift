import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage

/// Reads JSON files of rows strictly: one array of objects, which is read whole, or one object a line.
enum JSONRows {
    /// Gives the elements of one array as rows, like `CSVRows.read`.
    static func readArray(
        _ file: OpenFile, columns: RecordType?, named name: String, to take: ((Value) throws -> Bool)?
    ) throws -> Int {
        guard let elements = try parse(DataFile.bytes(of: file)[...]).elements else {
            throw DataFault(.badJSON, "a list of records is wanted", line: 1, column: 1)
        }
        var faults: [DataFault.BadCell] = []
        for (index, element) in elements.enumerated() where faults.count < DataFile.faultLimit {
            let fields = row(element, columns, name: "element \(index + 1)", line: nil, &faults)
            guard faults.isEmpty, let take else { continue }
            if try !take(.record(Record(nil, fields))) { return index + 1 }
        }
        if !faults.isEmpty { throw DataFault(Array(faults.prefix(DataFile.faultLimit))) }
        return elements.count
    }

    /// Gives the objects of the lines as rows, like `CSVRows.read`.
    static func readLines(
        _ file: OpenFile, columns: RecordType?, blockSize: Int, named name: String,
        to take: ((Value) throws -> Bool)?
    ) throws -> Int {
        var lines = LineScanner(ByteWindow(file, blockSize: blockSize))
        var (count, faults) = (0, [DataFault.BadCell]())
        while faults.count < DataFile.faultLimit {
            let line: ArraySlice<UInt8>
            do throws(DataFault) {
                guard let next = try lines.next() else { break }
                line = next
            } catch { throw DataFault(faults + error.cells) }
            if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
            count += 1
            let (number, tree): (Int, JSON)
            do throws(DataFault) { (number, tree) = (lines.line, try parse(line, startLine: lines.line)) } catch {
                faults += error.cells
                continue
            }
            let fields = row(tree, columns, name: "line \(number)", line: number, &faults)
            guard faults.isEmpty, let take else { continue }
            if try !take(.record(Record(fields, at: FilePlace(file: name, line: number)))) { return count }
        }
        if !faults.isEmpty { throw DataFault(Array(faults.prefix(DataFile.faultLimit))) }
        return count
    }

    /// Reads one value that fills the bytes, of which the first stands at the beginning of a line.
    static func parse(_ bytes: ArraySlice<UInt8>, startLine: Int = 1) throws(DataFault) -> JSON {
        let bytes = Array(bytes)
        do throws(JSON.Unreadable) { return try JSON(reading: bytes) } catch {
            let before = bytes.prefix(error.offset)
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw DataFault(
                .badJSON, error.reason, line: startLine + before.count { $0 == UInt8(ascii: "\n") },
                column: String(decoding: before[lineStart...], as: UTF8.self).count + 1)
        }
    }

    private static func row(
        _ tree: JSON, _ columns: RecordType?, name: String, line: Int?, _ faults: inout [DataFault.BadCell]
    ) -> [Record.Field] {
        func report(_ text: String, help: String? = nil) {
            faults.append(
                .init(kind: .badValue, line: line, column: line.map { _ in 1 }, text: "\(name): \(text)", help: help))
        }
        guard let members = tree.members else {
            report("a record is wanted")
            return []
        }
        let names = Set(members.map(\.name))
        var fields: [Record.Field] = []
        for member in members {
            let type = columns?.type(of: member.name)
            if columns != nil && type == nil {
                report("field '\(member.name)' is not declared", help: "add it to --columns")
            }
            if names.count < members.count, fields.contains(where: { $0.name == member.name }) {
                report("field '\(member.name)' stands twice")
            }
            do {
                fields.append(
                    .init(member.name, try value(member.value, as: type ?? SecretColumn.type(member.name, else: .any))))
            } catch {
                report("field '\(member.name)': \(SwitchboardError(wrapping: error).message)")
            }
        }
        for column in columns?.fields ?? [] where !names.contains(column.name) {
            guard case .optional = column.type else {
                report("field '\(column.name)' is missing")
                continue
            }
            fields.append(.init(column.name, .nothing))
        }
        return fields
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
