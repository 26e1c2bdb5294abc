import Testing

/// One case of `Cases/*.case` or `Faults/*.case`.
///
///     === NAME
///     file NAME           a file of the place, of the lines that follow with | in front
///     bytes NAME          likewise, with \xC3 for a byte
///     run ARGUMENT …      the program, with words quoted as in the shell; a case may run several
///     stdin               its standard input, likewise
///     exit STATUS         0 unless said otherwise
///     stdout              exactly these lines; none unless said otherwise
///     stderr              likewise
///     json                standard output is JSON, whatever is in it
///     bought NUMBER …     all that the emulator has sold by now; without a number nothing
///
/// In expectations `<id>` is one word, `<time>` a time, `<any>` anything on a line, and a line `<lines>` any lines.
struct CommandCase: Sendable, CustomTestStringConvertible {
    enum Step: Sendable {
        case file(name: String, bytes: [UInt8])
        case run(Run)
        case bought([String])
    }

    struct Run: Sendable {
        var arguments: [String]
        var input = ""
        var status: Int32 = 0
        var output: String? = ""
        var errors = ""
        var isJSON = false
    }

    var name: String
    var steps: [Step] = []
    /// Whether the file that is being read has bytes written as \xC3.
    private var hasEscapes = false

    init(name: String) { self.name = name }

    var testDescription: String { name }

    /// Reads a file of cases.
    static func read(_ text: String) throws -> [CommandCase] {
        var cases: [CommandCase] = []
        var block: WritableKeyPath<Run, String>?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") {
                cases.append(CommandCase(name: String(line.dropFirst(4))))
            } else if line.hasPrefix("|") {
                try cases[cases.count - 1].append(String(line.dropFirst(2)) + "\n", block)
            } else if !line.isEmpty, !line.hasPrefix("#") {
                block = try cases[cases.count - 1].read(line)
            }
        }
        return cases
    }

    /// Reads one directive; returns where the lines of its block go, nil for a file's.
    private mutating func read(_ line: Substring) throws -> WritableKeyPath<Run, String>? {
        let word = line.prefix { $0 != " " }
        let rest = line.dropFirst(word.count + 1)
        switch word {
        case "file", "bytes":
            steps.append(.file(name: String(rest), bytes: []))
            hasEscapes = word == "bytes"
        case "run": steps.append(.run(Run(arguments: Self.words(rest))))
        case "bought": steps.append(.bought(Self.words(rest)))
        case "exit":
            guard let status = Int32(rest) else { throw Failure("\(name): exit \(rest)") }
            try change { $0.status = status }
        case "json":
            try change {
                $0.isJSON = true
                $0.output = nil
            }
        case "stdin": return \.input
        case "stdout": return \.expectedOutput
        case "stderr": return \.errors
        default: throw Failure("\(name): nothing is called '\(word)'")
        }
        return nil
    }

    private mutating func append(_ line: String, _ block: WritableKeyPath<Run, String>?) throws {
        if case .file(let file, let bytes)? = steps.last {
            let more = hasEscapes ? Self.bytes(line) : Array(line.utf8)
            steps[steps.count - 1] = .file(name: file, bytes: bytes + more)
        } else if let block {
            try change { $0[keyPath: block] += line }
        } else {
            throw Failure("\(name): no block for '\(line)'")
        }
    }

    private mutating func change(_ body: (inout Run) -> Void) throws {
        guard case .run(var run)? = steps.last else { throw Failure("\(name): no run to say that of") }
        body(&run)
        steps[steps.count - 1] = .run(run)
    }

    /// The bytes of a text in which \xC3 stands for one.
    private static func bytes(_ line: String) -> [UInt8] {
        let parts = line.split(separator: "\\x", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(Array((parts.first ?? "").utf8)) { bytes, part in
            bytes + (UInt8(part.prefix(2), radix: 16).map { [$0] } ?? []) + Array(part.dropFirst(2).utf8)
        }
    }

    /// Words at spaces; between quotes a space is nothing special, and \ shields a quote in double ones.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = line
        while let character = rest.popFirst() {
            switch character {
            case _ where character == quote: quote = nil
            case "\\" where quote == "\"": word = (word ?? "") + String(rest.popFirst() ?? character)
            case "'" where quote == nil, "\"" where quote == nil:
                quote = character
                word = word ?? ""
            case " " where quote == nil:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

extension CommandCase.Run {
    fileprivate var expectedOutput: String {
        get { output ?? "" }
        set { output = newValue }
    }
}
