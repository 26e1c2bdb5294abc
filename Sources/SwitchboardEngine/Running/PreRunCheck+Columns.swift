import SwitchboardCore
import SwitchboardLanguage

/// What a file that is read says to the calls behind it, as far as it is known before the run.
extension PreRunCheck {
    /// The columns of a file without declared ones that bind to no parameter of the command they flow into, or two of
    /// them to one.
    func columnFaults() -> [Diagnostic] {
        program.fieldSources.flatMap { source, call -> [Diagnostic] in
            guard source.arguments["columns"] == nil, let signature = signature(of: call),
                case .record(let row)? = try? rows(readBy: source)?.first()
            else { return [] }
            var bound: Set<String> = []
            var types: [String: ValueType] = [:]
            let faults: [Diagnostic] = row.fields.map(\.name).compactMap { column in
                let name = column.replacing("_", with: "-")
                let parameter = signature.parameters.first { $0.name == name || $0.aliases.contains(name) }
                guard let parameter else { return unbound(column, signature, call) }
                if call.arguments[parameter.name] != nil { return nil }
                if bound.insert(parameter.name).inserted {
                    types[column] = parameter.isRequired ? parameter.type : parameter.type.orNothing
                    return nil
                }
                return Diagnostic(
                    CheckFault.twoFieldsCompete.rawValue, "two columns bind to --\(parameter.name)", at: call.nameSpan)
            }
            return faults.isEmpty && !collects(call) ? cellFaults(types, readBy: source) : faults
        }
    }

    /// Whether a row that fails leaves the others alone; a bad cell is a failed row then.
    private func collects(_ call: CallNode) -> Bool {
        if case .literal("collect", _, _)? = call.rows?.flags["on-error"] { true } else { false }
    }

    /// The cells that cannot be what the parameters take to which their columns bind.
    private func cellFaults(_ types: [String: ValueType], readBy call: CallNode) -> [Diagnostic] {
        guard let rows = rows(readBy: call) else { return [] }
        let path = known(call.arguments["file"])?.plainText ?? ""
        var (row, faults) = (0, [Diagnostic]())
        // What cannot be read is a fault of its own already.
        try? rows.read { value in
            row += 1
            guard case .record(let record) = value else { return true }
            for field in record.fields {
                guard let type = types[field.name] else { continue }
                do { _ = try field.value.converted(to: type) } catch {
                    let failure = SwitchboardError(wrapping: error)
                    faults.append(
                        Diagnostic(
                            DataFault.Kind.badValue.rawValue,
                            "\(path), row \(row), column '\(field.name)': \(failure.message)", at: call.span,
                            help: failure.help))
                }
            }
            return faults.count < DataFile.faultLimit
        }
        return faults
    }

    private func signature(of call: CallNode) -> CommandSignature? {
        program.defs[call.command]?.signature ?? compiler.registry.vocabulary.commands[call.command]
    }

    private func unbound(_ column: String, _ signature: CommandSignature, _ call: CallNode) -> Diagnostic {
        let names = signature.parameters.map { $0.name.replacing("-", with: "_") }
        return Diagnostic(
            CheckFault.unboundField.rawValue, "column '\(column)' binds to no parameter of '\(signature.name)'",
            at: call.nameSpan,
            help: NearName.help(for: column, among: names)
                ?? "leave it out with select in front, or carry it along by declaring all columns with --columns")
    }

    /// Hands over the texts in the columns of a type in a file that a call reads, each with its place, until it is told
    /// to stop.
    func forEachCell(
        of type: ValueType?, readBy call: CallNode, _ look: (_ text: String, _ place: String) -> Bool
    ) {
        guard let type, case .schema(let columns)? = call.arguments["columns"] else { return }
        let names = columns.fields.filter { $0.type.mentions(type) }.map(\.name)
        guard !names.isEmpty, let rows = rows(readBy: call) else { return }
        let path = known(call.arguments["file"])?.plainText ?? ""
        var row = 0
        // What cannot be read is a fault of its own already.
        try? rows.read { value in
            row += 1
            guard case .record(let record) = value else { return true }
            return names.allSatisfy { name in
                guard let text = record[name]?.plainText else { return true }
                return look(text, "\(path), row \(row), column '\(name)'")
            }
        }
    }

    /// The rows of a file that was looked at: its name is known, and nothing earlier in the script writes it.
    func rows(readBy call: CallNode) -> FileRows? {
        guard call.command == "read", let path = known(call.arguments["file"])?.plainText else { return nil }
        let earlier = program.calls.prefix { $0.span != call.span }
        let isWritten = earlier.contains {
            ["write", "report"].contains($0.command) && known($0.arguments["file"])?.plainText == path
        }
        var columns: RecordType?
        if case .schema(let type)? = call.arguments["columns"] { columns = type }
        guard !isWritten, let real = try? frame.run.host.files.resolved(path) else { return nil }
        return frame.run.files.checked(real, columns: columns)
    }
}

extension FileRows {
    /// The first row.
    fileprivate func first() throws -> Value? {
        var first: Value?
        try read { row in
            first = row
            return false
        }
        return first
    }
}
