import Testing

/// Each case of `Screen/cases.py`: a real prompt on a pseudo-terminal, and the screen that its user sees.
@Suite(.serialized) struct ScreenTests {
    @Test(
        arguments: [
            "typed_line", "utf8", "utf8_in_the_c_locale", "utf8_in_an_absent_locale", "editing_in_the_middle",
            "interrupted_three_times", "interrupted_wrapped_line", "interrupted_command", "end_of_input",
            "end_key_in_a_line_deletes", "suspended_and_continued", "suspended_without_a_shell", "stopped_from_outside",
            "printed_above_the_line", "printed_above_a_wrapped_line", "printed_on_a_dumb_terminal",
            "terminated_at_the_prompt", "terminated_while_a_command_runs", "hung_up_at_the_prompt", "recalled",
            "long_line", "dumb_terminal", "resized",
            "users_editrc_keeps_our_keys", "typed_ahead", "secret_is_not_shown", "secret_of_a_batch_program",
            "secret_interrupted", "secret_terminated", "signals_blocked_by_the_starter", "prompt_colours_take_no_room",
        ])
    func aUserSees(_ name: String) async throws {
        let run = try await ScreenCase.run([ScreenCase.demo(), name])
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func everyCaseIsRun() async throws {
        let run = try await ScreenCase.run(["--list"])
        #expect(run.output.split(separator: "\n").count == 31, "a case is in cases.py and not in this file")
    }
}
