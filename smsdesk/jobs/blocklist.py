"""The blocklist: numbers that get nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from more_itertools import chunked

from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.store import blocklist
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
    """Put numbers (eleven digits) on the blocklist; who is on it keeps the first reason."""
    blocked = total = 0
    for some in chunked(dict.fromkeys(mobiles), _AT_ONCE):
        with desk.database.write() as conn:
            blocked += blocklist.add(conn, some, reason)
        total += len(some)
    return Added(blocked, total - blocked)


def remove(desk: Desk, mobiles: Sequence[str]) -> int:
    """Take numbers off it; returns how many were on it."""
    with desk.database.write() as conn:
        return blocklist.remove(conn, mobiles)
