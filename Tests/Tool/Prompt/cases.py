"""What a user of the real prompt sees. One function is one case; `cases.py PROGRAM STATE CASE` runs one, `--list` names all.

STATE is the state folder of a place with a running sandbox; SANDBOX_URL in the environment is its address.
"""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Terminal/Screen"))

import beginnings  # noqa: E402,F401
import interrupts  # noqa: E402,F401
import jobs  # noqa: E402,F401
import keyboard  # noqa: E402,F401
import lines  # noqa: E402,F401
import live  # noqa: E402,F401
import metas  # noqa: E402,F401
import mistakes  # noqa: E402,F401
import purchases  # noqa: E402,F401
import questions  # noqa: E402,F401
import readme  # noqa: E402,F401
import remembered  # noqa: E402,F401
import runs  # noqa: E402,F401
import sights  # noqa: E402,F401
import statements  # noqa: E402,F401
import tables  # noqa: E402,F401
import unseen  # noqa: E402,F401
from at_prompt import CASES  # noqa: E402

if sys.argv[1:] == ["--list"]:
    print("\n".join(CASES))
else:
    PROGRAM, STATE, NAME = sys.argv[1:]
    CASES[NAME](PROGRAM, STATE)
