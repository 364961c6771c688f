"""Fetching status reports and replies again and again, the two of them independent of one another.

`report` and `mo` have a thread each: one that fails or hangs neither holds up nor slows down the other, so that an
opt-out is heard while reports are not to be had. One program at a time fetches each of them for an account.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import GatewayProblem, Problem, StoreBusy
from smsdesk.domain.inbox import Came as Came
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.fetching import Fetch
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.jobs.pace import Backoff

_log = logging.getLogger(__name__)

# Replies first: they may be opt-outs.
SOURCES = (receiving.MO, receiving.REPORT)
"""What is fetched."""

_SLOWER = Backoff(first=30.0, longest=300.0)

_TURN_SECONDS = 5.0
"""How long a round waits for another program's: one takes less, unless its gateway hangs."""

_NOW_SECONDS = 1.0
"""How long one does that a person has asked for; then it goes without its turn."""


@dataclass(frozen=True, slots=True)
class Polled:
    """A round of polling one of the two is over."""

    account_id: int
    source: str
    """`receiving.REPORT` or `receiving.MO`."""
    at: datetime
    came: Came
    problem: Words | None
    """Why it could not be done, in a sentence."""
    next_in_s: float
    fetched_at: datetime | None
    """When it last could."""
    failing_since: datetime | None
    """Since when it cannot; None where it can."""

    @property
    def next_at(self) -> datetime:
        """When it will be tried again."""
        return self.at + timedelta(seconds=self.next_in_s)


@dataclass(frozen=True, slots=True)
class Coming:
    """What a round that goes on has brought since it began."""

    account_id: int
    came: Came


def pull(desk: Desk, account: Account, stop: Stop, tell: Tell, wait: float = 60.0) -> Came:
    """Fetch replies and reports until the gateway has no more; tells a :class:`Came` after each answer.

    `mo` is asked for even where `report` failed, and the other way round.

    Raises:
        GatewayProblem: one of the two failed; what came before is stored.
        StoreBusy: another program has been fetching for this account for `wait` seconds.
    """
    came, problems = receiving.take_in_waiting(desk, account.id, receiving.PUSH), []
    with desk.client(account) as client:
        for source in SOURCES:
            before = came
            with desk.database.lock(_lock(account.id, source), wait):
                came += receiving.take_in_waiting(desk, account.id, source)
                fetch = Fetch(desk, client, source, stop)
                try:
                    fetch.run(lambda some, before=before: tell(before + some))  # type: ignore[misc]
                except GatewayProblem as exc:
                    problems.append(exc)
                came += fetch.came
    if problems:
        raise problems[0]
    return came


def _lock(account_id: int, source: str) -> str:
    return f"poller-{account_id}-{source}"


class Poller:
    """Polls for one account. `run` is a work for a lane; the rest may be called from any thread meanwhile."""

    def __init__(self, desk: Desk, account: Account, every_s: float):
        self.desk, self.account, self.every_s = desk, account, every_s
        self._loops = [_Loop(self, source) for source in SOURCES]

    def run(self, stop: Stop, tell: Tell) -> None:
        """Poll until `stop`; tells a :class:`Polled` after each round, and :class:`Coming` during a long one."""
        telling = threading.Lock()

        def tell_one_at_a_time(news: object) -> None:
            with telling:
                tell(news)

        for loop in self._loops:
            loop.start(stop, tell_one_at_a_time)
        stop.wait()
        for loop in self._loops:
            loop.end()

    def now(self) -> None:
        """Fetch both at once, be it that they pause, or that an answer is waited for."""
        for loop in self._loops:
            loop.now()

    def change(self, account: Account, every_s: float) -> None:
        """From now on poll for this account, as it has been changed, and so often."""
        self.account, self.every_s = account, every_s
        self.now()


def poll(desk: Desk, account: Account, stop: Stop, tell: Tell, every_s: float) -> None:
    """Poll every `every_s` seconds until `stop`, as :meth:`Poller.run`."""
    Poller(desk, account, every_s).run(stop, tell)


class _Loop:
    """One of the two: its thread, its failures, its pauses."""

    def __init__(self, poller: Poller, source: str):
        self._poller, self._source = poller, source
        self._wake = threading.Event()
        self._asked = False
        self._guard = threading.Lock()  # of what both of its threads change
        self._busy = False
        self._failed = 0
        self._fetched_at: datetime | None = None
        self._failing_since: datetime | None = None
        self._beside: threading.Thread | None = None

    def start(self, stop: Stop, tell: Tell) -> None:
        self._stop, self._tell = stop, tell
        self._thread = threading.Thread(target=self._run, name=f"polling {self._source}", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wait until what is under way is stored; `stop` is set."""
        self._wake.set()
        self._thread.join()
        if self._beside:
            self._beside.join()

    def now(self) -> None:
        """Begin a round at once. Where one is under way, which may hang, another one goes beside it, but one only."""
        with self._guard:
            if not self._busy:
                self._asked = True
                self._wake.set()
            elif not self._stop.is_set() and not (self._beside and self._beside.is_alive()):
                self._beside = threading.Thread(target=self._round, args=(True,), name="polling beside", daemon=True)
                self._beside.start()

    def _run(self) -> None:
        while True:
            with self._guard:
                self._busy, asked, self._asked = True, self._asked, False
                self._wake.clear()
            if self._stop.is_set():
                return
            pause = self._round(asked)
            with self._guard:
                self._busy = False
            self._wake.wait(pause)

    def _round(self, asked: bool) -> float:
        """Fetch, and tell; returns how many seconds to pause."""
        came, problem = self._fetch(asked)
        with self._guard:
            at = now()
            if problem:
                self._failed += 1
                self._failing_since = self._failing_since or at
            else:
                self._failed, self._fetched_at, self._failing_since = 0, at, None
            pause = self._poller.every_s
            if self._failed:
                pause = max(pause, _SLOWER.pause(self._failed))
            polled = Polled(
                self._poller.account.id, self._source, at, came, problem, pause, self._fetched_at, self._failing_since
            )
        self._tell(polled)
        return pause

    def _fetch(self, asked: bool) -> tuple[Came, Words | None]:
        desk, account = self._poller.desk, self._poller.account
        came, fetch = Came(), None
        tell = Throttle(lambda some: self._tell(Coming(account.id, some)))  # type: ignore[arg-type]
        try:
            with _turn(desk, _lock(account.id, self._source), asked) as ours, desk.client(account) as client:
                if ours:
                    came = receiving.take_in_waiting(desk, account.id, self._source)
                    came += receiving.take_in_waiting(desk, account.id, receiving.PUSH)
                fetch = Fetch(desk, client, self._source, self._stop)
                fetch.run(tell)
            problem = None
        except Problem as exc:
            problem = exc.words
        except Exception:  # noqa: BLE001 - a fault at one round must not end the polling for ever
            _log.exception("a round of polling failed")
            problem = _FAULT
        return came + (fetch.came if fetch else Came()), problem


_FAULT = Words(
    "程序出错，稍后会再试。请把日志发给技术支持。",
    "A fault of the program; it will be tried again. Send the log to the support.",
)


@contextmanager
def _turn(desk: Desk, name: str, asked: bool) -> Iterator[bool]:
    """Wait for the one turn there is; whether it is ours. What a person asks for goes on without: who has it hangs."""
    with ExitStack() as stack:
        ours = True
        try:
            stack.enter_context(desk.database.lock(name, _NOW_SECONDS if asked else _TURN_SECONDS))
        except StoreBusy:
            if not asked:
                raise
            ours = False
        yield ours
