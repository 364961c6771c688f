"""Where passwords live: the operating system's keyring, and nowhere else on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import PasswordProblem
from smsdesk.domain.words import Words

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "SMS Desk"

_T = TypeVar("_T")


_NO_KEYRING = Words(
    "本机没有可用的系统密钥环，密码不能保存。请启用系统密钥环（Linux 上例如 gnome-keyring）后再试。",
    "This machine has no keyring to keep the password in. Start one (on Linux for example gnome-keyring) and try "
    "again.",
)
_UNUSABLE = Words(
    "系统密钥环无法使用（{why}）。请解锁密钥环后再试。",
    "The system's keyring cannot be used ({why}). Unlock it and try again.",
)

_NOT_KEPT = Words(
    "密码没有存进系统密钥环（{why}）。请解锁密钥环后再试；也可以不保存密码，改为每次启动时输入。",
    "The password could not be put into the system's keyring ({why}). Unlock it and try again, or do not have the "
    "password remembered: it is asked for at each start then.",
)


class Passwords(Protocol):
    """A place that keeps passwords under an account's `key`. All raise PasswordProblem where it cannot be used."""

    def get(self, key: str) -> Secret | None:
        """The password, or None where there is none."""

    def put(self, key: str, password: Secret) -> None:
        """Keep it, in place of any earlier one."""

    def hold(self, key: str, password: Secret) -> None:
        """Give it back as long as the program runs, and write it nowhere. Never raises."""

    def is_held(self, key: str) -> bool:
        """Whether there is one that is given back only as long as the program runs. Asks nobody, and never raises."""

    def can_keep(self) -> bool:
        """Whether there is a place for :meth:`put`, locked or not. Asks nobody, and never raises."""

    def forget(self, key: str) -> None:
        """Keep it no longer."""


class KeyringPasswords:
    """The operating system's keyring; and in memory, what a person has typed where that cannot be used."""

    def __init__(self) -> None:
        self._held: dict[str, Secret] = {}

    def get(self, key: str) -> Secret | None:
        """See :class:`Passwords`. What is held comes first: the keyring is not asked to unlock for it."""
        if held := self._held.get(key):
            return held
        found = _with_keyring(lambda ring: ring.get_password(_SERVICE, key))
        return None if found is None else Secret(found)

    def put(self, key: str, password: Secret) -> None:
        """See :class:`Passwords`."""
        _with_keyring(lambda ring: ring.set_password(_SERVICE, key, password.reveal()), _NOT_KEPT)
        self._held.pop(key, None)

    def hold(self, key: str, password: Secret) -> None:
        """See :class:`Passwords`."""
        self._held[key] = password

    def is_held(self, key: str) -> bool:
        """See :class:`Passwords`."""
        return key in self._held

    def can_keep(self) -> bool:
        """See :class:`Passwords`."""
        import keyring  # noqa: PLC0415 - as below

        try:
            return _keeps_secrets(keyring.get_keyring())
        except Exception:  # noqa: BLE001 - a backend raises whatever its system does
            return False

    def forget(self, key: str) -> None:
        """See :class:`Passwords`."""
        from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - as below

        self._held.pop(key, None)

        def forget(ring: KeyringBackend) -> None:
            with suppress(PasswordDeleteError):  # there was none
                ring.delete_password(_SERVICE, key)

        try:
            _with_keyring(forget)
        except PasswordProblem as problem:
            if problem.words is not _NO_KEYRING:  # where there is none, there is no password in it
                raise


class MemoryPasswords:
    """For as long as the program runs: the demo, a machine without a keyring, `SMSDESK_PASSWORD`."""

    def __init__(self, only: Secret | None = None):
        self._only = only
        self._kept: dict[str, Secret] = {}

    def get(self, key: str) -> Secret | None:
        """See :class:`Passwords`; `only` stands in for every key."""
        return self._only or self._kept.get(key)

    def put(self, key: str, password: Secret) -> None:
        """See :class:`Passwords`."""
        self._kept[key] = password

    hold = put

    def is_held(self, key: str) -> bool:  # noqa: ARG002
        """See :class:`Passwords`; what is kept here counts as remembered."""
        return False

    def can_keep(self) -> bool:
        """See :class:`Passwords`; nobody expects more of the demo."""
        return True

    def forget(self, key: str) -> None:
        """See :class:`Passwords`."""
        self._kept.pop(key, None)


def _with_keyring(use: Callable[[KeyringBackend], _T], unusable: Words = _UNUSABLE) -> _T:
    import keyring  # noqa: PLC0415 - no start waits for it: passwords are first needed when something is fetched

    try:
        ring = keyring.get_keyring()
        if _keeps_secrets(ring):
            return use(ring)
        problem = PasswordProblem(_NO_KEYRING)
    except Exception as exc:  # noqa: BLE001 - a backend raises whatever its system does
        problem = PasswordProblem(unusable.fill(why=type(exc).__name__))
    raise problem  # outside the handler, whose frames hold the password


def _keeps_secrets(ring: KeyringBackend) -> bool:
    """`fail` and `null` have priorities below 1, and so have backends that keep passwords in plain files."""
    try:
        # The chainer rates itself above whatever it chains.
        return bool(max((one.priority for one in getattr(ring, "backends", ())), default=ring.priority) >= 1)
    except (RuntimeError, OSError):  # its service has gone
        return False
