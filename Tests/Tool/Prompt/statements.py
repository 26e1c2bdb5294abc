"""Statements, and what they leave to those behind them."""

from at_prompt import PROMPT, case, prompt, enter, contains, leave, bought


@case
def a_fault_buys_nothing(program, state):
    session = prompt(program, state)
    enter(session, "agent add support | select .name", "name  support")
    enter(session, "let n = search livekit --country-code US --area-code 212 | first")
    enter(session, 'print "$n.e164 is in $n.locality"', "+12125550100 is in NEW YORK")
    enter(
        session, "$n | purchase --label 'night desk' | bind-agent suport",
        "error[C050]: no agent 'suport' in profile 'sandbox'",
        " --> prompt:1:49",
        "  |",
        "1 | $n | purchase --label 'night desk' | bind-agent suport",
        "  |                                                 ^^^^^^",
        "  = help: did you mean 'support'?")
    assert bought() == []
    enter(
        session, "$n | purchase --label 'night desk' | bind-agent support | select .e164 .label .status",
        "e164    +12125550100", "label   night desk", "status  active")
    assert bought() == ["+12125550100"]
    leave(session)


@case
def names_persist_and_are_bound_once(program, state):
    session = prompt(program, state)
    enter(session, "let a = 40")
    enter(session, "let b = $a + 2")
    enter(session, "print $b", "42")
    session.type("let a = 1\r")
    contains(session, "error[", "let a = 1")
    enter(session, "print $a", "40")
    leave(session)


@case
def a_block_of_several_lines(program, state):
    session = prompt(program, state)
    session.type("for n in [1 2] {\rprint $n\r}")
    session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} for n in [1 2] {{", "    print $n", "    }"])
    session.type("\r")
    session.wait_for(lambda lines: lines[-3:] == ["1", "2", PROMPT])
    # The whole block is one entry of the history.
    session.type("\x1b[A\r")
    session.wait_for(lambda lines: lines[-3:] == ["1", "2", PROMPT] and lines.count("1") == 2)
    leave(session)


@case
def the_sandbox_is_steered(program, state):
    session = prompt(program, state)
    enter(
        session, "sandbox fault slow --method SearchPhoneNumbers --delay 250ms --times 1 | select .id .fault .delay",
        "id       fault  delay", "fault_1  slow   250ms", "(1 row)")
    enter(session, "search livekit --area 415 --limit 1 | count", "1")
    enter(session, "sandbox fault", "(0 rows)")
    # What tells the requests apart is shown at any width.
    session.type("sandbox log\r")
    contains(session, "path", "/twirp/livekit.PhoneNumberService/SearchPhoneNumbers     200", "slow", "(1 row")
    session.type("sandbox fault solw\r")
    contains(session, "= help: did you mean 'slow'?")
    leave(session)


@case
def a_question_is_asked(program, state):
    session = prompt(program, state)
    statement = "let n = 2; confirm \"buy $n numbers?\"; print 'bought'"
    for index, (answer, shown) in enumerate([
            ("y", "bought"), ("YES", "bought"), ("n", "is not yes"), ("", "is not yes"), ("\x04", "is not yes")]):
        session.type(statement.replace("$n", f"$n{index}").replace("let n", f"let n{index}") + "\r")
        session.wait_for(lambda lines: lines[-1].startswith("buy 2 numbers? [y/N]"))
        session.type(answer if answer == "\x04" else answer + "\r")
        contains(session, shown)
        bought = session.lines().count("bought")
        assert bought == min(index + 1, 2), session.lines()
    # Ctrl-C ends the run, not the prompt.
    session.type("confirm 'go on?'; print 'bought'\r")
    session.wait_for(lambda lines: lines[-1].startswith("go on? [y/N]"))
    session.type("\x03")
    contains(session, "ending: what is under way is finished, nothing else is begun; once more ends rows too")
    enter(session, "print 'here'", "here")
    assert session.lines().count("bought") == 2
    leave(session)


@case
def the_last_value_and_the_last_error(program, state):
    session = prompt(program, state)
    session.type("$_\r")
    contains(session, "error[C010]")
    session.type(":last\r")
    contains(session, "error: nothing was shown yet")
    enter(session, "search livekit --area 415 --limit 2 | select .e164 .locality",
          "e164          locality", "+14155550100  SAN FRANCISCO", "+14155550101  SAN FRANCISCO", "(2 rows)")
    # Its type is known, so that a wrong field is found before anything runs.
    session.type("$_ | where .lokality == 'X'\r")
    contains(session, "error[C012]", "= help: did you mean 'locality'?")
    enter(session, "print $_error.code", "C012")
    session.type("fail 'no luck'\r")
    contains(session, "no luck")
    enter(session, "print $_error.message", "no luck")
    enter(session, ":save two", "saved 2 rows as $two")
    enter(session, ":save ./two.csv", "saved 2 rows in ./two.csv")
    enter(session, "$_ | count", "2")
    enter(session, ":last", "2")
    enter(session, ":more", "all of it was shown")
    enter(session, "($_ + 1)", "3")
    enter(session, "$two | first | select .e164", "e164  +14155550100")
    enter(session, "read ./two.csv | count", "2")
    enter(session, "for n in [1 2] { $n }", "1", "2")
    enter(session, "$_", "2")
    leave(session)
