import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What is checked after the types and before the first effect: the values of params, the files that are read, and
/// the agents and secrets that are named.
struct PreRunCheck {
    let program: Program
    let compiler: Compiler
    let frame: Frame

    func run(parameters: [String: String]) -> [Diagnostic] {
        let faults = bindParameters(parameters)
        return faults.isEmpty ? sandboxFaults() + questionFaults() + dataFaults() + rowFaults() + nameFaults() : faults
    }

    /// Calls that steer the emulators, in a profile that has none.
    private func sandboxFaults() -> [Diagnostic] {
        let (commands, providers) = (compiler.registry.vocabulary.commands, frame.run.providers)
        if providers.isSandbox { return [] }
        return program.calls.filter { commands[$0.command]?.isSandboxOnly ?? false }.map { call in
            Diagnostic(
                CheckFault.sandboxOnly.rawValue,
                "'\(call.command)' steers the sandbox, and this is profile '\(providers.profile.name)'",
                at: call.nameSpan, help: "run it with --profile \(Profile.sandboxName), which is the default")
        }
    }

    /// Questions to a person, where nobody can be asked.
    private func questionFaults() -> [Diagnostic] {
        if frame.run.host.confirm != nil { return [] }
        return program.calls.filter { $0.command == "confirm" }.map { call in
            Diagnostic(
                CheckFault.nobodyToAsk.rawValue, "'confirm' asks at a terminal, and there is none here",
                at: call.nameSpan, help: "run the script at a terminal, or give --yes to answer yes to all")
        }
    }

    // MARK: Params

    private func bindParameters(_ given: [String: String]) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let names = program.parameters.map(\.name)
        for name in given.keys.sorted() where !names.contains(name) {
            let near = NearName.guess(for: name, among: names)
            faults.append(
                Diagnostic(
                    CheckFault.badParamValue.rawValue, "this script has no param --\(name)", at: Span(0, 0),
                    help: near.map { "did you mean '--\($0)'?" }
                        ?? (names.isEmpty ? nil : "there are: \(names.map { "--" + $0 }.joined(separator: " "))")))
        }
        for parameter in program.parameters {
            do {
                if let text = given[parameter.name] {
                    try checkName(text, parameter.type.unwrapped)
                    frame.slots[parameter.slot] = try value(of: text, as: parameter.type)
                } else if let value = parameter.defaultValue {
                    frame.slots[parameter.slot] = try compiler.code(value)(frame)
                } else {
                    faults.append(fault(parameter, "--\(parameter.name) is needed: \(parameter.type)"))
                }
            } catch {
                faults.append(fault(parameter, "--\(parameter.name): \(message(error))"))
            }
        }
        return faults
    }

    /// A provider is registered, and an id is one of its kind; an agent may be given by name.
    private func checkName(_ text: String, _ type: ValueType) throws {
        let registry = frame.run.registry
        switch type {
        case .provider where registry.plugins[text] == nil:
            throw SwitchboardError(.invalidArgument, "no provider '\(text)' is registered")
        case .id(let wanted):
            switch registry.vocabulary.readID(text) {
            case .id(let kind) where wanted == nil || kind == wanted: return
            case .noID where wanted == "agent": return
            default: throw SwitchboardError(.invalidArgument, "'\(text)' is no \(type)")
            }
        default: return
        }
    }

    /// A param's value; a secret is given by the name that it is stored under, since everybody on a machine can read what
    /// its programs are given.
    ///
    /// Should somebody have given the secret itself, it is not repeated.
    private func value(of text: String, as type: ValueType) throws -> Value {
        switch type {
        case .optional(let inner): return text.isEmpty ? .nothing : try value(of: text, as: inner)
        case .list(let element): return .list([try value(of: text, as: element)])
        case .secret:
            let run = frame.run
            if let secret = try run.store.namedSecret(text, profile: run.profile) { return .secret(secret) }
            throw SwitchboardError(
                .invalidArgument, "a secret is given by its name, and profile '\(run.profile)' has none of this one")
        default: return try Value.read(text, as: type)
        }
    }

    private func fault(_ parameter: ProgramParameter, _ message: String) -> Diagnostic {
        Diagnostic(CheckFault.badParamValue.rawValue, message, at: parameter.span, help: parameter.help)
    }

    func message(_ error: any Error) -> String {
        ((error as? RunFault)?.error ?? SwitchboardError(wrapping: error)).message
    }

    // MARK: Data

    /// Every command has a look at what it is known to be told, at files above all: what the last line of one has wrong
    /// is found before the first row runs.
    private func dataFaults() -> [Diagnostic] {
        var written: Set<String> = []
        return program.calls.flatMap { call -> [Diagnostic] in
            guard let command = compiler.registry.commands[call.command] else { return [] }
            let known = knownCall(call, of: command.signature, written)
            if ["write", "report"].contains(call.command), let path = known.text("file") { written.insert(path) }
            return command.faults(before: known)
        }
    }

    private func knownCall(_ call: CallNode, of signature: CommandSignature, _ written: Set<String>) -> KnownCall {
        var arguments = call.arguments.compactMapValues(known)
        for parameter in signature.parameters where parameter.type.takesSecret {
            if call.arguments[parameter.name] != nil, arguments[parameter.name] == nil {
                arguments[parameter.name] = .secret(KnownCall.unknownSecret)
            }
        }
        let isWhole = call.binding == .none && arguments.count == call.arguments.count
        return KnownCall(node: call, arguments: arguments, isWhole: isWhole, written: written)
    }

    /// Two rows of one name, where the rows of a file go straight into a loop.
    private func rowFaults() -> [Diagnostic] {
        program.rowSources.filter { $0.source.command == "read" }.compactMap { source, plan in
            let earlier = program.calls.prefix { $0.span != source.span }
            guard let path = known(source.arguments["file"])?.plainText,
                !earlier.contains(where: { known($0.arguments["file"])?.plainText == path && $0.command != "read" })
            else { return nil }
            var columns: RecordType?
            if case .schema(let type)? = source.arguments["columns"] { columns = type }
            guard case .list(let rows)? = try? DataFile.read(path, columns: columns) else { return nil }
            do { _ = try RowName.all(of: rows, key: plan.key) } catch {
                let failure = SwitchboardError(wrapping: error)
                return Diagnostic("D010", "\(path): \(failure.message)", at: plan.span, help: failure.help)
            }
            return nil
        }
    }

    /// The value of an argument that is known before the run: a literal, or a name that is bound to one.
    func known(_ node: Node?) -> Value? {
        switch node {
        case nil: nil
        case .literal?: evaluate(node)
        case .text(let text)?: .string(text)
        case .string(let pieces, _)?: joined(pieces.map(known))
        case .convert(let inner, let type, _)?: known(inner).flatMap { try? $0.converted(to: type) }
        case .schema(let type)?: .schema(type)
        case .list(let nodes, _)?: all(nodes.map(known)).map { .list($0) }
        case .record(let fields, _, _)?:
            all(fields.map { known($0.value) }).map { values in
                .record(Record(nil, zip(fields, values).map { .init($0.name, $1) }))
            }
        case .slot(let slot, _)?:
            program.parameters.contains { $0.slot == slot }
                ? frame.slots[slot] : program.constants[slot].flatMap { known($0) }
        default: nil
        }
    }

    private func joined(_ pieces: [Value?]) -> Value? {
        all(pieces).map { .string($0.map(\.spokenText).joined()) }
    }

    private func all(_ values: [Value?]) -> [Value]? {
        let known = values.compactMap { $0 }
        return known.count == values.count ? known : nil
    }

    private func evaluate(_ node: Node?) -> Value? { node.flatMap { try? compiler.code($0)(frame) } }
}
