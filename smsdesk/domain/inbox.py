"""What comes back from the gateway: receipts, status reports, replies, balances, daily figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from smsdesk.domain.message import Delivery


class ChargeType(StrEnum):
    """When an account is paid (§3)."""

    PRECHARGE = "PRECHARGE"  # in advance
    POSTCHARGE = "POSTCHARGE"  # later; its balance may be negative


class Receipt(NamedTuple):
    """What the gateway says of one number of a request (§1, §2)."""

    mobile: str
    mid: str
    """The message's id, upper case."""
    result: int
    """0, or a RESULT code."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """An accepted request: its receipts in the gateway's order, and the balance after it."""

    balance_li: int | None
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account holds (§3), in li; negative on a POSTCHARGE account that owes."""

    balance_li: int
    charge_type: ChargeType | None


class Report(NamedTuple):
    """A status report (§4)."""

    mid: str
    mobile: str
    stat: str
    """As it came, stripped."""
    delivery: Delivery
    """What `stat` says of the message."""
    access_code: str
    reported_at: datetime | None
    """UTC; None where the gateway's time could not be read."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message from a handset (§5)."""

    mid: str
    mobile: str
    content: str
    access_code: str
    received_at: datetime | None
    """UTC, when the gateway received it."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The gateway's own count of one day (`statis`, later edition)."""

    day: date
    total: int
    success: int
    unknown: int
    fail: int
    success_percent: float


@dataclass(frozen=True, slots=True)
class Came:
    """What an answer brought: new items only. `matched` + `unmatched` = `reports`."""

    reports: int = 0
    replies: int = 0
    matched: int = 0
    opted_out: int = 0

    @property
    def unmatched(self) -> int:
        """Reports of which no message is known (yet)."""
        return self.reports - self.matched

    def __add__(self, other: Came) -> Came:
        return Came(
            self.reports + other.reports,
            self.replies + other.replies,
            self.matched + other.matched,
            self.opted_out + other.opted_out,
        )
