"""Ctrl-C, at the prompt and at each stage of what runs."""

import time

from at_prompt import PROMPT, case, prompt, enter, contains, admin, leave, struck, bought, owned


@case
def interrupted_at_the_prompt(program, state):
    session = prompt(program, state)
    session.type("lsit")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} lsit")
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    session.type("for n in [1 2] {\rprint")
    session.wait_for(lambda lines: lines[-1] == "    print")
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    enter(session, "print 'here'", "here")
    leave(session)


@case
def interrupted_in_a_slow_search(program, state):
    session = prompt(program, state)
    enter(session, "let kept = 7")
    admin("POST", "faults", {"method": "SearchPhoneNumbers", "fault": "slow", "delay_ms": 20000, "times": 1})
    session.type("search livekit --area 415\r")
    deadline = time.monotonic() + 10
    while admin("GET", "faults"):
        assert time.monotonic() < deadline, "the search did not come"
        session.look()
    session.type("\x03")
    contains(session, "ending: what is under way is finished, nothing else is begun; once more ends rows too")
    enter(session, "print $kept", "7")
    enter(session, "search livekit --area 415 --limit 1 | count", "1")
    leave(session)


@case
def interrupted_before_the_intent(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "SearchPhoneNumbers", "fault": "slow", "delay_ms": 20000, "times": 1})
    session.type("search livekit --area 415 | first | purchase\r")
    struck()
    session.type("\x03")
    contains(session, "ending: what is under way is finished, nothing else is begun; once more ends rows too")
    assert bought() == []
    enter(session, "list | count", "0")
    enter(session, "todo | count", "0")
    leave(session)


@case
def interrupted_while_the_request_is_under_way(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 1500, "times": 1})
    session.type("purchase +14155550101 --provider livekit; purchase +14155550102 --provider livekit\r")
    struck()
    session.type("\x03")
    contains(session, "ending: what is under way is finished", "done before: ")
    assert bought() == ["+14155550101"]
    enter(session, "list | select .e164 .status", "e164          status", "+14155550101  offline", "(1 row)")
    leave(session)


@case
def interrupted_twice_in_a_transaction(program, state):
    numbers = ["+14155550101", "+14155550102", "+14155550103"]
    statement = f"transaction {{ for n in [{' '.join(numbers)}] {{ purchase $n --provider livekit | select .e164 }} }}"
    session = prompt(program, state)
    slow = {"method": "PurchasePhoneNumber", "fault": "slow", "number": "+14155550102", "delay_ms": 1500, "times": 1}
    for presses, left in [(1, []), (2, numbers[:2])]:
        admin("POST", "faults", slow)
        session.type(statement + "\r")
        struck()
        for told in ["once more ends rows too", "once more ends at once"][:presses]:
            session.type("\x03")
            session.wait_for(lambda lines: any(told in line for line in lines))
        session.wait_for(lambda lines: lines[-1] == PROMPT)
        # The first press takes back what was done, the second leaves it and says so.
        session.type("list | where .status != 'released' | select .e164 .status\r")
        session.wait_for(lambda lines: lines[-1] == PROMPT and lines[-2].startswith(f"({len(left)} row"))
        assert owned() == left, session.lines()
    leave(session)


@case
def interrupted_in_the_roll_back(program, state):
    session = prompt(program, state)
    for method, delay in [("PurchasePhoneNumber", 100), ("ReleasePhoneNumbers", 1500)]:
        admin("POST", "faults", {"method": method, "fault": "slow", "delay_ms": delay, "times": 1})
    session.type(
        "transaction { for n in [+14155550101 +14155550102] { purchase $n --provider livekit | select .e164 }; "
        "fail 'no' }\r")
    struck()
    # The release of the last number is under way, that of the first has not begun.
    session.type("\x03")
    session.wait_for(lambda lines: any("once more ends rows too" in line for line in lines))
    session.type("\x03")
    contains(session, "once more ends at once", "= not undone: ")
    assert owned() == ["+14155550101"]
    session.type("todo | select .what .why\r")
    contains(session, "+14155550101 is bought and bound to no agent")
    leave(session)


@case
def left_in_a_slow_purchase(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 3000, "times": 1})
    session.type("purchase +14155550101 --provider livekit\r")
    deadline = time.monotonic() + 10
    while admin("GET", "faults"):
        assert time.monotonic() < deadline, "the purchase did not come"
        session.look()
    for told in ["once more ends rows too", "once more ends at once"]:
        session.type("\x03")
        session.wait_for(lambda lines: any(told in line for line in lines))
    session.type("\x03")
    contains(session, "left; a change that was under way goes on", "left while this was under way: buy +14155550101")
    # The prompt stays, and the purchase is finished meanwhile.
    enter(session, "print 'here'", "here")
    time.sleep(4)
    enter(session, "let held = list")
    enter(session, "for number in $held { print $number.e164 $number.status }", "+14155550101 offline")
    leave(session)


@case
def pressed_in_an_import(program, state):
    numbers = [f"+141555501{n:02}" for n in range(9)]
    told = [
        "ending: what is under way is finished, nothing else is begun; once more ends rows too, and takes nothing back",
        "ending: only a change that is under way is finished; once more ends at once",
        "left; a change that was under way goes on, or is settled at the next start"]
    for presses in [1, 2, 3]:
        mine = numbers[3 * presses - 3:3 * presses]
        with open("numbers.csv", "w") as file:
            file.write("e164,source\n" + "".join(f"{number},livekit\n" for number in mine))
        session = prompt(program, state)
        admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 2000, "times": 1})
        session.type("read ./numbers.csv | import --parallel 1 --on-error collect | report ./out.csv\r")
        struck()
        for index in range(presses):
            assert not any(told[index] in line for line in session.lines()), session.lines()
            session.type("\x03")
            session.wait_for(lambda lines: any(told[index] in line for line in lines), told[index])
        session.wait_for(lambda lines: lines[-1] == PROMPT)
        assert not any(text in line for text in told[presses:] for line in session.lines()), session.lines()
        # What was under way comes to its end each time, and nothing behind it is begun.
        deadline = time.monotonic() + 10
        while mine[0] not in bought():
            assert time.monotonic() < deadline, "the purchase that was under way is not there"
            time.sleep(0.05)
        assert not set(mine[1:]) & set(bought()), bought()
        enter(session, "print 'here'", "here")
        leave(session)
