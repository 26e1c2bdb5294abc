import Testing

/// Each case of `Screen/`: a real prompt on a pseudo-terminal, and the screen that its user sees.
@Suite(.serialized) struct ScreenTests {
    @Test(
        arguments: [
            "typed_line", "utf8", "utf8_in_the_c_locale", "utf8_in_an_absent_locale", "editing_in_the_middle",
            "interrupted_three_times", "interrupted_wrapped_line", "interrupted_command", "end_of_input",
            "end_key_in_a_line_deletes", "suspended_and_continued", "suspended_without_a_shell",
            "stopped_from_outside", "printed_above_the_line", "printed_above_a_wrapped_line",
            "printed_on_a_dumb_terminal", "terminated_at_the_prompt", "terminated_while_a_command_runs",
            "hung_up_at_the_prompt", "recalled", "long_line", "resized_with_a_wrapped_line", "dumb_terminal", "resized",
            "users_editrc_keeps_our_keys", "typed_ahead",
            "answer_typed_ahead", "secret_is_not_shown", "secret_of_a_batch_program",
            "secret_interrupted", "secret_terminated", "signals_blocked_by_the_starter",
            "prompt_colours_take_no_room",
            "pages_are_turned", "a_page_is_left_by_an_interrupt", "a_page_follows_the_screen", "a_page_is_suspended",
            "a_page_is_terminated", "what_fits_is_no_page", "a_dumb_terminal_has_no_pages",
        ])
    func aUserSees(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "enter_goes_on_while_something_is_open", "alt_enter_begins_a_row", "arrows_move_inside", "keys_of_a_row",
            "what_is_open_stands_beside_the_last_row",
            "recall_brings_the_whole_statement", "rows_interrupted", "printed_above_rows",
            "printed_above_more_rows_than_the_screen", "resized_with_rows", "suspended_with_rows",
            "stopped_by_a_signal", "rows_on_a_dumb_terminal",
        ])
    func rowsOfAStatement(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "pasted_statements_do_not_run", "pasted_in_the_middle", "pasted_line_ends", "pasted_keys_are_text",
            "pasted_characters_without_width", "a_megabyte_is_taken", "a_tall_paste_says_so",
            "pastes_are_marked_at_the_prompt_only", "terminated_within_a_paste", "a_paste_without_its_end",
            "pasted_with_vi_keys",
        ])
    func pastes(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "what_was_typed_comes_back", "a_long_line_comes_back_whole", "memory_of_earlier_sessions",
            "search_goes_back_and_runs", "search_is_for_plain_text", "search_left_again",
            "search_taken_into_the_line", "prefix_brings_what_begins_so",
        ])
    func statementsOfBefore(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "tab_completes", "second_tab_lists", "what_comes_late_completes", "a_list_leaves_room_for_the_line",
            "a_list_above_rows",
            "tab_without_an_answer", "the_hint_stands_at_the_right_edge", "no_hint_on_a_dumb_terminal",
        ])
    func tabAndHint(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "undone", "deleted", "joiners_are_dropped",
            "what_nobody_sees_is_dropped_with_a_bell", "wide_characters_at_the_margin", "invalid_utf8_is_forgotten",
            "no_key_leads_out", "no_vi_key_leads_out", "vi_keys_do_the_rest", "users_editrc_cannot_take_our_keys",
            "users_editrc_binds_other_keys", "no_editor_without_a_terminal",
        ])
    func keys(_ name: String) async throws {
        try await expect(name)
    }

    @Test(
        arguments: [
            "edited", "a_paste_is_edited", "edited_in_vain",
        ])
    func theUsersEditor(_ name: String) async throws {
        try await expect(name)
    }

    @Test func everyCaseIsRun() async throws {
        let run = try await ScreenCase.run(["--list"])
        #expect(run.output.split(separator: "\n").count == 95, "a case is in Screen/ and not in this file")
    }

    private func expect(_ name: String) async throws {
        let run = try await ScreenCase.run([ScreenCase.demo(), name])
        #expect(run.status == 0, "\(run.output)")
    }
}
