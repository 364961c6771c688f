"""What the benchmarks share: a practice gateway in a process of its own, a desk on a fresh store, medians, memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil

from smsdesk.domain.account import Account, Secret
from smsdesk.jobs import accounts
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.importing import Table
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.sheets.blocks import ROWS_IN_A_BLOCK, Block, join
from smsdesk.sheets.outcome import Recipients
from smsdesk.sheets.tables import Tables

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
"""How often each figure is taken; the medians are printed."""

BATCH = 200
TEXT = "【示例商城】五月会员日全场八折，凭本短信到店领取礼品。拒收请回复R"


@dataclass(frozen=True)
class Gateway:
    """A practice gateway in another process, so that its work is not counted as ours."""

    url: str
    account: str
    password: str
    extno: str

    @property
    def fields(self) -> dict[str, str]:
        """What every request of the bare loops carries."""
        return {"account": self.account, "password": self.password, "extno": self.extno, "rt": "json"}

    def fault(self, **fields: object) -> None:
        """Switch a fault on."""
        control = self.url.removesuffix("/sms") + "/practice/faults"
        body = json.dumps(fields).encode()
        with urlopen(Request(control, body, {"Content-Type": "application/json"})) as answer:
            answer.read()


_SERVE = """
import json, sys
from smsdesk.simulator.model import Account, Rates, Settings
from smsdesk.simulator.server import Practice
rates = Rates(failed=0, silent={silent}, interim=0, replied=0, opted_out=0)
settings = Settings(speed={speed}, rates=rates, specials=False)
with Practice(Account(balance_li=10**12), settings=settings) as practice:
    print(json.dumps(dict(url=practice.url, account=practice.account, password=practice.password,
                          extno=practice.extno)), flush=True)
    sys.stdin.read()
"""


@contextmanager
def gateway(*, reports: bool = False, speed: float = 0.0) -> Iterator[Gateway]:
    """A practice gateway that takes everything; without `reports` its handsets keep silent."""
    with child(_SERVE.format(silent=0 if reports else 1, speed=speed)) as first:
        yield Gateway(**first)


@contextmanager
def child(code: str, *arguments: str) -> Iterator[Any]:
    """A Python process that prints one line of JSON, which is given, and then runs until the end."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()


@contextmanager
def desk_at(gateway: Gateway, **settings: object) -> Iterator[tuple[Desk, Account]]:
    """A fresh store (SQLite, synchronous=FULL) with an account at the gateway."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data", None, MemoryPasswords())
        account = Account(name="bench", url=gateway.url, login=gateway.account, extno=gateway.extno, **settings)  # type: ignore[arg-type]
        yield desk, accounts.save(desk, account, Secret(gateway.password))
        desk.database.dispose()


def numbers(count: int) -> list[str]:
    """So many mobile numbers, in no order."""
    return [str(13_000_000_000 + n * 7_368_787 % 6_000_000_000) for n in range(count)]


def recipients(count: int) -> Recipients:
    """So many people, as an imported sheet of one column gives them, without ever holding them as values."""
    blocks = []
    found: list[str] = []
    for first in range(0, count, ROWS_IN_A_BLOCK):
        some = range(first, min(first + ROWS_IN_A_BLOCK, count))
        found = [str(13_000_000_000 + n * 7_368_787 % 6_000_000_000) for n in some]
        blocks.append(Block(range(first + 1, first + 1 + len(some)), (join(found),)))
    people = Recipients(Tables.of([Table.of(Path("bench.csv"), "bench", (), blocks)], [0]))
    for n in range(count):
        people.add_number(n, 13_000_000_000 + n * 7_368_787 % 6_000_000_000)
    return people


def quiet(_news: object) -> None:
    """A `tell` that nobody listens to."""


class Memory:
    """This process's resident memory in MB: at the start, and the most there was since, looked at 20 times a second."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.idle = self.most = self._now()
        self._end = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _now(self) -> float:
        return float(self._process.memory_info().rss) / 1e6

    def _watch(self) -> None:
        while not self._end.wait(0.05):
            self.most = max(self.most, self._now())

    def growth(self) -> float:
        """MB above the start at the worst moment."""
        self._end.set()
        return max(self.most, self._now()) - self.idle


def medians(name: str, ours: Callable[[], float], bare: Callable[[], float], unit: str, target: str) -> float:
    """Run both in turn, print medians and spread, and return the ratio of the medians, ours to bare."""
    pairs = [(ours(), bare()) for _ in range(RUNS)]
    mine, theirs = [p[0] for p in pairs], [p[1] for p in pairs]
    ratio = statistics.median(mine) / statistics.median(theirs)
    print(f"{name}: {ratio:.2f} (target: {target})")
    print(f"    ours {statistics.median(mine):,.0f} {unit}, bare {statistics.median(theirs):,.0f} {unit}", end="")
    print(f"; ratios {spread([a / b for a, b in pairs])}", flush=True)
    return ratio


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The least and the most of some values."""
    return f"{min(values):,.{digits}f} to {max(values):,.{digits}f} in {len(values)} runs"
