"""Statements of before: the arrow keys, Ctrl-R, Alt-P."""

from registry import case, on_each_screen, prompt

UP, DOWN = "\x1b[A", "\x1b[B"


def with_lines(program, *lines, **screen):
    session = prompt(program, **screen)
    for line in lines:
        session.type(line + "\r")
        session.wait_for(lambda shown: shown[-2:] == [f"read {len(line)} <{line}>", "demo>"])
    return session


@on_each_screen
def what_was_typed_comes_back(program, **screen):
    session = with_lines(program, "first", "second", **screen)
    session.type("dra" + UP + "!" + UP + DOWN)
    session.wait_for(lambda lines: lines[-1] == "demo> second!")
    session.type(DOWN + "ft\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 5 <draft>", "demo>"])
    return session


@case
def a_long_line_comes_back_whole(program):
    session = with_lines(program, "first", columns=80, rows=40)
    session.type("0123456789" * 150 + UP)
    session.wait_for(lambda lines: lines[-1] == "demo> first")
    session.type(DOWN + "\r")
    session.wait_for(lambda lines: any(line.startswith("read 1500 <0123") for line in lines) and lines[-1] == "demo>")
    return session


@on_each_screen
def memory_of_earlier_sessions(program, **screen):
    session = prompt(program, **screen)
    session.type("old\r")
    session.wait_for(["demo> old", "demo>"])
    session.type(UP)
    session.wait_for(["demo> old", "demo> second of old {", "    two rows", "}"])
    session.type(UP * 3)
    session.wait_for(["demo> old", "demo> first of old"])
    session.type(UP + "!\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 13 <first of old!>", "demo>"])
    return session


@on_each_screen
def search_goes_back_and_runs(program, **screen):
    session = with_lines(program, "buy one", "buy two", **screen)
    session.type("\x12bu")
    session.wait_for(lambda lines: lines[-1] == "search 'bu' (line 2): buy two")
    session.type("\x12")
    session.wait_for(lambda lines: lines[-1] == "search 'bu' (line 1): buy one")
    session.type("\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> buy one", "read 7 <buy one>", "demo>"])
    return session


@on_each_screen
def search_is_for_plain_text(program, **screen):
    session = with_lines(program, "echo", "東京", **screen)
    session.type("\x12e.*o")
    session.wait_for(lambda lines: lines[-1] == "no 'e.*o': echo")
    session.type("\r")  # what is not found does not run
    session.wait_for(lambda lines: lines[-1] == "demo> echo")
    session.type("\x15\x12e.\x7f\x7f京")
    session.wait_for(lambda lines: lines[-1] == "search '京' (line 2): 東京")
    session.type("\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> 東京", "read 2 <東京>", "demo>"])
    return session


@on_each_screen
def search_left_again(program, **screen):
    session = with_lines(program, "buy one", **screen)
    for key in ["\x07", "\x03"]:
        session.type("half\x12bu")
        session.wait_for(lambda lines: lines[-1] == "search 'bu' (line 1): buy one")
        session.type(key)
        session.wait_for(lambda lines: lines[-1] == "demo> half")
        session.type("\x15")
    session.type("\x12zz\r")
    session.wait_for(lambda lines: lines[-1] == "demo>")
    session.type("end\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 3 <end>", "demo>"])
    return session


@on_each_screen
def search_taken_into_the_line(program, **screen):
    session = with_lines(program, "buy one", **screen)
    session.type("\x12one\x05!")
    session.wait_for(lambda lines: lines[-1] == "demo> buy one!")
    session.type("\x15\x12one\x1b[CX")
    session.wait_for(lambda lines: lines[-1] == "demo> buy oXne")
    session.type("\x15\x12one\x1b[200~1 \x1b[201~\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 9 <buy 1 one>", "demo>"])
    return session


@on_each_screen
def prefix_brings_what_begins_so(program, **screen):
    session = with_lines(program, "buy one", "sell it", "buy two", **screen)
    session.type("bu\x1bp\x1bp")
    session.wait_for(lambda lines: lines[-1] == "demo> buy one")
    session.type("\x05\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 7 <buy one>", "demo>"])
    return session
