"""What campaigns and their segments cost, learned from how the balance fell while they were sent.

It is an estimate: another program may use the same account, and a gateway may give back what failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from smsdesk.domain.campaign import CampaignState, Kind
from smsdesk.store.schema import accounts, balance_readings, batches, campaigns

_LOOKED_AT: Final = 20
"""The latest campaigns that are looked at, at most."""

_TAKEN: Final = 5
"""The latest campaigns that tell a price: a price that has changed counts after three of them."""

_PLAUSIBLE: Final = range(1, 1001)
"""Li a segment."""


def learned(conn: Connection, account_id: int) -> int | None:
    """The price of a segment in li by the account's latest campaigns, the median; None where none tells it."""
    found: list[int] = []
    for sent in _sent(conn, account_id):
        price = _price(conn, account_id, sent)
        if price is not None:
            found.append(price)
            if len(found) == _TAKEN:
                break
    return median_low(found) if found else None


@dataclass(frozen=True, slots=True)
class Cost:
    """What is known of the cost of a campaign."""

    id: int
    name: str
    state: CampaignState
    created_at: datetime
    segments: int
    """Accepted ones; of texts that differ in length, of which some were rejected, an estimate."""
    measured_li: int | None
    """By how much the balance fell; None where something else moved it, or the campaign is not at its end."""


def costs(conn: Connection, account_id: int, before: int | None, limit: int) -> list[Cost]:
    """Campaigns of an account that have sent, the newest first; `before` is the id that the page before ended with."""
    its = campaigns.c
    query = select(campaigns).where(its.account_id == account_id, its.accepted > 0).order_by(its.id.desc()).limit(limit)
    if before is not None:
        query = query.where(its.id < before)
    return [_cost(conn, account_id, row) for row in conn.execute(query).all()]


def _cost(conn: Connection, account_id: int, row: Row[Any]) -> Cost:
    kept = row.queued + row.claimed + row.accepted + row.rejected + row.in_doubt
    segments = row.segments * row.accepted // kept
    measured = None
    is_over = row.state in (CampaignState.DONE, CampaignState.CANCELLED) and row.claimed + row.in_doubt == 0
    last = _last_answer(conn, row.id, row.accepted + row.rejected) if is_over else None
    if last is not None:
        measured = _measured(conn, account_id, _Sent(row.id, row.started_at, last, segments))
    return Cost(row.id, row.name, row.state, row.created_at, segments, measured)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A campaign at its end: when its requests were made (UTC), and the segments that were accepted."""

    campaign_id: int
    first: datetime
    last: datetime
    segments: int


def _sent(conn: Connection, account_id: int) -> Iterator[_Sent]:
    """Campaigns of which it is known what was accepted, the latest first."""
    its = campaigns.c
    rows = conn.execute(
        select(its.id, its.started_at, its.accepted, its.rejected, its.segments)
        .where(its.account_id == account_id, its.state.in_((CampaignState.DONE, CampaignState.CANCELLED)))
        .where(its.started_at.is_not(None), its.accepted > 0, its.claimed + its.in_doubt == 0)
        # Of texts that differ, the rejected ones have segments that only their messages tell.
        .where((its.kind == Kind.BULK) | (its.rejected == 0))
        .order_by(its.finished_at.desc())
        .limit(_LOOKED_AT)
    ).all()
    for row in rows:
        last = _last_answer(conn, row.id, row.accepted + row.rejected)
        if last is not None:
            accepted = row.segments * row.accepted // (row.accepted + row.rejected)
            yield _Sent(row.id, row.started_at, last, accepted)


def _last_answer(conn: Connection, campaign_id: int, settled: int) -> datetime | None:
    """When its last request was answered; None where a message stands in more than one, or they ended differently.

    Then an answer was lost, or a request was not made at all: what that cost, only its messages could tell.
    """
    row = conn.execute(
        select(
            func.sum(batches.c.size).label("size"),
            func.max(batches.c.settled_at).label("last"),
            func.count(batches.c.outcome.distinct()).label("outcomes"),
        ).where(batches.c.campaign_id == campaign_id)
    ).one()
    return row.last if row.size == settled and row.outcomes == 1 else None


def _price(conn: Connection, account_id: int, sent: _Sent) -> int | None:
    """What a segment of it cost; None where something else moved the balance, or the price is not plausible."""
    spent = _measured(conn, account_id, sent)
    price = round(spent / sent.segments) if spent is not None else None
    return price if price in _PLAUSIBLE else None


def _measured(conn: Connection, account_id: int, sent: _Sent) -> int | None:
    """By how much the balance fell, in li; None where something else moved it."""
    if _others_sent(conn, account_id, sent):
        return None
    spent, rise = _fall(conn, account_id, sent)
    is_raised = rise is not None and rise > 0  # a top-up, or something given back
    return None if is_raised else spent


def _fall(conn: Connection, account_id: int, sent: _Sent) -> tuple[int | None, int | None]:
    """How far the balance fell while it was sent, and the most that it rose at once; both in li.

    The balance is asked for before the first request, and stored with the last answer. That reading may bear a later
    time, as one that says the same takes its place: it is the first since then.
    """
    its = balance_readings.c
    end = select(func.min(its.asked_at)).where(its.account_id == account_id, its.asked_at >= sent.last)
    readings = (
        select(its.balance_li, (its.balance_li - func.lag(its.balance_li).over(order_by=its.id)).label("rise"))
        .where(its.account_id == account_id, its.asked_at >= sent.first, its.asked_at <= end.scalar_subquery())
        .subquery()
    )
    spent = func.max(readings.c.balance_li) - func.min(readings.c.balance_li)
    row = conn.execute(select(spent.label("spent"), func.max(readings.c.rise).label("rise"))).one()
    return row.spent, row.rise


def _others_sent(conn: Connection, account_id: int, sent: _Sent) -> bool:
    """Whether another campaign drew on the balance meanwhile: of this account, or of another with the same login."""
    login = select(accounts.c.login).where(accounts.c.id == account_id).scalar_subquery()
    same = select(accounts.c.id).where(accounts.c.login == login)
    found = conn.execute(
        select(batches.c.id)
        .join(campaigns, campaigns.c.id == batches.c.campaign_id)
        .where(campaigns.c.account_id.in_(same), campaigns.c.id != sent.campaign_id)
        .where(campaigns.c.started_at <= sent.last)
        .where(campaigns.c.finished_at.is_(None) | (campaigns.c.finished_at >= sent.first))
        .where(batches.c.claimed_at <= sent.last)
        .where(batches.c.settled_at.is_(None) | (batches.c.settled_at >= sent.first))
        .limit(1)
    )
    return found.first() is not None
