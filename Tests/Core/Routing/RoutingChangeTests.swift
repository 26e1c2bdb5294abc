import SwitchboardCore
import Testing

@Suite struct RoutingChangeTests {
    private static let trunk = """
        {"sip_trunk_id":"ST_a","name":"a","numbers":["+15105550100","+15105550101"],"auth_username":"u",
        "auth_password":"p","media":{"codecs":[{"name":"PCMU"}]},"media_encryption":"SIP_MEDIA_ENCRYPT_ALLOW"}
        """
    private static let rule = """
        {"sip_dispatch_rule_id":"SDR_a","rule":{"dispatch_rule_direct":{"room_name":"r","pin":"1"}},
        "trunk_ids":["ST_a"],"attributes":{"a":"1","b":"2"},"room_config":{"agents":[{"agent_name":"x"}]}}
        """

    private func document(_ schema: RoutingSchema) throws -> RoutingDocument {
        try schema == .dispatchRule ? makeRule(Self.rule).document : makeTrunk(Self.trunk).document
    }

    // MARK: From one document to another

    @Test(
        arguments: [
            (.inboundTrunk, "name", #""b""#, #"{"name":"b"}"#, true),
            (.inboundTrunk, "name", "null", #"{"name":""}"#, true),
            (
                .inboundTrunk, "numbers", #"["+15105550100","+15105550102"]"#,
                #"{"numbers":{"remove":["+15105550101"],"add":["+15105550102"]}}"#, true
            ),
            (
                .inboundTrunk, "numbers", #"["+15105550101","+15105550100"]"#,
                #"{"numbers":{"set":["+15105550101","+15105550100"]}}"#, true
            ),
            (.inboundTrunk, "numbers", "[]", #"{"numbers":{"remove":["+15105550100","+15105550101"]}}"#, true),
            (.inboundTrunk, "allowed_numbers", #"["+1"]"#, #"{"allowed_numbers":{"add":["+1"]}}"#, true),
            (.inboundTrunk, "auth_password", #""q""#, #"{"auth_password":"q"}"#, true),
            (.inboundTrunk, "auth_password", "null", #"{"auth_password":""}"#, true),
            (
                .inboundTrunk, "media_encryption", #""require""#,
                """
                {"media_encryption":"SIP_MEDIA_ENCRYPT_REQUIRE",
                "media":{"codecs":[{"name":"PCMU"}],"encryption":"SIP_MEDIA_ENCRYPT_REQUIRE"}}
                """, true
            ),
            (.inboundTrunk, "media", "null", #"{"media_encryption":"SIP_MEDIA_ENCRYPT_DISABLE","media":{}}"#, true),
            (.inboundTrunk, "krisp_enabled", "true", #"{}"#, false),
            (.inboundTrunk, "headers", #"{"X-A":"1"}"#, #"{}"#, false),
            (
                .dispatchRule, "rule.dispatch_rule_direct.room_name", #""s""#,
                #"{"rule":{"dispatch_rule_direct":{"room_name":"s","pin":"1"}}}"#, true
            ),
            (
                .dispatchRule, "rule.dispatch_rule_direct.pin", #""2""#,
                #"{"rule":{"dispatch_rule_direct":{"room_name":"r","pin":"2"}}}"#, true
            ),
            (
                .dispatchRule, "rule.dispatch_rule_direct.pin", "null",
                #"{"rule":{"dispatch_rule_direct":{"room_name":"r"}}}"#, true
            ),
            (.dispatchRule, "rule", "null", #"{}"#, false),
            (.dispatchRule, "attributes", #"{"b":"3","c":"4"}"#, #"{"attributes":{"a":"","b":"3","c":"4"}}"#, true),
            (.dispatchRule, "attributes", #"{"a":"","b":"2"}"#, #"{}"#, false),
            (.dispatchRule, "room_config.agents", #"[{"agent_name":"y"}]"#, #"{}"#, false),
            (.dispatchRule, "numbers", #"["+15105550100"]"#, #"{}"#, false),
        ] as [(RoutingSchema, String, String, String, Bool)])
    func differs(schema: RoutingSchema, name: String, value: String, update: String, isFieldUpdate: Bool) throws {
        let old = try document(schema)
        var new = old
        try new.set(name, json(value))
        let change = RoutingChange(from: old, to: new)
        #expect(!change.isEmpty && change.isFieldUpdate == isFieldUpdate)
        if isFieldUpdate { #expect(try change.updateWire == json(update)) }
        #expect(try change.applied(to: old) == new)
    }

    @Test func nothingDiffersFromItself() throws {
        for schema in [RoutingSchema.inboundTrunk, .dispatchRule] {
            let document = try document(schema)
            var other = document
            try other.set(schema.idField, "ST_b")
            try other.set("created_at", "2026-01-01T00:00:00Z")
            let change = RoutingChange(from: document, to: other)
            #expect(change.isEmpty && change == RoutingChange(schema) && change.updateWire == [:])
        }
    }

    /// Any change of any fields leads from the one to the other, and past a journal that has no secrets to lose.
    @Test(arguments: 1...200) func leadsFromAnyToAny(seed: Int) throws {
        var chance = Chance(UInt64(seed))
        let schema = RoutingSchema.allCases.randomElement(using: &chance) ?? .inboundTrunk
        func any() throws -> RoutingDocument {
            var document = RoutingDocument(schema)
            for field in schema.fields where field.change != .readOnly && Bool.random(using: &chance) {
                try document.set(field.name, someValue(of: field, &chance))
            }
            return document
        }
        let (old, new) = (try any(), try any())
        let change = RoutingChange(from: old, to: new)
        #expect(try change.applied(to: old) == new)
        #expect(change.isEmpty == (old == new))
        if change.secrets.isEmpty { #expect(try journaled(change).applied(to: old) == new) }
        #expect(try RoutingDocument(reading: new.wire, as: schema, strangers: .refused) == new)
        #expect(new.means(old, comparingSecrets: true) == (new == old || change.onlyReorders(old)))
    }

    private func someValue(of field: RoutingField, _ chance: inout Chance) throws -> JSON {
        let word = JSON.string(["", "a", "b"].randomElement(using: &chance) ?? "")
        switch field.kind {
        case .text, .secret: return word
        case .texts:
            return .array(["a", "b", "c"].shuffled(using: &chance).filter { _ in Bool.random(using: &chance) })
        case .flag: return .bool(.random(using: &chance))
        case .count: return .integer(Int.random(in: 0...2, using: &chance))
        case .duration: return .string("\(Int.random(in: 0...2, using: &chance))s")
        case .timestamp: return "2026-01-01T00:00:00Z"
        case .map: return .object([.init("k", word), .init("l", "x")].filter { _ in Bool.random(using: &chance) })
        case .choice(let choices): return .string(choices.randomElement(using: &chance)?.word ?? "")
        case .message(let fields): return try object(fields, &chance)
        case .messages(let fields):
            return .array(try (0..<Int.random(in: 0...2, using: &chance)).map { _ in try object(fields, &chance) })
        case .alternatives(let fields):
            let field = try #require(fields.randomElement(using: &chance))
            return .object([.init(field.camelName, try someValue(of: field, &chance))])
        case .anything: return try json(#"{"room":{"fileOutputs":[1.5,{"s3":{"bucket":"b"}}]}}"#)
        }
    }

    private func object(_ fields: [RoutingField], _ chance: inout Chance) throws -> JSON {
        .object(try fields.map { .init($0.name, try someValue(of: $0, &chance)) })
    }

    // MARK: Made by hand

    @Test func whatIsSetIsReadAsInADocument() throws {
        var change = RoutingChange(.outboundTrunk)
        try change.set("transport", "tcp")
        try change.set("destinationCountry", nil)
        try change.set("auth_password", "p")
        try change.set("numbers", [])
        #expect(change.values == ["transport": "SIP_TRANSPORT_TCP", "destination_country": nil, "numbers": nil])
        #expect(change.secrets == ["auth_password": Secret("p")])
        #expect(
            try change.updateWire
                == json(
                    """
                    {"destination_country":"","transport":"SIP_TRANSPORT_TCP","numbers":{"clear":true},
                    "auth_password":"p"}
                    """))
        #expect(fault { try change.set("tarnsport", "tcp") }?.unknown == "tarnsport")
        #expect(fault { try change.set("transport", "carrier pigeon") }?.known == ["auto", "udp", "tcp", "tls"])
    }

    @Test func encryptionIsOneThingWithTheMedia() throws {
        let old = try document(.inboundTrunk)
        var change = RoutingChange(.inboundTrunk)
        try change.set("media_encryption", "require")
        #expect(change.updateWire == ["media_encryption": "SIP_MEDIA_ENCRYPT_REQUIRE"])
        #expect(
            try change.applied(to: old)["media"]
                == json(#"{"codecs":[{"name":"PCMU"}],"encryption":"SIP_MEDIA_ENCRYPT_REQUIRE"}"#))
        try change.set("media", ["media_timeout": "5s"])
        #expect(
            try change.updateWire
                == json(
                    """
                    {"media_encryption":"SIP_MEDIA_ENCRYPT_REQUIRE",
                    "media":{"encryption":"SIP_MEDIA_ENCRYPT_REQUIRE","media_timeout":"5s"}}
                    """))
        #expect(try change.applied(to: old)["media"] == change.updateWire["media"])
        #expect(fault { try change.set("media.codecs", []) }?.unknown == "codecs")
    }

    @Test(
        arguments: [
            (RoutingChange.ListEdit(add: ["a", "c"]), ["a", "b", "c"], #"{"add":["a","c"]}"#),
            (.init(remove: ["b", "x"]), ["a"], #"{"remove":["b","x"]}"#),
            (.init(add: ["b"], remove: ["b"]), ["a", "b"], #"{"remove":["b"],"add":["b"]}"#),
            (.init(set: ["x"]), ["x"], #"{"set":["x"]}"#), (.init(set: []), [], #"{"clear":true}"#),
            (.init(set: ["x", "y"], add: ["z"], remove: ["x"]), ["y", "z"], #"{"set":["y","z"]}"#),
            (.init(), ["a", "b"], nil),
        ] as [(RoutingChange.ListEdit, [String], String?)])
    func editsLists(edit: RoutingChange.ListEdit, list: [String], update: String?) throws {
        #expect(edit.applied(to: ["a", "b"]) == list)
        var change = RoutingChange(.inboundTrunk)
        change.lists["numbers"] = edit
        #expect(try change.updateWire["numbers"] == update.map(json))
        #expect(try change.applied(to: makeTrunk(#"{"numbers":["a","b"]}"#).document).texts("numbers") == list)
        #expect(change.isFieldUpdate)
    }

    @Test func aRemovalTakesOneOfSeveral() {
        #expect(RoutingChange.ListEdit(remove: ["a"]).applied(to: ["a", "b", "a"]) == ["b", "a"])
    }

    @Test func aListThatOnlyAReplacementChangesIsNoFieldUpdate() throws {
        var change = RoutingChange(.dispatchRule)
        change.lists["inbound_numbers"] = .init(add: ["+15105550100"])
        #expect(!change.isFieldUpdate)
        #expect(try change.applied(to: document(.dispatchRule)).texts("inbound_numbers") == ["+15105550100"])
    }

    @Test func aPinWithoutItsRuleIsNoFieldUpdate() throws {
        var change = RoutingChange(.dispatchRule)
        change.secrets["rule.dispatch_rule_direct.pin"] = Secret("2")
        #expect(!change.isFieldUpdate)
        #expect(try DispatchRule(change.applied(to: document(.dispatchRule))).pin == Secret("2"))
    }

    @Test func whatWasJournaledIsNotSentWithoutItsSecrets() throws {
        var change = RoutingChange(.inboundTrunk)
        try change.set("auth_password", "p")
        let read = try journaled(change)
        #expect(read.withheld == ["auth_password"] && !read.isEmpty && !read.isFieldUpdate)
        #expect(try SIPTrunk(read.applied(to: RoutingDocument(.inboundTrunk))).hasPassword)
    }
}

extension RoutingChange {
    /// Whether it does no more than put the texts of lists in another order.
    fileprivate func onlyReorders(_ old: RoutingDocument) -> Bool {
        values.isEmpty && secrets.isEmpty
            && lists.allSatisfy { Set($0.value.applied(to: old.texts($0.key))) == Set(old.texts($0.key)) }
    }
}
