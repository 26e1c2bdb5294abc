"""Reads lines of a message's name and its bytes in hexadecimal; writes for each what protobuf's library makes of them.

The answer is the bytes written again without unknown fields, and the JSON with every field; or `malformed`; or
`unprintable` for what has no JSON form; or `unknown` for a message that there is none of.
"""

import json
import sys

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from interop import messages
from livekit.protocol import agent_dispatch, models, room, sip

MODULES = [messages(), sip, models, room, agent_dispatch]


def answer(name, hexadecimal):
    found = [getattr(module, name) for module in MODULES if hasattr(module, name)]
    if not found:
        return "unknown"
    try:
        message = found[0].FromString(bytes.fromhex(hexadecimal))
    except DecodeError:
        return "malformed"
    message.DiscardUnknownFields()
    try:
        value = json_format.MessageToDict(
            message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    except (ValueError, json_format.SerializeToJsonError):
        return "unprintable"
    return f"{message.SerializeToString(deterministic=True).hex()} {json.dumps(value, ensure_ascii=False)}"


for line in sys.stdin:
    print(answer(*line.rstrip("\n").split(" ")))
