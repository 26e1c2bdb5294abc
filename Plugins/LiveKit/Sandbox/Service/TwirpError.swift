import SwitchboardCore
import SwitchboardSandbox

/// A refusal in Twirp's form (contract section 1.6).
struct TwirpError: Error, Hashable, Sendable {
    enum Code: String, Sendable {
        case canceled
        case unknown
        case invalidArgument = "invalid_argument"
        case malformed
        case deadlineExceeded = "deadline_exceeded"
        case notFound = "not_found"
        case badRoute = "bad_route"
        case alreadyExists = "already_exists"
        case permissionDenied = "permission_denied"
        case unauthenticated
        case resourceExhausted = "resource_exhausted"
        case failedPrecondition = "failed_precondition"
        case aborted
        case outOfRange = "out_of_range"
        case unimplemented
        case `internal`
        case unavailable
        case dataLoss = "data_loss"

        var status: Int {
            switch self {
            case .invalidArgument, .malformed, .outOfRange: 400
            case .unauthenticated: 401
            case .permissionDenied: 403
            case .notFound, .badRoute: 404
            case .canceled, .deadlineExceeded: 408
            case .alreadyExists, .aborted: 409
            case .failedPrecondition: 412
            case .resourceExhausted: 429
            case .unknown, .internal, .dataLoss: 500
            case .unimplemented: 501
            case .unavailable: 503
            }
        }
    }

    let code: Code
    let message: String
    let meta: [String: String]

    init(_ code: Code, _ message: String, meta: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.meta = meta
    }

    /// The answer; errors are JSON whatever the form of the request.
    var answer: SandboxAnswer {
        SandboxAnswer(
            status: code.status, contentType: WireForm.json.rawValue, body: json.bytes(escapingHTML: true))
    }

    /// The error as its answer prints it.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("code", .string(code.rawValue)), .init("msg", .string(message)),
        ]
        if !meta.isEmpty {
            let pairs = meta.sorted { $0.key < $1.key }
            members.append(.init("meta", .object(pairs.map { .init($0.key, .string($0.value)) })))
        }
        return .object(members)
    }

    /// Reads what an answer printed; nil for anything else.
    init?(_ json: JSON) {
        guard let code = json["code"]?.text.flatMap(Code.init), let message = json["msg"]?.text else { return nil }
        let meta = (json["meta"]?.members ?? []).map { ($0.name, $0.value.text ?? "") }
        self.init(code, message, meta: Dictionary(meta, uniquingKeysWith: { first, _ in first }))
    }

    /// What LiveKit answers when it will not bind a number and does not say why.
    static let updateRefused = TwirpError(
        .invalidArgument, "twirp error unknown: Failed to update phone number")
    static let permissionsDenied = TwirpError(.unauthenticated, "permissions denied")
    static let numberNotFound = TwirpError(.notFound, "phone number not found")
    static let trunkNotFound = TwirpError(.notFound, "requested sip trunk does not exist")
    static let ruleNotFound = TwirpError(.notFound, "requested sip dispatch rule does not exist")
    static let participantNotFound = TwirpError(.notFound, "participant does not exist")
    static let halfDone = TwirpError(.internal, "internal error")
}
