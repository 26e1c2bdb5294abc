"""The real program at its prompt, and what a case asks of it."""

import json
import os
import re
import subprocess
import termios
import time
import urllib.request

from session import Session

CASES = {}
PROMPT = "switchboard sandbox>"
CHANGED = re.compile(r"(done in|ended after) [0-9.ms]+( ms| s)?\. run_[0-9A-Z]{26} \(")


def case(function):
    CASES[function.__name__] = function
    return function


# A usual terminal, a small one, one in the C locale, and one that can only write on.
SCREENS = [
    {"columns": 80, "rows": 24},
    {"columns": 40, "rows": 10},
    {"columns": 80, "rows": 24, "LANG": "C", "LC_ALL": "C"},
    {"columns": 80, "rows": 24, "TERM": "dumb"},
]


def on_each_screen(function):
    """A case that also takes the settings of a screen, and runs on each."""

    def run(program, state):
        for screen in SCREENS:
            function(program, state, **screen)

    CASES[function.__name__] = run
    return function


def prompt(program, state, *arguments, **settings):
    settings = {"columns": 120, "rows": 60, "home": os.path.dirname(state), **settings}
    session = Session([program, "--state", state, *arguments], **settings)
    session.wait_for(lambda lines: lines and lines[-1] == PROMPT)
    return session


def enter(session, line, *expected, last=PROMPT):
    """Types a line and waits until the screen ends with what is expected, and then the prompt."""
    session.type(line + "\r")
    wanted = [f"{PROMPT} {line}", *expected, last]
    session.wait_for(lambda lines: without_runs(lines)[-len(wanted):] == wanted, f"the end of the screen {wanted}")


def without_runs(lines):
    """The screen without what a change tells of its run; a case of its own looks at that."""
    return [line for line in lines if not CHANGED.match(line)]


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


def struck():
    """Waits until every fault has met its request."""
    deadline = time.monotonic() + 10
    while admin("GET", "faults"):
        assert time.monotonic() < deadline, "the request did not come"
        time.sleep(0.01)


def bought():
    return [event["e164"] for event in admin("GET", "state")["history"]]


def owned():
    released = "PHONE_NUMBER_STATUS_RELEASED"
    return sorted(number["e164"] for number in admin("GET", "state")["numbers"] if number["status"] != released)


def batch(program, state, statement, secret=""):
    subprocess.run(
        [program, "--state", state, "-c", statement], input=secret, text=True, check=True, stdout=subprocess.DEVNULL)


def history(state):
    """The lines of the history's file."""
    with open(os.path.join(state, "history.jsonl")) as file:
        return [json.loads(line) for line in file]


def echoes(session):
    return bool(session.modes()[3] & termios.ECHO)


def at_terminal(program, state, *arguments, columns=80, rows=24, **environment):
    session = Session(
        [program, "--state", state, *arguments], columns=columns, rows=rows, home=os.path.dirname(state), **environment)
    session.wait_for_end()
    return session
