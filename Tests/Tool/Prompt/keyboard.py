"""The keys at the prompt, and the user's own in an editrc."""

import os
import tempfile
import time

from at_prompt import PROMPT, admin, batch, case, enter, leave, on_each_screen, prompt

def with_editrc(program, state, text, **settings):
    home = tempfile.mkdtemp(dir=os.path.dirname(state))
    with open(os.path.join(home, ".editrc"), "w") as file:
        file.write(text)
    return prompt(program, state, home=home, **settings), home


@case
def an_editrc_takes_no_key_away(program, state):
    batch(program, state, "agent add support-en; agent add support-de")
    for text in [
            "bind -v\n", "bind -e\n", "edit off\n", "bind ^I ed-insert\nbind ^M ed-insert\nbind ^J ed-insert\n",
            "switchboard:bind -v\nswitchboard:bind -r ^I\nswitchboard:bind -r ^R\nedit off\n"]:
        session, _ = with_editrc(program, state, text)
        session.type("agent get port\t\t")
        session.wait_for(
            lambda lines: lines[-1].startswith(f"{PROMPT} agent get support-")
            and [line.split()[0] for line in lines[-3:-1]] == ["support-de", "support-en"], f"the list, with {text!r}")
        session.type("e\t| select .name\r")
        session.wait_for(lambda lines: lines[-2:] == ["name  support-en", PROMPT], f"the agent, with {text!r}")
        session.type("\x12port-")
        session.wait_for(lambda lines: lines[-1].startswith("search 'port-'") and "support-en" in lines[-1], text)
        session.type("\x03")
        leave(session)


@on_each_screen
def enter_is_cr_and_lf(program, state, **screen):
    session = prompt(program, state, **screen)
    for key in ["\r", "\n"]:
        session.type("print (40 + 2)" + key)
        session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print (40 + 2)", "42", PROMPT])
        session.type("if true {" + key + "print 'in it'" + key + "}" + key)
        session.wait_for(lambda lines: lines[-2:] == ["in it", PROMPT])
    leave(session)


@on_each_screen
def what_joins_characters_is_dropped(program, state, **screen):
    session = prompt(program, state, **screen)
    for typed, seen in [("👩\u200d🚀!", "👩🚀!"), ("❤\ufe0f!", "❤!")]:
        # The cursor is where it seems to be, also after it has gone to and fro.
        session.type(f"print '{typed}'\x01\x05\x1b[D?\r")
        session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print '{seen}?'", f"{seen}?", PROMPT], seen)
        session.type("\x1b[A\x05\x1b[D\x1b[D\x7f#\r")
        changed = seen[:-1] + "#?"
        session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print '{changed}'", changed, PROMPT], changed)
    leave(session)


@case
def vi_keys_on_request(program, state):
    warning = "vi keys, as your editrc has them: Alt-Enter and Alt-P are missing, / and ? search as Ctrl-R does"
    session = prompt(program, state)
    assert warning not in session.lines()
    leave(session)
    mark = os.path.join(os.path.dirname(state), "an editor was started")
    session, _ = with_editrc(program, state, "bind -v\n", VISUAL=f"touch '{mark}'", EDITOR=f"touch '{mark}'")
    assert session.lines().count(warning) == 1, session.lines()
    enter(session, "print 'one'", "one")
    # `v` and `:` lead out of the line elsewhere.
    session.type("print 'two\x1bv:A three'\r")
    session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print 'two three'", "two three", PROMPT])
    session.type("\x1bkk\r")
    session.wait_for(lambda lines: lines[-2:] == ["one", PROMPT] and lines.count("one") == 2)
    session.type("print 'four'\x1bbbdwx\x03")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    assert not os.path.exists(mark)
    leave(session)


@on_each_screen
def no_key_leads_out(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type("print 'a\x1bx\x1bXb'\r")
    session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print 'ab'", "ab", PROMPT])
    leave(session)


@on_each_screen
def a_change_is_taken_back(program, state, **screen):
    session = prompt(program, state, **screen)
    session.type("print 'one' 'two'\x15")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    session.type("\x1f")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'one' 'two'"))
    session.type("\x1f")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} print 'one'") and "two" not in lines[-1])
    session.type(" 'x'\x1f\r")
    session.wait_for(lambda lines: lines[-3:] == [f"{PROMPT} print 'one'", "one", PROMPT])
    session.type("print 'half'\x1f\x1f\x1f\x1f")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    leave(session)


@case
def a_search_is_plain_text(program, state):
    session = prompt(program, state)
    enter(session, "print 'echo'", "echo")
    session.type("\x12e.*o")
    session.wait_for(lambda lines: lines[-1].startswith("no 'e.*o': "))
    session.type("\x03")
    enter(session, "print 'e.*o [a]'", "e.*o [a]")
    enter(session, "print 'echo'", "echo")
    for query in ["e.*o", "[a]"]:
        session.type("\x12" + query)
        session.wait_for(lambda lines: lines[-1].startswith(f"search '{query}' (") and "print 'e.*o [a]'" in lines[-1])
        session.type("\x03")
        session.wait_for(lambda lines: lines[-1] == PROMPT)
    for query in ["^print", "p.int", "e*", "(", "\\"]:
        session.type("\x12" + query)
        session.wait_for(lambda lines: lines[-1].startswith(f"no '{query}':"), query)
        session.type("\x03")
        session.wait_for(lambda lines: lines[-1] == PROMPT)
    leave(session)


@case
def names_of_the_init_file_are_completed(program, state):
    folder = os.path.join(os.path.dirname(state), ".config", "switchboard")
    os.makedirs(folder)
    with open(os.path.join(folder, "init.swb"), "w") as file:
        file.write(
            "let areas-of-old = ['415' '212']\n"
            "def obtain-desk [area: string] { search livekit --area $area --limit 1 }\n")
    session = prompt(program, state)
    session.type("obtain-d\t")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} obtain-desk ") and lines[-1].endswith("<area>"))
    session.type("($areas-\t | last) | select .e164\r")
    session.wait_for(lambda lines: lines[-3:] == ["+12125550100", "(1 row)", PROMPT], "the number")
    assert f"{PROMPT} obtain-desk ($areas-of-old | last) | select .e164" in session.lines(), session.lines()
    leave(session)


@case
def a_platform_is_asked_for_what_tab_shows(program, state):
    batch(
        program, state,
        "trunk create --name main --numbers [+15105550100]; trunk create --name other --numbers [+15105550101];"
        "dispatch create --name 'desk day' --direct day --trunk-ids main;"
        "dispatch create --name 'desk night' --direct night --trunk-ids other")
    session = prompt(program, state)
    asking, kept = "/twirp/livekit.SIP/ListSIPDispatchRule", admin("GET", "state")

    def asked(since):
        return [entry["path"] for entry in admin("GET", "log")[since:]]

    def names(lines):
        return [line.split("  ")[0] for line in lines if line.startswith("'desk")]

    # Nobody has used this platform yet, and Tab is not the first.
    began = len(admin("GET", "log"))
    session.type("dispatch delete desk\t\t!")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} dispatch delete desk!"))
    assert asked(began) == [], asked(began)
    session.type("\x15")
    enter(session, "dispatch list | count", "2")
    # A platform that is slow keeps nobody waiting, and its answer is there when it has come.
    began = len(admin("GET", "log"))
    admin("POST", "faults", {"method": "ListSIPDispatchRule", "fault": "slow", "delay_ms": 6000, "times": 1})
    session.type("dispatch delete desk")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} dispatch delete desk"))
    session.type("\t!")
    session.wait_for(lambda lines: lines[-1].startswith(f"{PROMPT} dispatch delete desk!"))
    assert names(session.lines()) == [] and asked(began) == [], "Tab waits for the platform"
    deadline = time.monotonic() + 60
    while not asked(began):
        assert time.monotonic() < deadline, "the platform has not answered"
        time.sleep(0.01)
    time.sleep(0.2)
    session.type("\x7f\t\t")
    session.wait_for(lambda lines: names(lines)[-2:] == ["'desk day'", "'desk night'"] and lines[-1].startswith(PROMPT))
    # What was asked a moment ago is not asked again, and nothing was asked but for the list.
    answered = asked(began)
    assert set(answered) == {asking}, answered
    session.type("\t\t\x15")
    session.wait_for(lambda lines: lines[-1] == PROMPT)
    assert asked(began) == answered, asked(began)
    assert admin("GET", "state") == kept
    leave(session)
