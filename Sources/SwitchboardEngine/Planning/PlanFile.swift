import FoundationEssentials
import SwitchboardCore
import SwitchboardLanguage
import SwitchboardStore

/// A plan as a file keeps it, for a run that is held to it; it has no secrets.
public struct PlanFile: Hashable, Sendable, Codable {
    /// The version of the form.
    public var version = 1
    /// `plan_` and 26 characters: one run is held to a plan, and no other once that has changed something.
    public var id: String?
    /// The script's name.
    public var script: String
    /// The digest of the script and of the files that it uses.
    public var scriptDigest: String
    /// The digest of what its params are given.
    public var parameterDigest: String
    /// The profile.
    public var profile: String
    /// The digests of the data files that it reads, by path.
    public var data: [String: String]
    /// What may be changed.
    public var permits: [Permit]

    /// Reads a file; throws `invalid_argument` for one that is no plan.
    public init(_ bytes: [UInt8], named name: String) throws {
        do { self = try JSONDecoder().decode(PlanFile.self, from: Data(bytes)) } catch {
            throw SwitchboardError(
                .invalidArgument, "'\(name)' is no plan, or a part of one is missing", help: Self.help(name))
        }
        guard version == 1 else {
            throw SwitchboardError(
                .invalidArgument, "'\(name)' is a plan of another version of this program", help: Self.help(name))
        }
    }

    /// How a plan is made.
    public static func help(_ name: String) -> String { "make it with: switchboard plan FILE --out \(name)" }

    init(_ plan: Plan, _ request: Engine.Request, _ program: Program, data: [String], at time: Date) throws {
        id = IDKind.plan.make(at: time)
        script = request.source.name
        scriptDigest = ContentDigest.of(program.source.bytes)
        parameterDigest = Self.digest(of: request.parameters)
        profile = request.profile.name
        self.data = try Dictionary(data.map { ($0, try FileDigest.of($0)) }) { first, _ in first }
        permits = Permit.all(for: plan.changes)
    }

    private static func digest(of parameters: ScriptArguments) -> String {
        ContentDigest.of(Array(parameters.words.joined(separator: "\u{0}").utf8))
    }

    /// The file's content, readable.
    public var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }

    /// Throws `not_planned` where something that decides what the run does is not what was planned.
    func requireSame(_ request: Engine.Request, _ program: Program, _ files: ScriptFiles) throws {
        if profile != request.profile.name { throw Self.differs("for profile '\(profile)'") }
        if scriptDigest != ContentDigest.of(program.source.bytes) { throw Self.differs("of another text of \(script)") }
        if parameterDigest != Self.digest(of: request.parameters) {
            throw Self.differs("for other params; the words have to be the same, in the same order")
        }
        for (path, digest) in data.sorted(by: { $0.key < $1.key })
        where try FileDigest.of(files.resolved(path)) != digest {
            throw Self.differs("for another content of '\(path)'")
        }
    }

    private static func differs(_ what: String) -> SwitchboardError {
        SwitchboardError(.notPlanned, "the plan is \(what)", help: "nothing happened; make a new plan")
    }
}
