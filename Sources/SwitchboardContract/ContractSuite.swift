/// The contract of a number provider: every case, from easy to hard.
///
/// It names no provider and needs no test framework. A case is run where the provider offers what it is about.
public enum ContractSuite {
    /// The cases in the order in which a new provider meets them.
    public static let cases: [ContractCase] =
        ManifestCases.all + CredentialCases.all + HoldingCases.all + SearchCases.all + ReadFailureCases.all
        + ReadRepetitionCases.all + LimitCases.all + PurchaseCases.all + AssignCases.all + AnsweringCases.all
        + OwnCarrierCases.all + CarrierCases.all

    /// Runs the cases about one ability, or about all, one after the other; a cancelled task begins no further one.
    public static func run(on subject: ContractSubject, only ability: ContractAbility? = nil) async -> [ContractResult]
    {
        var results: [ContractResult] = []
        for next in cases where ability == nil || next.ability == ability {
            guard !Task.isCancelled else { break }
            results.append(await next.run(on: subject))
        }
        return results
    }
}
