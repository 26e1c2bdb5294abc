"""The usual way to do it: a script over the vendor's REST API, as tutorials and SDK samples write it.

For each site of sites.csv it searches a free number of the area, buys it, and makes a dispatch rule that sends the
number's calls to the site's agent. It takes reasonable care:

- Each request has a time-out and is repeated after 429, 5xx and lost connections, up to six times, with exponential
  backoff and jitter; Retry-After is honoured.
- A purchase that was repeated and is refused as already owned was its own, so the number is kept, and likewise a rule; a
  number that somebody else took meanwhile is replaced by the next one that is free.
- A site that is done goes into progress.csv at once, on the disk; started again, it leaves those sites out.
- One site after the other, so that at most one is under way when it dies.

What it has no place to write down is what it has begun: neither the API's purchase nor its numbers carry a name of the
caller's, so a number that was bought right before the end cannot be told from anybody else's.
"""

import base64
import csv
import hashlib
import hmac
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

URL = os.environ["LIVEKIT_URL"]
KEY, SECRET = os.environ["LIVEKIT_API_KEY"], os.environ["LIVEKIT_API_SECRET"]
ATTEMPTS = 6


class Refused(Exception):
    def __init__(self, code, message, attempt):
        super().__init__(f"{code}: {message}")
        self.code, self.attempt = code, attempt


def token():
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    claims = {"iss": KEY, "nbf": int(time.time()), "exp": int(time.time()) + 600, "sip": {"admin": True}}
    signed = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    signature = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def call(service, method, **body):
    for attempt in range(1, ATTEMPTS + 1):
        request = urllib.request.Request(
            f"{URL}/twirp/livekit.{service}/{method}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token()}"},
        )
        wait = 0.2 * 2**attempt * random.uniform(0.5, 1)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429 and error.code < 500:
                answer = json.load(error)
                raise Refused(answer["code"], answer["msg"], attempt)
            failure = error
            wait = max(wait, float(error.headers.get("Retry-After", 0)))
        except (OSError, ValueError) as error:  # no connection, no answer, half an answer
            failure = error
        if attempt < ATTEMPTS:
            time.sleep(wait)
    raise failure


def buy(area):
    while True:
        found = call("PhoneNumberService", "SearchPhoneNumbers", country_code="US", area_code=area, limit=1)["items"]
        if not found:
            sys.exit(f"no free number in {area}")
        e164 = found[0]["e164_format"]
        try:
            return call("PhoneNumberService", "PurchasePhoneNumber", phone_numbers=[e164])["phone_numbers"][0]
        except Refused as refusal:
            if refusal.code == "already_exists" and refusal.attempt > 1:
                return call("PhoneNumberService", "GetPhoneNumber", phone_number=e164)["phone_number"]
            if refusal.code not in ("not_found", "already_exists"):
                raise


def route(number, agent):
    rule = {
        "name": f"{agent} {number['e164_format']}",
        "trunk_ids": [number["id"]],
        "rule": {"dispatch_rule_individual": {"room_prefix": "call-"}},
        "room_config": {"agents": [{"agent_name": agent}]},
    }
    try:
        call("SIP", "CreateSIPDispatchRule", dispatch_rule=rule)
    except Refused as refusal:
        if refusal.attempt == 1 or "already exists" not in str(refusal):
            raise


def done():
    if not os.path.exists("progress.csv"):
        return set()
    with open("progress.csv", newline="") as file:
        return {row["site"] for row in csv.DictReader(file)}


finished = done()
with open("sites.csv", newline="") as sites, open("progress.csv", "a", newline="") as progress:
    writer = csv.writer(progress)
    if not progress.tell():
        writer.writerow(["site", "e164", "agent"])
    for site in csv.DictReader(sites):
        if site["site"] in finished:
            continue
        number = buy(site["area"])
        route(number, site["agent"])
        writer.writerow([site["site"], number["e164_format"], site["agent"]])
        progress.flush()
        os.fsync(progress.fileno())
