/// One page of the reference: written once, shown as text and as Markdown.
struct Page: Sendable {
    /// What it is about; the raw value is the folder of its file.
    enum Kind: String, Sendable {
        case topic = "topics"
        case command = "commands"
        case word = "words"
        case type = "types"
        case fault = "errors"
    }

    /// One part of a page.
    enum Part: Sendable {
        /// What the following parts are.
        case heading(String)
        /// How it is called, word by word.
        case usage([String])
        /// Sentences.
        case prose(String)
        /// What there is to know, point by point.
        case list([String])
        /// Lines as they stand, with what they are: `swb`, `output` or another file's kind.
        case lines(String, as: String)
        /// Rows below headings; the last column is prose.
        case table([String], [[String]])
        /// Short facts, each with its label and the pages of the types it speaks of.
        case facts([Fact])
    }

    /// A labelled fact.
    struct Fact: Sendable {
        var label: String
        var value: String
        /// The names of the type pages to look at.
        var types: [String] = []
    }

    var kind: Kind
    /// As users type it.
    var name: String
    /// One sentence that begins in lower case and has no final period.
    var summary: String
    var parts: [Part]

    /// The file of the page within the reference's folder.
    var path: String { "\(kind.rawValue)/\(name.replacing(" ", with: "-")).md" }
}

extension String {
    /// The text broken at blanks into lines of at most so many characters.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + [line]
    }

    /// The sentence with a capital at its start and a period at its end.
    var sentence: String { prefix(1).uppercased() + dropFirst() + (hasSuffix(".") ? "" : ".") }
}

extension [String] {
    /// The words in lines of at most so many characters; what does not fit in the first stands further in.
    func hung(to width: Int) -> [String] {
        reduce(into: []) { lines, word in
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append((lines.isEmpty ? "" : "    ") + word)
            }
        }
    }
}
