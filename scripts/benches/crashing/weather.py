"""Faults that come up at an emulator at random, as long as the weather lasts."""

import threading

METHODS = {
    "livekit": ["PurchasePhoneNumber", "SearchPhoneNumbers", "ListPhoneNumbers", "CreateSIPDispatchRule",
                "UpdateSIPDispatchRule", "ListSIPDispatchRule", "UpdatePhoneNumber", "*"],
    "twilio": ["*"],
}  # fmt: skip
KINDS = [
    {"fault": "lost_answer"}, {"fault": "lost_answer", "when": "before"},
    {"fault": "rate_limited", "retry_after": 0}, {"fault": "rate_limited", "retry_after": 1},
    {"fault": "server_error"}, {"fault": "server_error", "when": "after"},
    {"fault": "slow", "delay_ms": 300, "when": "before"}, {"fault": "slow", "delay_ms": 300, "when": "after"},
]  # fmt: skip
MOST_WAITING = 2


class Weather:
    """Switches one fault on after the other, each for one request, while no more than a few wait to strike."""

    def __init__(self, place, random, providers=("livekit",), pause=0.2):
        self.place, self.random, self.providers, self.pause = place, random, providers, pause
        self.raised = self.left = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.rage, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for provider in self.providers:
            self.left += len(self.place.admin("DELETE", "faults", provider=provider))

    def clear_up(self):
        """Has faults come up a little less often."""
        self.pause *= 1.2

    @property
    def struck(self):
        return self.raised - self.left

    def rage(self):
        while not self.over.wait(self.random.uniform(0, 2 * self.pause)):
            provider = self.random.choice(self.providers)
            fault = {"method": self.random.choice(METHODS[provider]), "times": 1, **self.random.choice(KINDS)}
            if len(self.place.admin("GET", "faults", provider=provider)) < MOST_WAITING:
                self.place.admin("POST", "faults", fault, provider=provider)
                self.raised += 1
