"""What a session leaves to those behind it, and what it does not."""

import json
import os
import re
import signal
import stat
import subprocess

from at_prompt import PROMPT, case, contains, enter, history, leave, prompt, without_runs


@case
def two_sessions_share_a_history(program, state):
    one, other = prompt(program, state), prompt(program, state)
    enter(one, "print 'from one'", "from one")
    one.type("for n in [1] {\rprint $n\r}\r")
    one.wait_for(lambda lines: lines[-2:] == ["1", PROMPT])
    enter(other, "print 'from the other'", "from the other")
    other.type("\x1b[A\x1b[A")
    other.wait_for(lambda lines: lines[-1] == "    }" and lines[-3] == f"{PROMPT} for n in [1] {{")
    other.type("\x03")
    other.wait_for(lambda lines: lines[-1] == PROMPT)
    other.type("\x12m one")
    found = re.compile(r"search 'm one' \(\d{4}-\d\d-\d\d \d\d:\d\d sandbox\): print 'from one'.*")
    other.wait_for(lambda lines: found.fullmatch(lines[-1]))
    other.type("\r")
    other.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print 'from one'", "from one", PROMPT])
    leave(other)
    enter(one, ":history the other", "print 'from the other'", ":history the other")
    leave(one)


@case
def a_killed_session_keeps_its_history(program, state):
    session = prompt(program, state)
    session.type("agent add support | select .name\r")
    session.wait_for(lambda lines: without_runs(lines)[-2:] == ["name  support", PROMPT])
    session.type("wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == f"{PROMPT} wait 60s")
    session.type(" ")
    session.process.send_signal(signal.SIGKILL)
    assert session.wait_for_end() == -signal.SIGKILL
    path = os.path.join(state, "history.jsonl")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    first, ended, last = history(state)
    assert first["text"] == "agent add support | select .name" and first["profile"] == "sandbox"
    assert ended["id"] == first["id"] and ended["exit"] == 0 and ended["ms"] >= 0
    assert re.fullmatch("run_[0-9A-Z]{26}", ended["run"])
    assert last["text"] == "wait 60s" and "exit" not in last
    session = prompt(program, state)
    session.type("\x1b[A")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} wait 60s"))
    session.type("\x03")
    leave(session)


@case
def a_statement_is_remembered_once(program, state):
    session = prompt(program, state)
    enter(session, "print 'a'", "a")
    enter(session, "print 'b'", "b")
    enter(session, "print 'a'", "a")
    enter(session, " print 'kept out'", "kept out")
    enter(session, ":history print", "print 'b'", "print 'a'", ":history print")
    session.type("\x1b[A\x1b[A")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'a'"))
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    session.type("print\x1bp")  # Alt-P: what begins so
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'a'"))
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    assert "kept out" not in json.dumps(history(state))
    leave(session)


@case
def no_secret_is_remembered(program, state):
    session = prompt(program, state)
    session.type("secret set acme-trunk\r")
    for question in ["secret acme-trunk:", "the same again:"]:
        session.wait_for(lambda lines: lines[-1] == question)
        session.type("hunter2\r")
    contains(session, "name        acme-trunk")
    session.type(f"connect livekit --name acme --url {os.environ['SANDBOX_URL']} --api-key devkey\r")
    session.wait_for(lambda lines: lines[-1].endswith("api-secret:"))
    session.type("half-of-a-secret\r")
    contains(session, "error[R220]")
    # By their type, by what was typed unseen, in what does not parse, and in the prompt's own commands.
    enter(session, "def dial [s: secret] { print 'called' }")
    session.type("dial hunter4\r")
    contains(session, "error[C021]: a secret is never written into a statement", "1 | dial ••••••")
    session.type("print 'hunter2'\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT and lines[-2] == "hunter2")
    session.type("print 'half-of-a-secret' )\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT and any("closes nothing" in line for line in lines))
    session.type(":bg wait 60s; print 'hunter2'\r")
    session.wait_for(lambda lines: lines[-1].endswith("1 job>"))
    session.type("\x0c:jobs\r")
    shown = session.wait_for(lambda lines: any("running" in line for line in lines) and lines[-1].endswith("1 job>"))
    assert any(line.endswith("wait 60s; print (secret)") for line in shown), shown
    session.type(":cancel\r")
    session.wait_for(lambda lines: any("job 1 was cancelled" in line for line in lines))
    session.type("\r\x0c:history print\r")
    shown = session.wait_for(lambda lines: lines[-2:] == [":history print", PROMPT])
    assert shown[1:-2] == [
        "def dial [s: secret] { print 'called' }", "print (secret)", ":bg wait 60s; print (secret)"], shown
    session.type("\x12dial h")
    session.wait_for(lambda lines: lines[-1].startswith("no 'dial h'"))
    session.type("\x03")
    kept = json.dumps(history(state))
    assert "dial (secret)" in kept and not re.search("hunter|half-of", kept), kept
    leave(session)
    is_nowhere(state, "hunter", "half-of")


def is_nowhere(state, *secrets):
    """Greps what the program has left: the history, the ledger and its log, and whatever else there is."""
    for folder, _, names in os.walk(state):
        if os.path.relpath(folder, state).split(os.sep)[0] == "sandbox":  # the provider's own
            continue
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            for secret in secrets:
                assert secret.encode() not in content, (secret, os.path.join(folder, name))


@case
def a_secret_of_before_is_forgotten(program, state):
    session, other = prompt(program, state), prompt(program, state)
    enter(session, "let pw = 'correct-horse'")
    enter(session, "let rows = [{n: 'front', code: 'battery-staple'}]")
    enter(other, "print 'correct-horse'", "correct-horse")
    # Refused, and yet it says what was meant to be a secret: of a name, of a row's field, and here itself.
    session.type("trunk create --name front --auth-password $pw\r")
    contains(session, "error[C021]")
    session.type("for r in $rows { trunk create --name $r.n --auth-password $r.code }\r")
    contains(session, "error[C021]", "--auth-password $r.code")
    session.type("for x in ['hunter6'] { trunk create --name front --auth-password $x }\r")
    contains(session, "1 | for x in [••••••] {")
    session.type("trunk create --name front --auth-password (hunter6)\r")
    contains(session, "--auth-password (••••••)")
    assert [entry["text"] for entry in history(state) if "text" in entry][:3] == [
        "let pw = (secret)", "let rows = [{n: 'front', code: (secret)}]", "print (secret)"]
    for each in [session, other]:
        each.type("\r\x0c\x12horse")
        each.wait_for(lambda lines: lines[-1].startswith("no 'horse'"))
        each.type("\x03")
        each.wait_for(lambda lines: lines[-1] == PROMPT)
    # What changes something is journaled, and what it tells as well.
    session.type("print 'correct-horse'; agent add support | select .name\r")
    session.wait_for(lambda lines: without_runs(lines)[-2:] == ["name  support", PROMPT])
    session.type("print $pw; agent add front | select .name\r")
    session.wait_for(lambda lines: without_runs(lines)[-2:] == ["name  front", PROMPT])
    session.type("\x0crun log last | to-json | print\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT and any("(secret)" in line for line in lines))
    is_nowhere(state, "correct-horse", "battery-staple", "hunter6")
    leave(other)
    leave(session)
    is_nowhere(state, "correct-horse", "battery-staple", "hunter6")
