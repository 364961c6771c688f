"""Chinese numerals, of [DBNum1] (一), [DBNum2] (壹) and [DBNum3] (full-width digits)."""

from __future__ import annotations

import re
from typing import Final

from smsdesk.sheets.formats.code import Code, Show

_DIGITS: Final = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_TENS: Final = (("", "十", "百", "千"), ("", "拾", "佰", "仟"), ("", "十", "百", "千"))
_MYRIADS: Final = ("", "万", "亿", "万亿")


def with_numerals(part: Code, show: Show) -> Show:
    """`show` with the numerals that the section asks for."""
    if not part.numerals:
        return show
    kind = part.numerals
    if any(what in ("digit", "mark") for what, _ in part.tokens):
        return lambda value: chinese_digits(show(value), kind)
    return lambda value: re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda match: chinese_number(match[0], kind), show(value))


def chinese_digits(text: str, kind: int) -> str:
    """Digit by digit: `2026` is 二〇二六."""
    return text.translate(str.maketrans("0123456789", _DIGITS[kind - 1]))


def chinese_number(text: str, kind: int) -> str:
    """`2026` is 二千〇二十六; `12` is 十二."""
    whole, _, decimals = text.partition(".")
    digits, tens = _DIGITS[kind - 1], _TENS[kind - 1]
    if kind == 3 or len(whole) > 16:
        return chinese_digits(text, kind)
    out, gap = "", False
    whole = whole.lstrip("0") or "0"
    for i, digit in enumerate(whole):
        place = len(whole) - 1 - i
        if digit != "0":
            out += (digits[0] if gap else "") + digits[int(digit)] + tens[place % 4]
            gap = False
        else:
            gap = bool(out)
        if place % 4 == 0 and int(whole[max(0, i - 3) : i + 1]):
            out += _MYRIADS[place // 4]
    out = out or digits[0]
    if kind == 1 and out.startswith("一十"):
        out = out[1:]
    return out + (f".{chinese_digits(decimals, kind)}" if decimals else "")
