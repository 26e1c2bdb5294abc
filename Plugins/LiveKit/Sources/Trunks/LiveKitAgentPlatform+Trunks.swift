public import SwitchboardCore

/// The trunks of the project, both directions together.
extension LiveKitAgentPlatform: CallRouting {
    /// Lists the trunks of both directions by ascending id, each once.
    public func trunks() async throws -> [SIPTrunk] {
        async let inbound = inboundTrunks.calls.all()
        async let outbound = outboundTrunks.calls.all()
        return try await (inbound + outbound).sorted { $0.id < $1.id }.map(SIPTrunk.init)
    }

    /// Returns the trunk of either direction; nil where there is none.
    public func trunk(id: String) async throws -> SIPTrunk? {
        guard !id.isEmpty else { return nil }
        for direction in [inboundTrunks, outboundTrunks] {
            if let trunk = try await direction.calls.one(id) { return SIPTrunk(trunk) }
        }
        return nil
    }

    /// Makes a trunk.
    ///
    /// Errors: `invalid_argument` with the field that LiveKit refuses; `conflict` where another inbound trunk takes the
    /// same calls; `mayHaveHappened` where the answer was lost and reading could not tell.
    public func create(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk {
        SIPTrunk(try await edits(trunk).create(trunk.document, key: key))
    }

    /// Changes fields of a trunk and reads it back; what LiveKit cannot change by itself is changed in the whole trunk,
    /// which is read for that and sent back with all that it had.
    ///
    /// Errors: `not_found`; `invalid_argument` also where LiveKit hides the password that has to be sent back;
    /// `conflict` where the change does not show afterwards.
    public func update(_ trunk: SIPTrunk, by change: RoutingChange, key: String) async throws -> SIPTrunk {
        let edits = edits(trunk)
        return try await oneByOne { SIPTrunk(try await edits.update(trunk.document, by: change, key: key)) }
    }

    /// Puts a trunk in the place of the one with its id and reads it back; errors as for `update`.
    public func replace(_ trunk: SIPTrunk, key: String) async throws -> SIPTrunk {
        let edits = edits(trunk)
        return try await oneByOne { SIPTrunk(try await edits.replace(trunk.document, key: key)) }
    }

    /// Deletes a trunk of either direction.
    ///
    /// The open-source server accepts any id; others answer `not_found` for one that they do not know.
    public func deleteTrunk(id: String, key: String) async throws {
        try await oneByOne { [inboundTrunks] in
            try await inboundTrunks.delete(id, key: key) { try await self.trunk(id: id) == nil }
        }
    }

    private func edits(_ trunk: SIPTrunk) -> RoutingEdits {
        trunk.direction == .inbound ? inboundTrunks : outboundTrunks
    }
}
