"""The gateway's own figures of a day (`statis`, later edition) beside ours.

The document does not say whether a gateway counts messages or charged segments: what fits is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smsdesk.domain.inbox import DayFigures

MOST_DAYS = 31
"""The most days that one request may ask about."""


@dataclass(frozen=True, slots=True)
class OurFigures:
    """What was sent from here on a day with one login."""

    accepted: int = 0
    segments: int = 0
    """Of the accepted ones."""
    delivered: int = 0
    failed: int = 0
    in_doubt: int = 0
    """Whether the gateway took these is not known."""

    @property
    def unknown(self) -> int:
        """Accepted, and nothing final is known."""
        return self.accepted - self.delivered - self.failed

    def __add__(self, other: OurFigures) -> OurFigures:
        return OurFigures(*(getattr(self, name) + getattr(other, name) for name in OurFigures.__slots__))


class Agreement(StrEnum):
    """How the gateway's count of a day and ours compare."""

    NOT_TOLD = "not_told"  # the gateway has said nothing of the day
    SAME = "same"
    SAME_SEGMENTS = "same_segments"  # it counts charged segments, and those are the same
    NOT_OVER = "not_over"  # the day was not over when the gateway was asked
    PERHAPS = "perhaps"  # what is in doubt here explains the difference
    OUTCOMES = "outcomes"  # the same total; what became of them differs
    MORE = "more"  # the gateway counts more
    FEWER = "fewer"  # the gateway counts fewer

    @property
    def differs(self) -> bool:
        """Whether a person should look."""
        return self in (Agreement.OUTCOMES, Agreement.MORE, Agreement.FEWER)


@dataclass(frozen=True, slots=True)
class DayCompared:
    """A day in China, as both count it."""

    day: date
    gateway: DayFigures | None
    ours: OurFigures
    is_over: bool = True
    """Whether the day was over when the gateway was asked."""

    @property
    def agreement(self) -> Agreement:
        """How they compare."""
        theirs, ours = self.gateway, self.ours
        if theirs is None:
            return Agreement.NOT_TOLD
        if theirs.total == ours.accepted:
            same = (theirs.success, theirs.fail) == (ours.delivered, ours.failed)
            return Agreement.SAME if same else Agreement.OUTCOMES
        if theirs.total == ours.segments:
            return Agreement.SAME_SEGMENTS
        if not self.is_over:
            return Agreement.NOT_OVER
        if ours.accepted < theirs.total <= ours.accepted + ours.in_doubt:
            return Agreement.PERHAPS
        return Agreement.MORE if theirs.total > ours.accepted else Agreement.FEWER

    @property
    def more(self) -> int:
        """By how many messages the gateway's total is above ours; negative where it is below."""
        return self.gateway.total - self.ours.accepted if self.gateway else 0
