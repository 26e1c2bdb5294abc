import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// Random histories of trunks and rules: what the emulator takes, refuses and lists is what a naive model says.
@Suite struct EmulatorSIPPropertyTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }

        mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }

        mutating func some(_ texts: [String]) -> [String] { texts.shuffled(using: &self).prefix(roll(3)).map { $0 } }
    }

    /// What can be made: its methods, its lists, and which of them decide what clashes.
    private enum Kind: String, CaseIterable {
        case inbound = "SIPInboundTrunk"
        case outbound = "SIPOutboundTrunk"
        case rule = "SIPDispatchRule"

        var idField: String { self == .rule ? "sip_dispatch_rule_id" : "sip_trunk_id" }
        var createField: String { self == .rule ? "dispatch_rule" : "trunk" }
        var lists: [String] {
            switch self {
            case .inbound: ["numbers", "allowed_numbers"]
            case .outbound: ["numbers"]
            case .rule: ["trunk_ids", "numbers", "inbound_numbers"]
            }
        }
        /// The lists that an update can change.
        var changeable: [String] { self == .rule ? ["trunk_ids"] : lists }
    }

    private struct Thing: Equatable {
        var kind: Kind
        var lists: [String: [String]]
        var pin = ""

        var content: JSON {
            let members = lists.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .strings($0.value)) }
            let rule: JSON = ["dispatch_rule_direct": ["room_name": "r", "pin": .string(pin)]]
            return .object(members + [kind == .rule ? .init("rule", rule) : .init("auth_username", "u")])
                .merging(kind == .outbound ? ["address": "a"] : [:])
        }

        var isComplete: Bool { kind != .outbound || lists["numbers"] != [] }

        func clashes(with other: Thing) -> Bool {
            kind == other.kind && kind != .outbound && pin == other.pin
                && kind.lists.allSatisfy { list in
                    let own = Set((lists[list] ?? []).map(Self.plain))
                    let others = Set((other.lists[list] ?? []).map(Self.plain))
                    return own.isEmpty && others.isEmpty || !own.isDisjoint(with: others)
                }
        }

        private static func plain(_ text: String) -> String {
            text.wholeMatch(of: /\+?[-0-9 ()]+/) == nil ? text : "+" + text.filter { ("0"..."9").contains($0) }
        }
    }

    /// What is there, as the model has it.
    private struct Model {
        var things: [String: Thing] = [:]

        func clash(_ thing: Thing, at id: String?) -> Bool {
            things.contains { $0.key != id && $0.value.clashes(with: thing) }
        }
    }

    private static let numbers = [
        "+15105550100", "1 510 555 0100", "15105550101", "+1 (510) 555-0101", "line", "+line",
    ]
    private static let trunks = ["ST_a", "ST_b", "PN_PPN_c"]

    @Test(arguments: 1...12) func agreesWithTheModel(_ seed: UInt64) async throws {
        var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let server = try EmulatorHarness()
        var model = Model()
        var made: [String] = ["ST_none"]
        for step in 0..<80 {
            let kind = Kind.allCases[dice.roll(3)]
            let id = made[dice.roll(made.count)]
            switch dice.roll(8) {
            case 0..<3:
                if let id = try await create(random(kind, &dice), server, &model) { made.append(id) }
            case 3: try await delete(kind, id, server, &model)
            case 4: try await replace(id, random(model.things[id]?.kind ?? kind, &dice), server, &model)
            default: try await change(kind, id, server, &model, &dice)
            }
            for kind in Kind.allCases {
                let items = try await items(kind, "{}", server)
                let ids = items.compactMap { $0[kind.idField]?.text }
                #expect(ids == names(model) { $0.kind == kind }, "seed \(seed), step \(step)")
                for (id, item) in zip(ids, items) {
                    let lists = model.things[id]?.lists ?? [:]
                    #expect(kind.lists.allSatisfy { item[$0] == .strings(lists[$0] ?? []) })
                }
            }
        }
        for (id, thing) in model.things { #expect(!model.clash(thing, at: id)) }
        try await filters(server, model, &dice)
    }

    private func random(_ kind: Kind, _ dice: inout Dice) -> Thing {
        var lists: [String: [String]] = [:]
        for list in kind.lists { lists[list] = dice.some(list == "trunk_ids" ? Self.trunks : Self.numbers) }
        return Thing(kind: kind, lists: lists, pin: kind == .rule && dice.roll(3) == 0 ? "7" : "")
    }

    private func send(_ server: EmulatorHarness, _ method: String, _ body: JSON) async throws -> EmulatorHarness.Answer
    {
        try #require(await server.call("SIP/" + method, body.compact))
    }

    private func create(_ thing: Thing, _ server: EmulatorHarness, _ model: inout Model) async throws -> String? {
        let body = JSON.object([.init(thing.kind.createField, thing.content)])
        let answer = try await send(server, "Create" + thing.kind.rawValue, body)
        guard thing.isComplete, !model.clash(thing, at: nil) else {
            #expect(answer.status == 400)
            return nil
        }
        let id = try #require(answer.json[thing.kind.idField]?.text)
        model.things[id] = thing
        return id
    }

    private func replace(_ id: String, _ thing: Thing, _ server: EmulatorHarness, _ model: inout Model) async throws {
        let body = JSON.object([.init(thing.kind.idField, .string(id)), .init("replace", thing.content)])
        let answer = try await send(server, "Update" + thing.kind.rawValue, body)
        let isKnown = model.things[id] != nil
        let isFine = thing.isComplete && isKnown && !model.clash(thing, at: id)
        #expect(answer.status == (isFine ? 200 : thing.isComplete && !isKnown ? 404 : 400))
        if isFine { model.things[id] = thing }
    }

    private func change(
        _ kind: Kind, _ id: String, _ server: EmulatorHarness, _ model: inout Model, _ dice: inout Dice
    ) async throws {
        let kind = dice.roll(8) == 0 ? kind : model.things[id]?.kind ?? kind
        let list = kind.changeable[dice.roll(kind.changeable.count)]
        let pool = list == "trunk_ids" ? Self.trunks : Self.numbers
        var thing = model.things[id]
        var values = thing?.lists[list] ?? []
        let change: JSON
        switch dice.roll(3) {
        case 0:
            change = ["clear": true]
            values = []
        case 1:
            let all = [pool[dice.roll(pool.count)], pool[dice.roll(pool.count)]]
            change = ["set": .strings(all)]
            values = all
        default:
            let gone = dice.some(pool)
            let added = pool[dice.roll(pool.count)]
            change = ["remove": .strings(gone), "add": [.string(added)]]
            for text in gone { values.firstIndex(of: text).map { _ = values.remove(at: $0) } }
            if !values.contains(added) { values.append(added) }
        }
        thing?.lists[list] = values
        let body = JSON.object([
            .init(kind.idField, .string(id)), .init("update", .object([.init(list, change)])),
        ])
        let answer = try await send(server, "Update" + kind.rawValue, body)
        guard let thing, thing.kind == kind else { return #expect(answer.status == 404) }
        let isClash = model.clash(thing, at: id)
        #expect(answer.status == (!thing.isComplete ? 500 : isClash ? 400 : 200))
        if thing.isComplete, !isClash { model.things[id] = thing }
    }

    private func delete(_ kind: Kind, _ id: String, _ server: EmulatorHarness, _ model: inout Model) async throws {
        let isRule = kind == .rule
        let method = isRule ? "DeleteSIPDispatchRule" : "DeleteSIPTrunk"
        let answer = try await send(server, method, .object([.init(kind.idField, .string(id))]))
        let matches = model.things[id].map { ($0.kind == .rule) == isRule } ?? false
        #expect(answer.status == (isRule && !matches ? 404 : 200))
        if matches { model.things[id] = nil }
    }

    private func items(_ kind: Kind, _ body: String, _ server: EmulatorHarness) async throws -> [JSON] {
        try #require(await server.call("SIP/List" + kind.rawValue, body)?.json["items"]?.elements)
    }

    private func list(_ kind: Kind, _ body: String, _ server: EmulatorHarness) async throws -> [String] {
        try await items(kind, body, server).compactMap { $0[kind.idField]?.text }
    }

    private func names(_ model: Model, where isListed: (Thing) -> Bool) -> [String] {
        model.things.filter { isListed($0.value) }.keys.sorted()
    }

    /// The lists with filters, and pages, at the end of a history.
    private func filters(_ server: EmulatorHarness, _ model: Model, _ dice: inout Dice) async throws {
        for number in Self.numbers {
            let body = (["numbers": [.string(number)]] as JSON).compact
            let probe = Thing(kind: .inbound, lists: ["numbers": [number], "allowed_numbers": []])
            let inbound = names(model) { thing in
                let open = Thing(
                    kind: .inbound, lists: ["numbers": thing.lists["numbers"] ?? [], "allowed_numbers": []])
                return thing.kind == .inbound && (thing.lists["numbers"] == [] || open.clashes(with: probe))
            }
            #expect(try await list(.inbound, body, server) == inbound)
            let outbound = names(model) { $0.kind == .outbound && $0.lists["numbers"]?.contains(number) == true }
            #expect(try await list(.outbound, body, server) == outbound)
        }
        for trunk in Self.trunks {
            let rules = names(model) { thing in
                let own = thing.lists["trunk_ids"] ?? []
                return thing.kind == .rule && (own.isEmpty || own.contains(trunk))
            }
            #expect(try await list(.rule, "{\"trunk_ids\":[\"\(trunk)\"]}", server) == rules)
        }
        for kind in Kind.allCases {
            let all = names(model) { $0.kind == kind }
            for id in all + ["A", "Z"] {
                let page = "{\"page\":{\"after_id\":\"\(id)\",\"limit\":1}}"
                #expect(try await list(kind, page, server) == all.filter { $0 > id })
            }
        }
    }
}
