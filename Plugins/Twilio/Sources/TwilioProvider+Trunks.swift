public import SwitchboardCore

/// The shared trunk, where it leads calls to and who calls out by it.
extension TwilioProvider {
    /// Finds the trunk by its domain name, among all pages: the trunking API has no filters.
    public func sharedTrunk(to sipHost: String) async throws -> CarrierTrunk? {
        let trunks = try await trunkCalls.trunks()
        return domains(sipHost).lazy.compactMap { trunks[$0] }.first
    }

    /// Makes the trunk under the first domain name that is free; one of these names that the account has is adopted.
    public func makeSharedTrunk(to sipHost: String, key: String) async throws -> CarrierTrunk {
        var last: SwitchboardError?
        for domain in domains(sipHost) {
            do { return try await trunkCalls.create(domain: domain) } catch let refusal as TwilioRefusal {
                guard [21245, 21248].contains(refusal.code) else { throw refusal.error }
                if let mine = try await adopted(after: refusal, { try await trunkCalls.trunks()[domain] }) {
                    return mine
                }
                // Another account's name, or that of a trunk that was deleted not long ago.
                last = refusal.error
            }
        }
        var error = last ?? SwitchboardError(.internal, "a trunk has no domain names", provider: Self.name)
        error.code = .conflict
        error.message = "every domain name for the account's trunk to \(sipHost) is taken"
        error.help = "names of deleted trunks are free again after 30 days at most"
        throw error
    }

    private func domains(_ sipHost: String) -> [String] { TrunkDomain.names(account: accountID, sipHost: sipHost) }

    /// Returns the numbers on the trunk.
    public func numbers(ofTrunk trunkID: String) async throws -> [E164] {
        try await Set(trunkCalls.numbers(ofTrunk: trunkID)).sorted()
    }

    /// Deletes the trunk; Twilio keeps its domain name for up to 30 days.
    public func deleteTrunk(_ trunkID: String, key: String) async throws { try await trunkCalls.delete(trunk: trunkID) }

    // MARK: Origination URLs

    /// Returns where the trunk leads calls to.
    public func originationURLs(ofTrunk trunkID: String) async throws -> [OriginationURL] {
        try await trunkCalls.originationURLs(ofTrunk: trunkID)
    }

    /// Makes an origination URL of weight and priority 1; Twilio takes `sip:` only.
    public func makeOriginationURL(
        _ sipURI: String, ofTrunk trunkID: String, key: String
    ) async throws -> OriginationURL {
        let alike = try await trunkCalls.originationURLs(ofTrunk: trunkID).filter {
            OriginationURL.meansSame($0.sipURI, sipURI)
        }
        if let enabled = alike.first(where: \.isEnabled) { return enabled }
        guard let disabled = alike.first else {
            return try await trunkCalls.create(originationURL: sipURI, ofTrunk: trunkID)
        }
        return try await trunkCalls.enable(originationURL: disabled.id, ofTrunk: trunkID)
    }

    /// Takes an origination URL away.
    public func deleteOriginationURL(_ id: String, ofTrunk trunkID: String, key: String) async throws {
        try await trunkCalls.delete(originationURL: id, ofTrunk: trunkID)
    }

    // MARK: Credential lists

    /// Returns the list of this name.
    public func credentialList(named name: String) async throws -> CredentialList? {
        try await credentialCalls.list(named: name)
    }

    /// Makes a list; the code of a name that the account has already is also that of other faults, so it is looked for.
    public func makeCredentialList(named name: String, key: String) async throws -> CredentialList {
        do { return try await credentialCalls.create(listNamed: name) } catch let refusal as TwilioRefusal {
            guard [21240, 21243].contains(refusal.code),
                let there = try await adopted(after: refusal, { try await credentialCalls.list(named: name) })
            else { throw refusal.error }
            return there
        }
    }

    /// Deletes the list.
    public func deleteCredentialList(_ id: String, key: String) async throws {
        try await credentialCalls.delete(list: id)
    }

    /// Tells whether the list has a user of this name.
    public func hasCredential(_ username: String, inList listID: String) async throws -> Bool {
        try await credentialCalls.credential(username, inList: listID) != nil
    }

    /// Makes the user or sets the password; Twilio asks for 12 characters, a digit, and letters of both cases.
    public func setCredential(
        _ username: String, password: Secret, inList listID: String, key: String
    ) async throws {
        if let sid = try await credentialCalls.credential(username, inList: listID) {
            return try await credentialCalls.update(credential: sid, password, inList: listID)
        }
        try await credentialCalls.create(username, password, inList: listID)
    }

    /// Tells whether the trunk names the list.
    public func isCredentialList(_ listID: String, attachedToTrunk trunkID: String) async throws -> Bool {
        try await credentialCalls.isAttached(list: listID, toTrunk: trunkID)
    }

    /// Has the trunk name the list; the code of one that it names already is also that of other faults, so it is looked
    /// for.
    public func attachCredentialList(_ listID: String, toTrunk trunkID: String, key: String) async throws {
        do { try await credentialCalls.attach(list: listID, toTrunk: trunkID) } catch let refusal as TwilioRefusal {
            guard refusal.code == 21245,
                let isThere = try await adopted(
                    after: refusal, { try await credentialCalls.isAttached(list: listID, toTrunk: trunkID) }), isThere
            else { throw refusal.error }
        }
    }

    /// Has the trunk name the list no more.
    public func detachCredentialList(_ listID: String, fromTrunk trunkID: String, key: String) async throws {
        try await credentialCalls.detach(list: listID, fromTrunk: trunkID)
    }

    /// What is there already where Twilio refused to make it; a failure to find out still says whether an earlier attempt
    /// may have made it.
    private func adopted<Thing>(
        after refusal: TwilioRefusal, _ read: () async throws -> Thing?
    ) async throws -> Thing? {
        do { return try await read() } catch {
            var error = SwitchboardError(wrapping: error)
            error.mayHaveHappened = refusal.error.mayHaveHappened
            throw error
        }
    }
}
