"""The blocklist: numbers that get nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from more_itertools import chunked

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop
from smsdesk.store import blocklist, messages
from smsdesk.store.blocklist import Blocked

_AT_ONCE = 5_000
"""Numbers a transaction."""

BY_HAND = Words("手工添加", "added by hand")


@dataclass(frozen=True, slots=True)
class Added:
    """How many of the numbers were put on the blocklist, and how many were on it already."""

    blocked: int
    already: int


def every(desk: Desk) -> list[Blocked]:
    """All of it, the newest first."""
    with desk.database.read() as conn:
        return blocklist.every(conn)


def add(desk: Desk, mobiles: Iterable[str], reason: Words = BY_HAND) -> Added:
    """Put numbers (as `domain.mobile` gives them) on the blocklist; who is on it keeps the first reason."""
    blocked = total = 0
    for some in chunked(dict.fromkeys(mobiles), _AT_ONCE):
        with desk.database.write() as conn:
            blocked += blocklist.add(conn, some, reason)
        total += len(some)
    return Added(blocked, total - blocked)


def count_among(desk: Desk, mobiles: Iterable[str], stop: Stop) -> int:
    """How many of these numbers are on it. Raises :class:`~smsdesk.domain.errors.Cancelled` when `stop` is set."""
    count = 0
    for some in chunked(mobiles, _AT_ONCE):
        if stop.is_set():
            raise Cancelled
        with desk.database.read() as conn:
            count += len(messages.blocked_among(conn, some))
    return count


def remove(desk: Desk, mobiles: Sequence[str]) -> int:
    """Take numbers off it; returns how many were on it."""
    with desk.database.write() as conn:
        return blocklist.remove(conn, mobiles)
