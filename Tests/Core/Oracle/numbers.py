"""Prints phone numbers with what the PyPI package phonenumbers says of them, as tab-separated lines, the same every time.

    # VERSION
    number  +E164  valid  possible  region  type  national number  national display  international display
    area    AAA                            each US area code that has fixed lines
    spelling  text  region  +E164 or -     what a written number means, - where it must be refused

The plan is asked about exactly the digits of a number: a trunk 0 after the calling code is part of it, where
phonenumbers.parse would leave it off. Spellings go through phonenumbers.parse.
"""

import random
import re
import re._constants as op
import re._parser as regex_parser
import sys

import phonenumbers as pn
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as REGIONS

TYPES = {
    pn.PhoneNumberType.FIXED_LINE: "local", pn.PhoneNumberType.FIXED_LINE_OR_MOBILE: "local",
    pn.PhoneNumberType.MOBILE: "mobile", pn.PhoneNumberType.TOLL_FREE: "toll-free",
    pn.PhoneNumberType.PREMIUM_RATE: "premium", pn.PhoneNumberType.SHARED_COST: "shared",
    pn.PhoneNumberType.VOIP: "voip",
}
DESCRIPTIONS = (
    "general_desc fixed_line mobile toll_free premium_rate shared_cost personal_number voip pager uan voicemail").split()
NEW_AREAS = "645 329 728 235 686 472 983 363".split()

rng = random.Random(20261120)
out = []


def main():
    if hasattr(pn.re_util, "enable_pattern_cache"):
        pn.re_util.enable_pattern_cache()
    out.append(f"# {pn.__version__}")
    areas = us_areas()
    seen = set()
    for code, national in numbers(areas):
        digits = f"{code}{national}"
        if 7 <= len(digits) <= 15 and digits not in seen:
            seen.add(digits)
            out.append(answer(code, national))
    out.extend(f"area\t{code}" for code in areas)
    spellings(areas)
    sys.stdout.write("\n".join(out) + "\n")


def us_areas():
    pattern = re.compile(pn.PhoneMetadata.metadata_for_region("US").fixed_line.national_number_pattern)
    return [str(code) for code in range(200, 1000) if pattern.fullmatch(f"{code}5550100")]


def numbers(areas):
    for area in sorted(set(areas + NEW_AREAS)):
        yield 1, f"{area}55501{rng.randrange(100):02}"
        yield 1, f"{area}1550100"
    for code in sorted(REGIONS):
        for region in REGIONS[code]:
            yield from numbers_of(code, pn.PhoneMetadata.metadata_for_region_or_calling_code(code, region))
    for code in range(100, 1000):
        if not any(str(code).startswith(str(known)) for known in REGIONS):
            yield code, "20012345"


def numbers_of(code, data):
    general = data.general_desc.possible_length
    lengths = sorted({length + change for length in general for change in (-1, 0, 1)})
    for name in DESCRIPTIONS:
        desc = getattr(data, name)
        if desc is None or not desc.national_number_pattern:
            continue
        samples = [sample(desc.national_number_pattern) for _ in range(8)]
        if desc.example_number:
            samples.append(desc.example_number)
        for text in samples:
            yield code, text
        text = rng.choice(samples)
        yield code, changed(text)
        yield code, text[:-1]
        yield code, text + rng.choice("0123456789")
    for item in list(data.number_format) + list(data.intl_number_format):
        if item.leading_digits_pattern:
            begin = sample(item.leading_digits_pattern[-1])
            for length in {rng.choice(lengths), rng.choice(general)}:
                yield code, (begin + random_digits(length))[:max(length, len(begin))]
    for length in lengths:
        yield code, random_digits(length)
        yield code, (sample(data.leading_digits) if data.leading_digits else "0") + random_digits(max(length - 1, 1))


def sample(pattern):
    """A text that the pattern takes, its alternatives chosen at random."""
    return "".join(sample_item(item) for item in regex_parser.parse(pattern))


def sample_item(item):
    kind, value = item
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.IN:
        return rng.choice([digit for part in value for digit in digits_of(part)])
    if kind is op.BRANCH:
        return "".join(map(sample_item, rng.choice(value[1])))
    if kind is op.SUBPATTERN:
        return "".join(map(sample_item, value[3]))
    if kind is op.MAX_REPEAT:
        low, high, body = value
        return "".join(sample_item(part) for _ in range(rng.randint(low, high)) for part in body)
    if kind is op.AT:
        return ""
    raise ValueError(f"an unknown part of a pattern: {item}")


def digits_of(part):
    kind, value = part
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.RANGE:
        return [chr(code) for code in range(value[0], value[1] + 1)]
    return list("0123456789")


def changed(text):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice("0123456789") + text[at + 1:]


def random_digits(count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def number_object(code, national):
    zeros = len(national[:-1]) - len(national[:-1].lstrip("0"))
    return pn.PhoneNumber(
        country_code=code, national_number=int(national), italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None)


def answer(code, national):
    if code not in REGIONS:
        return f"number\t+{code}{national}\tfalse\tfalse\t\tunknown\t{code}{national}\t{code}{national}\t+{code}{national}"
    number = number_object(code, national)
    region = pn.region_code_for_number(number)
    fields = [
        "number", f"+{code}{national}", pn.is_valid_number(number), pn.is_possible_number(number),
        "" if region in (None, "001") else region, TYPES.get(pn.number_type(number), "unknown"), national,
        pn.format_number(number, pn.PhoneNumberFormat.NATIONAL),
        pn.format_number(number, pn.PhoneNumberFormat.INTERNATIONAL),
    ]
    return "\t".join(str(field).lower() if isinstance(field, bool) else field for field in fields)


def spellings(areas):
    for area in areas[::7] + NEW_AREAS:
        for text in (f"({area}) 555-0100", f"{area}.555.0100", f"1 {area} 555 0100", f"+1/{area}/555-0100", f"{area}5550100"):
            spelling(text, "US")
    for code in sorted(REGIONS):
        for region in REGIONS[code]:
            if region != "001":
                spellings_of(code, region)
    for text in (
        "(415) 555-0100", "415-555-0100", "0044 20 7946 0018", "+44 (0)20 7946 0018", "(+44) 20 7946 0018",
        "020 7946 0018", "\uff0b\uff14\uff14 \uff12\uff10 7946 0018", "555-0100", "12", "+999 555 0100",
    ):
        for region in ("US", "GB", "IT", "DE", "AR"):
            if not (text == "0044 20 7946 0018" and region == "US"):
                spelling(text, region)


def spellings_of(code, region):
    data = pn.PhoneMetadata.metadata_for_region(region)
    patterns = [getattr(data, name) for name in DESCRIPTIONS[1:]]
    patterns = [desc.national_number_pattern for desc in patterns if desc is not None and desc.national_number_pattern]
    for pattern in patterns:
        national = sample(pattern)
        number = number_object(code, national)
        spelling(pn.format_number(number, pn.PhoneNumberFormat.NATIONAL), region)
        spelling(pn.format_number(number, pn.PhoneNumberFormat.INTERNATIONAL), rng.choice(["US", "GB", region]))
        spelling(national, region)
        spelling(f"{code}{national}", region)
        spelling(f"+{code} (0){national}", region)
        if data.international_prefix:
            spelling(f"{sample(data.international_prefix)} {code} {national}", region)
        if data.national_prefix_for_parsing:
            spelling(sample(data.national_prefix_for_parsing) + national, region)
            spelling(sample(data.national_prefix_for_parsing), region)
        spelling("".join(chr(ord(digit) + 0xFEE0) for digit in national), region)
        spelling(national[:-1], region)


def spelling(text, region):
    try:
        number = pn.parse(text, region)
        e164 = pn.format_number(number, pn.PhoneNumberFormat.E164)
        whole = pn.is_possible_number_with_reason(number) == pn.ValidationResult.IS_POSSIBLE
        expected = e164 if whole and re.fullmatch(r"\+[1-9]\d{6,14}", e164) else "-"
    except pn.NumberParseException:
        expected = "-"
    out.append(f"spelling\t{text}\t{region}\t{expected}")


if __name__ == "__main__":
    main()
