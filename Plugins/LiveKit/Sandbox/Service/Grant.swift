/// What a token must allow for a method to run (contract section 2.1); administration of SIP allows no call.
enum Grant: Hashable, Sendable {
    case sipAdmin
    case sipCall
    /// To make SIP calls, and to administer the room that the message names as `room_name`.
    case sipCallAndRoomAdmin

    /// Whether the token allows the message.
    func allows(_ message: ProtoMessage, _ token: AccessToken?) -> Bool {
        guard let token else { return false }
        switch self {
        case .sipAdmin: return token.isSIPAdmin
        case .sipCall: return token.isSIPCaller
        case .sipCallAndRoomAdmin: return token.isSIPCaller && token.administers(message.string("room_name"))
        }
    }
}
