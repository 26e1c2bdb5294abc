import FoundationEssentials
import Testing

/// The guide to providers, `docs/providers.md`: its code is that of the example.
@Suite struct ProviderGuideTests {
    private static let example = Files.package + "/Tests/ProviderExample"

    /// The fenced blocks of Swift, each with the path behind the word `swift`.
    private static func blocks() throws -> [(path: String, code: String)] {
        var blocks: [(path: String, code: String)] = []
        var isInside = false
        for line in try Files.text(Files.package + "/docs/providers.md").split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("```swift ") {
                blocks.append((String(line.dropFirst(9)), ""))
                isInside = true
            } else if line.hasPrefix("```") {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].code += line + "\n"
            }
        }
        return blocks
    }

    @Test func itShowsTheWholeProviderAndPartsOfTheEmulator() throws {
        let blocks = try Self.blocks()
        for (path, code) in blocks {
            let text = try Files.text("\(Self.example)/\(path)")
            #expect(path.hasPrefix("Sandbox/") ? text.contains(code) : text == code, "copy \(path) into the guide")
        }
        let sources = try Files.texts(under: Self.example + "/Sources")
        #expect(Set(sources.keys.map { "Sources/" + $0 }).subtracting(blocks.map(\.path)) == [])
    }

    @Test func aProviderIsSmall() throws {
        func lines(_ folder: String) throws -> Int {
            try Files.texts(under: "\(Self.example)/\(folder)").values.reduce(0) { $0 + $1.count { $0 == "\n" } }
        }
        let provider = try lines("Sources")
        #expect(provider <= 150)
        #expect(try lines("Sandbox") <= 200)
        #expect(try Files.text(Files.package + "/docs/providers.md").contains("of \(provider) lines"), "\(provider)")
    }
}
