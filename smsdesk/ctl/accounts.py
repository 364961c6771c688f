"""`account add`, `account list`, `account remove`."""

from __future__ import annotations

import dataclasses
import sys
from getpass import getpass
from typing import Annotated, Any

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.shown import account_json
from smsdesk.domain.account import Account, LineEnd, PasswordForm, Secret, Separator
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import accounts, balances
from smsdesk.jobs.balances import Price
from smsdesk.jobs.desk import Desk

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the account is called.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    accounts_app = group("Gateway accounts.")
    accounts_app.command("add")(add)
    accounts_app.command("list")(list_)
    accounts_app.command("remove")(remove)
    app.add_typer(accounts_app, name="account")


@command
def add(
    call: Call,
    name: Name,
    url: Annotated[str | None, typer.Option(help="The whole address, such as http://host:port/sms.")] = None,
    account: Annotated[str | None, typer.Option(metavar="ID", help="The gateway's parameter `account`.")] = None,
    extno: Annotated[str | None, typer.Option(metavar="EXT", help="The access number, 106….")] = None,
    signature: Annotated[str | None, typer.Option(metavar="TEXT", help="Put in front of every text.")] = None,
    batch: Annotated[int | None, typer.Option(metavar="N", help="Numbers a request, 1 to 500 [200].")] = None,
    connections: Annotated[int | None, typer.Option(metavar="N", help="Requests at once [2].")] = None,
    rate: Annotated[int | None, typer.Option(metavar="N", help="Messages a second at most [0: no limit].")] = None,
    price_li: Annotated[int | None, typer.Option(metavar="N", help="Price of a segment in li (1/1000 yuan).")] = None,
    separator: Annotated[Separator | None, typer.Option(help="Between number and text of a p2p line.")] = None,
    line_end: Annotated[LineEnd | None, typer.Option(help="What ends a p2p line.")] = None,
    password_form: Annotated[PasswordForm | None, typer.Option(help="How the password goes out.")] = None,
    abroad: Annotated[
        bool | None, typer.Option("--abroad/--no-abroad", help="Whether it may send to numbers from abroad [no].")
    ] = None,
    gsm7: Annotated[
        bool | None, typer.Option("--gsm7/--no-gsm7", help="Whether plain GSM 03.38 text counts 160/153 [no].")
    ] = None,
    warn_below_li: Annotated[
        int | None, typer.Option(metavar="N", help="Warn when the balance is below so many li; may be negative.")
    ] = None,
    pause_below: Annotated[
        bool | None, typer.Option("--pause-below/--no-pause-below", help="Whether campaigns pause there, too [no].")
    ] = None,
    no_limit: Annotated[bool, typer.Option("--no-limit", help="Neither warn nor pause any more.")] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input; kept in the keyring.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Change the account of that name, if there is one.")
    ] = False,
) -> int:
    """Add an account, or change one. The gateway is not asked: `balance NAME` does that."""
    values: dict[str, Any] = {
        "url": url,
        "login": account,
        "extno": extno,
        "signature": signature,
        "batch": batch,
        "connections": connections,
        "rate": rate,
        "price_li": price_li,
        "separator": separator,
        "line_end": line_end,
        "password_form": password_form,
        "abroad": abroad,
        "gsm7": gsm7,
        "warn_below_li": warn_below_li,
        "pause_below": pause_below,
    }
    given = {field: value for field, value in values.items() if value is not None}
    if no_limit:
        if warn_below_li is not None or pause_below:
            raise InputProblem(_LIMIT_OR_NONE)
        given |= {"warn_below_li": None, "pause_below": False}
    with opened(call, keyring=True) as desk:
        before = _named(desk, name) if replace else None
        wanted = dataclasses.replace(before, **given) if before else _new(name, given)
        accounts.tidy(wanted)  # a wrong call is told before a password is asked for
        password = _password(call, password_stdin, new=before is None)
        saved = accounts.save(desk, wanted, password)
        price = balances.price(desk, saved)
    if call.as_json:
        call.out.document(account_json(saved, price))
    else:
        call.out.line(Words("账号“{name}”已保存。", "The account '{name}' is saved.").fill(name=saved.name))
    if password is None and before is None:
        call.out.say(_NO_PASSWORD)
    return 0


_NO_PASSWORD = Words(
    "没有保存密码：请用 SMSDESK_PASSWORD 提供，或用 account add --replace --password-stdin 保存到系统密钥环。",
    "No password was stored: give it in SMSDESK_PASSWORD, or keep it in the keyring with account add --replace "
    "--password-stdin.",
)
_LIMIT_OR_NONE = Words(
    "--no-limit 不能与 --warn-below-li、--pause-below 同时使用。",
    "--no-limit contradicts --warn-below-li and --pause-below.",
)
_MISSING = Words("缺少 {names}。", "Missing: {names}.")


def _named(desk: Desk, name: str) -> Account | None:
    return next((one for one in accounts.every(desk) if one.name == name.strip()), None)


def _new(name: str, given: dict[str, Any]) -> Account:
    options = {"url": "--url", "login": "--account", "extno": "--extno"}
    missing = [option for field, option in options.items() if field not in given]
    if missing:
        raise InputProblem(_MISSING.fill(names=", ".join(missing)))
    return Account(name=name, **given)


def _password(call: Call, from_stdin: bool, *, new: bool) -> Secret | None:
    """The password to keep. One in `SMSDESK_PASSWORD` is not: it is for one call."""
    if from_stdin:
        text = sys.stdin.buffer.read(4096).decode("utf-8", "surrogateescape")
        text = text.removesuffix("\n").removesuffix("\r")
        if not text or not text.isprintable():
            raise InputProblem(Words("标准输入里没有可用的密码。", "There is no usable password on standard input."))
        return Secret(text)
    if call.password or not new or not sys.stdin.isatty():
        return None
    asked = Words("密码（不保存就直接回车）：", "Password (empty: keep none): ").text(call.language)
    return Secret(getpass(asked)) or None


@command
def list_(call: Call) -> int:
    """All accounts."""
    with opened(call) as desk:
        every = [(one, balances.price(desk, one)) for one in accounts.every(desk)]
    if call.as_json:
        call.out.document({"accounts": [account_json(one, price) for one, price in every]})
    else:
        rows = ((one.name, one.url, one.login, one.extno, one.signature, _price(price)) for one, price in every)
        call.out.table(_COLUMNS, rows)
    return 0


def _price(price: Price | None) -> str:
    """In li; one that is estimated begins with ~."""
    return f"{'~' if price.is_estimate else ''}{price.li}" if price else ""


_COLUMNS = (
    Words("名称", "Name"),
    Words("网关地址", "Address"),
    Words("账号", "Account"),
    Words("接入号", "Access number"),
    Words("签名", "Signature"),
    Words("单价（厘/条）", "Price (li)"),
)


@command
def remove(call: Call, name: Name) -> int:
    """Take an account off the list, and its password out of the keyring. Its campaigns stay."""
    with opened(call, keyring=True) as desk:
        found = desk.account(name)
        accounts.remove(desk, found)
    if call.as_json:
        call.out.document({"removed": found.name})
    else:
        call.out.line(Words("账号“{name}”已删除。", "The account '{name}' is removed.").fill(name=found.name))
    return 0
