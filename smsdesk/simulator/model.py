"""An account of the practice gateway, and how the gateway behaves: plain values that may be changed while it runs."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit


class Edition(StrEnum):
    """Which of the vendor's documents the gateway follows; both are in use."""

    FIRST = "first"
    """`status` is text in some answers and a number in others, no `statis`, no MD5, `size` is ignored."""
    SECOND = "second"
    """The edition of 2021: compact JSON, numbers throughout, MD5, `size`, `statis`, more codes."""


class Abroad(StrEnum):
    """How the gateway writes a number from abroad in answers, reports and replies: no document says."""

    AS_SENT = "as sent"
    PLUS = "plus"
    """`+85261234567`"""
    ZEROS = "zeros"
    """`0085261234567`"""
    DIGITS = "digits"
    """`85261234567`"""

    def written(self, mobile: str) -> str:
        """`mobile` in this way; a mainland number stays as it is."""
        digits = mobile.removeprefix("+").removeprefix("00")
        if self is Abroad.AS_SENT or digits == mobile:
            return mobile
        return {Abroad.PLUS: "+", Abroad.ZEROS: "00", Abroad.DIGITS: ""}[self] + digits


class ChargeType(StrEnum):
    """How an account pays (§3)."""

    PRECHARGE = "PRECHARGE"
    """Paid in advance: without balance a number is refused with result 15."""
    POSTCHARGE = "POSTCHARGE"
    """Paid later: the balance falls below zero."""


@dataclass(slots=True)
class Account:
    """A customer of the practice gateway. Money is in li (1/1000 yuan).

    Raises:
        ValueError: `push_url` is not an `http://` address on this machine.
    """

    account: str = "practice"
    password: str = ""
    """Left empty, `Practice` makes one up from its seed."""
    extno: str = "10690000"
    balance_li: int = 1_000_000
    charge_type: ChargeType = ChargeType.PRECHARGE
    price_li: int = 50
    """Li for one segment."""
    signatures: frozenset[str] | None = None
    """The registered signatures without their brackets, such as `示例商城`; None: not checked."""
    max_batch: int = 500
    """Numbers in one request; more are refused with status 102."""
    max_connections: int | None = None
    """Requests under way at once; more are refused with status 21. None: no limit."""
    disabled: bool = False
    push_url: str | None = None
    """Where reports and replies are POSTed (§6); changed later with `Gateway.set_push`."""
    push_batch: int = 100
    """Items in one push."""
    push_tries: int = 6
    """After so many failed POSTs a push has failed for good, and its items can be pulled."""
    push_wait_s: float = 1.0
    """Seconds from the first failed POST to the second; each further pause is twice as long."""

    def __post_init__(self) -> None:
        check_push_url(self.push_url)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a handset does what, as shares from 0 to 1, and how long it takes, in seconds."""

    failed: float = 0.07
    """Of all messages: the report is not DELIVRD."""
    silent: float = 0.0
    """Of all messages: no report ever comes."""
    interim: float = 0.01
    """Of delivered messages: an ACCEPTD comes before the final report."""
    replied: float = 0.04
    """Of delivered messages: the person answers."""
    opted_out: float = 0.01
    """Of delivered messages: the person answers with an opt-out."""
    report_s: tuple[float, float] = (1.0, 15.0)
    """Least and most seconds from acceptance to the report."""
    reply_s: tuple[float, float] = (3.0, 40.0)
    """Least and most seconds from the report to the reply."""


ALL_DELIVERED = Rates(failed=0, interim=0, replied=0, opted_out=0)
"""Every message arrives and nobody answers."""


@dataclass(slots=True)
class Settings:
    """How the gateway behaves for all accounts."""

    edition: Edition = Edition.SECOND
    speed: float = 1.0
    """How many times faster than life handsets are: 60 makes a minute a second, 0 makes everything due at once."""
    rates: Rates = field(default_factory=Rates)
    specials: bool = True
    """Numbers with special endings behave as `handsets.SPECIAL` says; off: chance alone decides."""
    mo_as_stat: bool = False
    """The quirk of §5's second sample: `mo` items with `flag` 1 and `stat` where `content` should be."""
    abroad: Abroad = Abroad.AS_SENT
    statis_interval_s: float = 0.0
    """Least seconds between two `statis` calls of one account, else status 31; 0: no limit."""


def check_push_url(url: str | None) -> None:
    """Refuse an address that leaves this machine: a practice gateway must never talk to the outside.

    Raises:
        ValueError: it is not `http://` on a loopback address.
    """
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme != "http" or not _is_loopback(parts.hostname or ""):
        raise ValueError(f"A practice gateway pushes to this machine only (http://127.0.0.1:…), not to {url!r}.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
