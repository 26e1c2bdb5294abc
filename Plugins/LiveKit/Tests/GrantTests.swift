import SwitchboardCore
import Testing

@testable import LiveKitSandbox

/// What tokens say and what they allow (contract sections 2.1 and 2.2).
@Suite struct GrantTests {
    private static func token(_ sip: JSON?, _ video: JSON? = nil) throws -> AccessToken {
        let server = try EmulatorHarness()
        var members: [JSON.Member] = [.init("iss", "devkey"), .init("exp", .integer(server.now + 600))]
        if let sip { members.append(.init("sip", sip)) }
        if let video { members.append(.init("video", video)) }
        return try AccessToken(verifying: server.token(.object(members)), keys: .development)
    }

    private static func allowed(_ token: AccessToken?, room: String = "lobby") -> [Bool] {
        let schema = ProtoSchema("Transfer", [ProtoField("participant_identity", 1), ProtoField("room_name", 2)])
        var message = ProtoMessage(schema)
        message.set("room_name", room)
        return [Grant.sipAdmin, .sipCall, .sipCallAndRoomAdmin].map { $0.allows(message, token) }
    }

    /// For administration, for calls, and for calls in the room `lobby`.
    @Test(
        arguments: [
            (["admin": true], nil, [true, false, false]), (["call": true], nil, [false, true, false]),
            (["admin": true, "call": true], nil, [true, true, false]), (nil, nil, [false, false, false]),
            ([:], [:], [false, false, false]), (["admin": "true"], nil, [false, false, false]),
            (["admin": false, "call": 1], nil, [false, false, false]), (true, true, [false, false, false]),
            (["call": true], ["roomAdmin": true, "room": "lobby"], [false, true, true]),
            (["admin": true], ["roomAdmin": true, "room": "lobby"], [true, false, false]),
            (["call": true], ["roomAdmin": true, "room": "hall"], [false, true, false]),
            (["call": true], ["roomAdmin": true], [false, true, false]),
            (["call": true], ["roomAdmin": false, "room": "lobby"], [false, true, false]),
            (
                ["call": true], ["canPublish": true, "canSubscribe": true, "canPublishData": true],
                [false, true, false]
            ),
        ] as [(JSON?, JSON?, [Bool])])
    func allowsNoMoreThanTheTokenSays(_ sip: JSON?, _ video: JSON?, _ expected: [Bool]) throws {
        #expect(Self.allowed(try Self.token(sip, video)) == expected)
    }

    @Test func noTokenAllowsNothing() { #expect(Self.allowed(nil) == [false, false, false]) }

    @Test func aRoomWithoutANameIsARoom() throws {
        #expect(Self.allowed(try Self.token(["call": true], ["roomAdmin": true]), room: "") == [false, true, true])
    }

    /// A token that is known to be genuine is still refused once its time is over.
    @Test func aTokenThatComesAgainIsLookedAtAgain() async throws {
        let server = try EmulatorHarness()
        let headers = ["Authorization": "Bearer " + server.token()]
        let list = "PhoneNumberService/ListPhoneNumbers"
        for _ in 0..<2 { #expect(await server.call(list, "{}", headers: headers)?.status == 200) }
        server.advance(seconds: 661)
        let late = await server.call(list, "{}", headers: headers)
        #expect(late?.status == 401)
        #expect(late?.text == "invalid authorization token: token is expired (exp)")
        for index in 0..<600 {
            let claims: JSON = ["iss": "devkey", "exp": .integer(server.now + Int64(index)), "sip": ["admin": true]]
            let many = ["Authorization": "Bearer " + server.token(claims)]
            #expect(await server.call(list, "{}", headers: many)?.status == 200)
        }
    }

    @Test(arguments: ["a", "a.b", "a.b.c.d", "..", "e30.e30.", "%%%.e30.x"])
    func whatIsNoTokenIsCalledThat(_ text: String) async throws {
        #expect(throws: AccessToken.Refusal(text: "invalid authorization token")) {
            try AccessToken(verifying: text, keys: .development)
        }
    }
}
