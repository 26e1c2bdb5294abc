"""Results on the screen."""

import os
import re
import signal
import subprocess

from at_prompt import PROMPT, SCREENS, case, prompt, enter, contains, admin, batch, leave, at_terminal
from session import Session

OFFERS = "search livekit --area 415 --limit 2 | select .e164 .locality .region .number_type"


@case
def a_table_fits_the_screen(program, state):
    session = prompt(program, state)
    session.type("search livekit --area 415 --limit 2\r")
    contains(session, "+14155550100", "(2 rows")
    assert all(len(line) <= 120 for line in session.lines())
    leave(session)


@case
def a_table_is_printed(program, state):
    session = prompt(program, state)
    enter(
        session, "print 'at hand:' (search livekit --area 415 --limit 2 | select .e164 .locality)",
        "at hand:", "e164          locality", "+14155550100  SAN FRANCISCO", "+14155550101  SAN FRANCISCO", "(2 rows)")
    enter(session, "print [1 2 3] {a: 1, b: 'x'} []", "[1 2 3] {a: 1, b: 'x'} []")
    leave(session)


@case
def a_table_follows_the_width(program, state):
    def shown(columns, *arguments):
        return at_terminal(program, state, *arguments, "-c", OFFERS, columns=columns).lines()

    assert shown(80) == [
        "e164          locality       region  number_type",
        "+14155550100  SAN FRANCISCO  CA      local",
        "+14155550101  SAN FRANCISCO  CA      local",
        "(2 rows)",
    ]
    assert shown(40) == [
        "e164          locality       region",
        "+14155550100  SAN FRANCISCO  CA",
        "+14155550101  SAN FRANCISCO  CA",
        "(2 rows; not shown: number_type)",
    ]
    # Too narrow for a table: on its side, and where that is too narrow too, values below their names.
    assert shown(26)[:10] == [
        "row 1", "e164         +14155550100", "locality     SAN FRANCISCO", "region       CA", "number_type  local",
        "", "row 2", "e164         +14155550101", "locality     SAN FRANCISCO", "region       CA"], shown(26)
    assert shown(20)[:5] == ["row 1", "e164", "  +14155550100", "locality", "  SAN FRANCISCO"], shown(20)
    assert shown(20, "--as", "table")[:2] == ["e164", "+14155550100"]
    assert shown(80, "--as", "record")[:2] == ["row 1", "e164         +14155550100"]
    assert shown(20, "--as", "csv")[0].startswith("e164,locality,region")
    assert shown(80, "--as", "plain")[:2] == ["row 1 of 2", "e164: +14155550100"]


@case
def a_long_text_is_wrapped(program, state):
    text = "calls go to the second floor and after six to the night desk"
    session = at_terminal(program, state, "-c", f"[{{name: '東京', note: '{text}'}}]", columns=40)
    assert session.lines()[0].split() == ["name", "note"]
    assert " ".join(line.split("  ")[-1].strip() for line in session.lines()[1:-1]).split() == text.split()
    assert session.lines()[-1] == "(1 row)"


@case
def what_a_terminal_would_obey_is_shown(program, state):
    evil = r"\u{1b}[31mx\u{202e}y\u{200b}\u{7}"
    seen = "^[[31mx<U+202E>y<U+200B>^G"
    statements = {
        f'"{evil}"': [seen], f'[{{a: "{evil}"}}]': [seen], f'print "{evil}" [{{b: "{evil}"}}]': [seen, "(1 row)"],
        f'{{a: "{evil}"}}': ["a  " + seen], f'confirm "{evil}"': [seen + ". Go on? [y/N]"],
    }
    for statement, expected in statements.items():
        session = Session(
            [program, "--state", state, "-c", statement], columns=120, rows=24, home=os.path.dirname(state))
        if statement.startswith("confirm"):
            session.wait_for(lambda lines: any("[y/N]" in line for line in lines))
            session.type("n\r")
        session.wait_for_end()
        for text in expected:
            assert any(text in line for line in session.lines()), session.lines()
        assert all(
            cell.fg == "default" or line.startswith("error[")
            for number, line in enumerate(session.lines()) for cell in session.screen.buffer[number].values())
    for mode, expected in {
            "csv": seen, "plain": "a: " + seen, "md": "\\[31mx<U+202E>", "jsonl": r'{"a":"\u001b[31mx\u202ey\u200b\u0007"}',
            "json": r'{"a":"\u001b[31mx\u202ey\u200b\u0007"}', "table": seen, "record": seen}.items():
        lines = at_terminal(program, state, "--as", mode, "-c", f'{{a: "{evil}"}}', columns=120).lines()
        assert any(expected in line for line in lines), (mode, lines)


@case
def colours_are_used_sparingly(program, state):
    def cell(row, column, *arguments, **environment):
        return at_terminal(program, state, *arguments, **environment).screen.buffer[row][column]

    assert cell(0, 0, "-c", "lsit").fg == "red" and cell(0, 12, "-c", "lsit").fg == "default"
    assert cell(0, 0, "--nonsense").fg == "red"
    assert cell(0, 0, "-c", "[{a: 1}]").bold and not cell(1, 0, "-c", "[{a: 1}]").bold
    for arguments, environment in [
            (["--color", "never"], {}), ([], {"NO_COLOR": "1"}), ([], {"CLICOLOR": "0"}), ([], {"TERM": "dumb"})]:
        assert not cell(0, 0, *arguments, "-c", "[{a: 1}]", **environment).bold
        assert cell(0, 0, *arguments, "-c", "lsit", **environment).fg == "default"

    def piped(*arguments, **environment):
        settings = {"PATH": os.environ["PATH"], "HOME": os.path.dirname(state), **environment}
        return subprocess.run([program, "--state", state, *arguments], capture_output=True, env=settings).stdout

    assert piped("--as", "table", "-c", "[{a: 1}]") == b"a\n1\n(1 row)\n"
    for forced in [piped("--as", "table", "--color=always", "-c", "[{a: 1}]"),
                   piped("--as", "table", "-c", "[{a: 1}]", CLICOLOR_FORCE="1")]:
        assert forced == b"\x1b[1ma\x1b[0m\n1\n(1 row)\n", forced
    assert piped("--color=always", "-c", "[{a: 1}]") == b"a\n1\n"


@case
def a_long_result_is_paged(program, state):
    session = prompt(program, state)
    session.type("range 1 100\r")
    session.wait_for(lambda lines: lines[:59] == [str(n) for n in range(1, 60)] and lines[59].startswith("rows 1-59 of 100  "))
    session.type("G")
    session.wait_for(lambda lines: lines[58] == "100" and lines[59].startswith("rows 42-100 of 100 (END)  "))
    session.type("g")
    session.wait_for(lambda lines: lines[0] == "1")
    session.type("qprint 'here'\r")
    session.wait_for(lambda lines: lines[-4:] == ["(59 of 100 rows)", f"{PROMPT} print 'here'", "here", PROMPT])
    # The position is told in rows also where a row has several lines.
    session.type("range 1 58 | each n { ({number: $n}) }\r")
    session.wait_for(lambda lines: lines[-2:] == ["(58 rows)", PROMPT], "one page, which is none to turn")
    session.type("range 1 100 | each n { ({number: $n, text: 'words'}) }\r")
    session.wait_for(lambda lines: lines[0].split() == ["number", "text"] and lines[59].startswith("rows 1-58 of 100  "))
    session.type("\x03")
    session.wait_for(lambda lines: lines[-2:] == ["(58 of 100 rows)", PROMPT])
    session.type("range 1 100\r")
    session.wait_for(lambda lines: lines[59].startswith("rows 1-59 of 100  "))
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.modes() == session.before


@case
def rows_are_told_of_in_one_line(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 400, "times": 24})
    session.type(
        "range 100 123 | each n --parallel 2 { let e = phone \"+14155550$n\"; print \"row $n\"; "
        "purchase $e --provider livekit } | count\r")
    telling = re.compile(r"\d+ of 24 rows, \d running(, [\d.]+/s, \w+ left)?")
    narrow = re.compile(r"\d+ of 24 rows, \d run.*")
    seen, count = set(), 0
    while True:
        lines = session.lines()
        told = [line for line in lines[2:] if " of 24 rows" in line]
        assert len(told) <= 1, "\n".join(lines)
        if told:
            assert (telling if session.screen.columns == 120 else narrow).fullmatch(told[0]), told
            assert lines[-1] == told[0], "\n".join(lines)
            seen.add(told[0])
        if len(seen) == 5:
            session.resize(24, 60)
        # Whatever rows print stands on lines of its own, above the one that is drawn again.
        assert all(re.fullmatch(r"row 1\d\d", line) for line in lines if line.startswith("row")), "\n".join(lines)
        if lines[-1] == PROMPT and "24" in lines:
            break
        count += 1
        assert count < 2000, "\n".join(lines)
    assert len(seen) > 5, seen
    assert not told and "24 rows in " in "".join(lines), "\n".join(lines)
    leave(session)


@case
def pages_at_any_size(program, state):
    for screen in SCREENS[:-1]:
        session = prompt(program, state, **screen)
        columns, rows = screen["columns"], screen["rows"]

        def shows(position):
            session.wait_for(lambda lines: len(lines) == rows and lines[-1].startswith(position), position)
            assert all(len(line) <= columns for line in session.lines())

        session.type("\x0crange 1 40 | each n { ({number: $n, text: 'Zürich 東京'}) }\r")
        room = rows - 2
        shows(f"rows 1-{room} of 40  ")
        assert session.lines()[1].split() == ["1", "Zürich", "東京"], session.lines()
        session.type(" ")
        shows(f"rows {min(room + 1, 41 - room)}-{min(2 * room, 40)} of 40")
        session.type("G")
        shows(f"rows {41 - room}-40 of 40 (END)")
        # There is nothing behind the end, and that is said.
        session.type(" ")
        shows(f"rows {41 - room}-40 of 40 (END)")
        session.type("q")
        session.wait_for(lambda lines: lines[-1] == PROMPT)
        leave(session)


@case
def a_plan_and_the_history_are_paged(program, state):
    session = prompt(program, state, columns=80, rows=12)
    enter(session, ":plan on", "plan on: nothing is changed, what reads is run", last="switchboard sandbox plan>")
    session.type("search livekit --area 415 | first 12 | purchase\r")
    session.wait_for(lambda lines: re.match(r"lines 1-11 of \d+  Space on", lines[-1]))
    session.type("Gq")
    session.wait_for(lambda lines: lines[-1] == "switchboard sandbox plan>" and "numbers  0 now" in "".join(lines))
    session.type(":plan off\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    for number in range(12):
        session.type(f"print {number}\r")
        session.wait_for(lambda lines: lines[-2:] == [str(number), PROMPT])
    session.type(":history print\r")
    session.wait_for(lambda lines: re.match(r"lines 1-11 of \d+  Space on", lines[-1]))
    session.type("q")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    leave(session)


@case
def an_agent_is_shown_by_its_name(program, state):
    batch(program, state, "agent add support; purchase +14155550100 --provider livekit | bind-agent support")
    session = prompt(program, state)
    for mode in ["auto", "table", "record", "plain"]:
        enter(session, f":mode {mode}", f"mode {mode}")
        session.type("\x0clist | select .e164 .agent_id\r")
        session.wait_for(lambda lines: lines[-1] == PROMPT and any("support (agent_" in line for line in lines), mode)
    for mode in ["json", "csv"]:
        enter(session, f":mode {mode}", f"mode {mode}")
        session.type("\x0clist | select .e164 .agent_id\r")
        session.wait_for(lambda lines: lines[-1] == PROMPT and any("+14155550100" in line for line in lines), mode)
        assert not any("support" in line for line in session.lines()), session.lines()
    enter(session, ":mode auto", "mode auto")
    # Its own row has both names in their columns.
    session.type("\x0cagent list\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT and any("support" in line for line in lines))
    assert not any("support (" in line for line in session.lines()), session.lines()
    leave(session)
