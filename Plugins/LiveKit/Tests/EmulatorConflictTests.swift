import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// Which trunks and which rules cannot stand beside each other, and LiveKit's words for it (contract section 4.4).
@Suite struct EmulatorConflictTests {
    private static func trunk(_ id: String, numbers: [String], callers: [String] = []) -> JSON {
        [
            "sip_trunk_id": .string(id), "numbers": .strings(numbers), "allowed_numbers": .strings(callers),
            "auth_username": "u",
        ]
    }

    private static func content(_ numbers: [String], _ callers: [String]) -> JSON {
        ["numbers": .strings(numbers), "allowed_numbers": .strings(callers), "auth_username": "u"]
    }

    private static func clash(_ later: String, _ earlier: String, _ numbers: String, _ end: String) -> JSON {
        [
            "code": "invalid_argument",
            "msg": .string(
                "Conflicting inbound SIP Trunks: \"\(later)\" and \"\(earlier)\", using the same number(s) \(numbers) \(end)"
            ),
        ]
    }

    private static let any = "without AllowedNumbers set"

    /// The new trunk's numbers and callers beside those of `ST_m`: what the refusal says of them, nil for none.
    @Test(
        arguments: [
            // The same number in other spellings; only digits and punctuation are a number.
            (["+15105550100"], [], ["+15105550100"], [], ("[\"+15105550100\"]", any)),
            (["+15105550100"], [], ["15105550100"], [], ("[\"15105550100\"]", any)),
            (["1 (510) 555-0100"], [], ["+1-510-555-0100"], [], ("[\"+1-510-555-0100\"]", any)),
            (["sip-line"], [], ["sip-line"], [], ("[\"sip-line\"]", any)),
            (["sip-line"], [], ["+sip-line"], [], nil), (["+15105550100"], [], ["+15105550101"], [], nil),
            (["+1510555010x"], [], ["1510555010x"], [], nil), (["+15105550100"], [], ["++15105550100"], [], nil),
            // Several numbers: one in common is enough, all of the new trunk's are printed.
            (
                ["+15105550100", "+15105550101"], [], ["+15105550102", "1510 555 0101"], [],
                ("[\"+15105550102\" \"1510 555 0101\"]", any)
            ),
            // Any number clashes with any number only.
            ([], [], [], [], ("<any>", any)), ([], [], ["+15105550100"], [], nil), (["+15105550100"], [], [], [], nil),
            // Callers: disjoint lists share a number; a list and none do too.
            (["+15105550100"], ["a"], ["+15105550100"], ["b"], nil),
            (["+15105550100"], ["a"], ["+15105550100"], [], nil),
            (["+15105550100"], [], ["+15105550100"], ["a"], nil),
            (
                ["+15105550100"], ["a", "b"], ["+15105550100"], ["c", "b"],
                ("[\"+15105550100\"]", "and AllowedNumber \"b\"")
            ),
            (
                ["+15105550100"], ["+15105550109"], ["+15105550100"], ["1 510 555 0109"],
                ("[\"+15105550100\"]", "and AllowedNumber \"1 510 555 0109\"")
            ),
            ([], ["a"], [], ["a"], ("<any>", "and AllowedNumber \"a\"")), ([], ["a"], [], ["b"], nil),
            ([], ["a"], [], [], nil),
            // Texts are quoted as Go quotes them.
            (["a\"\\\n\u{1}é\u{A0}"], [], ["a\"\\\n\u{1}é\u{A0}"], [], (#"["a\"\\\n\x01é\u00a0"]"#, any)),
        ] as [([String], [String], [String], [String], (numbers: String, end: String)?)])
    func trunks(
        _ numbers: [String], _ callers: [String], _ newNumbers: [String], _ newCallers: [String],
        _ words: (numbers: String, end: String)?
    ) async throws {
        let server = try EmulatorHarness(seed: [
            "inbound_trunks": [Self.trunk("ST_m", numbers: numbers, callers: callers)]
        ])
        let created = await server.call(
            "SIP/CreateSIPInboundTrunk", (["trunk": Self.content(newNumbers, newCallers)] as JSON).compact)
        if let words {
            #expect(created?.status == 400)
            #expect(created?.json == Self.clash("<new>", "ST_m", words.numbers, words.end))
        } else {
            #expect(created?.status == 200)
        }
    }

    /// The same pair by an update of the trunk that sorts first, and of the one that sorts last: the later one is
    /// named first, with its numbers.
    @Test(arguments: ["ST_a", "ST_z"], ["update", "replace"])
    func trunksAfterAnUpdate(_ id: String, _ action: String) async throws {
        let other = id == "ST_a" ? "ST_m" : "ST_b"
        let server = try EmulatorHarness(seed: [
            "inbound_trunks": [
                Self.trunk(id, numbers: ["+15105550107"]),
                Self.trunk(other, numbers: ["+15105550100", "+15105550101"]),
                Self.trunk("ST_x", numbers: ["+15105550102"]),
            ]
        ])
        let before = await server.call("SIP/ListSIPInboundTrunk", "{}")?.text
        let numbers = ["15105550101", "15105550102"]
        let change: JSON =
            action == "replace" ? Self.content(numbers, []) : ["numbers": ["set": .strings(numbers)]]
        let answer = await server.call(
            "SIP/UpdateSIPInboundTrunk",
            JSON.object([.init("sip_trunk_id", .string(id)), .init(action, change)]).compact)
        #expect(answer?.status == 400)
        #expect(
            answer?.json
                == (id == "ST_a"
                    ? Self.clash("ST_m", "ST_a", "[\"+15105550100\" \"+15105550101\"]", Self.any)
                    : Self.clash("ST_z", "ST_b", "[\"15105550101\" \"15105550102\"]", Self.any)))
        #expect(await server.call("SIP/ListSIPInboundTrunk", "{}")?.text == before)
    }

    /// A trunk between two others is held against the earlier one first, whatever the order of its numbers.
    @Test func aTrunkBetweenTwoOthers() async throws {
        let server = try EmulatorHarness(seed: [
            "inbound_trunks": [
                Self.trunk("ST_a", numbers: ["+15105550100"]), Self.trunk("ST_m", numbers: ["+15105550101"]),
                Self.trunk("ST_z", numbers: ["+15105550102"]),
            ]
        ])
        let answer = await server.call(
            "SIP/UpdateSIPInboundTrunk",
            #"{"sip_trunk_id":"ST_m","update":{"numbers":{"set":["15105550102","15105550100"]}}}"#)
        #expect(answer?.json == Self.clash("ST_m", "ST_a", #"["15105550102" "15105550100"]"#, Self.any))
    }

    @Test func aTrunkDoesNotClashWithItself() async throws {
        let server = try EmulatorHarness()
        let twice = Self.content(["+15105550100", "15105550100"], ["a", "a"])
        let made = await server.call("SIP/CreateSIPInboundTrunk", (["trunk": twice] as JSON).compact)
        let id = try #require(made?.json["sip_trunk_id"])
        for action in [["replace": twice], ["update": ["numbers": ["add": ["+15105550100"]]]]] as [JSON] {
            let answer = await server.call("SIP/UpdateSIPInboundTrunk", action.merging(["sip_trunk_id": id]).compact)
            #expect(answer?.status == 200)
        }
    }

    /// What a trunk no longer takes, and what a deleted one took, is free again; outbound trunks never clash.
    @Test func numbersBecomeFree() async throws {
        let server = try EmulatorHarness(seed: ["inbound_trunks": [EmulatorSeeds.trunk]])
        func create(_ number: String, _ direction: String = "Inbound") async -> Int? {
            let trunk: JSON = ["numbers": [.string(number)], "address": "a"]
            return await server.call("SIP/CreateSIP\(direction)Trunk", (["trunk": trunk] as JSON).compact)?.status
        }
        #expect(await create("15105550100") == 400)
        for _ in 0..<2 { #expect(await create("15105550100", "Outbound") == 200) }
        _ = await server.call(
            "SIP/UpdateSIPInboundTrunk",
            #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ","update":{"numbers":{"set":["+15105550101"]}}}"#)
        #expect(await create("15105550100") == 200)
        #expect(await create("15105550101") == 400)
        _ = await server.call("SIP/DeleteSIPTrunk", #"{"sip_trunk_id":"ST_4fGh7JkLmNpQ"}"#)
        #expect(await create("15105550101") == 200)
    }

    private static let direct: JSON = ["dispatch_rule_direct": ["room_name": "r"]]
    private static let pin: JSON = ["dispatch_rule_individual": ["room_prefix": "p", "pin": "7"]]
    private static let callee: JSON = ["dispatch_rule_callee": ["room_prefix": "p"]]

    /// Two rules, the new one beside `SDR_m`, and whether they decide the same calls; the kind does not matter.
    @Test(
        arguments: [
            (["rule": direct], ["rule": callee], true), (["rule": direct], ["rule": pin], false),
            (["rule": pin], ["rule": ["dispatch_rule_callee": ["pin": "7"]]], true),
            (["rule": pin], ["rule": ["dispatch_rule_direct": ["room_name": "r", "pin": "8"]]], false),
            (["rule": direct, "trunk_ids": ["ST_a"]], ["rule": direct], false),
            (["rule": direct, "trunk_ids": ["ST_a", "PN_PPN_b"]], ["rule": callee, "trunk_ids": ["PN_PPN_b"]], true),
            (["rule": direct, "trunk_ids": ["ST_a"]], ["rule": direct, "trunk_ids": ["ST_b"]], false),
            (["rule": direct, "numbers": ["+15105550100"]], ["rule": direct, "numbers": ["1 (510) 555-0100"]], true),
            (["rule": direct, "numbers": ["+15105550100"]], ["rule": direct], false),
            (["rule": direct, "inbound_numbers": ["a"]], ["rule": direct, "inbound_numbers": ["b"]], false),
            (["rule": direct], ["rule": direct, "inbound_numbers": ["a"]], false),
            (
                ["rule": direct, "numbers": ["+15105550100"]], ["rule": direct, "inbound_numbers": ["+15105550100"]],
                false
            ),
            (
                [
                    "rule": direct, "inbound_numbers": ["a", "+15105550100"], "numbers": ["b", "c"], "trunk_ids": ["d"],
                ],
                ["rule": direct, "inbound_numbers": ["15105550100"], "numbers": ["e", "c"], "trunk_ids": ["f", "d"]],
                true
            ),
            (
                ["rule": direct, "inbound_numbers": ["a"], "numbers": ["b"], "trunk_ids": ["d"]],
                ["rule": direct, "inbound_numbers": ["b"], "numbers": ["a"], "trunk_ids": ["d"]], false
            ),
        ] as [(JSON, JSON, Bool)])
    func rules(_ old: JSON, _ new: JSON, _ clashes: Bool) async throws {
        for (name, shown) in [("old \"one\"", #"old \"one\""#), ("", "<blank name>")] {
            let seed = old.merging(["sip_dispatch_rule_id": "SDR_m", "name": .string(name)])
            let free: JSON = ["sip_dispatch_rule_id": "SDR_a", "rule": Self.direct, "trunk_ids": ["ST_free"]]
            let server = try EmulatorHarness(seed: ["dispatch_rules": [free, seed]])
            let text =
                "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in "
                + "dispatch rule \"SDR_m\" \"\(shown)\""
            let refusal: JSON = ["code": "invalid_argument", "msg": .string(text)]
            let created = await server.call(
                "SIP/CreateSIPDispatchRule", (["dispatch_rule": new] as JSON).compact)
            #expect(created?.status == (clashes ? 400 : 200))
            if clashes { #expect(created?.json == refusal) }
            let fresh = try EmulatorHarness(seed: ["dispatch_rules": [free, seed]])
            let updated = await fresh.call(
                "SIP/UpdateSIPDispatchRule",
                (["sip_dispatch_rule_id": "SDR_a", "replace": new] as JSON).compact)
            #expect(updated?.status == (clashes ? 400 : 200))
            if clashes { #expect(updated?.json == refusal) }
        }
    }

    /// A change to a value that the stored rule did not have is checked against all rules.
    @Test func seesAClashThatAnUpdateBrings() async throws {
        let server = try EmulatorHarness(seed: [
            "dispatch_rules": [
                EmulatorSeeds.rule("SDR_a", "a", trunks: ["ST_a"]), EmulatorSeeds.rule("SDR_b", "b", trunks: []),
            ]
        ])
        let answer = await server.call(
            "SIP/UpdateSIPDispatchRule", #"{"sip_dispatch_rule_id":"SDR_a","update":{"trunk_ids":{"clear":true}}}"#)
        #expect(answer?.json["msg"]?.text?.hasSuffix("exists in dispatch rule \"SDR_b\" \"b\"") == true)
        let same = await server.call(
            "SIP/UpdateSIPDispatchRule", #"{"sip_dispatch_rule_id":"SDR_a","update":{"name":"c"}}"#)
        #expect(same?.status == 200)
    }
}
