import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// The way by which the calls of an account's numbers reach the platform: one trunk at the carrier and one trunk of either
/// direction at the platform, shared by all of them.
///
/// What the numbers share is made first, then the number's own part, and the carrier is told last, since that is what
/// moves the calls (contract section 8.2).
struct CarrierWay {
    let provider: String
    let account: String
    let carrier: any CarrierTrunking
    let run: RunSession

    /// The way of an account; nil means the profile's own.
    init(_ provider: String, account: String?, _ run: RunSession) throws {
        let account = try account ?? run.providers.accountID(nil, of: provider)
        self.init(
            provider: provider, account: account, carrier: try run.providers.carrier(provider, account: account),
            run: run)
    }

    init(provider: String, account: String, carrier: any CarrierTrunking, run: RunSession) {
        (self.provider, self.account, self.carrier, self.run) = (provider, account, carrier, run)
    }

    /// The account's gate.
    var gate: AccountGate { run.providers.gate(provider, account: account) }

    // MARK: Leading

    /// Leads a full number's calls to the platform; `first` puts it into the ledger where it is not there yet.
    ///
    /// All of it happens or nothing, but for the carrier's trunk, which is kept. Other numbers of the account may be led
    /// at the same time, once what they share is there.
    func lead(_ number: CarrierNumber, first: (RunSession) throws -> Void = { _ in }) throws {
        try requireEntrance(of: number.e164)
        try requirePlace()
        try whole(first) { way in try way.withShared { try way.leadOne(number, $0) } }
    }

    /// Leads a number of the ledger, whose calls may go anywhere but to somebody else's application or trunk.
    func lead(_ held: WorkspaceNumber, replacing isForced: Bool = false) throws {
        let (carrier, e164) = (carrier, held.e164)
        guard let number = try run.ask({ try await carrier.holding(of: e164) }), number.kind == .fullNumber else {
            throw SwitchboardError(
                .notFound, "the \(provider) account \(account) does not hold \(e164) any more",
                help: "remove takes it out of the ledger", provider: provider)
        }
        if !isForced { try requireFree(number) }
        try lead(number)
    }

    /// Throws where somebody's application or trunk takes the calls now; a webhook is kept by the carrier and takes them
    /// again when the number leaves the trunk.
    func requireFree(_ number: CarrierNumber) throws {
        let place: String
        switch number.route {
        case .nowhere, .webhook: return
        case .application(let id): place = "to the application \(id)"
        case .trunk(let id):
            if try sharedTrunk()?.id == id { return }
            place = "into the trunk \(id)"
        }
        throw SwitchboardError(
            .conflict, "\(provider) leads the calls to \(number.e164) \(place)",
            help: "import with --replace leads them here; removing the number leads them back", provider: provider
        ).about("e164")
    }

    /// Lets the platform show a verified caller id when it calls out.
    func show(_ callerID: CarrierNumber, first: (RunSession) throws -> Void = { _ in }) throws {
        try whole(first) { way in try way.withShared { try way.list(callerID.e164, on: .outbound, $0) } }
    }

    /// What it changes is taken back outside of the gate, each step in its own turn.
    private func whole(_ first: (RunSession) throws -> Void, _ then: (CarrierWay) throws -> Void) throws {
        try run.wholeOrOpen { run in
            try first(run)
            try then(CarrierWay(provider: provider, account: account, carrier: carrier, run: run))
        }
    }

    /// What would keep the number's calls from coming in is found before anything is changed.
    private func requireEntrance(of number: E164) throws {
        var draft = SIPTrunk(.inbound)
        draft.name = trunkName
        draft.numbers = [number.text]
        try run.requireEntrance(of: number, by: half(.inbound, of: row()) ?? draft)
    }

    /// A trunk that the workspace has no place for is not begun at the carrier.
    private func requirePlace() throws {
        let held = try run.store.trunks(profile: run.profile).count
        let most = try run.caps.trunks
        guard try row() == nil, held >= most else { return }
        throw SwitchboardError(
            .paymentRequired,
            "the workspace may hold \(most) trunks: it holds \(held), and the \(provider) "
                + "account \(account) would need one more",
            help: "remove trunks that are not needed, or raise the cap with --max-trunks")
    }

    /// Makes what the account's numbers share wherever somebody has taken it away since.
    func mend() throws {
        if gate.isSound(in: run) { return }
        try whole({ _ in }) { way in
            try gate.alone(in: run) {
                _ = try way.sound()
                gate.setSound(true, in: run)
            }
        }
    }

    /// Whether the carrier leads the number's calls here and the platform lists it both ways.
    func leads(_ number: CarrierNumber) throws -> Bool {
        guard let row = try row(), let trunkID = row.carrierTrunkID, number.route == .trunk(trunkID) else {
            return false
        }
        return try isListed(number.e164, on: .inbound, of: row) && isListed(number.e164, on: .outbound, of: row)
    }

    /// Whether the platform shows the caller id when it calls out.
    func shows(_ callerID: E164) throws -> Bool {
        try row().map { try isListed(callerID, on: .outbound, of: $0) } ?? false
    }

    private func isListed(_ e164: E164, on direction: SIPTrunk.Direction, of row: Trunk) throws -> Bool {
        try half(direction, of: row)?.numbers.contains(e164.text) ?? false
    }

    // MARK: What the numbers share

    /// The account's trunk of ours as the carrier has it; nil for none.
    func sharedTrunk() throws -> CarrierTrunk? {
        let (carrier, entry) = (carrier, try run.platformEntry())
        return try run.ask { try await carrier.sharedTrunk(to: entry.host) }
    }

    /// The workspace's trunk of the account.
    func row() throws -> Trunk? {
        try run.store.trunks(profile: run.profile).first { $0.kind == provider && $0.account == account }
    }

    /// What a number's own part needs to know of the shared one.
    private struct Shared {
        var row: Trunk?
        var inbound: SIPTrunk?
        var outbound: SIPTrunk?
        /// The carrier's trunk, where it was looked for.
        var trunk: CarrierTrunk?
        /// By which the platform is to call out, where its trunk is yet to be made.
        var credential: (username: String, password: Secret)?
    }

    /// Does a number's own part with what all share: beside others where that is there, else alone.
    private func withShared(_ body: (Shared) throws -> Void) throws {
        let isDone = try gate.shared(in: run) {
            guard let shared = try ready() else { return false }
            try body(shared)
            return true
        }
        if isDone { return }
        try gate.alone(in: run) {
            try body(try sound())
            gate.setSound(true, in: run)
        }
    }

    /// All that the numbers share, where this run has seen it and both trunks of the platform are still there.
    private func ready() throws -> Shared? {
        guard gate.isSound(in: run), let row = try row(), let inbound = try half(.inbound, of: row),
            let outbound = try half(.outbound, of: row)
        else { return nil }
        return Shared(row: row, inbound: inbound, outbound: outbound)
    }

    /// Makes what is missing, and returns all of it.
    private func sound() throws -> Shared {
        let entry = try run.platformEntry()
        let trunk = try ensure(SharedTrunkStep(sipHost: entry.host))
        _ = try ensure(OriginationStep(sipURI: entry.uri, trunkID: trunk.id))
        let list = try ensure(CredentialListStep(name: try listName(of: trunk)))
        let row = try row()
        var shared = Shared(
            row: row, inbound: try half(.inbound, of: row), outbound: try half(.outbound, of: row), trunk: trunk)
        _ = try ensure(CredentialUseStep(listID: list.id, listName: list.name, trunkID: trunk.id))
        if let outbound = shared.outbound, try callsOut(outbound, by: trunk, list) { return shared }
        let known = shared.outbound.map(\.authUsername) ?? ""
        let username = try known.isEmpty ? self.username(trunk, list) : known
        let password = Secret(RandomPassword.make())
        let credential = CredentialStep(username: username, password: SecretReference(password), listID: list.id)
        guard let row, let outbound = shared.outbound else {
            shared.credential = (username, password)
            try take(credential)
            return shared
        }
        let callOut = CallOutEffect(
            row: row.led(by: trunk), trunkID: outbound.id, address: trunk.terminationHost ?? "", username: username,
            password: SecretReference(password))
        // What tells that they differ is mended last, so that a run that dies in between is noticed by the next.
        if isLed(outbound, to: trunk, row) {
            _ = try run.carryOut(callOut)
            try take(credential)
        } else {
            try take(credential)
            _ = try run.carryOut(callOut)
        }
        shared.row = try self.row()
        return shared
    }

    /// The first user name by which no other trunk of the platform calls out: a password given to that user would lock
    /// the trunk of another workspace out.
    private func username(_ trunk: CarrierTrunk, _ list: CredentialList) throws -> String {
        let routing = try run.providers.callRouting()
        let taken = Set(
            try run.ask { try await routing.trunks() }
                .filter { $0.direction == .outbound && $0.address == trunk.terminationHost }.map(\.authUsername))
        return ([list.name] + (2...taken.count + 2).map { "\(list.name)-\($0)" }).first { !taken.contains($0) } ?? ""
    }

    /// Whether calls go out by the carrier's trunk, as far as anybody can tell without the password.
    func canCallOut(by trunk: CarrierTrunk, _ row: Trunk) throws -> Bool {
        // One that the platform has no more is told of by itself.
        guard let outbound = try half(.outbound, of: row) else { return true }
        let (carrier, name) = (carrier, try listName(of: trunk))
        guard let list = try run.ask({ try await carrier.credentialList(named: name) }),
            try callsOut(outbound, by: trunk, list)
        else { return false }
        return try run.ask { try await carrier.isCredentialList(list.id, attachedToTrunk: trunk.id) }
    }

    /// Whether the platform's trunk calls out by the carrier's, as a user that this one knows; it does not where somebody
    /// has deleted the one or the other.
    private func callsOut(_ outbound: SIPTrunk, by trunk: CarrierTrunk, _ list: CredentialList) throws -> Bool {
        let carrier = carrier
        guard let row = try row(), isLed(outbound, to: trunk, row) else { return false }
        return try run.ask { try await carrier.hasCredential(outbound.authUsername, inList: list.id) }
    }

    private func isLed(_ outbound: SIPTrunk, to trunk: CarrierTrunk, _ row: Trunk) -> Bool {
        outbound.address == trunk.terminationHost && row.carrierTrunkID == trunk.id
    }

    /// The credential list has the first word of the trunk's host for its name, which no other trunk has.
    private func listName(of trunk: CarrierTrunk) throws -> String {
        guard let host = trunk.terminationHost, let name = host.split(separator: ".").first else {
            throw SwitchboardError(
                .conflict, "the trunk \(trunk.id) at \(provider) has no host that takes calls",
                help: "give it a termination host there", provider: provider)
        }
        return String(name)
    }

    /// What a step leads to, taken only where it is not so yet.
    private func ensure<Step: CarrierStep>(_ step: Step) throws -> Step.Result {
        let carrier = carrier
        if let found = try run.ask({ try await step.found(at: carrier) }) { return found }
        return try take(step)
    }

    @discardableResult
    private func take<Step: CarrierStep>(_ step: Step) throws -> Step.Result {
        let outcome = try run.carryOut(CarrierEffect(provider: provider, account: account, step: step))
        if let result = outcome.result { return result }
        throw SwitchboardError(.internal, "nothing became of it: \(step.summary)")
    }

    /// The platform's trunk of one direction, where the ledger knows it and the platform has it.
    private func half(_ direction: SIPTrunk.Direction, of row: Trunk?) throws -> SIPTrunk? {
        guard let id = direction == .inbound ? row?.inboundTrunkID : row?.outboundTrunkID else { return nil }
        let routing = try run.providers.callRouting()
        return try run.ask { try await routing.trunk(id: id) }
    }

    // MARK: A number's own part

    private func leadOne(_ number: CarrierNumber, _ shared: Shared) throws {
        var shared = shared
        try list(number.e164, on: .inbound, shared)
        shared.row = try row()
        try list(number.e164, on: .outbound, shared)
        guard let trunkID = try row()?.carrierTrunkID else {
            throw SwitchboardError(.internal, "the ledger has no trunk of the \(provider) account \(account)")
        }
        try take(AttachStep(number: number, trunkID: trunkID))
    }

    /// Puts a number on the list of the platform's trunk of one direction.
    private func list(_ e164: E164, on direction: SIPTrunk.Direction, _ shared: Shared) throws {
        let there = direction == .inbound ? shared.inbound : shared.outbound
        let isListed = there?.numbers.contains(e164.text) ?? false
        if isListed, try run.ledger(e164).trunkID == shared.row?.id { return }
        var draft = SIPTrunk(direction)
        draft.name = trunkName
        draft.numbers = [e164.text]
        var secrets: [String: SecretReference] = [:]
        if direction == .outbound, there == nil, let trunk = shared.trunk, let credential = shared.credential {
            (draft.address, draft.authUsername) = (trunk.terminationHost ?? "", credential.username)
            secrets["auth_password"] = SecretReference(credential.password)
        }
        var row =
            shared.row
            ?? Trunk(
                id: IDKind.trunk.make(at: run.now), name: trunkName, kind: provider,
                direction: direction == .inbound ? .inbound : .outbound,
                account: account, createdAt: run.now)
        row.carrierTrunkID = shared.trunk?.id ?? row.carrierTrunkID
        _ = try run.carryOut(
            ListingEffect(
                e164: e164, row: row, isNewRow: shared.row == nil, draft: draft, secrets: secrets, trunkID: there?.id))
    }

    /// The name of the platform's trunks for the account.
    private var trunkName: String { "\(provider) \(account)" }

    // MARK: Taking away

    /// Leads a number's calls where they went before, and takes what the numbers share away with the last of them.
    ///
    /// Each step may have been taken already. The carrier's trunk is kept.
    func lift(_ held: WorkspaceNumber) throws {
        try gate.alone(in: run) {
            let row = try row()
            if let route = held.earlierRoute, let trunkID = try row?.carrierTrunkID ?? sharedTrunk()?.id {
                let before = CarrierNumber(id: held.providerID ?? "", e164: held.e164, kind: .fullNumber, route: route)
                try detach(before, trunkID)
            }
            let routing = try run.providers.callRouting()
            for id in row?.halves ?? [] {
                let half = try run.ask { try await routing.trunk(id: id) }
                guard half?.numbers.contains(held.e164.text) ?? true else { continue }
                _ = try run.carryOut(
                    UnlistingEffect(provider: provider, account: account, e164: held.e164, trunkID: id))
            }
            if try self.row() == nil { try dismantle() }
        }
    }

    private func detach(_ number: CarrierNumber, _ trunkID: String) throws {
        let isRestored = try take(DetachStep(number: number, trunkID: trunkID))
        if !isRestored {
            run.note("\(number.e164) goes nowhere at \(provider) now: what took its calls before is not there any more")
        }
    }

    /// Takes away what nobody needs any more, unless somebody else's numbers are on the trunk.
    private func dismantle() throws {
        gate.setSound(false, in: run)
        let (entry, carrier) = (try run.platformEntry(), carrier)
        guard let trunk = try sharedTrunk(), try run.ask({ try await carrier.numbers(ofTrunk: trunk.id) }).isEmpty
        else { return }
        let name = try listName(of: trunk)
        try take(CredentialUseRemoval(listName: name, trunkID: trunk.id))
        try take(CredentialListRemoval(name: name))
        try take(OriginationRemoval(sipURI: entry.uri, trunkID: trunk.id))
        run.note("the empty trunk \(trunk.id) at \(provider) is kept: its host name could not be had again for weeks")
    }
}

extension CarrierWay {
    /// What its changes hand to the door.
    static let effects: [any Effect.Type] = [
        TakeInEffect.self, ListingEffect.self, UnlistingEffect.self, ForgetEffect.self,
        CallOutEffect.self,
        CarrierEffect<SharedTrunkStep>.self, CarrierEffect<OriginationStep>.self,
        CarrierEffect<OriginationRemoval>.self, CarrierEffect<CredentialListStep>.self,
        CarrierEffect<CredentialListRemoval>.self, CarrierEffect<CredentialStep>.self,
        CarrierEffect<CredentialUseStep>.self, CarrierEffect<CredentialUseRemoval>.self,
        CarrierEffect<AttachStep>.self, CarrierEffect<DetachStep>.self,
    ]
}
