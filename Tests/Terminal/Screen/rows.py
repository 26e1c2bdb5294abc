"""A statement of several rows in one line."""

import os
import signal
import time

from registry import case, on_each_screen, prompt
from session import Session

UP, DOWN, LEFT, ALT_ENTER = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b\r"
BLOCK = "each {\rpurchase\r}"
DRAWN = ["demo> each {", "    purchase", "    }"]
READ = "read 25 <each {^J    purchase^J    }>"


@on_each_screen
def enter_goes_on_while_something_is_open(program, **screen):
    session = prompt(program, **screen)
    session.type(BLOCK)
    session.wait_for(DRAWN)
    session.type("\r")
    session.wait_for(DRAWN + [READ, "demo>"])
    session.type("a |\rb\r")
    session.wait_for(lambda lines: lines[-4:] == ["demo> a |", "b", "read 5 <a |^Jb>", "demo>"])
    return session


@on_each_screen
def alt_enter_begins_a_row(program, **screen):
    session = prompt(program, **screen)
    session.type("one" + ALT_ENTER + "two\r")
    session.wait_for(["demo> one", "two", "read 7 <one^Jtwo>", "demo>"])
    session.type("abcd" + LEFT * 2 + ALT_ENTER + "\r")
    session.wait_for(lambda lines: lines[-4:] == ["demo> ab", "cd", "read 5 <ab^Jcd>", "demo>"])
    return session


@on_each_screen
def arrows_move_inside(program, **screen):
    session = prompt(program, **screen)
    session.type("each {\rab\r}" + UP + "X")
    session.wait_for(["demo> each {", "    aXb", "    }"])
    session.type(UP + UP + DOWN + DOWN + "Y\r")
    session.wait_for(["demo> each {", "    aXb", "    }Y", "read 21 <each {^J    aXb^J    }Y>", "demo>"])
    return session


@on_each_screen
def what_is_open_stands_beside_the_last_row(program, **screen):
    session = prompt(program, **screen)
    edge = screen["columns"] - 5
    session.type("each {\r")
    session.wait_for(["demo> each {", " " * edge + "{ .."])
    session.type("a")
    session.wait_for(["demo> each {", "    a"])
    session.type("b")
    session.wait_for(["demo> each {", "    ab".ljust(edge) + "{ .."])
    session.type(UP)
    session.wait_for(["demo> each {", "    ab".ljust(edge) + "{ .."])
    session.type("\r\x03")
    session.wait_for(["demo> each {", "", "    ab^C", "interrupted", "demo>"])
    return session


@on_each_screen
def keys_of_a_row(program, **screen):
    session = prompt(program, **screen)
    session.type("ab" + ALT_ENTER + "cd\x01X\x05Y\x01\x01Z\r")
    session.wait_for(["demo> Zab", "XcdY", "read 8 <Zab^JXcdY>", "demo>"])
    session.type("ab" + ALT_ENTER + "cd\x1b[HX\x1b[FY\r")
    session.wait_for(lambda lines: lines[-3:] == ["XcdY", "read 7 <ab^JXcdY>", "demo>"])
    return session


@on_each_screen
def recall_brings_the_whole_statement(program, **screen):
    session = prompt(program, **screen)
    session.type("first\r" + BLOCK + "\r")
    session.wait_for(lambda lines: lines[-2:] == [READ, "demo>"])
    session.type(UP)
    session.wait_for(lambda lines: lines[-3:] == DRAWN)
    session.type(UP + UP + UP)  # two rows up, then the statement before
    session.wait_for(lambda lines: lines[-1] == "demo> first")
    session.type(DOWN + "\r")
    session.wait_for(lambda lines: lines[-5:] == DRAWN + [READ, "demo>"])
    return session


@on_each_screen
def rows_interrupted(program, **screen):
    session = prompt(program, **screen)
    session.type("each {\rab\r" + UP + UP + "\x03")
    session.wait_for(["demo> each {", "    ab", "    ^C", "interrupted", "demo>"])
    return session


@on_each_screen
def printed_above_rows(program, **screen):
    session = prompt(program, **screen)
    session.type("tick\r")
    session.wait_for(["demo> tick", "demo>"])
    session.type(BLOCK + UP + UP)
    session.wait_for(["demo> tick", "tick"] + DRAWN)
    session.type("X\r")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"] and any(line.startswith("read 26 <each X{^J") for line in lines))
    return session


@case
def printed_above_more_rows_than_the_screen(program):
    session = prompt(program, columns=40, rows=10)
    session.type("tick\r")
    session.wait_for(["demo> tick", "demo>"])
    session.type(ALT_ENTER.join(f"row {row}" for row in range(12)))
    session.wait_for(lambda lines: lines[-1] == "row 11" and lines[-9:] == [f"row {row}" for row in range(3, 12)])
    time.sleep(0.7)
    session.type("\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "^Jrow 11>" in "".join(lines))
    return session


@case
def resized_with_rows(program):
    session = prompt(program, columns=60)
    session.type(BLOCK)
    session.wait_for(DRAWN)
    session.resize(40, 12)
    session.type("!")
    session.wait_for(DRAWN[:2] + ["    }!"])
    session.resize(80, 24)
    session.type("?" + UP + UP + "X")
    session.wait_for(["demo> each {X"] + DRAWN[1:2] + ["    }!?"])
    return session


@case
def suspended_with_rows(program):
    session = Session(["bash", "--norc", "-i"], columns=200, rows=30, PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(program + "\r")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type(BLOCK + UP + UP + "\x1a")
    session.wait_for(lambda lines: lines[-1] == "$" and lines[1:4] == DRAWN)
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-3:] == DRAWN)
    session.type("\r")
    session.wait_for(lambda lines: lines[-5:] == DRAWN + [READ, "demo>"])
    return session


@case
def stopped_by_a_signal(program):
    session = Session(["bash", "--norc", "-i"], columns=200, rows=30, PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(program + "\r")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type(BLOCK)
    session.wait_for(lambda lines: lines[-3:] == DRAWN)
    bash = session.process.pid
    with open(f"/proc/{bash}/task/{bash}/children") as children:
        os.kill(int(children.read().split()[0]), signal.SIGTSTP)
    session.wait_for(lambda lines: lines[-1] == "$" and lines[1:4] == DRAWN)
    assert session.written.rindex(b"\x1b[?2004l") > session.written.index(b"purchase"), "pastes are marked no longer"
    session.type("stty -a | grep -ow -e '-icanon' -e '-isig'; echo none\r")
    session.wait_for(lambda lines: lines[-2:] == ["none", "$"] and lines[-3].startswith("$ stty"))
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-3:] == DRAWN)
    session.type("\r")
    session.wait_for(lambda lines: lines[-2:] == [READ, "demo>"])
    return session


@case
def rows_on_a_dumb_terminal(program):
    for kind in ["dumb", "nonesuch"]:
        session = Session([program], TERM=kind, rows=40)
        session.wait_for(lambda lines: lines[-1:] == ["demo>"])
        session.type(BLOCK + "\r")
        session.wait_for(lambda lines: lines[-2:] == [READ, "demo>"])
        session.type(UP + UP + "\x1b[D" + "\r")
        session.wait_for(lambda lines: lines[-2:] == [READ, "demo>"] and "".join(lines).count(READ) == 2)
        assert b"\x1b" not in session.written or kind == "nonesuch"  # which may know colours
        session.close()
    return prompt(program)
