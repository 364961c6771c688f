"""Messages as a person wants to see them: gone through once for their ids, which are kept in a file, then read by page.

So a list of 10,000,000 takes no more memory than one of 100, and its last page comes as quickly as its first.
"""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from smsdesk.domain.errors import Cancelled
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.store import listing as rows_of
from smsdesk.store.listing import By as By
from smsdesk.store.listing import Order as Order
from smsdesk.store.listing import Wanted as Wanted
from smsdesk.store.pages import MessageRow as MessageRow

_EIGHT: Final = 8
"""Bytes of an id."""

_PAGE: Final = 5_000


class Listing:
    """The ids of the messages wanted, in order. Grows while they are gone through; read from another thread."""

    def __init__(self, wanted: Wanted, order: Order):
        self.wanted, self.order = wanted, order
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the listing
        weakref.finalize(self, self._file.close)
        self._lock = Lock()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, ids: Sequence[int]) -> None:
        """Further ids, behind those that are there."""
        with self._lock:
            self._file.seek(0, 2)
            self._file.write(array("q", ids))
            self._count += len(ids)

    def ids(self, first: int, count: int) -> Sequence[int]:
        """The ids at some places; fewer at the end."""
        with self._lock:
            self._file.seek(first * _EIGHT)
            return array("q", self._file.read(min(count, max(0, self._count - first)) * _EIGHT))


@dataclass(frozen=True, slots=True)
class Found:
    """News: so many messages are in the listing by now."""

    listing: Listing
    share: float | None
    """How far the search is: 0 to 1, None where nobody can tell."""


def make(desk: Desk, wanted: Wanted, order: Order, stop: Stop, tell: Tell) -> Listing:
    """Go through the store for the messages wanted. Tells :class:`Found`, first with what fills a screen.

    Raises:
        Cancelled: `stop` was set.
    """
    listing = Listing(wanted, order)
    with desk.database.read() as conn:
        for some in rows_of.ids(conn, wanted, order, stop):
            listing.add(some.ids)
            tell(Found(listing, some.share))
    if stop.is_set():
        raise Cancelled
    return listing


def page(desk: Desk, listing: Listing, first: int, count: int) -> list[MessageRow | None]:
    """The messages at some places of the list, as they are now; None for one that is gone."""
    with desk.database.read() as conn:
        return rows_of.rows(conn, listing.ids(first, count))


def rows(desk: Desk, listing: Listing) -> Iterator[MessageRow]:
    """All messages of the list, read a page at a time."""
    for first in range(0, len(listing), _PAGE):
        yield from (row for row in page(desk, listing, first, _PAGE) if row is not None)
