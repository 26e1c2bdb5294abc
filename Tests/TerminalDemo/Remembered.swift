import SwitchboardTerminal
import Synchronization

/// The lines of before, as Ctrl-R finds them.
final class Remembered: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    func search(_ query: String, before: Int?) -> FoundLine? {
        lines.withLock { lines in
            let older = lines[..<(before ?? lines.count)]
            return older.lastIndex { $0.contains(query) }.map {
                FoundLine(index: $0, text: lines[$0], remark: "line \($0 + 1)")
            }
        }
    }
}
