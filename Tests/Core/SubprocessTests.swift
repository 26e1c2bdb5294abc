import Glibc
import SwitchboardTestKit
import Testing

@Suite struct SubprocessTests {
    @Test func takesInputAndGivesBothOutputs() async throws {
        let result = try await Subprocess.run(
            "/bin/sh", ["-c", "cat; echo \"$WHO\" >&2; exit 7"], environment: ["WHO": "me"], input: Array("hello".utf8))
        #expect(result.status == 7)
        #expect(result.outputText == "hello")
        #expect(result.errorText == "me\n")
    }

    @Test func doesNotLockUpOnMuchOutput() async throws {
        let input = [UInt8](repeating: 120, count: 3_000_000)
        let result = try await Subprocess.run("/bin/sh", ["-c", "tee /dev/stderr"], input: input)
        #expect(result.output == input)
        #expect(result.errors == input)
    }

    @Test func survivesAProgramThatDoesNotRead() async throws {
        let result = try await Subprocess.run("/bin/true", input: [UInt8](repeating: 120, count: 3_000_000))
        #expect(result.status == 0)
    }

    /// The program, and what it has started, which would hold its lock for ten minutes.
    @Test func killsWhatTakesTooLong() async throws {
        let path = "/tmp/subprocess-\(UInt64.random(in: 0 ... .max))"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        #expect(file >= 0)
        defer {
            unlink(path)
            close(file)
        }
        await #expect(throws: Subprocess.Failure.timedOut(path: "/bin/sh")) {
            try await Subprocess.run(
                "/bin/sh", ["-c", "flock \"$0\" sleep 600 & sleep 30", path], limit: .milliseconds(500))
        }
        for _ in 0..<1000 where flock(file, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
    }

    @Test func saysWhatCannotBeStarted() async throws {
        await #expect(throws: Subprocess.Failure.notStarted(path: "/no/such/program", errno: 2)) {
            try await Subprocess.run("/no/such/program")
        }
    }

    @Test func tellsASignal() async throws {
        let result = try await Subprocess.run("/bin/sh", ["-c", "kill -TERM $$"])
        #expect(result.status == 143)
    }
}
