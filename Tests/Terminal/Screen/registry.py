"""The cases by name, and how they begin."""

from session import Session

CASES = {}

SCREENS = [
    {"columns": 80, "rows": 24},
    {"columns": 40, "rows": 10},
    {"columns": 80, "rows": 24, "LANG": "C", "LC_ALL": "C"},
]


def case(function):
    """A case: takes the program, returns its session."""
    CASES[function.__name__] = function
    return function


def on_each_screen(function):
    """A case that also takes the settings of a screen, and runs on a usual one, a small one and in the C locale."""

    def run(program):
        for screen in SCREENS[:-1]:
            function(program, **screen).close()
        return function(program, **SCREENS[-1])

    CASES[function.__name__] = run
    return function


def prompt(program, **settings):
    session = Session([program], **settings)
    session.wait_for(["demo>"])
    return session
