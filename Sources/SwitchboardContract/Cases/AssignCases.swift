import SwitchboardCore

/// Pointing numbers at dispatch rules that are named by id.
enum AssignCases {
    static let all = assign.cases + [unknownRule]

    /// A number, and a rule that is there for another number's sake.
    private struct Assignment: Sendable {
        var number: OwnedNumber
        var ruleID: String
    }

    private static let assign = ContractChange<Assignment>(
        name: "assign", ability: .assignDispatchRule,
        arrange: { bench in
            Assignment(number: try await bench.boughtNumber(), ruleID: try await bench.ruleID())
        },
        perform: { trial, thing, key in
            let provider = try trial.able((any DispatchRuleAssigning).self)
            let owned = try await provider.assign(thing.number, toDispatchRule: thing.ruleID, key: key)
            try require(owned.dispatchRuleIDs == [thing.ruleID], "it returns the number at \(owned.dispatchRuleIDs)")
        },
        isDone: { trial, thing in
            let rules = try await trial.provider.lookUp(thing.number.e164)?.dispatchRuleIDs ?? []
            return rules == [thing.ruleID]
        })

    private static let unknownRule = ContractCase(
        "assign-unknown", .assignDispatchRule, .sandbox,
        shows:
            "a rule that is not there is not_found, asked before a purchase as well, and the number stays where it is"
    ) { bench in
        let (number, ruleID) = (try await bench.boughtNumber(), try await bench.ruleID())
        let unknown = String(ruleID.dropLast()) + (ruleID.hasSuffix("b") ? "c" : "b")
        let provider = try bench.subject.trial().able((any DispatchRuleAssigning).self)
        let error = try await failure(of: "assigning it to the rule \(unknown), which is not there,") {
            try await provider.assign(number, toDispatchRule: unknown, key: bench.key("assign"))
        }
        try require(error.code == .notFound, "it is \(error.code): \(error.message)")
        try require(!error.mayHaveHappened, "the refusal is left open")
        let rules = try await provider.lookUp(number.e164)?.dispatchRuleIDs
        try require(rules == number.dispatchRuleIDs, "the number points at \(rules ?? []) now")
        return error.message
    }
}

extension ContractBench {
    /// The id of a rule that an agent has for a number bought for the case.
    fileprivate func ruleID() async throws -> String {
        let trial = try subject.trial()
        guard trial.provider is any CallAnswering else { throw ContractSkip("it has no platform to make a rule at") }
        return try await boundNumber(to: AgentTarget(dispatchName: "contract-rule")).binding.dispatchRuleID
    }
}
