import SwitchboardCore
import SwitchboardSandbox
import SwitchboardTestKit
import Synchronization

/// The smallest emulator: counts the calls that had an effect, and repeats what it was sent.
final class EchoEmulator: Emulator {
    static let name = "echo"
    static let bodyLimit = 1000
    static let requestIDHeader: String? = "X-Request"

    let context: EmulatorContext
    let effects = Mutex(0)

    init(context: EmulatorContext) { self.context = context }

    func answer(_ request: SandboxRequest) async -> SandboxAnswer {
        await context.underFaults(
            operation: request.path, numbers: [request.parameter("number") ?? ""], kinds: [],
            refusal: { .text("sorry", status: $0.kind == .rateLimited ? 429 : 503) },
            failure: { .text($0.description, status: 500) },
            effect: { _ in
                effects.withLock { $0 += 1 }
                return .json([
                    "path": .string(request.path), "body": .string(String(decoding: request.body, as: UTF8.self)),
                ])
            })
    }

    func refusalOfLargeBody(_ request: SandboxRequest) -> SandboxAnswer { .text("too much", status: 413) }

    func state() -> JSON { ["effects": .integer(effects.withLock { $0 })] }

    func seed(_ things: JSON) throws -> [Seeded] {
        guard let count = things["effects"]?.integer else { throw SeedRefusal("a seed has effects") }
        effects.withLock { $0 = count }
        return [Seeded("effects", id: "\(count)")]
    }

    func reset() throws { effects.withLock { $0 = 0 } }

    func connection(url: String) -> EmulatorConnection { EmulatorConnection(plain: ["url": url], secrets: [:]) }
}

/// An echo on a port of its own.
struct EchoServer {
    let emulator: EchoEmulator
    let listener: SandboxListener
    let client: LoopbackClient

    init(store: DocumentStore = .inMemory) throws {
        let context = try EmulatorContext(emulator: "echo", store: store)
        emulator = EchoEmulator(context: context)
        listener = try SandboxListener(emulator: emulator, context: context)
        client = LoopbackClient(port: listener.port)
    }

    func fault(_ json: String) async -> LoopbackClient.Reply? {
        await client.send("POST", "/_sandbox/faults", body: json)
    }
}
