"""Makes, fills, changes, lists and deletes trunks and lists with Twilio's client: trunks.py URL"""

import datetime
import sys

from interop import account, client, expect, refusal

url = sys.argv[1]
sid, token = account(url, "customer")
twilio = client(url, sid, token)
trunks = twilio.trunking.v1.trunks

# Trunks
made = trunks.create(friendly_name="switchboard", domain_name="sb-3fa94c1d27e0.pstn.twilio.com", secure=False)
expect("a trunk", (made.account_sid, made.domain_name, made.secure, made.auth_type, made.auth_type_set),
       (sid, "sb-3fa94c1d27e0.pstn.twilio.com", False, "", []))
expect("its moment", isinstance(made.date_created, datetime.datetime), True)
expect("its links lead here", made.links["phone_numbers"], f"{url}/v1/Trunks/{made.sid}/PhoneNumbers")
bare = trunks.create()
expect("a trunk of nothing", (bare.friendly_name, bare.domain_name), (None, None))
expect("a domain twice", refusal(lambda: trunks.create(domain_name=made.domain_name)), (400, 21245))
changed = trunks(made.sid).update(friendly_name="main", transfer_mode="enable-all", secure=True, cnam_lookup_enabled=True)
expect("changed", (changed.friendly_name, changed.transfer_mode, changed.secure, changed.cnam_lookup_enabled),
       ("main", "enable-all", True, True))
for _ in range(5):
    trunks.create()
expect("all pages", len(trunks.list(page_size=2)), 7)
expect("fetched", trunks(made.sid).fetch().friendly_name, "main")
recording = trunks(made.sid).recordings()
expect("no recording", (recording.fetch().mode, recording.fetch().trim), ("do-not-record", "do-not-trim"))
expect("recording", recording.update(mode="record-from-answer").mode, "record-from-answer")

# Origination URLs
urls = trunks(made.sid).origination_urls
first = urls.create(weight=1, priority=1, enabled=True, friendly_name="LiveKit",
                    sip_url="sip:vx7kq2m4d0.sip.livekit.cloud;transport=tcp")
expect("an origination URL", (first.sip_url, first.weight, first.priority, first.enabled, first.trunk_sid),
       ("sip:vx7kq2m4d0.sip.livekit.cloud;transport=tcp", 1, 1, True, made.sid))
expect("no sips", refusal(lambda: urls.create(1, 1, True, "b", "sips:a.example.com")), (400, 21245))
expect("switched off", urls(first.sid).update(enabled=False, weight=20).enabled, False)
expect("fetched", (urls(first.sid).fetch().weight, len(urls.list())), (20, 1))
expect("deleted", (urls(first.sid).delete(), urls.list()), (True, []))

# Credential lists
lists = twilio.sip.credential_lists
mine = lists.create("switchboard-lk")
expect("a list", (mine.friendly_name, mine.account_sid), ("switchboard-lk", sid))
expect("a name twice", refusal(lambda: lists.create("switchboard-lk")), (400, 21240))
user = lists(mine.sid).credentials.create("sb-lk", "Zq7+harbour Lamp2")
expect("a user", (user.username, user.credential_list_sid), ("sb-lk", mine.sid))
expect("a weak password", refusal(lambda: lists(mine.sid).credentials.create("b", "short")), (400, 21240))
expect("another password", lists(mine.sid).credentials(user.sid).update("Another1Password").username, "sb-lk")
expect("listed", [one.username for one in lists(mine.sid).credentials.list()], ["sb-lk"])
expect("fetched", lists(mine.sid).credentials(user.sid).fetch().username, "sb-lk")
expect("renamed", (lists(mine.sid).update("switchboard").friendly_name, lists(mine.sid).fetch().friendly_name),
       ("switchboard", "switchboard"))
expect("all lists", len(lists.list()), 1)

attached = trunks(made.sid).credentials_lists
expect("attached", attached.create(mine.sid).sid, mine.sid)
expect("attached twice", refusal(lambda: attached.create(mine.sid)), (400, 21245))
expect("the trunk says so", trunks(made.sid).fetch().auth_type, "CREDENTIAL_LIST")
expect("fetched and listed", (attached(mine.sid).fetch().friendly_name, len(attached.list())), ("switchboard", 1))
expect("in use", refusal(lambda: lists(mine.sid).delete()), (400, 21241))

# Lists of addresses
acls = twilio.sip.ip_access_control_lists
office = acls.create("office")
address = acls(office.sid).ip_addresses.create("desk", "203.0.113.9", cidr_prefix_length=0)
expect("a prefix of nothing is one of all", address.cidr_prefix_length, 32)
expect("renamed", (acls(office.sid).update("bureau").friendly_name, acls(office.sid).fetch().friendly_name),
       ("bureau", "bureau"))
expect("fetched", acls(office.sid).ip_addresses(address.sid).fetch().friendly_name, "desk")
expect("changed", acls(office.sid).ip_addresses(address.sid).update(ip_address="203.0.113.10").ip_address, "203.0.113.10")
expect("listed", len(acls(office.sid).ip_addresses.list()), 1)
guards = trunks(made.sid).ip_access_control_lists
expect("attached", guards.create(office.sid).sid, office.sid)
expect("fetched", guards(office.sid).fetch().friendly_name, "bureau")
expect("both ways in", (trunks(made.sid).fetch().auth_type, trunks(made.sid).fetch().auth_type_set),
       ("IP_ACL,CREDENTIAL_LIST", ["IP_ACL", "CREDENTIAL_LIST"]))
expect("in use", refusal(lambda: acls(office.sid).delete()), (400, 21236))
expect("detached", (guards(office.sid).delete(), guards.list()), (True, []))
expect("no address", acls(office.sid).ip_addresses(address.sid).delete(), True)
expect("deleted", (acls(office.sid).delete(), acls.list()), (True, []))

# Numbers
number = twilio.incoming_phone_numbers.create(phone_number="+16465550150", voice_application_sid="AP" + "0" * 32)
held = trunks(made.sid).phone_numbers
on = held.create(number.sid)
expect("attached", (on.sid, on.phone_number, on.trunk_sid), (number.sid, "+16465550150", made.sid))
expect("its link", on.links["phone_number"], f"{url}/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers/{number.sid}.json")
seen = twilio.incoming_phone_numbers(number.sid).fetch()
expect("the number says so", (seen.trunk_sid, seen.voice_application_sid), (made.sid, ""))
expect("attached again", held.create(number.sid).sid, number.sid)
expect("fetched and listed", (held(number.sid).fetch().sid, len(held.list())), (number.sid, 1))
expect("moved", trunks(bare.sid).phone_numbers.create(number.sid).trunk_sid, bare.sid)
expect("and gone here", held.list(), [])
expect("detached", trunks(bare.sid).phone_numbers(number.sid).delete(), True)
expect("still owned", twilio.incoming_phone_numbers(number.sid).fetch().trunk_sid, None)
back = twilio.incoming_phone_numbers(number.sid).update(trunk_sid=made.sid)
expect("attached from the other side", [one.sid for one in held.list()], [back.sid])
expect("cleared from the other side", twilio.incoming_phone_numbers(number.sid).update(trunk_sid="").trunk_sid, None)

# The end
expect("detached", attached(mine.sid).delete(), True)
expect("no credential", lists(mine.sid).credentials(user.sid).delete(), True)
expect("no list", lists(mine.sid).delete(), True)
expect("no trunk", trunks(made.sid).delete(), True)
expect("none twice", refusal(lambda: trunks(made.sid).delete()), (404, 20404))
expect("its domain stays taken", refusal(lambda: trunks.create(domain_name="sb-3fa94c1d27e0.pstn.twilio.com")), (400, 21248))
