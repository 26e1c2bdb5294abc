import SwitchboardLanguage
import Testing

/// The files that a script uses, in memory.
@Suite struct UsedFileTests {
    private func used(_ main: String, _ files: [String: String]) -> UsedFiles {
        let opener = ScriptOpener(
            identity: { $0 },
            open: { path, _ throws(ScriptOpener.Refusal) in
                guard let text = files[path] else { throw ScriptOpener.Refusal("there is no \(path)") }
                return ScriptOpener.Opened(identity: path, name: path, bytes: Array(text.utf8))
            })
        let source = SourceText(name: "./main.swb", text: main)
        return UsedFiles(of: Parser.parse(source).script, in: source, opener: opener)
    }

    private func picture(_ main: String, _ files: [String: String]) -> String {
        let used = used(main, files)
        return DiagnosticRenderer(used.source).render(used.diagnostics)
    }

    @Test func everyFileIsReadOnce() {
        let files = [
            "./a.swb": "use ./b.swb\nuse ./c.swb\n", "./b.swb": "use ./c.swb\ndef b [] { 1 }",
            "./c.swb": "\u{FEFF}def c [] { 2 }\n",
        ]
        let used = used("use ./a.swb\nuse ./c.swb\nlist", files)
        #expect(used.diagnostics == [])
        #expect(
            used.scripts.map { $0.definitions.map { used.source.text($0) } } == [
                ["use ./b.swb", "use ./c.swb"], ["use ./c.swb", "def b [] { 1 }"], ["def c [] { 2 }"],
            ])
    }

    @Test func aFaultIsShownInTheFileThatHasIt() {
        let broken = picture("list\nuse ./a.swb", ["./a.swb": "# a library\ndef a [] {\n  let x 1\n}\n"])
        #expect(broken.contains(" --> ./a.swb:3:7\n  |\n3 |   let x 1\n"))
        #expect(
            picture("use ./a.swb", ["./a.swb": "use ./b.swb", "./b.swb": "def b [] { 1 }\nlet x = 1"]) == """
                error[C072]: a file that is used holds only def and use
                 --> ./b.swb:2:1
                  |
                2 | let x = 1
                  | ^^^^^^^^^
                  = help: wrap it in a def
                """)
        #expect(
            picture("list\n\nuse ./none.swb", [:]) == """
                error[C070]: there is no ./none.swb
                 --> ./main.swb:3:5
                  |
                3 | use ./none.swb
                  |     ^^^^^^^^^^
                """)
    }

    @Test(arguments: [
        ["./a.swb": "use ./a.swb"], ["./a.swb": "use ./b.swb", "./b.swb": "use ./a.swb"],
        ["./a.swb": "use ./main.swb", "./main.swb": "use ./a.swb"],
    ])
    func cyclesAreRefused(files: [String: String]) {
        #expect(used("use ./a.swb", files).diagnostics.map(\.code) == ["C071"])
    }

    @Test func placesAreThoseOfTheFile() {
        let source = SourceText(name: "a", text: "one\ntwo").appending(name: "b", bytes: Array("drei\nvier\n".utf8))
            .appending(name: "c", bytes: Array("\u{FEFF}fünf sechs".utf8))
        let found = ["two", "vier", "sechs"].map { word in
            let start = String(decoding: source.bytes, as: UTF8.self).utf8.count - source.bytes.count
            let offset = (start..<source.bytes.count).first { source.bytes[$0...].starts(with: word.utf8) } ?? -1
            return "\(source.name(at: offset)):\(source.line(at: offset)):\(source.column(at: offset))"
        }
        #expect(found == ["a:2:1", "b:2:1", "c:1:6"])
        #expect(DiagnosticRenderer(source).json(Diagnostic("X001", "m", at: Span(11, 12))).contains(#""file":"b""#))
    }
}
