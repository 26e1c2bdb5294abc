"""Makes, changes, lists and deletes trunks and rules, and calls people, with LiveKit's own client: sip.py URL"""

import asyncio
import json
import sys
import urllib.request

from google.protobuf.duration_pb2 import Duration
from interop import KEY, SECRET, expect
from livekit import api
from livekit.protocol.agent_dispatch import RoomAgentDispatch
from livekit.protocol.models import ListUpdate, Pagination
from livekit.protocol.room import RoomConfiguration
from livekit.protocol.sip import *

SOME_MEDIA = SIPMediaConfig(
    only_listed_codecs=True, codecs=[SIPCodec(name="PCMU", rate=8000), SIPCodec(name="opus")],
    encryption=SIP_MEDIA_ENCRYPT_ALLOW, media_timeout=Duration(seconds=30, nanos=500))


async def refusal(call):
    """What the SDK reports of a call that is refused."""
    try:
        answer = await call
    except api.TwirpError as error:
        return error.code, error.message, error.status
    return f"no refusal but {answer}"


def bare(message):
    """The message without what the server gives it: the id and the moments."""
    copy = type(message)()
    copy.CopyFrom(message)
    for name in ("sip_trunk_id", "sip_dispatch_rule_id", "created_at", "updated_at"):
        if name in copy.DESCRIPTOR.fields_by_name:
            copy.ClearField(name)
    return copy


def changed(message, **fields):
    """A copy with other values; a list, a map or a message is replaced whole."""
    copy = type(message)()
    copy.CopyFrom(message)
    for name in fields:
        copy.ClearField(name)
    copy.MergeFrom(type(message)(**fields))
    return copy


async def get(lk, direction, trunk_id):
    request = {"Inbound": GetSIPInboundTrunkRequest, "Outbound": GetSIPOutboundTrunkRequest}[direction]
    response = {"Inbound": GetSIPInboundTrunkResponse, "Outbound": GetSIPOutboundTrunkResponse}[direction]
    answer = await lk.sip._client.request(
        "SIP", f"GetSIP{direction}Trunk", request(sip_trunk_id=trunk_id), lk.sip._admin_headers(), response)
    return answer.trunk


async def inbound(lk):
    sip = lk.sip
    whole = SIPInboundTrunkInfo(
        name="main", metadata="caf\u00e9 <&>", numbers=["+15105550100", "+15105550101"],
        allowed_addresses=["10.0.0.0/8"], allowed_numbers=["+15105550109"], auth_username="swb",
        auth_password="s3cret", auth_realm="acme", headers={"X-A": "a", "X-B": ""}, headers_to_attributes={"X-C": "c"},
        attributes_to_headers={"d": "X-D"}, include_headers=SIP_X_HEADERS, ringing_timeout=Duration(seconds=30),
        max_call_duration=Duration(seconds=3600, nanos=500_000_000), krisp_enabled=True,
        media_encryption=SIP_MEDIA_ENCRYPT_REQUIRE, media=SOME_MEDIA)
    made = await sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=whole))
    expect("an inbound trunk keeps every field", bare(made), whole)
    trunk_id = made.sip_trunk_id
    expect("it has an id and its moments", (trunk_id[:3], made.HasField("created_at")), ("ST_", True))
    expect("getting it says the same", await get(lk, "Inbound", trunk_id), made)

    update = sip.update_inbound_trunk_fields
    added = await update(trunk_id, numbers=ListUpdate(add=["+15105550102"], remove=["+15105550100"]))
    expect("a list is edited", list(added.numbers), ["+15105550101", "+15105550102"])
    emptied = await update(trunk_id, numbers=["+15105550103"], name="", metadata="m", auth_password="")
    wanted = changed(
        whole, numbers=["+15105550103"], name="", metadata="m", auth_password="",
        media_encryption=SIP_MEDIA_ENCRYPT_ALLOW)
    expect("fields are set and cleared, media mirrored", bare(emptied), wanted)
    expect("the older name of the call works too",
           (await sip.update_sip_inbound_trunk_fields(trunk_id, allowed_numbers=["a", "b"])).allowed_numbers, ["a", "b"])
    media = SIPMediaConfig(codecs=[SIPCodec(name="G722", rate=8000)], encryption=SIP_MEDIA_ENCRYPT_DISABLE)
    expect("media is replaced whole", (await update(trunk_id, media=media)).media, media)
    replacement = SIPInboundTrunkInfo(name="second", numbers=["+15105550104"])
    replaced = await sip.update_inbound_trunk(trunk_id, replacement)
    expect("a replacement keeps the id only", (bare(replaced), replaced.sip_trunk_id), (replacement, trunk_id))

    other = await sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=SIPInboundTrunkInfo(auth_username="any")))
    both = sorted([trunk_id, other.sip_trunk_id])

    async def ids(**fields):
        return [item.sip_trunk_id for item in (await sip.list_inbound_trunk(ListSIPInboundTrunkRequest(**fields))).items]

    expect("all are listed by id", await ids(), both)
    expect("after an id", await ids(page=Pagination(after_id=both[0], limit=1)), both[1:])
    expect("by id", await ids(trunk_ids=[trunk_id, "ST_none"]), [trunk_id])
    expect("by number, with those for any", await ids(numbers=["1 (510) 555-0104"]), both)
    expect("by no number, those for any", await ids(numbers=["+15105550199"]), [other.sip_trunk_id])
    await inbound_refusals(sip, trunk_id, other.sip_trunk_id)
    return trunk_id, other.sip_trunk_id


async def inbound_refusals(sip, trunk_id, open_id):
    def create(**fields):
        return sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=SIPInboundTrunkInfo(**fields)))

    security = "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers"
    using = "using the same number(s)"
    missing = "requested sip trunk does not exist"
    cases = [
        ("no trunk", sip.create_inbound_trunk(CreateSIPInboundTrunkRequest()), "missing trunk"),
        ("nothing to know a caller by", create(name="open"), security),
        ("a second trunk for any number", create(auth_username="x"),
         f'Conflicting inbound SIP Trunks: "<new>" and "{open_id}", {using} <any> without AllowedNumbers set'),
        ("the same number", create(numbers=["1 510 555 0104"]),
         f'Conflicting inbound SIP Trunks: "<new>" and "{trunk_id}", {using} ["1 510 555 0104"] '
         "without AllowedNumbers set"),
        ("an empty list", sip.update_inbound_trunk_fields(trunk_id, numbers=[]), "unsupported list update operation"),
        ("a clear that the SDK drops", sip.update_inbound_trunk_fields(trunk_id, numbers=ListUpdate(clear=True)),
         "unsupported list update operation"),
        ("set and add", sip.update_inbound_trunk_fields(trunk_id, numbers=ListUpdate(set=["a"], add=["b"])),
         "cannot set and change the list at the same time"),
        ("another id", sip.update_inbound_trunk(trunk_id, SIPInboundTrunkInfo(sip_trunk_id="ST_x", numbers=["a"])),
         "trunk id in the info must be empty or match the id in the update"),
        ("no way left to know a caller by",
         sip.update_inbound_trunk_fields(open_id, auth_username=""), "twirp error unknown: " + security),
    ]
    for what, call, message in cases:
        expect(f"refused: {what}", await refusal(call), ("invalid_argument", message, 400))
    expect("refused: an unknown trunk", await refusal(sip.update_inbound_trunk_fields("ST_none", name="n")),
           ("not_found", missing, 404))


async def outbound(lk):
    sip = lk.sip
    whole = SIPOutboundTrunkInfo(
        name="out", metadata="m", address="acme.pstn.example.com:5061", destination_country="US",
        transport=SIP_TRANSPORT_TLS, numbers=["+15105550100", "*"], auth_username="u", auth_password="p",
        headers={"X-A": "a"}, headers_to_attributes={"X-C": "c"}, attributes_to_headers={"d": "X-D"},
        include_headers=SIP_ALL_HEADERS, media_encryption=SIP_MEDIA_ENCRYPT_REQUIRE, media=SOME_MEDIA,
        from_host="example.com")
    made = await sip.create_outbound_trunk(CreateSIPOutboundTrunkRequest(trunk=whole))
    expect("an outbound trunk keeps every field", bare(made), whole)
    trunk_id = made.sip_trunk_id
    expect("getting it says the same", await get(lk, "Outbound", trunk_id), made)
    update = sip.update_outbound_trunk_fields
    fields = {"address": "b.example.com", "transport": SIP_TRANSPORT_AUTO, "name": "", "auth_username": "v"}
    updated = await update(trunk_id, numbers=ListUpdate(remove=["*"]), **fields)
    wanted = changed(whole, numbers=["+15105550100"], media_encryption=SIP_MEDIA_ENCRYPT_ALLOW, **fields)
    expect("fields are set and cleared", bare(updated), wanted)
    listed = await sip.list_outbound_trunk(ListSIPOutboundTrunkRequest(numbers=["+15105550100"]))
    expect("it is listed by number", list(listed.items), [updated])
    listed = await sip.list_sip_outbound_trunk(ListSIPOutboundTrunkRequest(numbers=["15105550100"]))
    expect("but not by another spelling", list(listed.items), [])
    replacement = SIPOutboundTrunkInfo(numbers=["*"], address="c.example.com")
    expect("a replacement keeps nothing", bare(await sip.update_outbound_trunk(trunk_id, replacement)), replacement)

    uri = "trunk address should be a hostname or IP, not SIP URI"
    bad = SIPOutboundTrunkInfo(numbers=["*"], address="sip:c.example.com")
    expect("refused: a URI", await refusal(sip.create_outbound_trunk(CreateSIPOutboundTrunkRequest(trunk=bad))),
           ("invalid_argument", uri, 400))
    expect("refused: a URI in an update", await refusal(update(trunk_id, address="sip:c.example.com")),
           ("unknown", uri, 500))
    expect("refused: an inbound trunk's call", await refusal(sip.update_inbound_trunk_fields(trunk_id, name="n")),
           ("not_found", "requested sip trunk does not exist", 404))
    return trunk_id


async def rules(lk, trunk_id):
    sip = lk.sip
    kinds = [
        SIPDispatchRule(dispatch_rule_direct=SIPDispatchRuleDirect(room_name="lobby", pin="1")),
        SIPDispatchRule(dispatch_rule_individual=SIPDispatchRuleIndividual(room_prefix="c", pin="2", no_randomness=True)),
        SIPDispatchRule(dispatch_rule_callee=SIPDispatchRuleCallee(room_prefix="d", pin="3", randomize=True)),
    ]
    agent = RoomAgentDispatch(
        agent_name="front-desk", metadata='{"tenant":"acme"}', restart_policy=1, deployment="blue",
        attributes={"a": "b"})
    room = RoomConfiguration(
        name="r", empty_timeout=1, departure_timeout=2, max_participants=3, metadata="m", min_playout_delay=4,
        max_playout_delay=5, sync_streams=True, agents=[agent, RoomAgentDispatch(agent_name="")], tags={"t": "u"})
    room.egress.room.room_name = "kept byte by byte"
    made = []
    for kind in kinds:
        whole = SIPDispatchRuleInfo(
            rule=kind, trunk_ids=[trunk_id, "PN_PPN_7hJk2mNpQrSt"], hide_phone_number=True, name="desk", metadata="m",
            inbound_numbers=["+15105550109"], numbers=["+15105550100"], attributes={"x": "1"}, room_preset="p",
            room_config=room, krisp_enabled=True, media_encryption=SIP_MEDIA_ENCRYPT_ALLOW, media=SOME_MEDIA)
        made.append(await sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=whole)))
        expect(f"a rule of {kind.WhichOneof('rule')} keeps every field", bare(made[-1]), whole)
    listed = await sip.list_dispatch_rule(ListSIPDispatchRuleRequest())
    expect("they are listed by id", list(listed.items), sorted(made, key=lambda rule: rule.sip_dispatch_rule_id))

    rule = made[0]
    rule_id = rule.sip_dispatch_rule_id
    update = sip.update_dispatch_rule_fields
    kind = SIPDispatchRule(dispatch_rule_callee=SIPDispatchRuleCallee(pin="9"))
    fields = {"rule": kind, "name": "night", "metadata": ""}
    updated = await update(
        rule_id, trunk_ids=ListUpdate(remove=[trunk_id], add=["ST_other"]), attributes={"x": "", "y": "2"}, **fields)
    wanted = changed(bare(rule), trunk_ids=["PN_PPN_7hJk2mNpQrSt", "ST_other"], attributes={"y": "2"}, **fields)
    expect("fields are set, lists edited, attributes merged", bare(updated), wanted)
    night = changed(wanted, room_config=RoomConfiguration(agents=[RoomAgentDispatch(agent_name="night")]))
    expect("another agent is a replacement", bare(await sip.update_dispatch_rule(rule_id, night)), night)
    listed = await sip.list_dispatch_rule(ListSIPDispatchRuleRequest(trunk_ids=["ST_other"]))
    expect("it is listed by trunk", [bare(item) for item in listed.items], [night])
    await rule_refusals(sip, made)
    gone = await sip.delete_dispatch_rule(DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule_id))
    expect("deleting answers the rule", bare(gone), night)
    expect("refused: deleting it again", await refusal(
        sip.delete_dispatch_rule(DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule_id))),
        ("not_found", "requested sip dispatch rule does not exist", 404))


async def rule_refusals(sip, made):
    clash = "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule"
    other = made[1].sip_dispatch_rule_id
    cases = [
        ("no rule", sip.create_dispatch_rule(CreateSIPDispatchRuleRequest()), "missing rule"),
        ("a rule of no kind", sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(rule=SIPDispatchRule())),
         "twirp error unknown: unsupported SIP Dispatch Rule: <nil>"),
        ("a rule for the same calls",
         sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=bare(made[1]))),
         f'{clash} "{other}" "desk"'),
        ("a change to the same calls", sip.update_dispatch_rule_fields(
            made[2].sip_dispatch_rule_id, rule=made[1].rule), f'{clash} "{other}" "desk"'),
    ]
    for what, call, message in cases:
        expect(f"refused: {what}", await refusal(call), ("invalid_argument", message, 400))


async def participants(lk, url, trunk_id):
    sip = lk.sip
    request = CreateSIPParticipantRequest(
        sip_trunk_id=trunk_id, sip_call_to="+15105550108", room_name="lobby", participant_identity="ann",
        participant_name="Ann", participant_attributes={"a": "b"}, headers={"X-A": "a"}, display_name="",
        wait_until_answered=True)
    ann = await sip.create_sip_participant(request)
    expect("calling answers who was called", (ann.participant_identity, ann.room_name), ("ann", "lobby"))
    expect("with ids", (ann.participant_id[:3], ann.sip_call_id[:4]), ("PA_", "SCL_"))
    config = SIPOutboundConfig(hostname="sip.example.com", transport=SIP_TRANSPORT_TLS, auth_password="s3cret")
    plain = CreateSIPParticipantRequest(trunk=config, sip_call_to="+15105550108", room_name="lobby")
    inline = await sip.create_sip_participant(plain)
    expect("an inline trunk will do, and the number for a name", inline.participant_identity, "sip_+15105550108")
    with urllib.request.urlopen(f"{url}/_sandbox/state") as answer:
        known = json.load(answer)["participants"]
    expect("both are known", [person["participant_id"] for person in known], [ann.participant_id, inline.participant_id])

    target = TransferSIPParticipantRequest(
        participant_identity="ann", room_name="lobby", transfer_to="tel:+15105550107")
    moved = await sip.transfer_sip_participant(target)
    expect("a transfer succeeds", (moved.transfer_id[:4], moved.status, moved.reason),
           ("STR_", SIPTransferStatus.STS_TRANSFER_SUCCESSFUL, SIPTransferReason.STR_COMPLETED))
    expect("refused: who has left", await refusal(sip.transfer_sip_participant(target)),
           ("not_found", "participant does not exist", 404))
    bad = CreateSIPParticipantRequest(sip_trunk_id=trunk_id, sip_call_to="a@b", room_name="lobby")
    expect("refused: a URI as callee", await refusal(sip.create_sip_participant(bad)),
           ("invalid_argument", "SipCallTo should be a phone number or SIP user, not a full SIP URI", 400))
    unknown = CreateSIPParticipantRequest(sip_trunk_id="ST_none", sip_call_to="a", room_name="lobby")
    expect("refused: an unknown trunk", await refusal(sip.create_sip_participant(unknown)),
           ("not_found", "requested sip trunk does not exist", 404))


async def grants(lk):
    """A token that allows something else allows nothing."""
    denied = ("unauthenticated", "permissions denied", 401)
    cases = [
        ("CreateSIPInboundTrunk", CreateSIPInboundTrunkRequest(), SIPInboundTrunkInfo, {"call": True}),
        ("ListSIPOutboundTrunk", ListSIPOutboundTrunkRequest(), ListSIPOutboundTrunkResponse, {"call": True}),
        ("DeleteSIPTrunk", DeleteSIPTrunkRequest(sip_trunk_id="ST_x"), SIPTrunkInfo, {}),
        ("CreateSIPParticipant", CreateSIPParticipantRequest(), SIPParticipantInfo, {"admin": True}),
        ("TransferSIPParticipant", TransferSIPParticipantRequest(room_name="r"), TransferSIPParticipantResponse,
         {"call": True}),
    ]
    for method, request, response, allowed in cases:
        headers = lk.sip._auth_header(None, sip=api.SIPGrants(**allowed))
        call = lk.sip._client.request("SIP", method, request, headers, response)
        expect(f"refused without grant: {method}", await refusal(call), denied)


async def deleting(lk, trunk_ids):
    for trunk_id in trunk_ids + trunk_ids[:1]:
        answer = await lk.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk_id))
        expect("deleting a trunk answers its id", answer, SIPTrunkInfo(sip_trunk_id=trunk_id))
    expect("no inbound trunk is left", (await lk.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items, [])
    expect("no outbound trunk is left", (await lk.sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())).items, [])
    rules = (await lk.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items
    expect("rules keep the ids of trunks", {trunk_ids[0] in rule.trunk_ids for rule in rules}, {True})


async def main(url):
    async with api.LiveKitAPI(url, KEY, SECRET) as lk:
        first, second = await inbound(lk)
        third = await outbound(lk)
        await rules(lk, first)
        await participants(lk, url, third)
        await grants(lk)
        await deleting(lk, [first, second, third])


asyncio.run(main(sys.argv[1]))
