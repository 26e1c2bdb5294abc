/// A list as it is written outside a script, such as on a command line.
public enum ListLiteral {
    /// The texts of the items of `[a 'b c' 3]`, quotes taken off; nil for a text that is no list of plain items.
    public static func items(of text: String) -> [String]? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        let (script, faults) = Parser.parse(SourceText(name: "list", text: "print \(text)"))
        guard faults.isEmpty, script.statements.count == 1, case .pipeline(let pipeline) = script.statements[0],
            pipeline.stages.isEmpty, case .stage(.call(let call)) = pipeline.head, call.arguments.count == 1,
            case .operand(.list(let operands, _)) = call.arguments[0]
        else { return nil }
        let items = operands.compactMap(plainText)
        return items.count == operands.count ? items : nil
    }

    private static func plainText(_ operand: Operand) -> String? {
        switch operand {
        case .word(let name): return name.text
        case .literal(let literal):
            guard case .string(let parts) = literal.kind else { return literal.text }
            guard parts.count <= 1, case .text(let text) = parts.first ?? .text("") else { return nil }
            return text
        default: return nil
        }
    }
}
