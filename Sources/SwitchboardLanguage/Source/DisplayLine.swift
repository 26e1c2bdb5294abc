/// One line as a terminal shows it: tabs expanded to every fourth cell, hidden characters made visible.
struct DisplayLine {
    /// What is printed.
    private(set) var text = ""
    /// The cells that it takes.
    private(set) var width = 0

    init(_ source: String) { append(source) }

    /// Adds characters behind what is there.
    mutating func append(_ source: String) {
        for scalar in source.unicodeScalars {
            if scalar == "\t" {
                let blanks = 4 - width % 4
                text += String(repeating: " ", count: blanks)
                width += blanks
            } else if VisibleText.isHidden(scalar) || (!scalar.isASCII && scalar.properties.isWhitespace) {
                let name = VisibleText.name(of: scalar)
                text += name
                width += name.utf8.count
            } else {
                text.unicodeScalars.append(scalar)
                width += Self.cells(scalar)
            }
        }
    }

    /// How many cells a character takes: 0 for what combines with the one before, 2 for wide ones.
    static func cells(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
