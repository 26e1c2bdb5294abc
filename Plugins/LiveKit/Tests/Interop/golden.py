"""The contract's golden exchanges that come in protobuf, answers read by protobuf's own library: golden.py URL"""

import json
import sys
import urllib.request

from interop import expect, messages, send
from livekit.protocol.sip import SIPDispatchRuleInfo

pb = messages()
URL = sys.argv[1]
KIND = "application/protobuf"
RULE, NUMBER = "SDR_9aBcDeFgHjKm", "PN_PPN_7hJk2mNpQrSt"


def seed(things):
    for path, body in [("reset", {}), ("seed", things)]:
        request = urllib.request.Request(f"{URL}/_sandbox/{path}", data=json.dumps(body).encode(), method="POST")
        urllib.request.urlopen(request).close()


def exchange(name, method, request, hexadecimal, response):
    """Sends the contract's bytes, which are also what the library makes of the request."""
    expect(f"{name} has these bytes", request.SerializeToString().hex(), hexadecimal)
    status, kind, body = send(URL, method, bytes.fromhex(hexadecimal), KIND)
    expect(f"{name} is answered in protobuf", (status, kind), (200, KIND))
    return response.FromString(body)


def g4():
    seed({})
    body = bytes.fromhex("0a0912070a0563616c6c2d120f53545f34664768374a6b4c6d4e70512204666c6174")
    status, kind, answer = send(URL, "SIP/CreateSIPDispatchRule", body, KIND)
    rule = SIPDispatchRuleInfo.FromString(answer)
    expect("g4 makes a flat rule", (status, kind, rule.sip_dispatch_rule_id[:4]), (200, KIND, "SDR_"))
    wanted = SIPDispatchRuleInfo(name="flat", trunk_ids=["ST_4fGh7JkLmNpQ"])
    wanted.rule.dispatch_rule_individual.room_prefix = "call-"
    for name in ("sip_dispatch_rule_id", "created_at", "updated_at"):
        rule.ClearField(name)
    expect("g4 answers the rule and nothing else", rule, wanted)


def g5():
    kind = {"dispatch_rule_individual": {"room_prefix": "call-"}}
    seed({"dispatch_rules": [{"sip_dispatch_rule_id": RULE, "rule": kind, "trunk_ids": ["ST_4fGh7JkLmNpQ"]}]})
    answer = exchange(
        "g5", "PhoneNumberService/PurchasePhoneNumber",
        pb.PurchasePhoneNumberRequest(phone_numbers=["+14155550142"], sip_dispatch_rule_id=RULE),
        "0a0c2b313431353535353031343212105344525f3961426344654667486a4b6d", pb.PurchasePhoneNumberResponse)
    number = pb.PhoneNumber(
        id=answer.phone_numbers[0].id, e164_format="+14155550142", status=pb.PHONE_NUMBER_STATUS_ACTIVE,
        sip_dispatch_rule_id=RULE, sip_dispatch_rule_ids=[RULE])
    expect("g5 buys with the rule", answer, pb.PurchasePhoneNumberResponse(phone_numbers=[number]))


def g7():
    seed({"numbers": [{"e164": "+14155550142", "id": NUMBER}]})
    answer = exchange(
        "g7", "PhoneNumberService/ListPhoneNumbers",
        pb.ListPhoneNumbersRequest(
            statuses=[pb.PHONE_NUMBER_STATUS_ACTIVE, pb.PHONE_NUMBER_STATUS_OFFLINE],
            page_token=pb.TokenPagination(token="eyJvZmZzZXQiOjAsImxpbWl0Ijo1MH0=")),
        "120201041a220a2065794a765a6d5a7a5a5851694f6a4173496d787062576c30496a6f314d48303d",
        pb.ListPhoneNumbersResponse)
    number = pb.PhoneNumber(
        id=NUMBER, e164_format="+14155550142", country_code="US", area_code="415",
        number_type=pb.PHONE_NUMBER_TYPE_LOCAL, locality="SAN FRANCISCO", region="CA", capabilities=["voice"],
        status=pb.PHONE_NUMBER_STATUS_OFFLINE, assigned_at=answer.items[0].assigned_at)
    expect("g7 lists the number", answer, pb.ListPhoneNumbersResponse(items=[number], total_count=1, offline_count=1))


for golden in (g4, g5, g7):
    golden()
