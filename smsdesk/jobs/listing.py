"""All of what came in, read a page at a time: for a list on a terminal, or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from smsdesk.jobs import inbox
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.inbox import Filter, ReplyRow, ReportRow

_PAGE = 5_000


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


_R = TypeVar("_R", bound=_HasId)


def reports(desk: Desk, only: Filter, limit: int | None = None) -> Iterator[ReportRow]:
    """Status reports, the last to arrive first; `limit` None is no limit."""
    return _paged(desk, inbox.reports, only, limit)


def replies(desk: Desk, only: Filter, limit: int | None = None) -> Iterator[ReplyRow]:
    """Replies, the last to arrive first; `limit` None is no limit."""
    return _paged(desk, inbox.replies, only, limit)


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
