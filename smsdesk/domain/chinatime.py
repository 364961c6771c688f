"""Times. Inside the program a time is UTC; the gateway speaks China Standard Time without saying so (§4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time: UTC+8 all year."""


def now() -> datetime:
    """This moment in UTC, to the millisecond: what the store keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@lru_cache(maxsize=4096)  # the reports of an answer share a few seconds, and reading one costs more than all else
def from_gateway(text: str) -> datetime | None:
    """`YYYY-MM-DD HH:MM:SS` of the gateway (China time) in UTC; None where it is no such time.

    A fraction of the second is left out: an item that is pushed with one and pulled without is one item.
    """
    try:
        whole = _FRACTION.sub("", text.strip())
        return datetime.strptime(whole, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).astimezone(UTC)
    except (ValueError, OverflowError):  # 0001-01-01 is a way to write 'no time', and in UTC it is not there
        return None


_FRACTION = re.compile(r"(?<=:[0-9]{2})[.,][0-9]+$")


def day_begin(moment: datetime) -> datetime:
    """When the day of `moment` began in China, in UTC."""
    return in_china(moment).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def written(moment: datetime | None) -> str:
    """`moment` as people read it, in China time: 2026-05-01 13:45:07; empty where there is none."""
    return "" if moment is None else f"{in_china(moment):%Y-%m-%d %H:%M:%S}"


def in_china(moment: datetime) -> datetime:
    """`moment` (any zone) as China time, for showing to people."""
    return moment.astimezone(CHINA)
