"""Number formats: what a spreadsheet shows of a number, from the code of its cell's format.

    NumberFormat('yyyy"年"m"月"d"日"').text(46143.0)     # 2026年5月1日
    NumberFormat("#,##0.00;(#,##0.00)").text(-1234.5)    # (1,234.50)

Pure. Where a format goes by the machine's language, a Chinese one is taken: built-in format 14 is `2026/5/1`.
Blanks that only line cells up (`_)`, `* `) are left out: the text goes into a message, not into a column. And one
thing differs from the screen on purpose: a whole number that reads like a mobile number keeps its digits, whatever
a format makes of it (`1.38E+10`, `13,800,000,000`): those are in the file, and what is called is the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from smsdesk.sheets.formats.code import Code, Condition, Show, sections_of
from smsdesk.sheets.formats.digits import Number, rounded, scientific, trimmed
from smsdesk.sheets.formats.moments import Moment
from smsdesk.sheets.formats.numerals import with_numerals

_EXACT: Final = 1e15  # up to here every digit of a whole number is in the file
_LONGEST_CODE: Final = 1024  # Excel allows 255 characters

_YUAN: Final = '"¥"'
# ECMA-376 part 1, 18.8.30, as a Chinese Excel shows them.
BUILT_IN: Final[dict[int, str]] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: f"{_YUAN}#,##0;{_YUAN}-#,##0",
    6: f"{_YUAN}#,##0;{_YUAN}-#,##0",
    7: f"{_YUAN}#,##0.00;{_YUAN}-#,##0.00",
    8: f"{_YUAN}#,##0.00;{_YUAN}-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: f'_ {_YUAN}* #,##0_ ;_ {_YUAN}* -#,##0_ ;_ {_YUAN}* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: f'_ {_YUAN}* #,##0.00_ ;_ {_YUAN}* -#,##0.00_ ;_ {_YUAN}* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}


def general(value: float) -> str:
    """A number as the format General shows it in a wide cell, but whole ones with all the digits there are."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = f"{value:.15g}"
    if len(text) <= 11 and "e" not in text and "n" not in text:  # an exponent, nan and inf
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    exact = Decimal(f"{abs(value):.15g}")
    sign = "-" if value < 0 else ""
    text = f"{exact:f}"
    # Eleven characters with the point, as many as fit; a number that loses too much by that has an exponent.
    if len(text) <= 11 and "." in text:
        return sign + text
    if Decimal("0.0001") <= exact < 10**10:
        digits = text.index(".") if "." in text else len(text)
        return sign + trimmed(f"{rounded(exact, 10 - digits):f}")
    mantissa, exponent = scientific(exact, 5)
    return f"{sign}{trimmed(mantissa)}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


class NumberFormat:
    """A format code, taken apart once. A code that makes no sense shows numbers as General does.

    `plain` says that it shows every number as General does, `whole` that it does so with whole ones, `dated` that it
    shows days or times.
    """

    def __init__(self, code: str, *, from_1904: bool = False):
        self._sections = _sections(code, from_1904=from_1904)
        only = self._sections[0] if len(self._sections) == 1 else None
        self.plain = only is not None and only.kind == "general" and only.bare
        self.dated = any(section.dated for section in self._sections)
        self.whole = self.plain or (only is not None and only.whole)

    def text(self, value: float) -> str:
        """What a cell with this number shows, without blanks around it."""
        section, signed = self._choose(value)
        try:
            if section.dated:
                text = section.show(value)
            else:
                text = ("-" if signed and value < 0 else "") + section.show(abs(value))
        except (ValueError, ArithmeticError):
            return general(value)  # Excel fills such a cell with ####
        text = text.strip()
        if reads_like_a_mobile(value) and ("," in text or re.sub(r"\D", "", text) != str(int(value))):
            return str(int(value))
        return text

    def _choose(self, value: float) -> tuple[_Section, bool]:
        """The section for a value, and whether a minus goes before it: not where the section is for negative ones."""
        sections = self._sections
        if any(section.condition for section in sections):
            for section in sections:
                if section.condition is None or section.condition.holds(value):
                    return section, not (section.condition and section.condition.only_negative)
            return _GENERAL, True
        if value < 0 and len(sections) > 1:
            return sections[1], False
        if value == 0 and len(sections) > 2:
            return sections[2], False
        return sections[0], True


def reads_like_a_mobile(value: float) -> bool:
    """Whether a number may be a mobile number, with or without 86 before it."""
    return (13e9 <= value < 20e9 or 8_613e9 <= value < 8_620e9) and value.is_integer()


@dataclass(frozen=True, slots=True)
class _Section:
    show: Show
    kind: str  # general, date, number, or text
    condition: Condition | None = None
    bare: bool = False  # nothing but General or a placeholder for text
    whole: bool = False  # whole numbers come out as their digits

    @property
    def dated(self) -> bool:
        return self.kind == "date"


_GENERAL: Final = _Section(general, "general", bare=True)

_SYSTEM: Final = {
    # The machine's long date and its time, whatever else the code says.
    "[$-f800]": 'yyyy"年"m"月"d"日"',
    "[$-x-sysdate]": 'yyyy"年"m"月"d"日"',
    "[$-f400]": "h:mm:ss",
    "[$-x-systime]": "h:mm:ss",
}


@lru_cache(maxsize=4096)
def _sections(code: str, *, from_1904: bool) -> tuple[_Section, ...]:
    for mark, instead in _SYSTEM.items():
        if mark in code.lower():
            code = instead
    if not code.strip():
        return (_GENERAL,)
    sections = [_compiled(part, from_1904=from_1904) for part in sections_of(code[:_LONGEST_CODE])]
    if len(sections) > 1 and (len(sections) == 4 or sections[-1].kind == "text"):
        sections.pop()  # for text, which is shown as it is
    return tuple(sections[:3]) or (_GENERAL,)


def _compiled(part: Code, *, from_1904: bool) -> _Section:
    kinds = {what for what, _ in part.tokens}
    if kinds & {*"ymdhsea", "half", "elapsed"}:
        return _Section(Moment(part, from_1904=from_1904).show, "date", part.condition)
    if "general" in kinds or ("mark", "@") in part.tokens:
        bare = all(what != "literal" for what, _ in part.tokens) and not part.numerals
        kind = "general" if "general" in kinds else "text"
        return _Section(with_numerals(part, _around(part)), kind, part.condition, bare=bare)
    number = Number(part)
    show = with_numerals(part, number.show)
    whole = number.is_whole and not part.numerals and part.condition is None
    return _Section(show, "number", part.condition, whole=whole)


def _around(part: Code) -> Show:
    """General, or a number in a format for text, with what the code puts around it."""
    pieces = [text if what == "literal" else None for what, text in part.tokens]
    return lambda value: "".join(general(value) if piece is None else piece for piece in pieces)
