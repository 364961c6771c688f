"""A program that fetches, killed again and again; the gateway's record is compared with the store, item by item."""

from __future__ import annotations

import json
import multiprocessing
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

from conftest import stored_account
from sqlalchemy import select

from smsdesk.domain.account import Account, Secret
from smsdesk.jobs import polling, receiving
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator import server
from smsdesk.simulator.endpoint import SmsEndpoint
from smsdesk.simulator.model import Settings
from smsdesk.simulator.server import Practice
from smsdesk.store import accounts
from smsdesk.store.schema import raw_answers, replies, reports

Key: TypeAlias = tuple[int, str, str]
"""flag, mid and number of an item."""


def fetch(folder: Path, url: str | None, password: str, account_id: int) -> None:
    """The program: polls until it is killed."""
    desk = open_desk(folder, url, MemoryPasswords(Secret(password)))
    receiving.take_in_left(desk)
    with desk.database.read() as conn:
        account = accounts.by_id(conn, account_id)
    polling.poll(desk, account, threading.Event(), lambda _news: None, 0.01)


@dataclass
class Fetching:
    """A store that fetches, and the gateway that hands out."""

    desk: Desk
    practice: Practice
    account: Account
    folder: Path
    url: str | None
    answers: list[list[Key]] = field(default_factory=list)
    """What each answer carried that the gateway gave, in their order."""
    open: list[Counter[str]] = field(default_factory=list)
    """The requests that the gateway works on."""

    def run_and_kill(self, after_s: float) -> None:
        """Let the program fetch for some time, and kill it."""
        program = multiprocessing.get_context("forkserver").Process(
            target=fetch, args=(self.folder, self.url, self.practice.password, self.account.id)
        )
        program.start()
        time.sleep(after_s)
        assert program.exitcode is None, "the program ended by itself"
        program.kill()
        program.join()
        program.close()

    def finish(self) -> None:
        """Fetch what is left, in this process."""
        receiving.take_in_left(self.desk)
        polling.pull(self.desk, self.account, threading.Event(), lambda _news: None)

    def stored(self) -> Counter[Key]:
        """Every item of the store."""
        with self.desk.database.read() as conn:
            found = [(1, row.mid, row.mobile) for row in conn.execute(select(reports.c.mid, reports.c.mobile))]
            found += [(0, row.mid, row.mobile) for row in conn.execute(select(replies.c.mid, replies.c.mobile))]
        return Counter(found)

    def in_raw(self) -> set[Key]:
        """Every item of an answer that is stored and was not brought in."""
        found: set[Key] = set()
        unread = raw_answers.c.parsed_at.is_(None) | raw_answers.c.problem.is_not(None)
        with self.desk.database.read() as conn:
            for row in conn.execute(select(raw_answers.c.source, raw_answers.c.body).where(unread)):
                flag = int(row.source == "report")
                found |= {(flag, item["mid"], item["mobile"]) for item in json.loads(row.body)["list"]}
        return found

    def lost(self) -> list[list[Key]]:
        """The answers that are neither in the store nor in a stored answer; compared item by item."""
        end = time.monotonic() + 20
        while any(one.total() for one in self.open):
            assert time.monotonic() < end, "the gateway does not come to rest"
            time.sleep(0.002)
        with self.practice.lock:
            handed = Counter((one.flag, one.mid, one.mobile) for one in self.practice.gateway.ledger.handed_out)
        assert handed == Counter(key for answer in self.answers for key in answer)
        stored = self.stored()
        assert not (twice := {key for key, n in stored.items() if n > 1}), twice
        assert not (invented := set(stored) - set(handed)), invented
        there = set(stored) | self.in_raw()
        gone = [answer for answer in self.answers if not there.issuperset(answer)]
        assert not any(there.intersection(answer) for answer in gone), "an answer came in by half"
        return gone


@contextmanager
def fetching(folder: Path, url: str | None, count: int, rng: random.Random) -> Iterator[Fetching]:
    """A gateway on which `count` items wait, one in fifty of them a reply."""
    answers: list[list[Key]] = []
    under_way: list[Counter[str]] = []

    class Noting(SmsEndpoint):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            under_way.append(self._open)

        def _work(self, request: Any) -> bytes:
            body = super()._work(request)
            flag = int(request.fields.get("action") == "report")
            if items := json.loads(body).get("list"):
                answers.append([(flag, item["mid"], item["mobile"]) for item in items])
            return body

    practice = Practice(settings=Settings(speed=0))
    with mock.patch.object(server, "SmsEndpoint", Noting):
        practice.start()
    desk = open_desk(folder, url, MemoryPasswords())
    with practice:
        account = stored_account(desk, practice)
        outbox = practice.gateway._lines[practice.account].outbox
        with practice.lock:
            for n in range(count):
                flag = int(rng.random() >= 0.02)
                text = rng.choice(("DELIVRD", "MA:0001")) if flag else f"回复{n}"
                outbox.put(float(n // 100), flag, f"{n:016X}", str(13800010000 + n), text, "106")
        try:
            yield Fetching(desk, practice, account, folder, url, answers, under_way)
        finally:
            desk.database.dispose()
