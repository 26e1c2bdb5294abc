import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// A trunk as the workspace sees it: what the platform has, and the ledger's row where there is one.
struct TrunkEntry {
    /// The ledger's row.
    var row: Trunk?
    /// The platform's trunks: one, or two for a row that has both directions; none where it is gone there.
    var halves: [SIPTrunk]
    /// Whether the platform has another half that is not meant.
    private(set) var isPart = false
    /// The first dispatch rule that names it.
    var ruleID: String?
    /// The platform, by its registered name.
    let platform: String

    /// The id that the workspace knows it by.
    var id: String { row?.id ?? halves.first?.id ?? "" }
    /// The user's own words.
    var name: String { halves.first?.name ?? row?.name ?? "" }
    /// Every id that names it.
    var ids: [String] { [row?.id].compactMap { $0 } + (row?.halves ?? []) + halves.map(\.id) }

    /// The trunks of the platform in its order, then rows of the ledger that it does not have any more.
    static func all(_ picture: RoutingPicture, _ run: RunSession) throws -> [TrunkEntry] {
        let rows = try run.store.trunks(profile: run.profile)
        let platform = type(of: try run.providers.callAnswering()).manifest.name
        var entries: [TrunkEntry] = []
        for trunk in picture.trunks {
            let row = rows.first { $0.names(trunk.id) }
            if let row, let index = entries.firstIndex(where: { $0.row?.id == row.id }) {
                entries[index].halves.append(trunk)
            } else {
                entries.append(TrunkEntry(row: row, halves: [trunk], platform: platform))
            }
        }
        for index in entries.indices {
            let ids = entries[index].halves.map(\.id)
            entries[index].ruleID = picture.rules.first { !Set($0.trunkIDs).isDisjoint(with: ids) }?.id
        }
        let gone = rows.filter { row in !entries.contains { $0.row?.id == row.id } }
        return entries + gone.map { TrunkEntry(row: $0, halves: [], platform: platform) }
    }

    /// The trunk as a command that has just written it knows it.
    init(of trunk: SIPTrunk, _ picture: RoutingPicture, _ run: RunSession) throws {
        var picture = picture
        picture.trunks = picture.trunks.filter { $0.id != trunk.id } + [trunk]
        self = try TrunkEntry.find(.string(trunk.id), among: TrunkEntry.all(picture, run))
    }

    private init(row: Trunk?, halves: [SIPTrunk], platform: String) {
        self.row = row
        self.halves = halves
        self.platform = platform
    }

    /// The one trunk of the platform that it is.
    ///
    /// Throws `not_found` where that is gone, `conflict` where there are two.
    func half() throws -> SIPTrunk {
        guard let first = halves.first else { throw gone }
        guard halves.count == 1 else {
            throw SwitchboardError(
                .conflict, "the trunk \(title) has two directions",
                help: "name one: \(halves.map(\.id).joined(separator: ", "))")
        }
        return first
    }

    /// One half alone, where the platform's id of it names it.
    func part(named id: String) -> TrunkEntry {
        guard halves.count > 1, let half = halves.first(where: { $0.id == id }) else { return self }
        var part = self
        (part.halves, part.isPart) = ([half], true)
        return part
    }

    /// The trunk that calls come in by.
    ///
    /// Throws as `half` does, `invalid_argument` where calls only go out.
    func inbound() throws -> SIPTrunk {
        if let inbound = halves.first(where: { $0.direction == .inbound }) { return inbound }
        throw SwitchboardError(.invalidArgument, "no calls come in by the \(try half().title)")
    }

    /// The error of a trunk that only the ledger has.
    var gone: SwitchboardError {
        SwitchboardError(
            .notFound, "the platform has the trunk \(title) no more",
            help: "take it out of the ledger with: trunk delete \(id)")
    }

    private var title: String { name.isEmpty ? id : "'\(name)' (\(id))" }
}
