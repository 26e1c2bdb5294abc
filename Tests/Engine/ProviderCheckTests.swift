import SwitchboardEngine
import SwitchboardTestKit
import Testing

/// What `provider check` makes of a provider that breaks the contract; one that keeps it is in the tests of the program.
@Suite struct ProviderCheckTests {
    /// The provider in memory sends nothing, so that nothing of it can be seen.
    @Test func aBrokenContractIsADifference() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            "provider check fake --ability search | where .result == 'failed' | count | print")
        #expect(outcome.report.exitStatus == 5)
        #expect(outcome.report.differences > 0)
    }

    @Test func whatIsNotOfferedIsOneRow() async throws {
        let workspace = try Workspace()
        let outcome = await workspace.run(
            "for row in (provider check fake --ability carrier-trunks) { print $row.result $row.seen }")
        #expect(outcome.report.exitStatus == 0)
        #expect(outcome.printed == ["skipped not offered: there is nothing to import from"])
    }
}
