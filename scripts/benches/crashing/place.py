"""A workspace beside a sandbox of its own, which outlives every program that is killed here and so knows the truth."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

LIMIT = 180  # seconds after which a program that should have ended hangs


class Place:
    def __init__(self, programs):
        self.programs = programs
        self.folder = tempfile.mkdtemp(prefix="switchboard-crash-")
        self.state, self.truth_folder = self.path("state"), self.path("sandbox")
        os.mkdir(self.state, 0o700)
        os.mkdir(self.truth_folder, 0o700)
        os.symlink(self.truth_folder, os.path.join(self.state, "sandbox"))
        command = [os.path.join(programs, "switchboard-sandbox"), "--on-demand", "--idle", "300", "--inventory", "wide"]
        self.sandbox = subprocess.Popen(
            [*command, "--state", self.truth_folder], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        endpoint = self.wait_for(os.path.join(self.truth_folder, "endpoint.json"))
        self.listeners = {listener["provider"]: listener for listener in endpoint["listeners"]}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sandbox.kill()
        self.sandbox.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)

    @staticmethod
    def wait_for(file):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if os.path.exists(file):
                with open(file) as content:
                    return json.load(content)
            time.sleep(0.01)
        raise RuntimeError("the sandbox did not start")

    # The emulators

    def admin(self, method, path, body=None, provider="livekit"):
        url = self.listeners[provider]["url"] + "/_sandbox/" + path
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=30) as answer:
            return json.load(answer)

    # Programs

    @property
    def switchboard(self):
        return [os.path.join(self.programs, "switchboard"), "--state", self.state]

    def environment(self):
        livekit = self.listeners["livekit"]
        vendor = {**livekit["settings"], **livekit["secrets"]}
        return {
            "PATH": "/usr/bin:/bin", "HOME": self.folder, "LIVEKIT_URL": livekit["url"],
            "LIVEKIT_API_KEY": vendor["api_key"], "LIVEKIT_API_SECRET": vendor["api_secret"],
        }  # fmt: skip

    def live(self, command, seconds=None):
        """Runs a program and kills it after so many seconds; returns its status, nothing of one that was killed, and its
        standard error."""
        with tempfile.TemporaryFile() as said:
            program = subprocess.Popen(
                command, cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=said,
            )  # fmt: skip
            try:
                program.wait(LIMIT if seconds is None else seconds)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
                if seconds is None:
                    raise RuntimeError(f"{' '.join(command)} hangs")
            said.seek(0)
            return (None if program.returncode == -signal.SIGKILL else program.returncode), said.read().decode()

    def ask(self, statements, *expected, stdin=""):
        """Runs statements that are not killed; returns their status and what they show, as JSON."""
        done = subprocess.run(
            [*self.switchboard, "--json", "-c", statements], cwd=self.folder, env=self.environment(), input=stdin,
            capture_output=True, text=True, timeout=LIMIT,
        )  # fmt: skip
        if done.returncode not in (0, *expected):
            raise RuntimeError(f"'{statements}' ended with {done.returncode}: {done.stderr}")
        return done.returncode, json.loads(done.stdout or "null")

    def has_succeeded(self, script):
        """Whether the store knows of a run of the script that has come to its end."""
        with sqlite3.connect(f"file:{self.state}/switchboard.db?mode=ro", uri=True) as database:
            query = "SELECT count(*) FROM runs WHERE script LIKE ? AND status = 'succeeded'"
            return database.execute(query, ("%" + script,)).fetchone()[0] > 0
