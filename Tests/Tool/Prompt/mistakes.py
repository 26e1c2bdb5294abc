"""What somebody types who is new here, and what they are told to type instead."""

from at_prompt import PROMPT, batch, bought, case, contains, enter, leave, prompt


def helps(session, line, *told):
    """Types a line and waits until its fault is told, and what helps."""
    session.type("\x0c" + line + "\r")
    session.wait_for(
        lambda lines: lines[0] == f"{PROMPT} {line}" and lines[-1] == PROMPT
        and all(any(text in shown for shown in lines) for text in told), f"{told} of {line}")


@case
def a_suggestion_runs(program, state):
    batch(program, state, "agent add support; purchase +14155550100 --provider livekit | bind-agent support")
    session = prompt(program, state)
    for wrong in ["'support'", "support"]:
        helps(session, f"list | where .agent_id == {wrong}", "= help: this is an id; write (agent get support).id")
    enter(
        session, "list | where .agent_id == (agent get support).id | select .e164", "e164", "+14155550100", "(1 row)")
    helps(session, "list | where label == 'x'", "= help: did you mean '.label'?")
    helps(session, "list | sort-by label", "= help: a field is written with a point: .label")
    helps(session, "label", "= help: --label is a flag of: ", "purchase", "update")
    enter(session, "let top = 3")
    helps(session, "print top", "= help: did you mean '$top'?")
    helps(session, "print list", "= help: did you mean '(list)'?")
    for word, meant in {"numbers": "list", "agents": "agent list", "buy": "purchase", "secrets": "secret list"}.items():
        helps(session, word, f"= help: did you mean '{meant}'?")
    helps(
        session, "[{name: 'night', colour: 'x'}] | agent add",
        "= help: leave it out: put select .name | in front")
    enter(
        session, "[{name: 'night', colour: 'x'}] | select .name | agent add | select .name", "name", "night", "(1 row)")
    assert bought() == ["+14155550100"]
    leave(session)


@case
def a_misspelt_column_has_one_fault(program, state):
    with open("sites.csv", "w") as file:
        file.write("e164,label\n+14155550100,desk\n")
    session = prompt(program, state)
    session.type("read ./sites.csv --columns {e164: phone, lable: string}\r")
    contains(session, "error[D005]: ./sites.csv:1:6: column 'lable' is missing", "= help: did you mean 'label'?")
    assert len([line for line in session.lines() if "error[" in line]) == 1, session.lines()
    enter(session, "read ./sites.csv --columns {e164: phone, label: string} | count", "1")
    leave(session)


@case
def what_other_prompts_call_otherwise(program, state):
    session = prompt(program, state)
    backslash = "error: commands of the prompt begin with a colon, not with \\"
    for line, meant in {
            "\\d": "list", "\\d+": "list", "\\dt": "list", "\\l": ":profile", "\\?": ":help", "\\timing on": ":timing",
            "\\q": ":quit"}.items():
        enter(session, line, backslash, f"  = help: did you mean '{meant}'?")
    enter(session, "\\copy (select 1", backslash, "  = help: :help lists them")
    for line, usage in {"mode json": ":mode [MODE]", "plan": ":plan [on|off]", "timing on": ":timing [on|off]"}.items():
        word = line.split()[0]
        enter(
            session, line, f"error: '{word}' is told to the prompt itself, and needs a colon",
            f"  = help: write {usage}")
    enter(
        session, "run ./sites.swb", "error: scripts are run by the program, and this is its prompt",
        "  = help: leave it, and write: switchboard run ./sites.swb")
    # What a session has defined is a statement all the same.
    enter(session, "def history [] { 'of old' }")
    enter(session, "history", "of old")
    session.type("quit;\r")
    assert session.wait_for_end() == 0


@case
def words_are_broken_between_lines_only(program, state):
    long = "search livekit --country-code US --area-code 415 | first | purchase | bind-agent suport"
    wrong = [":bg", ":watch 5s", ":profile nobody", ":fg", ":save", ":save a b", "lsit", ":mode nothing"]

    def told(session):
        """The words of what each of them is told."""
        words = set()
        for line in wrong:
            session.type("\x0c" + line + "\r")
            first = f"{PROMPT} {line}"
            lines = session.wait_for(lambda lines: lines[0] == first and lines[-1] == PROMPT and len(lines) > 2, line)
            words |= {word for shown in lines[1:] for word in shown.split()}
        return words

    whole = prompt(program, state, columns=200, rows=60)
    wide = told(whole)
    leave(whole)
    for columns, rows in [(80, 24), (40, 10)]:
        session = prompt(program, state, columns=columns, rows=rows)
        narrow = told(session)
        assert narrow <= wide, narrow - wide
        # A picture keeps its marks below what they mark, in a part of the line that has room.
        session.type("\x0c" + long + "\r")
        lines = session.wait_for(lambda lines: lines[-1] == PROMPT and any("= help" in line for line in lines))
        marks = next(line for line in lines if set(line) == {" ", "|", "^"})
        source = lines[lines.index(marks) - 1]
        assert source[marks.index("^"):marks.rindex("^") + 1] == "suport" and len(source) <= columns, lines
        session.type("\x0c")
        leave(session)
