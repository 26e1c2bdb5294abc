import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Takes something off the list of what needs a person.
public enum TodoDone: OutsideCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "todo done", summary: "say that you have dealt with something that todo lists; no undo touches it any more",
        parameters: [
            Parameter(
                "item", .positional, .either([.record(RecordTypes.todo), .string]), isRequired: true, isMain: true,
                help: "its id, or what todo lists of it")
        ],
        output: .type(.record(RecordTypes.todo)), effect: .irreversible,
        examples: [.init("todo | where .what matches 'release *' | todo done", "those that were seen to by hand")])

    /// Those of the accounts that are asked what became of a change.
    public static let secrets = SecretNeed.accounts

    /// That it is ticked off.
    public static func outside(_ call: CommandCall) throws -> [PlannedChange] {
        let id = try call.record?["id"]?.plainText ?? call.required("item")
        return [
            PlannedChange(
                kind: signature.name, subject: id, summary: "take \(id) off the list of what needs a person",
                undoing: .never("no undo touches it any more"))
        ]
    }

    /// Ticks it off; a change of which nobody could tell counts as one that did not happen from then on.
    public static func run(_ call: CommandCall) throws -> Value {
        let run = call.run
        if let record = call.record, try run.store.dealtWith().contains(record["run"]?.plainText ?? "") {
            // It went with its run.
            return .record(record)
        }
        let id = try call.record?["id"]?.plainText ?? call.required("item")
        guard let item = try TodoItem.all(run).first(where: { $0.id == id }) else {
            throw SwitchboardError(
                .notFound, "nothing that is to do has the id \(id)", help: "todo lists what there is")
        }
        if let open = run.unsettled.first(where: { $0.intent.id == id }) {
            let failure = SwitchboardError(.cancelled, "a person has dealt with it: \(open.summary)")
            try run.store.settle(id, .failed(failure), changes: [])
        } else {
            try run.store.dealWith(id)
        }
        return Value(item)
    }
}

extension CommandCall {
    /// The item, where it is given as todo lists it.
    fileprivate var record: Record? { if case .record(let record)? = self["item"] { record } else { nil } }
}
