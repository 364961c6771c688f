"""The values of cells as the text that the spreadsheet shows, column by column: columns of one kind go fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Final

from smsdesk.sheets.blocks import CELL_SEPARATOR, join
from smsdesk.sheets.formats import NumberFormat, general

_EXACT: Final = 1e15  # up to here a spreadsheet shows every digit of a whole number
_SHORT: Final = 11  # characters: General shows as much of a number without rounding it
_REMEMBERED: Final = 1 << 16  # values a format remembers the text of
NO_FORMAT: Final = 0  # a cell's number among the formats when it has none that changes its text
_FIRST_DAY: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
_LEAP_DAY: Final = 60  # the 1900-02-29 that there never was: before it, serial numbers are a day behind
_DAY: Final = dt.timedelta(days=1)
_YEARS_OF_1904: Final = 1462  # days


def column_text(
    cells: Sequence[Any], styles: Sequence[int] | None = None, formats: Sequence[CellFormat | None] = ()
) -> str:
    """The cells of a column as text, joined. `styles` has the place of each one's format among `formats`."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return join(cells)
    used = [formats[style] for style in set(styles[: len(cells)])] if styles is not None else [None]
    if kinds == {float} and all(shown is None or shown.whole for shown in used) and _are_whole(cells):
        return CELL_SEPARATOR.join(map(str, map(int, cells)))
    if kinds == {float} and used == [None] and (text := _short(cells)):
        return text
    if styles is None or used == [None]:
        return join([cell if type(cell) is str else _TEXT.get(type(cell), str)(cell) for cell in cells])
    only = used[0] if len(used) == 1 and bool not in kinds else None
    if only is not None:
        return join([cell if type(cell) is str else only[cell] for cell in cells])
    return join([_shown(cell, formats[style]) for cell, style in zip(cells, styles, strict=False)])


def _are_whole(cells: Sequence[float]) -> bool:
    return all(map(float.is_integer, cells)) and -_EXACT < min(cells) <= max(cells) < _EXACT


def _short(cells: Sequence[float]) -> str:
    """The cells as General shows them when all are short: the way through C. Blank when one is not."""
    text = CELL_SEPARATOR.join(["%.15g"] * len(cells)) % tuple(cells)
    odd = "e" in text or "n" in text or "-0" in text  # an exponent, no number, minus nothing
    return "" if odd or max(map(len, text.split(CELL_SEPARATOR))) > _SHORT else text


class CellFormat(dict[Any, str]):
    """A number format for what calamine gives: the texts of values, made when first asked for, then remembered."""

    def __init__(self, shown: NumberFormat, *, from_1904: bool):
        super().__init__()
        self.whole = shown.whole
        self.dated = shown.dated
        self._shown = shown
        self._from_1904 = from_1904

    def __missing__(self, cell: Any) -> str:
        text = self._shown.text(cell if type(cell) is float else serial(cell, from_1904=self._from_1904))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = text
        return text


def _shown(cell: Any, shown: CellFormat | None) -> str:
    if shown is None or type(cell) in (str, bool):  # True would be taken for 1
        return _TEXT.get(type(cell), str)(cell)
    return shown[cell]


def serial(value: Any, *, from_1904: bool) -> float:
    """The number behind what calamine gives as a date or time; a day is 1."""
    if isinstance(value, dt.timedelta):
        return value / _DAY
    if isinstance(value, dt.time):
        return dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second).total_seconds() / 86_400 + (
            value.microsecond / 86_400e6
        )
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
        days = (moment - _FIRST_DAY) / _DAY
        if from_1904:
            return days - _YEARS_OF_1904
        return days if days > _LEAP_DAY else days - 1
    return float(value)


def _date_time(value: dt.datetime) -> str:
    # Times are fractions of a day there: 08:30 may come out as 08:29:59.999999.
    return (value + dt.timedelta(microseconds=500_000)).isoformat(" ", "seconds")


def _time(value: dt.time) -> str:
    seconds = value.hour * 3600 + value.minute * 60 + value.second + (value.microsecond >= 500_000)
    return _duration(dt.timedelta(seconds=seconds))


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


# Values whose format is not known.
_TEXT: Final[dict[type, Callable[[Any], str]]] = {
    int: str,
    float: general,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.date: dt.date.isoformat,
    dt.datetime: _date_time,
    dt.time: _time,
    dt.timedelta: _duration,
}
