import Glibc
import SwitchboardTerminal

/// Another session that adds to a history: `TerminalDemo history PATH CAPACITY COUNT NAME`.
///
/// It says `written N` behind each statement, and goes on for ever where COUNT is 0.
enum HistoryWriter {
    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 4, let capacity = Int(arguments[1]), let count = Int(arguments[2]) else { return 2 }
        let file = HistoryFile(path: arguments[0], capacity: capacity)
        for number in 1...(count == 0 ? Int.max : count) {
            let entry = HistoryEntry(text: "\(arguments[3]) \(number)\nprint 'é'", profile: "test")
            do {
                try file.append(entry)
                try file.append(HistoryEntry(endOf: entry.id, exit: 0, milliseconds: number))
            } catch {
                tell("failed: \(error)")
                return 1
            }
            tell("written \(number)")
            usleep(1000)  // whoever waits for the file's lock looks again that often
        }
        return 0
    }

    /// Writes a line at once, so that it is there when the program is killed.
    private static func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
