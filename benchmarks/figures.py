"""The statistics of a campaign of 1,000,000 with reports of every kind, on SQLite, and how long others wait."""

from __future__ import annotations

import statistics as middle
import tempfile
import threading
import time
from pathlib import Path

from common import RUNS, numbers, spread
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.jobs import statistics
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.store import accounts, campaigns
from smsdesk.store.messages import Planned, plan

START_MS = 1_780_000_000_000
_END = """
UPDATE messages SET state = 2, submitted_at = :start + id * 2, mid = printf('%016X', id),
    delivery = CASE WHEN id % 100 < 85 THEN 2 WHEN id % 100 < 95 THEN 3 ELSE 0 END,
    stat = CASE WHEN id % 100 < 85 THEN 'DELIVRD' WHEN id % 100 < 95 THEN 'MA:00' || (id % 9 + 21) END,
    reported_at = CASE WHEN id % 100 < 95 THEN :start + id * 2 + 1000 * (id * 7919 % 90) END
"""


def fill(desk: Desk, count: int) -> int:
    """A campaign of so many that is at its end."""
    with desk.database.write() as conn:
        account = accounts.add(conn, Account(name="bench", url="http://127.0.0.1:9/sms", login="u", extno="1069"))
        new = campaigns.add(conn, account.id, "bench", Kind.BULK, "text", "bench", ignore_blocklist=False)
        mobiles = numbers(count)
        for first in range(0, count, 10_000):
            some = mobiles[first : first + 10_000]
            plan(conn, new, [Planned(mobile, None, 1, first + n) for n, mobile in enumerate(some)])
        conn.execute(text(_END), {"start": START_MS})
    return new


class Waits:
    """How long another thread had to wait for its turn: the window's, for one."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        threading.Thread(target=self._beat, daemon=True).start()

    def _beat(self) -> None:
        while True:
            began = time.perf_counter()
            time.sleep(0.005)
            self.longest_ms = max(self.longest_ms, (time.perf_counter() - began) * 1000 - 5)


def main(count: int = 1_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), None, MemoryPasswords())
        campaign = fill(desk, count)
        times, waits, held = [], Waits(), []
        for _ in range(RUNS):
            waits.longest_ms = 0
            began = time.perf_counter()
            found = statistics.of_campaign(desk, campaign)
            times.append(time.perf_counter() - began)
            held.append(waits.longest_ms)
        assert sum(one.total for one in found.operators) == count
        desk.database.dispose()
    print(f"statistics of a campaign of {count:,}: {middle.median(times):.1f} s (target: a few seconds)")
    print(f"    {spread(times, 1)}")
    later = middle.median(held[1:] or held)
    print(f"    another thread waits at most {held[0]:.0f} ms the first time, {later:.0f} ms later")


if __name__ == "__main__":
    main()
