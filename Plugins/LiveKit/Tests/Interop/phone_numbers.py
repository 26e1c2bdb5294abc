"""Searches, buys, lists, binds and releases numbers with LiveKit's own client, in protobuf: phone_numbers.py URL"""

import asyncio
import sys
import urllib.parse

from interop import KEY, SECRET, expect, fault, messages, send, token
from livekit import api
from livekit.protocol.sip import CreateSIPDispatchRuleRequest, SIPDispatchRuleInfo

pb = messages()
FREE = ["+14155550142", "+14155550143", "+14155550144"]


class Project:
    def __init__(self, lk):
        self.lk = lk

    async def call(self, method, request, response):
        headers = self.lk.sip._auth_header(None, sip=api.SIPGrants(admin=True))
        return await self.lk.sip._client.request("PhoneNumberService", method, request, headers, response)

    async def search(self, **fields):
        return await self.call(
            "SearchPhoneNumbers", pb.SearchPhoneNumbersRequest(**fields), pb.SearchPhoneNumbersResponse)

    async def purchase(self, **fields):
        return await self.call(
            "PurchasePhoneNumber", pb.PurchasePhoneNumberRequest(**fields), pb.PurchasePhoneNumberResponse)

    async def list(self, **fields):
        return await self.call("ListPhoneNumbers", pb.ListPhoneNumbersRequest(**fields), pb.ListPhoneNumbersResponse)

    async def get(self, **fields):
        return await self.call("GetPhoneNumber", pb.GetPhoneNumberRequest(**fields), pb.GetPhoneNumberResponse)

    async def update(self, **fields):
        return await self.call(
            "UpdatePhoneNumber", pb.UpdatePhoneNumberRequest(**fields), pb.UpdatePhoneNumberResponse)

    async def release(self, **fields):
        return await self.call(
            "ReleasePhoneNumbers", pb.ReleasePhoneNumbersRequest(**fields), pb.ReleasePhoneNumbersResponse)

    async def rule(self, name, trunks):
        info = SIPDispatchRuleInfo(name=name, trunk_ids=trunks)
        info.rule.dispatch_rule_individual.room_prefix = "call-"
        made = await self.lk.sip.create_sip_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=info))
        return made.sip_dispatch_rule_id


async def refusal(call):
    """What the SDK reports of a call that is refused."""
    try:
        answer = await call
    except api.TwirpError as error:
        return error.code, error.message, error.status, error.metadata
    return f"no refusal but {answer}"


async def searching(project):
    item = pb.PhoneNumber(
        e164_format="+14155550100", country_code="US", area_code="415", number_type=pb.PHONE_NUMBER_TYPE_LOCAL,
        locality="SAN FRANCISCO", region="CA", capabilities=["voice"])
    page = await project.search(country_code="US", area_code="415", limit=2)
    expect("a found number is whole", page.items[0], item)
    expect("a page has its limit", len(page.items), 2)
    expect("the token is LiveKit's", page.next_page_token.token, "eyJvZmZzZXQiOjIsImxpbWl0IjoyfQ==")
    found = [item.e164_format for item in page.items]
    while page.HasField("next_page_token"):
        page = await project.search(country_code="US", area_code="415", page_token=page.next_page_token)
        found += [item.e164_format for item in page.items]
    expect("the pages cover the area once", found, [f"+14155550{line}" for line in range(100, 150)])
    expect("50 is the usual limit", len((await project.search(country_code="US")).items), 50)
    expect("a limit of 0 is sent and raised", len((await project.search(country_code="US", limit=0)).items), 1)
    expect("other countries have nothing", await project.search(country_code="DE"), pb.SearchPhoneNumbersResponse())


async def buying(project):
    rule = await project.rule("front-desk", ["ST_4fGh7JkLmNpQ"])
    bought = (await project.purchase(phone_numbers=[FREE[0]], sip_dispatch_rule_id=rule)).phone_numbers
    sparse = pb.PhoneNumber(
        id=bought[0].id, e164_format=FREE[0], status=pb.PHONE_NUMBER_STATUS_ACTIVE, sip_dispatch_rule_id=rule,
        sip_dispatch_rule_ids=[rule])
    expect("a purchase says little", list(bought), [sparse])
    rules = await project.lk.sip.list_sip_dispatch_rule(api.ListSIPDispatchRuleRequest())
    expect("the rule names the number", list(rules.items[0].trunk_ids), ["ST_4fGh7JkLmNpQ", bought[0].id])
    others = (await project.purchase(phone_numbers=[FREE[2], FREE[1], FREE[2]])).phone_numbers
    expect("several come in the order asked for", [item.e164_format for item in others], [FREE[2], FREE[1]])
    expect("an unbound one is offline", others[0].status, pb.PHONE_NUMBER_STATUS_OFFLINE)
    search = await project.search(country_code="US", area_code="415", limit=1000)
    expect("bought numbers are gone", set(FREE) & {item.e164_format for item in search.items}, set())
    return rule, bought[0].id, others[1].id


async def listing(project, rule):
    async def numbers(**fields):
        page = await project.list(**fields)
        return [item.e164_format for item in page.items], page.total_count, page.offline_count

    active, offline = pb.PHONE_NUMBER_STATUS_ACTIVE, pb.PHONE_NUMBER_STATUS_OFFLINE
    expect("all but released ones are listed", await numbers(), (FREE, 3, 2))
    expect("by one status", await numbers(statuses=[active]), (FREE[:1], 1, 0))
    expect("by several", await numbers(statuses=[offline, active]), (FREE, 3, 2))
    expect("by none that there are", await numbers(statuses=[pb.PHONE_NUMBER_STATUS_RELEASED]), ([], 0, 0))
    expect("by rule", await numbers(sip_dispatch_rule_id=rule), (FREE[:1], 1, 0))
    token = pb.TokenPagination(token="eyJvZmZzZXQiOjEsImxpbWl0IjoxfQ==")
    expect("the token's limit counts first", await numbers(limit=3, page_token=token), (FREE[1:2], 3, 2))


async def changing(project, rule, bound, free):
    number = (await project.get(id=bound)).phone_number
    expect("by id", (number.e164_format, number.locality), (FREE[0], "SAN FRANCISCO"))
    expect("with its moment", number.assigned_at.seconds > 1_700_000_000, True)
    expect("and no other", [number.HasField(name) for name in ("created_at", "updated_at", "released_at")], [False] * 3)
    expect("by number", (await project.get(phone_number=FREE[0])).phone_number, number)
    updated = (await project.update(phone_number=FREE[1], sip_dispatch_rule_id=rule)).phone_number
    expect("binding", (updated.id, list(updated.sip_dispatch_rule_ids)), (free, [rule]))
    same = (await project.update(id=free)).phone_number
    expect("no rule changes nothing", list(same.sip_dispatch_rule_ids), [rule])
    loose = (await project.update(id=free, sip_dispatch_rule_id="")).phone_number
    offline = pb.PHONE_NUMBER_STATUS_OFFLINE
    expect("an empty rule unbinds", (list(loose.sip_dispatch_rule_ids), loose.status), ([], offline))


async def refusals(project, rule):
    sip = "requested sip dispatch rule does not exist"
    cases = [
        ("no country", project.search(), ("invalid_argument", "country_code is required", 400, {})),
        ("a broken token", project.list(page_token=pb.TokenPagination(token="x")),
         ("invalid_argument", "invalid page token", 400, {})),
        ("a sold number", project.purchase(phone_numbers=["+14155550100", FREE[0]]),
         ("already_exists", f"phone number {FREE[0]} is already owned", 409, {})),
        ("no such number", project.purchase(phone_numbers=["+14155550150"]),
         ("not_found", "phone number +14155550150 is not available", 404, {})),
        ("no such rule", project.purchase(phone_numbers=["+14155550100"], sip_dispatch_rule_id="SDR_x"),
         ("not_found", sip, 404, {})),
        ("an unknown number", project.get(phone_number="+14155550199"),
         ("not_found", "phone number not found", 404, {})),
        ("both keys", project.get(id="PN_PPN_x", phone_number=FREE[0]),
         ("invalid_argument", "exactly one of id and phone_number must be set", 400, {})),
        ("an unknown id", project.release(ids=["PN_PPN_x"]), ("not_found", "phone number not found", 404, {})),
    ]
    for what, call, wanted in cases:
        expect(f"refused: {what}", await refusal(call), wanted)
    open_rule = await project.rule("open", [])
    expect("refused: a rule without trunks",
           await refusal(project.update(phone_number=FREE[0], sip_dispatch_rule_id=open_rule)),
           ("invalid_argument", "twirp error unknown: Failed to update phone number", 400, {}))
    nothing = pb.GetPhoneNumberRequest()
    path = "/twirp/livekit.PhoneNumberService/BuyPhoneNumber"
    expect("refused: an unknown method, with meta",
           await refusal(project.call("BuyPhoneNumber", nothing, pb.PhoneNumber)),
           ("bad_route", f'no handler for path "{path}"', 404, {"twirp_invalid_route": f"POST {path}"}))


async def tokens(url):
    """Errors that are plain text reach the SDK's users as code unknown."""
    nothing, response = pb.ListPhoneNumbersRequest(), pb.ListPhoneNumbersResponse
    unknown = ("unknown", "", 401, {})
    for what, key, secret, wanted in [
        ("an unknown key", "stranger", SECRET, unknown),
        ("a wrong secret", KEY, "x" * 32, unknown),
    ]:
        async with api.LiveKitAPI(url, key, secret) as lk:
            expect(f"refused: {what}", await refusal(Project(lk).call("ListPhoneNumbers", nothing, response)), wanted)
    async with api.LiveKitAPI(url, KEY, SECRET) as lk:
        headers = lk.sip._auth_header(None, sip=api.SIPGrants(call=True))
        call = lk.sip._client.request("PhoneNumberService", "ListPhoneNumbers", nothing, headers, response)
        expect("refused: no grant", await refusal(call), ("unauthenticated", "permissions denied", 401, {}))
        call = lk.sip._client.request("RoomService", "ListRooms", nothing, headers, response)
        expect("refused: an unknown service", await refusal(call), ("unknown", "", 404, {}))


def by_hand(url):
    """What the SDK cannot be made to send."""
    kind = "application/protobuf"
    method = "PhoneNumberService/PurchasePhoneNumber"
    body = pb.PurchasePhoneNumberRequest(phone_numbers=["+14155550120"]).SerializeToString()
    first = send(url, method, body, kind, X_Livekit_Request_Id="r1")
    expect("an answer has the form of its request", first[:2], (200, kind))
    expect("a repeated request gets its first answer", send(url, method, body, kind, X_Livekit_Request_Id="r1"), first)
    status, form, answer = send(
        url, method, b'{"phone_numbers":["+14155550120"]}', "application/json", X_Livekit_Request_Id="r1")
    number = pb.PurchasePhoneNumberResponse.FromString(first[2]).phone_numbers[0]
    expect("in the other form, too", (status, form, number.id.encode() in answer), (200, "application/json", True))
    expect("another request is refused", send(url, method, body, kind, X_Livekit_Request_Id="r2")[:2],
           (409, "application/json"))
    expect("nonsense is malformed", send(url, method, b"\x0a\x05x", kind),
           (400, "application/json", b'{"code":"malformed","msg":"the protobuf request could not be decoded"}'))
    listing = "PhoneNumberService/ListPhoneNumbers"
    expect("unknown fields are skipped", send(url, listing, bytes.fromhex("7b08017c fa3f0161"), kind)[0], 200)
    expect("the token may be a parameter",
           send(url, f"{listing}?access_token={urllib.parse.quote(token())}", b"", kind, Authorization="")[0], 200)


async def failing(project, url):
    fault(url, fault="rate_limited", times=1)
    expect("the rate limit", await refusal(project.list()), ("resource_exhausted", "api rate limit exceeded", 429, {}))
    fault(url, fault="malformed", method="ReleasePhoneNumbers", times=1)
    try:
        found = await project.release(phone_numbers=["+14155550120"])
    except Exception as error:
        found = type(error).__name__
    expect("a spoiled answer cannot be read", found, "DecodeError")


async def releasing(project, bound, free):
    expect("a release says nothing", await project.release(ids=[free]), pb.ReleasePhoneNumbersResponse())
    gone = (await project.get(id=free)).phone_number
    status = pb.PHONE_NUMBER_STATUS_RELEASED
    expect("it is kept as released", (gone.status, gone.HasField("released_at")), (status, True))
    released = await project.list(statuses=[status])
    expect("and listed when asked for", [item.id for item in released.items if item.id == free], [free])
    await project.release(phone_numbers=[FREE[0], FREE[2]])
    expect("nothing is left", (await project.list()).total_count, 0)


async def main(url):
    async with api.LiveKitAPI(url, KEY, SECRET) as lk:
        project = Project(lk)
        await searching(project)
        rule, bound, free = await buying(project)
        await listing(project, rule)
        await changing(project, rule, bound, free)
        await refusals(project, rule)
        await tokens(url)
        by_hand(url)
        await failing(project, url)
        await releasing(project, bound, free)


asyncio.run(main(sys.argv[1]))
