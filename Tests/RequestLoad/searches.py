"""Searches with LiveKit's own Python client as fast as it goes: URL WIDTH SECONDS LIMIT; prints searches per second."""

import asyncio
import pathlib
import sys
import time
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Plugins/LiveKit/Tests/Interop"))

import interop
from livekit import api

warnings.simplefilter("ignore")  # the sandbox's secret is short
url, width, seconds, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])


async def main(messages):
    client = api.LiveKitAPI(url, interop.KEY, interop.SECRET)
    request = messages.SearchPhoneNumbersRequest(country_code="US", area_code="415", limit=limit)
    grants = api.SIPGrants(admin=True)
    count = 0

    async def search():
        nonlocal count
        while time.perf_counter() < end:
            header = client.sip._auth_header(None, sip=grants)  # for each call, as the SDK's own methods do
            answer = await client.sip._client.request(
                "PhoneNumberService", "SearchPhoneNumbers", request, header, messages.SearchPhoneNumbersResponse
            )
            if len(answer.items) != limit:
                sys.exit(f"{len(answer.items)} numbers instead of {limit}")
            count += 1

    start = time.perf_counter()
    end = start + seconds
    await asyncio.gather(*(search() for _ in range(width)))
    print(count / (time.perf_counter() - start))
    await client.aclose()


asyncio.run(main(interop.messages()))
