import SwitchboardCore
import SwitchboardHTTP

/// One call of LiveKit's API.
struct TwirpCall: Sendable {
    /// A service by its name on the wire.
    enum Service: String, Sendable {
        case phoneNumbers = "PhoneNumberService"
        case sip = "SIP"
    }

    /// What a call that changes something needs beyond a reading one.
    struct Write: Sendable {
        /// The same for every attempt at the same change.
        var requestID: String
        /// When it may be sent again.
        var repeatability: Repeatability
        /// The secrets in its body, which an answer may repeat and no error does.
        var secrets: [Secret] = []
    }

    var service: Service
    var method: String
    var body: JSON
    var deadline: Duration = .seconds(10)
    /// Nil for a call that only reads.
    var write: Write?
    /// What Twirp codes mean to this call where it is not what they mean elsewhere.
    var meanings: [String: ErrorCode] = [:]

    /// The path below the base URL.
    var path: String { "/twirp/livekit.\(service.rawValue)/\(method)" }
}
