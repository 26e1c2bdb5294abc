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
        var picture = try run.routingPicture()
        guard let half = picture.trunks.first(where: { $0.id == trunk.listingHalf }) else {
            throw SwitchboardError(
                .notFound, "the platform has the trunk '\(trunk.name)' no more",
                help: "take it out of the ledger with: trunk delete \(trunk.id)")
        }
        var wanted = half
        if !half.carries(anyOf: [row.e164.text]) { wanted.numbers.append(row.e164.text) }
        if let fault = wanted.conflict(among: picture.trunks) { throw fault.error }
        picture.trunks = picture.trunks.map { $0.id == half.id ? wanted : $0 }
        try requireEntrance(row.e164, wanted, picture)
        return half
    }

    /// A number that comes in by another trunk, or that the platform has sold, would be registered in vain.
    private func requireEntrance(_ number: E164, _ trunk: SIPTrunk, _ picture: RoutingPicture) throws {
        guard trunk.direction == .inbound else { return }
        let call = RoutingPicture.Call(caller: trunk.allowedNumbers.first ?? "anonymous", called: number.text)
        let explanation = picture.explain(call)
        guard explanation.trunkID != trunk.id else { return }
        let way = explanation.trunkID.map { "they come in by \($0)" } ?? explanation.reason
        throw SwitchboardError(.conflict, "calls to \(number) do not come in by the \(trunk.title): \(way)")
    }
}
