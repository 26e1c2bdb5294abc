"""The session that the README shows."""

import os
import re

from at_prompt import case, prompt, leave
from session import Session

# What differs each time, as the README shows it once.
VARYING = {
    r"(agent|phone|run)_[0-9A-Z]{26}": r"\1_[0-9A-Z]{26}",
    r"done\\ in\\ [0-9.\\]+\\ m?s": r"done in [0-9.]+ m?s",
    r"\d{4}\\-\d\d\\-\d\dT\d\d:\d\d:\d\d\\\.\d{3}Z": r"[-0-9]{10}T[:.0-9]{12}Z",
}


def transcript():
    """The session that the README shows: what is typed, what is shown."""
    readme = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../README.md")
    with open(readme) as file:
        blocks = re.findall(r"```\n\$ switchboard\n(.*?)```", file.read(), re.DOTALL)
    assert len(blocks) == 1, "the README shows one session that begins with '$ switchboard'"
    return blocks[0].splitlines()


def as_pattern(line):
    pattern = re.escape(line)
    for text, any_text in VARYING.items():
        pattern = re.sub(text, any_text, pattern)
    return re.compile(pattern)



@case
def the_readme(program, state):
    session = Session([program, "--state", state], columns=120, rows=120, home=os.path.dirname(state))
    shown = transcript()
    prompts = re.compile(r"(switchboard sandbox[^>]*>) ?(.*)")
    for index, line in enumerate(shown):
        prompt = prompts.fullmatch(line)
        if not prompt:
            continue
        wanted = [as_pattern(line) for line in shown[:index]] + [re.compile(re.escape(prompt[1]))]
        session.wait_for(
            lambda lines: len(lines) == len(wanted) and all(map(re.Pattern.fullmatch, wanted, lines)),
            f"the screen in front of '{line}'\n" + "\n".join(shown[:index]) + "\n")
        if prompt[2]:
            session.type(prompt[2] + "\r")
    leave(session)
