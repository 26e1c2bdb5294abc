import FoundationEssentials
import SwitchboardLanguage
import Testing

/// The scripts below `Scripts`, one folder per theme, each with what it expects in comments.
///
/// `# expect: ok`, or a line `# expect error L030 2:5` for each fault with its line and column.
@Suite struct ScriptTests {
    private static let folder = String(#filePath.dropLast("ScriptTests.swift".count)) + "Scripts"

    static var scripts: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swb") }.sorted()
        }
    }

    @Test func thereAreScriptsOfEveryTheme() throws {
        let themes = Set(try Self.scripts.compactMap { $0.split(separator: "/").first.map(String.init) })
        #expect(themes == ["expressions", "recovery", "regressions", "statements", "tokens", "tour"])
    }

    @Test func everyScriptDoesWhatItsCommentsExpect() throws {
        for name in try Self.scripts {
            let bytes = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)"))
            let source = SourceText(name: name, bytes: Array(bytes))
            let comments = source.text(Span(0, source.bytes.count)).split(whereSeparator: \.isNewline).map(String.init)
            let expected = comments.compactMap { expectation($0) }
            let found = Parser.parse(source).diagnostics
            let faults = found.map { fault in
                let start = fault.span.start
                return "\(fault.code) \(source.line(at: start)):\(source.column(at: start))"
            }
            #expect(!expected.isEmpty, "\(name) says nothing about what it expects")
            #expect((faults.isEmpty ? ["ok"] : faults) == expected, "\(DiagnosticRenderer(source).render(found))")
        }
    }

    private func expectation(_ line: String) -> String? {
        if line == "# expect: ok" { return "ok" }
        let prefix = "# expect error "
        return line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
    }
}
