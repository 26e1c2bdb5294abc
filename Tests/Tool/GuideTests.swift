import FoundationEssentials
import Testing

/// The guide to the language, `docs/language.md`: every example in it runs, in order and in one place.
@Suite struct GuideTests {
    @Test func everyExampleDoesWhatTheGuideSays() async throws {
        let path = Programs.package + "/docs/language.md"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let guide = try CommandCase(guide: text)
        #expect(guide.steps.count >= 25)
        try await CommandCaseTests().theProgramAnswers(guide)
    }
}

extension CommandCase {
    /// Reads the fenced blocks of a guide.
    ///
    ///     ```file NAME       a file of the place
    ///     ```swb             a script, which ends with 0 unless an error block follows
    ///     ```sh              a command line of the program
    ///     ```output          exactly what the one before writes to standard output; anything unless said
    ///     ```error exit N    exactly what it writes to standard error, and its exit status
    init(guide: String) throws {
        self.init(name: "guide")
        var block: (kind: [Substring], lines: String)?
        for line in guide.split(separator: "\n", omittingEmptySubsequences: false) {
            if let (kind, lines) = block {
                block = line == "```" ? nil : (kind, lines + line + "\n")
                if line == "```" { try add(kind, lines) }
            } else if line.hasPrefix("```") {
                block = (line.dropFirst(3).split(separator: " "), "")
            }
        }
    }

    private mutating func add(_ kind: [Substring], _ text: String) throws {
        switch kind.first {
        case "file": steps.append(.file(name: String(kind[1]), bytes: Array(text.utf8)))
        case "swb":
            steps.append(.file(name: "example.swb", bytes: Array(text.utf8)))
            steps.append(.run(Run(arguments: ["run", "example.swb"], output: nil, errors: "<lines>\n")))
        case "sh":
            let words = text.split(separator: "\n").joined(separator: " ").split(separator: " ").map(String.init)
            guard words.first == "switchboard" else { throw Failure("the guide runs something else: \(text)") }
            steps.append(.run(Run(arguments: Array(words.dropFirst()), output: nil, errors: "<lines>\n")))
        case "output": try changeRun { $0.output = text }
        case "error":
            let status = kind.last.flatMap { Int32($0) }
            try changeRun {
                $0.errors = text
                $0.status = status ?? 1
            }
        default: throw Failure("the guide has a block that no test runs: \(kind.joined(separator: " "))")
        }
    }

    private mutating func changeRun(_ body: (inout Run) -> Void) throws {
        guard case .run(var run)? = steps.last else { throw Failure("the guide shows what nothing has written") }
        body(&run)
        steps[steps.count - 1] = .run(run)
    }
}
