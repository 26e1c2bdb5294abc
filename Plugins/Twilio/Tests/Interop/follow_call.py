"""Follows a call to a number from its webhook to a SIP URI, as Twilio does: follow_call.py URL NUMBER; prints where it
goes as JSON."""

import json
import sys
import urllib.request
import xml.etree.ElementTree as ElementTree

from interop import account, client

url, number = sys.argv[1:]
held = client(url, *account(url, "master")).incoming_phone_numbers.list(phone_number=number)[0]
request = urllib.request.Request(held.voice_url, method=held.voice_method, data=b"")
with urllib.request.urlopen(request) as answer:
    kind, text = answer.headers["Content-Type"], answer.read()
sip = ElementTree.fromstring(text).find("./Dial/Sip")
print(json.dumps({"type": kind, "uri": sip.text, "username": sip.get("username"), "password": sip.get("password")}))
