import SwitchboardCore
import SwitchboardHTTP

/// Changes of trunks of one direction or of dispatch rules, each read back.
///
/// LiveKit keeps no versions and the last writer wins, so a change that does not show afterwards is a `conflict`. A
/// change whose answer is lost succeeds where reading shows it.
struct RoutingEdits: Sendable {
    let calls: RoutingCalls

    /// Makes one.
    func create(_ document: RoutingDocument, key: String) async throws -> RoutingDocument {
        do {
            return try await calls.create(document, key, repeatability(ofCreating: document))
        } catch let error as SwitchboardError where error.isOpen {
            // LiveKit refuses a second one that takes the same calls, so the one that is there is the one just made.
            guard isUnique, let made = try? await alike(document), made.count == 1 else { throw error }
            return made[0]
        }
    }

    /// Changes fields, or where LiveKit cannot do that, reads the whole, changes it and sends it back.
    func update(_ last: RoutingDocument, by change: RoutingChange, key: String) async throws -> RoutingDocument {
        if change.isEmpty { return try await calls.existing(last.id) }
        guard change.isFieldUpdate else { return try await put(changed(last.id, by: change), key: key) }
        let change = change.removingAll(of: last)
        return try await settle(last.id) { after in
            try change.applied(to: after).means(after, comparingSecrets: false)
                && Self.agree(change.secrets, after.secrets)
        } after: {
            try await calls.update(last.id, by: change, key)
        }
    }

    /// Puts one in the place of the one with its id.
    func replace(_ document: RoutingDocument, key: String) async throws -> RoutingDocument {
        if RoutingSecrets.lacksPassword(document) {
            try RoutingSecrets.requireKept(document, inPlaceOf: try await calls.existing(document.id))
        }
        return try await put(document, key: key)
    }

    private func put(_ document: RoutingDocument, key: String) async throws -> RoutingDocument {
        try await settle(document.id) { after in
            document.means(after, comparingSecrets: false) && Self.agree(document.secrets, after.secrets)
        } after: {
            try await calls.replace(document, key)
        }
    }

    /// Deletes one; `not_found` where there is none and none was there before.
    func delete(_ id: String, key: String, isGone: @escaping @Sendable () async throws -> Bool) async throws {
        do {
            try await calls.delete(id, key, isGone: isGone)
        } catch let error as SwitchboardError where error.isOpen {
            guard (try? await isGone()) == true else { throw error }
        } catch let error as SwitchboardError where error.code == .notFound {
            throw error.saying(RoutingErrors.missing(calls.schema.deletedNoun, id))
        }
    }

    // MARK: - Reading back

    private func changed(_ id: String, by change: RoutingChange) async throws -> RoutingDocument {
        let current = try await calls.existing(id)
        do {
            let wanted = try change.applied(to: current)
            if change.secrets[RoutingSecrets.password] == nil {
                try RoutingSecrets.requireKept(wanted, inPlaceOf: current)
            }
            return wanted
        } catch let fault as RoutingFault {
            throw fault.error
        }
    }

    private func settle(
        _ id: String, shows: (RoutingDocument) throws -> Bool, after write: () async throws -> Void
    ) async throws -> RoutingDocument {
        var open: SwitchboardError?
        do {
            try await write()
        } catch let error as SwitchboardError where error.isOpen {
            open = error
        } catch let error as SwitchboardError where error.code == .notFound {
            throw error.saying(RoutingErrors.missing(calls.schema.noun, id))
        }
        do {
            guard let after = try await calls.one(id), try shows(after) else {
                throw open ?? RoutingErrors.overtaken(calls.schema, id)
            }
            return after
        } catch {
            var error = open ?? SwitchboardError(wrapping: error)
            (error.mayHaveHappened, error.isRetryable) = (true, false)
            throw error
        }
    }

    /// Secrets that LiveKit shows are those that were sent.
    private static func agree(_ sent: [String: Secret], _ shown: [String: Secret]) -> Bool {
        sent.allSatisfy { path, secret in
            guard let there = shown[path], !there.isMask else { return true }
            return there == secret
        }
    }

    // MARK: - Creating once

    /// Outbound trunks may be alike; of others LiveKit refuses the second.
    private var isUnique: Bool { calls.schema != .outboundTrunk }

    private func repeatability(ofCreating document: RoutingDocument) -> Repeatability {
        isUnique ? .afterAsking { try await !alike(document).isEmpty } : .onlyIfRefused
    }

    /// Those that say the same; rules may differ in their PIN alone.
    private func alike(_ document: RoutingDocument) async throws -> [RoutingDocument] {
        try await calls.all().filter { $0.means(document, comparingSecrets: calls.schema == .dispatchRule) }
    }
}

extension SwitchboardError {
    /// Whether only reading can tell if the change took place.
    fileprivate var isOpen: Bool { mayHaveHappened && code != .cancelled }

    /// The same failure in the words of another.
    fileprivate func saying(_ other: SwitchboardError) -> SwitchboardError {
        var error = self
        (error.code, error.message, error.help) = (other.code, other.message, other.help)
        return error
    }
}

extension RoutingChange {
    /// The change with every removal as often as the document has the text, since LiveKit takes out one at a time.
    fileprivate func removingAll(of document: RoutingDocument) -> RoutingChange {
        var change = self
        for (name, edit) in lists {
            let there = document.texts(name)
            change.lists[name]?.remove = Set(edit.remove).sorted().flatMap { text in
                [String](repeating: text, count: max(1, there.count { $0 == text }))
            }
        }
        return change
    }
}
