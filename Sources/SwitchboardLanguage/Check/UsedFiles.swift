/// The files that a script uses, directly and through others, each read once.
public struct UsedFiles: Sendable {
    /// The script's text with those of the files behind it, so that every span tells its file.
    public private(set) var source: SourceText
    /// The files, parsed.
    public private(set) var scripts: [Script] = []
    /// What is wrong with them or with the statements that name them.
    public private(set) var diagnostics: [Diagnostic] = []
    private let opener: ScriptOpener
    private var seen: Set<String> = []
    /// The files that are being read, the innermost last.
    private var chain: [String]

    /// Reads the files that a script uses.
    ///
    /// `definitions` are texts that stand beforehand, as a prompt's earlier defs do.
    public init(of script: Script, in source: SourceText, definitions: [String] = [], opener: ScriptOpener) {
        self.source = source
        self.opener = opener
        chain = [opener.identity(source.name) ?? ""]
        for text in definitions { take(Array(text.utf8), name: source.name) }
        read(usedBy: script, named: source.name)
    }

    private mutating func read(usedBy script: Script, named user: String) {
        for case .use(let statement) in script.statements { read(statement, user) }
    }

    private mutating func read(_ statement: UseStatement, _ user: String) {
        let opened: ScriptOpener.Opened
        do throws(ScriptOpener.Refusal) { opened = try opener.open(statement.path.text, user) } catch {
            report(.unreadableUse, error.message, at: statement.path.span, help: error.help)
            return
        }
        if chain.contains(opened.identity) {
            report(.useCycle, "'\(statement.path.text)' uses this file itself", at: statement.path.span)
            return
        }
        guard seen.insert(opened.identity).inserted else { return }
        chain.append(opened.identity)
        take(opened.bytes, name: opened.name)
        chain.removeLast()
    }

    private mutating func take(_ bytes: [UInt8], name: String) {
        source = source.appending(name: name, bytes: bytes)
        let (script, faults) = Parser.parse(source)
        diagnostics += faults
        for statement in script.statements {
            switch statement {
            case .def, .use: continue
            default:
                report(
                    .useContent, "a file that is used holds only def and use", at: statement.span,
                    help: "wrap it in a def")
            }
        }
        scripts.append(script)
        read(usedBy: script, named: name)
    }

    private mutating func report(_ fault: CheckFault, _ message: String, at span: Span, help: String? = nil) {
        diagnostics.append(Diagnostic(fault.rawValue, message, at: span, help: help))
    }
}

/// Opens the files that scripts use; the host says which it may.
public struct ScriptOpener: Sendable {
    /// A file, opened.
    public struct Opened: Sendable {
        /// The same for the same file, however it is named.
        public var identity: String
        /// What diagnostics call it.
        public var name: String
        /// What is in it.
        public var bytes: [UInt8]

        /// Makes an opened file.
        public init(identity: String, name: String, bytes: [UInt8]) {
            self.identity = identity
            self.name = name
            self.bytes = bytes
        }
    }

    /// Why a file is not opened.
    public struct Refusal: Error, Hashable, Sendable {
        /// One sentence.
        public var message: String
        /// A hint.
        public var help: String?

        /// Makes a refusal.
        public init(_ message: String, help: String? = nil) {
            self.message = message
            self.help = help
        }
    }

    /// The identity of a script by the name of its source; nil where it is no file.
    public var identity: @Sendable (String) -> String?
    /// Opens a path as it is written in the file of the second name.
    public var open: @Sendable (_ path: String, _ user: String) throws(Refusal) -> Opened

    /// Makes an opener.
    public init(
        identity: @escaping @Sendable (String) -> String?,
        open: @escaping @Sendable (_ path: String, _ user: String) throws(Refusal) -> Opened
    ) {
        self.identity = identity
        self.open = open
    }
}
