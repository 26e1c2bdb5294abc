"""Keeps 200 connections busy at the emulator while faults strike, and says what became of the program.

Arguments: PORT PID SECONDS TOKEN. Ends with 1 and the reason when the program loses descriptors, grows, answers what
it never should, or goes away.
"""

import asyncio
import collections
import contextlib
import json
import os
import random
import sys
import time

port, pid, seconds, token = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
CONNECTIONS, LARGEST_GROWTH_KIB = 200, 8 * 1024
FAULTS = ["rate_limited", "server_error", "lost_answer", "slow", "malformed", "taken", "half_done", "refused_update"]
statuses = collections.Counter()
end = time.monotonic() + seconds


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def descriptors():
    """How many sockets are open, and how many other descriptors."""
    links = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            links.append(os.readlink(f"/proc/{pid}/fd/{name}"))
    sockets = sum(link.startswith("socket:") for link in links)
    return sockets, len(links) - sockets


def request(path, body, request_id=None, headers=True):
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(data)}\r\n"
    if headers:
        head += f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    if request_id:
        head += f"X-Livekit-Request-Id: {request_id}\r\n"
    return head.encode() + b"\r\n" + data


async def answer(reader):
    """The status and body, or None where the connection ends first."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line.split(":")[1]) for line in head.lower().splitlines() if line.startswith("content-length"))
        return int(head.split()[1]), await reader.readexactly(length), "connection: close" in head.lower()
    except (asyncio.IncompleteReadError, ConnectionError, StopIteration):
        return None


def next_call(chance, number):
    service = "/twirp/livekit.PhoneNumberService/"
    return chance.choices(
        [
            (service + "SearchPhoneNumbers", {"country_code": "US", "area_code": "415", "limit": 5}),
            (service + "ListPhoneNumbers", {"limit": 5}),
            (service + "GetPhoneNumber", {"phone_number": number}),
            (service + "PurchasePhoneNumber", {"phone_numbers": [number]}),
            (service + "ReleasePhoneNumbers", {"phone_numbers": [number]}),
            ("/twirp/livekit.SIP/ListSIPDispatchRule", {}),
        ],
        weights=[60, 15, 15, 3, 3, 4],
    )[0]


async def client(seed):
    chance = random.Random(seed)
    number = f"+14155550{100 + seed % 50}"
    writer = None
    count = 0
    while time.monotonic() < end:
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        path, body = next_call(chance, number)
        count += 1
        writer.write(request(path, body, f"{seed}-{count}"))
        result = await answer(reader)
        statuses[result[0] if result else "none"] += 1
        if result is None or result[2]:
            writer.close()
            writer = None
    if writer:
        writer.close()


async def misfortunes():
    chance = random.Random(1)
    while time.monotonic() < end:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        fault = {"fault": chance.choice(FAULTS), "times": 40, "delay_ms": 20}
        writer.write(request("/_sandbox/faults", fault, headers=False))
        result = await answer(reader)
        if result is None or result[0] >= 300:
            sys.exit(f"the fault switch answered {result}")
        writer.close()
        await asyncio.sleep(0.05)


async def main():
    early = {}

    async def remember():
        await asyncio.sleep(seconds / 4)
        early.update(memory=resident(), files=descriptors()[1])

    idle = descriptors()[0]
    await asyncio.gather(misfortunes(), remember(), *(client(seed) for seed in range(CONNECTIONS)))
    memory = resident()
    for _ in range(100):  # the server notices closed connections a little later
        if descriptors()[0] <= idle:
            break
        await asyncio.sleep(0.1)
    print(f"{sum(statuses.values())} calls in {seconds:g} s: {dict(sorted(statuses.items(), key=str))}")
    sockets, files = descriptors()
    print(f"memory {early['memory']} KiB after a quarter, {memory} KiB at the end")
    print(f"sockets {idle} before, {sockets} after; other descriptors {early['files']} after a quarter, {files} after")
    expected = {200, 404, 409, 429, 500, "none"}
    if strange := set(statuses) - expected - {400}:
        sys.exit(f"never to be answered: {strange}")
    if missing := expected - set(statuses):
        sys.exit(f"not seen at all: {missing}")
    if sockets > idle or files > early["files"]:
        sys.exit("descriptors are left open")
    if memory > early["memory"] + LARGEST_GROWTH_KIB:
        sys.exit("it grows")


asyncio.run(main())
