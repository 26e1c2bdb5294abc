import SwitchboardCore
import SwitchboardEngine
import SwitchboardLanguage

/// A dispatch rule as a call describes it.
extension RoutedDraft<DispatchRule> {
    /// The parameters that describe a rule.
    static let parameters = [trunkIDs, RoutingFileArgument.parameter] + kinds + rest(isUpdate: false) + [catchAll]

    /// The parameters that change one; what flows in is the rule itself there.
    static let updateParameters = [namedTrunkIDs] + kinds + rest(isUpdate: true) + [catchAll]

    /// The parameters that put another in its place.
    static let replaceParameters =
        [namedTrunkIDs, RoutingFileArgument.parameter] + kinds + rest(isUpdate: false) + [
            catchAll,
            Parameter("force", .toggle, .bool, help: "also unbind LiveKit numbers that the new content does not name"),
        ]

    /// What may flow in: a trunk or a number that the rule is for.
    private static let trunkIDs = Parameter(
        "trunk-ids", .flag, .list(.either([.record(RecordTypes.trunk), .record(RecordTypes.number), .string])),
        isMain: true, aliases: ["trunks"],
        help: "trunks and LiveKit numbers whose calls it takes: ids, names of trunks, numbers; none for all")

    private static let namedTrunkIDs: Parameter = {
        var parameter = trunkIDs
        parameter.isMain = false
        return parameter
    }()

    private static let kinds = [
        Parameter("direct", .flag, .string, help: "every caller joins this room"),
        Parameter(
            "individual", .flag, .string, aliases: ["caller"],
            help: "every call gets a room of its own, named by this prefix and the caller"),
        Parameter("callee", .flag, .string, help: "the room is named by this prefix and the called number"),
        Parameter("pin", .flag, .either([.secret, .string]), help: "digits that the caller has to key in"),
        Parameter("randomize", .toggle, .bool, help: "a room for each call, also with --callee"),
        Parameter("no-randomness", .toggle, .bool, help: "one room for each caller, also with --individual"),
        Parameter("agents", .flag, .list(.id("agent")), help: "agents of the workspace that are sent into the room"),
    ]

    private static func rest(isUpdate: Bool) -> [Parameter] {
        RoutingFlag.parameters(of: [.dispatchRule], isUpdate: isUpdate).filter { $0.name != trunkIDs.name }.map {
            var parameter = $0
            if RoutingNames.trunkFlags.contains(parameter.name) { parameter.type = trunkIDs.type }
            return parameter
        }
    }

    private static let catchAll = Parameter(
        "catch-all", .toggle, .bool, help: "mean it: without trunk ids it takes the calls of every trunk")

    /// The rule that the arguments describe.
    init(_ arguments: [String: Value], _ names: RoutingNames) throws {
        let file = try RoutingFileArgument.read(arguments, as: RoutingFile.dispatchRule)
        try self.init(file.map { DispatchRule($0.document) } ?? DispatchRule(), from: file)
        try takeFlags(arguments, names)
    }

    /// Sets what the flags say; what they do not say stays.
    mutating func takeFlags(_ arguments: [String: Value], _ names: RoutingNames) throws {
        let arguments = arguments.given
        try take(names.resolved(arguments))
        try takeKind(arguments)
        if let agents = arguments["agents"] { thing.agents = try RoutingValue.texts(agents).map(names.agent) }
    }

    /// Sets the kind of the rule, its room, its PIN and whether rooms get a random part; a new kind keeps the PIN.
    private mutating func takeKind(_ arguments: [String: Value]) throws {
        let kinds = DispatchRule.Kind.allCases.filter { arguments[$0.rawValue] != nil }
        guard kinds.count < 2 else {
            throw RoutingFault(field: "rule", "a rule has one of --\(kinds.map(\.rawValue).joined(separator: ", --"))")
        }
        let (pin, isRandom) = (Self.secret(arguments["pin"]), Self.isRandom(arguments))
        guard !kinds.isEmpty || pin != nil || isRandom != nil else { return }
        guard let kind = kinds.first ?? thing.kind else {
            throw RoutingFault(
                field: "rule", "the room of the calls is not told", help: "give --direct, --individual or --callee")
        }
        thing.setKind(
            kind, room: arguments[kind.rawValue]?.plainText ?? thing.room, pin: pin ?? thing.pin,
            random: isRandom ?? (kind == thing.kind ? thing.isRandom : nil))
    }

    private static func secret(_ value: Value?) -> Secret? {
        if case .secret(let secret)? = value { return secret }
        return value?.plainText.map { Secret($0) }
    }

    private static func isRandom(_ arguments: [String: Value]) -> Bool? {
        if arguments["randomize"] == .bool(true) { return true }
        return arguments["no-randomness"] == .bool(true) ? false : nil
    }
}
