import Switchboard

/// What the prompt says at its start.
struct Welcome {
    private let session: PromptSession

    init(_ session: PromptSession) { self.session = session }

    /// Says who is there and in which profile, and to somebody who is here for the first time what to type.
    func show() {
        Output.line("switchboard \(Switchboard.version), \(profile)")
        Output.line("help lists the commands, :help the keys, Ctrl-D leaves")
        if isFirst { Self.firstSteps.forEach(Output.line) }
    }

    /// The profile and what is at stake in it.
    var profile: String {
        let kind =
            switch session.profile.origin {
            case .sandbox: "the sandbox: nothing real is bought"
            default: session.workplace.engine.isLive(session.profile) ? "live: purchases cost money" : "on this machine"
            }
        return "profile \(session.profile.name) (\(kind))"
    }

    /// From nothing to a number that reaches an agent; each line is typed as it stands.
    private static let firstSteps = [
        "", "for a start, a number that reaches an agent:", "  agent add support",
        "  search livekit --country-code US --area-code 415 | first 3", "  $_ | first | purchase",
        "  $_ | bind-agent support", "  list", "",
    ]

    /// Nothing was run here and nothing typed; in a real account nobody is told to buy.
    private var isFirst: Bool {
        guard case .sandbox = session.profile.origin, session.history.lines.isEmpty else { return false }
        return (try? session.workplace.engine.store.runs(limit: 1).isEmpty) ?? false
    }
}
