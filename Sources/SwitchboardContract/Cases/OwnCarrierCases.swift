import SwitchboardCore

/// Numbers of any carrier, which nobody sells here: they come in by a trunk that lists them.
enum OwnCarrierCases {
    static let all = [strangers] + list.cases + unlist.cases

    /// A trunk that lists numbers of no account, and the number that is put there or taken off.
    private struct Listing: Sendable {
        var trunkID: String
        var kept: String
        var number: String
    }

    private static let strangers = ContractCase(
        "byoc-unlisted", .byoc, .sandbox, shows: "a trunk shows exactly the numbers that it was made with"
    ) { bench in
        let listing = try await arrange(bench, isListed: true)
        let numbers = try await trunk(listing, try bench.subject.trial())?.numbers
        try require(numbers == [listing.kept, listing.number], "it shows \(numbers ?? [])")
        return "\(listing.kept) and \(listing.number)"
    }

    private static let list = ContractChange<Listing>(
        name: "byoc-list", ability: .byoc,
        arrange: { try await arrange($0, isListed: false) },
        perform: { trial, listing, key in try await edit(listing, .init(add: [listing.number]), trial, key) },
        isDone: { trial, listing in
            try await numbers(listing, trial) == [listing.kept, listing.number]
        })

    private static let unlist = ContractChange<Listing>(
        name: "byoc-unlist", ability: .byoc,
        arrange: { try await arrange($0, isListed: true) },
        perform: { trial, listing, key in try await edit(listing, .init(remove: [listing.number]), trial, key) },
        isDone: { trial, listing in try await numbers(listing, trial) == [listing.kept] })

    private static func arrange(_ bench: ContractBench, isListed: Bool) async throws -> Listing {
        let routing = try routing(bench.subject.trial())
        let (kept, number) = (bench.strangersNumber(), bench.strangersNumber())
        var trunk = SIPTrunk(.inbound)
        trunk.name = "contract"
        trunk.numbers = isListed ? [kept, number] : [kept]
        let made = try await routing.create(trunk, key: bench.key("trunk"))
        bench.later("the trunk \(made.id)") { [subject = bench.subject] in
            try await Self.routing(subject.trial()).deleteTrunk(id: made.id, key: "contract-delete-\(made.id)")
        }
        return Listing(trunkID: made.id, kept: kept, number: number)
    }

    private static func edit(
        _ listing: Listing, _ numbers: RoutingChange.ListEdit, _ trial: Trial, _ key: String
    ) async throws {
        let trunk = try require(try await trunk(listing, trial), "there is no trunk \(listing.trunkID)")
        var change = RoutingChange(trunk.document.schema)
        change.lists["numbers"] = numbers
        _ = try await routing(trial).update(trunk, by: change, key: key)
    }

    private static func numbers(_ listing: Listing, _ trial: Trial) async throws -> [String] {
        let trunk = try require(try await trunk(listing, trial), "there is no trunk \(listing.trunkID) any more")
        try require(trunk.numbers.first == listing.kept, "the trunk lists \(trunk.numbers)")
        return trunk.numbers
    }

    private static func trunk(_ listing: Listing, _ trial: Trial) async throws -> SIPTrunk? {
        try await routing(trial).trunk(id: listing.trunkID)
    }

    private static func routing(_ trial: Trial) throws -> any CallRouting {
        guard let routing = try trial.platform as? any CallRouting else {
            throw ContractSkip("its platform has no trunks")
        }
        return routing
    }
}
