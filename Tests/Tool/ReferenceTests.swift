import AllProviders
import FoundationEssentials
import Switchboard
import SwitchboardTestKit
import Testing

/// The reference in `docs/reference`: current, complete, and true in every example.
@Suite struct ReferenceTests {
    private static func registry() throws -> Registry { try Switchboard.registry(plugins: AllProviders.plugins) }

    private static let faults: [any CodedFault] =
        SyntaxFault.allCases + CheckFault.allCases + DataFault.Kind.allCases + RunTimeFault.allCases

    // MARK: Files

    @Test func itIsCurrent() throws {
        let folder = Programs.package + "/docs/reference"
        let files = Reference(try Self.registry()).files
        let there = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }
        #expect(Set(there) == Set(files.keys), "scripts/generate-reference writes it anew")
        let stale = try files.filter { path, text in
            guard there.contains(path) else { return false }
            return try Data(contentsOf: URL(filePath: "\(folder)/\(path)")) != Data(text.utf8)
        }
        #expect(stale.keys.sorted() == [], "scripts/generate-reference writes it anew")
    }

    @Test func everyLinkLeadsToAFile() throws {
        let files = Reference(try Self.registry()).files
        for (path, text) in files {
            for link in text.matches(of: /\]\(([^)]+\.md)\)/).map({ String($0.output.1) })
            where !["../language.md", "../providers.md"].contains(link) {
                let target = link.hasPrefix("../") ? String(link.dropFirst(3)) : link
                #expect(files[target] != nil, "\(path) leads to \(link)")
            }
        }
    }

    @Test func everyThingHasAPageOfItsOwn() throws {
        let registry = try Self.registry()
        let names =
            registry.vocabulary.commands.keys.map { "commands/" + $0.replacing(" ", with: "-") }
            + GrammarWord.all.map { "words/" + $0.name } + registry.vocabulary.records.keys.map { "types/" + $0 }
            + ValueType.forms.map { "types/" + $0.page.name }
            + Self.faults.map { "errors/" + $0.code }
        #expect(Set(names).count == names.count)
        #expect(Set(names.map { $0 + ".md" }).subtracting(Reference(registry).files.keys) == [])
    }

    @Test func everyFieldOfARecordSaysWhatItTells() throws {
        for record in try Self.registry().vocabulary.records.values {
            #expect(!record.summary.isEmpty, "\(record.name ?? "")")
            #expect(record.fields.filter { $0.help.isEmpty }.map(\.name) == [], "\(record.name ?? "")")
        }
    }

    // MARK: Types

    @Test(arguments: ValueType.forms.map(\.page).filter { !$0.operations.isEmpty })
    func theOperationsOfATypeGiveWhatThePageSays(page: TypePage) async throws {
        try await Place.with { place in
            let script = page.operations.map { "print (\($0.expression))\n" }.joined()
            let result = try await place.run("-c", script)
            #expect(result.outputText == page.operations.map { $0.result + "\n" }.joined(), "\(result.errorText)")
        }
    }

    @Test(arguments: ValueType.forms.map(\.page))
    func theLiteralsOfATypeAreOfIt(page: TypePage) throws {
        for literal in page.literals {
            let type = page.name == "record" ? "any" : page.name
            let script = SourceText(name: "t", text: "let value: \(type) = \(literal)\n")
            #expect(try Self.registry().check(script).diagnostics.map(\.message) == [], "\(literal)")
        }
    }

    // MARK: Error codes

    @Test(arguments: faults.map(\.code).filter { !$0.hasPrefix("R") })
    func anExampleThatTheCheckRefusesGivesItsCode(code: String) throws {
        guard let example = try #require(Self.faults.first { $0.code == code }).page.example, example.picture == nil
        else { return }
        let codes = try Self.registry().check(example.source).diagnostics.map(\.code)
        // Too many faults are told behind the first of them.
        #expect(code == SyntaxFault.tooMany.code ? codes.last == code : Set(codes) == [code])
    }

    @Test(arguments: faults.filter { $0.page.example?.picture != nil }.map(\.code))
    func anExampleThatRunsGivesItsPicture(code: String) async throws {
        let example = try #require(Self.faults.first { $0.code == code }?.page.example)
        let picture = try #require(example.picture)
        try await Place.with { place in
            let files = example.files.map { ($0.name, example.bytes(of: $0.text)) }
            for (name, bytes) in files + [(example.source.name, example.source.bytes)] {
                try Data(bytes).write(to: URL(filePath: "\(place.folder)/\(name)"))
            }
            let result = try await place.run(example.options + ["run", example.source.name])
            #expect(try Expectation("<lines>\n\(picture)\n").matches(result.errorText), "\(result.errorText)")
            let page = try #require(try Reference(Self.registry()).text(of: code))
            #expect(page.contains("exit status: \(result.status)"))
        }
    }

    @Test func everyCodeSaysWhatToDo() {
        for fault in Self.faults {
            #expect(fault.code.wholeMatch(of: /[LCDR]\d{3}/) != nil)
            #expect(fault.page.meaning.wholeMatch(of: /[^A-Z].*[^.]/) != nil, "\(fault.code)")
            #expect(fault.page.advice.wholeMatch(of: /.+\./) != nil, "\(fault.code)")
        }
    }
}
