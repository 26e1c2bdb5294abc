import SwitchboardCore

/// What LiveKit's SIP service says when a trunk or a rule cannot be as it is asked for (contract sections 4.2 to 4.4).
///
/// The codes of the answers do not tell these apart: a conflict comes as an invalid argument, and an update that
/// empties an outbound trunk's numbers as a server error.
struct SIPRefusal: Sendable {
    /// What the message begins with.
    var beginning: String
    /// What it ends with, where that tells more.
    var ending = ""
    /// What it means here.
    var code: ErrorCode = .invalidArgument
    /// The field that is at fault, by its dotted path; nil where the message concerns several.
    var field: String?

    /// The refusal that an answer's message to the call is; nil for any other message.
    static func of(_ message: String, to call: TwirpCall) -> SIPRefusal? {
        guard call.service == .sip else { return nil }
        return all.first { message.hasPrefix($0.beginning) && message.hasSuffix($0.ending) }
    }

    private static let all = [
        SIPRefusal(beginning: "Conflicting inbound SIP Trunks", code: .conflict),
        SIPRefusal(
            beginning: "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists",
            code: .conflict),
        SIPRefusal(beginning: "for security, one of the fields must be set"),
        SIPRefusal(beginning: "missing codec name", field: "media.codecs"),
        SIPRefusal(beginning: "invalid codec name", field: "media.codecs"),
        SIPRefusal(beginning: "codec name", field: "media.codecs"),
        SIPRefusal(beginning: "media_timeout", field: "media.media_timeout"),
        // Reserved names are refused in this map alone; other faults of a name may be in any of the three.
        SIPRefusal(beginning: "invalid header name", ending: "not supported", field: "headers"),
        SIPRefusal(beginning: "invalid header value", field: "headers"),
        SIPRefusal(beginning: "invalid header name"),
        SIPRefusal(beginning: "no trunk numbers specified", field: "numbers"),
        SIPRefusal(beginning: "no outbound address specified", field: "address"),
        SIPRefusal(beginning: "trunk address", field: "address"),
        SIPRefusal(beginning: "from_host", field: "from_host"),
        SIPRefusal(beginning: "trunk id", field: "sip_trunk_id"),
        SIPRefusal(beginning: "rule id", field: "sip_dispatch_rule_id"),
        SIPRefusal(beginning: "missing rule", field: "rule"),
        SIPRefusal(beginning: "unsupported SIP Dispatch Rule", field: "rule"),
    ]
}
