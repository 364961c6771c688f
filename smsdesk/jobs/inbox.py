"""Looking at what came in: status reports and replies, the last to arrive first."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.jobs.desk import Desk
from smsdesk.store import inbox, pages
from smsdesk.store.pages import Filter as Filter
from smsdesk.store.pages import ReplyRow as ReplyRow
from smsdesk.store.pages import ReportRow as ReportRow


def reports(desk: Desk, only: Filter, before: int | None = None, limit: int = 200) -> list[ReportRow]:
    """A page of status reports; `before` is the id that the page before ended with."""
    with desk.database.read() as conn:
        return pages.report_rows(conn, only, before, limit)


def replies(desk: Desk, only: Filter, before: int | None = None, limit: int = 200) -> list[ReplyRow]:
    """A page of replies; `before` is the id that the page before ended with."""
    with desk.database.read() as conn:
        return pages.reply_rows(conn, only, before, limit)


def mark_read(desk: Desk, reply_ids: Sequence[int]) -> None:
    """A person has seen these replies."""
    with desk.database.write() as conn:
        inbox.mark_read(conn, reply_ids)


def unread(desk: Desk) -> int:
    """How many replies nobody has seen."""
    with desk.database.read() as conn:
        return inbox.unread(conn)
