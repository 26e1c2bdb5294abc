import FoundationEssentials
import SwitchboardTestKit
import Testing

/// The example of an engine in another program, which the README shows.
@Suite struct EmbeddingTests {
    private func text(_ file: String) throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: "\(Programs.package)/\(file)"))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func itRuns() async throws {
        let result = try await Subprocess.run(Programs.embeddingExample, [])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(
            result.outputText == """
                hello, +14155550100 active
                hello, +14155550101 active
                error[R211]: the run may buy 2 numbers, 2 are bought or on order, and this would be one more
                 --> script:2:72
                  |
                2 | for n in (search fake --area-code $area) { print (greet $n.e164) ($n | purchase).status }
                  |                                                                        ^^^^^^^^
                  = cause: limit_reached
                  = help: --max-purchases N allows more to one run, and the statement limits --max-purchases N to every run of the profile
                status 1, bought 2

                """)
    }

    @Test func theReadmeShowsIt() throws {
        let example = try text("Tests/EmbeddingExample/EmbeddingExample.swift")
        #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count <= 41)
        #expect(
            try text("README.md").contains("```swift\n\(example)```"),
            "copy Tests/EmbeddingExample/EmbeddingExample.swift into the README's section Embedding")
    }
}
