"""What a user of the prompt sees. One function is one case; `cases.py PROGRAM CASE` runs one, `--list` names all."""

import os
import signal
import sys
import tempfile
import time

import editor  # noqa: F401
import keys  # noqa: F401
import paste  # noqa: F401
import recall  # noqa: F401
import rows  # noqa: F401
import tab  # noqa: F401
from registry import CASES, case, prompt
from session import Session


@case
def typed_line(program):
    session = prompt(program)
    session.type("hello\r")
    session.wait_for(["demo> hello", "read 5 <hello>", "demo>"])
    session.type("exit\r")
    assert session.wait_for_end() == 0
    assert session.modes() == session.before
    return session


@case
def utf8(program):
    session = prompt(program)
    session.type("Zürich 東京 e\u0301\r")
    session.wait_for(lambda lines: lines[1:] == ["read 12 <Zürich 東京 \u00e9>", "demo>"])  # the screen composes
    return session


@case
def utf8_in_the_c_locale(program):
    session = prompt(program, LANG="C", LC_ALL="C")
    session.type("Zürich\r")
    session.wait_for(["demo> Zürich", "read 6 <Zürich>", "demo>"])
    return session


@case
def utf8_in_an_absent_locale(program):
    session = prompt(program, LANG="xx_XX.UTF-8")
    session.type("Zürich\r")
    session.wait_for(["demo> Zürich", "read 6 <Zürich>", "demo>"])
    return session


@case
def editing_in_the_middle(program):
    session = prompt(program)
    session.type("hlo\x01\x1b[C東\x7fe\x1b[C\x1b[D\x05!\r")
    session.wait_for(["demo> helo!", "read 5 <helo!>", "demo>"])
    return session


@case
def interrupted_three_times(program):
    session = prompt(program)
    for count in range(1, 4):
        session.type("abc\x01\x03")  # the cursor stands at the start
        session.wait_for(["demo> abc^C", "interrupted"] * count + ["demo>"])
    session.type("still here\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 10 <still here>", "demo>"])
    assert session.process.poll() is None
    return session


@case
def interrupted_wrapped_line(program):
    session = prompt(program, columns=20)
    session.type("x" * 45 + "\x01")
    session.wait_for(["demo> " + "x" * 14, "x" * 20, "x" * 11])
    session.type("\x03")
    session.wait_for(["demo> " + "x" * 14, "x" * 20, "x" * 11 + "^C", "interrupted", "demo>"])
    return session


@case
def interrupted_command(program):
    session = prompt(program)
    session.type("run\r")
    session.wait_for(["demo> run", "running"])
    assert session.modes() == session.before, "a command runs on the user's own terminal modes"
    session.type("\x03")
    session.wait_for(lambda lines: lines[-2:] == ["^Ccancelled", "demo>"])
    return session


@case
def end_of_input(program):
    session = prompt(program)
    session.type("\x04")
    assert session.wait_for_end() == 0
    assert session.lines() == ["demo>", "end"], session.lines()
    assert session.modes() == session.before
    return session


@case
def end_key_in_a_line_deletes(program):
    session = prompt(program)
    session.type("abc\x04\x01\x04\r")
    session.wait_for(["demo> bc", "read 2 <bc>", "demo>"])
    return session


@case
def suspended_and_continued(program):
    session = Session(["bash", "--norc", "-i"], columns=200, rows=30, PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(program + "\r")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("half a li\x1a")
    session.wait_for(lambda lines: lines[-1] == "$" and any("Stopped" in line for line in lines))
    session.type("stty -a | grep -ow -e '-icanon' -e '-isig'; echo none\r")
    session.wait_for(lambda lines: lines[-2:] == ["none", "$"] and lines[-3].startswith("$ stty"))
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-1] == "demo> half a li")
    session.type("ne\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> half a line", "read 11 <half a line>", "demo>"])
    session.type("run\r")
    session.wait_for(lambda lines: lines[-1] == "running")
    session.type("\x1a")
    session.wait_for(lambda lines: lines[-1] == "$")
    session.type("fg\r")
    session.wait_for(lambda lines: lines[-1] == program)
    session.type("\x03")
    session.wait_for(lambda lines: lines[-2:] == ["^Ccancelled", "demo>"])
    return session


@case
def suspended_without_a_shell(program):
    session = prompt(program)
    session.type("half\x1a")
    time.sleep(0.5)
    session.process.send_signal(signal.SIGCONT)
    session.type(" done\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 9 <half done>", "demo>"])
    return session


@case
def stopped_from_outside(program):
    session = prompt(program)
    session.type("half")
    session.wait_for(["demo> half"])
    session.process.send_signal(signal.SIGSTOP)
    os.waitpid(session.process.pid, os.WUNTRACED)
    import termios
    termios.tcsetattr(session.terminal, termios.TCSANOW, session.before)
    session.process.send_signal(signal.SIGCONT)
    deadline = time.monotonic() + 5
    while session.modes() == session.before and time.monotonic() < deadline:
        session.look()
    session.type(" done\x03")
    session.wait_for(lambda lines: lines[-3:] == ["demo> half done^C", "interrupted", "demo>"])
    return session


@case
def printed_above_the_line(program):
    session = prompt(program)
    session.type("tick\r")
    session.wait_for(["demo> tick", "demo>"])
    session.type("half a line")
    session.wait_for(["demo> tick", "tick", "demo> half a line"])
    session.type("!\r")
    session.wait_for(["demo> tick", "tick", "demo> half a line!", "read 12 <half a line!>", "demo>"])
    return session


@case
def printed_above_a_wrapped_line(program):
    session = prompt(program, columns=20)
    session.type("tick\r")
    session.wait_for(["demo> tick", "demo>"])
    session.type("x" * 45)
    session.wait_for(["demo> tick", "tick", "demo> " + "x" * 14, "x" * 20, "x" * 11])
    return session


@case
def printed_on_a_dumb_terminal(program):
    session = Session([program], TERM="dumb")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("tick\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "demo> tick" in lines)
    session.type("half")
    session.wait_for(lambda lines: lines[-2:] == ["tick", "demo> half"])
    return session


@case
def terminated_at_the_prompt(program):
    session = prompt(program)
    session.type("half a line")
    session.wait_for(["demo> half a line"])
    assert session.modes() != session.before, "the line editor has modes of its own"
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.lines() == ["demo> half a line", "terminated terminate"], session.lines()
    assert session.modes() == session.before
    return session


@case
def terminated_while_a_command_runs(program):
    session = prompt(program)
    session.type("run\r")
    session.wait_for(["demo> run", "running"])
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.lines() == ["demo> run", "running", "cancelled", "terminated terminate"], session.lines()
    assert session.modes() == session.before
    return session


@case
def hung_up_at_the_prompt(program):
    session = prompt(program)
    session.process.send_signal(signal.SIGHUP)
    assert session.wait_for_end() == 128 + signal.SIGHUP
    assert session.modes() == session.before
    return session


@case
def recalled(program):
    session = prompt(program)
    session.type("first\rsecond\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 6 <second>", "demo>"])
    session.type("\x1b[A\x1b[A!\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> first!", "read 6 <first!>", "demo>"])
    session.type("\x1b[A\x1b[A\x1b[B\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> first!", "read 6 <first!>", "demo>"])
    return session


@case
def long_line(program):
    session = prompt(program, columns=80, rows=60)
    text = "0123456789" * 300
    for start in range(0, len(text), 500):
        session.type(text[start:start + 500])
        session.look()
    session.type("\r")
    session.wait_for(lambda lines: any(line.startswith("read 3000 <0123") for line in lines) and lines[-1] == "demo>")
    return session


@case
def dumb_terminal(program):
    session = Session([program], TERM="dumb")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("hello\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> hello", "read 5 <hello>", "demo>"])
    return session


@case
def resized(program):
    session = prompt(program, columns=60)
    session.type("some text that fits")
    session.wait_for(["demo> some text that fits"])
    session.resize(40, 12)
    session.type("!")
    session.wait_for(["demo> some text that fits!"])
    session.resize(70, 12)
    session.type(" " + "y" * 50 + "\r")
    session.wait_for(lambda lines: any("read 71 " in line for line in lines) and lines[-1] == "demo>")
    return session


@case
def resized_with_a_wrapped_line(program):
    session = prompt(program, columns=20)
    session.type("x" * 45)
    session.wait_for(["demo> " + "x" * 14, "x" * 20, "x" * 11])
    session.resize(40, 12)
    session.type("!")
    session.wait_for(lambda lines: lines[-2:] == ["demo> " + "x" * 34, "x" * 11 + "!"])
    session.resize(24, 12)
    session.type("?\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and f"read 47 <{'x' * 45}!?>" in "".join(lines))
    return session


@case
def users_editrc_keeps_our_keys(program):
    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, ".editrc"), "w") as file:
            file.write("bind -v\nedit off\n")
        session = Session([program], home=home, columns=120)
        session.wait_for(lambda lines: lines[-1:] == ["demo>"])
        warning = session.lines()[0]
        assert warning.startswith("vi keys, as your editrc has them: Alt-Enter"), warning
        session.type("abc\x03")
        session.wait_for([warning, "demo> abc^C", "interrupted", "demo>"])
        session.type("abc\x1b\x03")
        session.wait_for([warning] + ["demo> abc^C", "interrupted"] * 2 + ["demo>"])
        return session


@case
def typed_ahead(program):
    session = prompt(program)
    session.type("run\r")
    session.wait_for(["demo> run", "running"])
    session.type("one\rtwo\r")
    time.sleep(0.1)
    os.kill(session.process.pid, signal.SIGINT)
    session.wait_for(lambda lines: "read 3 <one>" in lines and lines[-2:] == ["read 3 <two>", "demo>"])
    return session


@case
def answer_typed_ahead(program):
    session = prompt(program)
    # What was typed before the question is no answer to it.
    session.type("ask\ryes\r")
    session.wait_for(lambda lines: lines[-1].endswith("sure?"))
    session.type("no\rmore\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 4 <more>", "demo>"] and 'outcome: line("no")' in "".join(lines))
    return session


@case
def secret_is_not_shown(program):
    session = prompt(program)
    session.type("secret\r")
    session.wait_for(["demo> secret", "token:"])
    session.type("sesamx\x7fe\x1b[A\r")
    session.wait_for(["demo> secret", "token:", 'outcome: line("sesame")', "demo>"])
    session.type("\x1b[A\r")
    session.wait_for(lambda lines: lines[-2:] == ["demo> secret", "token:"])
    session.type("abc\x03")
    session.wait_for(lambda lines: lines[-2:] == ["outcome: interrupted", "demo>"])
    return session


def ended_secret(program, act, outcome, status):
    session = Session([program, "secret"], columns=100)
    session.wait_for(["token:"])
    assert session.modes() != session.before
    session.type("ses")
    time.sleep(0.1)
    act(session)
    assert session.wait_for_end() == status
    assert session.lines() == ["token:", "outcome: " + outcome], session.lines()
    assert session.modes() == session.before
    return session


@case
def secret_of_a_batch_program(program):
    return ended_secret(program, lambda session: session.type("ame\r"), 'line("sesame")', 0)


@case
def secret_interrupted(program):
    return ended_secret(program, lambda session: session.type("\x03"), "interrupted", 0)


@case
def secret_terminated(program):
    return ended_secret(
        program, lambda session: session.process.send_signal(signal.SIGTERM),
        "terminated(SwitchboardTerminal.TerminalSignal.terminate)", 143)


@case
def signals_blocked_by_the_starter(program):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT, signal.SIGCONT, signal.SIGWINCH])
    session = Session([program, "secret"])
    session.wait_for(["token:"])
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.modes() == session.before
    return session


@case
def prompt_colours_take_no_room(program):
    session = prompt(program, columns=20)
    assert session.screen.buffer[0][0].fg == "cyan"
    session.type("x" * 20)
    session.wait_for(["demo> " + "x" * 14, "x" * 6])
    plain = prompt(program, NO_COLOR="1")
    assert plain.screen.buffer[0][0].fg == "default"
    plain.close()
    return session


HEAD = "number  text"
KEYS = "  Space on, b back, g start, G end, q leaves"


def rows(first, last):
    return [f"{number:>6}  text of row {number}" for number in range(first, last + 1)]


def page(first, last):
    end = " (END)" if last == 100 else ""
    return [HEAD, *rows(first, last), f"rows {first}-{last} of 100{end}" + KEYS]


def paged(program, **settings):
    session = prompt(program, **{"columns": 80, **settings})
    session.type("page 100\r")
    session.wait_for(page(1, 10))
    return session


@case
def pages_are_turned(program):
    session = paged(program)
    assert session.screen.buffer[0][0].bold and not session.screen.buffer[1][0].bold
    for keys, first in [
            (" ", 11), ("\x1b[6~", 21), ("\r", 22), ("\x1b[B", 23), ("jj", 25), ("\x1b[A", 24), ("k", 23), ("b", 13),
            ("\x1b[5~", 3), ("b", 1), ("G", 91), (" ", 91), ("\x1b[H", 1), ("x\x1bx", 1), ("\x1bOF", 91), ("g", 1), ("f", 11)]:
        session.type(keys)
        session.wait_for(page(first, first + 9), f"the page after {keys!r}")
    session.type("q")
    # The page that was seen last stays.
    session.wait_for(lambda lines: lines[-12:] == [*rows(11, 20), "seen 11-20", "demo>"])
    session.type("hello\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 5 <hello>", "demo>"])
    session.type("exit\r")
    assert session.wait_for_end() == 0
    assert session.modes() == session.before
    return session


@case
def a_page_is_left_by_an_interrupt(program):
    session = paged(program)
    assert session.modes() != session.before
    session.type("\x03typed ahead\r")
    session.wait_for(lambda lines: lines[-4:] == ["seen 1-10", "demo> typed ahead", "read 11 <typed ahead>", "demo>"])
    assert "interrupted" not in session.lines()
    return session


@case
def a_page_follows_the_screen(program):
    session = paged(program)
    session.type("G")
    session.wait_for(page(91, 100))
    session.resize(80, 22)
    session.wait_for(page(81, 100))
    session.type("b")
    session.wait_for(page(61, 80))
    session.resize(40, 10)
    session.wait_for([HEAD, *rows(61, 68), "rows 61-68 of 100  q leaves"])
    session.type("q")
    session.wait_for(lambda lines: lines[-2:] == ["seen 61-68", "demo>"])
    return session


@case
def a_page_is_suspended(program):
    session = Session(["bash", "--norc", "-i"], columns=80, rows=12, PS1="$ ", INPUTRC="/dev/null")
    session.wait_for(["$"])
    session.type(program + "\r")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("page 100\r")
    session.wait_for(page(1, 10))
    session.type(" ")
    session.wait_for(page(11, 20))
    session.type("\x1a")
    session.wait_for(lambda lines: lines and lines[-1] == "$")
    session.type("stty -a | grep -ow -e '-icanon' -e '-isig'; echo none\r")
    session.wait_for(lambda lines: lines[-2:] == ["none", "$"] and lines[-3].startswith("$ stty"))
    session.type("fg\r")
    session.wait_for(page(11, 20))
    session.type("q")
    session.wait_for(lambda lines: lines[-2:] == ["seen 11-20", "demo>"])
    return session


@case
def a_page_is_terminated(program):
    session = paged(program)
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.modes() == session.before
    assert session.lines()[-2:] == ["seen 1-10", "terminated terminate"], session.lines()
    return session


@case
def what_fits_is_no_page(program):
    session = prompt(program, columns=80)
    session.type("page 9\r")
    session.wait_for(["demo> page 9", HEAD, *rows(1, 9), "demo>"])
    return session


@case
def a_dumb_terminal_has_no_pages(program):
    session = Session([program], columns=80, TERM="dumb")
    session.wait_for(lambda lines: lines[-1:] == ["demo>"])
    session.type("page 100\r")
    session.wait_for(lambda lines: lines[-11:] == [*rows(91, 100), "demo>"])
    return session


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(CASES))
    else:
        program, name = sys.argv[1:]
        CASES[name](program).close()
