"""10,000,000 messages of 50 campaigns: what the page of status reports asks for, and how long the window stands still.

The messages are put into the store by one statement a campaign. `python benchmarks/listing.py 1000000` for fewer.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from common import RUNS, Memory, spread
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.domain.message import Status
from smsdesk.domain.words import Language
from smsdesk.jobs import listing
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.listing import By, Found, Listing, Order, Wanted
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.settings.settings import Settings
from smsdesk.store import accounts, campaigns
from smsdesk.ui.pages.reports import ReportsPage
from smsdesk.ui.workplace import Workplace

CAMPAIGNS, ROWS = 50, 100

_INSERT = text(
    "INSERT INTO messages (campaign_id, mobile, content, segments, line, state, result, mid, submitted_at, delivery,"
    " stat, reported_at)"
    " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
    " SELECT :campaign, CAST(13000000000 + (i + :campaign * 977) * 7368787 % 6000000000 AS TEXT),"
    " CASE WHEN :own THEN '【示例商城】您的订单' || i || '已发货' END, 1, i, 2, 0, hex(randomblob(8)), :at + i / 5,"
    " CASE WHEN i % 37 = 0 THEN 3 ELSE 2 END, CASE WHEN i % 37 = 0 THEN 'MA:0001' ELSE 'DELIVRD' END,"
    " :at + i / 5 + i % 15000 FROM n"
)


def fill(desk: Desk, count: int) -> None:
    """The campaigns; every third has texts of its own."""
    each = count // CAMPAIGNS
    with desk.database.write() as conn:
        account = accounts.add(conn, Account(name="bench", url="http://127.0.0.1:9/sms", login="b", extno="10690000"))
    for n in range(CAMPAIGNS):
        own = n % 3 == 2
        with desk.database.write() as conn:
            kind, words = (Kind.P2P, "") if own else (Kind.BULK, f"【示例商城】第{n}期会员日全场八折")
            new = campaigns.add(conn, account.id, f"任务{n}", kind, words, "bench", ignore_blocklist=False)
            at = 1_700_000_000_000 + n * 86_400_000
            conn.execute(_INSERT, {"count": each, "campaign": new, "own": own, "at": at})
            failed = -(-each // 37)
            campaigns.count(conn, new, accepted=each, delivered=each - failed, failed=failed, segments=each)


def first(desk: Desk, wanted: Wanted, order: Order) -> tuple[float, float, Listing]:
    """Milliseconds to the rows that fill a screen, seconds until all is found, and the list."""
    shown: list[float] = []
    began = time.perf_counter()

    def found(news: object) -> None:
        if not shown and isinstance(news, Found) and len(news.listing):
            shown.append(time.perf_counter() - began)

    made = listing.make(desk, wanted, order, threading.Event(), found)
    whole = time.perf_counter() - began
    began = time.perf_counter()
    listing.page(desk, made, 0, ROWS)
    return 1000 * ((shown or [whole])[0] + time.perf_counter() - began), whole, made


def tell(desk: Desk, name: str, wanted: Wanted, order: Order = Order(), target: str = "") -> None:  # noqa: B008
    """Print the medians."""
    runs = [first(desk, wanted, order) for _ in range(RUNS)]
    made = runs[-1][2]
    last = max(0, len(made) - ROWS)
    began = time.perf_counter()
    listing.page(desk, made, last, ROWS)
    page = 1000 * (time.perf_counter() - began)
    shown, whole = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
    print(
        f"{name}: first rows {shown:.1f} ms, all {len(made):,} found in {whole:.2f} s, last page {page:.1f} ms{target}",
        flush=True,
    )


def window(desk: Desk, folder: Path) -> None:
    """Open the page, and scroll: until its first rows are there, and the longest gap of a 5 ms timer."""
    app = QApplication([])
    app.setStyle("Fusion")
    workplace = Workplace(lambda: desk, folder, Settings(poll_seconds=3600), Language.ZH)
    runs = []
    for _ in range(RUNS):
        page, ms = opened(workplace)
        runs.append(ms)
        page.hide()
        page.model.stop()
        _until(lambda model=page.model: not model.is_searching)
    page, _ = opened(workplace)
    print(f"the page is open: {statistics.median(runs):.0f} ms ({spread(runs, 0)}; target: 300)")
    beats: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    gc.freeze()  # as the program does once it is loaded: else what is loaded is looked through for garbage meanwhile
    timer.start(5)
    bar = page.table.verticalScrollBar()
    for step in range(200):
        bar.setValue(bar.maximum() * (step * 37 % 200) // 200)
        _wait(10)
    gaps = sorted(later - earlier for earlier, later in pairwise(beats))
    print(f"scrolling while all is gone through: longest gap {1000 * gaps[-1]:.0f} ms (target: 50)", flush=True)
    workplace.close(30)
    page.hide()


def opened(workplace: Workplace) -> tuple[ReportsPage, float]:
    """The page, and the milliseconds until its first rows were there."""
    page = ReportsPage(workplace)
    page.resize(1280, 680)
    began = time.perf_counter()
    page.show()
    _until(lambda: page.model.rowCount() > 0 and page.model.row_at(0) is not None)
    return page, 1000 * (time.perf_counter() - began)


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _until(true: Callable[[], bool]) -> None:
    while not true():
        _wait(1)


def main(count: int = 10_000_000) -> None:
    under = " (target: first rows and last page under 100 ms)"
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), None, MemoryPasswords())
        fill(desk, count)
        memory = Memory()
        tell(desk, "everything, newest first", Wanted(), target=under)
        tell(desk, "by number", Wanted(), Order(By.MOBILE, descending=False), under)
        tell(desk, "a number", Wanted(mobile=str(13_000_000_000 + 977 * 7_368_787 % 6_000_000_000)), target=under)
        tell(desk, "a number's beginning", Wanted(mobile="13812"), target=under)
        tell(desk, "the failed ones", Wanted(status=Status.FAILED), target=under)
        tell(desk, "the failed ones of a campaign", Wanted(campaign_id=7, status=Status.FAILED), target=under)
        tell(desk, "a campaign by number", Wanted(campaign_id=7), Order(By.MOBILE), under)
        tell(desk, "a code", Wanted(stat="MA:"), target=under)
        tell(desk, "by the time of the report", Wanted(), Order(By.REPORTED))
        tell(desk, "by text", Wanted(), Order(By.TEXT))
        tell(desk, "a part of a text", Wanted(text="订单777"))
        print(f"memory grows by {memory.growth():.0f} MB meanwhile", flush=True)
        window(desk, Path(folder))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
