import SwitchboardCore
import SwitchboardHTTP
import SwitchboardTestKit
import Testing

/// The client of a vendor's JSON API: what comes back instead of a result, and what may have happened all the same.
@Suite struct JSONServiceTests {
    private typealias Network = SwitchboardTestKit.ScriptedTransport

    private static func manifest(_ idempotency: Idempotency) -> ProviderManifest {
        ProviderManifest(
            name: "acme", displayName: "Acme", summary: "a vendor",
            settings: [
                ProviderSetting("base", help: "the base", isURL: true),
                ProviderSetting("token", help: "the token", isSecret: true),
            ], capabilities: [:], idKinds: [], countries: ["US"], limits: RequestLimits(), idempotency: idempotency,
            settleTime: .seconds(1))
    }

    private func service(
        _ transport: any HTTPTransport, _ idempotency: Idempotency = .header("Key"),
        url: String = "http://127.0.0.1:9/api"
    ) throws -> JSONService {
        try JSONService(
            Self.manifest(idempotency),
            context: ProviderContext(
                profile: "test", settings: ProviderSettings(), transport: transport,
                time: ManualClock(skipsWaits: true).time),
            url: url, headers: [HTTPField("Authorization", "Bearer tok-en+1")], secrets: [Secret("tok-en+1")],
            meanings: ["gone": .taken, "nothing": .notFound]
        ) { body in body["code"]?.text.map { ($0, body["words"]?.text ?? "") } }
    }

    private func error(_ answer: HTTPAnswer, asked: Int = 1, isWrite: Bool = false) async throws -> SwitchboardError {
        let service = try service(Network(answeringWith: { _ in answer }))
        let error = await #expect(throws: SwitchboardError.self) {
            if isWrite {
                _ = try await service.change("Buy", "POST", ["numbers"], key: "k") { $0["id"] }
            } else {
                _ = try await service.get("List", ["numbers"]) { $0["id"] }
            }
        }
        let found = try #require(error)
        #expect(found.attempts == asked && found.provider == "acme")
        return found
    }

    @Test(arguments: [
        (400, ErrorCode.invalidArgument), (401, .unauthorized), (402, .paymentRequired), (403, .forbidden),
        (404, .unsupported), (405, .unsupported), (409, .conflict), (418, .invalidArgument), (302, .badAnswer),
    ])
    func aStatusTellsWhatTheVendorsCodeDoesNot(status: Int, code: ErrorCode) async throws {
        let error = try await error(.json(status, #"{"code": "news", "words": "no"}"#))
        #expect(error.code == code)
        #expect(error.cause == "news: no" && error.status == status && !error.isRetryable)
    }

    @Test func theVendorsCodeComesBeforeTheStatus() async throws {
        let error = try await error(.json(422, #"{"code": "gone", "words": "sold for tok-en+1, tok-en%2B1"}"#))
        #expect(error.code == .taken)
        #expect(error.message == "acme refused List: sold for ••••••, ••••••")
        #expect(error.cause == "gone: sold for ••••••, ••••••")
    }

    @Test(arguments: [400, 402, 404, 405, 409, 422])
    func aRefusalInAnotherFormIsSomebodyElses(status: Int) async throws {
        let error = try await error(.text(status, "<html>not here</html>"))
        #expect(error.code == .badAnswer)
        #expect(
            error.message == "acme answered List in a form that is not its own: status \(status)")
    }

    @Test func theCredentialsAreNamedByTheirSetting() async throws {
        let error = try await error(.text(401, ""))
        #expect(error.message == "acme refused the credentials of profile 'test' (setting token)")
        #expect(error.code == .unauthorized)
    }

    @Test func anOpenOutcomeIsTold() async throws {
        let refused = try await error(.json(409, #"{"code": "gone"}"#), isWrite: true)
        #expect(refused.code == .taken && !refused.mayHaveHappened)
        let nonsense = try await error(.json(201, #"{"sold": true}"#), isWrite: true)
        #expect(nonsense.code == .badAnswer && nonsense.mayHaveHappened)
        let cut = try await error(.json(201, #"{"id": "#), isWrite: true)
        #expect(cut.code == .badAnswer && cut.mayHaveHappened)
        let failed = try await error(.json(503, ""), asked: 4, isWrite: true)
        #expect(failed.code == .unreachable && failed.mayHaveHappened && !failed.isRetryable)
        let reading = try await error(.json(503, ""), asked: 4)
        #expect(reading.code == .unreachable && !reading.mayHaveHappened && reading.isRetryable)
        let busy = try await error(.json(429, #"{"code": "slow"}"#), asked: 4, isWrite: true)
        #expect(busy.code == .rateLimited && !busy.mayHaveHappened && busy.isRetryable)
    }

    @Test func onlyTheVendorsCodeSaysThatAThingIsNotThere() async throws {
        func found(_ body: String) async throws -> JSON? {
            let transport = Network(answeringWith: { _ in .json(404, body) })
            return try await service(transport).find("Get", ["numbers", "+1"]) { $0["id"] }
        }
        #expect(try await found(#"{"code": "nothing"}"#) == nil)
        await #expect(throws: SwitchboardError.self) { _ = try await found(#"{"code": "no path"}"#) }
        await #expect(throws: SwitchboardError.self) { _ = try await found("") }
    }

    @Test func aChangeIsRepeatedAsTheManifestSays() async throws {
        let lost = ScriptedExchange("POST", "/numbers", .failure(TransportFailure(.maybeSent, "lost")))
        let done = ScriptedExchange("POST", "/numbers", .success(.json(201, #"{"id": "7"}"#)))
        func buy(
            _ script: [ScriptedExchange], _ idempotency: Idempotency,
            happened: (@Sendable () async throws -> Bool)? = nil
        ) async throws -> [HTTPRequest] {
            let transport = Network(script)
            let bought = try? await service(transport, idempotency).change(
                "Buy", "POST", ["numbers"], ["n": "+1"], key: "k", happened: happened
            ) { $0["id"] }
            #expect(transport.complaints.isEmpty)
            #expect((bought != nil) == (transport.sent.count == 2))
            return transport.sent
        }
        let keyed = try await buy([lost, done], .header("Key"))
        #expect(keyed.map { $0.headers.last } == [HTTPField("Key", "k"), HTTPField("Key", "k")])
        #expect(
            keyed.allSatisfy { $0.url == "http://127.0.0.1:9/api/numbers" && $0.body == Array(#"{"n":"+1"}"#.utf8) })
        #expect(try await buy([lost, done], .naturalKey).count == 2)
        #expect(try await buy([lost, done], .none, happened: { false }).count == 2)
        #expect(try await buy([lost], .none, happened: { true }).count == 1)
        #expect(try await buy([lost], .none).count == 1)
    }

    @Test func anEmptyAnswerToAChangeIsNoNonsense() async throws {
        let transport = Network([ScriptedExchange("DELETE", "/numbers/7", .success(HTTPAnswer(status: 204)))])
        try await service(transport).change("Drop", "DELETE", ["numbers", "7"], key: "k") { _ in () }
        #expect(transport.complaints.isEmpty)
    }

    private func list(enough: Int = .max, _ answer: @escaping @Sendable (Int) -> String) async throws -> [String] {
        let asked = Record(0)
        let transport = Network(answeringWith: { _ in
            .json(
                200,
                answer(
                    asked.change { count in
                        count += 1
                        return count
                    }))
        })
        return try await service(transport).list("List", ["numbers"], [("area", "415")], enough: enough) { json in
            JSONPage(json["rows"], next: json["next"]?.text.map { ("after", $0) }) { $0.text }
        }
    }

    @Test func aListIsReadToItsEnd() async throws {
        #expect(
            try await list { $0 < 3 ? #"{"rows": ["\#($0)"], "next": "\#($0)"}"# : #"{"rows": []}"# } == ["1", "2"])
        #expect(try await list(enough: 2) { #"{"rows": ["\#($0)"], "next": "\#($0)"}"# } == ["1", "2"])
    }

    @Test func aListThatDoesNotEndIsNoList() async throws {
        for next: @Sendable (Int) -> String in [{ _ in "same" }, { "\($0)" }] {
            let error = await #expect(throws: SwitchboardError.self) {
                _ = try await list { #"{"rows": [], "next": "\#(next($0))"}"# }
            }
            #expect(error?.code == .badAnswer)
        }
    }

    @Test func aRowThatMakesNoSenseIsNotLeftOut() async throws {
        let error = await #expect(throws: SwitchboardError.self) { _ = try await list { _ in #"{"rows": ["1", 2]}"# } }
        #expect(error?.code == .badAnswer && error?.mayHaveHappened == false)
    }

    @Test(arguments: [
        "acme.example.com", "ftp://acme.example.com", "https://u:p@acme.example.com", "https://a.example/?q",
    ])
    func aBaseThatIsNoURLIsNamed(url: String) {
        let error = #expect(throws: SwitchboardError.self) { _ = try service(Network([]), url: url) }
        #expect(error?.code == .invalidArgument && error?.fields.keys.sorted() == ["base"])
    }
}
