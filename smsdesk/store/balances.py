"""What an account held, whenever the gateway said so.

A reading that says the same as the one before takes its place, so the table has a row for each change. A row knows
when it was first read and what had changed then: what was held at any moment, and what was spent in any time, is found
with a few looks into an index, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from smsdesk.domain.chinatime import CHINA, now
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.store import accounts
from smsdesk.store.schema import IS_RISE, balance_readings, milliseconds
from smsdesk.store.statements import as_keyed, keyed


@dataclass(frozen=True, slots=True)
class Reading:
    """A balance in li."""

    balance_li: int
    charge_type: ChargeType | None
    asked_at: datetime
    """When it was last read (UTC)."""
    since: datetime
    """When it was first read (UTC)."""
    change_li: int
    """Against the reading before; 0 for the first."""


def add(conn: Connection, account_id: int, balance: Balance, began: datetime | None = None) -> Reading:
    """Store a reading; one that says the same as the last takes its place. Returns the one that holds now.

    An answer to a send names no charge type: the one known stays. `began` is when the question went out, where answers
    to others may have been stored since: one that was overtaken, and says more than they do, is no top-up.
    """
    accounts.hold(conn, account_id)
    before = latest(conn, account_id)
    if before and began and before.asked_at >= began and before.balance_li < balance.balance_li:
        return before
    kind = balance.charge_type or (before.charge_type if before else None)
    at = now()
    if before and (before.balance_li, before.charge_type) == (balance.balance_li, kind):
        last = select(func.max(_ITS.id)).where(_ITS.account_id == account_id)
        conn.execute(balance_readings.update().where(_ITS.id == last.scalar_subquery()).values(asked_at=at))
        return Reading(before.balance_li, kind, at, before.since, before.change_li)
    change = balance.balance_li - before.balance_li if before else 0
    reading = Reading(balance.balance_li, kind, at, at, change)
    values = {name: getattr(reading, name) for name in Reading.__slots__}
    conn.execute(balance_readings.insert().values(account_id=account_id, **values))
    return reading


def latest(conn: Connection, account_id: int) -> Reading | None:
    """The last reading of an account."""
    found = history(conn, account_id, 1)
    return found[0] if found else None


def history(conn: Connection, account_id: int, limit: int) -> list[Reading]:
    """The last readings, the newest first."""
    return [reading for _id, reading in page(conn, account_id, None, limit)]


def page(conn: Connection, account_id: int, before: int | None, limit: int) -> list[tuple[int, Reading]]:
    """Readings with their ids, the newest first; `before` is the id that the page before ended with."""
    query = select(balance_readings).where(_ITS.account_id == account_id).order_by(_ITS.id.desc()).limit(limit)
    if before is not None:
        query = query.where(_ITS.id < before)
    return [(row.id, _reading(row)) for row in conn.execute(query)]


def since(conn: Connection, account_id: int, first: datetime, limit: int) -> list[Reading]:
    """The first readings that were made at `first` or after."""
    rows = conn.execute(
        select(balance_readings)
        .where(_ITS.account_id == account_id, _ITS.since >= first)
        .order_by(_ITS.since, _ITS.id)
        .limit(limit)
    )
    return [_reading(row) for row in rows]


def first_since(conn: Connection, account_id: int) -> datetime | None:
    """When the first reading of an account was made."""
    query = select(_ITS.since).where(_ITS.account_id == account_id).order_by(_ITS.since).limit(1)
    return conn.execute(query).scalar()


def at(conn: Connection, account_id: int, moments: Sequence[datetime]) -> list[Reading | None]:
    """What the account held at each of these moments, as far as it was known then."""
    given = as_keyed({place: str(milliseconds(moment)) for place, moment in enumerate(moments)})
    rows = conn.execute(_at(conn.dialect.name), {"moments": given, "account": account_id})
    held: list[Reading | None] = [None] * len(moments)
    for row in rows:
        held[int(row.place)] = _reading(row)
    return held


@cache
def _at(dialect: str) -> Select[Any]:
    moments = keyed(dialect, "moments")
    ours = balance_readings.alias("ours")
    last_until = (
        select(ours.c.id)
        .where(ours.c.account_id == bindparam("account"), _ms(ours.c.since) <= cast(moments.c.value, BigInteger))
        .order_by(ours.c.account_id.desc(), ours.c.since.desc(), ours.c.id.desc())
        .limit(1)
        .correlate(moments)
        .scalar_subquery()
    )
    return select(moments.c.key.label("place"), balance_readings).select_from(
        moments.join(balance_readings, _ITS.id == last_until)
    )


def largest_rises(conn: Connection, account_id: int, first: datetime, limit: int) -> list[Reading]:
    """Readings since `first` at which the balance had risen, in the order of time; of many, those that rose most."""
    largest = (
        select(_ITS.id)  # by the index of rises alone: there may be many
        .where(_ITS.account_id == account_id, _ITS.since >= first, IS_RISE)
        .order_by(_ITS.change_li.desc())
        .limit(limit)
    )
    rows = conn.execute(select(balance_readings).where(_ITS.id.in_(largest)).order_by(_ITS.since, _ITS.id))
    return [_reading(row) for row in rows]


def rises_by_day(conn: Connection, account_id: int, first: datetime) -> dict[date, int]:
    """By how much the balance rose on each day (China time) since `first`, in li."""
    day = china_day(_ITS.since)
    rows = conn.execute(
        select(day.label("day"), func.sum(_ITS.change_li).label("li"))
        .where(_ITS.account_id == account_id, _ITS.since >= first, IS_RISE)
        .group_by(day)
    )
    return {date_of(row.day): int(row.li) for row in rows}


_ITS = balance_readings.c
_DAY_MS: Final = 86_400_000
_OFFSET_MS: Final = int(CHINA.utcoffset(None) / timedelta(milliseconds=1))
_EPOCH: Final = date(1970, 1, 1)


def china_day(moment: Any) -> Any:
    """The number of a time's day in China, in a statement; :func:`date_of` makes a date of it."""
    # Written out: PostgreSQL takes two expressions with parameters for different ones, and would not group by them.
    return (_ms(moment) + _fixed(_OFFSET_MS)) // _fixed(_DAY_MS)


def _fixed(number: int) -> ColumnElement[int]:
    return literal_column(str(number), BigInteger)


def date_of(day: int) -> date:
    """The date of a day that :func:`china_day` has numbered."""
    return _EPOCH + timedelta(days=int(day))


def _ms(moment: Any) -> Any:
    return type_coerce(moment, BigInteger)


def _reading(row: Row[Any]) -> Reading:
    return Reading(row.balance_li, row.charge_type, row.asked_at, row.since, row.change_li)
