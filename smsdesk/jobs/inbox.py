"""Looking at what came in: status reports and replies, the last to arrive first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from smsdesk.jobs.desk import Desk
from smsdesk.store import conversations, pages
from smsdesk.store import replies as reply_rows
from smsdesk.store.pages import Filter as Filter
from smsdesk.store.pages import ReplyFilter as ReplyFilter
from smsdesk.store.pages import ReplyRow as ReplyRow
from smsdesk.store.pages import ReportRow as ReportRow

_PAGE = 5_000


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


_R = TypeVar("_R", bound=_HasId)


def reports(desk: Desk, only: Filter, before: int | None = None, limit: int = 200) -> list[ReportRow]:
    """A page of status reports; `before` is the id that the page before ended with."""
    with desk.database.read() as conn:
        return pages.report_rows(conn, only, before, limit)


def replies(desk: Desk, only: Filter, before: int | None = None, limit: int = 200) -> list[ReplyRow]:
    """A page of replies; `before` is the id that the page before ended with."""
    with desk.database.read() as conn:
        return pages.reply_rows(conn, only, before, limit)


def every_report(desk: Desk, only: Filter, limit: int | None = None) -> Iterator[ReportRow]:
    """All status reports, read a page at a time; `limit` None is no limit."""
    return _paged(desk, reports, only, limit)


def every_reply(desk: Desk, only: Filter, limit: int | None = None) -> Iterator[ReplyRow]:
    """All replies, read a page at a time; `limit` None is no limit."""
    return _paged(desk, replies, only, limit)


def _paged(
    desk: Desk, page: Callable[[Desk, Filter, int | None, int], list[_R]], only: Filter, limit: int | None
) -> Iterator[_R]:
    before: int | None = None
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        rows = page(desk, only, before, size)
        yield from rows
        if len(rows) < size:
            return
        before = rows[-1].id
        left = None if left is None else left - size


def mark_read(desk: Desk, reply_ids: Sequence[int]) -> None:
    """A person has seen these replies."""
    with desk.database.write() as conn:
        conversations.mark_replies_read(conn, reply_ids)


def unread(desk: Desk) -> int:
    """How many replies nobody has seen."""
    with desk.database.read() as conn:
        return reply_rows.unread(conn)
