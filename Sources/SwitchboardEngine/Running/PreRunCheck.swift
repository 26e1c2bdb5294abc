import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// What is checked after the types and before the first effect: the values of params, the files that are read, and
/// the agents that are named.
struct PreRunCheck {
    let program: Program
    let compiler: Compiler
    let frame: Frame

    func run(parameters: [String: String]) -> [Diagnostic] {
        let faults = bindParameters(parameters)
        return faults.isEmpty ? dataFaults() + agentFaults() : faults
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
                    frame.slots[parameter.slot] = try Value.read(text, as: parameter.type)
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

    private func fault(_ parameter: ProgramParameter, _ message: String) -> Diagnostic {
        Diagnostic(CheckFault.badParamValue.rawValue, message, at: parameter.span, help: parameter.help)
    }

    private func message(_ error: any Error) -> String {
        ((error as? RunFault)?.error ?? SwitchboardError(wrapping: error)).message
    }

    // MARK: Data

    /// Reads every file whose name is known, whole; a bad cell in its last line is found before the first row runs.
    private func dataFaults() -> [Diagnostic] {
        program.calls.filter { $0.command == "read" }.flatMap { call -> [Diagnostic] in
            guard let path = known(call.arguments["file"])?.plainText else { return [] }
            var schema: RecordType?
            if case .schema(let type)? = call.arguments["columns"] { schema = type }
            do throws(DataFault) {
                _ = try DataFile.read(path, columns: schema)
                return []
            } catch {
                return error.cells.map { cell in
                    Diagnostic(cell.code, cell.message(in: path), at: call.span, help: cell.help)
                }
            }
        }
    }

    /// The value of an argument that is known before the run: a literal, or a name that is bound to one.
    private func known(_ node: Node?) -> Value? {
        switch node {
        case nil: nil
        case .literal?: evaluate(node)
        case .string(let pieces, _)?:
            pieces.allSatisfy { if case .text = $0 { true } else { known($0) != nil } } ? evaluate(node) : nil
        case .convert(let inner, _, _)?: known(inner) == nil ? nil : evaluate(node)
        case .slot(let slot, _)?:
            program.parameters.contains { $0.slot == slot }
                ? frame.slots[slot] : program.constants[slot].flatMap { known($0) }
        default: nil
        }
    }

    private func evaluate(_ node: Node?) -> Value? { node.flatMap { try? compiler.code($0)(frame) } }

    // MARK: Agents

    private func isID(_ name: String) -> Bool { compiler.registry.vocabulary.readID(name) != .noID }

    /// Agents that are named outright exist, or are added earlier in the script.
    private func agentFaults() -> [Diagnostic] {
        let references = program.calls.compactMap { call -> (String, CallNode)? in
            guard call.command == "bind-agent", let name = known(call.arguments["agent"])?.plainText else { return nil }
            return (name, call)
        }
        if references.isEmpty { return [] }
        var names: Set<String>
        do {
            names = Set(try frame.run.store.agents(profile: frame.run.profile).flatMap { [$0.id, $0.name] })
        } catch {
            return [Diagnostic(RunTimeFault.code(of: .storeUnavailable), message(error), at: references[0].1.span)]
        }
        for call in program.calls where call.command == "agent add" {
            if let name = known(call.arguments["name"])?.plainText { names.insert(name) } else { return [] }
        }
        return references.filter { !names.contains($0.0) }.map { name, call in
            let near = NearName.guess(for: name, among: Array(names))
            return Diagnostic(
                CheckFault.unknownAgent.rawValue, "no agent '\(name)' in profile '\(frame.run.profile)'",
                at: call.arguments["agent"]?.span ?? call.span,
                help: near.map { "did you mean '\($0)'?" } ?? (isID(name) ? "agent list shows them" : "add it with: agent add \(name)"))
        }
    }
}
