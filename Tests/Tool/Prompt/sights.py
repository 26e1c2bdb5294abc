"""What is seen of names that would mislead, in colour and without, and of long work."""

import os
import re
import time

from at_prompt import PROMPT, admin, bought, case, contains, enter, leave, owned, prompt, without_runs
from session import Session

HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]|\x1b\\[31mz")


@case
def a_name_misleads_nobody(program, state):
    session = prompt(program, state)
    for name in [r"day\u{202e}x", r"day\u{200b}y"]:
        enter(session, f'let n{len(session.lines())} = agent add "{name}"')
    enter(session, "agent list | select .name", "name", "day<U+200B>y", "day<U+202E>x", "(2 rows)")
    enter(session, "print (agent list | each a { $a.name })", "['day<U+200B>y' 'day<U+202E>x']")
    session.type(r'agent get "day\u{202e}\u{1b}[31mz"' + "\r")
    contains(session, "error[C050]: no agent 'day<U+202E><U+001B>[31mz' in profile 'sandbox'")
    session.type(r'fail "day\u{202e}\u{1b}[31mz"' + "\r")
    contains(session, "error[R299]: day<U+202E><U+001B>[31mz")
    enter(session, r'let wanted = "day\u{202e}"')
    session.type("agent get $wanted\r")
    contains(session, "error[R202]: no agent 'day<U+202E>' in profile 'sandbox'")
    session.type("\x0cagent get day\t\t")
    session.wait_for(
        lambda lines: [line.split("  ")[0] for line in lines[:-1]] == [r'"day\u{200B}y"', r'"day\u{202E}x"']
        and lines[-1].startswith(f'{PROMPT} agent get "day '), "the list")
    # What is completed can be run, and what is typed or pasted of it is dropped.
    session.type("\\u{202E}\t| select .name\r")
    session.wait_for(lambda lines: lines[-2:] == ["name  day<U+202E>x", PROMPT])
    session.type("print 'a\u202eb'\r")
    session.wait_for(lambda lines: lines[-2:] == ["ab", PROMPT])
    session.type("\x15")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    hidden = HIDDEN.search(session.written.decode(errors="replace"))
    assert not hidden, hidden
    leave(session)


@case
def colour_at_the_prompt_is_a_choice(program, state):
    # An account at Twilio, which is never asked, makes the profile a live one.
    account = {
        "LIVEKIT_URL": os.environ["SANDBOX_URL"], "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret",
        "TWILIO_ACCOUNT_SID": "ACa0000000000000000000000000000009", "TWILIO_AUTH_TOKEN": "not-a-real-one",
    }

    def colours(*arguments, **environment):
        """The colours of a live profile's name and of a fault, and whether a table's head is bold."""
        session = Session(
            [program, "--state", state, *arguments, "--profile", "env"], columns=120, rows=40,
            home=os.path.dirname(state), **account, **environment)
        live = re.compile(r"switchboard env-\w+!>")
        session.wait_for(lambda lines: lines and live.fullmatch(lines[-1]))
        session.type("lsit\r")
        session.wait_for(lambda lines: live.fullmatch(lines[-1]) and any(line.startswith("error[") for line in lines))
        session.type("[{a: 1}]\r")
        session.wait_for(lambda lines: live.fullmatch(lines[-1]) and "(1 row)" in lines)
        # In plan mode it is told as well that nothing runs.
        session.type(":plan on\r")
        session.wait_for(lambda lines: re.fullmatch(r"switchboard env-\w+! plan>", lines[-1]))
        lines, cells = session.lines(), session.screen.buffer
        fault = next(number for number, line in enumerate(lines) if line.startswith("error["))
        head = lines.index("a")
        seen = cells[len(lines) - 1][12].fg, cells[fault][0].fg, cells[head][0].bold
        session.type("\x04")
        assert session.wait_for_end() == 0
        return seen

    assert colours() == ("red", "red", True)
    for arguments, environment in [
            (["--color", "never"], {}), (["--color=never"], {"CLICOLOR_FORCE": "1"}), ([], {"NO_COLOR": "1"}),
            ([], {"CLICOLOR": "0"}), ([], {"TERM": "dumb"})]:
        assert colours(*arguments, **environment) == ("default", "default", False), (arguments, environment)
    assert colours("--color", "always", NO_COLOR="1") == ("red", "red", True)


@case
def a_long_import_tells_how_far_it_is(program, state):
    session = prompt(program, state)
    numbers = [f"+141555501{n:02}" for n in range(0, 14)]
    with open("numbers.csv", "w") as file:
        file.write("e164,source,label\n" + "".join(f"{number},livekit,desk\n" for number in numbers))
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "taken", "number": numbers[3]})
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 500, "times": 13})
    session.type("read ./numbers.csv | import --parallel 2 --on-error collect | report ./out.csv\r")
    telling = re.compile(r"(\d+) of 14 rows(, 1 failed)?, [12] running(, [\d.]+/s, \w+ left)?")
    counts, failed = [], False
    deadline = time.monotonic() + 20
    while True:
        lines = session.lines()
        assert time.monotonic() < deadline, "\n".join(lines)
        told = [line for line in lines if " of 14 rows" in line]
        assert len(told) <= 1, "\n".join(lines)
        if told:
            found = telling.fullmatch(told[0])
            assert found and lines[-1] == told[0], "\n".join(lines)
            counts.append(int(found[1]))
            failed |= bool(found[2])
        if lines[-1] == PROMPT and any(" rows in " in line for line in lines):
            break
    assert counts == sorted(counts) and len(set(counts)) > 3 and failed, counts
    lines = without_runs(lines)
    # The line is gone, and what became of all of it stands in its place.
    assert not told and re.fullmatch(r"14 rows in \w+: 13 succeeded, 1 failed \(1 × taken\)", lines[-4]), lines
    assert lines[-3:] == [
        f"1 × taken, as {numbers[3]}: {numbers[3]} is no longer for sale at livekit",
        "./out.csv: 13 succeeded, 1 failed; again: ./out.failed.csv", PROMPT], lines
    assert sorted(bought()) == owned() == numbers[:3] + numbers[4:]
    leave(session)


@case
def a_long_import_is_interrupted_and_gone_on_with(program, state):
    session = prompt(program, state)
    numbers = [f"+141555501{n:02}" for n in range(12)]
    with open("numbers.csv", "w") as file:
        file.write("e164,source\n" + "".join(f"{number},livekit\n" for number in numbers))
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 600, "times": 6})
    again = "read ./numbers.csv | import --parallel 2 --on-error collect | report ./out.csv"
    session.type(again + "\r")
    session.wait_for(lambda lines: re.fullmatch(r"[1-9]\d* of 12 rows, .*", lines[-1]), "how far it is")
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    count = len(bought())
    assert 0 < count < 12 and owned() == sorted(bought())
    for text in [
            "ending: what is under way is finished",
            f"./out.csv: {count} succeeded, {12 - count} not started; again: ./out.failed.csv",
            *(f"done before: buy {number} at livekit" for number in bought())]:
        assert any(text in line for line in session.lines()), (text, session.lines())
    enter(session, "list | count", str(count))
    admin("DELETE", "faults")
    session.type(again + "\r")
    session.wait_for(
        lambda lines: without_runs(lines)[-2:] == [f"./out.csv: {12 - count} succeeded, {count} unchanged", PROMPT], "the rest")
    assert sorted(bought()) == owned() == numbers
    enter(session, "list | count", "12")
    leave(session)


@case
def what_is_watched_fits_a_small_screen(program, state):
    session = prompt(program, state, columns=40, rows=10)
    for statement, shown in [
            ("[{name: 'a', note: 'words that are wrapped where they are too long'}]",
             ["  name  note", "  a     words that are wrapped where", "        they are too long", "  (1 row)"]),
            ("search livekit --limit 30",
             ["  e164          locality     region", *(f"  +1201555010{n}  JERSEY CITY  NJ" for n in range(6)),
              "and 25 lines more"])]:
        session.type(f"\x0c:watch 1s {statement} --times 2\r")
        title = f"every 1s, time 2 of 2, Ctrl-C ends: {statement}"[:39]
        session.wait_for(lambda lines: lines[-1] == PROMPT and title in lines, title)
        lines = session.lines()
        assert lines[lines.index(title):] == [title, *shown, PROMPT], lines
        assert len([line for line in lines if line.startswith("every 1s")]) == 1, lines
    leave(session)


@case
def a_label_and_a_file_mislead_nobody(program, state):
    evil, seen = "day\u202ex\u200b", "day<U+202E>x<U+200B>"
    written = r"day\u{202e}x\u{200b}"
    with open(f"{evil}.csv", "w") as file:
        file.write(f"e164,source,label\n+14155550100,livekit,{evil}\n")
    session = prompt(program, state)
    session.type(f'read "./{written}.csv" | import | select .e164 .label\r')
    contains(session, "+14155550100", seen)
    enter(session, "list | select .label", "label", seen, "(1 row)")
    enter(session, "print (list | each n { $n.label })", f"['{seen}']")
    session.type(f'read "./{written}.txt"\r')
    contains(session, f"./{seen}.txt", "error[D0")
    # A row that fails names its label, and a report its file.
    session.type(f'read "./{written}.csv" | import --on-error collect | report "./{written}.out.csv"\r')
    contains(session, f"./{seen}.out.csv: 1 unchanged")
    hidden = HIDDEN.search(session.written.decode(errors="replace"))
    assert not hidden, hidden
    leave(session)
