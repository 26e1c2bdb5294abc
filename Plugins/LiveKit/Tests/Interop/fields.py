"""Reads names of messages, one a line; writes the names and numbers of their fields as declared, or `unknown`."""

import sys

from livekit.protocol import agent_dispatch, models, room, sip

MODULES = [sip, models, room, agent_dispatch]

for line in sys.stdin:
    found = [getattr(module, line.strip()) for module in MODULES if hasattr(module, line.strip())]
    fields = found[0].DESCRIPTOR.fields if found else []
    print(" ".join(f"{field.name}={field.number}" for field in fields) if found else "unknown")
