"""What an account held, whenever the gateway said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

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
    """Store a reading. An answer to a send names no charge type: the one known stays."""
    before = latest(conn, account_id)
    kind = balance.charge_type or (before.charge_type if before else None)
    reading = Reading(balance.balance_li, kind, now())
    conn.execute(
        balance_readings.insert().values(
            account_id=account_id,
            balance_li=reading.balance_li,
            charge_type=reading.charge_type,
            asked_at=reading.asked_at,
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
