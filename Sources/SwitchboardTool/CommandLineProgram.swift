import AllProviders
import FoundationEssentials
import Glibc
import Switchboard
import SwitchboardTerminal

/// The program: reads the command line, builds the engine, and hands it statements.
struct CommandLineProgram {
    let arguments: [String]

    /// Runs, and returns the exit status.
    func run() -> Int32 {
        do {
            let options = try Options(arguments)
            Output.use(options.colour)
            switch options.action {
            case .version: Output.line("switchboard \(Switchboard.version)")
            case .help(let words): return try help(words)
            case .sandbox(let arguments): throw SandboxProgram.become(arguments)
            case .usage(let path):
                Output.line(ScriptUsage(of: try ScriptFile.read(path), reserved: Options.names).text)
            case .prompt, .statements, .script, .check, .plan: return try Workplace(options).run()
            }
            return Output.finish(0)
        } catch {
            let failure = SwitchboardError(wrapping: error)
            Output.error(failure)
            switch failure.code {
            case .invalidArgument: return 2
            case .unauthorized, .forbidden: return 4
            default: return 1
            }
        }
    }

    private func help(_ words: [String]) throws -> Int32 {
        let registry = try Switchboard.registry(plugins: AllProviders.plugins)
        let reference = Reference(registry)
        let name = words.joined(separator: " ")
        let page = { (name: String) in reference.text(of: name, width: Output.pageWidth) }
        if words.isEmpty || ["run", "check", "plan", "sandbox", "help"].contains(name) {
            let commands = name == "help" || words.isEmpty ? reference.overview : page(name)
            Output.line(Options.usage + (commands.map { "\n\n" + $0 } ?? ""))
        } else if let text = page(name) {
            Output.line(text)
        } else {
            throw SwitchboardError(
                .invalidArgument, "there is no help on '\(name)'", help: reference.guess(for: name))
        }
        return Output.finish(0)
    }
}

/// Reads scripts.
enum ScriptFile {
    /// Reads a file, or standard input where the path is `-`; throws `invalid_argument` where it cannot be read, which says
    /// what the file was to be.
    static func read(_ path: String, as what: String = "script", help: String? = nil) throws -> SourceText {
        if path == "-" { return readInput() }
        let bytes: [UInt8]
        do { bytes = Array(try Data(contentsOf: URL(filePath: path))) } catch {
            let reason = access(path, R_OK) == 0 ? "it is no plain file" : String(cString: strerror(errno))
            throw SwitchboardError(.invalidArgument, "the \(what) '\(path)' cannot be read: \(reason)", help: help)
        }
        return SourceText(name: path, bytes: bytes)
    }

    /// Reads a file, or takes the statements.
    static func read(_ script: Options.Script) throws -> SourceText {
        switch script {
        case .file(let path): try read(path)
        case .statements(let text): SourceText(name: "-c", text: text)
        }
    }

    /// The path from the root.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// Reads all of standard input.
    static func readInput() -> SourceText {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(0, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return SourceText(name: "-", bytes: bytes)
    }
}

/// The emulators, which are a program of their own.
enum SandboxProgram {
    /// The path of the program that stands beside this one.
    static var path: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let bytes = buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }
        let program = String(decoding: bytes, as: UTF8.self)
        return program.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/switchboard-sandbox"
    }

    /// Becomes the sandbox program; returns only when that fails.
    static func become(_ arguments: [String]) -> SwitchboardError {
        let path = path
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        execv(path, &words)
        let reason = String(cString: strerror(errno))
        words.forEach { free($0) }
        return SwitchboardError(.internal, "the program \(path) cannot be started: \(reason)")
    }
}
