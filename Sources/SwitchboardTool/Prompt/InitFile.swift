import FoundationEssentials
import Switchboard

/// The script that each session begins with: it names values and commands, and asks and changes nothing.
enum InitFile {
    /// `$XDG_CONFIG_HOME/switchboard/init.swb`, else `~/.config/switchboard/init.swb`; nil where neither is an absolute
    /// path.
    static func path(_ environment: [String: String]) -> String? {
        let folders = [environment["XDG_CONFIG_HOME"], environment["HOME"].map { $0 + "/.config" }]
        return folders.compactMap(\.self).first { $0.hasPrefix("/") }.map { $0 + "/switchboard/init.swb" }
    }

    /// The folders whose files a session's statements may use besides their own.
    static func folders(_ environment: [String: String]) -> [String] {
        path(environment).map { [folder(of: $0)] } ?? []
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }

    /// A definition as it holds in any folder: a file that is used is named from the root.
    static func rooted(_ definition: String, at path: String) -> String {
        let used = definition.withoutWords(1)
        return definition.hasPrefix("use ") && used.hasPrefix(".") ? "use \(folder(of: path))/\(used)" : definition
    }

    /// Why a checked script is more than names; nil where it is not.
    static func refusal(of program: Program, _ registry: Registry) -> SwitchboardError? {
        guard program.effect > .pure else { return nil }
        let call = program.calls.first { call in
            let signature = registry.vocabulary.commands[call.command] ?? program.defs[call.command]?.signature
            return (signature?.effect ?? .pure) > .pure
        }
        let line = call.map { program.source.line(at: $0.span.start) }
        let place = program.source.name + (line.map { ":\($0)" } ?? "")
        return SwitchboardError(
            .invalidArgument,
            "\(place): '\(call?.command ?? "")' \(program.effect.deed), and init.swb only names values and commands",
            help: "the session begins without it")
    }
}

extension PromptSession {
    /// Takes the names of `init.swb`, where there is one; with a fault in it the session begins without them.
    func readInit() {
        guard let path = InitFile.path(ProcessInfo.processInfo.environment),
            FileManager.default.fileExists(atPath: path)
        else { return }
        attempt {
            var request = request("", CancelToken())
            request.source = try ScriptFile.read(path)
            let engine = workplace.engine
            let (program, faults) = engine.program(of: request)
            if faults.isEmpty, let refusal = InitFile.refusal(of: program, engine.registry) { throw refusal }
            var report = workplace.run(request, writer)
            guard report.exitStatus == 0 else { return Output.note("the session begins without init.swb") }
            report.definitions = report.definitions.map { InitFile.rooted($0, at: path) }
            context.take(report, showing: nil)
        }
    }
}
