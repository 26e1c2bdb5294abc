"""Questions, and what comes between them and their answers."""

import os
import signal

from at_prompt import PROMPT, case, contains, echoes, enter, leave, prompt
from session import Session

SECRET, ENDING = "secret acme-trunk:", "ending: what is under way is finished, nothing else is begun;"


@case
def a_question_is_asked_again_after_a_stop(program, state):
    session = Session(
        ["bash", "--norc", "-i"], columns=120, rows=30, home=os.path.dirname(state), PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(f"{program} --state {state}\r")
    session.wait_for(lambda lines: lines[-1:] == [PROMPT])

    def stop_and_go(question):
        session.wait_for(lambda lines: lines[-1] == question)
        session.type("\x1a")
        session.wait_for(lambda lines: lines[-1] == "$" and "Stopped" in "".join(lines[-4:]))
        session.type("stty -a | grep -ow -e '-icanon' -e '-isig' -e '-echo'; echo none\r")
        session.wait_for(lambda lines: lines[-2:] == ["none", "$"] and lines[-3].startswith("$ stty"))
        session.type("fg\r")
        session.wait_for(lambda lines: lines[-1] == question and lines[-2].startswith(program))

    session.type("secret set acme-trunk\r")
    session.wait_for(lambda lines: lines[-1] == SECRET)
    session.type("hunt")
    stop_and_go(SECRET)
    assert not echoes(session)
    # What was typed before is still there, as unseen as the rest.
    session.type("er2\r")
    stop_and_go("the same again:")
    session.type("hunter2\r")
    contains(session, "name        acme-trunk")
    session.type("confirm 'go on?'; print 'gone on'\r")
    stop_and_go("go on? [y/N]")
    session.type("y\r")
    session.wait_for(lambda lines: lines[-3:] == ["go on? [y/N] y", "gone on", PROMPT])
    assert not any("hunt" in line for line in session.lines())
    session.type("\x04")
    session.wait_for(lambda lines: lines[-1] == "$")
    session.type("exit\r")
    session.wait_for_end()


@case
def a_question_has_its_row(program, state):
    session = prompt(program, state)
    # Neither the end of the input nor Ctrl-C leaves anything on it but what was typed.
    session.type("confirm 'go on?'\r")
    session.wait_for(lambda lines: lines[-1] == "go on? [y/N]")
    session.type("\x04")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    assert "go on? [y/N]" in session.lines(), session.lines()
    for question, statement in [("go on? [y/N]", "confirm 'go on?'"), (SECRET, "secret set acme-trunk")]:
        session.type("\x0c" + statement + "\r")
        session.wait_for(lambda lines: lines[-1] == question)
        session.process.send_signal(signal.SIGINT)
        lines = session.wait_for(lambda lines: lines[-1] == PROMPT)
        assert lines[1] == question and lines[2].startswith(ENDING), lines
    session.type("\x0cconfirm 'go on?'\r")
    session.wait_for(lambda lines: lines[-1] == "go on? [y/N]")
    session.type("\x03")
    lines = session.wait_for(lambda lines: lines[-1] == PROMPT)
    assert lines[1] == "go on? [y/N] ^C" and lines[2].startswith(ENDING), lines
    # A job that tells something meanwhile does so below it, and the question is asked once more.
    session.type("\x0c:bg wait 1s; print 'told'\r")
    session.wait_for(lambda lines: lines[-1] == "switchboard sandbox 1 job>")
    session.type("secret set acme-trunk\r")
    lines = session.wait_for(lambda lines: lines[-1] == SECRET and any("job 1 is done" in line for line in lines))
    assert lines[lines.index("told") - 1] == SECRET, lines
    session.type("hunter2\r")
    session.wait_for(lambda lines: lines[-1] == "the same again:")
    session.type("hunter2\r")
    contains(session, "name        acme-trunk")
    leave(session)


@case
def what_is_typed_ahead_appears_once(program, state):
    session = Session([program, "--state", state], columns=80, rows=24, home=os.path.dirname(state))
    session.type("print 'ea")
    session.wait_for(lambda lines: lines and lines[-1].startswith(f"{PROMPT} print 'ea"))
    lines = session.lines()
    assert lines[0].startswith("switchboard 0.") and "".join(lines).count("print 'ea") == 1, lines
    session.type("rly'\r")
    session.wait_for(lambda lines: lines[-2:] == ["early", PROMPT])
    enter(session, "print 'here'", "here")
    leave(session)
