"""What the gateway took, refused and handed out, so that tests can compare number by number."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple


class Accepted(NamedTuple):
    """A message that the gateway took: result 0. `accepted_at` is seconds since 1970 UTC."""

    mid: str
    mobile: str
    content: str
    extno: str
    segments: int
    accepted_at: float
    account: str


class Refused(NamedTuple):
    """A number that was refused inside an accepted request. `refused_at` is seconds since 1970 UTC."""

    mobile: str
    content: str
    result: int
    refused_at: float
    account: str


class HandedOut(NamedTuple):
    """A report (`flag` 1, `text` is its STAT) or a reply (`flag` 0) that left the gateway by `report`, `mo` or `push`.

    `again` marks one that a fault handed out although it had been, or will be, handed out. `at` is seconds since 1970.
    """

    flag: int
    mid: str
    mobile: str
    text: str
    by: str
    again: bool
    at: float
    account: str


class Ledger:
    """Everything in the order in which it happened; only ever added to."""

    def __init__(self) -> None:
        self.accepted: list[Accepted] = []
        self.refused: list[Refused] = []
        self.refused_requests: Counter[int] = Counter()
        """Requests refused whole, by STATUS."""
        self.handed_out: list[HandedOut] = []

    def times_accepted(self) -> Counter[str]:
        """How often each number was accepted."""
        return Counter(message.mobile for message in self.accepted)

    def sent_twice(self) -> dict[tuple[str, str], int]:
        """`(mobile, content)` pairs that were accepted more than once, with how often: what must never happen."""
        pairs = Counter((message.mobile, message.content) for message in self.accepted)
        return {pair: times for pair, times in pairs.items() if times > 1}

    def counts(self) -> dict[str, Any]:
        """The sums, as JSON."""
        return {
            "accepted": len(self.accepted),
            "refused": len(self.refused),
            "refused_requests": {str(status): times for status, times in sorted(self.refused_requests.items())},
            "handed_out": len(self.handed_out),
            "sent_twice": len(self.sent_twice()),
        }

    def entries(self) -> dict[str, list[Any]]:
        """A copy of the three lists, by name."""
        return {
            "accepted": list(self.accepted),
            "refused": list(self.refused),
            "handed_out": list(self.handed_out),
        }
