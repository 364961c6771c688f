"""What tests share: real stores on both databases, the practice gateway, and a desk that joins them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import stores
from soak import summary
from stores import Databases, Template

from smsdesk.domain.account import Account, Secret
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import accounts
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.model import ALL_DELIVERED, Settings
from smsdesk.simulator.server import Practice
from smsdesk.store.database import Database

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What a machine is busy with beside the tests says nothing of an example.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")

QUICK = Patience(connect=2.0, silence=1.0, whole=3.0)
"""Time-outs for tests that wait for one."""


def pytest_configure(config: pytest.Config) -> None:
    """Whichever process prints the end of a run prints what was done to the campaigns."""
    config.pluginmanager.register(summary)


@pytest.fixture(autouse=True)
def unexpected_log_records_fail(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A record at WARNING or above that a test did not expect fails it: `@pytest.mark.expects_log` expects them."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    for when in ("setup", "call", "teardown"):
        loud = [record for record in caplog.get_records(when) if record.levelno >= logging.WARNING]
        assert not loud, f"unexpected log: {loud[0].getMessage()}"


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """A real PostgreSQL, for all tests of this process."""
    with stores.server(tmp_path_factory.mktemp("made")) as found:
        yield found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A SQLite store to be copied."""
    return Template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def postgresql(databases: Databases) -> Iterator[Callable[[], str]]:
    """Each call gives the address of a new, empty database on a real PostgreSQL."""
    given: list[str] = []

    def new() -> str:
        given.append(databases.empty())
        return given[-1]

    yield new
    for url in given:
        databases.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """None for SQLite, or the address of an empty PostgreSQL database: every test that asks for it runs on both."""
    if request.param == "sqlite":
        return None
    new: Callable[[], str] = request.getfixturevalue("postgresql")
    return new()


@pytest.fixture
def passwords() -> MemoryPasswords:
    """Passwords for as long as the test runs."""
    return MemoryPasswords()


@pytest.fixture(params=["sqlite", "postgresql"])
def both_desks(request: pytest.FixtureRequest, tmp_path: Path, passwords: MemoryPasswords) -> Iterator[Desk]:
    """An empty desk, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("desk")
        return
    databases: Databases = request.getfixturevalue("databases")
    url = databases.made()
    desk = open_desk(tmp_path / "data", url, passwords)
    yield Desk(desk.database, passwords, QUICK)
    desk.database.dispose()
    databases.drop(url)


@pytest.fixture
def store(both_desks: Desk) -> Database:
    """An empty store, on SQLite and on PostgreSQL."""
    return both_desks.database


@pytest.fixture
def desk(tmp_path: Path, passwords: MemoryPasswords, template: Template) -> Iterator[Desk]:
    """An empty desk on SQLite, for tests of what does not depend on the database."""
    template.copy_to(tmp_path / "data")
    desk = open_desk(tmp_path / "data", None, passwords)
    yield Desk(desk.database, passwords, QUICK)
    desk.database.dispose()


@pytest.fixture
def practice() -> Iterator[Practice]:
    """A practice gateway on which every message is delivered at once and nobody replies."""
    with Practice(settings=Settings(speed=0, rates=ALL_DELIVERED)) as gateway:
        yield gateway


class Recording(MemoryPasswords):
    """Tells what a keyring would have, from what is only held."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: set[str] = set()
        self.forgotten: list[str] = []

    def put(self, key: str, password: Secret) -> None:
        self.stored.add(key)
        super().put(key, password)

    def forget(self, key: str) -> None:
        self.stored.discard(key)
        self.forgotten.append(key)
        super().forget(key)

    def is_held(self, key: str) -> bool:
        return key not in self.stored and self.get(key) is not None


def account_at(practice: Practice, **more: object) -> Account:
    """An account for the practice gateway, not stored yet."""
    where = {"url": practice.url, "login": practice.account, "extno": practice.extno}
    values: dict[str, object] = {"name": "练习", "signature": "【示例商城】", "price_li": 50, **where, **more}
    return Account(**values)  # type: ignore[arg-type]


def stored_account(desk: Desk, practice: Practice, **more: object) -> Account:
    """The same, stored, with its password."""
    return accounts.save(desk, account_at(practice, **more), Secret(practice.password))


@pytest.fixture
def stop() -> threading.Event:
    """An event that nobody sets unless the test does."""
    return threading.Event()
