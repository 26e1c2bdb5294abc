import SwitchboardCore
import SwitchboardSandbox
import Testing

@testable import LiveKitSandbox

/// What LiveKit does when things go wrong, and the switches that bring it about in both forms.
@Suite struct EmulatorFailureTests {
    private static let list = "PhoneNumberService/ListPhoneNumbers"
    private static let get = "PhoneNumberService/GetPhoneNumber"
    private static let buy = "PhoneNumberService/PurchasePhoneNumber"
    private static let release = "PhoneNumberService/ReleasePhoneNumbers"
    private static let number = #"{"phone_number":"+14155550142"}"#

    /// Both forms of a request for the number that the seeds own.
    private static func bytes(_ schema: ProtoSchema, _ json: JSON) throws -> [UInt8] {
        ProtoWire.write(try ProtoReader.read(json, as: schema))
    }

    /// Every code of Twirp with the status that it has on the wire.
    @Test(
        arguments: [
            ("canceled", 408), ("unknown", 500), ("invalid_argument", 400), ("malformed", 400),
            ("deadline_exceeded", 408), ("not_found", 404), ("bad_route", 404), ("already_exists", 409),
            ("permission_denied", 403), ("unauthenticated", 401), ("resource_exhausted", 429),
            ("failed_precondition", 412), ("aborted", 409), ("out_of_range", 400), ("unimplemented", 501),
            ("internal", 500), ("unavailable", 503), ("data_loss", 500),
        ])
    func answersEveryCode(_ code: String, _ status: Int) async throws {
        let server = try EmulatorHarness()
        await server.fault("{\"fault\":\"server_error\",\"code\":\"\(code)\"}")
        for form in ["application/json", "application/protobuf"] {
            let body = form.hasSuffix("json") ? "{}" : ""
            let answer = await server.call(Self.list, body, headers: ["Content-Type": form])
            #expect(answer?.status == status)
            #expect(answer?.type == "application/json")
            #expect(answer?.json["code"] == .string(code))
            #expect(answer?.json.members?.map(\.name) == ["code", "msg"])
        }
    }

    @Test func aCodeThatThereIsNotIsSaidToBeNone() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"server_error","code":"tired"}"#)
        let answer = await server.call(Self.list, "{}")
        #expect(answer?.status == 500)
        #expect(answer?.text == #"{"code":"internal","msg":"Twirp has no error code tired"}"#)
    }

    @Test func aProjectOfAnotherRegionIsToldInPlainText() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"wrong_region","times":2}"#)
        let json = await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#)
        let binary = await server.call("SIP/ListSIPDispatchRule", protobuf: [])
        for answer in [json, binary] {
            #expect(answer?.status == 451)
            #expect(answer?.type == "text/plain; charset=utf-8")
            #expect(answer?.text == "project not allowed in this region.")
        }
        #expect(server.emulator.state()["numbers"] == [])
        #expect(await server.call(Self.list, "{}")?.status == 200)
    }

    @Test func aCutAnswerIsUnreadableInBothForms() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"malformed"}"#)
        let json = await server.call(Self.get, Self.number)
        #expect(json?.status == 200)
        #expect(json?.json == .null)
        let calls = [
            (Self.get, try Self.bytes(PhoneNumberSchemas.getRequest, ["phone_number": "+14155550142"])),
            (Self.release, try Self.bytes(PhoneNumberSchemas.releaseRequest, ["phone_numbers": ["+14155550142"]])),
        ]
        for (method, body) in calls {
            let answer = try #require(await server.call(method, protobuf: body))
            #expect(answer.status == 200)
            #expect(answer.type == "application/protobuf")
            #expect(throws: ProtoReader.Malformed.self) {
                try ProtoWire.read(answer.bytes, as: PhoneNumberSchemas.getResponse)
            }
        }
        #expect(server.emulator.state()["numbers"]?.elements?.first?["released_at"] != .null)
        let refusal = try #require(await server.call(Self.get, protobuf: []))
        #expect(refusal.status == 400)
        #expect(refusal.type == "application/json")
    }

    @Test func aLostAnswerIsThereForTheRepetitionInTheOtherForm() async throws {
        let server = try EmulatorHarness()
        await server.fault(#"{"fault":"lost_answer","times":1}"#)
        let id = ["X-Livekit-Request-Id": "r1"]
        let request = try Self.bytes(PhoneNumberSchemas.purchaseRequest, ["phone_numbers": ["+14155550142"]])
        #expect(await server.call(Self.buy, protobuf: request, headers: id) == nil)
        let json = try #require(await server.call(Self.buy, #"{"phoneNumbers":["+14155550142"]}"#, headers: id))
        let binary = try #require(await server.call(Self.buy, protobuf: request, headers: id))
        #expect(json.status == 200)
        #expect(binary.type == "application/protobuf")
        #expect(try ProtoWire.read(binary.bytes, as: PhoneNumberSchemas.purchaseResponse).json == json.json)
        #expect(server.emulator.state()["history"]?.elements?.count == 1)
    }

    /// An answer in protobuf is written down, and a refusal with it.
    @Test func outcomesSurviveARestartInBothForms() async throws {
        let folder = try ScratchDirectory()
        let store = { try DocumentStore(path: folder.path + "/sandbox.db") }
        let request = try Self.bytes(PhoneNumberSchemas.purchaseRequest, ["phone_numbers": ["+14155550142"]])
        let ids = ["r1", "r2"].map { ["X-Livekit-Request-Id": $0] }
        var answers: [[UInt8]?] = []
        do {
            let server = try EmulatorHarness(store: store())
            for id in ids { answers.append(await server.call(Self.buy, protobuf: request, headers: id)?.bytes) }
            await server.listener.stop()
        }
        let server = try EmulatorHarness(store: store())
        for (id, answer) in zip(ids, answers) {
            #expect(await server.call(Self.buy, protobuf: request, headers: id)?.bytes == answer)
        }
        let refusal = await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#, headers: ids[1])
        #expect(refusal?.status == 409)
        #expect(refusal?.bytes == answers[1])
    }

    /// A body nests at most 100 levels; what is kept of it must not nest deeper, or the sandbox would not start again.
    @Test func whatNestsAsDeepAsItMaySurvivesARestart() async throws {
        let folder = try ScratchDirectory()
        let store = { try DocumentStore(path: folder.path + "/sandbox.db") }
        let egress = String(repeating: #"{"a":"#, count: 98) + "{}" + String(repeating: "}", count: 98)
        let body =
            #"{"rule":{"dispatch_rule_direct":{"room_name":"x"}},"room_config":{"egress":"# + egress + "}}"
        let id = ["X-Livekit-Request-Id": "r1"]
        var first: String?
        do {
            let server = try EmulatorHarness(store: store())
            first = await server.call("SIP/CreateSIPDispatchRule", body, headers: id)?.text
            await server.listener.stop()
        }
        #expect(first?.contains(egress) == true)
        let server = try EmulatorHarness(store: store())
        #expect(await server.call("SIP/CreateSIPDispatchRule", body, headers: id)?.text == first)
    }

    @Test func aNumberIsPendingAsOftenAsIsAskedFor() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"pending","method":"GetPhoneNumber","number":"+14155550142","times":2}"#)
        var statuses: [JSON?] = []
        for _ in 0..<3 {
            statuses.append(await server.call(Self.get, Self.number)?.json["phone_number"]?["status"])
        }
        #expect(statuses == ["PENDING", "PENDING", "OFFLINE"].map { .string("PHONE_NUMBER_STATUS_" + $0) })
    }

    @Test func pendingNumbersAreBoughtAndListedAsSuch() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"pending"}"#)
        let bought = await server.call(Self.buy, #"{"phone_numbers":["+14155550143"]}"#)
        #expect(bought?.json["phone_numbers"]?.elements?.map { $0["status"] } == ["PHONE_NUMBER_STATUS_PENDING"])
        let pending = await server.call(Self.list, #"{"statuses":["PHONE_NUMBER_STATUS_PENDING"]}"#)
        #expect(pending?.json["total_count"] == 2)
        #expect(pending?.json["offline_count"] == 0)
        let offline = await server.call(Self.list, #"{"statuses":["PHONE_NUMBER_STATUS_OFFLINE"]}"#)
        #expect(offline?.json["total_count"] == 0)
    }

    @Test func newerFieldsAreInJSONOnly() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk(trunk: "PN_PPN_7hJk2mNpQrSt"))
        let plain = try #require(await server.call(Self.get, Self.number)?.json["phone_number"]?.members?.map(\.name))
        await server.fault(#"{"fault":"newer_fields"}"#)
        let json = await server.call(Self.get, Self.number)?.json["phone_number"]
        #expect(json?.members?.map(\.name) == plain + ["name", "inbound_status", "outbound_status"])
        #expect(json?["inbound_status"] == "PHONE_NUMBER_IN_STATUS_ACTIVE")
        #expect(json?["outbound_status"] == "PHONE_NUMBER_OUT_STATUS_UNAVAILABLE")
        let request = try Self.bytes(PhoneNumberSchemas.getRequest, ["phone_number": "+14155550142"])
        let binary = try #require(await server.call(Self.get, protobuf: request))
        let message = try ProtoWire.read(binary.bytes, as: PhoneNumberSchemas.getResponse)
        #expect(message.message("phone_number")?.json.members?.map(\.name) == plain)
        #expect(ProtoWire.write(message) == binary.bytes)
    }

    @Test func aReleasedNumberMayTakeItsTimeToReturn() async throws {
        let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk())
        await server.fault(#"{"fault":"slow_return","delay_ms":600000,"times":1}"#)
        func offered() async -> Int? {
            let search = #"{"country_code":"US","area_code":"415","limit":1000}"#
            return await server.call("PhoneNumberService/SearchPhoneNumbers", search)?.json["items"]?.elements?.count
        }
        let start = ContinuousClock.now
        #expect(await server.call(Self.release, #"{"phone_numbers":["+14155550142"]}"#)?.text == "{}")
        #expect(start.duration(to: .now) < .seconds(60))
        #expect(await offered() == 49)
        let early = await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#)
        #expect(early?.json["msg"] == "phone number +14155550142 is not available")
        server.advance(seconds: 599)
        #expect(await offered() == 49)
        server.advance(seconds: 1)
        #expect(await offered() == 50)
        #expect(await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#)?.status == 200)
        #expect(await offered() == 49)
    }

    @Test func aNumberOnItsWayBackIsStillAwayAfterARestart() async throws {
        let folder = try ScratchDirectory()
        let path = folder.path + "/sandbox.db"
        do {
            let server = try EmulatorHarness(seed: EmulatorSeeds.frontDesk(), store: try DocumentStore(path: path))
            await server.fault(#"{"fault":"slow_return","delay_ms":60000}"#)
            _ = await server.call(Self.release, #"{"phone_numbers":["+14155550142"]}"#)
            await server.listener.stop()
        }
        let server = try EmulatorHarness(store: try DocumentStore(path: path))
        #expect(await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#)?.status == 404)
        server.advance(seconds: 60)
        #expect(await server.call(Self.buy, #"{"phone_numbers":["+14155550142"]}"#)?.status == 200)
    }
}
