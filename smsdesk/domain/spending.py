"""What was spent on a day, and for how many more days a balance lasts. Money is in li."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LOOKED_AT: Final = 7
"""The last whole days of which the average is taken, at most."""

_LEAST: Final = 3
"""Days that must be known for an average to say anything."""


@dataclass(frozen=True, slots=True)
class DaySpent:
    """A day in China."""

    day: date
    fell_li: int | None
    """By how much the balance fell, all falls together; None where it was not yet known then."""
    rose_li: int
    """By how much it rose: top-ups, and what was given back."""
    segments: int
    """Segments of ours that the gateway accepted."""
    sent_li: int | None
    """What these cost at the account's price; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """For how long the balance lasts, and on what that rests."""

    days: int | None
    """Whole days until the balance, or what is left above the limit, is spent; None where nothing was spent."""
    a_day_li: int
    over: int
    """The number of days whose average this is."""
    until_li: int
    """The balance at which it ends."""


def outlook(balance_li: int, spent: Sequence[DaySpent], until_li: int) -> Outlook | None:
    """How long a balance lasts by the last whole days, `spent`, the newest first; None: too little is known."""
    known = [one.fell_li for one in spent[:LOOKED_AT] if one.fell_li is not None]
    if len(known) < _LEAST:
        return None
    total = sum(known)
    days = max(0, (balance_li - until_li) * len(known) // total) if total else None
    return Outlook(days, round(total / len(known)), len(known), until_li)
