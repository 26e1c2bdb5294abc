"""What is killed: scripts with their rows, and how the workspace is furnished for them."""

import csv
import itertools
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
AGENTS = ["support", "sales", "night-desk"]
AREAS = ["415", "212", "510", "312", "206", "617", "303", "404"]
# The customer's account that the sandbox's Twilio has.
ACCOUNT, TOKEN = "ACa0000000000000000000000000000002", "customer-token"


def csv_text(header, rows):
    return "".join(",".join(row) + "\n" for row in [header, *rows])


class Sites:
    """Rows that take any free number of their area; the row's name becomes the number's label."""

    script, providers = "sites.swb", ("livekit",)

    def __init__(self, rows, random):
        self.rows = {f"site-{n}": (random.choice(AREAS), random.choice(AGENTS)) for n in range(1, rows + 1)}

    @property
    def bought(self):
        """The rows that buy a number, with the number where the row names one."""
        return dict.fromkeys(self.rows)

    def agent(self, row):
        return self.rows[row][1]

    def file(self, rows):
        return csv_text(["site", "area", "agent"], [[name, *self.rows[name]] for name in rows])

    def furnish(self, place):
        place.write("sites.csv", self.file(self.rows))
        place.ask("; ".join(f"agent add {name}" for name in AGENTS))

    def command(self, place):
        return [*place.switchboard, "run", os.path.join(HERE, self.script)]

    def resume(self, place):
        return [*place.switchboard, "resume", "last"]

    def ledger(self, place):
        """What the workspace holds: row, number, the provider's id and whether it came from livekit."""
        _, numbers = place.ask("list")
        return [(n.get("label"), n["e164"], n["source"] == "livekit") for n in numbers]

    def report(self, place):
        """What the report says: row, number, and whether the row is told to be done."""
        return [(line["site"], line["e164"], self.is_done(line)) for line in read(place, "result.csv")]

    @staticmethod
    def is_done(line):
        return line["result"] in ("succeeded", "unchanged")

    def differences(self, place):
        """The differences that `drift` and the misroutings that `verify` find."""
        return [found for question in ("drift", "verify") for found in place.ask(question, 5)[1] or []]


class Transactions(Sites):
    """The same rows, each all or nothing: one that fails gives its number back."""

    script = "transactions.swb"


class Statements(Sites):
    """Statements in a row and a loop; nothing but their place tells them apart."""

    script = "statements.swb"

    def furnish(self, place):
        self.rows["site-1"] = ("415", "support")
        place.write("more.csv", self.file(list(self.rows)[1:]))
        super().furnish(place)

    @staticmethod
    def is_done(line):
        return True


class Import(Sites):
    """Numbers of three sources, each named by its row."""

    script, providers = "import.swb", ("livekit", "twilio")

    def __init__(self, rows, random):
        super().__init__(rows, random)
        blocks = {"livekit": "+141555501", "byoc": "+151055501", "twilio": "+131255502"}
        self.sources = dict(zip(self.rows, itertools.cycle(blocks)))
        self.numbers = {row: f"{blocks[source]}{n // 3:02}" for n, (row, source) in enumerate(self.sources.items())}

    @property
    def bought(self):
        return {row: number for row, number in self.numbers.items() if self.sources[row] == "livekit"}

    def furnish(self, place):
        super().furnish(place)
        lines = []
        for name, number in self.numbers.items():
            source = self.sources[name]
            trunk, account = "main" if source == "byoc" else "", ACCOUNT if source == "twilio" else ""
            lines.append([number, source, name, trunk, self.agent(name), account])
        place.write("numbers.csv", csv_text(["e164", "source", "label", "trunk_id", "agent_id", "account"], lines))
        place.ask("trunk create --name main --numbers +15105550199")
        place.ask(f"secret set twilio-{ACCOUNT} --stdin", stdin=TOKEN)
        numbers = [number for row, number in self.numbers.items() if self.sources[row] == "twilio"]
        accounts = [{"sid": ACCOUNT, "auth_token": TOKEN, "numbers": numbers}]
        place.admin("POST", "seed", {"accounts": accounts}, provider="twilio")

    def report(self, place):
        return [(line["label"], line["e164"], self.is_done(line)) for line in read(place, "result.csv")]


class Usual(Sites):
    """The rows of `Sites`, done by a script over the REST API; its progress file is all that it knows."""

    def furnish(self, place):
        place.write("sites.csv", self.file(self.rows))

    def command(self, place):
        return [sys.executable, "-ISE", os.path.join(HERE, "usual.py")]

    def resume(self, place):
        return self.command(place)

    def ledger(self, place):
        return [(line["site"], line["e164"], True) for line in read(place, "progress.csv")]

    def report(self, place):
        return [(row, number, True) for row, number, _ in self.ledger(place)]

    def differences(self, place):
        return []


def read(place, name):
    with open(place.path(name), newline="") as file:
        return list(csv.DictReader(file))


ALL = {"sites": Sites, "transactions": Transactions, "import": Import, "statements": Statements}
