import SwitchboardCommands
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore
import SwitchboardTestKit
import Synchronization
import Testing

/// What the store keeps of the secrets of a change, and for how long.
@Suite struct KeptSecretTests {
    private static let text = "hunter2-hunter3"

    private func workspace(_ folder: String? = nil) throws -> Workspace {
        let gate = Plugin(provider: GateProvider.self, commands: [GateShut.self])
        return try Workspace(folder: folder, plugins: [gate])
    }

    private func shut(_ workspace: Workspace, _ gate: String) async throws -> Outcome {
        _ = try workspace.store.setNamedSecret("code", to: Secret(Self.text), profile: "sandbox")
        return await workspace.run("gate shut \(gate) --codes [(secret code) (secret code)]")
    }

    /// The keys that the intent of the run names in the place of its secrets.
    private func intent(_ workspace: Workspace) throws -> (Intent, keys: [String]) {
        let runs = try workspace.store.runs(limit: 9)
        let intent = try #require(try runs.compactMap { try workspace.store.intents(run: $0.id).first?.0 }.first)
        struct Journaled: Decodable { var codes: [String] }
        #expect(!String(decoding: intent.arguments, as: UTF8.self).contains(Self.text))
        return (intent, try decode(Journaled.self, String(decoding: intent.arguments, as: UTF8.self)).codes)
    }

    private func kept(_ workspace: Workspace) throws -> [String] {
        let (intent, keys) = try intent(workspace)
        #expect(Set(keys).count == 2)
        return try keys.compactMap { try workspace.store.keptSecret($0, intent: intent.id)?.reveal() }
    }

    @Test(arguments: [(GateWorld.Answer.done, "shut done"), (.refused, "shut failed"), (.lost, "shut failed")])
    func whatIsSettledKeepsNothing(_ answer: GateWorld.Answer, _ journal: String) async throws {
        let workspace = try workspace()
        GateWorld.set("settled-\(answer)", answer)
        let outcome = try await shut(workspace, "settled-\(answer)")
        #expect(try workspace.journal == [journal])
        #expect(try kept(workspace) == [])
        #expect(GateWorld.codes("settled-\(answer)") == (answer == .done ? [Self.text, Self.text] : []))
        #expect(!"\(outcome)".contains(Self.text))
    }

    @Test(arguments: [true, false]) func theNextProcessAsksWithTheSecretsThatWereKept(hasHappened: Bool) async throws {
        let gate = "asked-\(hasHappened)"
        let workspace = try workspace()
        GateWorld.set(gate, hasHappened ? .doneAndSilent : .silent)
        let outcome = try await shut(workspace, gate)
        #expect(outcome.error?.code == .unknownOutcome)
        #expect(!"\(outcome)".contains(Self.text))
        #expect(try kept(workspace) == [Self.text, Self.text])
        (workspace.store as? SQLiteStore)?.close()

        let next = try self.workspace(workspace.folder)
        let still = await next.run("secret list | count")
        #expect(still.notes.contains { $0.hasPrefix("still unknown: shut \(gate)") })
        #expect(try kept(next) == [Self.text, Self.text])
        GateWorld.set(gate, .done)
        _ = await next.run("secret remove code")
        #expect(try next.journal == [hasHappened ? "shut done" : "shut failed"])
        #expect(try kept(next) == [])
        withExtendedLifetime(workspace) {}
    }
}

/// Gates that their codes shut, and how the next questions to each are answered.
enum GateWorld {
    enum Answer: Sendable { case done, refused, lost, silent, doneAndSilent }

    private static let gates = Mutex<[String: (answer: Answer, codes: [String])]>([:])

    static func set(_ gate: String, _ answer: Answer) {
        gates.withLock { $0[gate] = (answer, $0[gate]?.codes ?? []) }
    }

    static func codes(_ gate: String) -> [String] { gates.withLock { $0[gate]?.codes ?? [] } }

    static func shut(_ gate: String, _ codes: [String]) throws {
        let answer = gates.withLock { gates in
            let answer = gates[gate]?.answer ?? .done
            if answer == .done || answer == .doneAndSilent { gates[gate]?.codes = codes }
            return answer
        }
        if answer == .refused { throw SwitchboardError(.conflict, "the gate is stuck") }
        if answer != .done { throw SwitchboardError(.unreachable, "no answer", mayHaveHappened: true) }
    }

    static func isShut(_ gate: String, by codes: [String]) throws -> Bool {
        let (answer, held) = gates.withLock { $0[gate] ?? (.done, []) }
        if answer == .silent || answer == .doneAndSilent { throw SwitchboardError(.unreachable, "no answer") }
        return held == codes
    }
}

private enum GateShut: ChangingCommand {
    static let signature = CommandSignature(
        "gate shut", summary: "shut a gate",
        parameters: [
            Parameter("gate", .positional, .string, isRequired: true, help: "its name"),
            Parameter("codes", .flag, .list(.secret), isRequired: true, help: "what opens it again"),
        ], output: .type(.nothing), effect: .changes, inverse: "gate open")

    static let effects: [any Effect.Type] = [ShutEffect.self]

    static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    static func run(_ call: CommandCall) throws -> Value {
        let codes = (call.list("codes") ?? []).compactMap { value -> SecretReference? in
            if case .secret(let code) = value { SecretReference(code) } else { nil }
        }
        _ = try call.run.carryOut(ShutEffect(gate: try call.required("gate"), codes: codes))
        return .nothing
    }
}

private struct ShutEffect: Effect {
    static let kind = "shut"
    var gate: String
    var codes: [SecretReference]

    var subject: String { "gate \(gate)" }
    var slots: Intent.Slots { Intent.Slots() }
    var summary: String { "shut \(gate)" }

    func perform(in world: EffectWorld) async throws -> Bool {
        try GateWorld.shut(gate, codes.map { try world.secret($0).reveal() })
        return true
    }

    func foresee(in world: EffectWorld) async throws -> Bool { true }

    func reconcile(in world: EffectWorld) async throws -> Settlement<Bool> {
        try GateWorld.isShut(gate, by: codes.map { try world.secret($0).reveal() }) ? .done(true) : .notDone
    }

    func changes(_ outcome: Bool, in world: EffectWorld) throws -> [LedgerChange] { [] }
    func inverse(of outcome: Bool) -> Inverse { .none(because: "a test") }
}

/// Whom plugins need to bring a command.
private struct GateProvider: NumberProvider {
    static let manifest: ProviderManifest = {
        var manifest = FakeProvider.manifest
        manifest.name = "gates"
        manifest.idKinds = []
        return manifest
    }()

    init(context: ProviderContext) throws {}
    func ownedNumbers(_ filter: OwnedNumberFilter) async throws -> [OwnedNumber] { [] }
    func lookUp(_ number: E164) async throws -> OwnedNumber? { nil }
}
