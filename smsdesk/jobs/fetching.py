"""Fetching what the gateway hands out once: each answer is committed before it is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from smsdesk.domain.errors import GatewayProblem, StoreProblem
from smsdesk.domain.inbox import Came
from smsdesk.domain.words import Words
from smsdesk.gateway.errors import AnswerLost
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.pace import Backoff

if TYPE_CHECKING:
    from smsdesk.gateway.client import GatewayClient  # `Desk.client` imports it when there is something to ask

SIZE = 1000
"""Items an answer: what both actions take at most, and what is sent where `size` is left out."""

_EMPTY = Words("网关的应答是空的，稍后会自动再试。", "The gateway's answer is empty. It is asked again by itself.")
_TOGETHER = 10
"""Full answers that are taken in in one transaction while there are more: they change the same pages of the store."""

_KEEP_AGAIN = Backoff(first=0.2, longest=5.0)
_KEEP_SECONDS = 600.0
_KEEP_AT_THE_END = 8.0
"""The same where the program is to end: less than the window waits for its lanes."""
_END_PAUSE = 0.5


class Fetch:
    """Fetches one of the two, `report` or `mo`, until the gateway has no more."""

    def __init__(self, desk: Desk, client: GatewayClient, source: str, stop: Stop):
        self._desk, self._source, self._stop = desk, source, stop
        self._account_id = client.account.id
        self._ask: Callable[[int], bytes] = client.report if source == receiving.REPORT else client.mo
        self.came = Came()
        """What has come in so far, also where it failed then."""

    def run(self, tell: Tell) -> None:
        """Tells what has come in so far, a :class:`Came`, after each transaction.

        Raises:
            GatewayProblem: it failed; what came before is stored.
            StoreProblem: the store cannot be written.
        """
        together = 1
        while not self._stop.is_set():
            kept, lost = self._some(together)
            taken = receiving.take_in(self._desk, *kept)
            new = taken.came.reports + taken.came.replies
            if new:
                self.came += taken.came
                tell(self.came)
            if problem := lost or taken.problem:
                raise problem
            if not new:
                return  # nothing left; or the gateway hands out again what it has handed out before
            together = _TOGETHER if new == len(kept) * SIZE else 1

    def _some(self, most: int) -> tuple[list[int], GatewayProblem | None]:
        """Fetch up to `most` answers and commit each as it came: their ids, and what ended the fetching before."""
        kept: list[int] = []
        longest = 0
        while len(kept) < most:
            try:
                body, lost = self._ask(SIZE), None
            except AnswerLost as exc:
                body, lost = exc.body, exc  # what did arrive may hold items that nobody will hand out again
            except GatewayProblem as exc:
                return kept, exc
            if not body:
                return kept, lost or AnswerLost(_EMPTY)
            kept.append(self._keep(body))
            longest = max(longest, len(body))
            if lost or len(body) < longest // 2:  # so short a one is hardly full: there is nothing behind it
                return kept, lost
        return kept, None

    def _keep(self, body: bytes) -> int:
        """Commit an answer. It is here and nowhere else now, so a full or locked store is tried again and again."""
        end = time.monotonic() + _KEEP_SECONDS
        tries, is_ending = 0, False
        while True:
            try:
                return receiving.keep(self._desk, self._account_id, self._source, body)
            except StoreProblem:
                tries += 1
                if time.monotonic() >= end:
                    raise
                if self._stop.wait(_KEEP_AGAIN.pause(tries)):
                    if not is_ending:
                        end, is_ending = time.monotonic() + _KEEP_AT_THE_END, True
                    time.sleep(_END_PAUSE)
