import SwitchboardLanguage

/// The texts that a caller's words give to a script's params, each with its place in those words.
///
/// The words stand behind the script in one source text, so that a fault of theirs is shown where it was made. What a
/// secret param or an unknown one was given is not repeated there: it may be the secret itself.
struct GivenParams {
    /// What one param is given.
    struct Given {
        /// `--name`.
        var flag: Span
        /// Several for a list only.
        var texts: [(text: String, span: Span)]
    }

    /// The script's text with that of the words behind it.
    private(set) var source: SourceText
    /// By param name.
    private(set) var values: [String: Given] = [:]
    /// The params whose flag stands there without a value.
    private(set) var withoutValue: Set<String> = []
    /// Words that give nothing to any param.
    private(set) var faults: [Diagnostic] = []
    /// The names that the host keeps for itself.
    let reserved: Set<String>
    private let parameters: [ProgramParameter]
    private var line = ""
    /// The offset of the line's first byte.
    private let start: Int

    init(_ arguments: ScriptArguments, of program: Program) {
        (source, parameters, reserved) = (program.source, program.parameters, arguments.reserved)
        start = program.source.bytes.count + 1
        var words = arguments.words[...]
        while let word = words.popFirst() { take(word, &words) }
        if !arguments.words.isEmpty { source = source.appending(name: arguments.place, bytes: Array(line.utf8)) }
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) {
        guard word.hasPrefix("--"), word.utf8.count > 2 else {
            return report("'\(word)' is no param; a script takes --NAME VALUE", at: write(Self.quoted(word)))
        }
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let (name, attached) = (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
        let flag = write("--\(name)")
        guard let parameter = parameters.first(where: { $0.name == name }) else {
            if attached != nil { _ = write("=…", touching: true) }
            if attached == nil, Self.isValue(rest.first) {
                rest.removeFirst()
                _ = write("…")
            }
            return reportUnknown(name, at: flag)
        }
        if values[name] != nil, parameter.type.unwrapped.element == nil {
            report("--\(name) is given twice", at: flag)
        }
        var text = attached
        let isToggle = parameter.type.unwrapped == .bool
        if text == nil, isToggle ? ["true", "false"].contains(rest.first) : Self.isValue(rest.first) {
            text = rest.popFirst()
        }
        guard let value = text ?? (isToggle ? "true" : nil) else {
            withoutValue.insert(name)
            return report("--\(name) needs a value: \(parameter.type)", at: flag, help: parameter.help)
        }
        add(value, to: parameter, flag, isWritten: text != nil, isAttached: attached != nil)
    }

    private mutating func add(
        _ value: String, to parameter: ProgramParameter, _ flag: Span, isWritten: Bool, isAttached: Bool
    ) {
        var span = flag
        if isWritten {
            let shown = parameter.type.takesSecret ? "••••••" : Self.quoted(value)
            if isAttached { _ = write("=", touching: true) }
            span = write(shown, touching: isAttached)
        }
        let isList = parameter.type.unwrapped.element != nil
        let texts = isList ? ListLiteral.items(of: value) ?? [value] : [value]
        values[parameter.name, default: Given(flag: flag, texts: [])].texts += texts.map { ($0, span) }
    }

    /// A flag is never taken for a value; `--name=--value` gives such a one.
    private static func isValue(_ word: String?) -> Bool { word.map { !$0.hasPrefix("--") } ?? false }

    // MARK: The line

    private mutating func write(_ text: String, touching: Bool = false) -> Span {
        if !touching, !line.isEmpty { line += " " }
        let begin = start + line.utf8.count
        line += text
        return Span(begin, start + line.utf8.count)
    }

    /// The word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "+-_./,:=@%".unicodeScalars.contains(scalar)
            }
        return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
    }

    private mutating func report(_ message: String, at span: Span, help: String? = nil) {
        faults.append(Diagnostic(CheckFault.badParamValue.rawValue, message, at: span, help: help))
    }

    private mutating func reportUnknown(_ name: String, at span: Span) {
        let names = parameters.map(\.name)
        report(
            "this script has no param --\(name)", at: span,
            help: NearName.guess(for: name, among: names).map { "did you mean '--\($0)'?" }
                ?? (names.isEmpty ? nil : "there are: \(names.map { "--" + $0 }.joined(separator: " "))"))
    }
}
