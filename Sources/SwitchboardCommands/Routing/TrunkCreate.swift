import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Makes SIP trunks.
public enum TrunkCreate: ChangingCommand {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk create", summary: "make a SIP trunk that calls come in or go out by",
        parameters: [RoutedDraft<SIPTrunk>.direction] + RoutedDraft<SIPTrunk>.parameters + [BoundCalls.replace],
        output: .type(.record(RecordTypes.trunk)), effect: .changes, inverse: "trunk delete",
        examples: [
            .init("trunk create --name main --numbers +15105550100", "takes the calls to one number"),
            .init(
                "trunk create --name out --address acme.pstn.example --numbers [+15105550100] --transport tls",
                "an address makes it an outbound one"),
            .init(
                "trunk create --name main --direction both --numbers [+15105550100] --address acme.pstn.example",
                "one trunk of the workspace, two of the platform"),
            .init("trunk create --file ./inbound-trunk.json --name main", "a file as lk takes it; flags win"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [
        RoutedCreateEffect<SIPTrunk>.self, RoutedDeleteEffect<SIPTrunk>.self,
    ]

    /// What is wrong with the trunk, as far as the script tells it.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        guard call.text("direction") == SIPTrunk.Direction.both else {
            return call.faults { try RoutedDraft<SIPTrunk>($0) }
        }
        return SIPTrunk.Direction.halves.lazy.map { half in
            call.faults { try RoutedDraft<SIPTrunk>(half: half, of: $0) }
        }.first { !$0.isEmpty } ?? []
    }

    /// What it changes it changes in the ledger and at providers alone, so its plan is its run.
    public static func plan(_ call: CommandCall) throws -> Value { try run(call) }

    /// Makes it; one that is there already and says the same is left, and taken into the ledger.
    public static func run(_ call: CommandCall) throws -> Value {
        if call.text("direction") == SIPTrunk.Direction.both { return Value(try makeBoth(call)) }
        var draft = try RoutedDraft<SIPTrunk>(call.arguments)
        draft.leaveOutID()
        try draft.check(call)
        let picture = try call.run.routingPicture()
        let wanted = try withImported(draft.thing, picture, call.run)
        let trunk = try wanted.make(picture, call, rowID: IDKind.trunk.make(at: call.run.now))
        try adopt(trunk, call.run)
        return Value(try TrunkEntry(of: trunk, picture, call.run))
    }

    /// The trunk with the numbers that imports have put on the list of its namesake since: that one says the same.
    static func withImported(_ trunk: SIPTrunk, _ picture: RoutingPicture, _ run: RunSession) throws -> SIPTrunk {
        let namesakes = picture.trunks.filter { $0.direction == trunk.direction && $0.name == trunk.name }
        guard !trunk.name.isEmpty, !trunk.numbers.isEmpty, let there = namesakes.first,
            let row = try run.store.trunks(profile: run.profile).first(where: { $0.names(there.id) })
        else { return trunk }
        let imported = try run.store.numbers(profile: run.profile).filter {
            $0.trunkID == row.id && $0.isListedByImport == true
        }
        guard Set(trunk.numbers + imported.map(\.e164.text)) == Set(there.numbers) else { return trunk }
        var same = trunk
        same.numbers = there.numbers
        return same
    }

    /// Takes a trunk that was made elsewhere into the ledger, where there is a place for it.
    static func adopt(_ trunk: SIPTrunk, _ run: RunSession) throws {
        let rows = try run.store.trunks(profile: run.profile)
        if rows.contains(where: { $0.names(trunk.id) }) { return }
        let most = try run.caps.trunks
        guard rows.count < most else {
            throw SwitchboardError(
                .paymentRequired, "the workspace holds \(rows.count) of \(most) trunks",
                help: "the \(trunk.title) is there, and the ledger has no place for it")
        }
        let row = Trunk(trunk, id: IDKind.trunk.make(at: run.now), at: run.now)
        try run.apply([.putTrunk(row)], "take in \(trunk.title)", inverse: .changes([.removeTrunk(row.id)]))
        run.note("\(trunk.title) was made elsewhere and is in the ledger now")
    }
}
