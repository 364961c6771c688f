"""What the tests of `smsdeskctl` share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from stores import Template

from ctl.calling import Ctl
from smsdesk.simulator.model import ALL_DELIVERED, Account, Settings
from smsdesk.simulator.server import Practice


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """The tests' calls in this process must not touch the keyring of whoever runs them."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def gateway() -> Iterator[Practice]:
    """A practice gateway on which every message is delivered at once, whatever its number."""
    settings = Settings(speed=0, rates=ALL_DELIVERED, specials=False)
    with Practice(Account(password="Geheim-密-2048"), settings=settings) as practice:
        yield practice


@pytest.fixture
def empty(tmp_path: Path) -> Ctl:
    """Calls on a store that is not there yet."""
    return Ctl(tmp_path / "data")


def added(ctl: Ctl, gateway: Practice, *more: object) -> Ctl:
    """The same calls, with an account `demo` for the gateway and its password in the environment."""
    ctl.password = gateway.password
    ctl.json(
        "account", "add", "demo", "--url", gateway.url, "--account", gateway.account, "--extno", gateway.extno, *more
    )
    return ctl


@pytest.fixture
def ctl(empty: Ctl, gateway: Practice, template: Template) -> Ctl:
    """Calls on a store with the account `demo`."""
    template.copy_to(empty.data_dir)
    return added(empty, gateway)


@pytest.fixture
def add_account() -> Callable[..., Ctl]:
    """Add the account `demo` to any store."""
    return added
