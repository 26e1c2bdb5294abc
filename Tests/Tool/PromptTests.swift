import FoundationEssentials
import SwitchboardTestKit
import Testing

/// Each case of `Prompt/cases.py`: the real program on a pseudo-terminal, and the screen that its user sees.
@Suite struct PromptTests {
    private static let script = Programs.package + "/Tests/Tool/Prompt/cases.py"

    /// What the cases type where nothing is shown.
    private static let typed = ["a-wrong-one", "hunter2", "hunter3", "hunter4", "half-of-a-secret", "open sesame"]

    private static let names = [
        "the_first_steps_lead_to_a_bound_number", "names_of_the_init_file", "help_at_the_prompt",
        "interrupted_at_the_prompt", "interrupted_in_a_slow_search", "interrupted_before_the_intent",
        "interrupted_while_the_request_is_under_way", "interrupted_twice_in_a_transaction",
        "interrupted_in_the_roll_back", "left_in_a_slow_purchase", "a_job_runs_beside_the_line",
        "a_job_leaves_the_line_as_it_is", "a_job_is_waited_for_and_cancelled", "a_job_cannot_ask",
        "leaving_with_a_job_asks_once", "terminated_with_a_job", "a_statement_is_watched",
        "what_is_watched_stays_in_its_place", "an_editrc_takes_no_key_away", "enter_is_cr_and_lf",
        "what_joins_characters_is_dropped", "vi_keys_on_request", "no_key_leads_out", "a_change_is_taken_back",
        "a_search_is_plain_text", "names_of_the_init_file_are_completed", "a_platform_is_asked_for_what_tab_shows",
        "a_statement_of_several_rows", "pasted_statements_wait_for_enter", "a_megabyte_is_pasted",
        "resized_in_mid_line", "suspended_and_continued", "ended_in_mid_line", "ended_while_a_statement_runs",
        "tab_completes_and_lists", "tab_finds_what_a_person_has_in_mind", "what_is_open_stands_at_the_right_edge",
        "the_next_parameter_stands_at_the_right_edge", "a_long_result",
        "a_live_profile_asks", "a_live_profile_shows_what_a_yes_would_do", "a_live_profile_tells_what_it_will_cost",
        "what_was_typed_before_a_question_is_no_answer",
        "meta_commands_and_their_faults", "requests_are_logged_when_told", "a_profile_is_switched",
        "plan_mode_changes_nothing", "the_last_statement_is_edited", "the_first_press_in_a_slow_purchase",
        "the_second_press_in_a_slow_purchase", "the_third_press_in_a_slow_purchase",
        "pressed_before_anything_is_bought", "a_purchase_in_the_background_is_cancelled", "explained_and_not_bought",
        "described_is_what_there_is", "left_and_quit_in_a_slow_purchase", "killed_in_a_slow_purchase",
        "interrupted_where_the_answer_is_lost", "asked_for_before_the_purchase_has_arrived", "the_readme",
        "two_sessions_share_a_history", "a_killed_session_keeps_its_history", "a_statement_is_remembered_once",
        "no_secret_is_remembered", "a_secret_of_before_is_forgotten", "a_name_misleads_nobody",
        "colour_at_the_prompt_is_a_choice",
        "a_long_import_tells_how_far_it_is", "a_long_import_is_interrupted_and_gone_on_with",
        "what_is_watched_fits_a_small_screen", "a_fault_buys_nothing", "names_persist_and_are_bound_once",
        "a_block_of_several_lines", "the_sandbox_is_steered", "a_question_is_asked",
        "the_last_value_and_the_last_error", "a_table_fits_the_screen", "a_table_is_printed",
        "a_table_follows_the_width", "a_long_text_is_wrapped", "what_a_terminal_would_obey_is_shown",
        "colours_are_used_sparingly", "a_long_result_is_paged", "rows_are_told_of_in_one_line",
        "a_secret_is_asked_without_echo", "a_secret_is_stored_without_echo", "connect_is_left_by_an_interrupt",
        "a_passphrase_is_asked_once", "a_suggestion_runs", "a_misspelt_column_has_one_fault",
        "what_other_prompts_call_otherwise", "words_are_broken_between_lines_only",
        "a_question_is_asked_again_after_a_stop", "a_question_has_its_row", "what_is_typed_ahead_appears_once",
        "a_label_and_a_file_mislead_nobody", "pages_at_any_size", "a_plan_and_the_history_are_paged",
        "an_agent_is_shown_by_its_name", "pressed_in_an_import",
        "a_passphrase_is_asked_once", "a_change_tells_of_its_run", "runs_are_told_apart",
    ]

    private func python() throws -> String {
        guard let python = ProcessInfo.processInfo.environment["SWITCHBOARD_TEST_PYTHON"] else {
            throw Failure("SWITCHBOARD_TEST_PYTHON is not set: run scripts/test")
        }
        return python
    }

    @Test(arguments: names)
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
        #expect(Set(listed.outputText.split(separator: "\n").map(String.init)) == Set(Self.names))
    }
}
