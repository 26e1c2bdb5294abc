import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// How commands name numbers of the workspace: by a record, by E.164, by the workspace's id or by the provider's.
enum NumberReference {
    static let type = ValueType.either([.record(RecordTypes.number), .phone, .id(nil)])

    static let parameter = Parameter(
        "number", .positional, type, isMain: true, aliases: ["id", "e164"],
        help: "a number of the workspace: in E.164 form, its id, or one that flows in")

    /// The same where no list of numbers can be given instead.
    static let requiredParameter: Parameter = {
        var required = parameter
        required.isRequired = true
        return required
    }()

    /// The parameters of the commands that give numbers up, one or several.
    static let givingUp = [
        parameter, Parameter("numbers", .flag, .list(.phone), help: "several numbers, as a list"),
        Parameter("ids", .flag, .list(.id(nil)), help: "several numbers by id, as a list"),
        Parameter("force", .toggle, .bool, help: "also a number that is bound to an agent, or protected"),
    ]

    static func output(_ call: CallTypes) throws(TypeFault) -> ValueType {
        let isList = call.given.contains("numbers") || call.given.contains("ids")
        return isList ? .list(.record(RecordTypes.number)) : .record(RecordTypes.number)
    }

    /// The fault of a call that names no number, or names it twice.
    static func fault(in call: CallNode) -> TypeFault? {
        guard let bound = call.bound else { return nil }
        let count = ["number", "numbers", "ids"].filter(bound.contains).count
        if count > 1 { return TypeFault("'\(call.command)' is told its numbers twice", help: "give them one way only") }
        return count == 1
            ? nil : TypeFault("'\(call.command)' needs a number", help: "let one flow in from a list, or write one")
    }

    /// Runs the body for the one number, or for each of `--numbers` or `--ids`, alone with each.
    ///
    /// All are looked up before the first is touched.
    static func forEach(_ call: CommandCall, _ body: (WorkspaceNumber) throws -> Value) throws -> Value {
        let lists = [call.list("numbers"), call.list("ids")].compactMap { $0 }
        guard lists.count + (call["number"] == nil ? 0 : 1) == 1 else {
            throw SwitchboardError(
                .invalidArgument, "name the numbers once: let one flow in, write one, or give --numbers or --ids")
        }
        let run = call.run
        func alone(_ found: WorkspaceNumber) throws -> Value {
            try run.alone(with: found.e164) {
                try body(run.store.number(found.e164, profile: run.profile) ?? found)
            }
        }
        if let number = call["number"] { return try alone(find(number, run)) }
        return .list(try lists[0].map { try find($0, run) }.map(alone))
    }

    /// The number as the ledger has it; of a call that was interrupted, as it had it then.
    static func find(_ value: Value, _ run: RunSession) throws -> WorkspaceNumber {
        try run.decide { try lookUp(value, run) }
    }

    private static func lookUp(_ value: Value, _ run: RunSession) throws -> WorkspaceNumber {
        let text: String?
        if case .record(let record) = value { text = record["e164"]?.plainText } else { text = value.plainText }
        guard let text else { throw SwitchboardError(.invalidArgument, "\(value.typeName) names no number") }
        let found: WorkspaceNumber?
        if let e164 = E164(text) {
            found = try run.store.number(e164, profile: run.profile)
        } else {
            found = try run.store.numbers(profile: run.profile).first { $0.id == text || $0.providerID == text }
        }
        guard let found else {
            throw SwitchboardError(
                .notFound, "no number '\(text)' in profile '\(run.profile)'", help: "list shows the workspace's numbers"
            )
        }
        return found
    }
}

extension RunSession {
    /// The number as the ledger has it now.
    func ledger(_ e164: E164) throws -> WorkspaceNumber {
        guard let number = try store.number(e164, profile: profile) else {
            throw SwitchboardError(.internal, "\(e164) is missing in the ledger")
        }
        return number
    }

    /// An agent's name for messages, or its id where the ledger does not know it.
    func agentName(_ id: String) throws -> String {
        try store.agents(profile: profile).first { $0.id == id }?.name ?? id
    }
}

extension WorkspaceNumber {
    /// Throws `conflict` where it is protected.
    func requireUnprotected() throws {
        guard isProtected == true else { return }
        throw SwitchboardError(
            .conflict, "\(e164) is protected",
            help: "update \(e164) --unprotected first, or give --force to release or remove it all the same")
    }
}

extension OwnedNumber {
    /// A number of the ledger as its provider's calls take it.
    init(_ held: WorkspaceNumber) {
        self.init(
            provider: held.provider, providerID: held.providerID ?? "", e164: held.e164, status: held.status,
            countryCode: held.countryCode)
    }
}

extension EffectWorld {
    /// Throws `conflict` where the number is protected, whoever gives it up: also an undo of what brought it in.
    func requireUnprotected(_ e164: E164, unless isForced: Bool) throws {
        guard !isForced, let held = try store.number(e164, profile: profile) else { return }
        try held.requireUnprotected()
    }

    /// Throws `already_owned` where the workspace has the number by now.
    ///
    /// One intent on a number follows another, so what the one brings in is in the ledger before the next is carried out.
    func requireNew(_ e164: E164) throws {
        guard let held = try store.number(e164, profile: profile), held.status != .released else { return }
        throw SwitchboardError(
            .alreadyOwned, "\(e164) has come into the workspace meanwhile", help: "nothing was bought or changed")
    }

    /// The number as its provider has it after a change that is confirmed already.
    ///
    /// nil where the provider does not answer: that is no failure of the change, and the next `get` brings the details.
    func readBack(_ e164: E164, at provider: String) async -> OwnedNumber? {
        do {
            guard let held = try store.number(e164, profile: profile) else {
                return try await providers.provider(provider).lookUp(e164)
            }
            return try await providers.asTheyHaveIt(held, trunks: store.trunks(profile: profile))
        } catch { return nil }
    }
}
