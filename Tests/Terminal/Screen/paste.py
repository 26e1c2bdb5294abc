"""What the terminal marks as pasted is text, whatever is in it."""

import os
import signal
import tempfile
import time

from registry import case, on_each_screen, prompt
from session import Session

START, END = "\x1b[200~", "\x1b[201~"


def pasted(text):
    return START + text + END


@on_each_screen
def pasted_statements_do_not_run(program, **screen):
    session = prompt(program, **screen)
    session.type(pasted("one\ntwo\nthree {\n    four\n}"))
    drawn = ["3 statements, Enter runs, :edit edits", "demo> one", "two", "three {", "    four", "}"]
    session.wait_for(drawn)
    time.sleep(0.2)
    session.wait_for(drawn)
    session.type("\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "read 26 <one^Jtwo^Jthree" in "".join(lines))
    return session


@on_each_screen
def pasted_in_the_middle(program, **screen):
    session = prompt(program, **screen)
    session.type("xy\x1b[D" + pasted("1 é京") + "\r")
    session.wait_for(["demo> x1 é京y", "read 6 <x1 é京y>", "demo>"])
    return session


@on_each_screen
def pasted_line_ends(program, **screen):
    session = prompt(program, **screen)
    session.type(pasted("a\rb\r\nc\n\nd"))
    session.wait_for(lambda lines: lines[-5:] == ["demo> a", "b", "c", "", "d"])
    session.type("\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 8 <a^Jb^Jc^J^Jd>", "demo>"])
    return session


@on_each_screen
def pasted_keys_are_text(program, **screen):
    session = prompt(program, **screen)
    session.type(pasted("a\x03b\x15c\x04\x1b[A\x1b[200~\x00d"))
    session.type("\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 16 <a^Cb^Uc^D^[[A^[[200~d>", "demo>"])
    return session


@on_each_screen
def pasted_characters_without_width(program, **screen):
    session = prompt(program, **screen)
    session.type(START.encode() + "a\u200db\ufe0fc\ufeff\u0091".encode() + b"\xc3(\xff" + END.encode() + b"\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 4 <abc(>", "demo>"])
    return session


@case
def a_megabyte_is_taken(program):
    session = prompt(program, columns=80, rows=24)
    text = "".join(f"number {number:07} for someone here\n" for number in range(32768))
    data = pasted(text).encode()
    for start in range(0, len(data), 65536):
        part = data[start:start + 65536]
        while part:
            part = part[os.write(session.master, part):]
    session.wait_for(lambda lines: any("for someone" in line for line in lines[-2:]), patience=60)
    session.type("\r")
    total = 0
    for byte in text.encode():
        total = (total * 31 + byte) & 0xFFFFFFFF
    session.wait_for(lambda lines: lines[-2:] == [f"read 1048576 bytes, sum {total}", "demo>"], patience=60)
    return session


@case
def a_tall_paste_says_so(program):
    session = prompt(program, columns=40, rows=10)
    session.type(pasted("{\n" + "row\n" * 20 + "}"))
    session.wait_for(lambda lines: lines[-2:] == ["row", "}"])
    assert b"more lines than the screen has: Enter runs, :edit edits" in session.written
    session.type("\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "read 83 <{^Jrow" in "".join(lines))
    return session


@case
def pastes_are_marked_at_the_prompt_only(program):
    session = prompt(program)
    assert session.written.count(b"\x1b[?2004h") == 1 and session.written.count(b"\x1b[?2004l") == 0
    session.type("run\r")
    session.wait_for(["demo> run", "running"])
    assert session.written.count(b"\x1b[?2004l") == 1
    session.type("\x03")
    session.wait_for(lambda lines: lines[-1] == "demo>")
    assert session.written.count(b"\x1b[?2004h") == 2
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.written.count(b"\x1b[?2004l") == 2
    return session


@case
def terminated_within_a_paste(program):
    session = prompt(program)
    session.type(START + "half")
    time.sleep(0.2)
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_end() == 128 + signal.SIGTERM
    assert session.modes() == session.before
    assert session.written.endswith(b"terminated terminate\r\n"), session.written
    return session


@on_each_screen
def a_paste_without_its_end(program, **screen):
    session = prompt(program, **screen)
    session.type("ab" + START + "half\x03 of it\r")
    session.wait_for(lambda lines: "Ctrl-C drops it." in "".join(lines))
    session.type("\x04")
    time.sleep(0.2)
    session.type("\x03")
    # All of the line is dropped, and keys are keys.
    session.wait_for(lambda lines: lines[-1] == "demo>")
    session.type("xy\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 2 <xy>", "demo>"])
    return session


@case
def pasted_with_vi_keys(program):
    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, ".editrc"), "w") as file:
            file.write("demo:bind -v\n")
        session = Session([program], home=home, columns=120)
        session.wait_for(lambda lines: lines[-1:] == ["demo>"])
        session.type("ab" + pasted("1\n2") + "c\r")
        session.wait_for(lambda lines: lines[-4:] == ["demo> ab1", "2c", "read 6 <ab1^J2c>", "demo>"])
        return session
