"""Fetching status reports and replies: each item is handed out once, so it is stored before it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import GatewayProblem, Problem
from smsdesk.domain.words import Words
from smsdesk.gateway.client import GatewayClient
from smsdesk.gateway.errors import AnswerLost
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.pace import Backoff
from smsdesk.store.inbox import Came

SIZE = 1000
"""Items an answer: what both actions take at most, and what is sent where `size` is left out."""

_TOGETHER = 10
"""Full answers that are taken in in one transaction while there are more: they change the same pages of the store."""

_SLOWER = Backoff(first=30.0, longest=300.0)


@dataclass(frozen=True, slots=True)
class Polled:
    """A round of polling is over."""

    account_id: int
    at: datetime
    came: Came
    problem: Words | None
    """Why it could not be done, in a sentence."""
    next_in_s: float


def pull(desk: Desk, account: Account, stop: Stop, tell: Tell, wait: float = 60.0) -> Came:
    """Fetch reports and replies until the gateway has no more; tells a :class:`Came` after each answer.

    One program at a time fetches for an account.

    `mo` is asked for even where `report` failed, and the other way round.

    Raises:
        GatewayProblem: one of the two failed; what came before is stored.
        StoreBusy: another program has been fetching for this account for `wait` seconds.
    """
    came, problems = _pull(desk, account, stop, tell, wait)
    if problems:
        raise problems[0]
    return came


def _pull(desk: Desk, account: Account, stop: Stop, tell: Tell, wait: float = 60.0) -> tuple[Came, Sequence[Problem]]:
    """As :func:`pull`: what came, and what went wrong with either action."""
    with desk.database.lock(f"poller-{account.id}", wait), desk.client(account) as client:
        came = receiving.take_in_waiting(desk, account.id)
        problems: list[GatewayProblem] = []
        for source, fetch in ((receiving.REPORT, client.report), (receiving.MO, client.mo)):
            try:
                came += _drain(desk, client, source, fetch, stop, tell)
            except GatewayProblem as exc:
                problems.append(exc)
    return came, problems


def _drain(
    desk: Desk, client: GatewayClient, source: str, fetch: Callable[[int], bytes], stop: Stop, tell: Tell
) -> Came:
    came, together = Came(), 1
    while not stop.is_set():
        kept, lost = _fetch_some(desk, client.account.id, source, fetch, together)
        taken = receiving.take_in(desk, *kept)
        if lost:
            raise lost
        if taken.problem:
            raise taken.problem
        new = taken.came.reports + taken.came.replies
        if not new:
            break  # nothing left; or the gateway hands out again what it has handed out before
        together = _TOGETHER if new == len(kept) * SIZE else 1
        came += taken.came
        tell(came)
    return came


def _fetch_some(
    desk: Desk, account_id: int, source: str, fetch: Callable[[int], bytes], most: int
) -> tuple[list[int], GatewayProblem | None]:
    """Fetch up to `most` answers and commit each as it came: their ids, and what ended the fetching before."""
    kept: list[int] = []
    longest = 0
    while len(kept) < most:
        try:
            body, lost = fetch(SIZE), None
        except AnswerLost as exc:
            body, lost = exc.body, exc  # what did arrive may hold items that nobody will hand out again
        except GatewayProblem as exc:
            return kept, exc
        if body:
            kept.append(receiving.keep(desk, account_id, source, body))
        longest = max(longest, len(body))
        if lost or len(body) < longest // 2:  # so short a one is hardly full: there is nothing behind it
            return kept, lost
    return kept, None


def poll(desk: Desk, account: Account, stop: Stop, tell: Tell, every_s: float) -> None:
    """Pull every `every_s` seconds until `stop`, slower while there are problems; tells a :class:`Polled` each time."""
    failed = 0
    while not stop.is_set():
        try:
            came, problems = _pull(desk, account, stop, _ignore)
        except Problem as exc:
            came, problems = Came(), [exc]
        failed = failed + 1 if problems else 0
        pause = max(every_s, _SLOWER.pause(failed)) if failed else every_s
        tell(Polled(account.id, now(), came, problems[0].words if problems else None, pause))
        stop.wait(pause)


def _ignore(_news: object) -> None:
    pass
