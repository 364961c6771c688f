"""Passwords in a real Secret Service (gnome-keyring on a D-Bus of its own), and what is said where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, fail, null

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import PasswordProblem
from smsdesk.settings.secrets import KeyringPasswords, MemoryPasswords

MISSING = [tool for tool in ("dbus-daemon", "gnome-keyring-daemon") if shutil.which(tool) is None]

needs_secret_service = pytest.mark.skipif(bool(MISSING), reason=f"this machine lacks {' and '.join(MISSING)}")


@contextmanager
def secret_service(home: Path) -> Iterator[str]:
    """A D-Bus session with an unlocked keyring, in a home of their own; gives the bus's address."""
    for folder in ("run", "data"):
        (home / folder).mkdir(parents=True, mode=0o700)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env={**environment, "DBUS_SESSION_BUS_ADDRESS": address},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert daemon.stdin is not None
            daemon.stdin.write(b"throw-away")
            daemon.stdin.close()
            _wait_for_service(address)
            yield address
        finally:
            daemon.terminate()
            daemon.wait(10)
    finally:
        bus.terminate()
        bus.wait(10)
        if bus.stdout is not None:
            bus.stdout.close()


def _wait_for_service(address: str) -> None:
    from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # noqa: PLC0415 - on Linux only
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # noqa: PLC0415

    end = time.monotonic() + 10
    with closing(open_dbus_connection(address)) as connection:
        while not connection.send_and_get_reply(message_bus.NameHasOwner("org.freedesktop.secrets")).body[0]:
            assert time.monotonic() < end, "no Secret Service came up"
            time.sleep(0.02)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with secret_service(tmp_path_factory.mktemp("keyring")) as address:
        yield address


def secret_service_backend() -> KeyringBackend:
    return SecretService.Keyring()  # type: ignore[no-untyped-call]


@contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)


@pytest.fixture
def passwords(service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringPasswords]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service)
    with using(secret_service_backend()):
        yield KeyringPasswords()


@needs_secret_service
def test_a_password_comes_back_until_it_is_forgotten(passwords: KeyringPasswords) -> None:
    assert passwords.get("a") is None
    passwords.put("a", Secret("p4ss&wörd=密 😊"))
    passwords.put("b", Secret("other"))
    found = passwords.get("a")
    assert found is not None
    assert found.reveal() == "p4ss&wörd=密 😊"
    passwords.put("a", Secret("changed"))
    again = passwords.get("a")
    assert again is not None
    assert again.reveal() == "changed"
    passwords.forget("a")
    assert passwords.get("a") is None
    assert passwords.get("b") is not None


@needs_secret_service
def test_forgetting_what_is_not_there_is_no_error(passwords: KeyringPasswords) -> None:
    passwords.forget("never")
    assert passwords.get("never") is None


@needs_secret_service
def test_another_program_finds_the_password(passwords: KeyringPasswords, service: str) -> None:
    passwords.put("c", Secret("shared"))
    program = (
        "import keyring; from smsdesk.settings.secrets import KeyringPasswords;"
        "print(type(keyring.get_keyring()).__module__, KeyringPasswords().get('c').reveal())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": service},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() in (
        "keyring.backends.SecretService shared",
        "keyring.backends.chainer shared",
    )


NONE = [fail.Keyring(), null.Keyring()]  # type: ignore[no-untyped-call]


def get(passwords: KeyringPasswords) -> None:
    passwords.get("a")


def put(passwords: KeyringPasswords) -> None:
    passwords.put("a", Secret("s3cret"))


def problem_of(use: Callable[[KeyringPasswords], None]) -> PasswordProblem:
    with pytest.raises(PasswordProblem) as caught:
        use(KeyringPasswords())
    problem = caught.value
    assert problem.__context__ is None
    assert "s3cret" not in f"{problem} {problem!r}"
    assert "密钥环" in problem.words.zh
    return problem


@needs_secret_service
def test_a_keyring_that_has_gone_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path / "home") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with using(secret_service_backend()):
            put(KeyringPasswords())
    with using(secret_service_backend()):
        for use in (get, put):
            assert "gnome-keyring" in problem_of(use).words.en
        KeyringPasswords().forget("a")


@pytest.mark.parametrize("backend", NONE, ids=["fail", "null"])
def test_no_keyring_is_a_sentence_that_says_what_to_start(backend: KeyringBackend) -> None:
    with using(backend):
        for use in (get, put):
            assert "gnome-keyring" in problem_of(use).words.en


@pytest.mark.parametrize("backend", NONE, ids=["fail", "null"])
def test_where_there_is_no_keyring_there_is_nothing_to_forget(backend: KeyringBackend) -> None:
    with using(backend):
        KeyringPasswords().forget("a")


_PLAIN_FILES = """
import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer
from smsdesk.domain.account import Secret
from smsdesk.domain.errors import PasswordProblem
from smsdesk.settings.secrets import KeyringPasswords

class Plain(KeyringBackend):
    priority = 0.5
    def get_password(self, service, username, password=""): raise SystemExit("asked a plain file")
    set_password = delete_password = get_password

class AlsoPlain(Plain):
    priority = 0.6

for ring in (Plain(), chainer.ChainerBackend()):
    keyring.set_keyring(ring)
    assert ring.priority == 0.5 or ring.priority > 1, ring.priority
    try:
        KeyringPasswords().put("a", Secret("s3cret"))
    except PasswordProblem:
        continue
    raise SystemExit("took it")
"""


def test_backends_that_keep_passwords_in_plain_files_are_refused_even_behind_a_chain() -> None:
    """In a process of its own, since `keyring` never forgets a backend class; without a bus, so without a service."""
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", _PLAIN_FILES], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("use", ["get", "put", "forget"])
def test_an_error_that_no_document_names_is_a_sentence_too(use: str) -> None:
    program = f"""
import keyring
from keyring.backend import KeyringBackend
from smsdesk.domain.account import Secret
from smsdesk.domain.errors import PasswordProblem
from smsdesk.settings.secrets import KeyringPasswords

class Odd(KeyringBackend):
    priority = 5
    def get_password(self, service, username, password=""): raise OSError("bus")
    set_password = delete_password = get_password

keyring.set_keyring(Odd())
try:
    KeyringPasswords().{use}("a"{', Secret("x")' if use == "put" else ""})
except PasswordProblem as exc:
    print(exc.words.en)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Unlock it and try again" in done.stdout


@needs_secret_service
def test_what_is_held_comes_first_and_is_in_no_keyring(passwords: KeyringPasswords) -> None:
    passwords.put("held", Secret("old"))
    passwords.hold("held", Secret("typed"))
    assert passwords.can_keep()
    here, there = passwords.get("held"), KeyringPasswords().get("held")
    assert here is not None
    assert there is not None
    assert (here.reveal(), there.reveal()) == ("typed", "old")
    passwords.put("held", Secret("new"))
    stored = passwords.get("held")
    assert stored is not None
    assert stored.reveal() == "new"
    passwords.hold("held", Secret("typed"))
    passwords.forget("held")
    assert passwords.get("held") is None


@pytest.mark.parametrize("backend", NONE, ids=["fail", "null"])
def test_without_a_keyring_what_is_held_is_there_until_it_is_forgotten(backend: KeyringBackend) -> None:
    with using(backend):
        passwords = KeyringPasswords()
        assert not passwords.can_keep()
        passwords.hold("a", Secret("typed"))
        found = passwords.get("a")
        assert found is not None
        assert found.reveal() == "typed"
        passwords.forget("a")
        with pytest.raises(PasswordProblem):
            passwords.get("a")


def test_passwords_in_memory_come_back_until_they_are_forgotten() -> None:
    passwords = MemoryPasswords()
    passwords.put("a", Secret("x"))
    assert passwords.get("a") is not None
    passwords.forget("a")
    passwords.forget("a")
    assert passwords.get("a") is None


def test_one_password_may_stand_in_for_every_account() -> None:
    found = MemoryPasswords(Secret("only")).get("any")
    assert found is not None
    assert found.reveal() == "only"
    assert MemoryPasswords(Secret("")).get("any") is None
