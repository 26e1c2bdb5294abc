"""Searches, buys, changes, lists and releases numbers and verifies caller ids with Twilio's client: phone_numbers.py URL"""

import datetime
import sys

from interop import account, admin, client, expect, refusal

url = sys.argv[1]
sid, token = account(url, "master")
twilio = client(url, sid, token)

# Searching
local = twilio.available_phone_numbers("US").local
found = local.list(area_code=415, limit=5)
expect("a search finds five", [hit.phone_number for hit in found], [f"+141555501{line}" for line in range(50, 55)])
first = found[0]
expect("a hit tells its place", (first.locality, first.region, first.iso_country, first.postal_code),
       ("San Francisco", "CA", "US", "94105"))
expect("a hit tells what it can", first.capabilities, {"voice": True, "sms": True, "mms": True})
expect("thirty at most", len(local.list(page_size=1000)), 30)
expect("a pattern at the end", [hit.phone_number[-3:] for hit in local.list(contains="99$", limit=2)], ["199", "199"])
expect("near San Francisco", {hit.phone_number[2:5] for hit in local.list(near_lat_long="37.78,-122.4", distance=5)}, {"415"})
expect("toll-free", twilio.available_phone_numbers("US").toll_free.list(limit=1)[0].phone_number, "+18005550150")
expect("British mobiles", twilio.available_phone_numbers("GB").mobile.list(limit=1)[0].locality, None)
expect("no mobiles in the US", refusal(lambda: twilio.available_phone_numbers("US").mobile.list(limit=1)), (404, 20404))
expect("countries", [one.country_code for one in twilio.available_phone_numbers.list()], ["US", "GB"])
expect("a country", sorted(twilio.available_phone_numbers("GB").fetch().subresource_uris), ["local", "mobile"])

# Buying
numbers = twilio.incoming_phone_numbers
bought = numbers.create(phone_number="+14155550150", friendly_name="Front + desk", voice_url="https://pbx.example.com/in")
expect("bought", (bought.phone_number, bought.friendly_name, bought.status, bought.voice_url),
       ("+14155550150", "Front + desk", "in-use", "https://pbx.example.com/in"))
expect("its moment", isinstance(bought.date_created, datetime.datetime), True)
expect("gone from the search", "+14155550150" in [hit.phone_number for hit in local.list(area_code=415)], False)
again = numbers.create(phone_number="+14155550150", friendly_name="Lobby")
expect("bought again is changed", (again.sid, again.friendly_name, again.voice_url),
       (bought.sid, "Lobby", "https://pbx.example.com/in"))
expect("by area code", numbers.create(area_code="212").phone_number, "+12125550150")
expect("by type", numbers.toll_free.create(phone_number="+18005550150").phone_number, "+18005550150")
expect("of another type", refusal(lambda: numbers.local.create(phone_number="+18005550151")), (400, 21458))
expect("not on offer", refusal(lambda: numbers.create(phone_number="+14155550100")), (400, 21422))
expect("no number", refusal(lambda: numbers.create(phone_number="415")), (400, 21421))
expect("a bundle is needed", refusal(lambda: numbers.create(phone_number="+447700900150")), (400, 21649))
british = numbers.create(phone_number="+447700900150", bundle_sid="BU" + "0" * 32)
expect("with a bundle", british.bundle_sid, "BU" + "0" * 32)

# Reading and changing
expect("fetched", numbers(bought.sid).fetch().friendly_name, "Lobby")
changed = numbers(bought.sid).update(voice_url="", sms_url="https://pbx.example.com/sms", voice_method="GET")
expect("changed and cleared", (changed.voice_url, changed.sms_url, changed.voice_method),
       (None, "https://pbx.example.com/sms", "GET"))
expect("found by number", [one.sid for one in numbers.list(phone_number="+14155550150")], [bought.sid])
expect("found by a part", [one.sid for one in numbers.list(phone_number="415555")], [bought.sid])
expect("found by name", [one.sid for one in numbers.list(friendly_name="Lobby")], [bought.sid])
expect("of one type", [one.phone_number for one in numbers.toll_free.list()], ["+18005550150"])
expect("of the others", (len(numbers.local.list()), len(numbers.mobile.list())), (2, 1))
expect("a mobile phone", numbers.mobile.create(phone_number="+447700900151", bundle_sid="BU" + "0" * 32).status, "in-use")
expect("a local one", numbers.local.create(phone_number="+13055550159").phone_number, "+13055550159")
for line in range(160, 170):
    numbers.create(phone_number=f"+13055550{line}")
everything = [one.phone_number for one in numbers.list(page_size=3)]
expect("all pages", (len(everything), len(set(everything))), (16, 16))
page = numbers.page(page_size=4)
expect("a page and the next", (len(list(page)), len(list(page.next_page()))), (4, 4))
expect("and back", [one.sid for one in page.next_page().previous_page()], [one.sid for one in numbers.list(limit=4)])
expect("too large a page", refusal(lambda: numbers.list(limit=1500)), (400, 20007))

# Releasing
expect("released", numbers(british.sid).delete(), True)
expect("released for good", refusal(lambda: numbers(british.sid).fetch()), (404, 20404))
expect("released twice", refusal(lambda: numbers(british.sid).delete()), (404, 20404))
expect("for sale again", twilio.available_phone_numbers("GB").mobile.list(limit=1)[0].phone_number, "+447700900150")

# Caller ids
asked = twilio.validation_requests.create(phone_number="+12025550177", friendly_name="Night line")
expect("a code to enter", (asked.phone_number, asked.friendly_name, len(str(asked.validation_code))),
       ("+12025550177", "Night line", 6))
callers = twilio.outgoing_caller_ids
found = callers.list(phone_number="+12025550177")
expect("a caller id", [(one.phone_number, one.sid[:2]) for one in found], [("+12025550177", "PN")])
expect("fetched", callers(found[0].sid).fetch().friendly_name, "Night line")
expect("renamed", callers(found[0].sid).update(friendly_name="Day line").friendly_name, "Day line")
expect("verified already", refusal(lambda: twilio.validation_requests.create(phone_number="+12025550177")), (400, 21450))
expect("an own number", refusal(lambda: twilio.validation_requests.create(phone_number="+14155550150")), (400, 21449))
expect("deleted", callers(found[0].sid).delete(), True)
expect("no more", callers.list(), [])
