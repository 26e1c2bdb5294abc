"""How a session begins, and where help is."""

import os
import time

from at_prompt import PROMPT, case, prompt, enter, contains, leave, bought


@case
def the_first_steps_lead_to_a_bound_number(program, state):
    began = time.monotonic()
    session = prompt(program, state)
    steps = [line.strip() for line in session.lines() if line.startswith("  ")]
    assert len(steps) == 5, session.lines()
    for step in steps:
        session.wait_for(lambda lines: lines[-1] == PROMPT)
        before = len(session.lines())
        session.type(step + "\r")
        session.wait_for(lambda lines: lines[-1] == PROMPT and len(lines) > before, step)
        assert not any("error" in line for line in session.lines()), session.lines()
    contains(session, "+14155550100  livekit   active")
    assert bought() == ["+14155550100"]
    assert time.monotonic() - began < 60
    leave(session)
    again = prompt(program, state)
    assert not any(line.startswith("  ") for line in again.lines()), again.lines()
    leave(again)


@case
def names_of_the_init_file(program, state):
    folder = os.path.join(os.path.dirname(state), ".config", "switchboard")
    os.makedirs(folder)

    def begin(text, *arguments):
        with open(os.path.join(folder, "init.swb"), "w") as file:
            file.write(text)
        return prompt(program, state, *arguments)

    with open(os.path.join(folder, "lib.swb"), "w") as file:
        file.write("def twice [n: int] { ($n * 2) }\n")
    session = begin("use ./lib.swb\nlet area = '415'\ndef free [] { search livekit --area 212 --limit 1 }\n")
    enter(session, "print $area", "415")
    enter(session, "twice 21", "42")
    enter(session, "free | count", "1")
    leave(session)
    session = begin("let area = '415'\nlet b = lsit\n")
    contains(session, "init.swb:2:9", "the session begins without init.swb")
    session.type("print $area\r")
    contains(session, "error[C010]")
    leave(session)
    session = begin("let found = search livekit\n")
    contains(session, "init.swb:1: 'search' asks the workspace or a provider", "= help: the session begins without it")
    leave(session)
    session = begin("let b = lsit\n", "--no-init")
    assert not any("init.swb" in line for line in session.lines())
    leave(session)


@case
def help_at_the_prompt(program, state):
    session = prompt(program, state)
    session.type("help\r")
    session.wait_for(lambda lines: lines and lines[-1].endswith("q leaves"))
    session.type("Gq")
    contains(session, "Spend money", "help COMMAND shows one command, with examples.")
    session.type("help purchase\r")
    contains(session, "purchase: buy a number; the one that flows in, or one that is written")
    session.type(":quit\r")
    assert session.wait_for_end() == 0
    return session
