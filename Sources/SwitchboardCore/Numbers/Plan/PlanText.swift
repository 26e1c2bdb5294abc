/// A stretch of the generated table, read where it lies.
struct PlanText: Sendable {
    let table: StaticString
    let range: Range<Int>

    init(_ table: StaticString) {
        self.table = table
        range = 0..<table.utf8CodeUnitCount
    }

    private init(_ table: StaticString, _ range: Range<Int>) {
        self.table = table
        self.range = range
    }

    var isEmpty: Bool { range.isEmpty }

    var first: UInt8? { isEmpty ? nil : table.utf8Start[range.lowerBound] }

    var string: String {
        String(
            decoding: UnsafeBufferPointer(start: table.utf8Start + range.lowerBound, count: range.count), as: UTF8.self)
    }

    func dropFirst(_ count: Int = 1) -> PlanText {
        PlanText(table, min(range.lowerBound + count, range.upperBound)..<range.upperBound)
    }

    func prefix(_ count: Int) -> PlanText {
        PlanText(table, range.lowerBound..<min(range.lowerBound + count, range.upperBound))
    }

    /// The parts between separators, empty ones included; one empty part for an empty text.
    func split(_ separator: Unicode.Scalar) -> [PlanText] {
        let separator = UInt8(ascii: separator)
        let bytes = table.utf8Start
        var parts: [PlanText] = []
        var start = range.lowerBound
        var at = start
        while at < range.upperBound {
            if bytes[at] == separator {
                parts.append(PlanText(table, start..<at))
                start = at + 1
            }
            at += 1
        }
        parts.append(PlanText(table, start..<range.upperBound))
        return parts
    }

    /// The text with `$1` to `$9` replaced by the groups; a group that is missing or nil leaves nothing.
    func expanded(with groups: [ArraySlice<UInt8>?]) -> [UInt8] {
        var out: [UInt8] = []
        var isGroup = false
        for at in range {
            let byte = table.utf8Start[at]
            if isGroup {
                let group = Int(byte) - Int(UInt8(ascii: "1"))
                if groups.indices.contains(group), let digits = groups[group] { out += digits }
                isGroup = false
            } else if byte == UInt8(ascii: "$") {
                isGroup = true
            } else {
                out.append(byte)
            }
        }
        return out
    }
}
