import FoundationEssentials
import SwitchboardCore
import Testing

@Suite struct IdentifierTests {
    private let time = Date(timeIntervalSince1970: 1_469_918_176.385)

    @Test(arguments: [IDKind.phone, .trunk, .agent, .run])
    func makesIdsOfItsKind(_ kind: IDKind) {
        let id = kind.make(at: time)
        #expect(kind.matches(id), "\(id)")
        #expect(id.hasPrefix(kind.prefix))
        #expect(id.utf8.count == kind.prefix.utf8.count + 26)
        #expect(id == kind.prefix + id.dropFirst(kind.prefix.count).uppercased())
    }

    @Test func beginsWithTheTimeAsULIDsDo() {
        #expect(IDKind.phone.make(at: time).hasPrefix("phone_01ARYZ6S41"))
        #expect(IDKind.run.make(at: Date(timeIntervalSince1970: 0)).hasPrefix("run_0000000000"))
        #expect(IDKind.run.make(at: Date(timeIntervalSince1970: -5)).hasPrefix("run_0000000000"))
        #expect(IDKind.run.make(at: Date(timeIntervalSince1970: 1e300)).hasPrefix("run_7ZZZZZZZZZ"))
        #expect(IDKind.run.make(at: time) < IDKind.run.make(at: time + 0.002))
    }

    @Test func tenThousandIdsAreUnique() {
        let ids = (0..<10_000).map { _ in IDKind.phone.make(at: time) }
        #expect(Set(ids).count == 10_000)
        var used = [Set<UInt8>](repeating: [], count: 16)
        for id in ids {
            for (position, character) in id.utf8.suffix(16).enumerated() { used[position].insert(character) }
        }
        #expect(used.allSatisfy { $0.count == 32 }, "every random place takes every character")
    }

    @Test func otherKindsUseTheirOwnAlphabet() {
        let kind = IDKind(name: "sid", prefix: "PN", alphabet: "0123456789abcdef", length: 32...32)
        #expect(kind.matches(kind.make(at: time)))
        #expect(kind.make(at: time) != kind.make(at: time))
    }

    @Test(arguments: [
        "phone_01aryz6s41aaaaaaaaaaaaaaaa", "phone_01ARYZ6S41AAAAAAAAAAAAAAA", "phone_01ARYZ6S41AAAAAAAAAAAAAAAAA",
        "trunk_01ARYZ6S41AAAAAAAAAAAAAAAA", "phone_01ARYZ6S41AAAAAAAAAAAAAAAI", "01ARYZ6S41AAAAAAAAAAAAAAAA",
    ])
    func comparesExactly(_ text: String) {
        #expect(!IDKind.phone.matches(text))
    }
}
