extension LiveKitMethod {
    /// Succeeds at once, for nobody is there to refuse; the participant is then gone from the room.
    static let transferParticipant: Body = { world, message, _ throws(TwirpError) in
        let known = world.participants.last { participant in
            participant.transferredTo == nil && participant.identity == message.string("participant_identity")
                && participant.room == message.string("room_name")
        }
        guard var participant = known else { throw .participantNotFound }
        participant.transferredTo = message.string("transfer_to")
        world.store(participant)
        var response = ProtoMessage(ParticipantSchemas.transferResponse)
        response.set("transfer_id", LiveKitID.make(LiveKitID.transfer))
        response["status"] = .enumeration(2)
        response["reason"] = .enumeration(1)
        return response
    }
}
