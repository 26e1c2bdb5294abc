import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// The flag `--file`: a JSON file as LiveKit's own command line takes them.
enum RoutingFileArgument {
    static let parameter = Parameter(
        "file", .flag, .path, offer: .files([".json"]),
        help: "a JSON file as lk takes it, in any of its shapes; flags beside it win")

    /// Reads the file where the call names one.
    ///
    /// Throws `invalid_argument` with the file's path and what is wrong; shows no value of it.
    static func read(
        _ arguments: [String: Value], as read: (JSON) throws(RoutingFault) -> RoutingFile
    ) throws -> RoutingFile? {
        guard let path = arguments["file"]?.plainText, !path.isEmpty else { return nil }
        let json = try json(path)
        do throws(RoutingFault) { return try read(json) } catch {
            var failure = error.guessed
            failure.message = "\(path): \(failure.message)"
            throw failure
        }
    }

    private static func json(_ path: String) throws -> JSON {
        do throws(DataFault) { return try DataFile.document(path) } catch { throw error.error(in: path) }
    }
}

extension RoutingFault {
    /// The fault as an error, with a guess at what was meant where a name is not known.
    var guessed: SwitchboardError {
        var error = error
        if let unknown { error.help = NearName.help(for: unknown, among: known) ?? error.help }
        return error
    }
}
