"""What the interop scripts share: Twilio's client on the sandbox, seeds, faults and checks."""

import json
import os
import sys
import urllib.request

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

for name in ("TWILIO_EDGE", "TWILIO_REGION"):
    os.environ.pop(name, None)
os.environ["NO_PROXY"] = "127.0.0.1,localhost"


def client(url, user, secret, account=None):
    """Twilio's client, both of its APIs led to the sandbox."""
    made = Client(user, secret, account)
    made.api.base_url = url
    made.trunking.base_url = url
    return made


def expect(what, found, wanted):
    """Prints one line for a check; leaves at the first that fails."""
    if found != wanted:
        sys.exit(f"FAILED {what}\n  wanted {wanted!r}\n  found  {found!r}")
    print(f"ok {what}")


def refusal(call):
    """Status and code of the refusal of a call; a list's has no code of its own."""
    try:
        answer = call()
    except TwilioRestException as error:
        return error.status, error.code
    except TwilioException as error:
        return error.args[1].status_code, json.loads(error.args[1].text)["code"]
    return f"no refusal but {answer}"


def admin(url, path, body=None, method="POST"):
    """Asks for one of the sandbox's own paths."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/_sandbox/{path}", data=data, method=method)) as answer:
        return json.load(answer)


def account(url, name):
    """Sid and token of an account that the sandbox begins with."""
    found = [one for one in admin(url, "state", method="GET")["accounts"] if one["name"] == name]
    return found[0]["sid"], found[0]["auth_token"]
