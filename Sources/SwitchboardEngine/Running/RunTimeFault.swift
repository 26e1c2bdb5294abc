public import SwitchboardCore

extension ErrorCode {
    /// What a script has said to be true is not.
    public static let assertionFailed = ErrorCode(rawValue: "assertion_failed")
}

/// The printed codes of run-time errors.
public enum RunTimeFault: String, CaseIterable, Sendable {
    case invalidArgument = "R201"
    case notFound = "R202"
    case noMatch = "R203"
    case conflict = "R204"
    case paymentRequired = "R210"
    case limitReached = "R211"
    case unsupported = "R212"
    case notPlanned = "R213"
    case unauthorized = "R220"
    case forbidden = "R221"
    case taken = "R230"
    case alreadyOwned = "R231"
    case unreachable = "R240"
    case rateLimited = "R241"
    case badAnswer = "R242"
    case timeout = "R243"
    case unknownOutcome = "R250"
    case cancelled = "R260"
    case storeUnavailable = "R270"
    case assertionFailed = "R280"
    case `internal` = "R290"
    case other = "R299"

    /// The error code that it prints; nil for those that hosts, providers and scripts add.
    public var errorCode: ErrorCode? {
        switch self {
        case .invalidArgument: .invalidArgument
        case .notFound: .notFound
        case .noMatch: .noMatch
        case .conflict: .conflict
        case .paymentRequired: .paymentRequired
        case .limitReached: .limitReached
        case .unsupported: .unsupported
        case .notPlanned: .notPlanned
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .taken: .taken
        case .alreadyOwned: .alreadyOwned
        case .unreachable: .unreachable
        case .rateLimited: .rateLimited
        case .badAnswer: .badAnswer
        case .timeout: .timeout
        case .unknownOutcome: .unknownOutcome
        case .cancelled: .cancelled
        case .storeUnavailable: .storeUnavailable
        case .assertionFailed: .assertionFailed
        case .internal: .internal
        case .other: nil
        }
    }

    /// The printed code of an error code.
    public static func code(of code: ErrorCode) -> String { (codes[code] ?? .other).rawValue }

    private static let codes: [ErrorCode: RunTimeFault] = {
        let pairs = allCases.compactMap { fault in fault.errorCode.map { ($0, fault) } }
        return Dictionary(pairs) { first, _ in first }
    }()
}
