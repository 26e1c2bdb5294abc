"""A profile in which money is spent."""

import os
import re

from at_prompt import admin, case, bought, owned
from session import Session


@case
def a_live_profile_asks(program, state):
    account = {"LIVEKIT_URL": "https://livekit.invalid", "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret"}
    session = Session(
        [program, "--state", state, "--profile", "env"], columns=120, rows=60, home=os.path.dirname(state), **account)

    def waits():
        session.wait_for(lambda lines: lines and lines[-1].startswith("switchboard env-") and lines[-1].endswith("!>"))

    def ask(statement, question, answer, *expected):
        waits()
        session.type(statement + "\r")
        session.wait_for(lambda lines: lines[-1].endswith(question + " [y/N]"))
        session.type(answer + "\r")
        waits()
        assert all(any(text in line for line in session.lines()) for text in expected), session.lines()

    buy = "purchase +14155550130 --provider livekit"
    ask(buy, "is live, and this spends money. Go on?", "n")
    ask("release +14155550130", "is live, and this cannot be taken back. Go on?", "")
    # What an earlier statement has defined spends where it is called.
    waits()
    session.type("def obtain [n: phone] { purchase $n --provider livekit }\r")
    ask("obtain +14155550130", "is live, and this spends money. Go on?", "no")
    assert not any("error[" in line for line in session.lines()), session.lines()
    ask("let l = limits --max-purchases 11", "is live: max-purchases is raised from 10 to 11. Go on?", "n", "nobody has confirmed it")
    ask("let m = limits --max-purchases 11", "is live: max-purchases is raised from 10 to 11. Go on?", "y")
    session.type("limits | where .limit == 'max-purchases' | select .value\r")
    session.wait_for(lambda lines: any(line.strip().endswith("11") for line in lines))
    ask(buy, "is live, and this spends money. Go on?", "yes", "error[R2")
    session.type("\x04")
    assert session.wait_for_end() == 0


@case
def a_live_profile_shows_what_a_yes_would_do(program, state):
    # LiveKit's emulator, and beside it an account at Twilio that is never asked: real money could be at stake.
    account = {
        "LIVEKIT_URL": os.environ["SANDBOX_URL"], "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
        "TWILIO_ACCOUNT_SID": "ACa0000000000000000000000000000009", "TWILIO_AUTH_TOKEN": "not-a-real-one",
    }
    session = Session(
        [program, "--state", state, "--profile", "env"], columns=120, rows=60, home=os.path.dirname(state), **account)

    def waits():
        session.wait_for(lambda lines: lines and re.fullmatch(r"switchboard env-\w+!>", lines[-1]))

    def ask(statement, answer, *expected):
        waits()
        session.type(statement + "\r")
        session.wait_for(lambda lines: lines[-1].endswith("Go on? [y/N]"))
        lines = session.lines()
        shown = lines[max(i for i, line in enumerate(lines) if line.endswith(statement)) + 1:-1]
        assert all(text in shown for text in expected), shown
        session.type(answer + "\r")
        waits()

    waits()
    assert any(line.endswith("(live: purchases cost money)") for line in session.lines())
    session.type("agent add support\r")
    ask(
        "purchase +14155550130 --provider livekit | bind-agent support", "n", "livekit  bind-agent 1, purchase 1",
        "cost     unknown for 1 number", "numbers  0 now, 1 after the run, 100 at most")
    assert bought() == []
    ask("purchase +14155550130 --provider livekit", "y", "livekit  purchase 1")
    assert bought() == ["+14155550130"]
    ask("release +14155550130", "n")
    assert any(line.startswith("cannot be undone: ") for line in session.lines()), session.lines()
    # For the rest of the session nobody is asked, until that is taken back.
    session.type(":confirm off\r")
    waits()
    session.type("release +14155550130 | select .status\r")
    waits()
    assert owned() == []
    session.type(":confirm on\r")
    ask("purchase +14155550131 --provider livekit", "", "livekit  purchase 1")
    waits()
    session.type("\x04")
    assert session.wait_for_end() == 0


@case
def what_was_typed_before_a_question_is_no_answer(program, state):
    account = {
        "LIVEKIT_URL": os.environ["SANDBOX_URL"], "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
        "TWILIO_ACCOUNT_SID": "ACa0000000000000000000000000000009", "TWILIO_AUTH_TOKEN": "not-a-real-one",
    }
    session = Session(
        [program, "--state", state, "--profile", "env"], columns=120, rows=60, home=os.path.dirname(state), **account)

    def waits():
        session.wait_for(lambda lines: lines and re.fullmatch(r"switchboard env-\w+!>", lines[-1]))

    waits()
    admin("POST", "faults", {"method": "SearchPhoneNumbers", "fault": "slow", "delay_ms": 1500})
    session.type("search livekit --area 212 | first | purchase\r")
    session.wait_for(lambda lines: any("purchase" in line for line in lines) and not lines[-1].endswith("!>"))
    session.type("y\r")
    session.wait_for(lambda lines: lines[-1].endswith("Go on? [y/N]"))
    session.type("n\r")
    waits()
    assert bought() == []
    session.type("\x04")
    assert session.wait_for_end() == 0


@case
def a_live_profile_tells_what_it_will_cost(program, state):
    account = {
        "LIVEKIT_URL": os.environ["SANDBOX_URL"], "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
        "TWILIO_ACCOUNT_SID": "ACa0000000000000000000000000000009", "TWILIO_AUTH_TOKEN": "not-a-real-one",
    }
    session = Session(
        [program, "--state", state, "--profile", "env"], columns=120, rows=60, home=os.path.dirname(state), **account)

    def waits():
        session.wait_for(lambda lines: lines and re.fullmatch(r"switchboard env-\w+!>", lines[-1]))

    waits()
    session.type("price set livekit 1.50USD\r")
    session.wait_for(lambda lines: any("1.50" in line for line in lines[-6:]) and lines[-1].endswith("!>"))
    statement = "search livekit --area 415 | first 2 | purchase"
    cost = ["livekit  purchase 2", "cost     3.00USD a month", "numbers  0 now, 2 after the run, 100 at most"]
    for answer in ["n\r", "\r", "nay\r", "\x03"]:
        waits()
        session.type(f"\x0c{statement}\r")
        lines = session.wait_for(lambda lines: lines[-1].endswith(" is live, and this spends money. Go on? [y/N]"))
        assert lines[0].endswith(f"!> {statement}") and lines[1:-1] == cost, lines
        session.type(answer)
    waits()
    assert bought() == [] and not any("Purchase" in entry["path"] for entry in admin("GET", "log"))
    session.type("\x0c" + statement + "\r")
    session.wait_for(lambda lines: lines[-1].endswith("Go on? [y/N]"))
    session.type("y\r")
    waits()
    assert bought() == owned() == ["+14155550100", "+14155550101"]
    session.type("\x04")
    assert session.wait_for_end() == 0
