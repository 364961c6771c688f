"""What the benchmarks share: a practice gateway in a process of its own, a desk on a fresh store, and medians."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from smsdesk.domain.account import Account, Secret
from smsdesk.jobs import accounts
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords

RUNS = 5


@dataclass(frozen=True)
class Gateway:
    """A practice gateway in another process, so that its work is not counted as ours."""

    url: str
    account: str
    password: str
    extno: str

    def fault(self, **fields: object) -> None:
        """Switch a fault on."""
        control = self.url.removesuffix("/sms") + "/practice/faults"
        body = json.dumps(fields).encode()
        with urlopen(Request(control, body, {"Content-Type": "application/json"})) as answer:
            answer.read()


_SERVE = """
import json, sys, threading
from smsdesk.simulator.model import Account, Rates, Settings
from smsdesk.simulator.server import Practice
rates = Rates(failed=0, silent={silent}, interim=0, replied=0, opted_out=0)
settings = Settings(speed=0, rates=rates, specials=False)
with Practice(Account(balance_li=10**12), settings=settings) as practice:
    print(json.dumps(dict(url=practice.url, account=practice.account, password=practice.password,
                          extno=practice.extno)), flush=True)
    sys.stdin.read()
"""


@contextmanager
def gateway(*, reports: bool = False) -> Iterator[Gateway]:
    """A practice gateway that takes everything; without `reports` its handsets keep silent."""
    code = _SERVE.format(silent=0 if reports else 1)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield Gateway(**json.loads(process.stdout.readline()))
        process.stdin.close()


@contextmanager
def desk_at(gateway: Gateway, **settings: object) -> Iterator[tuple[Desk, Account]]:
    """A fresh store (SQLite, synchronous=FULL) with an account at the gateway."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data", None, MemoryPasswords())
        account = Account(name="bench", url=gateway.url, login=gateway.account, extno=gateway.extno, **settings)  # type: ignore[arg-type]
        yield desk, accounts.save(desk, account, Secret(gateway.password))
        desk.database.dispose()


def medians(name: str, ours: Callable[[], float], bare: Callable[[], float], unit: str, *, better: str) -> float:
    """Run both in turn, print medians and spread, and return the ratio of the medians, ours to bare."""
    pairs = [(ours(), bare()) for _ in range(RUNS)]
    mine, theirs = [p[0] for p in pairs], [p[1] for p in pairs]
    ratios = [a / b for a, b in pairs]
    ratio = statistics.median(mine) / statistics.median(theirs)
    print(f"{name}: {ratio:.2f}; {better} is better")
    print(f"    ours {statistics.median(mine):,.0f} {unit}, bare {statistics.median(theirs):,.0f} {unit}", end="")
    print(f"; ratios of the {RUNS} runs {min(ratios):.2f} to {max(ratios):.2f}", flush=True)
    return ratio
