"""The inbox with 1,000,000 replies of 300,000 numbers: a page, a filter, a number, a conversation, a search.

Times of the jobs that the page asks for, in ms; the window adds what drawing takes.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from common import RUNS, numbers, quiet

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Reply
from smsdesk.jobs import conversations, inbox
from smsdesk.jobs.conversations import Only
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.store import accounts, answers
from smsdesk.store import replies as reply_rows

REPLIES, PEOPLE, AN_ANSWER = 1_000_000, 300_000, 10_000
TARGET_MS = 100


def fill(desk: Desk, account_id: int) -> float:
    """Store the replies as answers bring them; the seconds that it took."""
    people, began, first = numbers(PEOPLE), time.perf_counter(), now() - timedelta(days=30)
    for start in range(0, REPLIES, AN_ANSWER):
        with desk.database.write() as conn:
            raw = answers.raw(conn, answers.keep(conn, account_id, "mo", b"{}"))
            assert raw is not None
            reply_rows.add(
                conn,
                raw,
                [
                    Reply("", people[n * 7 % PEOPLE], f"回复 {n} 号，谢谢", "10690000", first + timedelta(seconds=n))
                    for n in range(start, start + AN_ANSWER)
                ],
            )
    return time.perf_counter() - began


def measure(name: str, work: Callable[[], object], target: int | None = TARGET_MS) -> None:
    """Print the median of some runs, the first one not counted."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    told = f" (target: under {target} ms)" if target else ""
    print(
        f"{name}: {statistics.median(taken[1:]):.1f} ms, first {taken[0]:.1f}, worst {max(taken[1:]):.1f}{told}",
        flush=True,
    )


def main() -> None:
    """Measure all."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), None, MemoryPasswords())
        with desk.database.write() as conn:
            account = accounts.add(conn, Account(name="b", url="http://127.0.0.1:9/sms", login="u", extno="10690000"))
        print(f"stored {REPLIES / fill(desk, account.id):,.0f} replies a second", flush=True)
        page = conversations.rows(desk, Only())
        deep = conversations.rows(desk, Only(), None, 50_000)[-1]
        measure("the first page", lambda: conversations.rows(desk, Only()))
        measure("a page far down", lambda: conversations.rows(desk, Only(), (deep.last_at, deep.last_id)))
        measure("only unread", lambda: conversations.rows(desk, Only(unread=True)))
        measure("only opted out", lambda: conversations.rows(desk, Only(opted_out=True)))
        measure("only today", lambda: conversations.rows(desk, Only(since=conversations.today())))
        measure("how many are unread", lambda: inbox.unread(desk))
        measure("one conversation", lambda: conversations.thread(desk, page[0].mobile, 50))
        measure("a number, until it is shown", lambda: _until_first(desk, page[0].mobile[:9]))
        measure("a text that is nowhere", lambda: _search(desk, "没有这样的"), None)
        desk.database.dispose()


def _search(desk: Desk, text: str) -> None:
    conversations.search(desk, text, Only(), threading.Event(), quiet)


class _Enough(Exception):
    pass


def _until_first(desk: Desk, number: str) -> None:
    def first(_news: object) -> None:
        raise _Enough

    try:
        conversations.search(desk, number, Only(), threading.Event(), first)
    except _Enough:
        return


if __name__ == "__main__":
    main()
