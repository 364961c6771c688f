"""Accounts: tried before they are stored, their passwords put into the keyring."""

from __future__ import annotations

import dataclasses

from smsdesk.domain.account import Account, Secret, check, normal_signature
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import Balance
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.store import accounts, balances


def every(desk: Desk) -> list[Account]:
    """All accounts, by name."""
    with desk.database.read() as conn:
        return accounts.every(conn)


def tidy(account: Account) -> Account:
    """The account as it will be stored.

    Raises:
        InputProblem: something in it is wrong.
    """
    tidied = dataclasses.replace(
        account,
        name=account.name.strip(),
        url=account.url.strip(),
        login=account.login.strip(),
        extno=account.extno.strip(),
        signature=normal_signature(account.signature),
    )
    check(tidied)
    return tidied


def test(desk: Desk, account: Account, password: Secret) -> Balance:
    """Ask for the balance, which proves address, account and password and changes nothing.

    Raises:
        InputProblem: something in the account is wrong.
        GatewayProblem: the gateway cannot be reached, or refuses it.
    """
    with desk.client(tidy(account), password) as client:
        return client.balance()


def save(desk: Desk, account: Account, password: Secret | None, balance: Balance | None = None) -> Account:
    """Store a new account (id 0) or the changes to one; a password goes into the keyring.

    Nothing is stored where the keyring takes no password. `balance` is what a test just read.

    Raises:
        InputProblem: something in it is wrong, or its name is taken.
        PasswordProblem: there is no keyring.
    """
    account = tidy(account)
    if password is not None:
        desk.passwords.get(account.key)  # a locked keyring asks now: inside the transaction others would wait for it
    with desk.database.write() as conn:
        if account.id:
            accounts.change(conn, account)
        else:
            account = accounts.add(conn, account)
        if balance is not None:
            balances.add(conn, account.id, balance)
        if password is not None:
            # Inside the transaction: a keyring that refuses takes the account back with it.
            desk.passwords.put(account.key, password)
    return account


def remove(desk: Desk, account: Account) -> None:
    """Take an account off the list, and its password out of the keyring. Its campaigns stay.

    Raises:
        PasswordProblem: the keyring cannot be used; the account stays.
    """
    with desk.database.write() as conn:
        accounts.remove(conn, account.id)
        desk.passwords.forget(account.key)


def try_and_save(desk: Desk, account: Account, password: Secret | None) -> tuple[Account, Balance]:
    """Test, and save what works; without a password the stored one is tried. Raises as both."""
    tried = password or desk.passwords.get(account.key)
    if tried is None:
        raise InputProblem(Words("请填写密码。", "Enter the password."))
    balance = test(desk, account, tried)
    return save(desk, account, password, balance), balance
