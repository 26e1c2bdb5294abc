"""Tab, its list, and the hint at the right edge."""

from registry import case, on_each_screen, prompt
from session import Session


@on_each_screen
def tab_completes(program, **screen):
    session = prompt(program, **screen)
    session.type("purc\t!\r")
    session.wait_for(["demo> purchase !", "read 10 <purchase !>", "demo>"])
    session.type("a z\t\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> a zür", "read 5 <a zür>", "demo>"])
    return session


@on_each_screen
def second_tab_lists(program, **screen):
    session = prompt(program, **screen)
    session.type("x pur\t\t")
    listed = ["purchase  buys numbers", "purge     drops 東京 and others"]
    session.wait_for(listed + ["demo> x pur"])
    session.type("g\t.\r")
    session.wait_for(listed + ["demo> x purge .", "read 9 <x purge .>", "demo>"])
    return session


@on_each_screen
def a_list_leaves_room_for_the_line(program, **screen):
    session = prompt(program, **screen)
    session.type("many\t\t")
    lines = session.wait_for(lambda lines: lines[-1] == "demo> many" and "more" in lines[-2:][0])
    assert lines[0].startswith("many1  ") and len(lines) >= screen["rows"] - 3, lines
    return session


@on_each_screen
def a_list_above_rows(program, **screen):
    session = prompt(program, **screen)
    session.type("each {\rpur\t\t")
    session.wait_for(
        ["purchase  buys numbers", "purge     drops 東京 and others", "demo> each {", "    pur"])
    return session


@on_each_screen
def what_comes_late_completes(program, **screen):
    session = prompt(program, **screen)
    session.type("late\t")
    session.wait_for(["demo> late"])
    session.type("\t")
    session.wait_for(["demo> later-"])
    session.type("\t")
    session.wait_for(lambda lines: lines[-2:] == ["later-de  later-en", "demo> later-"])
    return session


@on_each_screen
def tab_without_an_answer(program, **screen):
    session = prompt(program, **screen)
    session.type("nothing\t\t!\r")
    session.wait_for(["demo> nothing!", "read 8 <nothing!>", "demo>"])
    assert b"\a" in session.written
    return session


@on_each_screen
def the_hint_stands_at_the_right_edge(program, **screen):
    session = prompt(program, **screen)
    width = screen["columns"]
    session.type("sea\t")
    session.wait_for(["demo> search".ljust(width - 10) + "[--limit]"])
    session.type("--limit ")
    session.wait_for(["demo> search --limit".ljust(width - 8) + "<count>"])
    session.type("x" * (width - 25))
    session.wait_for(["demo> search --limit " + "x" * (width - 25)])
    session.type("\x15search \r")
    session.wait_for(["demo> search", "read 7 <search >", "demo>"])
    session.type("purge ")
    shown = "demo> purge  <name> [--" + "long-" * 20
    session.wait_for(lambda lines: lines[-1] == shown[:width - 2] + "…")
    return session


@case
def no_hint_on_a_dumb_terminal(program):
    session = Session([program], TERM="dumb")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("search \r")
    session.wait_for(lambda lines: lines[-2:] == ["read 7 <search >", "demo>"])
    assert b"[--limit]" not in session.written
    session.type("x pur\t\t")
    session.wait_for(lambda lines: lines[-2:] == ["purge     drops 東京 and others", "demo> x pur"])
    return session
