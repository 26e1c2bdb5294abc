import FoundationEssentials
import Switchboard

/// Locks a safe, which is a file that holds its code: a vendor that only the secret can be asked about.
enum SafeLock: ChangingCommand {
    static let signature = CommandSignature(
        "safe lock", summary: "lock a safe with a new code",
        parameters: [
            Parameter("file", .positional, .path, isRequired: true, help: "the safe"),
            Parameter("code", .flag, .secret, isRequired: true, help: "its new code"),
        ], output: .type(.nothing), effect: .changes, inverse: "safe lock")

    static let effects: [any Effect.Type] = [LockEffect.self]

    static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    static func run(_ call: CommandCall) throws -> Value {
        guard case .secret(let code)? = call["code"] else { return .nothing }
        let effect = LockEffect(file: try call.required("file"), code: SecretReference(code))
        _ = try call.run.carryOut(effect)
        return .nothing
    }
}

struct LockEffect: Effect {
    struct Locked: Codable, Sendable {}

    static let kind = "lock"
    var file: String
    var code: SecretReference

    var subject: String { "safe \(file)" }
    var slots: Intent.Slots { Intent.Slots() }
    var summary: String { "lock the safe \(file)" }

    func perform(in world: EffectWorld) async throws -> Locked {
        try Data(world.secret(code).reveal().utf8).write(to: URL(filePath: file))
        return Locked()
    }

    func foresee(in world: EffectWorld) async throws -> Locked { Locked() }

    func reconcile(in world: EffectWorld) async throws -> Settlement<Locked> {
        let code = Data(try world.secret(code).reveal().utf8)
        return try Data(contentsOf: URL(filePath: file)) == code ? .done(Locked()) : .notDone
    }

    func changes(_ outcome: Locked, in world: EffectWorld) throws -> [LedgerChange] { [] }
    func inverse(of outcome: Locked) -> Inverse { .none(because: "nobody knows the old code") }
}
