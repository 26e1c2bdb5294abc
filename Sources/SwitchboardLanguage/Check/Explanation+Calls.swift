extension Explanation {
    /// One call: a line with its words, and below it a table of what it takes, gives and does.
    mutating func tell(_ call: CallNode) {
        let def = program.defs[call.command]
        guard let signature = def?.signature ?? vocabulary.commands[call.command] else { return }
        note(signature.effect)
        line(sourceText(call.span))
        inside { telling in
            telling.table(
                telling.flow(call, signature) + telling.parameters(call, signature, def)
                    + telling.deeds(call, signature, isDef: def != nil))
            for node in call.arguments.sorted(by: { $0.key < $1.key }).map(\.value) { telling.tellNested(in: node) }
            if let def { telling.tellBody(of: def) }
        }
    }

    private typealias Row = (label: String, text: String)

    private mutating func table(_ rows: [Row]) {
        let width = (rows.map(\.label.count).max() ?? 0) + 2
        for row in rows {
            let label = row.label + String(repeating: " ", count: width - row.label.count)
            line(label + row.text, hanging: width)
        }
    }

    // MARK: What it takes

    private func flow(_ call: CallNode, _ signature: CommandSignature) -> [Row] {
        guard let input = call.input else { return [] }
        switch signature.input {
        case .whole: return [("takes", "\(input), as a whole")]
        case .none: return []
        case .items, .eachItem:
            return [("takes", input.element == nil ? "\(input)" : "\(input), one item after the other")]
        }
    }

    private func parameters(_ call: CallNode, _ signature: CommandSignature, _ def: DefNode?) -> [Row] {
        var rows: [Row] = []
        var open: [String] = []
        for (index, parameter) in signature.parameters.enumerated() {
            if let value = call.arguments[parameter.name] {
                rows.append((parameter.name, parameter.form == .toggle ? "set" : "\(spelling(of: value)), written"))
            } else if let source = source(of: parameter.name, call.binding) {
                rows.append((parameter.name, source))
            } else if let value = def?.parameters[index].defaultValue {
                rows.append((parameter.name, "\(spelling(of: value)), its default"))
            } else {
                open.append(parameter.form.isNamed ? "--\(parameter.name)" : parameter.name.uppercased())
            }
        }
        if call.binding == .late, !open.isEmpty {
            rows.append(("from the item", "what of it fits, by its type or by its fields' names; the run will know"))
        }
        if !open.isEmpty { rows.append(("not given", open.joined(separator: " "))) }
        let flags = flags(call.rows?.flags ?? [:])
        if !flags.isEmpty { rows.append(("rows", flags.joined(separator: " "))) }
        return rows
    }

    private func source(of parameter: String, _ binding: InputBinding) -> String? {
        switch binding {
        case .main(parameter): "the item, by its type"
        case .fields(let fields): fields[parameter].map { "the item's field .\($0), by its name" }
        default: nil
        }
    }

    // MARK: What it does

    /// What it makes, does and needs; of a def only the strongest effect, since its calls are told below it.
    private func deeds(_ call: CallNode, _ signature: CommandSignature, isDef: Bool) -> [Row] {
        var rows: [Row] = [("gives", "\(call.output)")]
        guard signature.effect > .pure else { return rows }
        rows.append(("effect", signature.effect.word + (isDef ? "" : cost(call, signature))))
        if signature.effect >= .changes, !isDef {
            rows.append(("taken back", signature.inverse.map { "by \($0)" } ?? "by nothing"))
        }
        if let capability = signature.capability {
            let providers = able(to: capability, call)
            let verb = providers.count == 1 ? "offers" : "offer"
            rows.append(("needs", "\(capability), which \(providers.joined(separator: " and ")) \(verb)"))
        }
        return rows
    }

    private func cost(_ call: CallNode, _ signature: CommandSignature) -> String {
        guard signature.effect == .spends else { return "" }
        let item = call.input?.element ?? call.input
        return item?.record?.type(of: "monthly_cost") == nil
            ? "; what it costs is not known before" : "; the item's monthly_cost tells what it costs, where it is known"
    }

    /// The provider that the call names, or all that can do it.
    private func able(to capability: String, _ call: CallNode) -> [String] {
        for case .literal(let name, .provider, _) in call.arguments.values { return [name] }
        return vocabulary.providers.filter { $0.value[capability] == .some(nil) }.keys.sorted()
    }
}

extension Parameter.Form {
    /// Whether it is given by its name.
    fileprivate var isNamed: Bool { self == .flag || self == .toggle }
}
