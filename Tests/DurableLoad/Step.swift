import Switchboard

/// Takes a step of a run, which is journaled as every change is, and changes nothing.
enum Step: ChangingCommand {
    static let signature = CommandSignature(
        "step", summary: "take a step",
        parameters: [Parameter("number", .positional, .int, isRequired: true, help: "which one")],
        output: .type(.nothing), effect: .changes, inverse: "step")

    static let effects: [any Effect.Type] = [StepEffect.self]

    static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    static func run(_ call: CommandCall) throws -> Value {
        guard case .int(let number)? = call["number"] else { return .nothing }
        _ = try call.run.carryOut(StepEffect(number: Int(number)))
        return .nothing
    }
}

struct StepEffect: Effect {
    struct Taken: Codable, Sendable {}

    static let kind = "step"
    var number: Int

    var subject: String { "step \(number)" }
    var slots: Intent.Slots { Intent.Slots() }
    var summary: String { "take step \(number)" }

    func perform(in world: EffectWorld) async throws -> Taken { Taken() }
    func foresee(in world: EffectWorld) async throws -> Taken { Taken() }
    func reconcile(in world: EffectWorld) async throws -> Settlement<Taken> { .notDone }
    func changes(_ outcome: Taken, in world: EffectWorld) throws -> [LedgerChange] { [] }
    func inverse(of outcome: Taken) -> Inverse { .unneeded }
}
