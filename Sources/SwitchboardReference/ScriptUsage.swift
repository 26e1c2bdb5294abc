import SwitchboardCore
public import SwitchboardLanguage

/// What a script says of itself: the comment at its top and its params, as far as they can be read.
public struct ScriptUsage: Sendable {
    private let source: SourceText
    private let params: [ParamStatement]
    private let reserved: Set<String>

    /// Reads a script, whatever else is wrong with it; `reserved` are the names that the program's own options have.
    public init(of source: SourceText, reserved: Set<String> = []) {
        self.source = source
        self.reserved = reserved
        params = Parser.parse(source).script.statements.compactMap { statement in
            if case .param(let param) = statement { param } else { nil }
        }
    }

    /// The text that `run FILE --help` shows.
    public var text: String {
        var lines = ["usage: " + (["switchboard", "run", source.name] + params.map(word)).joined(separator: " ")]
        if !description.isEmpty { lines += [""] + description }
        let width = (params.map { label($0).count }.max() ?? 0) + 2
        if !params.isEmpty { lines.append("") }
        for param in params {
            let label = label(param)
            let line = "  \(label)\(String(repeating: " ", count: width - label.count))\(remark(param))"
            lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        }
        return lines.joined(separator: "\n")
    }

    /// The lines of the comment at the top, without their marks; a line that names an interpreter is none of it.
    private var description: [String] {
        var lines: [String] = []
        for line in source.text(Span(source.start, source.bytes.count)).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            let line = line.hasSuffix("\r") ? line.dropLast() : line
            if lines.isEmpty, line.hasPrefix("#!") { continue }
            guard line.hasPrefix("#") else { break }
            lines.append(VisibleText.of(String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1))))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private func isToggle(_ param: ParamStatement) -> Bool { param.type.name.text == "bool" }

    private func isNeeded(_ param: ParamStatement) -> Bool { param.defaultValue == nil && !param.type.isOptional }

    private func label(_ param: ParamStatement) -> String {
        let name = "--\(param.name.text)"
        if isToggle(param) { return name }
        let type = source.text(param.type.span)
        let plain = param.type.isOptional ? String(type.dropLast()) : type
        return "\(name) \(plain)\(param.type.name.text == "list" ? "…" : "")"
    }

    private func word(_ param: ParamStatement) -> String { isNeeded(param) ? label(param) : "[\(label(param))]" }

    private func remark(_ param: ParamStatement) -> String {
        var parts = [param.help].compactMap { $0 }.map(VisibleText.of)
        if let value = param.defaultValue {
            parts.append("(\(VisibleText.of(source.text(value.span))) unless given)")
        }
        if reserved.contains(param.name.text) { parts.append("(behind --, for the program takes this name itself)") }
        return parts.joined(separator: " ")
    }
}
