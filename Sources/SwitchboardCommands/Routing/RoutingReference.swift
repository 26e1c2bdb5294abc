import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// What commands name by an id, by a name that only one has, or by a record that flows in.
protocol RoutingReference {
    /// What it is called, with the command that lists them all.
    static var words: (noun: String, list: String) { get }
    /// Every id that names it, the one that users are shown first.
    var ids: [String] { get }
    /// The user's own words; may be empty.
    var name: String { get }
    /// Its record.
    var value: Value { get }
    /// What a text that names it means for a change: the whole, or a part that has the id.
    func part(named text: String) -> Self
}

extension RoutingReference {
    /// The one that the value names.
    ///
    /// Throws `not_found` with a guess, `conflict` where several have the name.
    static func find(_ value: Value, among all: [Self]) throws -> Self {
        if case .record(let record) = value { return try find(record["id"] ?? .nothing, among: all) }
        let text = value.plainText ?? ""
        if let found = all.first(where: { $0.ids.contains(text) }) { return found }
        let named = all.filter { !text.isEmpty && $0.name == text }
        guard named.count < 2 else {
            throw SwitchboardError(
                .conflict, "\(named.count) \(words.noun)s are named '\(text)'",
                help: "name one by its id: \(named.compactMap(\.ids.first).joined(separator: ", "))")
        }
        if let found = named.first { return found }
        throw SwitchboardError(
            .notFound, "no \(words.noun) '\(text)'",
            help: NearName.help(for: text, among: all.map(\.name)) ?? "\(words.list) shows them")
    }
}

extension RoutingReference {
    func part(named text: String) -> Self { self }

    /// The one that the value names, or the part of it; errors as for `find`.
    static func findPart(_ value: Value, among all: [Self]) throws -> Self {
        let found = try find(value, among: all)
        if case .record = value { return found }
        return found.part(named: value.plainText ?? "")
    }
}

extension TrunkEntry: RoutingReference {
    static var words: (noun: String, list: String) { ("trunk", "trunk list") }
    var value: Value { Value(self) }
}

extension DispatchRule: RoutingReference {
    static var words: (noun: String, list: String) { ("dispatch rule", "dispatch list") }
    var ids: [String] { [id] }
    var value: Value { Value(self) }
}

/// The parameters by which commands name trunks and dispatch rules.
enum RoutingReferenceParameter {
    static let trunkType = ValueType.either([.record(RecordTypes.trunk), .string])
    static let ruleType = ValueType.either([.record(RecordTypes.dispatchRule), .string])

    static func trunk(_ form: Parameter.Form = .positional) -> Parameter {
        Parameter(
            "trunk", form, trunkType, isRequired: true, isMain: true, aliases: ["id"],
            help: "a trunk: its id, trunk_ or ST_, or its name")
    }

    static func rule(_ form: Parameter.Form = .positional) -> Parameter {
        Parameter(
            "rule", form, ruleType, isRequired: true, isMain: true, aliases: ["id"],
            help: "a dispatch rule: its id, SDR_, or its name")
    }

    /// One record, or a list of them where the call writes its references.
    static func output(_ call: CallTypes, _ name: String, _ record: RecordType) -> ValueType {
        call.given.contains(name) ? .list(.record(record)) : .record(record)
    }

    /// Finds all that the call names, each once, before the body touches them; returns them as they were.
    static func forEach<Thing: RoutingReference>(
        _ name: String, _ call: CommandCall, among all: [Thing], _ body: ([Thing]) throws -> Void
    ) throws -> Value {
        let references = call.list(name) ?? []
        var found: [Thing]?
        let values = try call.run.decide {
            let all = try distinct(references.map { try Thing.findPart($0, among: all) })
            found = all
            return all.map { JournaledValue($0.value) }
        }
        // A call that was interrupted has touched some of them already.
        try body(found ?? distinct(references.compactMap { try? Thing.findPart($0, among: all) }))
        if case .list? = call[name] { return .list(values.map(\.value)) }
        return values.first?.value ?? .nothing
    }

    private static func distinct<Thing: RoutingReference>(_ things: [Thing]) -> [Thing] {
        things.reduce(into: []) { all, thing in
            if !all.contains(where: { $0.ids == thing.ids }) { all.append(thing) }
        }
    }
}
