import SwitchboardCore
import FoundationEssentials
import Glibc
import SwitchboardTestKit
import Testing

@testable import LiveKitSandbox

/// The emulator as others see it: LiveKit's own Python SDK, protobuf's own library, and a client that knows only JSON.
@Suite struct InteropTests {
    /// Each script prints a line for each check and ends at the first that fails.
    @Test(arguments: ["golden", "phone_numbers", "json_forms", "sip"])
    func servesStrangers(_ script: String) async throws {
        let folder = try ScratchDirectory()
        let program = try EmulatorProgram(["--on-demand", "--state", folder.path], in: folder)
        let client = try await program.client(of: folder)
        let run = try await InteropPython.run(script, ["http://127.0.0.1:\(client.port)"])
        #expect(run.status == 0, "\(run.errorText)")
        #expect(run.outputText.split(separator: "\n").allSatisfy { $0.hasPrefix("ok ") })
        #expect(!run.output.isEmpty)
        program.signal(SIGTERM)
        #expect(try await program.wait() == 0)
    }

    /// Random messages of every kind, and for the messages of numbers also damaged ones.
    @Test func agreesWithProtobufsLibrary() async throws {
        var random = RandomMessage(seed: 7, isOpaqueToo: false)
        var samples: [(schema: ProtoSchema, bytes: [UInt8])] = []
        for schema in RandomMessage.schemas where !schema.fields.isEmpty {
            let isExact = !schema.name.contains("SIP") && !schema.name.contains("Room")
            for round in 0..<40 {
                var bytes = ProtoWire.write(try ProtoReader.read(random.json(schema), as: schema))
                if isExact, round % 2 == 1 { random.damage(&bytes) }
                samples.append((schema, bytes))
            }
        }
        let input = samples.map { "\($0.schema.name) \(Hex.text($0.bytes))\n" }.joined()
        let run = try await InteropPython.run("codec", input: Array(input.utf8))
        try #require(run.status == 0, "\(run.errorText)")
        let answers = run.outputText.split(separator: "\n")
        try #require(answers.count == samples.count)
        for (sample, answer) in zip(samples, answers) {
            let (ours, theirs) = (Self.ours(sample), try Self.theirs(answer, sample.schema))
            guard ours != theirs, !Self.isDisputed(sample.bytes) else { continue }
            let start = max(0, zip(ours, theirs).prefix { $0 == $1 }.count - 40)
            Issue.record(
                """
                \(sample.schema.name), ours and the library's from character \(start) on:
                \(ours.dropFirst(start).prefix(80))
                \(theirs.dropFirst(start).prefix(80))
                """)
        }
        #expect(answers.contains("malformed"))
    }

    /// The order of the fields is that of the JSON form; a field of the SDK's that is newer than ours is passed over.
    @Test func declaresFieldsAsTheSDKDoes() async throws {
        let schemas = RandomMessage.schemas
        let run = try await InteropPython.run("fields", input: Array(schemas.map { $0.name + "\n" }.joined().utf8))
        try #require(run.status == 0, "\(run.errorText)")
        let answers = run.outputText.split(separator: "\n")
        try #require(answers.count == schemas.count)
        for (schema, answer) in zip(schemas, answers) where answer != "unknown" {
            let own = schema.fields.map { "\($0.name)=\($0.number)" }
            let theirs = answer.split(separator: " ").map(String.init)
            #expect(own == theirs.filter(own.contains), "\(schema.name)")
        }
        #expect(answers.count { $0 != "unknown" } > 40)
    }

    /// Go refuses a varint that says more than 64 bits, which Python cuts off: nine bytes that say that more follow.
    private static func isDisputed(_ bytes: [UInt8]) -> Bool {
        var run = 0
        return bytes.contains { byte in
            run = byte < 0x80 ? 0 : run + 1
            return run == 9
        }
    }

    /// What this codec makes of a sample, as `codec.py` says it: unset messages are left out of the JSON.
    private static func ours(_ sample: (schema: ProtoSchema, bytes: [UInt8])) -> String {
        guard let message = try? ProtoWire.read(sample.bytes, as: sample.schema) else { return "malformed" }
        return Hex.text(ProtoWire.write(message)) + " " + sorted(message.json).compact
    }

    /// What the library makes of it, its maps put into our order; a moment or duration that it cannot print is one that
    /// this codec does not read.
    private static func theirs(_ answer: Substring, _ schema: ProtoSchema) throws -> String {
        if answer == "unprintable" { return "malformed" }
        let parts = answer.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return String(answer) }
        let bytes = ProtoWire.write(try ProtoWire.read(Hex.bytes(String(parts[0])), as: schema))
        return Hex.text(bytes) + " " + sorted(known(try JSON(reading: String(parts[1])), schema)).compact
    }

    /// The JSON without the fields that the contract does not have, which the library may be too new for.
    private static func known(_ json: JSON, _ schema: ProtoSchema) -> JSON {
        if let elements = json.elements { return .array(elements.map { known($0, schema) }) }
        guard let members = json.members else { return json }
        return .object(
            members.compactMap { member in
                guard let field = schema.field(named: member.name) else { return nil }
                guard case .message(let inner) = field.kind else { return member }
                return .init(member.name, known(member.value, inner))
            })
    }

    private static func sorted(_ json: JSON) -> JSON {
        switch json {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let members):
            .object(
                members.filter { $0.value != .null }.map { .init($0.name, sorted($0.value)) }
                    .sorted { $0.name < $1.name })
        case .number(let text): .number(Double(text).map { String($0) } ?? text)
        default: json
        }
    }
}

/// Runs the scripts of the folder `Interop` with the Python that `scripts/test` prepared.
enum InteropPython {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Interop").path

    static func run(_ script: String, _ arguments: [String] = [], input: [UInt8] = []) async throws -> Subprocess {
        let python = try #require(
            ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"],
            "SWITCHBOARD_TEST_PYTHON does not name a Python with LiveKit's SDK; run: scripts/test")
        return try await Subprocess.run(python, ["-B", "\(folder)/\(script).py"] + arguments, input: input)
    }
}
