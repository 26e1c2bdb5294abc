import FoundationEssentials
import SwitchboardTestKit
import Testing

extension CommandCase {
    /// The cases of a folder of the tool's tests, in order of file and line.
    static func all(in name: String) throws -> [CommandCase] {
        let folder = "\(Programs.package)/Tests/Tool/\(name)"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".case") }
        return try files.sorted().flatMap { file in
            try read(String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")), as: UTF8.self))
        }
    }

    /// Goes through the steps, and expects of each what the case says.
    func check(in place: Place) async throws {
        for step in steps {
            switch step {
            case .file(let name, let bytes): try place.write(bytes, to: name)
            case .run(let run): try await run.check(in: place)
            case .bought(let numbers):
                #expect(try await place.sandbox().truth().purchases == numbers, "bought at the emulator")
            }
        }
    }

    /// The names of the files that it writes.
    var files: [String] { steps.compactMap { if case .file(let name, _) = $0 { name } else { nil } } }

    /// The statuses that its programs end with.
    var statuses: [Int32] { steps.compactMap { if case .run(let run) = $0 { run.status } else { nil } } }
}

extension CommandCase.Run {
    fileprivate func check(in place: Place) async throws {
        func here(_ text: String) -> String {
            text.replacing("$DIR", with: place.folder).replacing(
                "$WORKFLOWS", with: "\(Programs.package)/scripts/workflows")
        }
        let result = try await place.run(arguments.map(here), input: input)
        let line = arguments.joined(separator: " ")
        #expect(result.status == status, "exit status of: \(line)\n\(result.errorText)")
        if let output {
            let isExpected = try Expectation(here(output)).matches(result.outputText)
            #expect(isExpected, "standard output of: \(line)\n\(result.outputText)--- expected\n\(output)")
        }
        let isExpected = try Expectation(here(errors)).matches(result.errorText)
        #expect(isExpected, "standard error of: \(line)\n\(result.errorText)--- expected\n\(errors)")
        if isJSON { #expect(AnyJSON.isDocument(result.outputText), "\(line)\n\(result.outputText)") }
    }
}
