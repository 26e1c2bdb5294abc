"""A client that speaks JSON, as curl does in snake_case and LiveKit's Node SDK in camelCase: json_forms.py URL"""

import sys

from interop import expect, send, send_json, token

URL = sys.argv[1]
SERVICE = "PhoneNumberService"


def ok(method, value, **headers):
    status, answer = send_json(URL, f"{SERVICE}/{method}", value, **headers)
    expect(f"{method} succeeds", status, 200)
    return answer


def searching():
    snake = ok("SearchPhoneNumbers", {"country_code": "US", "area_code": "212", "limit": 2})
    camel = ok("SearchPhoneNumbers", {"countryCode": "US", "areaCode": "212", "limit": 2})
    expect("both namings find the same", camel, snake)
    expect("answers are in snake_case with every field", list(snake["items"][0]), [
        "id", "e164_format", "country_code", "area_code", "number_type", "locality", "region", "spam_score",
        "created_at", "updated_at", "capabilities", "status", "assigned_at", "released_at", "sip_dispatch_rule_id",
        "sip_dispatch_rule_ids"])
    expect("unset moments are null, unset texts empty",
           [snake["items"][0][name] for name in ("created_at", "id", "spam_score", "sip_dispatch_rule_ids")],
           [None, "", 0, []])
    token = snake["next_page_token"]
    second = ok("SearchPhoneNumbers", {"country_code": "US", "area_code": "212", "page_token": token})
    expect("both namings page alike", ok("SearchPhoneNumbers", {
        "countryCode": "US", "areaCode": "212", "pageToken": token}), second)
    expect("the last page has a null token", ok("SearchPhoneNumbers", {
        "country_code": "US", "area_code": "212", "limit": 1000})["next_page_token"], None)


def owning():
    rule = {"name": "desk", "trunk_ids": ["ST_x"], "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}
    status, made = send_json(URL, "SIP/CreateSIPDispatchRule", {"dispatch_rule": rule})
    expect("a rule is made", (status, made["rule"]), (200, {"dispatch_rule_direct": {"room_name": "desk", "pin": ""}}))
    ruled = made["sip_dispatch_rule_id"]
    first = ok("PurchasePhoneNumber", {"phone_numbers": ["+12125550100"], "sip_dispatch_rule_id": ruled})
    second = ok("PurchasePhoneNumber", {"phoneNumbers": ["+12125550101"], "sipDispatchRuleId": ruled})
    for answer in (first, second):
        number = answer["phone_numbers"][0]
        expect("a purchase is bound", (number["status"], number["sip_dispatch_rule_ids"]),
               ("PHONE_NUMBER_STATUS_ACTIVE", [ruled]))
    ids = [answer["phone_numbers"][0]["id"] for answer in (first, second)]
    listed = ok("ListPhoneNumbers", {"statuses": ["PHONE_NUMBER_STATUS_ACTIVE", 4], "sipDispatchRuleId": ruled})
    expect("both are listed", ([item["id"] for item in listed["items"]], listed["total_count"]), (ids, 2))
    expect("the spelling of the documents filters nothing",
           ok("ListPhoneNumbers", {"statuses": ["offline"]})["total_count"], 2)
    for name in ("phone_number", "phoneNumber"):
        expect("get by number", ok("GetPhoneNumber", {name: "+12125550101"})["phone_number"]["id"], ids[1])
    expect("update by id", ok("UpdatePhoneNumber", {"id": ids[0], "sipDispatchRuleId": ""})[
        "phone_number"]["sip_dispatch_rule_ids"], [])
    expect("release", ok("ReleasePhoneNumbers", {"ids": ids}), {})
    gone = ok("GetPhoneNumber", {"id": ids[0]})["phone_number"]
    expect("what is released says so", (gone["status"], gone["released_at"][-1]), ("PHONE_NUMBER_STATUS_RELEASED", "Z"))


def refusals():
    for what, method, value, status, code in [
        ("no country", "SearchPhoneNumbers", {}, 400, "invalid_argument"),
        ("no such number", "GetPhoneNumber", {"id": "PN_PPN_x"}, 404, "not_found"),
        ("a bare token", "ListPhoneNumbers", {"page_token": "x"}, 400, "malformed"),
    ]:
        found, error = send_json(URL, f"{SERVICE}/{method}", value)
        expect(f"refused: {what}", (found, error["code"], sorted(error)), (status, code, ["code", "msg"]))
    call = f"Bearer {token(call=True)}"
    expect("refused: no grant", send_json(URL, f"{SERVICE}/ListPhoneNumbers", {}, Authorization=call),
           (401, {"code": "unauthenticated", "msg": "permissions denied"}))
    expect("refused: no token of ours", send(URL, f"{SERVICE}/ListPhoneNumbers", b"{}", "application/json",
           Authorization="Basic eA=="), (401, "text/plain; charset=utf-8",
           b"invalid authorization header. Must start with Bearer "))


for part in (searching, owning, refusals):
    part()
