"""Keys that change the line, and keys that must not do what they do elsewhere."""

import os
import subprocess
import tempfile

from registry import case, on_each_screen, prompt
from session import Session


def with_editrc(program, text, **settings):
    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, ".editrc"), "w") as file:
            file.write(text)
        session = Session([program], home=home, columns=120, **settings)
        session.wait_for(lambda lines: lines[-1:] == ["demo>"])
        return session


@on_each_screen
def undone(program, **screen):
    session = prompt(program, **screen)
    session.type("one two\x15\x1f")
    session.wait_for(["demo> one two"])
    session.type("\x1f")
    session.wait_for(["demo> one"])
    session.type("\x1f")
    session.wait_for(["demo>"])
    session.type("\x1f")
    session.type("a\x1b[200~b c\x1b[201~\x1f")
    session.wait_for(["demo> a"])
    session.type("\r")
    session.wait_for(["demo> a", "read 1 <a>", "demo>"])
    return session


@on_each_screen
def deleted(program, **screen):
    session = prompt(program, **screen)
    session.type("one two\x17X\x01\x1b[3~\x04\x1bf\x0b\x1b[D\x7f\r")
    session.wait_for(["demo> e", "read 1 <e>", "demo>"])
    session.type("abc\x15\x19\x19\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> abcabc", "read 6 <abcabc>", "demo>"])
    return session


@on_each_screen
def joiners_are_dropped(program, **screen):
    session = prompt(program, **screen)
    session.type("a\u200db\ufe0fc\u0091d 👩\u200d🚀!\x01\x05\r")
    session.wait_for(["demo> abcd 👩🚀!", "read 8 <abcd 👩🚀!>", "demo>"])
    return session


@on_each_screen
def what_nobody_sees_is_dropped_with_a_bell(program, **screen):
    session = prompt(program, **screen)
    session.type("a\u202eb\u2066c\u200bd é\r")
    session.wait_for(["demo> abcd é", "read 6 <abcd é>", "demo>"])
    assert session.written.count(b"\a") == 3 and b"\xe2\x80\xae" not in session.written
    return session


@on_each_screen
def wide_characters_at_the_margin(program, **screen):
    session = prompt(program, **screen)
    cells = screen["columns"] - 7
    session.type("x" * cells + "東京\x1b[D!\r")
    session.wait_for(lambda lines: lines[1] == "東!京" and lines[-1] == "demo>" and f"read {cells + 3} <" in "".join(lines))
    return session


@on_each_screen
def invalid_utf8_is_forgotten(program, **screen):
    session = prompt(program, **screen)
    session.type(b"a\xffb\xc3c\xe2\x82d\r")
    session.wait_for(["demo> abcd", "read 4 <abcd>", "demo>"])
    return session


@on_each_screen
def no_key_leads_out(program, **screen):
    session = prompt(program, **screen)
    session.type("ab\x1bx\x1bXc\r")
    session.wait_for(["demo> abc", "read 3 <abc>", "demo>"])
    return session


@case
def no_vi_key_leads_out(program):
    session = with_editrc(program, "demo:bind -v\n", VISUAL="touch /nonexistent/editor", EDITOR="false")
    session.type("ab\x1bv:A!\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> ab!", "read 3 <ab!>", "demo>"])
    return session


@case
def vi_keys_do_the_rest(program):
    session = with_editrc(program, "demo:bind -v\n")
    session.type("each {\rab\r}\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "read 19 <each {" in lines[-2])
    session.type("one\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 3 <one>", "demo>"])
    session.type("\x1bkk\r")
    session.wait_for(lambda lines: lines[-1] == "demo>" and "read 19 <each {" in lines[-2])
    session.type("\x1b/on\r")
    session.wait_for(lambda lines: lines[-3:] == ["demo> one", "read 3 <one>", "demo>"])
    session.type("purc\t\x1b_G\r")
    session.wait_for(lambda lines: lines[-2:] == ["read 9 <purchase >", "demo>"])
    return session


@case
def users_editrc_cannot_take_our_keys(program):
    session = with_editrc(program, "bind ^I ed-insert\nbind ^M ed-insert\nbind '^[[A' ed-insert\nbind -e\nedit off\n")
    session.type("one\rpurc\t\x1b[A\r")
    session.wait_for(["demo> one", "read 3 <one>", "demo> one", "read 3 <one>", "demo>"])
    return session


@case
def users_editrc_binds_other_keys(program):
    session = with_editrc(program, "demo:bind -s '^Xq' searching\nother:bind -s '^Xq' nothing\n")
    session.type("\x18q\r")
    session.wait_for(["demo> searching", "read 9 <searching>", "demo>"])
    return session


@case
def no_editor_without_a_terminal(program):
    session = prompt(program)
    run = subprocess.run([program], input=b"hello\n", capture_output=True, timeout=20)
    assert run.returncode == 1 and run.stdout.startswith(b"failed: cannot open the line editor: "), run
    return session
