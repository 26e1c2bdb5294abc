"""What a user of the real prompt sees. One function is one case; `cases.py PROGRAM STATE CASE` runs one.

STATE is the state folder of a place with a running sandbox; SANDBOX_URL in the environment is its address.
"""

import json
import os
import re
import signal
import subprocess
import sys
import termios
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Terminal/Screen"))

from session import Session  # noqa: E402

CASES = {}
PROMPT = "switchboard sandbox>"


def case(function):
    CASES[function.__name__] = function
    return function


def prompt(program, state, *arguments):
    session = Session([program, "--state", state, *arguments], columns=120, rows=60, home=os.path.dirname(state))
    session.wait_for(lambda lines: lines and lines[-1] == PROMPT)
    return session


def enter(session, line, *expected, last=PROMPT):
    """Types a line and waits until the screen ends with what is expected, and then the prompt."""
    session.type(line + "\r")
    wanted = [f"{PROMPT} {line}", *expected, last]
    session.wait_for(lambda lines: lines[-len(wanted):] == wanted, f"the end of the screen {wanted}")


def contains(session, *texts):
    session.wait_for(lambda lines: all(any(text in line for line in lines) for text in texts) and lines[-1] == PROMPT)


def admin(method, path, body=None):
    data = body if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{os.environ['SANDBOX_URL']}/_sandbox/{path}", data=data, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def leave(session):
    # Between two lines the terminal is cooked, and a Ctrl-D typed there would be lost.
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    session.type("\x04")
    assert session.wait_for_end() == 0
    assert session.modes() == session.before


@case
def the_readme(program, state):
    session = prompt(program, state)
    assert session.lines() == [
        "switchboard 0.1.0, profile sandbox (the sandbox: nothing real is bought)",
        "help lists the commands, Ctrl-D leaves",
        PROMPT,
    ]
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
    assert admin("GET", "state")["history"] == []
    enter(
        session, "$n | purchase --label 'night desk' | bind-agent support | select .e164 .label .status",
        "e164    +12125550100", "label   night desk", "status  active")
    assert [event["e164"] for event in admin("GET", "state")["history"]] == ["+12125550100"]
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
    session.type("for n in [1 2] {\r")
    session.wait_for(lambda lines: lines[-1] == "}..." or lines[-1] == "{...")
    session.type("print $n\r")
    session.type("}\r")
    session.wait_for(lambda lines: lines[-3:] == ["1", "2", PROMPT])
    # The whole block is one line of the history.
    session.type("\x1b[A\r")
    session.wait_for(lambda lines: lines[-3:] == ["1", "2", PROMPT] and lines.count("1") == 2)
    leave(session)


@case
def interrupted_at_the_prompt(program, state):
    session = prompt(program, state)
    session.type("lsit")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} lsit")
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    session.type("for n in [1 2] {\r")
    session.wait_for(lambda lines: lines[-1].endswith("..."))
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
def help_at_the_prompt(program, state):
    session = prompt(program, state)
    session.type("help\r")
    contains(session, "Spend money", "help COMMAND shows one command, with examples.")
    session.type("help purchase\r")
    contains(session, "purchase: buy a number; the one that flows in, or one that is written")
    session.type(":quit\r")
    assert session.wait_for_end() == 0
    return session


@case
def a_table_fits_the_screen(program, state):
    session = prompt(program, state)
    session.type("search livekit --area 415 --limit 2\r")
    contains(session, "+14155550100", "(2 rows")
    assert all(len(line) <= 120 for line in session.lines())
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
        if lines[-2:] == ["24", PROMPT]:
            break
        count += 1
        assert count < 2000, "\n".join(lines)
    assert len(seen) > 5, seen
    assert not told and "24 rows in " in "".join(lines), "\n".join(lines)
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
def a_secret_is_asked_without_echo(program, state):
    session = prompt(program, state)
    command = f"connect livekit --name acme --url {os.environ['SANDBOX_URL']} --api-key devkey"
    session.type(command + "\r")
    session.wait_for(lambda lines: lines[-1].endswith("api-secret:"))
    session.type("a-wrong-one\r")
    contains(session, "error[R220]")
    session.type(command + "\r")
    session.wait_for(lambda lines: lines[-1].endswith("api-secret:"))
    session.type("secret\r")
    contains(session, "connected; use it with --profile acme")
    assert not any("a-wrong-one" in line for line in session.lines())
    # Nor does the history hold it.
    session.type("\x1b[A")
    session.wait_for(lambda lines: "connect livekit" in "".join(lines[-2:]))
    session.type("\x03")
    leave(session)


@case
def a_secret_is_stored_without_echo(program, state):
    def asks(question):
        session.wait_for(lambda lines: lines[-1] == question)

    def ask(first, second=None):
        session.type("secret set acme-trunk\r")
        asks("secret acme-trunk:")
        session.type(first)
        if second is not None:
            asks("the same again:")
            session.type(second)

    session = prompt(program, state)
    ask("hunter2\r", "hunter3\r")
    contains(session, "error[R201]: the secret 'acme-trunk' was typed in two ways; nothing was stored")
    ask("\r")
    contains(session, "error[R201]: the secret 'acme-trunk' is empty; nothing was stored")
    ask("hunter2\x03")
    contains(session, "error[R201]: nobody gave the secret 'acme-trunk'")
    enter(session, "secret list | count", "0")
    ask("hunter2\r", "hunter2\r")
    contains(session, "name        acme-trunk")
    # Also standard input is the terminal, and what is typed there stays unseen.
    session.type("secret set other --stdin\r")
    asks("secret other:")
    session.type("hunter4\r")
    contains(session, "name        other")
    enter(session, "let password = secret acme-trunk")
    enter(session, "$password", "••••••")
    enter(session, "print $password {a: $password}", "•••••• {a: ••••••}")
    assert not any("hunter" in line for line in session.lines())
    leave(session)


def echoes(session):
    return bool(session.modes()[3] & termios.ECHO)


@case
def a_live_profile_asks(program, state):
    account = {"LIVEKIT_URL": "https://livekit.invalid", "LIVEKIT_API_KEY": "devkey", "LIVEKIT_API_SECRET": "secret"}
    session = Session(
        [program, "--state", state, "--profile", "env"], columns=120, rows=60, home=os.path.dirname(state), **account)

    def waits():
        session.wait_for(lambda lines: lines and lines[-1].startswith("switchboard env-") and lines[-1].endswith(">"))

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
def connect_is_left_by_an_interrupt(program, state):
    commands = {
        "api-secret:": f"connect livekit --name acme --url {os.environ['SANDBOX_URL']} --api-key devkey",
        "auth-token:": "connect twilio --name acme --account-sid ACa0000000000000000000000000000001",
    }
    for question, command in commands.items():
        # The program by itself, and the prompt, where the terminal must be as it was before the question.
        alone = Session([program, "--state", state, "-c", command], columns=120, home=os.path.dirname(state))
        alone.wait_for(lambda lines: lines and lines[-1].endswith(question))
        assert not echoes(alone)
        alone.type("half-of-a-secret\x03")
        assert alone.wait_for_end() == 4
        assert alone.modes() == alone.before
        assert not any("half" in line for line in alone.lines())

        session = prompt(program, state)
        session.type(command + "\r")
        session.wait_for(lambda lines: lines[-1].endswith(question))
        assert not echoes(session)
        session.type("half-of-a-secret\x03")
        contains(session, "error[R220]: profile 'acme' needs the")
        assert not any("half" in line for line in session.lines())
        enter(session, "print 'here'", "here")
        leave(session)


@case
def a_passphrase_is_asked_once(program, state):
    def run(statement, secret):
        subprocess.run(
            [program, "--state", state, "-c", statement], input=secret, text=True, check=True, stdout=subprocess.DEVNULL)

    def asks(question):
        session.wait_for(lambda lines: lines[-1] == question)
        assert not echoes(session)

    run("secret set acme-trunk --stdin", "hunter2")
    session = prompt(program, state)
    session.type("secret rotate passphrase\r")
    asks("new passphrase:")
    session.type("open sesame\r")
    asks("the same again:")
    session.type("open sesame\r")
    contains(session, "key      passphrase")
    leave(session)

    session = prompt(program, state)
    enter(session, "agent list | count", "0")
    for answer, shown in [("open says me\r", "does not open the secrets in"), ("open\x03", "are locked with a passphrase")]:
        session.type("secret acme-trunk\r")
        asks("passphrase:")
        session.type(answer)
        contains(session, shown)
    session.type("secret acme-trunk\r")
    asks("passphrase:")
    session.type("open sesame\r")
    contains(session, "••••••")
    enter(session, "secret acme-trunk", "••••••")
    enter(session, "secret list | count", "1")
    assert not any("sesame" in line or "says" in line for line in session.lines())
    leave(session)


def at_terminal(program, state, *arguments, columns=80, rows=24, **environment):
    session = Session(
        [program, "--state", state, *arguments], columns=columns, rows=rows, home=os.path.dirname(state), **environment)
    session.wait_for_end()
    return session


OFFERS = "search livekit --area 415 --limit 2 | select .e164 .locality .region .number_type"


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
    session.wait_for(lambda lines: lines[58] == "100" and lines[59].startswith("rows 42-100 of 100  "))
    session.type("g")
    session.wait_for(lambda lines: lines[0] == "1")
    session.type("qprint 'here'\r")
    session.wait_for(lambda lines: lines[-4:] == ["(59 of 100 rows)", f"{PROMPT} print 'here'", "here", PROMPT])
    # The position is told in rows also where a row has several lines.
    session.type("range 1 100 | each n { ({number: $n, text: 'words'}) }\r")
    session.wait_for(lambda lines: lines[0].split() == ["number", "text"] and lines[59].startswith("rows 1-58 of 100  "))
    session.type("\x03")
    session.wait_for(lambda lines: lines[-2:] == ["(58 of 100 rows)", PROMPT])
    session.type("range 1 100\r")
    session.wait_for(lambda lines: lines[59].startswith("rows 1-59 of 100  "))
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.modes() == session.before


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(CASES))
    else:
        PROGRAM, STATE, NAME = sys.argv[1:]
        CASES[NAME](PROGRAM, STATE)
