import SwitchboardTestKit
import Testing

/// What the program answers on the command line, as `Cases/*.case` have it.
@Suite struct CommandCaseTests {
    @Test(arguments: try CommandCase.all(in: "Cases"))
    func theProgramAnswers(_ example: CommandCase) async throws {
        try await Place.with { place in try await example.check(in: place) }
    }

    @Test func everyFileIsRead() throws { #expect(try CommandCase.all(in: "Cases").count >= 60) }
}
