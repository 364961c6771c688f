"""What a number tells of its operator and its province or country, by the tables of `phonenumbers`.

A mainland number may have moved to another operator, and its owner to another province: these are where the number
was handed out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from smsdesk.domain.mobile import is_from_abroad
from smsdesk.domain.words import Words

CAVEAT: Final = Words(
    "按号段推算：携号转网的号码仍按原运营商统计，归属地是号码的开户地。",
    "By the number's range: one that moved to another operator counts for its first, and the province is where the "
    "number was handed out.",
)
_ABROAD: Final = Words("境外号码", "numbers abroad")
_UNKNOWN: Final = Words("未知", "unknown")
_CHINA: Final = 86
_PROVINCE: Final = re.compile(r"(广西|内蒙古|新疆|宁夏|西藏|.+?省|.+?市)")


def operator(mobile: str) -> Words:
    """The operator that a number was handed out by."""
    return _ABROAD if is_from_abroad(mobile) else _mainland(mobile[:7])[0]


def province(mobile: str) -> Words:
    """The province of a mainland number, or the country of one from abroad."""
    return _country(mobile) if is_from_abroad(mobile) else _mainland(mobile[:7])[1]


@lru_cache(maxsize=20_000)
def _mainland(prefix: str) -> tuple[Words, Words]:
    """Operator and province of the numbers that begin with these seven digits."""
    # The tables take a third of a second to load, and few works need them.
    from phonenumbers import PhoneNumber, carrier, geocoder  # noqa: PLC0415

    number = PhoneNumber(country_code=_CHINA, national_number=int(prefix.ljust(11, "0")))
    by = [carrier.name_for_number(number, language) for language in ("zh", "en")]
    zh, en = (geocoder.description_for_number(number, language) for language in ("zh", "en"))
    found = _PROVINCE.match(zh)
    where = Words(found[1], en.rpartition(", ")[2]) if found else _UNKNOWN
    return (Words(*by) if all(by) else _UNKNOWN), where


def _country(mobile: str) -> Words:
    import phonenumbers  # noqa: PLC0415 - as above
    from phonenumbers import geocoder  # noqa: PLC0415

    number = phonenumbers.parse(mobile)
    names = [geocoder.country_name_for_number(number, language) for language in ("zh", "en")]
    return Words(*names) if all(names) else _ABROAD
