"""What every use case works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.errors import InputProblem, PasswordProblem
from smsdesk.domain.words import Words
from smsdesk.gateway.patience import Patience
from smsdesk.settings.secrets import Passwords
from smsdesk.store import accounts
from smsdesk.store.database import Database, open_store

if TYPE_CHECKING:
    from smsdesk.gateway.client import GatewayClient


@dataclass(frozen=True)
class Desk:
    """An open store, the passwords that belong to it, and how long to wait for a gateway."""

    database: Database
    passwords: Passwords
    patience: Patience = field(default_factory=Patience)
    practice_url: str = ""
    """The practice gateway's address where the program practises: no other gateway is talked to then."""

    def client(self, account: Account, password: Secret | None = None) -> GatewayClient:
        """A connection to the account's gateway, with its `password`; None: the one that is kept.

        Raises:
            PasswordProblem: there is no password for it.
            InputProblem: it is a real one, while the program practises.
        """
        if self.practice_url and account.url != self.practice_url:
            raise InputProblem(_PRACTICE)
        # httpx takes a tenth of a second to import, which no start should wait for.
        from smsdesk.gateway.client import GatewayClient  # noqa: PLC0415

        password = password or self.passwords.get(account.key)
        if not password:
            raise PasswordProblem(
                Words(
                    "没有账号“{name}”的密码，请在账号设置里重新填写。",
                    "There is no password for the account '{name}'. Enter it in the account's settings.",
                ).fill(name=account.name)
            )
        return GatewayClient(account, password, self.patience)

    def account(self, name: str) -> Account:
        """The account that people call `name`.

        Raises:
            InputProblem: there is none; the sentence names those that there are.
        """
        with self.database.read() as conn:
            found, every = accounts.named(conn, name), accounts.every(conn)
        if found is None:
            names = ", ".join(account.name for account in every) or "-"
            raise InputProblem(
                Words(
                    "没有名为“{name}”的账号。现有账号：{names}。", "There is no account '{name}'. There are: {names}."
                ).fill(name=name, names=names)
            )
        return found


_PRACTICE = Words(
    "这是练习，只连接程序内的练习网关，不能使用真实账号。请关闭练习，正式启动程序后再添加账号。",
    "This is practice, which talks to the gateway inside the program only. Close it, start the program itself, and "
    "connect a real account there.",
)


def open_desk(data_dir: Path, url: str | None, passwords: Passwords) -> Desk:
    """Open the store in `data_dir`, or the PostgreSQL database at `url`. Raises a StoreProblem."""
    return Desk(open_store(data_dir, url), passwords)
