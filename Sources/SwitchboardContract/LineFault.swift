import SwitchboardCore

/// What a network or a vendor does to a request instead of answering it as it should.
struct LineFault: Sendable {
    /// What becomes of the request.
    enum Kind: Sendable {
        /// It is answered so and never reaches the vendor.
        case refused(HTTPAnswer)
        /// It reaches the vendor, and the answer is this one.
        case answeredWith(HTTPAnswer)
        /// It reaches the vendor, and its good answer has this body.
        case garbled([UInt8])
        /// The answer is lost, before or behind the vendor.
        case lost(isDelivered: Bool, timedOut: Bool)
        /// There is no connection.
        case noConnection
        /// It reaches the vendor or not, and no answer comes until the caller gives up.
        case held(isDelivered: Bool)
    }

    /// What becomes of it.
    var kind: Kind
    /// The request that it befalls, counted from 0.
    var request = 0
    /// Whether it befalls every later one as well.
    var lasts = false

    /// Whether the request of this place is befallen.
    func befalls(_ place: Int) -> Bool { lasts ? place >= request : place == request }

    /// The same, befalling another request.
    func at(_ request: Int) -> LineFault { LineFault(kind: kind, request: request, lasts: lasts) }

    /// The same, befalling every later request too.
    var forEver: LineFault { LineFault(kind: kind, request: request, lasts: true) }
}

extension LineFault.Kind {
    /// A refusal with the page that a proxy or a middleware shows.
    static func page(_ status: Int, retryAfter: String? = nil) -> LineFault.Kind {
        .refused(answer(status, retryAfter: retryAfter))
    }

    /// The same page, behind the vendor's work.
    static func pageBehind(_ status: Int) -> LineFault.Kind { .answeredWith(answer(status)) }

    private static func answer(_ status: Int, retryAfter: String? = nil) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            headers: [HTTPField("Content-Type", "text/html")]
                + (retryAfter.map { [HTTPField("Retry-After", $0)] } ?? []),
            body: Array("<html><body>status \(status)</body></html>".utf8))
    }

    /// Whether the vendor may have carried the request out, as far as the caller can know.
    var leavesOpen: Bool {
        switch self {
        case .refused(let answer), .answeredWith(let answer): answer.status >= 500 || answer.status == 408
        case .garbled, .lost, .held: true
        case .noConnection: false
        }
    }
}
