import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage
import SwitchboardStore

/// What one import is told.
struct ImportRow {
    let e164: E164
    let label: String?
    /// What names the trunk.
    let trunk: Value?
    let agent: Agent?
    /// The account that has the number, by a profile's name or by its id.
    let account: String?
    /// What carriers' own flags say, by flag.
    let carriers: [String: Value]
    /// Whether calls that go elsewhere now are led here.
    let replaces: Bool

    /// Reads the arguments; throws what is wrong with one, with its field.
    init(_ call: CommandCall) throws {
        guard case .phone(let e164)? = call["e164"] else {
            throw SwitchboardError(.invalidArgument, "import needs a number", fields: ["e164": "no number"])
        }
        self.e164 = e164
        label = call.text("label").flatMap { $0.isEmpty ? nil : $0 }
        trunk = call["trunk-id"].flatMap { $0.plainText == "" ? nil : $0 }
        account = call.text("account").flatMap { $0.isEmpty ? nil : $0 }
        carriers = call.arguments.filter { !$0.value.isNothing }
        replaces = call.isSet("replace")
        let named = call.text("agent").flatMap { $0.isEmpty ? nil : $0 }
        do { agent = try named.map { try AgentReference.find($0, call.run) } } catch {
            throw SwitchboardError(wrapping: error).about("agent_id")
        }
    }

    /// What a number of the workspace says that is not asked for here; nil where it is what the import asks for.
    func difference(
        from held: WorkspaceNumber, _ source: any ImportSource, _ run: RunSession
    ) throws -> (field: String, what: String)? {
        if !source.leads(to: held.source) { return ("source", "source is \(held.source.rawValue)") }
        if let carried = source as? CarriedImport, let account = held.account,
            account != (try carried.accountID(self, run))
        {
            return ("account", "account is \(account)")
        }
        if let label, label != held.label { return ("label", "label is \(held.label.map { "'\($0)'" } ?? "empty")") }
        if let trunk, try run.workspaceTrunk(trunk).id != held.trunkID {
            return ("trunk_id", "trunk is \(held.trunkID ?? "gone")")
        }
        if let bound = held.agentID, let agent, bound != agent.id {
            return ("agent_id", "agent is \(try run.agentName(bound))")
        }
        return nil
    }
}

extension RunSession {
    /// The ledger's trunk that a value names by id, by the platform's id or by a name that only one has.
    func workspaceTrunk(_ value: Value) throws -> Trunk {
        let text = value.trunkName
        let rows = try store.trunks(profile: profile)
        let named = rows.filter { $0.name == text }
        if let row = rows.first(where: { $0.id == text || $0.names(text) }) ?? (named.count == 1 ? named.first : nil) {
            return row
        }
        let what = named.isEmpty ? "no trunk '\(text)'" : "\(named.count) trunks are named '\(text)'"
        throw SwitchboardError(
            .notFound, "\(what) in profile '\(profile)'",
            help: NearName.help(for: text, among: rows.map(\.name)) ?? "trunk list shows them",
            fields: ["trunk_id": what])
    }
}

extension Value {
    /// The text that names a trunk, also of its record.
    fileprivate var trunkName: String {
        if case .record(let record) = self { return record["id"]?.plainText ?? "" }
        return plainText ?? ""
    }
}

extension SwitchboardError {
    /// The same, told of one argument.
    func about(_ field: String) -> SwitchboardError {
        var error = self
        error.fields[field] = message
        return error
    }
}
