"""Accounts, test credentials, faults and conferences as Twilio's client sees them: accounts.py URL"""

import sys

from interop import account, admin, client, expect, refusal

url = sys.argv[1]
sid, token = account(url, "master")
master = client(url, sid, token)

# Who may what
expect("a wrong token", refusal(lambda: client(url, sid, "wrong").incoming_phone_numbers.list()), (401, 20003))
other = account(url, "customer")[0]
expect("another's account", refusal(lambda: client(url, sid, token, other).incoming_phone_numbers.list()), (401, 20003))
child, key = "AC" + "b" * 32, "SK" + "c" * 32
admin(url, "seed", {"accounts": [{
    "sid": child, "auth_token": "child", "name": "child", "owner_account_sid": sid, "api_keys": {key: "secret"},
    "numbers": ["+13125550150"], "caller_ids": ["+12025550142"]}]})
expect("the parent may", [one.phone_number for one in client(url, sid, token, child).incoming_phone_numbers.list()],
       ["+13125550150"])
expect("its trunks are its own", client(url, sid, token, child).trunking.v1.trunks.create().account_sid, sid)
by_key = client(url, key, "secret", child)
expect("a key may", len(by_key.incoming_phone_numbers.list()), 1)
expect("but not all", refusal(lambda: by_key.api.v2010.accounts(child).fetch()), (401, 20003))
own = client(url, child, "child")
expect("an account of itself", (own.api.v2010.accounts(child).fetch().owner_account_sid,
                                own.api.v2010.accounts(child).fetch().status), (sid, "active"))
expect("a balance", own.balance.fetch().currency, "USD")
admin(url, "seed", {"accounts": [{"sid": child, "status": "suspended"}]})
expect("suspended", refusal(lambda: own.incoming_phone_numbers.list()), (403, 20005))
admin(url, "seed", {"accounts": [{"sid": child, "status": "active", "type": "Trial"}]})
expect("on trial", refusal(lambda: own.incoming_phone_numbers.create(phone_number="+13125550151")), (400, 21404))

# Test credentials
test = client(url, *account(url, "test"))
magic = test.incoming_phone_numbers
expect("magic: taken", refusal(lambda: magic.create(phone_number="+15005550000")), (400, 21422))
expect("magic: no number", refusal(lambda: magic.create(phone_number="+15005550001")), (400, 21421))
expect("magic: good", magic.create(phone_number="+15005550006").phone_number, "+15005550006")
expect("magic: good again", magic.create(phone_number="+15005550006").phone_number, "+15005550006")
expect("magic: no such area", refusal(lambda: magic.create(area_code="533")), (400, 21452))
expect("magic: an area", magic.create(area_code="500").phone_number, "+15005550006")
expect("nothing else", refusal(lambda: magic.list()), (403, 20008))
expect("no trunks", refusal(lambda: test.trunking.v1.trunks.list()), (403, 20008))
expect("for others too", master.incoming_phone_numbers.create(phone_number="+15005550006").phone_number, "+15005550006")
expect("and nothing is kept", master.incoming_phone_numbers.list(phone_number="+15005550006"), [])

# Faults
admin(url, "faults", {"fault": "revoked", "account": child, "times": 1})
expect("others go on", isinstance(master.incoming_phone_numbers.list(), list), True)
expect("revoked", refusal(lambda: own.incoming_phone_numbers.list()), (401, 20003))
admin(url, "faults", {"fault": "rate_limited", "times": 1})
expect("too many at once", refusal(lambda: own.incoming_phone_numbers.list()), (429, 20429))
admin(url, "faults", {"fault": "server_error", "code": "20503", "method": "CreateTrunk", "times": 1})
expect("out of order", refusal(lambda: own.trunking.v1.trunks.create()), (503, 20503))

# Conferences
room = own.conferences("standup").participants
agent = room.create(from_="+13125550150", to="sip:+13125550150@vx7kq2m4d0.sip.livekit.cloud", label="agent",
                    sip_auth_username="bridge", sip_auth_password="s3cretPass1")
expect("a participant", (agent.label, agent.status, agent.muted, agent.call_sid[:2]), ("agent", "queued", False, "CA"))
conference = own.conferences.list(friendly_name="standup", status="in-progress")[0]
expect("its conference", agent.conference_sid, conference.sid)
caller = own.conferences(conference.sid).participants.create(from_="+12025550142", to="+14155550199")
expect("fetched", own.conferences(conference.sid).fetch().status, "in-progress")
expect("two of them", len(own.conferences(conference.sid).participants.list()), 2)
expect("by label", own.conferences(conference.sid).participants("agent").fetch().call_sid, agent.call_sid)
expect("muted", own.conferences(conference.sid).participants(caller.call_sid).update(muted=True).muted, True)
expect("who is muted", [one.call_sid for one in own.conferences(conference.sid).participants.list(muted=True)],
       [caller.call_sid])
expect("hung up", own.conferences(conference.sid).participants("agent").delete(), True)
expect("ended", own.conferences(conference.sid).update(status="completed").status, "completed")
expect("empty", own.conferences(conference.sid).participants.list(), [])
expect("closed", refusal(lambda: own.conferences(conference.sid).participants.create(
    from_="+13125550150", to="sip:a@b.example.com")), (404, 20404))
expect("somebody else's caller", refusal(lambda: room.create(from_="+14155550199", to="+14155550198")), (400, 21210))
