"""What became of a campaign, counted by the database: one row a group, never one a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, case, distinct, func, literal_column, select, type_coerce

from smsdesk.domain.message import Delivery, Skip, State
from smsdesk.store.schema import literal, messages, replies

_PREFIX: Final = 7
"""Digits of a mainland number that tell operator and place; of one from abroad they tell the country."""

_PAGE: Final = 500
"""Rows that are fetched at once where there may be many."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many messages came to the same end."""

    state: State
    skip: Skip | None
    result: int | None
    delivery: Delivery
    stat: str | None
    count: int


@dataclass(frozen=True, slots=True)
class PrefixRow:
    """What became of the messages to the numbers with one beginning; `sample` is one of these numbers.

    `people` is how many numbers there are: one may stand on several messages.
    """

    sample: str
    people: int
    total: int
    accepted: int
    delivered: int
    failed: int


@dataclass(frozen=True, slots=True)
class Span:
    """When the first message was submitted and the last thing happened, in ms since 1970."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Answers:
    """How many people replied to a campaign, and how many of them opted out."""

    replied: int = 0
    opted_out: int = 0


def outcomes(conn: Connection, campaign_id: int) -> list[Outcome]:
    """All messages of a campaign by what became of them."""
    ends = (messages.c.state, messages.c.skip, messages.c.result, messages.c.delivery, messages.c.stat)
    query = select(*ends, func.count()).where(_of(campaign_id)).group_by(*ends)
    return [Outcome(*row) for row in conn.execute(query)]


def prefixes(conn: Connection, campaign_id: int) -> Iterator[list[PrefixRow]]:
    """The messages of a campaign by the beginnings of their numbers, some rows at a time.

    There may be hundreds of thousands of beginnings: kept as objects they would hold every thread up for a quarter of a
    second whenever Python looks for garbage among them.
    """
    start = func.substr(messages.c.mobile, _written(1), _written(_PREFIX))
    query = (
        select(
            func.min(messages.c.mobile),
            func.count(distinct(messages.c.mobile)),
            func.count(),
            _how_many(messages.c.state == literal(State.ACCEPTED)),
            _how_many(messages.c.delivery == literal(Delivery.DELIVERED)),
            _how_many(messages.c.delivery == literal(Delivery.FAILED)),
        )
        .where(_of(campaign_id))
        .group_by(start)
    )
    for some in conn.execute(query, execution_options={"yield_per": _PAGE}).partitions():
        yield [PrefixRow(*row) for row in some]


def span(conn: Connection, campaign_id: int) -> Span | None:
    """From the first submission to the last submission or report; None where nothing was submitted."""
    query = select(func.min(_SUBMITTED), func.max(_SUBMITTED), func.max(_REPORTED)).where(_of(campaign_id))
    first, last, reported = conn.execute(query).one()
    return None if first is None else Span(first, max(last, reported or last))


def submitted_by(conn: Connection, campaign_id: int, first: int, width: int) -> dict[int, int]:
    """How many messages were accepted in each interval: `width` ms each, counted from the moment `first`."""
    place = ((_SUBMITTED - _written(first)) // _written(width)).label("place")
    query = (
        select(place, func.count())
        .where(_of(campaign_id), messages.c.state == literal(State.ACCEPTED), messages.c.submitted_at.is_not(None))
        .group_by(place)
    )
    return {int(row.place): row[1] for row in conn.execute(query)}


def reported_by(conn: Connection, campaign_id: int, first: int, width: int) -> dict[tuple[int, Delivery], int]:
    """How many final reports (delivered, failed) came in each interval, as :func:`submitted_by`."""
    place = ((_REPORTED - _written(first)) // _written(width)).label("place")
    query = (
        select(place, messages.c.delivery, func.count())
        .where(_of(campaign_id), _FINAL, messages.c.reported_at.is_not(None))
        .group_by(place, messages.c.delivery)
    )
    return {(int(row.place), row.delivery): row[2] for row in conn.execute(query)}


def delays(conn: Connection, campaign_id: int) -> list[tuple[int, int]]:
    """Seconds from submission to the report of what was delivered, and how many took so long; the shortest first.

    The gateway's clock may be behind ours: below zero is zero.
    """
    took = _REPORTED - _SUBMITTED
    seconds = (case((took < 0, 0), else_=took) // _written(1000)).label("seconds")
    delivered = messages.c.delivery == literal(Delivery.DELIVERED)
    known = messages.c.submitted_at.is_not(None) & messages.c.reported_at.is_not(None)
    query = select(seconds, func.count()).where(_of(campaign_id), delivered, known).group_by(seconds)
    return sorted((int(row.seconds), row[1]) for row in conn.execute(query))


def answers(conn: Connection, campaign_ids: Iterable[int]) -> dict[int, Answers]:
    """Who replied to these campaigns: people, each counted once a campaign however often they wrote."""
    query = (
        select(
            replies.c.campaign_id,
            func.count(distinct(replies.c.mobile)),
            func.count(distinct(case((replies.c.opt_out, replies.c.mobile)))),
        )
        .where(replies.c.campaign_id.in_(list(campaign_ids)))
        .group_by(replies.c.campaign_id)
    )
    return {row[0]: Answers(row[1], row[2]) for row in conn.execute(query)}


_SUBMITTED = type_coerce(messages.c.submitted_at, BigInteger)
_REPORTED = type_coerce(messages.c.reported_at, BigInteger)
_FINAL = messages.c.delivery.in_((literal(Delivery.DELIVERED), literal(Delivery.FAILED)))


def _of(campaign_id: int) -> ColumnElement[bool]:
    return messages.c.campaign_id == campaign_id


def _written(number: int) -> ColumnElement[int]:
    """A number written out: PostgreSQL groups by an expression only where it stands without parameters."""
    return literal_column(str(number), BigInteger)


def _how_many(condition: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
