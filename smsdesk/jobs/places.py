"""What a number tells of its operator and its province or country, by the tables of `phonenumbers`.

A mainland number may have moved to another operator, and its owner to another province: these are where the number
was handed out.
"""

from __future__ import annotations

import re
from functools import cache
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
_OPERATORS: Final = {
    zh: Words(zh, en)
    for zh, en in (
        ("中国移动", "China Mobile"),
        ("中国联通", "China Unicom"),
        ("中国电信", "China Telecom"),
        ("中国广电", "China Broadnet"),
    )
}
_PROVINCES: Final = {
    zh: Words(zh, en)
    for zh, en in (
        *(("北京市", "Beijing"), ("天津市", "Tianjin"), ("上海市", "Shanghai"), ("重庆市", "Chongqing")),
        *(("河北省", "Hebei"), ("山西省", "Shanxi"), ("辽宁省", "Liaoning"), ("吉林省", "Jilin")),
        *(("黑龙江省", "Heilongjiang"), ("江苏省", "Jiangsu"), ("浙江省", "Zhejiang"), ("安徽省", "Anhui")),
        *(("福建省", "Fujian"), ("江西省", "Jiangxi"), ("山东省", "Shandong"), ("河南省", "Henan")),
        *(("湖北省", "Hubei"), ("湖南省", "Hunan"), ("广东省", "Guangdong"), ("海南省", "Hainan")),
        *(("四川省", "Sichuan"), ("贵州省", "Guizhou"), ("云南省", "Yunnan"), ("陕西省", "Shaanxi")),
        *(("甘肃省", "Gansu"), ("青海省", "Qinghai"), ("内蒙古", "Inner Mongolia"), ("广西", "Guangxi")),
        *(("西藏", "Tibet"), ("宁夏", "Ningxia"), ("新疆", "Xinjiang")),
    )
}
_BEGINNING: Final = re.compile("|".join(_PROVINCES))
"""How the tables name a place: the province first, `广东省广州市`."""


def of(mobile: str) -> tuple[Words, Words]:
    """The operator that a number was handed out by, and its province; or the country of one from abroad."""
    return (_ABROAD, _country(mobile)) if is_from_abroad(mobile) else _mainland(int(mobile[:7]))


# Without a limit: some half a million beginnings are handed out, a large campaign goes through most of them in order,
# and of a smaller number none would still be there the next time.
@cache
def _mainland(prefix: int) -> tuple[Words, Words]:
    """Operator and province of the numbers that begin with these seven digits."""
    # The tables take a third of a second to load, and few works need them.
    from phonenumbers import PhoneNumber, carrier, geocoder  # noqa: PLC0415

    number = PhoneNumber(country_code=_CHINA, national_number=prefix * 10_000)
    by = carrier.name_for_valid_number(number, "zh")
    found = _BEGINNING.match(geocoder.description_for_valid_number(number, "zh"))
    return _pair(_OPERATORS.get(by, _UNKNOWN), _PROVINCES[found[0]] if found else _UNKNOWN)


@cache
def _pair(operator: Words, province: Words) -> tuple[Words, Words]:
    """One value for each pair: hundreds of thousands would be looked through whenever Python collects garbage."""
    return operator, province


def _country(mobile: str) -> Words:
    import phonenumbers  # noqa: PLC0415 - as above
    from phonenumbers import geocoder  # noqa: PLC0415

    number = phonenumbers.parse(mobile)
    names = [geocoder.country_name_for_number(number, language) for language in ("zh", "en")]
    return Words(*names) if all(names) else _ABROAD
