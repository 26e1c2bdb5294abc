import Glibc
import SwitchboardTestKit
import Testing

/// A change that carries a secret dies at a step of the door; the next start asks about it with the secret, and nothing
/// of the secret is kept afterwards.
@Suite struct KeptSecretTests {
    private static let code = "Correct-Horse-7"

    @Test(arguments: ["begins", "intentWritten", "performed", "settled"])
    func theSecretOutlivesTheProcessAndNotTheChange(step: String) async throws {
        try await Place.with { place in
            let safe = try place.write("0000", to: "safe")
            let stored = try await place.run("-c", "secret set safe --stdin", input: Self.code + "\n")
            #expect(stored.status == 0, "\(stored.errorText)")
            let died = try await victim(place, step, "safe lock \(safe) --code (secret safe)")
            #expect(died.status == 128 + SIGKILL, "\(died.errorText)")
            let wasOpen = step == "intentWritten" || step == "performed"
            let hadHappened = step == "performed" || step == "settled"
            #expect(place.text(of: safe) == (hadHappened ? Self.code : "0000"))
            #expect(try await place.rows("SELECT count(*) FROM kept_secrets") == (wasOpen ? 1 : 0))
            #expect(try await place.openIntents() == (wasOpen ? 1 : 0))
            try await expectOnlyTheSafeHoldsIt(place, hadHappened)

            let next = try await victim(place, "none", "secret list")
            #expect(next.status == 0, "\(next.errorText)")
            #expect(try await place.rows("SELECT count(*) FROM kept_secrets") == 0)
            #expect(try await place.openIntents() == 0)
            let done = "SELECT count(*) FROM intents WHERE state = 'done'"
            #expect(try await place.rows(done) == (hadHappened ? 1 : 0))

            let again = try await victim(place, "none", "safe lock \(safe) --code (secret safe)")
            #expect(again.status == 0, "\(again.errorText)")
            #expect(place.text(of: safe) == Self.code)
            #expect(try await place.rows("SELECT count(*) FROM kept_secrets") == 0)
            try await expectOnlyTheSafeHoldsIt(place, true)
        }
    }

    private func victim(_ place: Place, _ step: String, _ statement: String) async throws -> Subprocess {
        try await place.run(program: [Programs.doorVictim, place.state, Programs.sandbox, step, "lock", statement])
    }

    /// Neither the database nor its log nor any other file, killed in the middle or closed in order.
    private func expectOnlyTheSafeHoldsIt(_ place: Place, _ isLocked: Bool) async throws {
        #expect(try await place.filesHolding(Self.code) == (isLocked ? place.folder + "/safe\n" : ""))
    }
}
