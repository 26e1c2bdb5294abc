import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Brings numbers into the workspace, each as its source wants it.
public enum Import: ChangingCommand {
    /// The declaration, without the sources that providers bring.
    public static let signature = CommandSignature(
        "import",
        summary:
            "bring a number into the workspace as its source wants it: buy it, lead it here, or register it on a trunk",
        parameters: [
            Parameter(
                "e164", .positional, .phone, isRequired: true, isMain: true, aliases: ["number"], help: "the number"),
            Parameter(
                "source", .flag, .string, isRequired: true, aliases: ["provider", "type"],
                help:
                    "livekit buys the number there; twilio leads one of your own account here; byoc registers one of any "
                    + "carrier's on a trunk"),
            Parameter("label", .flag, .string, help: "your own words for it"),
            Parameter(
                "trunk-id", .flag, RoutingReferenceParameter.trunkType, aliases: ["trunk"],
                help: "byoc: the trunk that carries it, by id or name"),
            Parameter("agent", .flag, .id("agent"), aliases: ["agent-id"], help: "the agent that answers it"),
            Parameter(
                "account", .flag, .string,
                help: "the account that has it, by the name of the profile that connect made, or by its id"),
            Parameter(
                "replace", .toggle, .bool,
                help: "also a number whose calls its account leads to an application or to another trunk"),
        ],
        output: .type(.record(RecordTypes.number)), effect: .spends,
        inverse: "release for a bought number, remove for any other",
        examples: [
            .init(
                "import +15105550101 --source byoc --trunk-id main --agent support", "a number of your own carrier",
                setUp: "agent add support; trunk create --name main --numbers +15105550100"),
            .init("import +12125550123 --source livekit --label 'front desk'", "buys exactly this number, or nothing"),
            .init(
                "read ./numbers.csv | import --parallel 8 --on-error collect | report ./numbers-report.csv",
                "a file of mixed sources; the same file again changes nothing",
                setUp: "trunk create --name main --numbers +15105550100; "
                    + "[{e164: +12125550124, source: 'livekit', trunk_id: ''} "
                    + "{e164: +15105550102, source: 'byoc', trunk_id: 'main'}] | write ./numbers.csv"),
        ])

    /// The declaration with the sources and accounts that the providers bring.
    public static func signature(with plugins: [Plugin]) -> CommandSignature {
        var signature = signature
        let words = ImportSources.all(of: plugins).map(\.name)
        signature.parameters += plugins.flatMap(CarriedImport.parameters)
        signature.examples += plugins.compactMap(CarriedImport.init).map(\.example)
        for index in signature.parameters.indices where signature.parameters[index].name == "source" {
            signature.parameters[index].type = .choice(words)
        }
        return signature
    }

    /// What it hands to the door.
    public static let effects: [any Effect.Type] =
        [
            PurchaseEffect.self, RegisterEffect.self, BindEffect.self, ReleaseEffect.self, ForgetEffect.self,
            UnbindEffect.self, AssignRuleEffect.self,
        ] + CarrierWay.effects

    /// What the source lacks, or does not take, where the script tells it.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        guard let word = call.text("source"), let bound = call.boundParameters,
            let source = ImportSources.source(word, call.registry),
            let fault = source.fault(given: bound, written: call.writtenParameters)
        else { return [] }
        return [call.fault(.refusedArguments, fault.message, at: fault.parameter, help: fault.help)]
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Imports; the same again is left, and finished where its agent was never bound.
    public static func run(_ call: CommandCall) throws -> Value {
        let row = try ImportRow(call)
        let source = try ImportSources.find(try call.required("source"), call.run.registry)
        let given = Set(call.arguments.keys.filter { call[$0].map { !$0.isEmptyText } ?? false })
        if let fault = source.fault(given: given, written: given) { throw fault.ofRow }
        return try call.run.alone(with: row.e164) { try take(row, source, call) }
    }

    private static func take(_ row: ImportRow, _ source: any ImportSource, _ call: CommandCall) throws -> Value {
        if let held = try held(row.e164, call.run) { return Value(try keep(held, row, source, call.run)) }
        do { try source.obtain(row, call.run) } catch let error as SwitchboardError where error.code == .alreadyOwned {
            // Another row or run may have brought it in since the ledger was read.
            guard let held = try held(row.e164, call.run) else { throw error }
            return Value(try keep(held, row, source, call.run))
        }
        let obtained = try call.run.ledger(row.e164)
        guard let agent = row.agent else { return Value(obtained) }
        do { return Value(try BindEffect.carryOut(obtained, agent, call.run)) } catch {
            throw SwitchboardError(wrapping: error).leavingUnbound(row.e164, agent)
        }
    }

    private static func held(_ e164: E164, _ run: RunSession) throws -> WorkspaceNumber? {
        try run.store.number(e164, profile: run.profile).flatMap { $0.status == .released ? nil : $0 }
    }

    /// The number is in the workspace already: nothing changes, but for an agent that was never bound.
    private static func keep(
        _ held: WorkspaceNumber, _ row: ImportRow, _ source: any ImportSource, _ run: RunSession
    ) throws -> WorkspaceNumber {
        if source.leads(to: held.source) { try source.requireThere(held, run) }
        if let difference = try row.difference(from: held, source, run) {
            throw SwitchboardError(
                .conflict, "\(held.e164) is in the workspace already, and its \(difference.what)",
                help: "nothing is changed; get \(held.e164) shows it", fields: [difference.field: difference.what])
        }
        if row.agent != nil, !held.capabilities.contains("inbound") {
            throw SwitchboardError(
                .invalidArgument, "\(held.e164) takes no calls and so no agent: its source is \(held.source.rawValue)"
            ).about("agent_id")
        }
        try source.finish(held, row, run)
        let held = try run.ledger(row.e164)
        if let agent = row.agent {
            if !row.replaces { try BindEffect.requireFree(held, for: agent, run) }
            return try BindEffect.carryOut(held, agent, run)
        }
        try run.unchanged("\(held.e164) is in the workspace already")
        return held
    }
}

extension Value {
    /// Whether it is a text or a secret without any characters.
    fileprivate var isEmptyText: Bool {
        if case .secret(let secret) = self { return secret.reveal().isEmpty }
        return plainText == ""
    }
}

extension SwitchboardError {
    /// The failure to bind a number that was obtained: the number stays, and nobody is left to guess that.
    fileprivate func leavingUnbound(_ number: E164, _ agent: Agent) -> SwitchboardError {
        var error = self
        error.message = "\(number) is obtained, unbound: \(message)"
        error.help = [help, "the same import again binds it to \(agent.name)"].compactMap { $0 }.joined(separator: "; ")
        return error
    }
}

extension TypeFault {
    /// The same fault where only the run finds it.
    fileprivate var ofRow: SwitchboardError {
        let field = (parameter ?? "source").replacing("-", with: "_")
        return SwitchboardError(
            .invalidArgument, message, help: help, fields: [field: message])
    }
}
