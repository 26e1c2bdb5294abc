import SwitchboardCore
import SwitchboardTestKit
import Testing

@testable import LiveKitProvider

@Suite struct ClientErrorTests {
    private func reading(_ answer: HTTPAnswer) async throws -> SwitchboardError {
        let transport = ScriptedTransport([ScriptedExchange("POST", listPath, .success(answer), times: 1...4)])
        let provider = try LiveKitProvider(context: context(transport))
        return try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
    }

    private func writing(_ answer: HTTPAnswer) async throws -> SwitchboardError {
        let transport = ScriptedTransport { request in
            request.operation == "PurchasePhoneNumber" ? answer : .json(404, #"{"code":"not_found","msg":""}"#)
        }
        let provider = try LiveKitProvider(context: context(transport))
        let number = try e164("+14155550142")
        return try await failure { _ = try await provider.purchase(number, key: "k") }
    }

    /// A proxy that describes the request it refused must not hand a token that is good for ten minutes to a log.
    @Test func repeatsNoTokenThatAnAnswerRepeats() async throws {
        let transport = ScriptedTransport { request in
            let sent = request.header("Authorization") ?? ""
            return .json(400, #"{"code":"malformed","msg":"no such call: authorization=\#(sent); sorry"}"#)
        }
        let provider = try LiveKitProvider(context: context(transport))
        let error = try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
        let token = try #require(transport.sent.first?.header("Authorization")?.split(separator: " ").last)
        for part in token.split(separator: ".") { #expect(!"\(error)".contains(part)) }
        #expect(error.cause == "malformed: no such call: authorization=Bearer ••••••; sorry")
    }

    @Test(arguments: [
        (400, "invalid_argument", ErrorCode.invalidArgument), (400, "malformed", .invalidArgument),
        (400, "out_of_range", .invalidArgument), (404, "not_found", .notFound), (409, "already_exists", .conflict),
        (412, "failed_precondition", .conflict), (409, "aborted", .conflict), (401, "unauthenticated", .unauthorized),
        (403, "permission_denied", .unauthorized), (404, "bad_route", .unsupported),
        (501, "unimplemented", .unsupported), (429, "resource_exhausted", .rateLimited),
        (408, "canceled", .unreachable), (408, "deadline_exceeded", .unreachable), (500, "internal", .unreachable),
        (500, "unknown", .unreachable), (503, "unavailable", .unreachable), (500, "data_loss", .unreachable),
        (418, "brewing", .badAnswer), (520, "brewing", .unreachable),
    ])
    func mapsEachTwirpCode(status: Int, code: String, expected: ErrorCode) async throws {
        let body = #"{"code":"\#(code)","msg":"twirp error unknown: the reason","meta":{"k":"v"}}"#
        let error = try await reading(.json(status, body))
        #expect(error.code == expected)
        #expect(error.status == status)
        #expect(error.provider == "livekit")
        #expect(error.cause == "\(code): the reason")
        #expect(!error.mayHaveHappened)
        #expect(error.attempts >= 1)
        #expect(error.isRetryable == [.unreachable, .rateLimited].contains(expected))
    }

    @Test(arguments: [
        (401, ErrorCode.unauthorized), (403, .unauthorized), (404, .unsupported), (429, .rateLimited),
        (400, .badAnswer), (302, .badAnswer), (413, .badAnswer), (451, .forbidden), (500, .unreachable),
        (502, .unreachable), (503, .unreachable), (504, .unreachable),
    ])
    func mapsPlainAnswersByStatus(status: Int, expected: ErrorCode) async throws {
        #expect(try await reading(.text(status, "<html>proxy</html>")).code == expected)
    }

    @Test(arguments: [(500, true), (503, true), (408, true), (302, true), (400, false), (401, false), (412, false)])
    func saysWhetherAWriteMayHaveHappened(status: Int, expected: Bool) async throws {
        let error = try await writing(.text(status, "no"))
        #expect(error.mayHaveHappened == expected)
        #expect(error.requestID == "k")
        if expected { #expect(!error.isRetryable) }
    }

    @Test func namesTheSettingsWhenCredentialsAreRefused() async throws {
        for answer in [
            HTTPAnswer.text(401, "invalid API key"),
            .json(401, #"{"code":"unauthenticated","msg":"permissions denied"}"#),
            .json(403, #"{"code":"permission_denied","msg":"no"}"#),
        ] {
            let error = try await reading(answer)
            #expect(
                error.message
                    == "livekit refused the credentials of profile 'work' (setting api_key or api_secret)")
        }
    }

    @Test func neverRepeatsTheSecret() async throws {
        let log = LogLines()
        let echo = #"{"code":"internal","msg":"key \#(testSecret) is odd"}"#
        for result: Result<HTTPAnswer, TransportFailure> in [
            .success(.json(500, echo)), .success(.text(401, testSecret)), .success(.json(200, testSecret)),
        ] {
            let transport = ScriptedTransport([ScriptedExchange("POST", listPath, result, times: 1...4)])
            let provider = try LiveKitProvider(context: context(transport, log: log))
            let error = try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
            var shown = ""
            dump(error, to: &shown)
            #expect(!shown.contains(testSecret))
            #expect(!"\(provider)".contains(testSecret))
        }
        #expect(!log.lines.joined().contains(testSecret))
    }

    /// The usual secret of a development server is an English word; our own sentences keep it.
    @Test func leavesItsOwnWordsAlone() async throws {
        let transport = ScriptedTransport([
            ScriptedExchange("POST", listPath, .success(.text(401, "bad secret")))
        ])
        let provider = try LiveKitProvider(context: context(transport, secret: "secret"))
        let error = try await failure { _ = try await provider.ownedNumbers(OwnedNumberFilter()) }
        #expect(error.message.contains("(setting api_key or api_secret)"))
    }
}
