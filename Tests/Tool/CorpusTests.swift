import FoundationEssentials
import Invariants
import SwitchboardTestKit
import Testing

/// The inputs that `scripts/fuzz` begins with and those that it has found, each with what chance makes of it.
@Suite struct CorpusTests {
    private static let folder = Programs.package + "/Tests/Fuzz/Corpus"

    private static func inputs(_ name: String) throws -> [[UInt8]] {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").sorted()
        return try files.map { Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)/\($0)"))) }
    }

    /// The input with a few bytes replaced, cut out, doubled or swapped.
    private static func spoilt(_ input: [UInt8], _ chance: inout SeededChance) -> [UInt8] {
        var bytes = input
        for _ in 0...chance.number(below: 3) where !bytes.isEmpty {
            let start = chance.number(below: bytes.count)
            let end = min(bytes.count, start + 1 + chance.number(below: 8))
            switch chance.number(below: 4) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: chance.number(below: bytes.count))
            case 2: bytes[start] = UInt8(chance.number(below: 256))
            default: bytes.swapAt(start, chance.number(below: bytes.count))
            }
        }
        return bytes
    }

    /// The threads of all tests are few: whoever calculates for long lets others in between.
    @Test func everyScriptKeepsTheInvariants() async throws {
        var chance = SeededChance(seed: 1)
        for input in try Self.inputs("scripts") {
            try ScriptInvariants.check(input)
            for _ in 0..<100 {
                try ScriptInvariants.check(Self.spoilt(input, &chance))
                await Task.yield()
            }
        }
    }

    @Test func everyDataFileKeepsTheInvariants() async throws {
        try await Place.with { place in
            var chance = SeededChance(seed: 2)
            for input in try Self.inputs("data") {
                try DataInvariants.check(input, in: place.folder)
                for _ in 0..<100 {
                    try DataInvariants.check(Self.spoilt(input, &chance), in: place.folder)
                    await Task.yield()
                }
            }
        }
    }
}
