import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage

/// Ends the script with an error of its own, which `catch` sees as any other.
public enum Fail: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "fail", summary: "stop with an error; catch sees it as any other",
        parameters: [
            Parameter("text", .positional, .string, isRequired: true, help: "what went wrong"),
            Parameter("code", .flag, .string, help: "a name for programs, such as no_site; failed unless given"),
        ],
        input: .none, output: .type(.nothing),
        examples: [.init("try { fail 'no site' --code no_site } catch e { print $e.code }", "no_site")])

    /// The codes that decide the exit status are the engine's own.
    private static let reserved: [ErrorCode] = [.unauthorized, .forbidden, .cancelled, .unknownOutcome]

    /// A code that is written outright is looked at before anything runs.
    public static func fault(in call: CallNode) -> TypeFault? { call.literalText("code").flatMap(whyBad) }

    private static func whyBad(_ code: String) -> TypeFault? {
        if reserved.contains(ErrorCode(rawValue: code)) { return TypeFault("'\(code)' is the engine's own code") }
        let isPlain = code.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        guard !isPlain || code.isEmpty else { return nil }
        return TypeFault("'\(code)' is no code", help: "a code is written in lower case, such as no_site")
    }

    /// Throws the error.
    public static func run(_ call: CommandCall) throws -> Value {
        let code = call.text("code") ?? "failed"
        if let fault = whyBad(code) { throw fault.error }
        throw SwitchboardError(ErrorCode(rawValue: code), try call.required("text"))
    }
}
