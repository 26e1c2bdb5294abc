import FoundationEssentials
import SwitchboardTestKit
import Testing

/// The Python whose packages the tests compare with.
enum OraclePython {
    /// The folder of the package.
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// Runs a script of the project; a missing interpreter is a failure that says what to run.
    ///
    /// `-I` keeps the script's folder out of Python's module path, where `numbers.py` would hide a standard module.
    static func run(_ script: String, _ arguments: [String] = []) async throws -> Subprocess {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"],
            "SWITCHBOARD_TEST_PYTHON does not name a Python with the package phonenumbers; run: scripts/test")
        return try await Subprocess.run(python, ["-I", "\(root)/\(script)"] + arguments)
    }

    /// Runs a script that must succeed and returns its lines.
    static func lines(_ script: String) async throws -> [Substring] {
        let result = try await run(script)
        try #require(result.status == 0, "\(script) failed; run: scripts/test\n\(result.errorText)")
        return result.outputText.split(separator: "\n")
    }
}

/// Differences between us and an oracle, the first 20 of which are shown.
struct Differences: CustomStringConvertible {
    private(set) var count = 0
    private var shown: [String] = []

    mutating func expect(_ ours: String, _ theirs: String, _ what: @autoclosure () -> String) {
        guard ours != theirs else { return }
        count += 1
        if shown.count < 20 { shown.append("\(what()): ours '\(ours)', theirs '\(theirs)'") }
    }

    var description: String { "\(count) differences:\n" + shown.joined(separator: "\n") }
}
