"""Secrets: what is typed for them is shown and kept nowhere."""

import os
import subprocess

from at_prompt import case, prompt, enter, contains, leave, echoes
from session import Session


@case
def a_secret_is_asked_without_echo(program, state):
    session = prompt(program, state)
    command = f"connect livekit --name acme --url {os.environ['SANDBOX_URL']} --api-key devkey"
    session.type(command + "\r")
    session.wait_for(lambda lines: lines[-1].endswith("api-secret:"))
    session.type("a-wrong-one\r")
    contains(session, "error[R220]")
    session.type(command + "\r")
    session.wait_for(lambda lines: lines[-1].endswith("api-secret:"))
    session.type("secret\r")
    contains(session, "connected; use it with --profile acme")
    assert not any("a-wrong-one" in line for line in session.lines())
    # Nor does the history hold it.
    session.type("\x1b[A")
    session.wait_for(lambda lines: "connect livekit" in "".join(lines[-2:]))
    session.type("\x03")
    leave(session)


@case
def a_secret_is_stored_without_echo(program, state):
    def asks(question):
        session.wait_for(lambda lines: lines[-1] == question)

    def ask(first, second=None):
        session.type("secret set acme-trunk\r")
        asks("secret acme-trunk:")
        session.type(first)
        if second is not None:
            asks("the same again:")
            session.type(second)

    session = prompt(program, state)
    ask("hunter2\r", "hunter3\r")
    contains(session, "error[R201]: the secret 'acme-trunk' was typed in two ways; nothing was stored")
    ask("\r")
    contains(session, "error[R201]: the secret 'acme-trunk' is empty; nothing was stored")
    ask("hunter2\x03")
    contains(session, "error[R201]: nobody gave the secret 'acme-trunk'")
    enter(session, "secret list | count", "0")
    ask("hunter2\r", "hunter2\r")
    contains(session, "name        acme-trunk")
    # Also standard input is the terminal, and what is typed there stays unseen.
    session.type("secret set other --stdin\r")
    asks("secret other:")
    session.type("hunter4\r")
    contains(session, "name        other")
    enter(session, "let password = secret acme-trunk")
    enter(session, "$password", "••••••")
    enter(session, "print $password {a: $password}", "•••••• {a: ••••••}")
    assert not any("hunter" in line for line in session.lines())
    leave(session)


@case
def connect_is_left_by_an_interrupt(program, state):
    commands = {
        "api-secret:": f"connect livekit --name acme --url {os.environ['SANDBOX_URL']} --api-key devkey",
        "auth-token:": "connect twilio --name acme --account-sid ACa0000000000000000000000000000001",
    }
    for question, command in commands.items():
        # The program by itself, and the prompt, where the terminal must be as it was before the question.
        alone = Session([program, "--state", state, "-c", command], columns=120, home=os.path.dirname(state))
        alone.wait_for(lambda lines: lines and lines[-1].endswith(question))
        assert not echoes(alone)
        alone.type("half-of-a-secret\x03")
        assert alone.wait_for_end() == 4
        assert alone.modes() == alone.before
        assert not any("half" in line for line in alone.lines())

        session = prompt(program, state)
        session.type(command + "\r")
        session.wait_for(lambda lines: lines[-1].endswith(question))
        assert not echoes(session)
        session.type("half-of-a-secret\x03")
        contains(session, "error[R220]: profile 'acme' needs the")
        assert not any("half" in line for line in session.lines())
        enter(session, "print 'here'", "here")
        leave(session)


@case
def a_passphrase_is_asked_once(program, state):
    def run(statement, secret):
        subprocess.run(
            [program, "--state", state, "-c", statement], input=secret, text=True, check=True, stdout=subprocess.DEVNULL)

    def asks(question):
        session.wait_for(lambda lines: lines[-1] == question)
        assert not echoes(session)

    run("secret set acme-trunk --stdin", "hunter2")
    session = prompt(program, state)
    session.type("secret rotate passphrase\r")
    asks("new passphrase:")
    session.type("open sesame\r")
    asks("the same again:")
    session.type("open sesame\r")
    contains(session, "key      passphrase")
    leave(session)

    session = prompt(program, state)
    enter(session, "agent list | count", "0")
    for answer, shown in [("open says me\r", "does not open the secrets in"), ("open\x03", "are locked with a passphrase")]:
        session.type("secret acme-trunk\r")
        asks("passphrase:")
        session.type(answer)
        contains(session, shown)
    session.type("secret acme-trunk\r")
    asks("passphrase:")
    session.type("open sesame\r")
    contains(session, "••••••")
    enter(session, "secret acme-trunk", "••••••")
    enter(session, "secret list | count", "1")
    assert not any("sesame" in line or "says" in line for line in session.lines())
    leave(session)
