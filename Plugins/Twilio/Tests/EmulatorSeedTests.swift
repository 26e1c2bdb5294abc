import SwitchboardCore
import FoundationEssentials
import SwitchboardSandbox
import Testing

@testable import TwilioSandbox

/// What is put there beforehand, what is true, and what is kept.
@Suite struct EmulatorSeedTests {
    @Test func saysWhatIsThereNow() throws {
        let server = try EmulatorHarness()
        let seeded = try server.emulator.seed(["numbers": ["+14155550150"], "caller_ids": ["+12025550142"]])
        #expect(seeded.map(\.kind) == ["number", "caller_id"])
        #expect(seeded.map(\.e164) == ["+14155550150", "+12025550142"])
        let master = server.emulator.state()["accounts"]?.elements?.first { $0["name"] == "master" }
        #expect(master?.texts("numbers", "phone_number") == ["+14155550150"])
        #expect(server.purchases == [])
    }

    /// What the state shows can be seeded, and shows the same again.
    @Test func theStateIsASeed() async throws {
        let server = try EmulatorHarness(EmulatorSeeds.one, others: [EmulatorSeeds.acme])
        let trunk = "/v1/Trunks/\(EmulatorSeeds.trunk)"
        _ = await server.call("POST", trunk + "/PhoneNumbers", "PhoneNumberSid=\(EmulatorSeeds.number)")
        _ = await server.call("POST", trunk + "/CredentialLists", "CredentialListSid=\(EmulatorSeeds.list)")
        _ = await server.call("POST", trunk, "DisasterRecoveryUrl=https://a.example.com")
        let state = server.emulator.state()
        try server.emulator.reset()
        #expect(server.emulator.accounts.count == TwilioAccount.first.count)
        let seed = JSON.object([.init("accounts", state["accounts"] ?? .null)])
        _ = try server.emulator.seed(seed)
        #expect(server.emulator.state()["accounts"] == state["accounts"])
        #expect(await server.call("GET", trunk)?.json["auth_type"] == "CREDENTIAL_LIST")
    }

    @Test(arguments: [
        (#"{"rooms":[]}"#, "a seed has no 'rooms'"), (#"{"numbers":["415"]}"#, "a number is a text like"),
        (#"{"numbers":"+14155550150"}"#, "'numbers' is a list"), (#"[]"#, "a seed is an object"),
        (#"{"numbers":["+14155550150","+14155550150"]}"#, "+14155550150 is owned already"),
        (#"{"numbers":["+14155550160"]}"#, "+14155550160 is owned already"),
        (#"{"numbers":[{"phone_number":"+14155550150","sid":"PN1"}]}"#, "'PN1' is no sid of PN"),
        (#"{"numbers":[{"phone_number":"+14155550150","colour":"red"}]}"#, "a number has no 'colour'"),
        (#"{"numbers":[{"phone_number":"+14155550150","voice_url":"a"}]}"#, "VoiceUrl is not a valid URL: a"),
        (
            #"{"numbers":[{"phone_number":"+14155550150","trunk_sid":"TK00000000000000000000000000000000"}]}"#,
            "the account has no trunk"
        ),
        (#"{"trunks":[{"domain_name":"acme.pstn.twilio.com"}]}"#, "domain acme.pstn.twilio.com is taken"),
        (#"{"trunks":[{"credential_lists":["CL1"]}]}"#, "'credential_lists' of a trunk are sids"),
        (#"{"trunks":["TK1"]}"#, "'trunks' are objects"),
        (#"{"accounts":[{"sid":"AC1"}]}"#, "an account has a 'sid' of AC"),
        (#"{"accounts":[{"sid":"ACdddddddddddddddddddddddddddddddd"}]}"#, "needs its 'auth_token'"),
        (#"{"accounts":[{"name":"master","type":"Free"}]}"#, "'type' is Trial or Full"),
        (#"{"accounts":[{"name":"master","concurrency":0}]}"#, "'concurrency' is a number from 1 on"),
        (#"{"accounts":[{"name":"master","status":"open"}]}"#, "'status' is active, suspended or closed"),
        (#"{"accounts":[{"name":"master","api_keys":{"SK1":"x"}}]}"#, "'api_keys' is an object of secrets"),
    ])
    func refusesWhatIsNoSeedAndChangesNothing(_ seed: String, _ refusal: String) throws {
        let server = try EmulatorHarness(others: [EmulatorSeeds.acme])
        let before = server.emulator.state()
        let text = seed.replacing("{\"numbers", with: "{\"caller_ids\":[\"+12025550142\"],\"numbers")
        do {
            _ = try server.emulator.seed(try JSON(reading: text))
            Issue.record("\(seed) was taken")
        } catch let error as SeedRefusal { #expect(error.description.contains(refusal), "\(error)") }
        #expect(server.emulator.state() == before)
    }

    /// A token that changes shuts out whoever holds the old one.
    @Test func aTokenCanChange() async throws {
        let server = try EmulatorHarness()
        _ = try server.emulator.seed(["accounts": [["sid": .string(EmulatorHarness.sid), "auth_token": "fresh"]]])
        #expect(await server.call("GET", "/v1/Trunks")?.status == 401)
        #expect(await server.call("GET", "/v1/Trunks", password: "fresh")?.status == 200)
    }

    /// Whatever was answered is there after a restart, sids, order and moments included.
    @Test func aRestartKnowsEverything() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "twilio-\(UUID().uuidString).db").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let first = try EmulatorHarness(
            EmulatorSeeds.one, others: [EmulatorSeeds.acme], store: DocumentStore(path: path))
        let trunk = "/v1/Trunks/\(EmulatorSeeds.trunk)"
        for (method, where_, body) in [
            ("POST", "~/IncomingPhoneNumbers.json", "PhoneNumber=%2B14155550150"),
            ("POST", "~/IncomingPhoneNumbers.json", "AreaCode=212"),
            ("POST", trunk + "/PhoneNumbers", "PhoneNumberSid=\(EmulatorSeeds.number)"),
            ("POST", trunk + "/CredentialLists", "CredentialListSid=\(EmulatorSeeds.list)"),
            ("POST", "/v1/Trunks", "DomainName=gone.pstn.twilio.com"),
            ("POST", "~/OutgoingCallerIds.json", "PhoneNumber=%2B12025550143"),
            ("POST", "~/Conferences/room/Participants.json", "From=a&To=sip:a@b.c&SipAuthUsername=u&SipAuthPassword=p"),
        ] {
            first.setClock(60)
            let answer = await first.call(method, where_, body)
            #expect(answer.map { $0.status < 300 } == true, "\(where_): \(answer?.text ?? "")")
        }
        let trunks = await first.call("GET", "/v1/Trunks?PageSize=1&Page=1")
        let gone = trunks?.json["trunks"]?.elements?.first?["sid"]?.text
        #expect(await first.call("DELETE", "/v1/Trunks/\(gone ?? "")")?.status == 204)
        let number = await first.call("GET", "~/IncomingPhoneNumbers.json")
        await first.listener.stop()

        let second = try EmulatorHarness(store: DocumentStore(path: path))
        second.setClock(60)
        #expect(second.emulator.state() == first.emulator.state())
        #expect(await second.call("GET", "~/IncomingPhoneNumbers.json")?.text == number?.text)
        #expect(await second.call("POST", "/v1/Trunks", "DomainName=gone.pstn.twilio.com")?.code == 21248)
        let next = await second.call("POST", "~/IncomingPhoneNumbers.json", "AreaCode=212")
        #expect(next?.json["phone_number"] == "+12125550151")
        await second.listener.stop()
    }
}
