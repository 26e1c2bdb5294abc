import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardTestKit
import Testing

/// The commands that work with lists, against the plainest code that does the same, on lists that chance makes.
@Suite struct ValuePropertyTests {
    private let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// Runs a script with the name `$any` bound to a value; returns what it shows.
    private func shown(_ script: String, _ any: Value) async throws -> Value {
        let outcome = await workspace.run(script, names: [.init(name: "any", value: any, type: .any)])
        return try #require(outcome.shown.first, "\(outcome.faults)")
    }

    private struct Row: Equatable {
        var key: Int64?
        var text: String
        var place: Int64

        var value: Value {
            .record(
                Record(
                    nil,
                    [
                        .init("key", key.map { .int($0) } ?? .nothing), .init("text", .string(text)),
                        .init("place", .int(place)),
                    ]))
        }
    }

    /// Rows with few different keys, so that many are equal, and some without one.
    private static func rows(_ chance: inout SeededChance) -> [Row] {
        (0..<chance.number(below: 30)).map { place in
            Row(
                key: chance.number(below: 6) == 0 ? nil : Int64(chance.number(below: 5)) - 2,
                text: ["a", "b", "é", ""][chance.number(below: 4)], place: Int64(place))
        }
    }

    private static func list(_ rows: [Row]) -> Value { .list(rows.map(\.value)) }

    @Test(arguments: 0..<40)
    func listsAreTreatedAsTheyWouldBeByHand(seed: Int) async throws {
        var chance = SeededChance(seed: seed)
        let rows = Self.rows(&chance)
        let any = Self.list(rows)

        var unique: [Row] = []
        for row in rows where !unique.contains(where: { $0.key == row.key }) { unique.append(row) }
        #expect(try await shown("$any | unique .key", any) == Self.list(unique))

        let groups = unique.map { first in rows.filter { $0.key == first.key } }
        let grouped = try await shown("$any | group-by .key | select .count .items", any)
        let expected = groups.map { group in
            Value.record(Record(nil, [.init("count", .int(Int64(group.count))), .init("items", Self.list(group))]))
        }
        #expect(grouped == .list(expected))
        #expect(try await shown("$any | group-by .key | flatten .items", any) == Self.list(groups.flatMap { $0 }))

        for isDescending in [false, true] {
            let (some, none) = (rows.filter { $0.key != nil }, rows.filter { $0.key == nil })
            // A bubble sort is stable, and plain enough to be right.
            var sorted = some
            for _ in sorted {
                for i in sorted.indices.dropLast() {
                    let (one, other) = (sorted[i].key ?? 0, sorted[i + 1].key ?? 0)
                    if isDescending ? one < other : one > other { sorted.swapAt(i, i + 1) }
                }
            }
            let flag = isDescending ? " --desc" : ""
            #expect(try await shown("$any | sort-by .key\(flag)", any) == Self.list(sorted + none))
        }

        let keys = rows.compactMap(\.key)
        let expectedSum = keys.isEmpty ? "nothing" : String(keys.reduce(0, +))
        let sum = await workspace.run(
            "print ($any | sum .key) ($any | min .key) ($any | max .key)",
            names: [.init(name: "any", value: any, type: .any)])
        let extremes = [keys.min(), keys.max()].map { $0.map(String.init) ?? "nothing" }
        #expect(sum.printed == ["\(expectedSum) \(extremes[0]) \(extremes[1])"])
    }

    @Test(arguments: 0..<20)
    func aListDiffersFromItselfInNothingAndFromAnotherInWhatWasChanged(seed: Int) async throws {
        var chance = SeededChance(seed: seed)
        let rows = Self.rows(&chance)
        #expect(try await shown("diff $any $any --by .place", Self.list(rows)) == .list([]))

        let have =
            rows.filter { _ in chance.number(below: 4) != 0 }.map { row in
                Row(key: row.key, text: chance.number(below: 3) == 0 ? row.text + "x" : row.text, place: row.place)
            } + [Row(key: 1, text: "", place: 99)]
        let both = Value.record(Record(nil, [.init("want", Self.list(rows)), .init("have", Self.list(have))]))
        let changes = try await shown("diff $any.want $any.have --by .place | select .change .key", both)
        let wanted = rows.compactMap { row -> (String, Int64)? in
            guard let other = have.first(where: { $0.place == row.place }) else { return ("missing", row.place) }
            return other.text == row.text ? nil : ("changed", row.place)
        }
        let expected = (wanted + [("extra", 99)]).map { change, place in
            Value.record(Record(nil, [.init("change", .string(change)), .init("key", .int(place))]))
        }
        #expect(changes == .list(expected))
    }

    @Test(arguments: 0..<40)
    func jsonComesBackAsItWas(seed: Int) async throws {
        var chance = SeededChance(seed: seed)
        let value = Self.json(&chance, depth: 4)
        let list = Value.list([value])
        #expect(try await shown("$any | to-json | from-json", list) == list)
    }

    private static func json(_ chance: inout SeededChance, depth: Int) -> Value {
        switch chance.number(below: depth == 0 ? 5 : 7) {
        case 0: .nothing
        case 1: .bool(chance.number(below: 2) == 0)
        case 2: .int(Int64(bitPattern: chance.next()))
        case 3:
            (try? Value.read("-\(chance.number(below: 1000)).\(chance.number(below: 90) + 1)9", as: .decimal))
                ?? .nothing
        case 4: .string(["", "\"\\\u{0}\n\u{1F}", "\u{7F}é\u{1F600}", "a/b\u{2028}", "'$x'"][chance.number(below: 5)])
        case 5: .list((0..<chance.number(below: 4)).map { _ in json(&chance, depth: depth - 1) })
        default:
            .record(
                Record(
                    nil,
                    (0..<chance.number(below: 4)).map { .init("k\"\($0)", json(&chance, depth: depth - 1)) }))
        }
    }
}
