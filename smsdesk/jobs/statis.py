"""The gateway's own figures of each day beside ours (`statis`, later edition).

Asked for on demand, and at most once an hour, as the gateway's document advises; what was told is kept. A gateway that
answers with an error of another kind than 'busy' or 'no such account' is taken not to have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import CHINA, in_china, now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import DayFigures
from smsdesk.domain.statis import MOST_DAYS, DayCompared, OurFigures
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Handling
from smsdesk.gateway.errors import AnswerLost, Refused
from smsdesk.jobs.desk import Desk
from smsdesk.store import statis

EVERY: Final = timedelta(hours=1)
"""How often a gateway may be asked."""

_TIME_RANGE: Final = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """Days, the newest first, and how what the gateway says of them came to be known."""

    days: Sequence[DayCompared]
    asked_at: datetime | None
    """When the gateway was last asked (UTC)."""
    problem: Words | None
    """Why it gave no figures then: it does not have them."""

    @property
    def next_at(self) -> datetime | None:
        """Until when it is not asked again; None where it may be asked now."""
        return self.asked_at + EVERY if self.asked_at and self.asked_at + EVERY > now() else None


def last_days(count: int = MOST_DAYS) -> tuple[date, date]:
    """The first and the last of so many days until today, China time."""
    today = in_china(now()).date()
    return today - timedelta(days=count - 1), today


def known(desk: Desk, account: Account, first: date, last: date) -> Compared:
    """Compare with what the gateway has told before; it is not asked. Goes through the messages of long campaigns."""
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    with desk.database.read() as conn:
        asked = statis.asked(conn, account.id)
        theirs = statis.kept(conn, account.id, first, last)
        ours = statis.ours(conn, account.id, start, end)
    asked_on = in_china(asked.at).date() if asked.at else last
    days = [
        DayCompared(day, theirs.get(day), ours.get(day, OurFigures()), is_over=day < asked_on)
        for day in _from_to(first, last)
        if day in ours or (day in theirs and theirs[day].total)
    ]
    return Compared(days[::-1], asked.at, asked.problem)


def _from_to(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def ask(desk: Desk, account: Account, first: date, last: date) -> Compared:
    """Ask the gateway about these days, unless it was asked less than an hour ago, and compare.

    Raises:
        InputProblem: more than 31 days, or none.
        GatewayProblem: it cannot be reached, refuses the account, or is asked too often (31).
        PasswordProblem: there is no password.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise InputProblem(_RANGE.fill(most=MOST_DAYS))
    with desk.database.read() as conn:
        asked = statis.asked(conn, account.id)
    if asked.at is None or now() - asked.at >= EVERY:
        _ask(desk, account, first, last)
    return known(desk, account, first, last)


def _ask(desk: Desk, account: Account, first: date, last: date) -> None:
    figures: list[DayFigures] = []
    problem: Words | None = None
    try:
        with desk.client(account) as client:
            figures = client.statis(first, last)
    except Refused as exc:
        if exc.status == _TIME_RANGE or codes.handling(exc.status) in (Handling.MEND, Handling.WAIT):
            raise
        problem = exc.words
    except AnswerLost as exc:
        problem = exc.words
    with desk.database.write() as conn:
        statis.note(conn, account.id, now(), problem)
        if problem is None:
            # It leaves out the days on which it had nothing.
            told = {day: DayFigures(day, 0, 0, 0, 0, 0.0) for day in _from_to(first, last)}
            told |= {one.day: one for one in figures if one.day in told}
            statis.keep(conn, account.id, told.values())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


_RANGE: Final = Words(
    "请选择 1 到 {most} 天，开始日期不能晚于结束日期。",
    "Choose 1 to {most} days, with the first not after the last.",
)
