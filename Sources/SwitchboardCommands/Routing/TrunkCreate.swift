import SwitchboardCore
public import SwitchboardEngine
public import SwitchboardLanguage
import SwitchboardStore

/// Makes SIP trunks.
public enum TrunkCreate: Command {
    /// The declaration.
    public static let signature = CommandSignature(
        "trunk create", summary: "make a SIP trunk that calls come in or go out by",
        parameters: [RoutedDraft<SIPTrunk>.direction] + RoutedDraft<SIPTrunk>.parameters,
        output: .type(.record(RecordTypes.trunk)), effect: .changes, inverse: "trunk delete",
        examples: [
            .init("trunk create --name main --numbers +15105550100", "takes the calls to one number"),
            .init(
                "trunk create --name out --address acme.pstn.example --numbers [+15105550100] --transport tls",
                "an address makes it an outbound one"),
            .init("trunk create --file ./inbound-trunk.json --name main", "a file as lk takes it; flags win"),
        ])

    /// What it hands to the door.
    public static let effects: [any Effect.Type] = [
        RoutedCreateEffect<SIPTrunk>.self, RoutedDeleteEffect<SIPTrunk>.self,
    ]

    /// What is wrong with the trunk, as far as the script tells it.
    public static func faults(before call: KnownCall) -> [Diagnostic] {
        call.faults { try RoutedDraft<SIPTrunk>($0) }
    }

    /// Makes it; one that is there already and says the same is left, and taken into the ledger.
    public static func run(_ call: CommandCall) throws -> Value {
        var draft = try RoutedDraft<SIPTrunk>(call.arguments)
        draft.leaveOutID()
        try draft.check(call)
        let picture = try call.run.routingPicture()
        let trunk = try draft.thing.make(picture, call.run, rowID: IDKind.trunk.make(at: call.run.now))
        try adopt(trunk, call.run)
        return Value(try TrunkEntry(of: trunk, picture, call.run))
    }

    /// Takes a trunk that was made elsewhere into the ledger, where there is a place for it.
    private static func adopt(_ trunk: SIPTrunk, _ run: RunSession) throws {
        let rows = try run.store.trunks(profile: run.profile)
        if rows.contains(where: { $0.names(trunk.id) }) { return }
        guard rows.count < run.caps.trunks else {
            throw SwitchboardError(
                .paymentRequired, "the workspace holds \(rows.count) of \(run.caps.trunks) trunks",
                help: "the \(trunk.title) is there, and the ledger has no place for it")
        }
        let row = Trunk(trunk, id: IDKind.trunk.make(at: run.now), at: run.now)
        try run.apply([.putTrunk(row)], "take in \(trunk.title)", inverse: .changes([.removeTrunk(row.id)]))
        run.note("\(trunk.title) was made elsewhere and is in the ledger now")
    }
}
