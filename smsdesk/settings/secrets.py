"""Where passwords live: the operating system's keyring, and nowhere else on disk."""

from __future__ import annotations

from typing import Protocol

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import PasswordProblem
from smsdesk.domain.words import Words

_SERVICE = "SMS Desk"


class Passwords(Protocol):
    """A place that keeps passwords under an account's `key`. All raise PasswordProblem where it cannot be used."""

    def get(self, key: str) -> Secret | None:
        """The password, or None where there is none."""

    def put(self, key: str, password: Secret) -> None:
        """Keep it, in place of any earlier one."""

    def forget(self, key: str) -> None:
        """Keep it no longer."""


class KeyringPasswords:
    """The operating system's keyring."""

    def get(self, key: str) -> Secret | None:
        """See :class:`Passwords`."""
        _require_keyring()
        try:
            found = keyring.get_password(_SERVICE, key)
        except KeyringError as exc:
            raise _unusable(exc) from None
        return None if found is None else Secret(found)

    def put(self, key: str, password: Secret) -> None:
        """See :class:`Passwords`."""
        _require_keyring()
        failed: KeyringError | None = None
        try:
            keyring.set_password(_SERVICE, key, password.reveal())
        except KeyringError as exc:
            failed = exc
        if failed is not None:  # outside the handler, whose frames hold the password
            raise _unusable(failed)

    def forget(self, key: str) -> None:
        """See :class:`Passwords`."""
        _require_keyring()
        try:
            keyring.delete_password(_SERVICE, key)
        except PasswordDeleteError:
            pass  # there was none
        except KeyringError as exc:
            raise _unusable(exc) from None


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

    def forget(self, key: str) -> None:
        """See :class:`Passwords`."""
        self._kept.pop(key, None)


def _require_keyring() -> None:
    # `fail` and `null` have priorities below 1, and so have backends that keep passwords in plain files.
    if keyring.get_keyring().priority < 1:
        raise PasswordProblem(
            Words(
                "本机没有可用的系统密钥环，密码不能保存。请启用系统密钥环（Linux 上例如 gnome-keyring）后再试。",
                "This machine has no keyring to keep the password in. Start one (on Linux for example "
                "gnome-keyring) and try again.",
            )
        )


def _unusable(exc: KeyringError) -> PasswordProblem:
    return PasswordProblem(
        Words(
            "系统密钥环无法使用（{why}）。请解锁密钥环后再试。",
            "The system's keyring cannot be used ({why}). Unlock it and try again.",
        ).fill(why=type(exc).__name__)
    )
