"""Data out: 1,000,000 messages as a workbook and as CSV, and a backup of them while a campaign is being sent.

Against bare loops that read the same columns by `sqlite3` and write them by openpyxl or csv, and look at nothing.
"""

from __future__ import annotations

import csv
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from common import RUNS, TEXT, Memory, desk_at, gateway, medians, quiet, recipients, spread
from openpyxl import Workbook

from smsdesk.domain.words import Language
from smsdesk.jobs import keeping, planning, sending, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Target
from smsdesk.jobs.rendering import Order

_BARE = """
SELECT m.mobile, c.text, m.segments, m.state, m.skip, m.mid, m.result, m.stat, m.submitted_at, m.reported_at
FROM messages m JOIN campaigns c ON c.id = m.campaign_id WHERE m.campaign_id = ? ORDER BY m.id
"""


def rows(desk: Desk, campaign_id: int) -> Iterator[list[str]]:
    """The columns of a message as texts."""
    with closing(sqlite3.connect(str(desk.database.file))) as conn:
        for row in conn.execute(_BARE, (campaign_id,)):
            yield ["" if value is None else str(value) for value in row]


def bare(desk: Desk, campaign_id: int, path: Path) -> float:
    """Seconds of the bare loop."""
    begin = time.perf_counter()
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows(desk, campaign_id))
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Sheet1")
        for row in rows(desk, campaign_id):
            sheet.append(row)
        book.save(path)
    return time.perf_counter() - begin


def ours(desk: Desk, campaign_id: int, path: Path, growths: list[float]) -> float:
    """Seconds of an export as the window makes it."""
    memory = Memory()
    begin = time.perf_counter()
    tables_out.save_messages(desk, Target(path, Language.ZH, tell=quiet), campaign_id)
    took = time.perf_counter() - begin
    growths.append(memory.growth())
    return took


def commits(desk: Desk, end: threading.Event) -> list[float]:
    """Milliseconds of small writes, one after another until `end`: what a sender's commit waits for."""
    found = []
    while not end.wait(0.002):
        begin = time.perf_counter()
        with desk.database.write() as conn:
            conn.exec_driver_sql("UPDATE accounts SET rate = rate")
        found.append(1000 * (time.perf_counter() - begin))
    return found


def beside(desk: Desk, path: Path | None) -> tuple[float, list[float]]:
    """Seconds of a backup (of none: three seconds), and the commits of a writer meanwhile."""
    end = threading.Event()
    found: list[float] = []
    writer = threading.Thread(target=lambda: found.extend(commits(desk, end)))
    writer.start()
    begin = time.perf_counter()
    if path is None:
        time.sleep(3)
    else:
        keeping.backup(desk, path, threading.Event(), quiet)
    took = time.perf_counter() - begin
    end.set()
    writer.join()
    return took, found


def backups(desk: Desk, folder: Path) -> None:
    """A backup beside a writer, and beside a campaign that is being sent."""
    for name, path in (("without a backup", None), ("during a backup", folder / "b.sqlite3")):
        runs = [beside(desk, path) for _ in range(RUNS)]
        worst = [max(found) for _, found in runs]
        middle = statistics.median(one for _, found in runs for one in found)
        print(f"commits {name}, ms: longest {spread(worst, 1)}; median {middle:.1f}")
        if path:
            print(f"    the backup, s: {spread([took for took, _ in runs], 1)}; {path.stat().st_size / 1e6:,.0f} MB")


def main(count: int = 1_000_000) -> None:
    """Measure and print."""
    stop = threading.Event()
    with gateway() as at, desk_at(at) as (desk, account), tempfile.TemporaryDirectory() as folder:
        campaign_id = planning.plan(desk, Order(account, "bench", TEXT, "bench", recipients(count)), stop, quiet)
        sending.send(desk, campaign_id, stop, quiet)
        backups(desk, Path(folder))
        for ending, target in (("csv", "10.0 or less"), ("xlsx", "1.5 or less")):
            path, growths = Path(folder) / f"a.{ending}", list[float]()
            medians(
                f"{count:,} messages to .{ending}",
                lambda path=path, growths=growths: ours(desk, campaign_id, path, growths),  # type: ignore[misc]
                lambda path=path: bare(desk, campaign_id, path),  # type: ignore[misc]
                "s",
                target,
            )
            print(f"    memory grows by {spread(growths, 0)} MB; the file has {path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
