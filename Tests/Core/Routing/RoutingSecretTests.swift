import SwitchboardCore
import Testing

/// Passwords and PINs are sent and are seen nowhere else.
@Suite struct RoutingSecretTests {
    private static let words = ["s3cret-word", "4711", "aws-key", "live_stream"]

    private static func trunk() throws -> SIPTrunk {
        try makeTrunk(#"{"name":"a","auth_username":"u","auth_password":"s3cret-word"}"#)
    }

    private static func rule() throws -> DispatchRule {
        try makeRule(
            """
            {"rule":{"dispatch_rule_direct":{"room_name":"r","pin":"4711"}},"room_config":{"egress":{"room":{
            "fileOutputs":[{"filepath":"f","s3":{"bucket":"b","secret":"aws-key"}}],
            "stream_outputs":[{"protocol":"RTMP","urls":["rtmp://x/live_stream"]}]}}}}
            """)
    }

    private func expectNoSecret(_ value: some Codable, _ comment: Comment? = nil) throws {
        var shown = [try encoded(value), "\(value)", String(reflecting: value), String(describing: value)]
        dump(value, to: &shown[0])
        for text in shown {
            for word in Self.words { #expect(!text.contains(word), comment) }
        }
    }

    @Test func nothingShowsThem() throws {
        let (trunk, rule) = (try Self.trunk(), try Self.rule())
        try expectNoSecret(trunk)
        try expectNoSecret(rule)
        try expectNoSecret(RoutingChange(from: RoutingDocument(.inboundTrunk), to: trunk.document))
        try expectNoSecret(RoutingChange(from: RoutingDocument(.dispatchRule), to: rule.document))
        var change = RoutingChange(.dispatchRule)
        try change.set("rule", ["dispatchRuleDirect": ["roomName": "r", "pin": "4711"]])
        try expectNoSecret(change)
        #expect(rule.document["rule"]?.compact == #"{"dispatch_rule_direct":{"room_name":"r"}}"#)
        #expect(trunk.document["auth_password"] == nil)
    }

    @Test func onlyTheWireHoldsThem() throws {
        #expect(
            try Self.trunk().document.wire.compact == #"{"name":"a","auth_username":"u","auth_password":"s3cret-word"}"#
        )
        #expect(
            try Self.rule().document.wire
                == json(
                    """
                    {"rule":{"dispatch_rule_direct":{"room_name":"r","pin":"4711"}},"room_config":{"egress":{"room":{
                    "fileOutputs":[{"filepath":"f","s3":{"bucket":"b","secret":"aws-key"}}],
                    "stream_outputs":[{"protocol":"RTMP","urls":["rtmp://x/live_stream"]}]}}}}
                    """))
    }

    @Test func whatWasJournaledTellsThatTheyAreMissing() throws {
        let (trunk, rule) = (try Self.trunk(), try Self.rule())
        let read = try journaled(trunk)
        #expect(read.hasPassword && read.password == nil && read.document.withheld == ["auth_password"])
        #expect(read.document.means(trunk.document, comparingSecrets: false))
        #expect(!read.document.means(trunk.document, comparingSecrets: true))
        #expect(try encoded(read) == encoded(trunk))
        let readRule = try journaled(rule)
        #expect(readRule.hasPin && readRule.pin == nil && readRule.document.withheld.count == 3)
        #expect(try encoded(readRule) == encoded(rule))
    }

    @Test func dotsAreNoSecret() throws {
        let text = #"{"auth_password":"••••••"}"#
        let fault = fault { try RoutingDocument(reading: json(text), as: .inboundTrunk, strangers: .refused) }
        #expect(fault?.message == "auth_password holds the dots that stand for a secret")
        #expect(try makeTrunk(text).password == nil)
    }

    @Test func anEmptySecretIsNone() throws {
        var trunk = try Self.trunk()
        #expect(trunk.hasPassword)
        trunk.password = Secret("")
        #expect(!trunk.hasPassword && trunk.document.secrets.isEmpty)
        #expect(try makeTrunk(#"{"auth_password":""}"#).document == RoutingDocument(.inboundTrunk))
    }

    @Test func aNewValueTakesItsSecretsAlong() throws {
        var rule = try Self.rule()
        try rule.document.set("rule", ["dispatch_rule_callee": [:]])
        #expect(rule.document.secrets["rule.dispatch_rule_direct.pin"] == nil && !rule.hasPin)
        rule.setKind(.individual, room: "call-", pin: Secret("1"))
        #expect(rule.hasPin && rule.pin == Secret("1"))
        #expect(rule.document.wire["rule"] == ["dispatch_rule_individual": ["room_prefix": "call-", "pin": "1"]])
        try rule.document.set("rule.dispatch_rule_individual.pin", "22")
        #expect(rule.pin == Secret("22"))
        try rule.document.set("rule.dispatch_rule_individual.room_prefix", "x")
        #expect(rule.pin == Secret("22"))
    }
}
