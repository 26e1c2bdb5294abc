import CEditline
import Synchronization

extension HistoryFile {
    /// How much is read at a time of what was not read yet.
    private static let block = 1 << 18

    /// The newest statement in front of all that were read (`news`) that contains the text and is not `shown`; its index
    /// is below zero, the lower the older it is.
    ///
    /// `place` is the index of another one: only older ones are meant. The file is read as far as it takes, and nothing
    /// of it is kept; `isOver` is asked again and again whether somebody still waits for the answer.
    public func search(
        _ query: String, before place: Int? = nil, except shown: String? = nil, until isOver: () -> Bool = { false }
    ) -> FoundLine? {
        let wanted = SearchedText(query)
        return state.withLock { state in
            guard state.descriptor >= 0, !state.isUnread else { return nil }
            var end = state.read.lowerBound + min(place ?? 0, 0)
            var size = Self.block
            while end > 0, !isOver() {
                let start = max(0, end - size)
                var bytes = Self.bytes(of: state.descriptor, start..<end)
                // The line that a block begins in is read with the one before.
                let first = start == 0 ? 0 : bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
                if first >= bytes.count - 1, start > 0 {
                    size *= 2
                    continue
                }
                if let (line, entry) = Self.last(in: &bytes, from: first, wanted, except: shown) {
                    let place = start + line - state.read.lowerBound
                    return FoundLine(index: place, text: entry.text, remark: entry.remark)
                }
                (end, size) = (start + first, Self.block)
            }
            return nil
        }
    }

    /// The last line with a statement that is wanted, and where it begins.
    private static func last(
        in bytes: inout [UInt8], from first: Int, _ wanted: SearchedText, except shown: String?
    ) -> (Int, HistoryEntry)? {
        let likely = HistoryEntry.escaped(wanted.likely)
        var length = bytes.count - 1 - first
        while length > 0 {
            let line = bytes.withUnsafeMutableBytes { bytes -> Int in
                guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return -1 }
                return ce_last_line(base + first, length, likely, wanted.foldsCase)
            }
            guard line >= 0 else { return nil }
            let found = bytes[(first + line)..<(first + length)].prefix { $0 != 0x0A }
            if let entry = HistoryEntry(line: found), !entry.text.isEmpty,
                entry.text != shown, wanted.isIn(entry.text)
            {
                return (first + line, entry)
            }
            length = line - 1
        }
        return nil
    }
}
