"""Sections for days and times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from smsdesk.sheets.formats.code import Code
from smsdesk.sheets.formats.numerals import chinese_digits, chinese_number

_LAST_DAY: Final = 2_958_465  # 9999-12-31
_YEARS_OF_1904: Final = 1462  # days between the two first days that a workbook may count from

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


class Moment:
    """A section for days and times."""

    def __init__(self, part: Code, *, from_1904: bool):
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
                chinese_digits(f"{number:0{width}}", self._numerals)
                if what in "ye"
                else chinese_number(str(number), self._numerals)
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
