"""What runs beside the line, and what is watched."""

import re
import signal

from at_prompt import PROMPT, admin, batch, case, contains, enter, leave, on_each_screen, prompt

JOB = "switchboard sandbox 1 job>"


@case
def a_job_runs_beside_the_line(program, state):
    session = prompt(program, state)
    admin("POST", "faults", {"method": "PurchasePhoneNumber", "fault": "slow", "delay_ms": 1500, "times": 1})
    session.type(":bg let n = purchase +14155550101 --provider livekit; print 'bought'\r")
    session.wait_for(lambda lines: lines[-2:] == ["job 1; :jobs lists, :fg waits, :cancel ends it", JOB])
    session.type(":jobs\r")
    session.wait_for(
        lambda lines: re.fullmatch(r"1  running  [\dms]+  let n = purchase .*", lines[-2]) and lines[-1] == JOB)
    session.type("print 'half")
    session.wait_for(
        lambda lines: lines[-1].startswith(f"{PROMPT} print 'half") and lines[-3] == "bought"
        and re.fullmatch(r"job 1 is done in [\dms]+: let n = purchase .*", lines[-2]))
    session.type(" a line'\r")
    session.wait_for(lambda lines: lines[-2:] == ["half a line", PROMPT])
    enter(session, "print $n.e164", "+14155550101")
    enter(session, ":jobs", "no job runs")
    enter(session, ":fg", "error: no job runs", "  = help: :bg STATEMENT starts one")
    leave(session)


@on_each_screen
def a_job_leaves_the_line_as_it_is(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type(":bg wait 700ms; print 'one' 'two'\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type("if true {\rprint 'é'")

    def is_there(lines, label):  # beside the last row may stand what it takes next
        return lines[-2] == f"{label} if true {{" and re.fullmatch(r"    print 'é'( +\[values ...\])?", lines[-1])

    session.wait_for(lambda lines: is_there(lines, JOB))
    # The label tells of the jobs that run, also while a line is typed.
    session.wait_for(lambda lines: is_there(lines, PROMPT) and "one two" in lines)
    session.type("\r}\r")
    session.wait_for(lambda lines: lines[-2:] == ["é", PROMPT])
    leave(session)


@case
def a_job_is_waited_for_and_cancelled(program, state):
    session = prompt(program, state)
    session.type(":bg wait 700ms; (41 + 1)\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type(":fg\r")
    session.wait_for(
        lambda lines: lines[-1] == PROMPT and lines[-3] == "42" and lines[-2].startswith("job 1 is done in "))
    enter(session, "$_", "42")
    session.type(":bg wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type(":bg fail 'no luck'\r")
    session.wait_for(lambda lines: all(any(text in line for line in lines) for text in ["job 3 has failed", "no luck"]))
    session.type(":cancel 2\r")
    session.wait_for(lambda lines: any("job 2 was cancelled" in line for line in lines))
    session.type("\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    # Ctrl-C goes to the job that is waited for.
    session.type(":bg wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type(":fg 4\r")
    session.wait_for(lambda lines: re.fullmatch(r"4  running  .*  wait 60s", lines[-1]))
    session.type("\x03")
    contains(session, "job 4 was cancelled")
    leave(session)


@case
def a_job_cannot_ask(program, state):
    session = prompt(program, state)
    session.type(":bg confirm 'buy?'; print 'bought'\r")
    session.wait_for(lambda lines: any("job 1 has failed" in line for line in lines))
    assert any("error[C042]: 'confirm' asks at a terminal, and there is none here" in line for line in session.lines())
    session.type(":bg secret set acme-trunk\r")
    session.wait_for(lambda lines: any("job 2 has failed" in line for line in lines))
    assert any("nobody gave the secret 'acme-trunk'" in line for line in session.lines()), session.lines()
    assert "bought" not in session.lines()
    session.type("\r")
    leave(session)


@case
def leaving_with_a_job_asks_once(program, state):
    session = prompt(program, state)
    session.type(":bg wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type("\x04")
    session.wait_for(lambda lines: lines[-1] == "leave? [y/N]" and "a job runs:" in lines)
    session.type("n\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type("\x04")
    session.wait_for(lambda lines: lines[-1] == "leave? [y/N]")
    session.type("\x04")
    assert session.wait_for_end() == 0
    assert any("job 1 was cancelled" in line for line in session.lines()), session.lines()
    assert session.modes() == session.before


@case
def terminated_with_a_job(program, state):
    session = prompt(program, state)
    session.type(":bg wait 60s\r")
    session.wait_for(lambda lines: lines[-1] == JOB)
    session.type("print 'ha")
    session.wait_for(lambda lines: lines[-1].startswith(f"{JOB} print 'ha"))
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert any("job 1 was cancelled" in line for line in session.lines()), session.lines()
    assert session.modes() == session.before


@case
def a_statement_is_watched(program, state):
    session = prompt(program, state)
    enter(session, ":watch list", "error: 'list' is no pause of 1s or more", "  = help: write :watch 5s list")
    enter(
        session, ":watch 1s agent add support",
        "error: what is watched only reads, and this changes something")
    batch(program, state, "agent add support")
    session.type(":watch 1s agent list | select .name --times 4\r")
    session.wait_for(lambda lines: lines[-3:] == ["  name", "  support", "  (1 row)"])
    batch(program, state, "agent add night")
    session.wait_for(lambda lines: [line for line in lines if line.startswith("* ")] == ["* night", "* (2 rows)"])
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    lines = session.lines()
    title = lines.index("every 1s, time 4 of 4, Ctrl-C ends: agent list | select .name")
    assert lines[title + 1:] == ["  name", "  night", "  support", "  (2 rows)", PROMPT], lines
    enter(session, "$_ | count", "2")
    session.type(":watch 60s agent list | count\r")
    session.wait_for(lambda lines: lines[-1] == "  2")
    session.type("\x03")
    session.wait_for(lambda lines: lines[-2:] == ["^Cwatched 1 time", PROMPT])
    leave(session)


@on_each_screen
def what_is_watched_stays_in_its_place(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type(":watch 1s range 1 20 | each n { \"line $n\" } --times 2\r")
    session.wait_for(lambda lines: lines[-1] == PROMPT and any("time 2 of 2" in line for line in lines), "the second look")
    lines = session.lines()
    if screen.get("TERM") == "dumb":
        assert lines[-2] == "  line 20"
        return leave(session)
    assert len([line for line in lines if "every 1s" in line]) == 1, lines
    cut = 22 - screen["rows"] + 1
    assert lines[-2] == (f"and {cut} lines more" if cut > 0 else "  line 20"), lines
    leave(session)
