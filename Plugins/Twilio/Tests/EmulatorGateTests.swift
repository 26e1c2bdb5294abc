import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Testing

@testable import TwilioSandbox

/// Who may act on which account, and in which order requests are looked at.
@Suite struct EmulatorGateTests {
    private static let parent = "ACa0000000000000000000000000000001"
    private static let child = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    private static let idle = "ACcccccccccccccccccccccccccccccccc"
    private static let test = "ACa0000000000000000000000000000003"
    private static let key = "SKdddddddddddddddddddddddddddddddd"

    private func server() throws -> EmulatorHarness {
        try EmulatorHarness(
            EmulatorSeeds.one,
            others: [
                [
                    "sid": .string(Self.child), "auth_token": "child", "owner_account_sid": .string(Self.parent),
                    "api_keys": .object([.init(Self.key, "secret")]),
                ],
                ["sid": .string(Self.idle), "auth_token": "idle", "status": "suspended"],
            ])
    }

    private static func numbers(_ sid: String) -> String { "/2010-04-01/Accounts/\(sid)/IncomingPhoneNumbers.json" }

    @Test(arguments: [
        (EmulatorHarness.sid, "wrong", numbers(EmulatorHarness.sid), 401, 20003),
        ("AC00", "x", numbers(EmulatorHarness.sid), 401, 20003),
        ("", "", numbers(EmulatorHarness.sid), 401, 20003),
        (EmulatorHarness.sid, EmulatorHarness.token, numbers(child), 401, 20003),
        (child, "child", numbers(parent), 401, 20003),
        (EmulatorHarness.sid, "wrong", "/v1/Trunks", 401, 20003),
        (EmulatorHarness.sid, "wrong", "/nothing", 401, 20003),
        (key, "wrong", numbers(child), 401, 20003),
        (key, "secret", "/2010-04-01/Accounts/\(child).json", 401, 20003),
        (idle, "idle", numbers(idle), 403, 20005),
        (idle, "idle", "/v1/Trunks", 403, 20005),
        (test, "test-token", numbers(test), 403, 20008),
        (test, "test-token", "/v1/Trunks", 403, 20008),
        (test, "test-token", "/2010-04-01/Accounts/\(test).json", 403, 20008),
    ])
    func refuses(_ user: String, _ password: String, _ path: String, _ status: Int, _ code: Int) async throws {
        let answer = await (try server()).call("GET", path, user: user, password: password)
        #expect(answer?.status == status && answer?.code == code, "\(answer?.text ?? "")")
        #expect(answer?.headers["www-authenticate"] == (status == 401 ? "Basic realm=\"Twilio API\"" : nil))
    }

    @Test(arguments: [
        (parent, "master-token", numbers(child)), (key, "secret", numbers(child)), (child, "child", numbers(child)),
        (child, "child", "/2010-04-01/Accounts/\(child).json"),
        (child, "child", "/2010-04-01/Accounts/\(child)/Balance.json"), (key, "secret", "/v1/Trunks"),
    ])
    func lets(_ user: String, _ password: String, _ path: String) async throws {
        #expect(await (try server()).call("GET", path, user: user, password: password)?.status == 200)
    }

    /// The trunking API knows no account but that of the credentials.
    @Test func aParentsTrunksAreItsOwn() async throws {
        let server = try server()
        let made = await server.call("POST", "/v1/Trunks", user: Self.parent, password: "master-token")
        #expect(made?.json["account_sid"]?.text == Self.parent)
        let keyed = await server.call("POST", "/v1/Trunks", user: Self.key, password: "secret")
        #expect(keyed?.json["account_sid"]?.text == Self.child)
    }

    @Test func noHeaderAndNoBasicAreRefused() async throws {
        let server = try server()
        for header in [
            [:], ["Authorization": "Bearer x"], ["Authorization": "Basic ###"], ["Authorization": "Basic eA=="],
        ] {
            let reply = await server.client.send("GET", Self.numbers(EmulatorHarness.sid), headers: header)
            #expect(reply?.status == 401)
        }
    }

    /// Nobody sees, changes or deletes what is another account's, on either API.
    @Test(arguments: [
        "/v1/Trunks/\(EmulatorSeeds.trunk)", "/v1/Trunks/\(EmulatorSeeds.trunk)/OriginationUrls",
        "/v1/Trunks/\(EmulatorSeeds.trunk)/PhoneNumbers", "~/IncomingPhoneNumbers/\(EmulatorSeeds.number).json",
        "~/OutgoingCallerIds/\(EmulatorSeeds.caller).json", "~/SIP/CredentialLists/\(EmulatorSeeds.list).json",
        "~/SIP/CredentialLists/\(EmulatorSeeds.list)/Credentials.json",
        "~/Conferences/\(EmulatorSeeds.conference).json",
    ])
    func othersThingsAreNotThere(_ path: String) async throws {
        let server = try server()
        let theirs = path.replacing("~", with: "/2010-04-01/Accounts/\(Self.child)")
        for method in ["GET", "DELETE"] {
            let answer = await server.call(method, theirs, user: Self.child, password: "child")
            #expect(answer?.code == 20404 || answer?.code == 20004, "\(method): \(answer?.text ?? "")")
        }
        #expect(await server.call("GET", path)?.status == 200)
    }

    @Test func aBodyThatIsTooLarge() async throws {
        let answer = await (try server()).call("POST", "/v1/Trunks", String(repeating: "x", count: 11 << 20))
        #expect(answer?.status == 413)
    }
}
