"""What is told to the prompt itself."""

import os
import re

from at_prompt import PROMPT, case, prompt, enter, contains, leave, bought, batch
from session import Session


@case
def meta_commands_and_their_faults(program, state):
    session = prompt(program, state)
    enter(session, ":hlep", "error: no meta command ':hlep'", "  = help: did you mean ':help'?")
    enter(session, ":mo", "error: no meta command ':mo'", "  = help: did you mean ':mode'?")
    enter(session, ":", "error: no meta command ':'", "  = help: :help lists them")
    enter(session, ":todo now", "error: :todo takes no argument")
    enter(
        session, ":save", "error: :save needs NAME or FILE",
        "  = help: :save NAME or FILE: keep the last value as $NAME, or in a .csv, .json, .jsonl or .md file")
    enter(session, "[{a: 1}]", "a", "1", "(1 row)")
    enter(
        session, ":save a b", "error: 'a b' is neither a name nor a file",
        "  = help: :save found makes it $found, :save ./found.csv writes it into a file")
    enter(session, ":timing yes", "error: 'yes' is neither on nor off")
    enter(session, ":mode jsno", "error: no mode 'jsno'", "  = help: did you mean 'json'?")
    enter(session, ":mode jsonl", "mode jsonl")
    enter(session, "{a: 1}", '{"a":1}')
    enter(session, ":mode auto", "mode auto")
    enter(session, ":timing on", "timing on")
    session.type("wait 20ms\r")
    session.wait_for(lambda lines: re.fullmatch(r"\d+ ms", lines[-2]) and lines[-1] == PROMPT)
    enter(session, ":timing off", "timing off")
    enter(session, ":history wait", "wait 20ms", ":history wait")
    enter(session, ":todo", "(0 rows)")
    enter(session, "agent add support | select .name", "name  support")
    session.type(":undo\r")
    contains(session, "add agent support")
    enter(session, "agent list | count", "0")
    enter(session, "[{a: 1, b: '|'}]", "a  b", "1  |", "(1 row)")
    enter(session, ":save ./kept.md", "saved 1 row in ./kept.md")
    enter(session, ":save './kept it.md'", "saved 1 row in ./kept it.md")
    enter(session, ":save ./kept.txt", "error: './kept.txt' is no .csv, .json, .jsonl or .md file")
    with open("kept.md") as file:
        assert file.read() == "| a | b |\n| ---: | --- |\n| 1 | \\| |\n"
    for mode, shown in {
            "json": ["[", '{"a":1,"b":"|"}', "]"], "csv": ["a,b", "1,|"], "plain": ["row 1 of 1", "a: 1", "b: |", "1 row"],
            "record": ["row 1", "a  1", "b  |", "(1 row)"], "md": ["| a | b |", "| ---: | --- |", "| 1 | \\| |"]}.items():
        enter(session, f":mode {mode}", f"mode {mode}")
        enter(session, ":last", *shown)
    enter(session, ":mode auto", "mode auto")
    enter(session, ":help :timing", ":timing [on|off]  say how long each statement took")
    enter(session, ":help plan", ":plan [on|off]  say what statements would change, and change nothing")
    enter(session, ":help nonsense", "error: there is no help on 'nonsense'", "  = help: help lists the commands")
    enter(session, ":history nothing of the kind", ":history nothing of the kind")
    session.type(":help\r")
    contains(session, "Keys", "Ctrl-R", "$_error", ":mode [MODE]", ":watch TIME STATEMENT [--times N]", ":quit")
    session.type("help numbers\r")
    contains(session, "numbers: from a search to a number that reaches an agent, and back", "bind-agent support")
    leave(session)


@case
def requests_are_logged_when_told(program, state):
    session = prompt(program, state)
    enter(session, ":log on", "log on")
    session.type("search livekit --area 415 --limit 1 | count\r")
    contains(session, "SearchPhoneNumbers")
    enter(session, ":log off", "log off")
    enter(session, "search livekit --area 212 --limit 1 | count", "1")
    leave(session)


@case
def a_profile_is_switched(program, state):
    session = prompt(program, state)
    url = os.environ["SANDBOX_URL"]
    batch(
        program, state, f"connect livekit --name acme --url {url} --api-key devkey --api-secret-stdin", "secret")
    acme = "switchboard acme>"
    enter(session, "agent add support | select .name", "name  support")
    enter(session, ":profile", "* sandbox", "  env", "  acme")
    enter(
        session, ":profile acem", "error: no profile 'acem'", "  = help: there are: sandbox env acme; connect makes one")
    enter(session, ":profile acme", "profile acme (on this machine)", last=acme)
    session.type("agent list | count\r")
    session.wait_for(lambda lines: lines[-3:] == [f"{acme} agent list | count", "0", acme])
    session.type(":profile sandbox\r")
    contains(session, "profile sandbox (the sandbox: nothing real is bought)")
    enter(session, "agent list | count", "1")
    leave(session)


@case
def plan_mode_changes_nothing(program, state):
    session = prompt(program, state)
    planning = "switchboard sandbox plan>"
    enter(session, ":plan on", "plan on: nothing is changed, what reads is run", last=planning)
    session.type("purchase +14155550100 --provider livekit\r")
    session.wait_for(lambda lines: lines[-1] == planning and "plan of prompt, profile sandbox: 1 change" in lines)
    assert "livekit  purchase 1" in session.lines() and "cost     unknown for 1 number" in session.lines()
    session.type("list | count\r")
    session.wait_for(lambda lines: lines[-2:] == ["0", planning])
    session.type(":bg purchase +14155550100 --provider livekit\r")
    session.wait_for(lambda lines: lines[-1] == planning and "error: in plan mode nothing runs" in lines)
    session.type(":plan off\r")
    contains(session, "plan off")
    assert bought() == []
    enter(session, "runs | count", "0")
    leave(session)


@case
def the_last_statement_is_edited(program, state):
    session = Session(
        [program, "--state", state], columns=120, rows=60, home=os.path.dirname(state), EDITOR="sed -i s/one/two/")
    session.wait_for(lambda lines: lines and lines[-1] == PROMPT)
    enter(session, "print 'one'", "one")
    session.type(":edit\r")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'two'"))
    session.type("\r")
    session.wait_for(lambda lines: lines[-2:] == ["two", PROMPT])
    # What stands in front is edited in its place, as many rows as it has.
    session.type("for n in ['one'] {\rprint $n\r:edit\r")
    session.wait_for(lambda lines: lines[-2:] == [f"{PROMPT} for n in ['two'] {{", "    print $n"])
    session.type("\r}\r")
    session.wait_for(lambda lines: lines[-2:] == ["two", PROMPT])
    leave(session)
