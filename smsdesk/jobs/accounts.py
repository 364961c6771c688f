"""Accounts: tried before they are stored, their passwords put into the keyring."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from smsdesk.domain.account import Account, Secret, check, check_access, normal_signature, url_problem
from smsdesk.domain.errors import InputProblem, PasswordProblem
from smsdesk.domain.inbox import Balance
from smsdesk.domain.words import Words
from smsdesk.gateway.errors import AnswerLost, NotSent
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
    tidied = _trimmed(account)
    check(tidied)
    return tidied


def _trimmed(account: Account) -> Account:
    return dataclasses.replace(
        account,
        name=account.name.strip(),
        url=account.url.strip(),
        login=account.login.strip(),
        extno=account.extno.strip(),
        signature=normal_signature(account.signature),
    )


def reach(desk: Desk, url: str) -> None:
    """Look whether anything answers at a gateway's address. Nobody is named, nothing is asked for.

    Raises:
        InputProblem: it is no address.
        GatewayProblem: nothing answers.
    """
    if problem := url_problem(url.strip()):
        raise InputProblem(problem)
    from smsdesk.gateway.client import GatewayClient  # noqa: PLC0415 - as in `Desk.client`

    nobody = Account(name="", url=url.strip(), login="", extno="")
    with GatewayClient(nobody, Secret(""), desk.patience) as client:
        client.reach()


def prove(desk: Desk, account: Account, password: Secret) -> Balance:
    """As :func:`test`, for an account of which no more than address and login are known yet."""
    account = _trimmed(account)
    check_access(account)
    with desk.client(account, password) as client:
        return client.balance()


def test(desk: Desk, account: Account, password: Secret) -> Balance:
    """Ask for the balance, which proves address, account and password and changes nothing.

    Raises:
        InputProblem: something in the account is wrong.
        GatewayProblem: the gateway cannot be reached, or refuses it.
    """
    return prove(desk, tidy(account), password)


def save(
    desk: Desk,
    account: Account,
    password: Secret | None,
    balance: Balance | None = None,
    *,
    remember: bool = True,
) -> Account:
    """Store a new account (id 0) or the changes to one; a password goes into the keyring.

    Nothing is stored where the keyring takes no password. `balance` is what a test just read. Where a person does not
    want the password remembered it is held in memory, and taken out of the keyring; one that was held goes into it
    where they do. Without a new password that is the one that is there.

    Raises:
        InputProblem: something in it is wrong, or its name is taken.
        PasswordProblem: the keyring cannot be used.
    """
    account = tidy(account)
    is_new = not account.id
    is_typed = password is not None
    if not is_typed and not is_new and remember == desk.passwords.is_held(account.key):
        password = desk.passwords.get(account.key)
    if password is not None and remember:
        desk.passwords.get(account.key)  # a locked keyring asks now: inside the transaction others would wait for it
    with desk.database.write() as conn:
        if account.id:
            accounts.change(conn, account)
        else:
            account = accounts.add(conn, account)
        if balance is not None:
            balances.add(conn, account.id, balance)
        if password is not None and remember:
            # Inside the transaction: a keyring that refuses takes the account back with it.
            desk.passwords.put(account.key, password)
    if password is not None and not remember:
        try:
            if not is_new:  # of a new one there is none, and a locked keyring would ask about it all the same
                desk.passwords.forget(account.key)
        except PasswordProblem:
            if not is_typed:  # else the one that may be left there is of no use any more
                raise
        finally:
            desk.passwords.hold(account.key, password)
    return account


def remove(desk: Desk, account: Account) -> None:
    """Take an account off the list, and its password out of the keyring. Its campaigns stay.

    Raises:
        PasswordProblem: the keyring cannot be used; the account stays.
    """
    with desk.database.write() as conn:
        accounts.remove(conn, account.id)
        desk.passwords.forget(account.key)


@dataclass(frozen=True, slots=True)
class Missing:
    """An account whose password is not in reach."""

    account: Account
    why: Words | None
    """What the keyring said; None where it has no password of this account."""


def without_password(desk: Desk) -> list[Missing]:
    """The accounts whose password a person has to be asked for. A keyring that is locked may ask to be unlocked."""
    missing = []
    for account in every(desk):
        try:
            if desk.passwords.get(account.key):
                continue
            why = None
        except PasswordProblem as problem:
            why = problem.words
        missing.append(Missing(account, why))
    return missing


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a password that was asked for. It is there now, as long as the program runs at least."""

    balance: Balance | None
    """The proof; None where the gateway could not be asked."""
    problem: Words | None
    """Why it could not be asked, or why the keyring did not take the password."""


def give_password(desk: Desk, account: Account, password: Secret, *, remember: bool) -> Given:
    """Try the password that a person was asked for, and hold it; into the keyring goes only one that has proved right.

    Raises:
        InputProblem: there is none.
        GatewayProblem: the gateway refuses it; it is not held.
    """
    if not password:
        raise InputProblem(NO_PASSWORD)
    try:
        balance = prove(desk, account, password)
    except (NotSent, AnswerLost) as unknown:
        desk.passwords.hold(account.key, password)
        return Given(None, unknown.words)
    desk.passwords.hold(account.key, password)
    with desk.database.write() as conn:
        balances.add(conn, account.id, balance)
    try:
        if remember:
            desk.passwords.put(account.key, password)
    except PasswordProblem as problem:
        return Given(balance, problem.words)
    return Given(balance, None)


NO_PASSWORD = Words("请填写密码。", "Enter the password.")


def try_and_save(
    desk: Desk, account: Account, password: Secret | None, *, remember: bool = True
) -> tuple[Account, Balance]:
    """Test, and save what works; without a password the stored one is tried. Raises as both."""
    tried = password or desk.passwords.get(account.key)
    if tried is None:
        raise InputProblem(NO_PASSWORD)
    balance = test(desk, account, tried)
    return save(desk, account, password, balance, remember=remember), balance
