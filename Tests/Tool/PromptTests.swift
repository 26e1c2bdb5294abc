import FoundationEssentials
import SwitchboardTestKit
import Testing

/// Each case of `Prompt/cases.py`: the real program on a pseudo-terminal, and the screen that its user sees.
@Suite struct PromptTests {
    private static let script = Programs.package + "/Tests/Tool/Prompt/cases.py"

    /// What the cases type where nothing is shown.
    private static let typed = ["a-wrong-one", "hunter2", "hunter3", "hunter4", "half-of-a-secret", "open sesame"]

    private func python() throws -> String {
        guard let python = ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"] else {
            throw Failure("SWITCHBOARD_TEST_PYTHON is not set: run scripts/test")
        }
        return python
    }

    @Test(
        arguments: [
            "the_readme", "names_persist_and_are_bound_once", "a_block_of_several_lines", "interrupted_at_the_prompt",
            "interrupted_in_a_slow_search", "left_in_a_slow_purchase", "help_at_the_prompt", "a_table_fits_the_screen",
            "the_sandbox_is_steered", "a_secret_is_asked_without_echo", "a_secret_is_stored_without_echo",
            "a_question_is_asked", "a_table_is_printed", "connect_is_left_by_an_interrupt",
            "a_passphrase_is_asked_once", "a_live_profile_asks", "rows_are_told_of_in_one_line",
            "a_table_follows_the_width", "a_long_text_is_wrapped", "what_a_terminal_would_obey_is_shown",
            "colours_are_used_sparingly", "a_long_result_is_paged",
        ])
    func aUserSees(_ name: String) async throws {
        try await Place.with { place in
            let url = try await place.sandbox().url
            for secret in Self.typed { place.watch.given(secret) }
            let result = try await place.run(
                program: [try python(), "-B", Self.script, Programs.switchboard, place.state, name],
                environment: ["SANDBOX_URL": url])
            #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        }
    }

    @Test func everyCaseIsRun() async throws {
        let listed = try await Subprocess.run(python(), ["-B", Self.script, "--list"])
        #expect(listed.outputText.split(separator: "\n").count == 22, "a case is in cases.py and not in this file")
    }
}
