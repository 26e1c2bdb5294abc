public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

/// Thistle on loopback, with the account `acme`, whose token is `thistle-token`.
public final class ThistleEmulator: Emulator {
    /// `thistle`.
    public static let name = "thistle"
    /// Thistle's own header.
    public static let requestIDHeader: String? = "Idempotency-Key"
    /// The operations, with the faults of Thistle's own that mean something there.
    public static let operations: [String: Set<FaultKind>] = [
        "SearchNumbers": [.endless], "ListNumbers": [.endless], "GetNumber": [], "BuyNumber": [.taken],
        "GiveUpNumber": [],
    ]
    private static let (account, token) = ("acme", "thistle-token")

    private let context: EmulatorContext
    private let book: Mutex<NumberBook>

    /// Loads the account; throws when what was kept cannot be read.
    public init(context: EmulatorContext) throws {
        self.context = context
        book = Mutex(try NumberBook(documents: context.documents) { "tn_\($0)" })
    }

    /// The settings `url` and `account`, and the secret `token`.
    public func connection(url: String) -> EmulatorConnection {
        EmulatorConnection(plain: ["url": url, "account": Self.account], secrets: ["token": Self.token])
    }

    /// The account's `numbers` and their `history`.
    public func state() -> JSON { book.withLock(\.truth) }
    /// Takes `numbers`.
    public func seed(_ things: JSON) throws -> [Seeded] { try book.withLock { try $0.seed(things) } }
    /// Forgets every number.
    public func reset() throws { try book.withLock { try $0.reset() } }

    /// 413 in Thistle's form.
    public func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer {
        ThistleRefusal(413, "too_large", "the body is too large").answer
    }

    /// Answers one call of the API.
    public func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        guard request.header("Authorization") == "Bearer " + Self.token else { return ThistleRefusal.badToken.answer }
        guard let call = ThistleCall(request, account: Self.account) else {
            return ThistleRefusal(404, "no_such_path", "there is nothing at \(request.path)").answer
        }
        return await context.underFaults(
            operation: call.operation, numbers: [call.number], kinds: Self.operations[call.operation] ?? [],
            refusal: { ThistleRefusal($0).answer }, failure: { ThistleRefusal(500, "failed", $0.description).answer }
        ) { fault in
            do { return try book.withLock { try call.run(&$0, fault) } } catch let refusal as ThistleRefusal {
                return refusal.answer
            } catch { return ThistleRefusal(500, "failed", "\(error)").answer }
        }
    }
}

/// A refusal in Thistle's form.
struct ThistleRefusal: Error {
    let answer: SandboxAnswer

    init(_ status: Int, _ code: String, _ message: String) {
        answer = .json(["error": ["code": .string(code), "message": .string(message)]], status: status)
    }

    static let badToken = ThistleRefusal(401, "bad_token", "no such token")

    /// What Thistle says where a fault switch makes it refuse.
    init(_ fault: Fault) {
        switch fault.kind {
        case .rateLimited: self.init(429, "too_fast", "too many requests")
        case .revoked: self = .badToken
        default: self.init(503, fault.code ?? "failed", "something went wrong")
        }
    }
}
