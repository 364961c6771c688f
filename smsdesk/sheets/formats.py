"""Number formats: what a spreadsheet shows of a number, from the code of its cell's format.

    NumberFormat('yyyy"年"m"月"d"日"').text(46143.0)     # 2026年5月1日
    NumberFormat("#,##0.00;(#,##0.00)").text(-1234.5)    # (1,234.50)

Pure. Where a format goes by the machine's language, a Chinese one is taken: built-in format 14 is `2026/5/1`.
Blanks that only line cells up (`_)`, `* `) are left out: the text goes into a message, not into a column. And one
thing differs from the screen on purpose: a whole number that reads like a mobile number keeps its digits, whatever
a format makes of it (`1.38E+10`, `13,800,000,000`): those are in the file, and what is called is the number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

_EXACT: Final = 1e15  # up to here every digit of a whole number is in the file
_PRECISE: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_LONGEST_CODE: Final = 1024  # Excel allows 255 characters
_MOST_DECIMALS: Final = 30  # as Excel
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_YEARS_OF_1904: Final = 1462  # days between the two first days that a workbook may count from

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

_Show = Callable[[float], str]


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
        return sign + _trimmed(f"{_rounded(exact, 10 - digits):f}")
    mantissa, exponent = _scientific(exact, 5)
    return f"{sign}{_trimmed(mantissa)}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


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


# ---- taking a code apart


@dataclass(frozen=True, slots=True)
class _Condition:
    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        return {
            "<": value < self.limit,
            "<=": value <= self.limit,
            ">": value > self.limit,
            ">=": value >= self.limit,
            "=": value == self.limit,
            "<>": value != self.limit,
        }[self.sign]

    @property
    def only_negative(self) -> bool:
        return (self.sign == "<" and self.limit <= 0) or (self.sign in ("<=", "=") and self.limit < 0)


@dataclass(frozen=True, slots=True)
class _Section:
    show: _Show
    kind: str  # general, date, number, or text
    condition: _Condition | None = None
    bare: bool = False  # nothing but General or a placeholder for text
    whole: bool = False  # whole numbers come out as their digits

    @property
    def dated(self) -> bool:
        return self.kind == "date"


_GENERAL: Final = _Section(general, "general", bare=True)


@dataclass(slots=True)
class _Code:
    """The tokens of a section: (what, text), and what its brackets said."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: _Condition | None = None
    locale: int = 0
    numerals: int = 0  # of [DBNum1] to [DBNum3]


_TOKEN: Final = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].?)|(?P<blank>[_*].?)|(?P<bracket>\[[^\]]*\]?)|(?P<end>;)
    |(?P<general>General|G/通用格式|常规)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])
    |(?P<date>y+|m+|d+|h+|s+|e+|aaaa?|b+|g+)|(?P<part>\.0+(?=\D|$))|(?P<digit>[0?\#])|(?P<mark>[.,%/@])|(?P<literal>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LIMIT: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)", re.IGNORECASE)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
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
    sections = [_compiled(part, from_1904=from_1904) for part in _parts(code[:_LONGEST_CODE])]
    if len(sections) > 1 and (len(sections) == 4 or sections[-1].kind == "text"):
        sections.pop()  # for text, which is shown as it is
    return tuple(sections[:3]) or (_GENERAL,)


def _parts(code: str) -> Iterator[_Code]:
    part = _Code()
    for match in _TOKEN.finditer(code):
        what, text = match.lastgroup or "", match.group()
        if what == "end":
            yield part
            part = _Code()
        elif what == "bracket":
            _bracket(part, text[1:].rstrip("]"))
        elif what in ("quoted", "escaped", "literal"):
            part.tokens.append(("literal", _literal(what, text)))
        elif what == "date":
            part.tokens.append((text[0].lower(), text))
        elif what != "blank":
            part.tokens.append((what, text))
    yield part


def _literal(what: str, text: str) -> str:
    return {"quoted": text.strip('"'), "escaped": text[1:]}.get(what, text)


def _bracket(part: _Code, inside: str) -> None:
    if limit := _LIMIT.fullmatch(inside):
        part.condition = _Condition(limit[1], float(limit[2]))
    elif inside.startswith("$"):
        sign, _, place = inside[1:].partition("-")
        part.tokens.append(("literal", sign))
        part.locale = _locale(place)
    elif _ELAPSED.fullmatch(inside):
        part.tokens.append(("elapsed", inside.lower()))
    elif inside.lower() in ("dbnum1", "dbnum2", "dbnum3"):
        part.numerals = int(inside[-1])


def _locale(place: str) -> int:
    """The language of a mark such as `[$-804]`, as Windows numbers it; 0 when it says none."""
    if place.lower().startswith("zh-tw"):
        return 0x404
    if place.lower().startswith("zh"):
        return 0x804
    try:
        return int(place or "0", 16) & 0xFFFF
    except ValueError:
        return 0


def _compiled(part: _Code, *, from_1904: bool) -> _Section:
    kinds = {what for what, _ in part.tokens}
    if kinds & {*"ymdhsea", "half", "elapsed"}:
        return _Section(_Moment(part, from_1904=from_1904).show, "date", part.condition)
    if "general" in kinds or ("mark", "@") in part.tokens:
        bare = all(what != "literal" for what, _ in part.tokens) and not part.numerals
        kind = "general" if "general" in kinds else "text"
        return _Section(_with_numerals(part, _around(part)), kind, part.condition, bare=bare)
    number = _Number(part)
    show = _with_numerals(part, number.show)
    whole = number.is_whole and not part.numerals and part.condition is None
    return _Section(show, "number", part.condition, whole=whole)


def _around(part: _Code) -> _Show:
    """General, or a number in a format for text, with what the code puts around it."""
    pieces = [text if what == "literal" else None for what, text in part.tokens]
    return lambda value: "".join(general(value) if piece is None else piece for piece in pieces)


# ---- numbers


class _Number:
    """A section for numbers: digits with literals before, between and behind them."""

    def __init__(self, part: _Code):
        self._tokens = [(what if what != "mark" else text, text) for what, text in part.tokens]
        places = [i for i, (what, _) in enumerate(self._tokens) if what == "digit"]
        self._scale = Decimal(100) ** sum(what == "%" for what, _ in self._tokens)
        self._grouped = False
        if places:
            self._take_commas(places)
        self._fraction = next((i for i, (what, _) in enumerate(self._tokens) if what == "/"), None)
        self._exponent = next((i for i, (what, _) in enumerate(self._tokens) if what == "exponent"), None)
        self._point = next((i for i, (what, _) in enumerate(self._tokens) if what in (".", "part")), None)
        self._spread()
        end = self._exponent if self._exponent is not None else len(self._tokens)
        point = self._point if self._point is not None else end
        self._whole = [i for i, (what, _) in enumerate(self._tokens[:point]) if what == "digit"]
        self._decimals = [i for i, (what, _) in enumerate(self._tokens[:end]) if what == "digit" and i > point]
        if len(self._decimals) > _MOST_DECIMALS:
            self._decimals = self._decimals[:_MOST_DECIMALS]
        if self._fraction is not None and self._whole:
            self.show: _Show = self._show_fraction
        elif self._exponent is not None and self._whole:
            self.show = self._show_scientific
        else:
            self.show = self._quick() or self._show_fixed

    @property
    def is_whole(self) -> bool:
        """Whether it is `0` alone, perhaps with blanks, so that whole numbers are shown as their digits."""
        return [text for what, text in self._tokens if what != "literal" or text.strip()] == ["0"]

    def _take_commas(self, places: list[int]) -> None:
        """Commas between digits group them, commas behind the last digit before the point divide by a thousand."""
        point = next((i for i, (what, _) in enumerate(self._tokens) if what in (".", "part")), len(self._tokens))
        before = [i for i in places if i < point]
        last = before[-1] if before else -1
        for i, (what, _) in enumerate(self._tokens):
            if what != ",":
                continue
            if before and before[0] < i < last:
                self._grouped = True
            elif i > places[-1] or (last >= 0 and all(w in (",", "literal") for w, _ in self._tokens[last + 1 : i])):
                self._scale /= 1000
        self._tokens = [token for token in self._tokens if token[0] != ","]

    def _spread(self) -> None:
        """`.00` came as one token, since behind seconds it is another thing; here it is a point and digits."""
        if self._point is not None and self._tokens[self._point][0] == "part":
            digits = [("digit", "0")] * (len(self._tokens[self._point][1]) - 1)
            self._tokens[self._point : self._point + 1] = [(".", "."), *digits]
            for name in ("_exponent", "_fraction"):
                at = getattr(self, name)
                if at is not None and at > self._point:
                    setattr(self, name, at + len(digits))

    def _quick(self) -> _Show | None:
        """`#,##0.00` and its like by the interpreter's own formatting; None for other shapes and where it may err."""
        shape = "".join(text if what in ("digit", ".") else "x" for what, text in self._tokens)
        match = re.fullmatch(r"x*#*0(?:\.(0{1,4}))?x*", shape)
        if match is None or (self._scale != 1 and self._scale != 100):
            return None
        before = "".join(text for what, text in self._tokens[: self._whole[0]] if what != "digit")
        last = (self._decimals or self._whole)[-1]
        after = "".join(text for what, text in self._tokens[last + 1 :])
        decimals = len(match[1] or "")
        pattern = f"{before.replace('{', '{{').replace('}', '}}')}{{:{',' if self._grouped else ''}.{decimals}f}}"
        show, scale = (pattern + after.replace("{", "{{").replace("}", "}}")).format, float(self._scale)
        slow = self._show_fixed

        def quick(value: float) -> str:
            # A spreadsheet rounds what the fifteen digits say, and halves up: 2.675, stored a little lower, is 2.68.
            return show(value * scale * (1 + 1e-15)) if value < 1e8 else slow(value)

        return quick

    def _show_fixed(self, value: float) -> str:
        exact = _rounded(_PRECISE.multiply(Decimal(f"{value:.15g}"), self._scale), len(self._decimals))
        whole, _, decimals = f"{exact:f}".partition(".")
        return self._put(whole, decimals, range(len(self._tokens)))

    def _put(self, whole: str, decimals: str, among: range) -> str:
        """The digits in their places, and the literals between them."""
        shown = self._whole_digits("" if whole == "0" else whole)
        kept = len(decimals.rstrip("0"))
        for n, i in enumerate(self._decimals):
            sign = self._tokens[i][1]
            shown[i] = decimals[n] if n < kept or sign == "0" else " " if sign == "?" else ""
        return "".join(shown.get(i, self._tokens[i][1] if self._tokens[i][0] != "digit" else "") for i in among)

    def _whole_digits(self, digits: str) -> dict[int, str]:
        shown: dict[int, str] = {}
        from_right = 0
        for place in reversed(self._whole):
            is_first = place == self._whole[0]
            taken = digits if is_first else digits[-1:]
            digits = "" if is_first else digits[:-1]
            if not taken and self._tokens[place][1] != "#":
                taken = "0" if self._tokens[place][1] == "0" else " "
            text = ""
            for digit in reversed(taken):
                comma = "," if self._grouped and from_right and from_right % 3 == 0 and digit != " " else ""
                text = digit + comma + text
                from_right += 1
            shown[place] = text
        return shown

    def _show_scientific(self, value: float) -> str:
        at = self._exponent
        assert at is not None  # noqa: S101 - chosen by it
        exact = _PRECISE.multiply(Decimal(f"{value:.15g}"), self._scale)
        mantissa, exponent = _scientific(exact, len(self._decimals), len(self._whole))
        whole, _, decimals = mantissa.partition(".")
        digits = [i for i in range(at + 1, len(self._tokens)) if self._tokens[i][0] == "digit"]
        sign = "-" if exponent < 0 else "+" if "+" in self._tokens[at][1] else ""
        power = f"{abs(exponent):0{sum(self._tokens[i][1] == '0' for i in digits)}}"
        tail = "".join(text for what, text in self._tokens[at + 1 :] if what != "digit")
        return f"{self._put(whole, decimals, range(at))}E{sign}{power}{tail}"

    def _show_fraction(self, value: float) -> str:
        at = self._fraction
        assert at is not None  # noqa: S101 - chosen by it
        exact = Fraction(f"{value:.15g}") * Fraction(self._scale)
        above, start = 0, at
        while start and self._tokens[start - 1][0] == "digit":
            start, above = start - 1, above + 1
        end = at + 1
        while end < len(self._tokens) and re.fullmatch(r"[0-9?#]", self._tokens[end][1]):
            end += 1
        below = "".join(text for _, text in self._tokens[at + 1 : end])
        mixed = any(i < start for i in self._whole)
        whole = int(exact) if mixed else 0
        part = _nearest(exact - whole, below)
        if mixed and part[0] == part[1]:
            whole, part = whole + 1, (0, part[1])
        tail = "".join(text for what, text in self._tokens[end:] if what != "digit")
        head = "".join(text for what, text in self._tokens[:start] if what != "digit" and text.strip())
        if mixed and part[0] == 0:
            return f"{head}{whole}{tail}"
        lead = f"{whole} " if whole else ""
        if "?" in below:
            above_width = above if whole else 0
            return f"{head}{lead}{part[0]:>{above_width}}/{part[1]:<{len(below)}}{tail}"
        return f"{head}{lead}{part[0]}/{part[1]}{tail}"


def _nearest(part: Fraction, below: str) -> tuple[int, int]:
    """Numerator and denominator nearest to a part of one; `below` is the code's denominator: `??`, or a number."""
    if below.strip("0?#"):
        denominator = int(re.sub(r"\D", "0", below))
        return int(part * denominator + Fraction(1, 2)), denominator
    near = part.limit_denominator(10 ** min(max(len(below), 1), 7) - 1)
    return near.numerator, near.denominator


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), context=_PRECISE)


def _scientific(value: Decimal, decimals: int, width: int = 1) -> tuple[str, int]:
    """Mantissa and exponent; the exponent is a multiple of `width`, as `##0.0E+0` wants it."""
    if not value:
        return f"{_rounded(value, decimals):f}", 0
    exponent = value.adjusted() // width * width
    mantissa = _rounded(value.scaleb(-exponent, _PRECISE), decimals)
    if mantissa >= 10**width:
        exponent += width
        mantissa = _rounded(value.scaleb(-exponent, _PRECISE), decimals)
    return f"{mantissa:f}", exponent


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


# ---- days and times

_DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_DAYS_ZH: Final = "日一二三四五六"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS_ZH: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass(frozen=True, slots=True)
class _Time:
    """A serial number taken apart. `seconds` since its day began, `total` with all days, `part` of a second."""

    year: int
    month: int
    day: int
    weekday: int  # 0 is Sunday
    seconds: int
    total: int
    part: int


class _Moment:
    """A section for days and times."""

    def __init__(self, part: _Code, *, from_1904: bool):
        self._from_1904 = from_1904
        self._numerals = part.numerals
        self._chinese = part.locale & 0x3FF == 4
        self._taiwan = part.locale == 0x404
        self._half = any(what == "half" for what, _ in part.tokens)
        self._tokens = _minutes(part.tokens)
        self._part = max((len(text) - 1 for what, text in self._tokens if what == "part"), default=0)
        self._part = min(self._part, 3)
        self._is_elapsed = any(what == "elapsed" for what, _ in self._tokens)

    def show(self, value: float) -> str:
        """The text for a serial number; ValueError for one that is no day."""
        if value < 0 and self._is_elapsed:
            return "-" + self._shown(-value)
        if value < 0 or value >= _LAST_DAY + 1 or value != value:
            raise ValueError(value)
        return self._shown(value)

    def _shown(self, value: float) -> str:
        time = self._taken_apart(value)
        return "".join(self._token(what, text, time) for what, text in self._tokens)

    def _taken_apart(self, value: float) -> _Time:
        # Times are fractions of a day: 08:30 may be stored as 08:29:59.9999999.
        unit: int = 10**self._part
        days, ticks = divmod(round(value * 86_400 * unit), 86_400 * unit)
        seconds, part = divmod(ticks, unit)
        day = days + (_YEARS_OF_1904 if self._from_1904 else 0)
        year, month, number = _calendar(day)
        return _Time(year, month, number, (day - 1) % 7, seconds, days * 86_400 + seconds, part)

    def _token(self, what: str, text: str, time: _Time) -> str:
        if what in ("literal", "mark", "digit", "exponent", "general"):
            return text
        if what == "part":
            return f".{time.part:0{self._part}}".ljust(len(text), "0")
        if what == "half":
            return self._halves(text)[time.seconds >= 43_200]
        if what == "elapsed":
            return f"{time.total // {'h': 3600, 'm': 60, 's': 1}[text[0]]:0{len(text)}}"
        named = self._named(what, text, time)
        if named is not None:
            return named
        number, width = self._value(what, text, time)
        if self._numerals:
            return (
                _chinese_digits(f"{number:0{width}}", self._numerals)
                if what in "ye"
                else _chinese_number(str(number), self._numerals)
            )
        return f"{number:0{width}}"

    def _value(self, what: str, text: str, time: _Time) -> tuple[int, int]:
        """The number that a token shows, and its least width."""
        two = min(len(text), 2)
        if what == "m":
            return time.month, two
        if what == "d":
            return time.day, two
        if what == "h":
            hour = time.seconds // 3600
            return ((hour + 11) % 12 + 1 if self._half else hour), two
        if what == "minute":
            return time.seconds // 60 % 60, two
        if what == "s":
            return time.seconds % 60, two
        return self._year(what, text, time.year)

    def _year(self, what: str, text: str, year: int) -> tuple[int, int]:
        """The same for a year: of our count, of the era, or of the Buddhists' count."""
        if what == "e":
            return (year - 1911, 1) if self._taiwan else (year, 4)
        if what == "b":
            year += 543
        return (year % 100, 2) if len(text) < 3 else (year, 4)

    def _named(self, what: str, text: str, time: _Time) -> str | None:
        """The names of months and days; None for a token that shows a number."""
        if what == "m" and len(text) > 2:
            if len(text) == 5:
                return _MONTHS[time.month - 1][0]
            if self._chinese:
                return f"{_MONTHS_ZH[time.month - 1] if len(text) == 4 else time.month}月"
            return _MONTHS[time.month - 1][: 3 if len(text) == 3 else None]
        if what == "a" or (what == "d" and len(text) > 2 and self._chinese):
            return ("星期" if len(text) > 3 else "周" if what == "d" else "") + _DAYS_ZH[time.weekday]
        if what == "d" and len(text) > 2:
            return _DAYS[time.weekday][: 3 if len(text) == 3 else None]
        return "" if what == "g" else None

    def _halves(self, text: str) -> tuple[str, str]:
        if text == "上午/下午" or (self._chinese and len(text) > 3):
            return "上午", "下午"
        first, _, second = text.partition("/")
        return first, second


def _minutes(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`m` behind hours or before seconds is minutes, `.00` behind seconds parts of one, elsewhere a literal."""
    times = [i for i, (what, _) in enumerate(tokens) if what in (*"ymdhsea", "elapsed")]
    out = list(tokens)
    for n, i in enumerate(times):
        what, text = tokens[i]
        before = tokens[times[n - 1]] if n else ("", "")
        after = tokens[times[n + 1]] if n + 1 < len(times) else ("", "")
        if what == "m" and len(text) < 3 and (_is(before, "h") or _is(after, "s")):
            out[i] = ("minute", text)
    for i, (what, text) in enumerate(tokens):
        if what == "part" and not (i and _is(tokens[i - 1], "s")):
            out[i] = ("literal", text)
    return out


def _is(token: tuple[str, str], unit: str) -> bool:
    what, text = token
    return what == unit or (what == "elapsed" and text[0] == unit)


@lru_cache(maxsize=1 << 14)
def _calendar(day: int) -> tuple[int, int, int]:
    """Year, month and day of a serial number; there is a 1900-01-00 and, by an old mistake kept, a 1900-02-29."""
    if day == 0:
        return 1900, 1, 0
    if day == 60:
        return 1900, 2, 29
    date = dt.date(1899, 12, 30) + dt.timedelta(day + (day < 60))
    return date.year, date.month, date.day


# ---- Chinese numerals, of [DBNum1] (一), [DBNum2] (壹) and [DBNum3] (full-width digits)

_DIGITS: Final = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_TENS: Final = (("", "十", "百", "千"), ("", "拾", "佰", "仟"), ("", "十", "百", "千"))
_MYRIADS: Final = ("", "万", "亿", "万亿")


def _with_numerals(part: _Code, show: _Show) -> _Show:
    if not part.numerals:
        return show
    kind = part.numerals
    if any(what in ("digit", "mark") for what, _ in part.tokens):
        return lambda value: _chinese_digits(show(value), kind)
    return lambda value: re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda match: _chinese_number(match[0], kind), show(value))


def _chinese_digits(text: str, kind: int) -> str:
    return text.translate(str.maketrans("0123456789", _DIGITS[kind - 1]))


def _chinese_number(text: str, kind: int) -> str:
    """`2026` is 二千〇二十六; `12` is 十二."""
    whole, _, decimals = text.partition(".")
    digits, tens = _DIGITS[kind - 1], _TENS[kind - 1]
    if kind == 3 or len(whole) > 16:
        return _chinese_digits(text, kind)
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
    return out + (f".{_chinese_digits(decimals, kind)}" if decimals else "")
