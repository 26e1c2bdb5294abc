import FoundationEssentials

/// A text that a program is expected to write, with placeholders for what differs from run to run.
struct Expectation {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Whether the whole of a text is as expected.
    func matches(_ actual: String) throws -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let pattern = lines.enumerated().map { index, line in
            if line == "<lines>" { return "(?:.*\\n)*" }
            return Self.pattern(line) + (index == lines.count - 1 ? "" : "\\n")
        }.joined()
        return try Regex(pattern).wholeMatch(in: actual) != nil
    }

    private static func pattern(_ line: Substring) -> String {
        var escaped = ""
        for character in line { escaped += #"\.+*?()[]{}^$|/"#.contains(character) ? "\\\(character)" : "\(character)" }
        return escaped.replacing("<id>", with: "[A-Za-z0-9_]+").replacing("<any>", with: ".*")
            .replacing("<time>", with: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
    }
}

/// Any JSON document; decoding it says whether a text is one.
enum AnyJSON: Decodable {
    case object([String: AnyJSON])
    case array([AnyJSON])
    case plain

    init(from decoder: any Decoder) throws {
        if let object = try? [String: AnyJSON](from: decoder) {
            self = .object(object)
        } else if let array = try? [AnyJSON](from: decoder) {
            self = .array(array)
        } else {
            self = .plain
        }
    }

    static func isDocument(_ text: String) -> Bool {
        (try? JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))) != nil
    }
}
