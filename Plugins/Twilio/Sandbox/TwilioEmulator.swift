public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

/// Twilio on loopback: the core API and the trunking API on one listener, with several accounts.
///
/// Its wire behaviour is the Twilio contract's. It begins with an account to buy numbers from, a customer's account and
/// the test account; `sandbox seed` adds others.
public final class TwilioEmulator: Emulator {
    /// `twilio`.
    public static let name = "twilio"

    /// The operations that it offers, under the ids of Twilio's own description of its API.
    public static let operations: [String: Set<FaultKind>] = Dictionary(
        uniqueKeysWithValues: TwilioOperation.all.map { ($0.name, $0.faults) })

    let context: EmulatorContext
    let world: Mutex<TwilioWorld>
    private let inFlight = InFlight()

    /// Loads the accounts and all that they have; throws when what was kept cannot be read.
    public init(context: EmulatorContext) throws {
        self.context = context
        world = Mutex(try TwilioWorld(inventory: Inventory(context.inventory), documents: context.documents))
    }

    /// The sids of all accounts.
    public var accounts: [String] { world.withLock { $0.accounts.keys.sorted() } }

    /// The settings of the account to buy from, `url`, `account_sid` and the secret `auth_token`; the others beside it.
    public func connection(url: String) -> EmulatorConnection {
        let all = world.withLock { $0.accounts.values.sorted { $0.sid < $1.sid } }
        let own = TwilioAccount.first[0].sid
        let token = all.first { $0.sid == own }?.token ?? ""
        let others = all.filter { $0.sid != own }.map { account in
            EmulatorConnection.Account(
                name: account.isTest ? "test account: magic numbers, nothing is kept" : "account \(account.name)",
                plain: ["account_sid": account.sid], secrets: ["auth_token": account.token])
        }
        return EmulatorConnection(
            plain: ["url": url, "account_sid": own], secrets: ["auth_token": token], accounts: others)
    }

    /// 413 with a code of its own.
    public func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer {
        TwilioError(20413, "Request entity too large").answer
    }

    /// Answers one request of either API, with the headers that Twilio always sends.
    public func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        let start = ContinuousClock.now
        var (answer, count) = await answered(request)
        let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
        let fraction = String(String(1000 + milliseconds % 1000).dropFirst())
        answer.headers["Twilio-Request-Id"] = TwilioSid.make("RQ")
        answer.headers["Twilio-Concurrent-Requests"] = String(count)
        answer.headers["Twilio-Request-Duration"] = "\(milliseconds / 1000).\(fraction)"
        return answer
    }

    /// The answer, and how many requests of the account were in flight.
    private func answered(_ request: SandboxRequest) async -> (SandboxAnswer, Int) {
        if let answer = twiml(request) { return (answer, 1) }
        do throws(TwilioError) {
            let passed = try world.withLock { world throws(TwilioError) in
                try Gate.check(request, world, at: context.now())
            }
            let account = passed.call.account
            let count = inFlight.enter(account.sid)
            defer { inFlight.leave(account.sid) }
            if let most = account.concurrency, count > most { return (TwilioError.tooManyRequests.answer, count) }
            return (await perform(passed), count)
        } catch { return (error.answer, 1) }
    }

    private func perform(_ passed: Gate.Passed) async -> SandboxAnswer {
        await context.underFaults(
            operation: passed.operation.name, account: passed.call.account.sid, numbers: numbers(of: passed.call),
            kinds: passed.operation.faults, refusal: Self.refusal, failure: Self.failure
        ) { fault in
            var call = passed.call
            call.fault = fault
            return change(passed.operation, call)
        }
    }

    /// Runs an operation on the world and writes its changes down before anybody sees the answer.
    private func change(_ operation: TwilioOperation, _ call: TwilioCall) -> SandboxAnswer {
        world.withLock { world in
            do {
                let reply = try operation.run(&world, call)
                try context.documents.apply(world.takePending())
                return reply.answer
            } catch let error as TwilioError { return error.answer } catch {
                return TwilioError(20500, String(describing: error)).answer
            }
        }
    }

    /// The phone numbers that a call is about, for fault switches that name one.
    private func numbers(of call: TwilioCall) -> [String] {
        guard context.faults.all.contains(where: { $0.number != nil }) else { return [] }
        let sids = [call.sid, call.parameters["PhoneNumberSid"] ?? ""]
        let known = world.withLock { world in
            sids.compactMap { (world[.number, $0] ?? world[.callerID, $0])?.text("phone_number") }
        }
        return known + [call.parameters["PhoneNumber"] ?? ""]
    }

    private static func refusal(_ fault: Fault) -> SandboxAnswer {
        switch fault.kind {
        case .rateLimited: TwilioError.tooManyRequests.answer
        case .revoked: TwilioError.authenticate.answer
        default: error(code: fault.code ?? "20500").answer
        }
    }

    /// The refusal with a code of Twilio's; any other code is told as what it is.
    private static func error(code: String) -> TwilioError {
        guard let known = Int(code), (10_000...99_999).contains(known) else {
            return TwilioError(20500, "Twilio has no error code \(code)")
        }
        return TwilioError(known, "An error was asked for")
    }

    private static func failure(_ failure: StoreFailure) -> SandboxAnswer {
        TwilioError(20500, failure.description).answer
    }
}
