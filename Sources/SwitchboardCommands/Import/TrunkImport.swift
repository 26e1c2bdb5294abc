import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

/// Numbers of any carrier's that a trunk of the workspace carries.
struct TrunkImport: ImportSource {
    let name = NumberSource.byoc.rawValue
    let needs = ["trunk-id"]

    /// Registers the number on its trunk, after a look at where its calls would come in.
    func obtain(_ row: ImportRow, _ run: RunSession) throws {
        guard let reference = row.trunk else {
            throw SwitchboardError(.invalidArgument, "an import by \(name) needs --trunk-id").about("trunk_id")
        }
        do {
            let trunk = try run.workspaceTrunk(reference)
            try requireFit(trunk, row)
            let half = try self.half(of: trunk, row, run)
            _ = try run.carryOut(RegisterEffect(row, on: trunk, half, id: IDKind.phone.make(at: run.now)))
        } catch let error as SwitchboardError where [.notFound, .invalidArgument].contains(error.code) {
            throw error.about("trunk_id")
        }
    }

    /// Throws where the trunk of a number that is here carries it no more: nothing but a removal and an import changes that.
    func requireThere(_ held: WorkspaceNumber, _ run: RunSession) throws {
        let id = try run.store.trunks(profile: run.profile).first { $0.id == held.trunkID }?.listingHalf ?? ""
        let routing = try run.providers.callRouting()
        let half = id.isEmpty ? nil : try run.ask { try await routing.trunk(id: id) }
        guard half?.carries(anyOf: [held.e164.text]) != true else { return }
        throw SwitchboardError(
            .conflict,
            "\(held.e164) is in the workspace already, and \(half.map { "the \($0.title) carries it" } ?? "its trunk is there") no more",
            help: "remove \(held.e164), and import it again"
        ).about("trunk_id")
    }

    private func requireFit(_ trunk: Trunk, _ row: ImportRow) throws {
        guard trunk.kind == name else {
            throw SwitchboardError(
                .invalidArgument, "the trunk '\(trunk.name)' is for numbers of \(trunk.kind), not of \(name)")
        }
        if row.agent != nil, trunk.inboundTrunkID == nil {
            throw SwitchboardError(
                .invalidArgument, "no calls come in by the trunk '\(trunk.name)', so no agent can answer \(row.e164)")
        }
    }

    /// The platform's trunk as it is now, by which calls to the number would come in.
    private func half(of trunk: Trunk, _ row: ImportRow, _ run: RunSession) throws -> SIPTrunk {
        let routing = try run.providers.callRouting()
        let id = trunk.listingHalf ?? ""
        guard let half = try run.ask({ try await routing.trunk(id: id) }) else {
            throw SwitchboardError(
                .notFound, "the platform has the trunk '\(trunk.name)' no more",
                help: "take it out of the ledger with: trunk delete \(trunk.id)")
        }
        try run.requireEntrance(of: row.e164, by: half)
        return half
    }
}
