"""Taking in what is pushed: bodies that come while others are being written go in together, in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import StoreBusy, StoreProblem
from smsdesk.domain.inbox import Came
from smsdesk.domain.words import Words
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Tell
from smsdesk.jobs.receiving import TakenIn

_log = logging.getLogger(__name__)

EMPTY = b"[]"
"""A push of nothing: the receiver's own test. It is answered as any other, and no news."""

OK, UNREADABLE, AGAIN = 200, 400, 503
"""What to answer. Only OK means that the items are stored; with any other the gateway pushes them again."""

_BYTES_AT_ONCE = 1_000_000
_TELL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Pushed:
    """News: so much was pushed since the last time it was told. `came` counts new items only."""

    at: datetime
    came: Came


@dataclass(frozen=True, slots=True)
class Trouble:
    """News: a push could not be taken in. The gateway was told so, and will push again."""

    words: Words


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What to answer to a push, and what it brought."""

    code: int
    came: Came | None = None


class Taking:
    """Of one account. Lives in the receiver's event loop; the store is written by one thread at a time."""

    def __init__(self, desk: Desk, account_id: int, tell: Tell):
        self._desk, self._account_id, self._tell = desk, account_id, tell
        self._waiting: list[tuple[bytes, asyncio.Future[int]]] = []
        self._worker: asyncio.Task[None] | None = None
        self._came: Came | None = None
        self._telling: asyncio.TimerHandle | None = None

    async def take(self, body: bytes) -> int:
        """Keep the body, bring in its items, and only then say what to answer."""
        code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((body, code))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await code

    async def _work(self) -> None:
        while self._waiting:
            some = self._next()
            outcomes = await asyncio.to_thread(self._take_in, [body for body, _ in some])
            for (_, code), outcome in zip(some, outcomes, strict=True):
                self._tell_soon(outcome.came)
                if not code.done():  # else its sender has gone
                    code.set_result(outcome.code)

    def _next(self) -> list[tuple[bytes, asyncio.Future[int]]]:
        """Those that are written together: a sender must not wait for many large ones of others."""
        count = size = 0
        while count < len(self._waiting) and (count == 0 or size < _BYTES_AT_ONCE):
            size += len(self._waiting[count][0])
            count += 1
        some, self._waiting = self._waiting[:count], self._waiting[count:]
        return some

    def _tell_soon(self, came: Came | None) -> None:
        if came is not None:
            self._came = (self._came or Came()) + came
            self._telling = self._telling or asyncio.get_running_loop().call_later(_TELL_SECONDS, self.tell_now)

    def tell_now(self) -> None:
        """Tell what has come since the last time."""
        came, self._came, self._telling = self._came, None, None
        if came is not None:
            self._tell(Pushed(now(), came))

    # -- on the thread that writes -------------------------------------------------------------------------

    def _take_in(self, bodies: Sequence[bytes]) -> list[_Outcome]:
        try:
            raw_ids = receiving.keep_each(self._desk, self._account_id, receiving.PUSH, bodies)
        except Exception as exc:  # noqa: BLE001 - whatever it is, none of them was received
            return [self._failed(exc)] * len(bodies)
        outcomes = self._bring_in(raw_ids)
        return [replace(one, came=None) if body == EMPTY else one for body, one in zip(bodies, outcomes, strict=True)]

    def _bring_in(self, raw_ids: Sequence[int]) -> list[_Outcome]:
        try:
            return [self._outcome(taken) for taken in receiving.take_in_each(self._desk, raw_ids)]
        except Exception as exc:  # noqa: BLE001 - as above
            if len(raw_ids) > 1 and not isinstance(exc, StoreBusy):  # one alone may be at fault
                return [outcome for raw_id in raw_ids for outcome in self._bring_in([raw_id])]
            return [self._failed(exc)] * len(raw_ids)

    def _failed(self, exc: Exception) -> _Outcome:
        if isinstance(exc, StoreProblem):
            self._tell(Trouble(exc.words))
        else:
            _log.error("a push could not be taken in", exc_info=exc)
            self._tell(Trouble(_FAULT))
        return _Outcome(AGAIN)

    def _outcome(self, taken: TakenIn) -> _Outcome:
        if taken.problem:
            self._tell(Trouble(taken.problem.words))
            return _Outcome(UNREADABLE)
        return _Outcome(OK, taken.came)


_FAULT = Words(
    "程序出错，这次推送没有收下；网关会再次推送。仍不行请把日志发给技术支持。",
    "A fault of the program: a push was not taken in and will come again. If it stays so, send the log to the support.",
)
