import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

/// State folders that are full, not ours, damaged, or used by two at once.
@Suite struct StateFolderTests {
    private static let buy = "purchase +14155550130 --provider livekit"

    @Test func aFullDiskRefusesBeforeThePurchase() async throws {
        try await Place.with { place in
            let disk = place.folder + "/disk"
            mkdir(disk, 0o700)
            let mounted = try await Subprocess.run("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "none", disk])
            guard mounted.status == 0 else {
                throw Failure("this test mounts a small disk, which takes root: \(mounted.errorText)")
            }
            do { try await checkFullDisk(place, disk) } catch {
                _ = try await Subprocess.run("/bin/umount", ["-l", disk])
                throw error
            }
            _ = try await Subprocess.run("/bin/umount", ["-l", disk])
        }
    }

    /// The sandbox keeps its own state elsewhere, so that only the ledger's disk is full.
    private func checkFullDisk(_ place: Place, _ disk: String) async throws {
        let state = disk + "/state"
        let sandbox = try await place.sandbox()
        mkdir(state, 0o700)
        symlink(place.state + "/sandbox", state + "/sandbox")
        _ = try await place.shell("cat /dev/zero >\(disk)/filler")
        let full = try await place.run("--state", state, "-c", Self.buy)
        #expect(full.status == 1, "\(full.errorText)")
        #expect(full.errorText.contains("the store \(state)/switchboard.db"), "\(full.errorText)")
        #expect(try await sandbox.truth().purchases == [])

        unlink(disk + "/filler")
        let before = try await place.run("--state", state, "-c", Self.buy)
        #expect(before.status == 0, "\(before.errorText)")

        // With a store that is there, room may be left in what it keeps for its log: all or nothing.
        _ = try await place.shell("cat /dev/zero >\(disk)/filler")
        var expected = ["+14155550130"]
        for number in (131..<136).map({ "+14155550\($0)" }) {
            let result = try await place.run("--state", state, "-c", "purchase \(number) --provider livekit")
            #expect(result.status == 0 || result.status == 1, "\(result.errorText)")
            if result.status == 0 { expected.append(number) }
            #expect(try await sandbox.truth().purchases == expected, "\(result.errorText)")
        }

        unlink(disk + "/filler")
        let after = try await place.run("--state", state, "--jsonl", "-c", "list | select .e164")
        #expect(after.outputText == expected.map { "{\"e164\":\"\($0)\"}\n" }.joined(), "\(after.errorText)")
    }

    @Test func aStateFolderThatIsAFile() async throws {
        try await Place.with { place in
            let file = try place.write("mine\n", to: "file")
            let result = try await place.run("--state", file, "-c", Self.buy)
            #expect(result.status == 1)
            #expect(result.outputText.isEmpty)
            #expect(result.errorText.contains(file), "\(result.errorText)")
            #expect(place.text(of: file) == "mine\n")
        }
    }

    /// As a user other than root, whom no mode keeps out.
    @Test func aStateFolderThatCannotBeWritten() async throws {
        try await Place.with { place in
            #expect(try await place.run("-c", Self.buy).status == 0)
            let user = try await place.shell(
                """
                cp -r \(place.state) readonly && rm -rf readonly/sandbox && chmod -R a+rX,a-w readonly && chmod a+rx .
                mkdir bin && cp "$SWITCHBOARD" "${SWITCHBOARD}-sandbox" bin && chmod -R a+rX bin
                setpriv --reuid 65534 --regid 65534 --clear-groups bin/switchboard --state readonly -c '\(Self.buy)'
                """)
            #expect(user.status == 1, "\(user.errorText)")
            #expect(user.outputText.isEmpty)
            #expect(user.errorText.contains("cannot be written"), "\(user.errorText)")
            let listed = try await place.shell(
                "setpriv --reuid 65534 --regid 65534 --clear-groups bin/switchboard --state readonly -c 'list | count'")
            #expect(listed.outputText == "1\n", "\(listed.errorText)")
            #expect(listed.errorText.contains("what earlier runs left open is not settled"), "\(listed.errorText)")
        }
    }

    @Test func aDamagedDatabaseIsLeftByteForByte() async throws {
        try await Place.with { place in
            mkdir(place.folder + "/xdg", 0o700)
            mkdir(place.state, 0o700)
            for bytes in ["", "not a database\n", "SQLite format 3\0" + String(repeating: "x", count: 4096)] {
                let path = try place.write(bytes, to: "xdg/switchboard/switchboard.db")
                let result = try await place.run("-c", Self.buy)
                #expect(result.status == 1)
                #expect(result.outputText.isEmpty)
                #expect(result.errorText.contains("the store \(path) is damaged"), "\(result.errorText)")
                #expect(place.text(of: path) == bytes)
            }
            #expect(place.sandboxPID == nil, "nothing was asked of anybody")
        }
    }

    @Test func aNewerDatabaseIsLeftByteForByte() async throws {
        try await Place.with { place in
            #expect(try await place.run("-c", Self.buy).status == 0)
            let path = place.state + "/switchboard.db"
            let script = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('PRAGMA user_version = 99')"
            _ = try await place.run(program: ["/usr/bin/python3", "-c", script, path])
            let before = try Data(contentsOf: URL(filePath: path))
            let result = try await place.run("-c", "purchase +14155550131 --provider livekit")
            #expect(result.status == 1)
            #expect(result.errorText.contains("the store \(path) was written by a newer Switchboard (version 99"))
            #expect(result.errorText.contains("use the newer program; nothing was changed"))
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            #expect(try await place.sandbox().truth().purchases == ["+14155550130"])
        }
    }

    @Test func twoProcessesAtOnceGetDifferentNumbers() async throws {
        try await Place.with { place in
            let statement = "search livekit --area 415 | first | purchase | select .e164"
            let results = try await withThrowingTaskGroup(of: Subprocess.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await place.run("--jsonl", "-c", "agent add support | count | print; " + statement)
                    }
                }
                return try await group.reduce(into: [Subprocess]()) { $0.append($1) }
            }
            for result in results { #expect(result.status == 0, "\(result.errorText)") }
            #expect(Set(results.map(\.outputText)).count == 4)
            #expect(try await place.list().count == 4)
            #expect(try await place.differences() == [])
        }
    }

    @Test func aVeryLongStatement() async throws {
        try await Place.with { place in
            let wide = "print '" + String(repeating: "wide ", count: 40) + "'; lsit"
            let result = try await place.run("-c", wide)
            #expect(result.status == 2)
            let caret = result.errorText.split(separator: "\n").first { $0.contains("^^^^") }
            #expect(caret != nil, "\(result.errorText)")

            let megabyte = String(repeating: "x", count: 1 << 20)
            let printed = try await place.run(input: "print '\(megabyte)'\n")
            #expect(printed.status == 0, "\(printed.errorText)")
            #expect(printed.outputText == megabyte + "\n")

            let faulty = try await place.run(input: "print '\(megabyte)'; lsit\n")
            #expect(faulty.status == 2)
            #expect(faulty.errorText.contains("no command 'lsit'"), "\(faulty.errorText.prefix(300))")
            #expect(faulty.errorText.utf8.count < 2000, "the picture shows the place, not a megabyte")

            let sums = "let x = (" + repeatElement("1", count: 100_000).joined(separator: " + ") + ")\nprint $x\n"
            let summed = try await place.run(input: sums)
            #expect(summed.status == 0 || summed.status == 2, "\(summed.status) \(summed.errorText.prefix(300))")
        }
    }
}
