public import SwitchboardCore
public import SwitchboardSandbox
import Synchronization

/// Template on loopback, with one account, whose token is `template-token`.
public final class TemplateEmulator: Emulator {
    /// `template`.
    public static let name = "template"
    /// The operations by the vendor's names, with the faults of the vendor's own that mean something there.
    public static let operations: [String: Set<FaultKind>] = [:]
    private static let token = "template-token"

    private let context: EmulatorContext
    private let book: Mutex<NumberBook>

    /// Loads the account; throws when what was kept cannot be read.
    public init(context: EmulatorContext) throws {
        self.context = context
        book = Mutex(try NumberBook(documents: context.documents) { "number-\($0)" })
    }

    /// The setting `url` and the secret `token`.
    public func connection(url: String) -> EmulatorConnection {
        EmulatorConnection(plain: ["url": url], secrets: ["token": Self.token])
    }

    /// The account's `numbers` and their `history`.
    public func state() -> JSON { book.withLock(\.truth) }
    /// Takes `numbers`.
    public func seed(_ things: JSON) throws -> [Seeded] { try book.withLock { try $0.seed(things) } }
    /// Forgets every number.
    public func reset() throws { try book.withLock { try $0.reset() } }

    /// 413 in the vendor's form.
    public func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer {
        .text("the body is too large", status: 413)
    }

    /// Answers one call of the API; none is written yet.
    public func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        await context.underFaults(
            operation: request.path,
            refusal: { _ in Self.notWritten }, failure: { .text($0.description, status: 500) },
            effect: { _ in Self.notWritten })
    }

    private static let notWritten = SandboxAnswer.text("the emulator of template does not answer this yet", status: 501)
}
