"""Long lists: a blocklist of 300,000 numbers and an address book of 100,000 people, put there, searched and used.

Against a bare script that inserts rows of the same columns, with the same indexes, in one transaction.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from common import RUNS, medians, numbers, quiet, spread

from smsdesk.jobs import blocklist, importing, people
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.importing import Import
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.sheets.table import Table

BLOCKED = numbers(300_000)
PEOPLE = numbers(100_000)
GROUP = "会员"

_BARE_BLOCKLIST = """
CREATE TABLE bare (id INTEGER PRIMARY KEY, mobile TEXT, reason TEXT, added_by TEXT, reply_id INTEGER, added_at INTEGER,
    removed_at INTEGER, removed_by TEXT, removed_why TEXT);
CREATE UNIQUE INDEX a ON bare (mobile) WHERE removed_at IS NULL;
CREATE INDEX b ON bare (mobile);
CREATE INDEX c ON bare (id) WHERE removed_at IS NULL;
"""
_BARE_PEOPLE = """
CREATE TABLE bare (id INTEGER PRIMARY KEY, mobile TEXT UNIQUE, name TEXT, tags TEXT, note TEXT, fields TEXT);
CREATE TABLE members (group_id INTEGER, person_id INTEGER, PRIMARY KEY (group_id, person_id));
CREATE INDEX a ON members (person_id);
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def desk() -> Iterator[Desk]:
    """A fresh store."""
    with tempfile.TemporaryDirectory() as folder:
        found = open_desk(Path(folder), None, MemoryPasswords())
        yield found
        found.database.dispose()


def bare(schema: str, *inserts: tuple[str, list[tuple[Any, ...]]]) -> float:
    """Seconds to insert rows into a fresh file, in one transaction."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "bare.sqlite3")) as conn:
        conn.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {schema}")

        def insert() -> None:
            with conn:
                for statement, rows in inserts:
                    conn.executemany(statement, rows)

        return timed(insert)


def a_list() -> Import:
    """People with two columns."""
    rows = ((mobile, f"客户{n}", "金卡") for n, mobile in enumerate(PEOPLE))
    return importing.recipients(Table.listed("名单", ["手机号", "姓名", "等级"], rows))


def keep(found: Import) -> float:
    """Seconds to put a list into the address book."""
    with desk() as new:
        return timed(lambda: people.keep(new, found, GROUP, threading.Event(), quiet))


def block() -> float:
    """Seconds to put numbers on the blocklist."""
    with desk() as new:
        return timed(lambda: blocklist.add(new, BLOCKED))


def looks(found: Import) -> None:
    """How long it takes to look at the lists once they are there."""
    with desk() as new:
        blocklist.add(new, BLOCKED)
        people.keep(new, found, GROUP, threading.Event(), quiet)
        group = people.group_named(new, GROUP)
        works: list[tuple[str, Callable[[], object]]] = [
            ("the blocklist's first page", lambda: blocklist.rows(new)),
            ("a number on it", lambda: blocklist.rows(new, BLOCKED[77_777])),
            ("how many of 300,000 are on it", lambda: blocklist.count_among(new, BLOCKED, threading.Event())),
            ("a group's first page", lambda: people.rows(new, group.id)),
            ("a name among its people", lambda: people.rows(new, group.id, "客户77777")),
            ("the group as a list", lambda: people.as_table(new, group, GROUP)),
        ]
        for name, work in works:
            print(f"{name}, ms: {spread([1000 * timed(work) for _ in range(RUNS)], 1)}", flush=True)


def main() -> None:
    """Measure and print."""
    entries = [(mobile, '["手工添加", "added by hand"]', "user", 0, "", "") for mobile in BLOCKED]
    insert = "INSERT INTO bare (mobile, reason, added_by, added_at, removed_by, removed_why) VALUES (?, ?, ?, ?, ?, ?)"
    medians("300,000 on the blocklist", block, lambda: bare(_BARE_BLOCKLIST, (insert, entries)), "s", "2.0 or less")
    found = a_list()
    rows = [(mobile, f"客户{n}", f'{{"姓名": "客户{n}", "等级": "金卡"}}') for n, mobile in enumerate(PEOPLE)]
    person = "INSERT INTO bare (mobile, name, tags, note, fields) VALUES (?, ?, '', '', ?)"
    joined = [(1, n + 1) for n in range(len(PEOPLE))]
    member = "INSERT INTO members VALUES (?, ?)"
    medians(
        "100,000 in the address book",
        lambda: keep(found),
        lambda: bare(_BARE_PEOPLE, (person, rows), (member, joined)),
        "s",
        "5.0 or less",
    )
    looks(found)


if __name__ == "__main__":
    main()
