"""The line at the prompt, as its terminal has it."""

import os
import signal
import subprocess

from at_prompt import PROMPT, batch, case, contains, enter, history, leave, on_each_screen, prompt, without_runs
from session import Session

MARKS = ("\x1b[200~", "\x1b[201~")


@on_each_screen
def a_statement_of_several_rows(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type("for n in ['é' '東'] {\rprint \"<$n>\"\r}\r")
    session.wait_for(lambda lines: lines[-3:] == ["<é>", "<東>", PROMPT])
    session.type("\x1b[A\x1b[A\x1b[A\x01\x01\x05\x05\r")
    session.wait_for(lambda lines: lines[-3:] == ["<é>", "<東>", PROMPT] and lines.count("<é>") == 2)
    leave(session)


@on_each_screen
def pasted_statements_wait_for_enter(program, state, **screen):
    session = prompt(program, state, **screen)
    text = "print 'one'\nprint 'two'\nprint 'three'"
    if screen.get("TERM") == "dumb":
        return leave(session)  # has no pastes
    session.type(text.join(MARKS))
    rows = [f"{PROMPT} print 'one'", "print 'two'", "print 'three'"]
    session.wait_for(lambda lines: lines[-4:] == ["3 statements, Enter runs, :edit edits", *rows])
    session.type("\r")
    session.wait_for(lambda lines: lines[-6:] == [*rows[1:], "one", "two", "three", PROMPT])
    leave(session)


@case
def a_megabyte_is_pasted(program, state):
    session = prompt(program, state, columns=80, rows=24)
    words = " ".join(f"word-{number:06d}" for number in range(85_000))
    assert len(words) > 1_000_000
    statement = f"let text = '{words}'; print 'it is whole'"
    sent = statement.join(MARKS).encode()
    while sent:
        session.type(sent[:4096])
        sent = sent[4096:]
        session.look()
    session.type("\r")
    session.wait_for(lambda lines: lines[-2:] == ["it is whole", PROMPT], patience=60)
    leave(session)
    assert history(state)[0]["text"] == statement


@on_each_screen
def resized_in_mid_line(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type("print 'half of")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'half o"))
    session.resize(60, 20)
    session.type(" a line'\r")
    session.wait_for(lambda lines: "half of a line" in lines and lines[-1] == PROMPT)
    session.resize(screen["columns"], screen["rows"])
    # A terminal that cannot go up has the line once more.
    session.type("print 'here'\r")
    session.wait_for(lambda lines: "here" in lines and lines[-1] == PROMPT)
    leave(session)


@case
def suspended_and_continued(program, state):
    session = Session(
        ["bash", "--norc", "-i"], columns=120, rows=30, home=os.path.dirname(state), PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(f"{program} --state {state}\r")
    session.wait_for(lambda lines: lines[-1:] == [PROMPT])
    session.type("print 'half")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'half"))
    session.type("\x1a")
    session.wait_for(lambda lines: lines[-1] == "$" and any("Stopped" in line for line in lines))
    session.type("stty -a | grep -ow -e '-icanon' -e '-isig' -e '-echo'; echo none\r")
    session.wait_for(lambda lines: lines[-2:] == ["none", "$"] and lines[-3].startswith("$ stty"))
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'half"))
    session.type(" a line'\r")
    session.wait_for(lambda lines: lines[-2:] == ["half a line", PROMPT])
    # While a statement runs the terminal makes the signal.
    session.type("wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} wait 60s")
    session.type("\x1a")
    session.wait_for(lambda lines: lines[-1] == "$")
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-1].startswith(program))
    session.type("\x03")
    contains(session, "ending: what is under way is finished")
    session.type("\x04")
    session.wait_for(lambda lines: lines[-1] == "$")
    session.type("exit\r")
    session.wait_for_end()


@on_each_screen
def ended_in_mid_line(program, state, **screen):
    for ending in [signal.SIGTERM, signal.SIGHUP]:
        session = prompt(program, state, **screen)
        session.type("for n in [1 2] {\rprint 'ha")
        session.wait_for(lambda lines: "print 'ha" in lines[-1])
        session.process.send_signal(ending)
        assert session.wait_for_end() == 128 + ending
        assert session.modes() == session.before
        assert not session.written.count(b"\x1b[?2004h") > session.written.count(b"\x1b[?2004l")


@case
def ended_while_a_statement_runs(program, state):
    for ending in [signal.SIGTERM, signal.SIGHUP]:
        session = prompt(program, state)
        session.type("wait 60s\r")
        session.wait_for(lambda lines: lines[-1] == f"{PROMPT} wait 60s")
        session.process.send_signal(ending)
        assert session.wait_for_end() == 128 + ending
        assert session.modes() == session.before


@on_each_screen
def tab_completes_and_lists(program, state, **screen):
    if screen == {"columns": 80, "rows": 24}:
        batch(program, state, "agent add support-en; agent add support-de; agent add 'night desk'")
    session = prompt(program, state, **screen)
    session.type("agent get port\t")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} agent get support-"))
    session.type("\t\t")
    session.wait_for(
        lambda lines: lines[-1].startswith(f"{PROMPT} agent get support-")
        and [line.split()[0] for line in lines[-3:-1]] == ["support-de", "support-en"])
    session.type("e\t| select .name\r")
    session.wait_for(lambda lines: lines[-2:] == ["name  support-en", PROMPT])
    session.type("agent get ni\t| select .name\r")
    session.wait_for(lambda lines: lines[-2:] == ["name  night desk", PROMPT])
    # The prompt's own commands, and files.
    session.type(":mod\tjsonl\r")
    folder = os.path.join(os.path.dirname(state), "files")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "numbers of old.csv"), "w") as file:
        file.write("number,site\n1,a\n")
    session.type(f"read '{folder}/num\t| where .si\t == 'a' | count\r")
    session.wait_for(lambda lines: lines[-2:] == ["1", PROMPT])
    leave(session)


@case
def tab_finds_what_a_person_has_in_mind(program, state):
    batch(program, state, "purchase +14155550130 --provider livekit --label 'front desk'; agent add support")
    batch(program, state, "purchase +14155550131 --provider livekit")
    session = prompt(program, state)

    def completes(typed, line):
        session.type("\x15" + typed + "\t")
        session.wait_for(lambda lines: lines[-1].split("   ")[0] == f"{PROMPT} {line}", f"the line {line!r}")

    completes("get 0131", "get +14155550131")
    completes("get fron", "get +14155550130")
    completes("list | where .status == \"act", 'list | where .status == "active"')
    completes("help numb", "help number")
    completes(":help secr", ":help secret")
    completes(":watch 5s trunk l", ":watch 5s trunk list")
    completes(":watch 5s trunk c", ":watch 5s trunk c")
    completes("list | where .agent_id == sup", "list | where .agent_id == " + agent_id(program, state))
    # A job by its number, with what it does.
    session.type("\x15:bg wait 60s\r")
    session.wait_for(lambda lines: any(line.startswith("job 1;") for line in lines) and lines[-1].endswith("1 job>"))
    session.type(":cancel \t\r")
    session.wait_for(lambda lines: any("job 1 was cancelled" in line for line in lines))
    session.type("\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    # Values stand in front of flags.
    session.type("\x15\x0cget \t\t")
    lines = session.wait_for(lambda lines: len(lines) > 2 and lines[-1].startswith(f"{PROMPT} get +1415555013"))
    assert [line.split()[0] for line in lines[:2]] == ["+14155550130", "+14155550131"], lines
    session.type("\x15")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    leave(session)


def agent_id(program, state):
    shown = subprocess.run(
        [program, "--state", state, "-c", "agent list | first | select .id", "--as", "csv"], capture_output=True,
        text=True, check=True, stdin=subprocess.DEVNULL)
    return shown.stdout.split()[-1]


@on_each_screen
def what_is_open_stands_at_the_right_edge(program, state, **screen):
    session = prompt(program, state, **screen)
    edge = screen["columns"] - 5
    session.type("for n in [1 2] {\r")
    if screen.get("TERM") != "dumb":
        session.wait_for(lambda lines: lines[-1] == " " * edge + "{ ..")
    session.type("print '\r")
    if screen.get("TERM") != "dumb":
        session.wait_for(lambda lines: lines[-1] == " " * edge + "' ..")
    session.type("a'\r}\r")
    session.wait_for(lambda lines: lines[-5:] == ["", "a", "", "a", PROMPT])
    assert not any(line.endswith("..") for line in session.lines())
    leave(session)


@case
def the_next_parameter_stands_at_the_right_edge(program, state):
    session = prompt(program, state, columns=80, rows=24)
    session.type("bind-agent ")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} bind-agent ".ljust(45) + "<agent> --number phone [--replace]")
    session.type("\x15agent add ")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} agent add  <name> [--livekit-agent-name string] [--metada…")
    session.type("support | select .name\r")
    session.wait_for(
        lambda lines: without_runs(lines)[-3:]
        == [f"{PROMPT} agent add support | select .name", "name  support", PROMPT])
    leave(session)


@on_each_screen
def a_long_result(program, state, **screen):
    session = prompt(program, state, **screen)
    rows = screen["rows"] - 1
    session.type("range 1 100\r")
    if screen.get("TERM") == "dumb":
        session.wait_for(lambda lines: lines[-3:] == ["100", "(100 rows)", PROMPT] or lines[-2:] == ["100", PROMPT])
        return leave(session)
    session.wait_for(lambda lines: lines[:rows] == [str(n) for n in range(1, rows + 1)])
    session.type("q")
    session.wait_for(lambda lines: lines[-2:] == [f"({rows} of 100 rows)", PROMPT])
    session.type(":more\r")
    session.wait_for(lambda lines: lines[0] == str(rows + 1))
    session.type("Gq")
    session.wait_for(lambda lines: lines[-1] == PROMPT and lines[-3] == "100")
    enter(session, ":more", "all of it was shown")
    leave(session)
