"""What is bought, and what is not, whatever is pressed meanwhile."""

import os
import time

from at_prompt import PROMPT, admin, bought, case, contains, enter, leave, owned, prompt, struck

TOLD = [
    "ending: what is under way is finished, nothing else is begun; once more ends rows too, and takes nothing back",
    "ending: only a change that is under way is finished; once more ends at once",
    "left; a change that was under way goes on, or is settled at the next start",
]

ONE = "purchase +14155550101 --provider livekit"
# The statement that is interrupted.
SLOW = "purchase +14155550101 --provider livekit | bind-agent support; purchase +14155550102 --provider livekit"


def press(session, count):
    """Presses Ctrl-C so often; each press is answered by what the next one does, and by nothing of a later one."""
    for index in range(count):
        assert not any(TOLD[index] in line for line in session.lines()), session.lines()
        session.type("\x03")
        session.wait_for(lambda lines: any(TOLD[index] in line for line in lines), TOLD[index])
    assert not any(told in line for told in TOLD[count:] for line in session.lines()), session.lines()


def in_short(statement):
    return statement if len(statement) <= 48 else statement[:47] + "…"


def agree(session, numbers, statement=ONE):
    """The ledger, the list of what needs a person, and the emulator tell the same."""
    assert bought() == numbers, bought()
    assert owned() == sorted(numbers), owned()
    if numbers:
        enter(session, "print (list | each n { $n.e164 } | sort-by)", f"[{' '.join(sorted(numbers))}]")
        stands = [f"{number} is bought and bound to no agent" for number in numbers]
        enter(session, "todo | each item { $item.what }", f"{in_short(statement)}: 1 change stands", *stands)
    else:
        enter(session, "list | count", "0")
        enter(session, "todo | count", "0")
    session.type("drift | count\r")
    session.wait_for(lambda lines: lines[-2:] == ["0", PROMPT])


def pressed_in_a_slow_purchase(program, state, presses):
    session = prompt(program, state)
    enter(session, "agent add support | select .name", "name  support")
    delay = 2500 if presses < 3 else 8000
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": delay, "times": 1})
    session.type(SLOW + "\r")
    struck()
    press(session, presses)
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    if presses < 3:
        assert bought() == ["+14155550101"], "the purchase was under way, and the prompt is back"
    else:
        assert bought() == [], "the prompt is back only behind the purchase"
        contains(session, "left while this was under way: buy +14155550101")
        deadline = time.monotonic() + 60
        while not bought():
            assert time.monotonic() < deadline, "the purchase that was under way is not there"
            session.look()
        time.sleep(0.5)
    return session


@case
def the_first_press_in_a_slow_purchase(program, state):
    session = pressed_in_a_slow_purchase(program, state, 1)
    session.type("\x0c")
    agree(session, ["+14155550101"], SLOW)
    leave(session)


@case
def the_second_press_in_a_slow_purchase(program, state):
    session = pressed_in_a_slow_purchase(program, state, 2)
    session.type("\x0c")
    agree(session, ["+14155550101"], SLOW)
    leave(session)


@case
def the_third_press_in_a_slow_purchase(program, state):
    session = pressed_in_a_slow_purchase(program, state, 3)
    session.type("\x0c")
    agree(session, ["+14155550101"], SLOW)
    leave(session)
    # The same statement in another session is told so, and buys it no second time.
    again = prompt(program, state)
    agree(again, ["+14155550101"], SLOW)
    leave(again)


@case
def pressed_before_anything_is_bought(program, state):
    for presses in [1, 2, 3]:
        session = prompt(program, state)
        admin("POST", "faults", {"method": "SearchPhoneNumbers", "fault": "slow", "delay_ms": 20000, "times": 1})
        session.type("search livekit --area 415 | first | purchase\r")
        struck()
        press(session, 1)
        # A search is no change: it is dropped, so that there is nothing left for further presses.
        session.wait_for(lambda lines: lines[-1] == PROMPT)
        for count in range(2, presses + 1):
            session.type("\x03")
            # What is typed before the next prompt is there is drawn by the terminal.
            session.wait_for(
                lambda lines: sum("^C" in line for line in lines) == count and lines[-1] == PROMPT)
        agree(session, [])
        leave(session)


@case
def a_purchase_in_the_background_is_cancelled(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 2000, "times": 1})
    statement = f"{ONE}; purchase +14155550102 --provider livekit"
    session.type(f":bg {statement}\r")
    job = "switchboard sandbox 1 job>"
    session.wait_for(lambda lines: lines[-1] == job)
    struck()
    session.type(":cancel\r")
    session.wait_for(lambda lines: any(TOLD[0] in line for line in lines))
    session.type("print 'half")
    session.wait_for(
        lambda lines: lines[-1].startswith(f"{PROMPT} print 'half")
        and any("job 1 was cancelled in " in line for line in lines))
    session.type(" a line'\r")
    session.wait_for(lambda lines: lines[-2:] == ["half a line", PROMPT])
    agree(session, ["+14155550101"], statement)
    leave(session)


@case
def explained_and_not_bought(program, state):
    session = prompt(program, state)
    before = len(admin("GET", "log"))
    session.type("explain { search livekit --area 415 | first | purchase | bind-agent support }\r")
    contains(
        session, "gives      list<available-number>", "effect      spends; the item's monthly_cost tells what it costs",
        "taken back  by release; the month stays billed", "needs       purchase, which livekit and twilio offer",
        "in all: reads, changes, spends; nothing of it was done")
    session.type("\x0cexplain { search livekit | frist }\r")
    contains(session, "error[C001]: no command 'frist'", "= help: did you mean 'first'?")
    assert len(admin("GET", "log")) == before, "explain has asked the platform"
    agree(session, [])
    leave(session)


@case
def described_is_what_there_is(program, state):
    session = prompt(program, state)
    session.type("search livekit --area 415 --limit 3 | select .e164 .locality | describe\r")
    session.wait_for(
        lambda lines: [line.split() for line in lines[-6:]] == [
            ["field", "type", "count", "nothing", "min", "max"],
            ["list<record>", "3", "0"],
            ["e164", "phone", "3", "0", "+14155550100", "+14155550102"],
            ["locality", "string", "3", "0", "SAN", "FRANCISCO", "SAN", "FRANCISCO"],
            ["(3", "rows)"],
            PROMPT.split()])
    agree(session, [])
    leave(session)


def agrees_at_last(program, state):
    """A new session, after the purchase was left to itself, asks what became of it, and has the number once."""
    deadline = time.monotonic() + 60
    while not bought():
        assert time.monotonic() < deadline, "the purchase that was under way is not there"
        time.sleep(0.05)
    session = prompt(program, state)
    enter(
        session, "list | each n { \"$n.e164 $n.status\" }",
        "an earlier run was interrupted; asking whether this happened: buy +14155550101 at livekit",
        "it had happened, and the ledger knows it now: buy +14155550101 at livekit", "+14155550101 offline")
    session.type("\x0c")
    agree(session, ["+14155550101"])
    # Nothing is asked a second time, and what is there is not bought again.
    session.type("purchase +14155550101 --provider livekit\r")
    contains(session, "+14155550101 is in the workspace already: unchanged")
    assert bought() == ["+14155550101"]
    leave(session)


@case
def left_and_quit_in_a_slow_purchase(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 8000, "times": 1})
    session.type("purchase +14155550101 --provider livekit\r")
    struck()
    press(session, 3)
    contains(session, "still open: purchase of livekit +14155550101", "error[R250]: left while this was under way")
    leave(session)
    assert bought() == [], "the session waits for what it has left"
    agrees_at_last(program, state)


@case
def killed_in_a_slow_purchase(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 1500, "times": 1})
    session.type("purchase +14155550101 --provider livekit\r")
    struck()
    session.process.kill()
    session.wait_for_end()
    assert bought() == []
    agrees_at_last(program, state)


@case
def interrupted_where_the_answer_is_lost(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "lost_answer", "delay_ms": 1500, "times": 1})
    statement = f"{ONE}; purchase +14155550102 --provider livekit"
    session.type(statement + "\r")
    struck()
    press(session, 1)
    contains(session, "done before: buy +14155550101 at livekit", "error[R260]: cancelled")
    session.type("\x0c")
    agree(session, ["+14155550101"], statement)
    leave(session)


@case
def asked_for_before_the_purchase_has_arrived(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 3000, "times": 1})
    session.type("purchase +14155550101 --provider livekit\r")
    struck()
    press(session, 3)
    leave(session)
    # The platform does not have the number yet, and that is not taken for an answer.
    session = prompt(program, state)
    assert bought() == []
    enter(
        session, "list | each n { $n.e164 }",
        "an earlier run was interrupted; asking whether this happened: buy +14155550101 at livekit",
        "it had happened, and the ledger knows it now: buy +14155550101 at livekit", "+14155550101")
    session.type("\x0c")
    agree(session, ["+14155550101"])
    leave(session)
