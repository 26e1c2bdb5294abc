import SwitchboardCore
import SwitchboardEngine
import SwitchboardStore

extension TrunkCreate {
    /// Makes a trunk of either direction at the platform, and one row of both; the same again makes what is missing.
    static func makeBoth(_ call: CommandCall) throws -> TrunkEntry {
        let run = call.run
        let drafts = try SIPTrunk.Direction.halves.map { try RoutedDraft<SIPTrunk>(half: $0, of: call.arguments) }
        for draft in drafts { try draft.check(call) }
        var picture = try run.routingPicture()
        let wanted = try withImported(drafts[0].thing, picture, run)
        let inbound = try wanted.make(picture, call, rowID: IDKind.trunk.make(at: run.now))
        try adopt(inbound, run)
        let outbound: SIPTrunk
        do {
            outbound = try drafts[1].thing.make(picture, call, rowID: row(of: inbound, run)?.id, isSecondHalf: true)
        } catch {
            throw SwitchboardError(wrapping: error).leaving(inbound)
        }
        try join(inbound, outbound, run)
        picture.trunks = picture.trunks.filter { $0.id != outbound.id } + [outbound]
        return try TrunkEntry(of: inbound, picture, run)
    }

    private static func row(of trunk: SIPTrunk, _ run: RunSession) throws -> Trunk? {
        try run.store.trunks(profile: run.profile).first { $0.names(trunk.id) }
    }

    /// Makes one row of two, where the outbound half was there before with a row of its own or with none.
    private static func join(_ inbound: SIPTrunk, _ outbound: SIPTrunk, _ run: RunSession) throws {
        guard let row = try row(of: inbound, run), !row.names(outbound.id) else { return }
        let other = try self.row(of: outbound, run)
        let gone = other.map { [LedgerChange.removeTrunk($0.id)] } ?? []
        let back = other.map { [LedgerChange.putTrunk($0)] } ?? []
        try run.apply(
            gone + [.putTrunk(row.joined(by: outbound))], "join the two halves of trunk \(row.name)",
            inverse: .changes([.putTrunk(row)] + back))
    }
}

extension SwitchboardError {
    /// The failure to make the second half of a trunk.
    fileprivate func leaving(_ half: SIPTrunk) -> SwitchboardError {
        var error = self
        error.message = "the \(half.title) is made, and its other half is not: \(message)"
        error.help = [help, "the same statement again makes what is missing"].compactMap { $0 }.joined(separator: "; ")
        return error
    }
}
