"""What the interop scripts share: LiveKit's messages, calls by the SDK and by hand, and checks."""

import importlib
import json
import pathlib
import sys
import tempfile
import urllib.error
import urllib.request

from grpc_tools import protoc
from livekit import api

KEY, SECRET = "devkey", "secret"


def messages():
    """Compiles phone_number.proto and returns its module."""
    own = pathlib.Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        include = pathlib.Path(protoc.__file__).parent / "_proto"
        arguments = ["protoc", f"-I{own}", f"-I{include}", f"--python_out={folder}", "phone_number.proto"]
        if protoc.main(arguments) != 0:
            sys.exit("phone_number.proto cannot be compiled")
        sys.path.insert(0, folder)
        return importlib.import_module("phone_number_pb2")


def expect(what, found, wanted):
    """Prints one line for a check; leaves at the first that fails."""
    if found != wanted:
        sys.exit(f"FAILED {what}\n  wanted {wanted!r}\n  found  {found!r}")
    print(f"ok {what}")


def token(**grants):
    """A token as the SDK signs it; by default for SIP administration."""
    return api.AccessToken(KEY, SECRET).with_sip_grants(api.SIPGrants(**(grants or {"admin": True}))).to_jwt()


def send(url, method, body, content_type, **headers):
    """Sends bytes and returns the status, the content type and the body of the answer."""
    request = urllib.request.Request(f"{url}/twirp/livekit.{method}", data=body, method="POST")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Authorization": f"Bearer {token()}", "Content-Type": content_type, **named}.items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["Content-Type"], answer.read()


def send_json(url, method, value, **headers):
    """Sends JSON and returns the status and the answer."""
    status, kind, body = send(url, method, json.dumps(value).encode(), "application/json", **headers)
    expect(f"{method} answers JSON", kind, "application/json")
    return status, json.loads(body)


def fault(url, **switch):
    """Sets a fault switch of the sandbox."""
    body = json.dumps(switch).encode()
    urllib.request.urlopen(urllib.request.Request(f"{url}/_sandbox/faults", data=body, method="POST")).close()
