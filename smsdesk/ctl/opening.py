"""The store, opened for one call, with the password's place and the patience that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from smsdesk.ctl.call import Call
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import accounts, recovery
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings.secrets import KeyringPasswords, MemoryPasswords

Timeout = Annotated[
    float | None,
    typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long to wait for an answer of the gateway."),
]


@contextmanager
def opened(call: Call, timeout: float | None = None, *, keyring: bool = False) -> Iterator[Desk]:
    """The store, with what a killed program left behind put right, so that every command tells the truth.

    `SMSDESK_PASSWORD` stands in for the keyring, unless the command is about what is in that.

    Raises:
        StoreProblem: it cannot be used.
    """
    passwords = MemoryPasswords(call.password) if call.password and not keyring else KeyringPasswords()
    desk = open_desk(call.data_dir, call.database, passwords)
    try:
        recovery.recover(desk)
        yield Desk(desk.database, passwords, _patience(timeout))
    finally:
        desk.database.dispose()


def ready(desk: Desk, account_id: int, *, answers: bool = False) -> None:
    """Refuse before anything is changed what would fail after it.

    Raises:
        PasswordProblem: there is no password for the account.
        StoreBusy: another program sends for it; with `answers`, answers replies.
    """
    account = next((one for one in accounts.every(desk) if one.id == account_id), None)
    if account is not None:  # of a removed account a campaign may be left; sending it tells
        desk.client(account).close()
    with desk.database.lock(recovery.sender_lock(account_id, answers=answers)):
        pass


def _patience(timeout: float | None) -> Patience:
    usual = Patience()
    if timeout is None:
        return usual
    return Patience(connect=min(usual.connect, timeout), silence=timeout, whole=timeout)
