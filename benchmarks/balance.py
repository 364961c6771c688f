"""What the balance page reads, in a store of 1,000,000 readings: the last one, 30 days, and the history of each span.

Every fiftieth reading is a rise, so that there are many more top-ups than an account ever sees.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from common import RUNS, spread
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.jobs import accounts, balances, spending
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords

SPAN = timedelta(days=730)
"""The time over which the readings lie."""


def fill(desk: Desk, account: Account, count: int) -> None:
    """So many readings until now, at equal distances."""
    step = SPAN // timedelta(milliseconds=1) // count
    with desk.database.write() as conn:
        conn.execute(
            text(
                "INSERT INTO balance_readings (account_id, balance_li, charge_type, asked_at, since, change_li)"
                " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
                " SELECT :account, 1000000 - 50 * (i % 50), 'PRECHARGE', :first + i * :step, :first + i * :step,"
                " CASE WHEN i % 50 THEN -50 ELSE 2450 END FROM n"
            ),
            {"count": count, "account": account.id, "first": int(time.time() * 1000) - count * step, "step": step},
        )


def main(count: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), None, MemoryPasswords())
        where = {"url": "http://127.0.0.1:9/sms", "login": "bench", "extno": "10690000"}
        account = accounts.save(desk, Account(name="bench", **where), None)
        fill(desk, account, count)
        looks: dict[str, Callable[[], object]] = {
            "the last reading": lambda: balances.latest(desk, account),
            "30 days": lambda: spending.days(desk, account),
            "24 hours": lambda: balances.over(desk, account, timedelta(days=1)),
            "7 days": lambda: balances.over(desk, account, timedelta(days=7)),
            "30 days of history": lambda: balances.over(desk, account, timedelta(days=30)),
            "all": lambda: balances.over(desk, account, None),
        }
        print(f"{count:,} readings; the tab reads the first two and one of the others (target: under 100 ms)")
        for name, look in looks.items():
            took = [timed(look) for _ in range(RUNS)]
            print(f"    {name}: {statistics.median(took):.1f} ms ({spread(took, 1)})", flush=True)
        desk.database.dispose()


def timed(look: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    look()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
