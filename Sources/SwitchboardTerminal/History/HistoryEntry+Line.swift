/// The form in the file: one JSON object a line, of texts and whole numbers only.
extension HistoryEntry {
    /// The line, its end included.
    var line: [UInt8] {
        var fields = [("id", Self.quoted(id))]
        if !text.isEmpty {
            fields += [
                ("time", Self.quoted(HistoryTime.text(time))), ("profile", Self.quoted(profile)),
                ("text", Self.quoted(text)),
            ]
        }
        if let exit { fields.append(("exit", "\(exit)")) }
        if let milliseconds { fields.append(("ms", "\(milliseconds)")) }
        if let run { fields.append(("run", Self.quoted(run))) }
        return Array(("{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}\n").utf8)
    }

    /// What the line of a statement has and no other.
    static let textMark = "\"text\":\""

    private static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// The text as it stands between its quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Reads a line; nil for one that is damaged.
    init?(line: ArraySlice<UInt8>) {
        var reader = HistoryLineReader(line)
        guard reader.take("{") else { return nil }
        self.init(text: "", profile: "", time: 0)
        id = ""
        var isFirst = true
        while !reader.take("}") {
            guard isFirst || reader.take(","), let name = reader.text(), reader.take(":"), read(name, &reader) else {
                return nil
            }
            isFirst = false
        }
        // A line of the prompt ends at a NUL.
        guard reader.isAtEnd, !id.isEmpty, !text.isEmpty || exit != nil, !text.utf8.contains(0) else { return nil }
    }

    /// Reads a field; one that is not known is passed, as a later program may write it.
    private mutating func read(_ name: String, _ reader: inout HistoryLineReader) -> Bool {
        guard reader.isAtText else {
            guard let number = reader.number() else { return false }
            if name == "exit" { exit = number }
            if name == "ms" { milliseconds = number }
            return true
        }
        guard let value = reader.text() else { return false }
        switch name {
        case "id": id = value
        case "text": text = value
        case "profile": profile = value
        case "run": run = value
        case "time": time = HistoryTime.seconds(value) ?? 0
        default: break
        }
        return true
    }
}

/// Reads the tokens of a line.
struct HistoryLineReader {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    /// Whether nothing but blanks is left.
    var isAtEnd: Bool {
        mutating get {
            passBlanks()
            return place == bytes.endIndex
        }
    }

    /// Whether a text begins here.
    var isAtText: Bool {
        mutating get {
            passBlanks()
            return byte == UInt8(ascii: "\"")
        }
    }

    private var byte: UInt8 { place < bytes.endIndex ? bytes[place] : 0 }

    private mutating func passBlanks() {
        while byte == 0x20 || byte == 0x09 || byte == 0x0D { place += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        passBlanks()
        guard UInt32(byte) == character.value else { return false }
        place += 1
        return true
    }

    mutating func number() -> Int? {
        let start = place
        while byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return Int(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    /// A text in quotes; nil where its end is missing, or an escape or its bytes are wrong.
    mutating func text() -> String? {
        guard take("\"") else { return nil }
        let start = place
        while byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
        var plain = bytes[start..<place]
        while byte == UInt8(ascii: "\\") {
            guard let scalar = escape() else { return nil }
            plain += Array(String(scalar).utf8)
            let rest = place
            while byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
            plain += bytes[rest..<place]
        }
        return take("\"") ? String(validating: plain, as: UTF8.self) : nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        place += 1
        defer { place += 1 }
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"):
            // Half of a pair is no character; this program writes none.
            guard place + 4 < bytes.endIndex,
                let value = UInt32(String(decoding: bytes[place + 1...place + 4], as: UTF8.self), radix: 16)
            else { return nil }
            place += 4
            return Unicode.Scalar(value)
        default: return nil
        }
    }
}
