"""What a run that was killed and resumed has led to, counted at the emulators."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """What many runs have led to."""

    runs: int = 0
    kills: int = 0
    resumes: int = 0
    faults: int = 0
    rows: int = 0
    bought: list = field(default_factory=list)  # of each row that buys: how many numbers
    lost: int = 0
    unknown: int = 0
    wrong: int = 0
    report: int = 0
    remarks: list = field(default_factory=list)

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def faulty(self):
        return self.lost + self.unknown + self.wrong + self.report + sum(count != 1 for count in self.bought)


def audit(place, workload):
    """Compares the emulators with the ledger and the report; purchases that were given back do not count."""
    figures = Figures(runs=1, rows=len(workload.rows))
    truth = place.admin("GET", "state")
    kept = Counter()
    for event in truth["history"]:
        kept[event["e164"]] += {"purchase": 1, "release": -1}.get(event["event"], 0)
    owned = {n["e164"]: n for n in truth["numbers"] if n["status"] != "PHONE_NUMBER_STATUS_RELEASED"}
    ledger = workload.ledger(place)

    def fault(kind, text):
        setattr(figures, kind, getattr(figures, kind) + 1)
        figures.remarks.append(f"{kind}: {text}")

    bought = {number for _, number, is_bought in ledger if is_bought}
    for number in sorted(set(owned) - bought):
        fault("unknown", f"{number} is bought, and nobody knows")
    for number in sorted(bought - set(owned)):
        fault("unknown", f"{number} is in the ledger, and nobody has bought it")
    for found in workload.differences(place):
        fault("unknown", f"drift or verify finds {found}")
    strays = sorted(set(owned) - bought)  # of some row, which nobody can tell
    for row, named in workload.bought.items():
        numbers = {named} if named else {number for name, number, _ in ledger if name == row}
        figures.bought.append(sum(kept[number] for number in numbers))
    if strays and not any(workload.bought.values()):
        spread(figures.bought, sum(kept[number] for number in strays))
    answers = Answers(truth)
    for row in workload.rows:
        numbers = [number for name, number, _ in ledger if name == row]
        if not numbers:
            fault("lost", f"{row} has no number")
        for number in numbers:
            if (agents := answers.agents(number)) != {workload.agent(row)}:
                fault("wrong", f"{row} {number} is answered by {sorted(agents)}, not {workload.agent(row)}")
    told = workload.report(place)
    held = {name: number for name, number, _ in ledger}
    for row in workload.rows:
        lines = [(number, is_done) for name, number, is_done in told if name == row]
        if lines != [(held.get(row), True)]:
            fault("report", f"{row} is told as {lines}, and has {held.get(row)}")
    if len(told) != len(workload.rows):
        fault("report", f"{len(told)} lines for {len(workload.rows)} rows")
    return figures


def spread(bought, strays):
    """Counts numbers that nobody knows as a second one of a row each: some row has bought it and then another."""
    for place in range(strays):
        bought[place % len(bought)] += 1


class Answers:
    """Who answers a number's calls, by the emulator's trunks and rules."""

    def __init__(self, truth):
        self.rules = truth["dispatch_rules"]
        self.ids = {}
        for number in truth["numbers"]:
            if number["status"] != "PHONE_NUMBER_STATUS_RELEASED":
                self.ids.setdefault(number["e164"], set()).add(number["id"])
        for trunk in truth["inbound_trunks"]:
            for number in trunk["numbers"]:
                self.ids.setdefault(number, set()).add(trunk["sip_trunk_id"])

    def agents(self, number):
        agents = set()
        for rule in self.rules:
            is_led_here = not rule["trunk_ids"] or self.ids.get(number, set()) & set(rule["trunk_ids"])
            if is_led_here and (not rule["numbers"] or number in rule["numbers"]):
                agents |= {agent["agent_name"] for agent in (rule["room_config"] or {}).get("agents", [])}
        return agents
