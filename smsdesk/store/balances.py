"""What an account held, whenever the gateway said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.store.schema import balance_readings


@dataclass(frozen=True, slots=True)
class Reading:
    """A balance in li, and when it was read (UTC)."""

    balance_li: int
    charge_type: ChargeType | None
    asked_at: datetime


def add(conn: Connection, account_id: int, balance: Balance) -> Reading:
    """Store a reading; one that says the same as the last takes its place.

    An answer to a send names no charge type: the one known stays.
    """
    before = history(conn, account_id, 1)
    kind = balance.charge_type or (before[0].charge_type if before else None)
    reading = Reading(balance.balance_li, kind, now())
    if before and (before[0].balance_li, before[0].charge_type) == (reading.balance_li, kind):
        last = select(func.max(balance_readings.c.id)).where(balance_readings.c.account_id == account_id)
        conn.execute(
            balance_readings.update()
            .where(balance_readings.c.id == last.scalar_subquery())
            .values(asked_at=reading.asked_at)
        )
        return reading
    conn.execute(
        balance_readings.insert().values(
            account_id=account_id, balance_li=reading.balance_li, charge_type=kind, asked_at=reading.asked_at
        )
    )
    return reading


def latest(conn: Connection, account_id: int) -> Reading | None:
    """The last reading of an account."""
    found = history(conn, account_id, 1)
    return found[0] if found else None


def history(conn: Connection, account_id: int, limit: int) -> list[Reading]:
    """The last readings, the newest first."""
    rows = conn.execute(
        select(balance_readings)
        .where(balance_readings.c.account_id == account_id)
        .order_by(balance_readings.c.id.desc())
        .limit(limit)
    )
    return [Reading(row.balance_li, row.charge_type, row.asked_at) for row in rows]
