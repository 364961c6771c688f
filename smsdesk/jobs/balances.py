"""The balance, its history and its limit, and what a segment costs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from smsdesk.domain import money
from smsdesk.domain.account import Account, check
from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.store import accounts, balances, prices
from smsdesk.store.balances import Reading as Reading


def ask(desk: Desk, account: Account) -> Reading:
    """Ask the gateway and remember its answer. Raises a GatewayProblem or a PasswordProblem."""
    began = now()
    with desk.client(account) as client:
        balance = client.balance()
    with desk.database.write() as conn:
        return balances.add(conn, account.id, balance, began)


def latest(desk: Desk, account: Account) -> Reading | None:
    """The last balance known, without asking."""
    with desk.database.read() as conn:
        return balances.latest(conn, account.id)


def history(desk: Desk, account: Account, limit: int = 500) -> list[Reading]:
    """The last readings, the newest first."""
    with desk.database.read() as conn:
        return balances.history(conn, account.id, limit)


def every(desk: Desk, account: Account) -> Iterator[Reading]:
    """All readings, the newest first, read a page at a time."""
    before: int | None = None
    while True:
        with desk.database.read() as conn:
            found = balances.page(conn, account.id, before, _PAGE)
        yield from (reading for _id, reading in found)
        if len(found) < _PAGE:
            return
        before = found[-1][0]


_PAGE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a segment costs in li: as entered, or as learned from what earlier sends cost."""

    li: int
    is_estimate: bool


def entered_price(account: Account) -> Price | None:
    """The price that was entered with the account; None where none was."""
    return Price(account.price_li, is_estimate=False) if account.price_li else None


def price(desk: Desk, account: Account) -> Price | None:
    """The price that was entered, else the one learned from the store; None where there is nothing to learn from."""
    if entered := entered_price(account):
        return entered
    with desk.database.read() as conn:
        learned = prices.learned(conn, account.id)
    return None if learned is None else Price(learned, is_estimate=True)


POINTS: Final = 400
"""Readings of a history, at most: more than that nobody can tell apart on a chart."""

_RISES: Final = 50
"""Rises that a history has besides, at most."""


def over(desk: Desk, account: Account, span: timedelta | None, at: datetime | None = None) -> list[Reading]:
    """What the account held over the last `span` of time, None for all of it; the oldest first.

    Where there were more changes than :data:`POINTS`: the last of each 400th of the time, and the largest rises with
    the readings before them. The first is what was held when the time began, as far as known.
    """
    end = at or now()
    with desk.database.read() as conn:
        first = end - span if span else balances.first_since(conn, account.id)
        if first is None:
            return []
        shown = balances.since(conn, account.id, first, POINTS + 1)
        moments = [first]
        if len(shown) > POINTS:
            shown = balances.largest_rises(conn, account.id, first, _RISES)
            moments += [one.since - timedelta(milliseconds=1) for one in shown]
            moments += [first + n * (end - first) / POINTS for n in range(1, POINTS + 1)]
        held = balances.at(conn, account.id, moments)
    return sorted({one for one in (*held, *shown) if one}, key=lambda one: one.since)


def set_limit(desk: Desk, account: Account, warn_below_li: int | None, *, pause_below: bool) -> Account:
    """Set the balance below which people are warned (None: never), and whether campaigns pause there, too.

    A campaign that is on its way keeps to it from the next second on.

    Raises:
        InputProblem: it is too large, or campaigns should pause where there is no limit.
    """
    changed = dataclasses.replace(account, warn_below_li=warn_below_li, pause_below=pause_below)
    check(changed)
    with desk.database.write() as conn:
        accounts.limit(conn, account.id, warn_below_li, pause_below=pause_below)
    return changed


@dataclass(frozen=True, slots=True)
class Low:
    """An account whose balance is below its limit."""

    account: Account
    reading: Reading

    @property
    def words(self) -> Words:
        """The warning, with what to do."""
        limit = self.account.warn_below_li or 0
        balance = money.balance(self.reading.balance_li, self.reading.charge_type)
        line = _LOW_AND_PAUSED if self.account.pause_below else _LOW
        return line.fill(name=self.account.name, balance=balance, below=money.below(limit))


def low(desk: Desk) -> list[Low]:
    """Accounts whose last known balance is below their limit."""
    with desk.database.read() as conn:
        read = [(one, balances.latest(conn, one.id)) for one in accounts.every(conn) if one.warn_below_li is not None]
    return [Low(one, reading) for one, reading in read if reading and one.is_low(reading.balance_li)]


_LOW: Final = Words(
    "账号“{name}”：{balance}，{below}。请及时充值。",
    "Account “{name}”: {balance}; {below}. Have it topped up.",
)
_LOW_AND_PAUSED: Final = Words(
    "账号“{name}”：{balance}，{below}，任务会暂停。请及时充值。",
    "Account “{name}”: {balance}; {below}, and campaigns pause. Have it topped up.",
)
