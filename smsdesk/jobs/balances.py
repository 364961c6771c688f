"""The balance, and the gateway's own figures a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smsdesk.domain.account import Account
from smsdesk.domain.inbox import DayFigures
from smsdesk.gateway.errors import AnswerLost, Refused
from smsdesk.jobs.desk import Desk
from smsdesk.store import balances, prices
from smsdesk.store.balances import Reading as Reading


def ask(desk: Desk, account: Account) -> Reading:
    """Ask the gateway and remember its answer. Raises a GatewayProblem or a PasswordProblem."""
    with desk.client(account) as client:
        balance = client.balance()
    with desk.database.write() as conn:
        return balances.add(conn, account.id, balance)


def latest(desk: Desk, account: Account) -> Reading | None:
    """The last balance known, without asking."""
    with desk.database.read() as conn:
        return balances.latest(conn, account.id)


def history(desk: Desk, account: Account, limit: int = 500) -> list[Reading]:
    """The last readings, the newest first."""
    with desk.database.read() as conn:
        return balances.history(conn, account.id, limit)


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


def figures(desk: Desk, account: Account, first: date, last: date) -> list[DayFigures] | None:
    """The gateway's own count a day, 31 days at most; None where it has no `statis` (gateway.md, later edition)."""
    with desk.client(account) as client:
        try:
            return client.statis(first, last)
        except (Refused, AnswerLost):
            return None
