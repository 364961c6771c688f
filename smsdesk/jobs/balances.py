"""The balance, and the gateway's own figures a day."""

from __future__ import annotations

from datetime import date

from smsdesk.domain.account import Account
from smsdesk.domain.inbox import DayFigures
from smsdesk.gateway.errors import AnswerLost, Refused
from smsdesk.jobs.desk import Desk
from smsdesk.store import balances
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


def figures(desk: Desk, account: Account, first: date, last: date) -> list[DayFigures] | None:
    """The gateway's own count a day, 31 days at most; None where it has no `statis` (gateway.md, later edition)."""
    with desk.client(account) as client:
        try:
            return client.statis(first, last)
        except (Refused, AnswerLost):
            return None
