import CSodium
import SwitchboardCore
import SwitchboardSandbox

/// Somebody who was called into a room.
struct SIPParticipant: Hashable, Sendable {
    /// As `CreateSIPParticipant` answers: ids, identity and room.
    let info: ProtoMessage
    /// Empty for an inline trunk.
    let trunkID: String
    let callee: String
    let createdAt: SandboxTime
    /// Where the participant was transferred to, and so is no longer in the room.
    var transferredTo: String?

    var id: String { info.string("participant_id") }
    var identity: String { info.string("participant_identity") }
    var room: String { info.string("room_name") }

    /// Makes the participant that a request asks for, with new ids.
    init(_ request: ProtoMessage, trunkID: String, createdAt: SandboxTime) {
        callee = request.string("sip_call_to")
        self.trunkID = trunkID
        self.createdAt = createdAt
        var info = ProtoMessage(ParticipantSchemas.info)
        info.set("participant_id", LiveKitID.make(LiveKitID.participant))
        info.set("participant_identity", Self.identity(in: request))
        info.set("room_name", request.string("room_name"))
        info.set("sip_call_id", LiveKitID.make(LiveKitID.call))
        self.info = info
    }

    /// The identity given, else one made of the number; a number to hide shows as 16 hexadecimal digits of its hash.
    private static func identity(in request: ProtoMessage) -> String {
        guard !request.has("participant_identity") else { return request.string("participant_identity") }
        let callee = request.string("sip_call_to")
        guard request.bool("hide_phone_number") else { return "sip_" + callee }
        var hash = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_bytes()))
        let bytes = Array(callee.utf8)
        crypto_hash_sha256(&hash, bytes, UInt64(bytes.count))
        return "sip_" + hash.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads what was written down.
    init(json: JSON) throws {
        guard let trunkID = json["sip_trunk_id"]?.text, let callee = json["sip_call_to"]?.text,
            let created = json["us"]?.integer, let info = json["info"]
        else { throw SeedRefusal("a participant in the state is damaged") }
        self.info = try ProtoReader.read(info, as: ParticipantSchemas.info)
        self.trunkID = trunkID
        self.callee = callee
        createdAt = SandboxTime(microseconds: Int64(created))
        transferredTo = json["transferred_to"]?.text
    }

    var json: JSON {
        [
            "info": info.json, "sip_trunk_id": .string(trunkID), "sip_call_to": .string(callee),
            "us": .integer(createdAt.microseconds), "transferred_to": .optional(transferredTo),
        ]
    }

    /// All that is true of the participant, as `/_sandbox/state` shows it.
    var truth: JSON {
        .object(
            (info.json.members ?? []) + [
                .init("sip_trunk_id", .string(trunkID)), .init("sip_call_to", .string(callee)),
                .init("created_at", .string(createdAt.text)), .init("transferred_to", .optional(transferredTo)),
            ])
    }
}
