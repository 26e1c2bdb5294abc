import FoundationEssentials
import SwitchboardCore
import SwitchboardHTTP
import SwitchboardSandbox
import SwitchboardTestKit
import TemplateProvider
import TemplateSandbox
import Testing

/// What `scripts/new-provider` makes: it builds, says honestly what it cannot do, and fails in teaching order.
@Suite struct TemplateTests {
    @Test func itFailsOneCaseAfterTheOther() async throws {
        let context = try EmulatorContext(emulator: TemplateEmulator.name)
        let listener = try SandboxListener(emulator: TemplateEmulator(context: context), context: context)
        let subject = ContractSubject(
            TemplateProvider.self, settings: listener.connection.settings, transport: CurlTransport())
        var results: [ContractResult] = []
        // What never asks cannot be cancelled either; the suite waits long for it to begin.
        for demand in ContractSuite.cases where !demand.name.contains("cancelled") {
            results.append(await demand.run(on: subject))
        }
        let passed = results.filter { $0.outcome == .passed }.map(\.case.name)
        #expect(passed.starts(with: ["manifest-complete", "manifest-abilities", "settings-missing", "making-silent"]))
        let failed = results.filter { $0.outcome == .failed }
        #expect(
            failed.first?.description
                == "credentials-good failed: threw unsupported: template does not support looking a number up yet")
        let steps = failed.map { String($0.case.name.prefix { $0 != "-" }) }
        let order = steps.enumerated().filter { $0.offset == 0 || steps[$0.offset - 1] != $0.element }.map(\.element)
        let teaching = ["credentials", "look", "list", "search", "reads", "purchase", "release"]
        #expect(order.filter(teaching.contains) == teaching)
    }

    @Test func theScriptMakesAFolderFromIt() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "new-provider-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for path in ["Package.swift", "scripts/new-provider", "Tests/ProviderTemplate", "Plugins/Twilio/README.md"] {
            let copy = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: Files.package + "/" + path, toPath: copy.path)
        }
        let package = try Files.text(folder + "/Package.swift")
        let empty = package.replacing(/let vendors: .*/, with: "let vendors: [String] = []")
        try Data(empty.utf8).write(to: URL(filePath: folder + "/Package.swift"))
        func run(_ name: String) async throws -> Subprocess {
            try await Subprocess.run(folder + "/scripts/new-provider", [name])
        }
        let made = try await run("Quill")
        #expect(made.status == 0, "\(made.errorText)")
        #expect(made.outputText.contains("Plugin(provider: QuillProvider.self),"))
        #expect(made.outputText.contains("QuillEmulator.self,"))
        #expect(try await run("Heather").status == 0)
        let vendors = try Files.text(folder + "/Package.swift").split(separator: "\n").filter {
            $0.hasPrefix("let vendors")
        }
        #expect(vendors == [#"let vendors: [String] = ["Quill", "Heather"]"#])
        // The files are the template's, which the tests build, but for the name.
        let template = try Files.texts(under: Files.package + "/Tests/ProviderTemplate")
        let renamed = template.map { path, text in
            (path.replacing("Template", with: "Quill"), Self.renamed(text))
        }
        #expect(try Files.texts(under: folder + "/Plugins/Quill") == Dictionary(renamed) { first, _ in first })
        for refused in ["Quill", "quill", "Twilio", "Switchboard", "../Quill", "Quill Numbers", ""] {
            let again = try await run(refused)
            #expect(again.status == 2 && again.errorText.hasPrefix("new-provider: "), "\(refused)")
        }
    }

    private static func renamed(_ text: String) -> String {
        text.replacing("Template", with: "Quill").replacing("template", with: "quill")
    }

    @Test func itsTestIsTheExamples() throws {
        let example = try Files.text(Files.package + "/Tests/ProviderExample/Tests/ThistleContractTests.swift")
        let template = try Files.text(Files.package + "/Tests/ProviderTemplate/Tests/TemplateContractTests.swift")
        #expect(template == example.replacing("Thistle", with: "Template").replacing("thistle", with: "template"))
    }
}
