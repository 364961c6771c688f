"""The gateway's own figures of a day (`statis`, later edition), and ours of the same day and login."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from smsdesk.domain.campaign import Kind
from smsdesk.domain.inbox import DayFigures
from smsdesk.domain.message import Delivery, State
from smsdesk.domain.statis import OurFigures
from smsdesk.domain.words import Words
from smsdesk.store import accounts
from smsdesk.store.balances import china_day, date_of
from smsdesk.store.schema import accounts as account_rows
from smsdesk.store.schema import batches, campaigns, gateway_days, messages


@dataclass(frozen=True, slots=True)
class Asked:
    """When the gateway was last asked for its figures, and what it said instead of giving them."""

    at: datetime | None
    problem: Words | None


def asked(conn: Connection, account_id: int) -> Asked:
    """When an account was last asked about."""
    its = account_rows.c
    row = conn.execute(select(its.statis_at, its.statis_problem).where(its.id == account_id)).one()
    return Asked(row.statis_at, Words.from_json(row.statis_problem) if row.statis_problem else None)


def note(conn: Connection, account_id: int, at: datetime, problem: Words | None) -> None:
    """Remember that it was asked about."""
    values = {"statis_at": at, "statis_problem": problem.to_json() if problem else None}
    conn.execute(account_rows.update().where(account_rows.c.id == account_id).values(values))


def keep(conn: Connection, account_id: int, figures: Iterable[DayFigures]) -> None:
    """Keep what was told of some days, each of them once, in place of what was known of them."""
    rows = [
        {"account_id": account_id, "day": one.day.isoformat(), **{name: getattr(one, name) for name in _FIGURES}}
        for one in figures
    ]
    its = gateway_days.c
    days = [row["day"] for row in rows]
    conn.execute(gateway_days.delete().where(its.account_id == account_id, its.day.in_(days)))
    conn.execute(gateway_days.insert(), rows)


def kept(conn: Connection, account_id: int, first: date, last: date) -> dict[date, DayFigures]:
    """What is known of the days from `first` to `last`."""
    its = gateway_days.c
    those = (its.account_id == account_id, its.day >= first.isoformat(), its.day <= last.isoformat())
    found = {}
    for row in conn.execute(select(gateway_days).where(*those)):
        day = date.fromisoformat(row.day)
        found[day] = DayFigures(day, *(getattr(row, name) for name in _FIGURES))
    return found


_FIGURES: Final = ("total", "success", "unknown", "fail", "success_percent")


def ours(conn: Connection, account_id: int, first: datetime, end: datetime) -> dict[date, OurFigures]:
    """What was sent with the account's login in this time, by day (China time).

    Most campaigns begin and end on one day, and their counts say all; only the messages of the others are gone through.
    """
    by_day: defaultdict[date, OurFigures] = defaultdict(OurFigures)
    several: list[int] = []
    for row in _campaigns(conn, account_id, first, end):
        kept = row.queued + row.claimed + row.accepted + row.rejected + row.in_doubt
        is_told = row.first == row.last and (row.kind is Kind.BULK or row.accepted in (0, kept))
        if not is_told:
            several.append(row.id)
        elif kept:
            segments = row.segments * row.accepted // kept
            counts = OurFigures(row.accepted, segments, row.delivered, row.failed, row.in_doubt)
            by_day[date_of(row.first)] += counts
    for day, counts in _counted(conn, several, first, end):
        by_day[day] += counts
    return dict(by_day)


def _campaigns(conn: Connection, account_id: int, first: datetime, end: datetime) -> list[Row[Any]]:
    """Campaigns with requests in this time, each with its first and last day."""
    its = campaigns.c
    day = china_day(batches.c.claimed_at)
    return list(
        conn.execute(
            select(campaigns, func.min(day).label("first"), func.max(day).label("last"))
            .join(batches, batches.c.campaign_id == its.id)
            .where(its.account_id.in_(accounts.same_login(account_id)))
            .where(its.started_at < end, its.finished_at.is_(None) | (its.finished_at >= first))
            .group_by(its.id)
            .having((func.max(batches.c.claimed_at) >= first) & (func.min(batches.c.claimed_at) < end))
        )
    )


def _counted(
    conn: Connection, campaign_ids: list[int], first: datetime, end: datetime
) -> list[tuple[date, OurFigures]]:
    its = messages.c
    day = china_day(its.submitted_at)
    accepted = its.state == State.ACCEPTED
    rows = conn.execute(
        select(
            day.label("day"),
            _count(accepted),
            func.sum(case((accepted, its.segments), else_=0)),
            _count(its.delivery == Delivery.DELIVERED),
            _count(its.delivery == Delivery.FAILED),
            _count(its.state == State.IN_DOUBT),
        )
        .where(its.campaign_id.in_(campaign_ids), its.submitted_at >= first, its.submitted_at < end)
        .group_by(day)
    )
    return [(date_of(row[0]), OurFigures(*(int(value) for value in row[1:]))) for row in rows]


def _count(those: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((those, 1), else_=0))
