import SwitchboardCore

/// What goes wrong while a change is made, and what a provider may make of it.
struct ChangeFault: Sendable {
    let name: String
    let shows: String
    /// The ways in which it goes wrong.
    let kinds: [LineFault.Kind]
    /// Whether every later request is befallen as well.
    var lasts = false
    /// What the error may say; empty for anything.
    var codes: Set<ErrorCode> = []
    /// Whether it passes, so that the change has to succeed, and how long the vendor asks to wait.
    var wait: Duration?

    /// Whether the call hangs until it is cancelled.
    var isHeld: Bool {
        kinds.contains { if case .held = $0 { true } else { false } }
    }

    /// Whether the vendor has seen nothing of the change when it befalls the first request.
    private var isRefusal: Bool {
        kinds.allSatisfy { !$0.leavesOpen }
    }

    /// What this fault demands beyond what every change demands.
    func demand(_ error: SwitchboardError?, _ trial: Trial, _ line: LineFault) throws {
        try require(trial.line.count <= line.request + 40, "it asked \(trial.line.count) times")
        if let wait {
            try require(error == nil, "it gave up: \(error.map(\.description) ?? "")")
            try require(trial.waited >= wait, "it waited \(trial.waited), asked for \(wait)")
        }
        guard let error else { return }
        try require(codes.isEmpty || codes.contains(error.code), "it is \(error.code): \(error.message)")
        guard isRefusal, line.request == 0 else { return }
        try require(!error.mayHaveHappened, "nothing was sent, and the error says that something may have happened")
    }

    static let all = [
        ChangeFault(
            name: "refused", shows: "refused credentials are told as such, and what was done by then is not denied",
            kinds: [.page(401), .page(403)], lasts: true,
            codes: [.unauthorized, .forbidden, .unknownOutcome]),
        ChangeFault(
            name: "429", shows: "one 429 is waited out for as long as it says, and the change takes place once",
            kinds: [.page(429, retryAfter: "7")], wait: .seconds(7)),
        ChangeFault(
            name: "429-lasting", shows: "a vendor that goes on asking to slow down is rate_limited",
            kinds: [.page(429)], lasts: true, codes: [.rateLimited, .unknownOutcome]),
        ChangeFault(
            name: "5xx", shows: "after a server error, before or behind the change, nobody says what he does not know",
            kinds: [.page(500), .pageBehind(503)]),
        ChangeFault(
            name: "5xx-lasting", shows: "a server that goes on failing leaves the outcome open",
            kinds: [.pageBehind(503), .page(503)], lasts: true),
        ChangeFault(
            name: "lost", shows: "after a lost answer, before or behind the change, nobody says what he does not know",
            kinds: [.lost(isDelivered: true, timedOut: false), .lost(isDelivered: false, timedOut: true)]),
        ChangeFault(
            name: "cut", shows: "a line that breaks behind a request and stays broken leaves the outcome open",
            kinds: [.lost(isDelivered: true, timedOut: true)], lasts: true),
        ChangeFault(
            name: "no-connection", shows: "without a connection nothing is changed and nothing is claimed",
            kinds: [.noConnection], lasts: true),
        ChangeFault(
            name: "garbage", shows: "a good status whose body makes no sense leaves the outcome open",
            kinds: [.garbled(Array("<html>busy</html>".utf8)), .garbled([])]),
        ChangeFault(
            name: "cancelled",
            shows: "cancelled while the vendor is silent, it ends at once and leaves the outcome open",
            kinds: [.held(isDelivered: true), .held(isDelivered: false)], codes: [.cancelled, .unknownOutcome]),
    ]
}

extension LineFault.Kind {
    /// What it is, for a finding.
    var words: String {
        switch self {
        case .refused(let answer): "\(answer.status)"
        case .answeredWith(let answer): "\(answer.status) behind the effect"
        case .garbled(let body): "the body '\(String(decoding: body, as: UTF8.self))'"
        case .lost(let isDelivered, let timedOut):
            "\(timedOut ? "a time-out" : "a lost answer") \(isDelivered ? "behind" : "before") the effect"
        case .noConnection: "no connection"
        case .held(let isDelivered): "no answer \(isDelivered ? "behind" : "before") the effect"
        }
    }
}
