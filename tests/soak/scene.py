"""A campaign on its way: its store, its gateway, and the programs that send it, one after another."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from checks import ignore, numbers, people
from conftest import stored_account
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, CampaignState, Kind
from smsdesk.domain.message import State
from smsdesk.gateway import client
from smsdesk.jobs import campaigns, planning, polling, recovery
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.rendering import Line, Order
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.faults import Faults
from smsdesk.simulator.server import Practice
from soak import child
from soak.child import Ended, Job
from soak.comparing import Compared, Message, compare, stored
from soak.tally import Tally
from soak.watching import Pair, Watch, watched_gateway

BATCH = 7
CONNECTIONS = 2
PATIENCE_S = 60.0

Kill: TypeAlias = Callable[["Scene"], None]
"""Returns at the moment at which the program is to be killed."""

Hindrances: TypeAlias = Mapping[str, object]
"""Fields of the program's :class:`Job`."""

Hinder: TypeAlias = Callable[[ExitStack], Hindrances]
"""Switches troubles on, and leaves the way to switch them off with the stack."""


class Scene:
    """One campaign. Everything that is compared is compared here; a difference fails the test with `story` in it."""

    def __init__(self, desk: Desk, practice: Practice, watch: Watch, account: Account, campaign_id: int, tally: Tally):
        self.desk, self.practice, self._watch = desk, practice, watch
        self.account, self.campaign_id = account, campaign_id
        self.story: list[str] = []
        """What was done to it, in the order in which it was."""
        self.trouble = ""
        """Where it is counted in the table."""
        self.door_closes = False
        """Whether the gateway closes its door while the program sends."""
        self._tally = tally
        self._grounds: set[Pair] = set()
        with desk.database.read() as conn:
            self._planned = Counter(message.pair for message in stored(conn))
        self.job = Job(Path(), None, campaign_id, practice.password)

    @property
    def faults(self) -> Faults:
        """What goes wrong at the gateway."""
        return self.practice.faults

    @property
    def action(self) -> str:
        """The gateway's word for what this campaign does."""
        return "send" if self.campaign().kind is Kind.BULK else "p2p"

    @property
    def accepted(self) -> int:
        """How many messages the gateway has taken."""
        return len(self.practice.gateway.ledger.accepted)

    @property
    def store(self) -> Path:
        """Where the files of the store are."""
        return self.job.folder

    def campaign(self) -> Campaign:
        """As it stands now."""
        return campaigns.get(self.desk, self.campaign_id)

    def is_at_its_end(self) -> bool:
        """Whether there is nothing left to send."""
        return self.campaign().state is CampaignState.DONE

    # -- sending -------------------------------------------------------------------------------------------

    def send(self, kill: Kill | None = None, hinder: Hinder | None = None) -> Ended:
        """Let a program send what is left, or kill it on its way; then recover, and compare number by number."""
        before = {message.id for message in self._stored() if message.state is State.IN_DOUBT}
        with ExitStack() as stack:
            hindrances = hinder(stack) if hinder else {}
            job = replace(self.job, **hindrances)  # type: ignore[arg-type]
            self._watch.slow_s = job.patience.silence * 0.8
            ended = self._ended(job, kill)
            self._watch.wait_for_quiet()
            self._learn_what_met_a_closing_door(before)
        self.story.append(f"{hindrances or 'program'} ended {ended.name} {self._last_words(ended)}")
        under_way = self._learn_what_was_under_way(ended, before)
        self.recover()
        self.compare()
        self._tally.add(self.trouble, programs=1, no_store=ended is Ended.WITHOUT_STORE, kills=ended is Ended.KILLED)
        self._tally.add(self.trouble, under_way=under_way > 0)
        return ended

    def _ended(self, job: Job, kill: Kill | None) -> Ended:
        program = _programs().Process(target=child.run, args=(job,))
        program.start()
        try:
            if kill:
                kill(self)
            else:
                program.join(PATIENCE_S)
        finally:
            program.kill()
            program.join()
        status = program.exitcode
        program.close()
        assert status is not None
        assert kill or status != Ended.KILLED, f"the program does not end: {self.story}"
        if status == Ended.BADLY:
            raise AssertionError(f"{(job.folder.parent / child.TRACEBACK).read_text(encoding='utf-8')}\n{self.story}")
        return Ended(status)

    def _last_words(self, ended: Ended) -> str:
        """Why it ended without the store."""
        path = self.store.parent / child.TRACEBACK
        return path.read_text(encoding="utf-8") if ended is Ended.WITHOUT_STORE else ""

    def _stored(self) -> list[Message]:
        with self.desk.database.read() as conn:
            return stored(conn)

    def _learn_what_met_a_closing_door(self, before: set[int]) -> None:
        """A request that arrives as its connection is closed is cut, and the gateway never sees it."""
        if not self.door_closes:
            return
        found = {
            message.pair
            for message in self._stored()
            if message.state is State.IN_DOUBT and message.outcome == client._CUT and message.id not in before
        } - self._watch.interrupted
        assert len(found) <= CONNECTIONS * BATCH, f"{len(found)} messages met a closing door: {self.story}"
        self._grounds |= found

    def _learn_what_was_under_way(self, ended: Ended, before: set[int]) -> int:
        """What a program left claimed when it died, or put in doubt since it could not store an answer, has grounds.

        A program has no more under way than its connections carry. Returns how many messages it were.
        """
        if self.job.url is not None:
            self._wait_for_the_last_transaction()
        found = {
            message.pair
            for message in self._stored()
            if message.state is State.CLAIMED
            or (message.state is State.IN_DOUBT and message.outcome == recovery._DIED and message.id not in before)
        }
        assert ended is not Ended.WELL or not found, f"a program that ended well left {found}: {self.story}"
        assert len(found) <= CONNECTIONS * BATCH, f"{len(found)} messages were under way: {self.story}"
        self._grounds |= found
        return len(found)

    def _wait_for_the_last_transaction(self) -> None:
        """A PostgreSQL server may still be busy with what a dead program asked of it last."""
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state <> 'idle' AND pid <> pg_backend_pid()"
        )
        end = time.monotonic() + 20
        while True:
            with self.desk.database.read() as conn:
                if not conn.execute(others).scalar():
                    return
            assert time.monotonic() < end, "the database does not come to rest"
            time.sleep(0.005)

    # -- afterwards ----------------------------------------------------------------------------------------

    def recover(self) -> None:
        """As a program does at its start."""
        end = time.monotonic() + 10
        while True:
            recovery.recover(self.desk)
            if self.campaign().state is not CampaignState.SENDING and not self.campaign().counts.claimed:
                return
            assert time.monotonic() < end, f"the sender's lock does not come free: {self.story}"

    def compare(self) -> Compared:
        """Number by number: every difference fails."""
        found = compare(self.desk, self.practice, self._planned, self._grounds | self._watch.interrupted)
        self._tally.compared(self.trouble, found)
        assert found.is_right, (
            f"sent twice: {found.sent_twice}\nlost: {found.lost}\nin doubt without grounds: {found.groundless}\n"
            f"story: {self.story}"
        )
        return found

    def finish(self) -> None:
        """All is mended: what was refused is sent again, and the campaign goes on until nothing is left."""
        self.faults.clear()
        for _ in range(10):
            if self.is_at_its_end() and not self.campaign().counts.rejected:
                break
            if self.campaign().counts.rejected:
                campaigns.retry(self.desk, self.campaign_id, frozenset({State.REJECTED}))
            self.send()
        end = self.compare()
        done = end.states[State.ACCEPTED] + end.states[State.IN_DOUBT] == self._planned.total()
        assert done, f"{end.states}: {self.story}"
        self._tally.campaign(self.trouble, end)
        self._settle_by_reports()

    def _settle_by_reports(self) -> None:
        """In the end the reports come: what the gateway took is in doubt no more, unless its number has another."""
        polling.pull(self.desk, self.account, threading.Event(), ignore)
        self.compare()
        taken = {one.mobile for one in self.practice.gateway.ledger.accepted}
        of_number = Counter(mobile for mobile, _ in self._planned.elements())
        left = {message.pair for message in self._stored() if message.state is State.IN_DOUBT}
        settled = {pair for pair in left if pair[0] in taken and of_number[pair[0]] == 1}
        assert not settled, f"in doubt after their reports: {settled}\n{self.story}"


# -- setting it up -----------------------------------------------------------------------------------------


@contextmanager
def scene(folder: Path, url: str | None, kind: Kind, count: int, tally: Tally, rng: random.Random) -> Iterator[Scene]:
    """A campaign that is planned and not begun. `folder` becomes the store's."""
    watch = Watch()
    with ExitStack() as stack:
        practice = stack.enter_context(watched_gateway(watch))
        desk = open_desk(folder, url, MemoryPasswords())
        stack.callback(desk.database.dispose)
        account = stored_account(desk, practice, batch=BATCH, connections=CONNECTIONS)
        planned = _plan_bulk(desk, account, count) if kind is Kind.BULK else _plan_p2p(desk, account, count, rng)
        new = Scene(desk, practice, watch, account, planned, tally)
        new.job = replace(new.job, folder=folder, url=url)
        yield new


def _plan_bulk(desk: Desk, account: Account, count: int) -> int:
    return planning.plan(desk, Order(account, "任务", "您好", "测试", people(count)), threading.Event(), ignore)


def _plan_p2p(desk: Desk, account: Account, count: int, rng: random.Random) -> int:
    """Many numbers stand in it twice with two texts, some side by side, and one with the same text."""
    lines = [(mobile, f"第{n}条") for n, mobile in enumerate(numbers(count - count // 5))]
    for n in range(count // 5):
        place = rng.randrange(len(lines))
        near = min(len(lines), place + rng.choice((1, 3, 50)))
        lines.insert(near, (lines[place][0], f"又第{n}条"))
    lines[-1] = lines[0]
    typed = [Line(mobile, content, n + 1) for n, (mobile, content) in enumerate(lines)]
    return planning.plan_lines(desk, Order(account, "点对点", "", "测试", ()), typed, threading.Event(), ignore)


def _programs() -> multiprocessing.context.ForkServerContext:
    """Starts programs from a fresh interpreter that has imported what they need: a few hundredths of a second each."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["smsdesk.jobs.sending", "alembic.command"])
    return context
