import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What is checked after the types and before the first effect: the values of params, the files that are read, and
/// the agents and secrets that are named.
struct PreRunCheck {
    /// What the check is made for.
    enum Purpose {
        /// The script runs if it passes: every param has its value.
        case run
        /// Nothing runs: a param without a value has none, and what depends on it is not known.
        case look
    }

    let program: Program
    let compiler: Compiler
    let frame: Frame
    let given: GivenParams
    let purpose: Purpose
    /// The slots of params whose values are not known.
    private var unset: Set<Int> = []

    init(_ program: Program, _ compiler: Compiler, _ frame: Frame, _ given: GivenParams, for purpose: Purpose) {
        (self.program, self.compiler, self.frame) = (program, compiler, frame)
        (self.given, self.purpose) = (given, purpose)
    }

    mutating func run() throws(SwitchboardError) -> [Diagnostic] {
        let faults = given.faults + bindParameters()
        if !faults.isEmpty { return faults }
        return try sandboxFaults() + questionFaults() + dataFaults() + columnFaults() + rowFaults()
            + nameFaults()
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

    private mutating func bindParameters() -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for parameter in program.parameters {
            do throws(Refused) {
                if let given = given.values[parameter.name] {
                    frame.slots[parameter.slot] = try value(of: given, for: parameter)
                } else if let value = parameter.defaultValue {
                    if purpose == .look, asks(parameter) {
                        unset.insert(parameter.slot)
                    } else {
                        frame.slots[parameter.slot] = try evaluate(value, of: parameter)
                    }
                } else if purpose == .look {
                    unset.insert(parameter.slot)
                } else if !given.withoutValue.contains(parameter.name) {
                    faults.append(missing(parameter))
                }
            } catch {
                faults.append(fault(parameter, "--\(parameter.name): \(error.message)", at: error.span))
            }
        }
        return faults
    }

    /// Whether the default asks something: nothing is asked where nothing runs.
    private func asks(_ parameter: ProgramParameter) -> Bool {
        let commands = compiler.registry.vocabulary.commands
        return program.calls.contains { call in
            guard parameter.span.start <= call.span.start, call.span.end <= parameter.span.end else { return false }
            return (program.defs[call.command]?.signature ?? commands[call.command]).map { $0.effect > .pure } ?? true
        }
    }

    private func evaluate(_ value: Node, of parameter: ProgramParameter) throws(Refused) -> Value {
        do { return try compiler.code(value)(frame) } catch { throw Refused(message(error), parameter.span) }
    }

    private func missing(_ parameter: ProgramParameter) -> Diagnostic {
        let name = "--\(parameter.name)"
        let isReserved = given.reserved.contains(parameter.name)
        return Diagnostic(
            CheckFault.badParamValue.rawValue, "\(name) is needed: \(parameter.type)", at: parameter.span,
            help: isReserved ? "the program takes \(name) itself; give the script's own behind --" : parameter.help)
    }

    /// Why a param cannot have what it is given.
    private struct Refused: Error {
        var message: String
        var span: Span

        init(_ message: String, _ span: Span) { (self.message, self.span) = (message, span) }
    }

    /// A list of all that is given, or the one value.
    private func value(of given: GivenParams.Given, for parameter: ProgramParameter) throws(Refused) -> Value {
        guard let element = parameter.type.unwrapped.element else {
            guard let (text, span) = given.texts.first else { return .nothing }
            return try value(of: text, as: parameter.type, at: span)
        }
        var values: [Value] = []
        for (text, span) in given.texts { values.append(try value(of: text, as: element, at: span)) }
        return .list(values)
    }

    private func value(of text: String, as type: ValueType, at span: Span) throws(Refused) -> Value {
        do {
            try checkName(text, type.unwrapped)
            return try value(of: text, as: type)
        } catch { throw Refused(message(error), span) }
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
        case .secret:
            let run = frame.run
            if let secret = try run.store.namedSecret(text, profile: run.profile) { return .secret(secret) }
            throw SwitchboardError(
                .invalidArgument, "a secret is given by its name, and profile '\(run.profile)' has none of this one")
        default: return try Value.read(text, as: type)
        }
    }

    private func fault(_ parameter: ProgramParameter, _ message: String, at span: Span) -> Diagnostic {
        Diagnostic(CheckFault.badParamValue.rawValue, message, at: span, help: parameter.help)
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
            let known: KnownCall
            do {
                known = try knownCall(
                    call, of: compiler.registry.vocabulary.commands[call.command] ?? command.signature, written)
            } catch {
                return [Diagnostic(DataFault.Kind.outside.rawValue, message(error), at: call.span)]
            }
            if ["write", "report"].contains(call.command), let path = known.text("file") { written.insert(path) }
            return command.faults(before: known)
        }
    }

    /// Throws where a path leads to a file that the host does not allow.
    private func knownCall(
        _ call: CallNode, of signature: CommandSignature, _ written: Set<String>
    ) throws -> KnownCall {
        var arguments = call.arguments.compactMapValues(known)
        try frame.run.host.files.resolve(&arguments, of: signature)
        for parameter in signature.parameters where parameter.type.takesSecret {
            if call.arguments[parameter.name] != nil, arguments[parameter.name] == nil {
                arguments[parameter.name] = .secret(KnownCall.unknownSecret)
            }
        }
        let isWhole = call.binding == .none && arguments.count == call.arguments.count
        return KnownCall(
            node: call, arguments: arguments, isWhole: isWhole, written: written, files: frame.run.files,
            registry: compiler.registry)
    }

    /// Two rows of one name, where the rows of a file go straight into a loop.
    private func rowFaults() -> [Diagnostic] {
        program.rowSources.compactMap { source, plan in
            guard let rows = rows(readBy: source), rows.needsNames(by: plan.key) else { return nil }
            do {
                try RowName.requireDistinct(rows, key: plan.key, in: frame)
                rows.noteDistinct(by: plan.key)
                return nil
            } catch {
                // Somebody who ends the run is told so, and nothing of its data.
                if frame.run.cancel.isCancelled { return nil }
                let failure = SwitchboardError(wrapping: error)
                let path = known(source.arguments["file"])?.plainText ?? ""
                return Diagnostic(
                    DataFault.Kind.equalKeys.rawValue, "\(path): \(failure.message)", at: plan.span, help: failure.help)
            }
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
        case .slot(let slot, _)? where unset.contains(slot): nil
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

    /// Where the value of an argument is given: on the command line where that is where it comes from.
    func place(of argument: Node) -> Span {
        if case .convert(let inner, _, _) = argument { return place(of: inner) }
        guard case .slot(let slot, _) = argument, let parameter = program.parameters.first(where: { $0.slot == slot }),
            let given = given.values[parameter.name]
        else { return argument.span }
        return given.texts.last?.span ?? given.flag
    }

    private func evaluate(_ node: Node?) -> Value? { node.flatMap { try? compiler.code($0)(frame) } }
}
