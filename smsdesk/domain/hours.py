"""The hours of the day, China time, in which people may be written to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsdesk.domain.chinatime import in_china
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` (included) to `end` (not included) of every day, China time, in minutes of the day.

    0 <= start < end <= 1440: never over midnight.
    """

    start: int
    end: int

    def allow(self, moment: datetime) -> bool:
        """Whether messages may go out at `moment` (any zone)."""
        return self.start <= _minute(moment) < self.end

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which they may."""
        if self.allow(moment):
            return moment
        there = in_china(moment)
        midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
        days = 0 if _minute(moment) < self.start else 1
        return (midnight + timedelta(days=days, minutes=self.start)).astimezone(moment.tzinfo)

    def __str__(self) -> str:
        return "{:02d}:{:02d}-{:02d}:{:02d}".format(*divmod(self.start, 60), *divmod(self.end, 60))

    @classmethod
    def parse(cls, text: str) -> Hours:
        """`8:00-21:00`, `8-21`, `0-24`.

        Raises:
            InputProblem: it is no such range.
        """
        found = re.fullmatch(r"\s*(\d{1,2})(?::([0-5]\d))?\s*[-–~]\s*(\d{1,2})(?::([0-5]\d))?\s*", text)
        if found:
            start = 60 * int(found[1]) + int(found[2] or 0)
            end = 60 * int(found[3]) + int(found[4] or 0)
            if start < end <= _DAY:
                return cls(start, end)
        raise InputProblem(_WRONG.fill(text=text))


_DAY = 24 * 60


def _minute(moment: datetime) -> int:
    there = in_china(moment)
    return 60 * there.hour + there.minute


_WRONG = Words("时段“{text}”不正确，应写成 8:00-21:00。", "The hours '{text}' are not right; write them as 8:00-21:00.")

MARKETING = Hours(8 * 60, 21 * 60)
"""When marketing messages may go out, where nothing else is set."""
