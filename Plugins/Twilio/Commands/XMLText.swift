import SwitchboardCore

/// Texts as XML writes them.
enum XMLText {
    /// A text between tags; `name` is what an error calls it.
    static func content(_ text: String, named name: String) throws -> String {
        try escaped(text, name, ["&", "<", ">"])
    }

    /// A text between double quotes.
    static func attribute(_ text: String, named name: String) throws -> String {
        try escaped(text, name, ["&", "<", ">", "\""])
    }

    private static let entities: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]

    private static func escaped(_ text: String, _ name: String, _ special: Set<Unicode.Scalar>) throws -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard isAllowed(scalar) else {
                throw SwitchboardError(
                    .invalidArgument, "the \(name) holds the character U+\(hex(scalar)), which TwiML cannot hold",
                    help: "choose another \(name)")
            }
            if special.contains(scalar), let entity = entities[scalar] {
                escaped.append(contentsOf: entity.unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// Control characters are refused altogether: some are no XML, and readers turn others into blanks.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.generalCategory != .control && !properties.isNoncharacterCodePoint
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
