"""The hours of the day, China time, in which people may be written to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from smsdesk.domain.chinatime import in_china
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` (included) to `end` (not included) of every day, China time, whole minutes; never over midnight."""

    start: time
    end: time

    def allow(self, moment: datetime) -> bool:
        """Whether messages may go out at `moment` (any zone)."""
        return self.start <= in_china(moment).time() < self.end

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which they may."""
        if self.allow(moment):
            return moment
        there = in_china(moment)
        day = there.date() if there.time() < self.start else there.date() + timedelta(days=1)
        return datetime.combine(day, self.start, there.tzinfo).astimezone(moment.tzinfo)

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> Hours:
        """`8:00-21:00`, `8-21`.

        Raises:
            InputProblem: it is no such range.
        """
        found = re.fullmatch(r"\s*(\d{1,2})(?::(\d{2}))?\s*[-–~]\s*(\d{1,2})(?::(\d{2}))?\s*", text)
        try:
            if found:
                start = time(int(found[1]), int(found[2] or 0))
                # 24:00 is the last minute: a time of day cannot be written later
                end = time(23, 59) if found[3] == "24" else time(int(found[3]), int(found[4] or 0))
                if start < end:
                    return cls(start, end)
        except ValueError:
            pass
        raise InputProblem(_WRONG.fill(text=text))


_WRONG = Words("时段“{text}”不正确，应写成 8:00-21:00。", "The hours '{text}' are not right; write them as 8:00-21:00.")

MARKETING = Hours(time(8), time(21))
"""When marketing messages may go out, where nothing else is set."""
