"""What a session tells of its runs, and how they are named."""

import re

from at_prompt import PROMPT, case, prompt, enter, leave

RUN = "run_[0-9A-Z]{26}"


def ends(session, line, *patterns):
    """Types a line and waits until the screen ends with lines of these patterns, and then the prompt."""
    session.type(line + "\r")
    wanted = [re.escape(f"{PROMPT} {line}"), *patterns, re.escape(PROMPT)]
    session.wait_for(
        lambda lines: len(lines) >= len(wanted)
        and all(re.fullmatch(pattern, line) for pattern, line in zip(wanted, lines[-len(wanted):])),
        "\n".join(wanted))
    return session.lines()


@case
def a_change_tells_of_its_run(program, state):
    session = prompt(program, state)
    took = r"[0-9.]+ m?s\."
    ends(session, "print (agent add support).name", "support", fr"done in {took} {RUN} \(:undo takes it back\)")
    enter(session, "agent list | count", "1")
    # What changes nothing is no run, and says so of none.
    ends(session, "print (agent add support).name", "support")
    ends(
        session, "print (purchase +14155550101 --provider livekit).e164", r"\+14155550101",
        fr"done in {took} {RUN} \(:undo takes it back; the month stays billed\)")
    ends(session, "print (release +14155550101).status", "released", fr"done in {took} {RUN} \(nothing takes it back\)")
    enter(session, "runs | count", "3")
    session.type("agent add night; fail 'no'\r")
    session.wait_for(
        lambda lines: lines[-1] == PROMPT
        and re.fullmatch(fr"ended after {took} {RUN} \(:undo takes it back\)", lines[-2]))
    ends(session, ":undo", r"run_\w+ \(agent add night; fail 'no'\): 1 of 1 changes can be taken back",
         "they are taken back by run_.*", "step.*", ".*add agent night.*", r"\(1 row\)")
    leave(session)


@case
def runs_are_told_apart(program, state):
    session = prompt(program, state)
    for name in ["support", "night"]:
        enter(session, f"print (agent add {name}).name", name)
    enter(session, "agent list | count", "2")
    enter(session, "runs | each run { print $run.what }", "print (agent add night).name", "print (agent add support).name")
    for line in ["undo ", ":undo "]:
        session.type("\x0c" + line + "\t\t")
        session.wait_for(
            lambda lines: lines[-1].startswith(f"{PROMPT} {line}".strip())
            and re.search(r"\blast\b +the newest one", lines[-5])
            and re.search(fr"{RUN} +print \(agent add night\)\.name \(succeeded\)", lines[-4])
            and re.search(fr"{RUN} +print \(agent add support\)\.name \(succeeded\)", lines[-3])
            and "--dry-run" in lines[-2])
        session.type("\x15")
    leave(session)
