"""What was spent: a day, a campaign; and how long the balance lasts.

What a day cost is told by how far the balance fell, which is what the gateway took: also for what others sent with the
same login. Beside it stands what our own accepted segments cost at the account's price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import CHINA, in_china, now
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.spending import DaySpent, Outlook, outlook
from smsdesk.jobs import balances as jobs_balances
from smsdesk.jobs.desk import Desk
from smsdesk.store import balances, prices, spending
from smsdesk.store.balances import Reading

DAYS: Final = 30
"""Days that are looked at."""


@dataclass(frozen=True, slots=True)
class CampaignCost:
    """What a campaign has cost so far."""

    id: int
    name: str
    state: CampaignState
    made_at: datetime
    segments: int
    """Accepted segments; of texts that differ in length, of which some were rejected, an estimate."""
    cost_li: int | None
    """None where neither the balance nor a price tells it."""
    is_measured: bool
    """Whether it is what the balance fell by; else it is segments times price."""


def days(desk: Desk, account: Account, count: int = DAYS, at: datetime | None = None) -> list[DaySpent]:
    """What was spent on each of the last days (China time), today first."""
    today = in_china(at or now()).date()
    every = [today - timedelta(days=n) for n in range(count)]
    starts = [_start(day) for day in (every[0] + timedelta(days=1), *every)]
    price = jobs_balances.price(desk, account)
    with desk.database.read() as conn:
        held = balances.at(conn, account.id, starts)
        since = balances.first_since(conn, account.id)
        first = balances.at(conn, account.id, [since])[0] if since else None
        rose = balances.rises_by_day(conn, account.id, starts[-1])
        segments = spending.segments_by_day(conn, account.id, starts[-1])
    found = []
    for place, day in enumerate(every):
        ours = segments.get(day, 0)
        fell = _fell(held[place], held[place + 1] or first, rose.get(day, 0))
        found.append(DaySpent(day, fell, rose.get(day, 0), ours, ours * price.li if price else None))
    return found


def _fell(end: Reading | None, start: Reading | None, rose_li: int) -> int | None:
    return start.balance_li - end.balance_li + rose_li if start and end else None


def _start(day: date) -> datetime:
    """When a day begins in China, less a moment: a reading at midnight is the new day's."""
    return datetime.combine(day, time(), CHINA) - timedelta(milliseconds=1)


def lasts(account: Account, reading: Reading | None, spent: Sequence[DaySpent]) -> Outlook | None:
    """How long what was read last lasts; `spent` is as :func:`days` gives it. None where too little is known.

    It ends at the limit at which people are warned, else at nothing; a postpaid account without a limit has no end.
    """
    if reading is None:
        return None
    until = account.warn_below_li
    if until is None and (reading.charge_type is ChargeType.POSTCHARGE or reading.balance_li < 0):
        return None
    if until is None or reading.balance_li < until:
        until = min(0, until or 0)
    return outlook(reading.balance_li, spent[1:], until)


def campaigns(desk: Desk, account: Account, before: int | None = None, limit: int = 200) -> list[CampaignCost]:
    """What each campaign of an account cost, the newest first; `before` is the id that the page before ended with."""
    price = jobs_balances.price(desk, account)
    with desk.database.read() as conn:
        rows = prices.costs(conn, account.id, before, limit)
    return [
        CampaignCost(
            row.id,
            row.name,
            row.state,
            row.created_at,
            row.segments,
            _cost(row.measured_li, row.segments, price.li if price else None),
            row.measured_li is not None,
        )
        for row in rows
    ]


def every_campaign(desk: Desk, account: Account) -> Iterator[CampaignCost]:
    """What each campaign of an account cost, the newest first, read a page at a time."""
    before: int | None = None
    while found := campaigns(desk, account, before):
        yield from found
        before = found[-1].id


def _cost(measured_li: int | None, segments: int, price_li: int | None) -> int | None:
    if measured_li is not None:
        return measured_li
    return segments * price_li if price_li is not None else None
