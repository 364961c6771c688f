"""Accounts in the store. Passwords are not here."""

from __future__ import annotations

import dataclasses
import secrets

from sqlalchemy import Connection, Row, Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.store.schema import accounts

_FIELDS = [field.name for field in dataclasses.fields(Account)]


def add(conn: Connection, account: Account) -> Account:
    """Store a new account; what comes back has its id and its key.

    Raises:
        InputProblem: another account has that name.
    """
    key = secrets.token_hex(16)
    values = _values(account) | {"key": key, "created_at": now()}
    try:
        new_id = conn.execute(accounts.insert().values(values).returning(accounts.c.id)).scalar_one()
    except IntegrityError:
        raise _name_taken(account.name) from None
    return dataclasses.replace(account, id=new_id, key=key)


def change(conn: Connection, account: Account) -> None:
    """Store the new values of the account with this id. Raises as :func:`add`."""
    try:
        conn.execute(accounts.update().where(accounts.c.id == account.id).values(_values(account)))
    except IntegrityError:
        raise _name_taken(account.name) from None


def remove(conn: Connection, account_id: int) -> None:
    """Take an account off the list; its campaigns stay."""
    conn.execute(accounts.update().where(accounts.c.id == account_id).values(removed_at=now()))


def lower_batch(conn: Connection, account_id: int, batch: int) -> None:
    """Remember that the gateway takes no more than `batch` numbers a request (status 102)."""
    conn.execute(accounts.update().where(accounts.c.id == account_id, accounts.c.batch > batch).values(batch=batch))


def limit(conn: Connection, account_id: int, warn_below_li: int | None, *, pause_below: bool) -> None:
    """Set the balance in li below which people are warned, and whether campaigns pause there."""
    values = {"warn_below_li": warn_below_li, "pause_below": pause_below}
    conn.execute(accounts.update().where(accounts.c.id == account_id).values(values))


def same_login(account_id: int) -> Select[tuple[int]]:
    """Ids of all accounts, removed ones too, that are the same customer of the same gateway."""
    ours = accounts.alias("ours")
    same = (accounts.c.login == ours.c.login) & (accounts.c.url == ours.c.url)
    return select(accounts.c.id).join(ours, same).where(ours.c.id == account_id)


def hold(conn: Connection, account_id: int) -> None:
    """Let nobody else settle batches or match reports of this account until this transaction ends.

    A report and the answer that names its mid may be stored at the same moment; on PostgreSQL each transaction would
    miss what the other has not committed. To be called before any campaign or message is touched, so that no two
    wait for each other.
    """
    if conn.dialect.name == "postgresql":  # on SQLite a transaction that may write is alone anyway
        conn.execute(_HOLD, {"account": account_id})


_HOLD = select(accounts.c.id).where(accounts.c.id == bindparam("account")).with_for_update(key_share=True)


def every(conn: Connection) -> list[Account]:
    """All accounts, by name."""
    rows = conn.execute(_select().where(accounts.c.removed_at.is_(None)).order_by(accounts.c.name))
    return [_account(row) for row in rows]


def named(conn: Connection, name: str) -> Account | None:
    """The account that people call `name`."""
    row = conn.execute(_select().where(accounts.c.name == name, accounts.c.removed_at.is_(None))).one_or_none()
    return _account(row) if row is not None else None


def by_id(conn: Connection, account_id: int) -> Account:
    """The account with this id, removed or not."""
    return _account(conn.execute(_select().where(accounts.c.id == account_id)).one())


def _select() -> Select[tuple[object, ...]]:
    return select(*(accounts.c[name] for name in _FIELDS))


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def _values(account: Account) -> dict[str, object]:
    return {name: getattr(account, name) for name in _FIELDS if name not in ("id", "key")}


def _name_taken(name: str) -> InputProblem:
    return InputProblem(
        Words(
            "已经有名为“{name}”的账号，请换个名称。", "There is an account '{name}' already. Choose another name."
        ).fill(name=name)
    )
