import SwitchboardCore

/// What the account holds: the question "did it happen?" and the list.
enum HoldingCases {
    static let all = [
        ContractCase("look-up-nobody", .every, shows: "a number that the account does not hold is nil, not an error") {
            bench in
            let number = try bench.nobody()
            let found = try await bench.held(number)
            try require(found == nil, "the account holds \(number), which is nobody's")
            return "\(number) is not held"
        },
        ContractCase(
            "list-orderly", .every,
            shows:
                "the list is in ascending order, each number once, with ids of the declared kinds and without released ones"
        ) { bench in
            let list = try await bench.subject.trial().provider.ownedNumbers(OwnedNumberFilter())
            try check(list, bench)
            return "\(list.count) numbers"
        },
        ContractCase("list-looked-up", .every, shows: "look-up tells of a listed number what the list tells") { bench in
            let trial = try bench.subject.trial()
            let list = try await trial.provider.ownedNumbers(OwnedNumberFilter())
            guard !list.isEmpty else { throw ContractSkip("the account holds no number") }
            for number in [list[0], list[list.count / 2], list[list.count - 1]] {
                let found = try await trial.provider.lookUp(number.e164)
                try require(found == number, "look-up of \(number.e164) tells another story than the list")
            }
            return "the first, the middle and the last of \(list.count)"
        },
        ContractCase("list-pages", .every, shows: "the list has the numbers of all pages") { bench in
            guard !bench.subject.holds.isEmpty else { throw ContractSkip("nobody says what the account holds") }
            let list = try await bench.subject.trial().provider.ownedNumbers(OwnedNumberFilter())
            let missing = Set(bench.subject.holds).subtracting(list.map(\.e164)).sorted()
            try require(
                missing.isEmpty,
                "\(missing.count) of \(bench.subject.holds.count) are missing, such as \(missing.first?.text ?? "")"
            )
            return "\(list.count) numbers"
        },
    ]

    /// What is true of every list of numbers that an account holds.
    static func check(_ list: [OwnedNumber], _ bench: ContractBench) throws {
        for (number, next) in zip(list, list.dropFirst()) {
            try require(number.e164 <= next.e164, "\(next.e164) comes behind \(number.e164)")
            try require(number != next, "\(number.e164) is there twice")
        }
        for number in list {
            try require(number.status != .released, "\(number.e164) is released")
            try check(number, bench)
        }
    }

    /// What is true of every number that an account holds.
    static func check(_ number: OwnedNumber, _ bench: ContractBench) throws {
        try require(number.provider == bench.name, "\(number.e164) is of the provider '\(number.provider)'")
        try require(!number.providerID.isEmpty, "\(number.e164) has no id")
        let kinds = bench.manifest.idKinds
        try require(
            kinds.isEmpty || kinds.contains { $0.matches(number.providerID) },
            "the id \(number.providerID) of \(number.e164) is of no kind that the manifest declares")
        let region = number.e164.region
        try require(
            region == nil || number.countryCode == region,
            "\(number.e164) is a number of \(region ?? ""), and told to be of '\(number.countryCode)'")
    }
}
