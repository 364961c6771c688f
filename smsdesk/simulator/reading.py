"""What came in, read: fields, numbers, p2p lines, passwords, lengths, times. All pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qsl, quote, quote_plus

CHINA = timezone(timedelta(hours=8))
"""China Standard Time, in which the gateway writes every `time` (§4, §5)."""

_FIRST_DAY = date(1970, 1, 1).toordinal()
_LINE_END = re.compile(r"\r\n|\r|\n")
_P2P_LINE = re.compile(r"([^#\t]*)[#\t](.*)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}|(?:00|\+)(?!86)[1-9][0-9]{6,14}", re.ASCII)
_SIGNATURE = re.compile(r"\A\s*【([^】]*)】|【([^】]*)】\s*\Z")


def read_fields(query: bytes, body: bytes) -> dict[str, str]:
    """Query and form merged, whatever the content type said; the form wins. `+` and `%20` are both a space."""
    fields = dict(_pairs(query)) if query else {}
    if body:
        fields.update(_pairs(body))
    return fields


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")


def split_numbers(mobile: str) -> list[str]:
    """The numbers of `send` (§1), joined by `,`; empty places between commas are passed over."""
    return [number for part in mobile.split(",") if (number := part.strip())]


def split_p2p(lines: str) -> list[tuple[str, str]] | None:
    r"""`(mobile, content)` for each line of `mobileContentList` (§2); None if a line has no separator.

    Takes `#` or TAB, the first of a line, and `\n`, `\r` or `\r\n`, after the last line too or not.
    """
    pairs = []
    for line in _LINE_END.split(lines):
        if not line:
            continue
        found = _P2P_LINE.fullmatch(line)
        if found is None:
            return None
        pairs.append((found[1].strip(), found[2]))
    return pairs


def is_mobile(number: str) -> bool:
    """Whether a message can go to it: eleven digits of mainland China without a prefix, or abroad with 00 or +."""
    return _MOBILE.fullmatch(number) is not None


def count_segments(content: str) -> int:
    """Segments that the content takes: up to 70 UTF-16 units are one, a longer text is cut into parts of 67."""
    units = len(content.encode("utf-16-le", "surrogatepass")) // 2
    return 1 if units <= 70 else -(-units // 67)


def has_signature(content: str, registered: frozenset[str]) -> bool:
    """Whether the content begins or ends with a registered signature in 【】."""
    return any((first or last) in registered for first, last in _SIGNATURE.findall(content))


def password_fits(fields: Mapping[str, str], password: str, md5_allowed: bool) -> bool:
    """Whether the request's password is the account's, plain or (edition of 2021) as MD5 in any hex case.

    That edition does not say whether `content` is hashed before or after it is encoded; either is taken.
    """
    given = fields.get("password", "")
    if given == password:
        return True
    return md5_allowed and given.lower() in {_md5(password + signed) for signed in _signed_texts(fields)}


def _signed_texts(fields: Mapping[str, str]) -> list[str]:
    """What follows the password in the text that is hashed, in the spellings in use."""
    extno = fields.get("extno", "")
    match fields.get("action"):
        case "send":
            content, mobile = fields.get("content", ""), fields.get("mobile", "")
            return [extno + spelling + mobile for spelling in (content, quote_plus(content), quote(content, safe=""))]
        case "p2p":
            return [extno + _LINE_END.sub("", fields.get("mobileContentList", ""))]
        case _:
            return [""]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def china_time(moment: float) -> str:
    """`YYYY-MM-DD HH:MM:SS` in China for `moment`, seconds since 1970 UTC."""
    return datetime.fromtimestamp(int(moment), CHINA).replace(tzinfo=None).isoformat(" ")


def china_day(moment: float) -> int:
    """The day in China as an ordinal (`date.fromordinal`) for `moment`, seconds since 1970 UTC."""
    return int(moment + 8 * 3600) // 86_400 + _FIRST_DAY


def read_day(text: str) -> int | None:
    """The ordinal of a `yyyymmdd` day of `statis`; None if it is none."""
    if not re.fullmatch(r"[0-9]{8}", text, re.ASCII):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).toordinal()
    except ValueError:
        return None
