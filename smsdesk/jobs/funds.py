"""What the answers to a run of sending say of the balance: kept once a second, and held against the person's limit."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from smsdesk.domain import money
from smsdesk.domain.account import Account
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.domain.words import Words
from smsdesk.jobs.news import Stop
from smsdesk.store import accounts, balances
from smsdesk.store.messages import Claim

if TYPE_CHECKING:
    from smsdesk.gateway.client import GatewayClient

_EVERY_S: Final = 1.0
"""Seconds between two readings that are stored while a campaign is on its way."""

_LOOK_S: Final = 0.1
"""How often one who waits for a balance looks whether to stop."""


def ask(client: GatewayClient) -> Future[Balance]:
    """Ask for the balance, on a thread that nobody has to wait for: not the sending, and not the end of the program."""
    answer: Future[Balance] = Future()

    def work() -> None:
        try:
            answer.set_result(client.balance())
        except BaseException as exc:  # noqa: BLE001 - handed over, whatever it is
            answer.set_exception(exc)

    Thread(target=work, name="gateway-balance", daemon=True).start()
    return answer


def is_there(answer: Future[Balance], stop: Stop) -> bool:
    """Wait for an answer, or until what asks is to stop: then nobody needs it."""
    while not answer.done() and not stop.is_set():
        wait([answer], _LOOK_S)
    return answer.done()


class Funds:
    """The balance during a run. `too_low` says in a sentence that it is below the limit at which campaigns pause."""

    def __init__(self, account: Account, silent_s: float):
        """`silent_s`: see :attr:`is_silent`."""
        self.too_low: Words | None = None
        self._account = account
        self._heard: Balance | None = None  # what the last answer said, until it is stored
        self._stored: Balance | None = None
        self._beside: frozenset[int] = frozenset()  # batches that were under way when that was stored
        self._due = 0.0
        self._silent_s = silent_s
        self._heard_at = time.monotonic()
        self._is_behind = False  # a batch was answered since, and its answer names no balance
        self._kind: ChargeType | None = None

    def asked(self, conn: Connection, balance: Balance) -> None:
        """The balance was asked for, with nothing under way."""
        self._heard_now()
        reading = balances.add(conn, self._account.id, balance)
        self._account = accounts.by_id(conn, self._account.id)
        self._kind = reading.charge_type
        self._look(reading.balance_li)

    def heard(self, claim: Claim, balance_li: int | None) -> None:
        """The answer to a batch has come.

        Answers may come in another order than the gateway gave them in; sending only ever lowers the balance.
        """
        if balance_li is None:
            self._is_behind = True
            return
        self._heard_now()
        known = self._heard or (self._stored if claim.batch_id in self._beside else None)
        self._heard = Balance(balance_li if known is None else min(known.balance_li, balance_li), None)
        self._look(balance_li)

    def told(self, balance: Balance) -> None:
        """The balance was asked for while requests were under way."""
        self._heard = Balance(balance.balance_li, None)
        self._heard_now()
        self._look(balance.balance_li)

    @property
    def is_silent(self) -> bool:
        """Whether batches were answered without a word of the balance for so long that it should be asked for."""
        return self._is_behind and time.monotonic() - self._heard_at > self._silent_s

    def store(self, conn: Connection, under_way: Iterable[Claim], *, now: bool = False) -> None:
        """Store what was heard, if it is time, or `now`. The limit is read again: a person may have changed it."""
        if not now and time.monotonic() < self._due:
            return
        if self._heard is not None:
            balances.add(conn, self._account.id, self._heard)
            self._account = accounts.by_id(conn, self._account.id)
            self._stored = self._heard
            self._beside = frozenset(claim.batch_id for claim in under_way)
        self._heard, self._due = None, time.monotonic() + _EVERY_S

    def _heard_now(self) -> None:
        self._heard_at, self._is_behind = time.monotonic(), False

    def _look(self, balance_li: int) -> None:
        limit = self._account.warn_below_li
        if limit is not None and self._account.pause_below and self._account.is_low(balance_li):
            self.too_low = _TOO_LOW.fill(below=money.below(limit), balance=money.balance(balance_li, self._kind))


_TOO_LOW: Final = Words(
    "{below}（现在{balance}），任务已按您的设置暂停，没有发出的不会丢失。请充值，或在“余额”页调整提醒线，然后继续任务。",
    "Paused, as you have set it: {below} (now: {balance}). Nothing is lost. Top the account up, or change the limit "
    "on the page “Balance”; then go on with the campaign.",
)
