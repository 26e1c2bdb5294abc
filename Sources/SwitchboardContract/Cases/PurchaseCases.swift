import SwitchboardCore

/// Buying numbers and giving them up.
enum PurchaseCases {
    static let all = [oneNumber] + purchase.cases + [notForSale] + release.cases + [strangersRelease]

    /// The one case that takes a number of a live account: everything that can be seen of it without a failure.
    private static let oneNumber = ContractCase(
        "purchase-and-release", .purchase, .oneNumber,
        shows: "a bought number is found and listed once, is not sold again, and is gone once it is given up"
    ) { bench in
        let offer = try await bench.numberForSale()
        let (number, trade) = (offer.e164, bench.subject.trade)
        bench.later(number.text) { [subject = bench.subject] in
            let provider = try subject.trial().purchasing
            if let held = try await provider.lookUp(number) { try await trade.giveUp(held, at: provider) }
        }
        let provider = try bench.subject.trial().purchasing
        let before = try await provider.ownedNumbers(OwnedNumberFilter())
        let owned = try await trade.buy(offer, at: provider)
        try require(owned.e164 == number, "\(number) was asked for, and \(owned.e164) is what came back")
        try require(owned.status != .released, "the bought number is released")
        try HoldingCases.check(owned, bench)
        try await requireHeld(once: owned, provider)

        let again = try await failure(of: "buying it again") {
            try await provider.purchase(number, key: bench.key("again"))
        }
        try require(again.code == .alreadyOwned, "buying it again is \(again.code): \(again.message)")
        try require(!again.mayHaveHappened, "buying it again is left open")
        try await requireHeld(once: owned, provider)

        try await trade.giveUp(owned, at: provider)
        try require(try await provider.lookUp(number) == nil, "look-up finds the number that was given up")
        let list = try await provider.ownedNumbers(OwnedNumberFilter())
        try require(
            list.map(\.providerID) == before.map(\.providerID),
            "the account holds other numbers than before, unless somebody else uses it too")
        let gone = try await failure(of: "giving it up again") {
            try await provider.release(owned, key: bench.key("gone"))
        }
        try require(gone.code == .notFound, "giving it up again is \(gone.code): \(gone.message)")
        try require(!gone.mayHaveHappened, "giving it up again is left open")
        return "\(number) bought and given up"
    }

    private static func requireHeld(once owned: OwnedNumber, _ provider: any NumberProvider) async throws {
        let found = try await provider.lookUp(owned.e164)
        try require(
            found?.providerID == owned.providerID, "look-up finds it under the id \(found?.providerID ?? "none")")
        let listed = try await provider.ownedNumbers(OwnedNumberFilter()).filter { $0.e164 == owned.e164 }
        try require(listed.count == 1, "it is listed \(listed.count) times")
        try require(listed[0].providerID == owned.providerID, "it is listed under the id \(listed[0].providerID)")
    }

    private static let purchase = ContractChange<E164>(
        name: "purchase", ability: .purchase,
        arrange: { bench in
            let number = try await bench.numberForSale().e164
            bench.giveUpLater(number)
            return number
        },
        perform: { trial, number, key in
            let owned = try await trial.purchasing.purchase(number, key: key)
            try require(owned.e164 == number, "\(number) was asked for, and \(owned.e164) is what came back")
        },
        isDone: { trial, number in
            let listed = try await trial.provider.ownedNumbers(OwnedNumberFilter()).filter { $0.e164 == number }
            let found = try await trial.provider.lookUp(number)
            try require(listed.count <= 1, "\(number) is held \(listed.count) times")
            try require(
                found?.providerID == listed.first?.providerID, "look-up and list disagree about \(number)")
            return found != nil
        },
        mayRefuse: [.alreadyOwned], isRisky: true)

    private static let notForSale = ContractCase(
        "purchase-not-for-sale", .purchase, .sandbox,
        shows: "a number that nobody sells is taken, and nothing is bought"
    ) { bench in
        // Of a satellite network, which sells none.
        let number = try require(E164("+881600000001"), "the suite has no number that nobody sells")
        let trial = try bench.subject.trial()
        let error = try await failure(of: "buying \(number), which nobody sells,") {
            try await trial.purchasing.purchase(number, key: bench.key("taken"))
        }
        try require([.taken, .invalidArgument].contains(error.code), "it is \(error.code): \(error.message)")
        try require(!error.mayHaveHappened, "the refusal is left open")
        try require(!error.isRetryable, "the refusal is called retryable")
        try require(try await bench.held(number) == nil, "the account holds it")
        return error.message
    }

    private static let release = ContractChange<OwnedNumber>(
        name: "release", ability: .release,
        arrange: { try await $0.boughtNumber() },
        perform: { trial, number, key in try await trial.purchasing.release(number, key: key) },
        isDone: { trial, number in
            let list = try await trial.provider.ownedNumbers(OwnedNumberFilter())
            let found = try await trial.provider.lookUp(number.e164)
            try require(
                (found != nil) == list.contains { $0.e164 == number.e164 },
                "look-up and list disagree about \(number.e164)")
            return found == nil
        },
        mayRefuse: [.notFound], refusalIsSuccess: true)

    private static let strangersRelease = ContractCase(
        "release-other", .release, .sandbox, shows: "giving one number up leaves every other one alone"
    ) { bench in
        let (kept, given) = (try await bench.boughtNumber(), try await bench.boughtNumber())
        let provider = try bench.subject.trial().purchasing
        let before = try await provider.ownedNumbers(OwnedNumberFilter())
        try await provider.release(given, key: bench.key("other"))
        let after = try await provider.ownedNumbers(OwnedNumberFilter())
        try require(after == before.filter { $0.e164 != given.e164 }, "more than \(given.e164) has changed")
        return "\(kept.e164) is still held"
    }
}
