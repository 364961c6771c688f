"""Messages as a person wants to see them: which, and in what order. Their ids first, their rows a page at a time.

A list of 10,000,000 is gone through once, for its ids alone; after that every page costs what the first one does,
whatever the order. An order that an index has gives its first ids at once.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import Event
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select

from smsdesk.domain.message import Delivery, State, Status
from smsdesk.store.pages import MESSAGES, MessageRow, of_mobile
from smsdesk.store.schema import campaigns, in_delivery, in_state, messages
from smsdesk.store.statements import among, column_of, interruptible, listed

FIRST: Final = 200
"""Ids that come first, so that there is something to see."""

_AT_ONCE: Final = 20_000
"""Ids that come together afterwards."""

_STRETCHES: Final = 100
"""Into so many a search through all messages is divided."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages; every limit that is given holds."""

    campaign_id: int | None = None
    status: Status | None = None
    stat: str = ""
    """The beginning of the status report's code; digits alone are a result of the gateway too."""
    mobile: str = ""
    """The number's beginning."""
    text: str = ""
    """A part of the text that was sent."""
    since: datetime | None = None
    """Submitted at this moment or later."""
    until: datetime | None = None
    """Submitted before this moment."""


class By(StrEnum):
    """What a list is sorted by."""

    PLANNED = "planned"
    MOBILE = "mobile"
    STATUS = "status"
    STAT = "stat"
    CAMPAIGN = "campaign"
    SEGMENTS = "segments"
    TEXT = "text"
    SUBMITTED = "submitted"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list. What is the same stands in the order of planning."""

    by: By = By.PLANNED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Some:
    """Ids that follow those before, and how far the search is then: 0 to 1, None where nobody can tell."""

    ids: Sequence[int]
    share: float | None


def ids(conn: Connection, wanted: Wanted, order: Order, stop: Event) -> Generator[Some]:
    """The ids of the messages wanted, in order; a few at first, then many at a time. Ends early when `stop` is set."""
    query = _limited(select(messages.c.id), wanted).order_by(*_order(order))
    if order.by in (By.CAMPAIGN, By.TEXT):
        query = query.join(campaigns, campaigns.c.id == messages.c.campaign_id)
    going = (
        _by_stretches(conn, query, wanted, order) if _is_gone_through(wanted, order) else _by_count(conn, query, wanted)
    )
    with interruptible(conn, stop), closing(going):
        for some in going:
            yield some
            if stop.is_set():
                return


def _by_count(conn: Connection, query: Select[Any], wanted: Wanted) -> Generator[Some]:
    """All in one; how many there will be is taken from the campaigns, as far as they know it."""
    total, count = _total(conn, wanted), 0
    with closing(column_of(conn, query, FIRST, _AT_ONCE)) as found:
        for some in found:
            count += len(some)
            yield Some(some, min(count / total, 1.0) if total else None)


def _by_stretches(conn: Connection, query: Select[Any], wanted: Wanted, order: Order) -> Generator[Some]:
    """A stretch of all messages after another, so that it shows how far the search is where there is little to find."""
    ends = [select(func.min(messages.c.id)), select(func.max(messages.c.id))]
    if wanted.campaign_id is not None:
        ends = [end.where(messages.c.campaign_id == wanted.campaign_id) for end in ends]
    first, last = (conn.execute(end).scalar_one() or 0 for end in ends)
    step = max((last - first) // _STRETCHES, _AT_ONCE)
    begins = range(first, last + 1, step)
    for number, begin in enumerate(reversed(begins) if order.descending else begins, start=1):
        stretch = query.where(messages.c.id >= begin, messages.c.id < begin + step)
        with closing(column_of(conn, stretch, FIRST, _AT_ONCE)) as found:
            for some in found:
                yield Some(some, (number - 1) / len(begins))
        yield Some((), number / len(begins))


def rows(conn: Connection, row_ids: Sequence[int]) -> list[MessageRow | None]:
    """The messages with these ids, in this order, as they are now; None for one that is gone."""
    query: Select[Any] = MESSAGES.where(among(conn.dialect.name, messages.c.id, "ids"))
    found = {row[0]: MessageRow(*row) for row in conn.execute(query, {"ids": listed(conn, row_ids)})}
    return [found.get(row_id) for row_id in row_ids]


def _limited(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.campaign_id is not None:
        query = query.where(messages.c.campaign_id == wanted.campaign_id)
    if wanted.status is not None:
        query = query.where(_in_status(wanted.status))
        if wanted.status in _COUNTED:
            query = query.where(messages.c.campaign_id.in_(select(campaigns.c.id).where(_COUNTED[wanted.status] > 0)))
    if wanted.stat:
        has_code = messages.c.stat.startswith(wanted.stat.upper(), autoescape=True)
        if re.fullmatch("[0-9]{1,9}", wanted.stat):
            has_code |= in_state(State.REJECTED) & (messages.c.result == int(wanted.stat))
        query = query.where(has_code)
    if wanted.text:
        # The text of a bulk campaign stands once, with the campaign: looked for there, and not in a million messages.
        bulk = select(campaigns.c.id).where(campaigns.c.text.contains(wanted.text, autoescape=True))
        of_bulk = messages.c.content.is_(None) & messages.c.campaign_id.in_(bulk)
        query = query.where(of_bulk | messages.c.content.contains(wanted.text, autoescape=True))
    if wanted.since is not None:
        query = query.where(messages.c.submitted_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(messages.c.submitted_at < wanted.until)
    return of_mobile(query, messages.c.mobile, wanted.mobile)


def _in_status(status: Status) -> ColumnElement[bool]:
    """Written out as the partial indexes have it."""
    match status:
        case Status.WAITING:
            return in_state(State.QUEUED) | in_state(State.CLAIMED)
        case Status.REJECTED:
            return in_state(State.REJECTED)
        case Status.IN_DOUBT:
            return in_state(State.IN_DOUBT)
        case Status.SKIPPED:
            return in_state(State.SKIPPED)
        case Status.FAILED:
            return in_delivery(Delivery.FAILED)
        case Status.DELIVERED:
            return in_delivery(Delivery.DELIVERED)
        case Status.UNDERWAY:
            return in_delivery(Delivery.UNDERWAY)
        case Status.NO_REPORT:
            return in_state(State.ACCEPTED) & in_delivery(Delivery.NONE)


_COUNTED: Final[dict[Status, ColumnElement[int]]] = {
    Status.WAITING: campaigns.c.queued + campaigns.c.claimed,
    Status.FAILED: campaigns.c.failed,
    Status.REJECTED: campaigns.c.rejected,
    Status.IN_DOUBT: campaigns.c.in_doubt,
    Status.SKIPPED: campaigns.c.skipped,
}
"""Of what there is little, the campaigns tell where to look for it."""


def _is_gone_through(wanted: Wanted, order: Order) -> bool:
    """Whether neither an index nor the campaigns' counts help: every message is looked at, in the order of planning."""
    by_content = wanted.text or wanted.stat or wanted.since or wanted.until
    is_uncounted = by_content or wanted.status in (Status.NO_REPORT, Status.UNDERWAY)
    return bool(order.by is By.PLANNED and is_uncounted and not wanted.mobile and wanted.status not in _COUNTED)


def _total(conn: Connection, wanted: Wanted) -> int | None:
    """How many messages there are, where the campaigns' counts tell."""
    if wanted.mobile or wanted.text or wanted.stat or wanted.since or wanted.until:
        return None
    if wanted.status is None:
        number: ColumnElement[int] = sum((campaigns.c[state.name.lower()] for state in State), literal(0))
    elif wanted.status is Status.DELIVERED:
        number = campaigns.c.delivered
    elif wanted.status in _COUNTED:
        number = _COUNTED[wanted.status]
    else:
        return None
    query = select(func.coalesce(func.sum(number), 0))
    if wanted.campaign_id is not None:
        query = query.where(campaigns.c.id == wanted.campaign_id)
    return int(conn.execute(query).scalar_one())


def _order(order: Order) -> list[ColumnElement[Any]]:
    """Its keys, the id the last; what has no value stands at the end either way."""
    keys = _KEYS[order.by]
    sorted_keys = [key.desc() if order.descending else key.asc() for key in (*keys, messages.c.id)]
    nullable = order.by in (By.STAT, By.SUBMITTED, By.REPORTED)
    return [keys[0].is_(None), *sorted_keys] if nullable else sorted_keys


_KEYS: Final[dict[By, tuple[Any, ...]]] = {
    By.PLANNED: (),
    By.MOBILE: (messages.c.mobile,),
    By.STATUS: (messages.c.state, messages.c.delivery),
    By.STAT: (messages.c.stat,),
    By.CAMPAIGN: (campaigns.c.name, messages.c.campaign_id),
    By.SEGMENTS: (messages.c.segments,),
    By.TEXT: (func.coalesce(messages.c.content, campaigns.c.text),),
    By.SUBMITTED: (messages.c.submitted_at,),
    By.REPORTED: (messages.c.reported_at,),
}
