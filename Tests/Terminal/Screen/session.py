"""A program on a pseudo-terminal, and the screen that its user sees."""

import fcntl
import os
import signal
import struct
import subprocess
import termios

import pexpect
import pexpect.fdpexpect
import pyte

PATIENCE = 10  # seconds, counted in looks of 20 ms that take longer on a loaded machine
LOOKS = 50  # a second


class Session:
    """Keeps the terminal's own side open, so that its modes can be read after the program has gone."""

    def __init__(self, command, columns=60, rows=12, home="/nonexistent", **environment):
        self.master, self.terminal = os.openpty()
        self.resize(columns, rows, announce=False)
        self.before = self.modes()
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.written = b""
        settings = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": home}
        settings.update(environment)
        self.process = subprocess.Popen(
            command, env=settings, start_new_session=True, preexec_fn=self._control,
            stdin=self.terminal, stdout=self.terminal, stderr=self.terminal)
        self.talk = pexpect.fdpexpect.fdspawn(self.master, timeout=0.02)

    def _control(self):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def resize(self, columns, rows, announce=True):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if announce:
            self.screen.resize(rows, columns)
            self.process.send_signal(signal.SIGWINCH)

    def modes(self):
        modes = termios.tcgetattr(self.terminal)
        return modes[:6] + [[bytes([key]) if isinstance(key, int) else key for key in modes[6]]]

    def type(self, text):
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def look(self):
        """Reads what the program has written since the last look."""
        try:
            while True:
                output = self.talk.read_nonblocking(65536, timeout=0.02)
                self.written += output
                self.stream.feed(output)
        except (pexpect.TIMEOUT, pexpect.EOF, OSError):
            pass

    def lines(self):
        self.look()
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def wait_for(self, expected, what="the screen", patience=PATIENCE):
        """Waits until the whole screen is this list of lines, or until the function of the lines is true."""
        is_there = expected if callable(expected) else lambda lines: lines == expected
        looks = 0
        while not is_there(lines := self.lines()):
            looks += 1
            if looks > patience * LOOKS:
                shown = "\n".join(lines)
                raise AssertionError(f"{what} was not as expected {expected if not callable(expected) else ''}\n{shown}")
        return lines

    def wait_for_end(self):
        looks = 0
        while self.process.poll() is None:
            self.look()
            looks += 1
            if looks > PATIENCE * LOOKS:
                raise AssertionError("the program did not end\n" + "\n".join(self.lines()))
        self.look()
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.terminal)
        os.close(self.master)
