import SwitchboardCore
import SwitchboardTestKit
import Testing

/// A fault in a provider, and the case that has to catch it.
struct PlantedFault<Graft: Sendable>: Sendable, CustomTestStringConvertible {
    /// What the provider does wrong.
    let deed: String
    /// The name of the case.
    let caughtBy: String
    let graft: Graft

    init(_ deed: String, caughtBy: String, _ graft: Graft) {
        self.deed = deed
        self.caughtBy = caughtBy
        self.graft = graft
    }

    var testDescription: String { "\(deed) → \(caughtBy)" }

    /// The case.
    func demand() throws -> ContractCase {
        try #require(ContractSuite.cases.first { $0.name == caughtBy }, "there is no case \(caughtBy)")
    }

    /// Expects that the case finds the fault, and nothing without it.
    func expectCaught(_ sound: ContractSubject, _ faulty: ContractSubject) async throws {
        let demand = try demand()
        let before = await demand.run(on: sound)
        #expect(before.outcome == .passed, "without the fault: \(before)")
        var faulty = faulty
        faulty.patience = .seconds(10)
        let result = await demand.run(on: faulty)
        #expect(result.outcome == .failed, "\(deed): \(result)")
    }
}
