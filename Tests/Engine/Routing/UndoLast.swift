import FoundationEssentials
import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// Takes back the last change that the journal has, from what the journal says of it.
enum UndoLast: ChangingCommand {
    static let signature = CommandSignature(
        "undo-last", summary: "take the last change back", output: .type(.nothing), effect: .changes)

    static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    static func run(_ call: CommandCall) throws -> Value {
        let effects = call.run.registry.commands.values.flatMap { ($0 as? any ChangingCommand.Type)?.effects ?? [] }
        let runs = try call.run.store.runs(limit: 100).filter { $0.id != call.run.id }
        for (intent, outcome) in try runs.flatMap({ try call.run.store.intents(run: $0.id).reversed() }) {
            guard case .done(let json)? = outcome, let index = effects.firstIndex(where: { $0.kind == intent.kind })
            else {
                continue
            }
            try takeBack(inverse(effects[index], intent, json), call.run)
            return .nothing
        }
        throw SwitchboardError(.notFound, "nothing to take back")
    }

    private static func takeBack(_ inverse: Inverse, _ run: RunSession) throws {
        switch inverse {
        case .unneeded: return
        case .none(let reason), .never(let reason): throw SwitchboardError(.unsupported, reason)
        case .effect(let effect): try carryOut(effect, run)
        }
    }

    private static func inverse<E: Effect>(_ type: E.Type, _ intent: Intent, _ outcome: [UInt8]) throws -> Inverse {
        try JSONDecoder().decode(E.self, from: Data(intent.arguments))
            .inverse(of: JSONDecoder().decode(E.Outcome.self, from: Data(outcome)))
    }

    private static func carryOut(_ effect: some Effect, _ run: RunSession) throws { _ = try run.carryOut(effect) }
}
