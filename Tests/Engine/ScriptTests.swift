import FoundationEssentials
import SwitchboardEngine
import SwitchboardLanguage
import Testing

/// The scripts below `Scripts`, one file per theme.
///
/// A paragraph is a script of its own, and its comments say what comes of it, in order:
///
///     print (1 + 2)      # => 3
///     print (1 / 0)      # error: R201 a division by zero
///
/// `# =>` is what is printed or shown, a line end in it written `\n`; `# error:` is a fault of that line. What is shown
/// has the form of a literal.
@Suite struct ScriptTests {
    private static let folder = String(#filePath.dropLast("ScriptTests.swift".count)) + "Scripts"

    static var themes: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    @Test(arguments: try themes) func everyParagraphDoesWhatItsCommentsSay(_ theme: String) async throws {
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(Self.folder)/\(theme)")), as: UTF8.self)
        var count = 0
        for paragraph in Self.paragraphs(of: text) where paragraph.expectsSomething {
            let workspace = try Workspace()
            workspace.offer(0...9)
            let outcome = await workspace.run(paragraph.text)
            #expect(outcome.lines == paragraph.results, "\(theme):\(paragraph.line)\n\(outcome.picture)")
            #expect(outcome.faultsByLine == paragraph.faults, "\(theme):\(paragraph.line)\n\(outcome.picture)")
            count += 1
        }
        #expect(count > 0)
    }

    /// A script and what its comments say.
    private struct Paragraph {
        var line: Int
        var text: String
        var results: [String] = []
        /// `3 R201 a division by zero`: the line in the paragraph, the code and the message.
        var faults: [String] = []

        var expectsSomething: Bool { !results.isEmpty || !faults.isEmpty }

        init(_ lines: ArraySlice<Substring>) {
            line = lines.startIndex + 1
            text = lines.joined(separator: "\n")
            for (number, line) in lines.enumerated() {
                if let result = Self.behind("# => ", in: line) { results.append(result.replacing("\\n", with: "\n")) }
                if let fault = Self.behind("# error: ", in: line) { faults.append("\(number + 1) \(fault)") }
            }
        }

        private static func behind(_ mark: String, in line: Substring) -> String? {
            line.firstRange(of: mark).map { String(line[$0.upperBound...]) }
        }
    }

    private static func paragraphs(of text: String) -> [Paragraph] {
        text.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "").map(Paragraph.init)
    }
}

extension Outcome {
    /// What was printed and shown, in order.
    fileprivate var lines: [String] {
        events.compactMap { event in
            switch event {
            case .print(let line): line
            case .printTable(let table): table.literalText
            case .show(let value): value.literalText
            default: nil
            }
        }
    }

    fileprivate var faultsByLine: [String] {
        report.diagnostics.map { "\(report.source.line(at: $0.span.start)) \($0.code) \($0.message)" }
    }

    fileprivate var picture: String { DiagnosticRenderer(report.source).render(report.diagnostics) }
}
