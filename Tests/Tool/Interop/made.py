"""Prints, as the vendors' own clients read it, what an import made: made.py TWILIO-URL SID TOKEN LIVEKIT-URL KEY SECRET"""

import asyncio
import json
import os
import sys

from livekit import api
from livekit.protocol.sip import ListSIPDispatchRuleRequest, ListSIPInboundTrunkRequest, ListSIPOutboundTrunkRequest
from twilio.rest import Client

os.environ["NO_PROXY"] = "127.0.0.1,localhost"


def at_twilio(url, sid, token):
    client = Client(sid, token)
    client.api.base_url = url
    client.trunking.base_url = url
    trunks = client.trunking.v1.trunks.list()
    return {
        "domains": [trunk.domain_name for trunk in trunks],
        "numbers": sorted(number.phone_number for trunk in trunks
                          for number in client.trunking.v1.trunks(trunk.sid).phone_numbers.list()),
        "origination": [[url.sip_url, url.enabled] for trunk in trunks
                        for url in client.trunking.v1.trunks(trunk.sid).origination_urls.list()],
        "credentials": [[one.friendly_name, user.username] for one in client.sip.credential_lists.list()
                        for user in client.sip.credential_lists(one.sid).credentials.list()],
        "lists_of_trunks": sum(len(client.trunking.v1.trunks(trunk.sid).credentials_lists.list()) for trunk in trunks),
    }


async def at_livekit(url, key, secret):
    async with api.LiveKitAPI(url, key, secret) as lk:
        inbound = await lk.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
        outbound = await lk.sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())
        rules = await lk.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())
        ids = [trunk.sip_trunk_id for trunk in inbound.items]
        return {
            "inbound": [[trunk.name, sorted(trunk.numbers)] for trunk in inbound.items],
            "outbound": [[trunk.name, sorted(trunk.numbers), trunk.address, trunk.auth_username]
                         for trunk in outbound.items],
            "rules": sorted([list(rule.numbers or rule.inbound_numbers), list(rule.trunk_ids) == ids,
                             [agent.agent_name for agent in rule.room_config.agents]] for rule in rules.items),
        }


print(json.dumps([at_twilio(*sys.argv[1:4]), asyncio.run(at_livekit(*sys.argv[4:7]))]))
