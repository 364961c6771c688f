"""Storing what is known of a batch after its request, together with the reports that came before its answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, ParamSpec, TypeVar

from sqlalchemy import Connection

from smsdesk.domain.errors import StoreProblem
from smsdesk.domain.inbox import Submitted
from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.pace import Backoff
from smsdesk.store import accounts, messages
from smsdesk.store import reports as report_rows
from smsdesk.store.messages import Claim

_P = ParamSpec("_P")
_T = TypeVar("_T")

_TRIES: Final = 5


class Settling:
    """The settling of an account's batches, to be used by the thread that sends."""

    def __init__(self, desk: Desk, account_id: int, backoff: Backoff):
        """`backoff`: the pauses between tries, see :meth:`surely`."""
        self._desk, self._account_id, self._backoff = desk, account_id, backoff

    def surely(self, store: Callable[_P, _T], *args: _P.args, **more: _P.kwargs) -> _T:
        """Store what is known of a batch. It is known only here, so a full or locked store is tried again."""
        for tries in range(1, _TRIES):
            try:
                return store(*args, **more)
            except StoreProblem:
                time.sleep(self._backoff.pause(tries))
        return store(*args, **more)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One in which batches of the account are settled."""
        with self._desk.database.write() as conn:
            accounts.hold(conn, self._account_id)
            yield conn

    def answered(self, conn: Connection, claim: Claim, answer: Submitted) -> bool:
        """The gateway took a batch; returns whether it said what became of any of its numbers."""
        moved = messages.settle(conn, claim, answer.receipts, _TAKEN)
        self._match(conn, claim, (receipt.mid for receipt in answer.receipts if receipt.mid))
        return moved[State.ACCEPTED] + moved[State.REJECTED] > 0

    def give_back(self, claim: Claim, outcome: Words) -> None:
        """A batch was surely not sent."""
        self.surely(self._store, messages.give_back, claim, outcome)

    def doubt(self, claim: Claim, outcome: Words) -> None:
        """Whether a batch was sent is not known."""
        self.surely(self._store, messages.doubt, claim, outcome)

    def _store(self, settle: Callable[[Connection, Claim, Words], object], claim: Claim, outcome: Words) -> None:
        with self.transaction() as conn:
            settle(conn, claim, outcome)
            self._match(conn, claim, ())

    def _match(self, conn: Connection, claim: Claim, mids: Iterable[str]) -> None:
        report_rows.match_settled(conn, self._account_id, mids, (mobile for _, mobile, _ in claim.lines))


_TAKEN: Final = Words("网关已受理。", "Taken by the gateway.")
