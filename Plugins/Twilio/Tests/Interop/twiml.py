"""Holds TwiML against Twilio's generator and an XML parser: twiml.py, with [[URI, USER NAME, PASSWORD, TWIML], ...] on
standard input."""

import json
import sys
import xml.etree.ElementTree as ElementTree

from twilio.twiml.voice_response import Dial, VoiceResponse

samples = json.load(sys.stdin)
for uri, username, password, text in samples:
    dial = Dial()
    dial.sip(uri, username=username, password=password)
    response = VoiceResponse()
    response.append(dial)
    if str(response) != text:
        sys.exit(f"FAILED\n  twilio writes {response}\n  found         {text}")
    root = ElementTree.fromstring(text.encode())
    sip = root.find("./Dial/Sip")
    if (root.tag, sip.text, sip.attrib) != ("Response", uri, {"username": username, "password": password}):
        sys.exit(f"FAILED\n  {text} is read as {sip.text!r} {sip.attrib!r}")
print(f"ok {len(samples)} documents")
