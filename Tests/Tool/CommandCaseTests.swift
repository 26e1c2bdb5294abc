import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// What the program answers on the command line, as `Cases/*.case` have it.
@Suite struct CommandCaseTests {
    @Test(arguments: try cases())
    func theProgramAnswers(_ example: CommandCase) async throws {
        try await Place.with { place in
            for step in example.steps {
                switch step {
                case .file(let name, let text): try place.write(text, to: name)
                case .run(let run): try await check(run, place)
                case .bought(let numbers):
                    #expect(try await place.sandbox().truth().purchases == numbers, "bought at the emulator")
                }
            }
        }
    }

    private func check(_ run: CommandCase.Run, _ place: Place) async throws {
        func here(_ text: String) -> String {
            text.replacing("$DIR", with: place.folder).replacing(
                "$WORKFLOWS", with: "\(Programs.package)/scripts/workflows")
        }
        let result = try await place.run(run.arguments.map(here), input: run.input)
        let line = run.arguments.joined(separator: " ")
        #expect(result.status == run.status, "exit status of: \(line)\n\(result.errorText)")
        if let output = run.output {
            let isExpected = try Expectation(here(output)).matches(result.outputText)
            #expect(isExpected, "standard output of: \(line)\n\(result.outputText)--- expected\n\(output)")
        }
        let isExpected = try Expectation(here(run.errors)).matches(result.errorText)
        #expect(isExpected, "standard error of: \(line)\n\(result.errorText)--- expected\n\(run.errors)")
        if run.isJSON { #expect(AnyJSON.isDocument(result.outputText), "\(line)\n\(result.outputText)") }
    }

    /// The cases in order of file and line.
    static func cases() throws -> [CommandCase] {
        let folder = Programs.package + "/Tests/Tool/Cases"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".case") }
        return try files.sorted().flatMap { file in
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
            return try CommandCase.read(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func everyFileIsRead() throws { #expect(try Self.cases().count >= 60) }
}
