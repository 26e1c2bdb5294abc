public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

/// A LiveKit project on loopback, in both forms of the API: phone numbers, trunks, dispatch rules, SIP participants.
///
/// Its wire behaviour is the LiveKit contract's; API key `devkey` with secret `secret`.
public final class LiveKitEmulator: Emulator {
    /// `livekit`.
    public static let name = "livekit"
    /// LiveKit's own header.
    public static let requestIDHeader: String? = "X-Livekit-Request-Id"

    /// The methods that it offers.
    public static let operations: [String: Set<FaultKind>] = Dictionary(
        uniqueKeysWithValues: LiveKitMethod.all.values.map { ($0.name, $0.faults) })

    let context: EmulatorContext
    let world: Mutex<LiveKitWorld>
    private let gate = Gate(keys: .development)
    private let turns = RequestTurns()

    /// Loads the project; throws when what was kept cannot be read.
    public init(context: EmulatorContext) throws {
        self.context = context
        world = Mutex(try LiveKitWorld(inventory: Inventory(context.inventory), documents: context.documents))
    }

    /// The settings `url`, `api_key` and `sip_host`, and the secret `api_secret`.
    public func connection(url: String) -> EmulatorConnection {
        EmulatorConnection(
            plain: ["url": url, "api_key": "devkey", "sip_host": "sandbox01.sip.localhost"],
            secrets: ["api_secret": "secret"])
    }

    /// 413 in plain text.
    public func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer {
        .text("request body too large", status: 413)
    }

    /// Answers one call of the API.
    public func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        do throws(Gate.Stopped) {
            let passed = try gate.check(request, at: context.now())
            let message = try decode(request, passed)
            return await perform(passed, message, request)
        } catch { return error.answer }
    }

    /// Decodes the body, then checks the grant: a malformed body beats a missing grant.
    private func decode(_ request: SandboxRequest, _ passed: Gate.Passed) throws(Gate.Stopped) -> ProtoMessage {
        do throws(TwirpError) {
            let message = try passed.form.read(request.body, as: passed.method.request)
            guard passed.method.grant.allows(message, passed.token) else { throw .permissionsDenied }
            return message
        } catch { throw Gate.Stopped(answer: error.answer) }
    }

    private func perform(
        _ passed: Gate.Passed, _ message: ProtoMessage, _ request: SandboxRequest
    ) async -> SandboxAnswer {
        let id = request.header("X-Livekit-Request-Id").flatMap { $0.isEmpty ? nil : $0 }
        guard passed.method.isMutating, let id, let apiKey = passed.token?.apiKey else {
            return await perform(passed, message, requestID: id, key: nil)
        }
        let key = RequestMemory.key(apiKey: apiKey, path: passed.path, id: id)
        return await turns.run(key) { await perform(passed, message, requestID: id, key: key) }
    }

    private func perform(
        _ passed: Gate.Passed, _ message: ProtoMessage, requestID: String?, key: String?
    ) async -> SandboxAnswer {
        let method = passed.method
        let answer = await context.underFaults(
            operation: method.name, numbers: numbers(in: message), kinds: method.faults, refusal: Self.refusal,
            failure: Self.failure
        ) { fault in
            let call = LiveKitCall(time: context.now(), requestID: requestID, fault: fault)
            switch change(call, key, { world throws(TwirpError) in try method.run(&world, message, call) }) {
            case .done(let message): return passed.form.answer(message)
            case .refused(let error): return error.answer
            }
        }
        return answer.fault == .malformed ? passed.form.spoiled(answer) : answer
    }

    /// Runs a method on the world and writes its changes down, the outcome among them, before anybody sees either.
    private func change(
        _ call: LiveKitCall, _ key: String?, _ body: (inout LiveKitWorld) throws(TwirpError) -> ProtoMessage
    ) -> Outcome {
        world.withLock { world in
            if let key, let earlier = world.requests.outcome(key, at: call.time) { return earlier }
            var outcome: Outcome
            do throws(TwirpError) {
                outcome = .done(try body(&world))
            } catch { outcome = .refused(error) }
            if let key, RequestMemory.keeps(outcome) {
                for write in world.requests.remember(key, outcome, at: call.time) { world.write(write) }
            }
            do throws(StoreFailure) {
                try context.documents.apply(world.takePending())
            } catch { outcome = .refused(Self.error(error)) }
            return outcome
        }
    }

    /// The phone numbers that a message is about, for fault switches that name one.
    private func numbers(in message: ProtoMessage) -> [String] {
        guard context.faults.all.contains(where: { $0.number != nil }) else { return [] }
        let ids = message.strings("ids") + [message.string("id")]
        let known = world.withLock { world in ids.compactMap { world.numbers[$0]?.e164 } }
        return known + message.strings("phone_numbers") + [message.string("phone_number")]
    }

    private static func refusal(_ fault: Fault) -> SandboxAnswer {
        switch fault.kind {
        case .rateLimited: TwirpError(.resourceExhausted, "api rate limit exceeded").answer
        case .revoked: .text("invalid API key", status: 401)
        case .wrongRegion: .text("project not allowed in this region.", status: 451)
        default: error(code: fault.code ?? "internal").answer
        }
    }

    /// The vendor's failure with a code of Twirp's; any other code is told as what it is.
    private static func error(code: String) -> TwirpError {
        guard let known = TwirpError.Code(rawValue: code) else {
            return TwirpError(.internal, "Twirp has no error code \(code)")
        }
        return TwirpError(known, code.split(separator: "_").joined(separator: " ") + " error")
    }

    private static func failure(_ failure: StoreFailure) -> SandboxAnswer { error(failure).answer }

    private static func error(_ failure: StoreFailure) -> TwirpError { TwirpError(.internal, failure.description) }
}
