"""`simulator`: a practice gateway on the loopback address."""

from __future__ import annotations

from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.simulator.model import Account, Edition, Rates, Settings
from smsdesk.simulator.server import Practice

Share = Annotated[float, typer.Option(min=0, max=1, metavar="SHARE")]
_USUAL, _ACCOUNT = Rates(), Account()


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("simulator")(simulator)


@command
def simulator(
    call: Call,
    port: Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="0 takes a free one.")] = 0,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same password and fates.")] = 1,
    balance: Annotated[int, typer.Option(metavar="LI", help="What the account holds.")] = _ACCOUNT.balance_li,
    price: Annotated[int, typer.Option(metavar="LI", min=0, help="Of one segment.")] = _ACCOUNT.price_li,
    signature: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="A registered signature; none: they are not checked.")
    ] = None,
    edition: Annotated[Edition, typer.Option(help="Which of the gateway's documents it follows.")] = Edition.SECOND,
    speed: Annotated[
        float, typer.Option(metavar="X", min=0, help="How many times faster than life handsets are; 0: at once.")
    ] = 1.0,
    fail_rate: Share = _USUAL.failed,
    silent_rate: Share = _USUAL.silent,
    reply_rate: Share = _USUAL.replied,
    opt_out_rate: Share = _USUAL.opted_out,
    specials: Annotated[bool, typer.Option(help="Numbers with special endings have special fates.")] = True,
    push: Annotated[str | None, typer.Option(metavar="URL", help="Where to push to, on this machine.")] = None,
) -> int:
    """Run a practice gateway until stopped; prints what an account needs. Nothing leaves this machine."""
    rates = Rates(failed=fail_rate, silent=silent_rate, replied=reply_rate, opted_out=opt_out_rate)
    names = frozenset(name.strip("【】[] ") for name in signature) if signature else None
    try:
        account = Account(balance_li=balance, price_li=price, signatures=names, push_url=push)
    except ValueError:
        raise InputProblem(_PUSH_HERE) from None
    settings = Settings(edition=edition, speed=speed, rates=rates, specials=specials)
    with stopping() as stop, _started(Practice(account, settings=settings, port=port, seed=seed), port) as practice:
        _print(call, practice)
        stop.wait()
    return 0


_PUSH_HERE = Words("练习网关只能推送到本机地址。", "The practice gateway pushes to this machine only.")
_PORT_TAKEN = Words("端口 {port} 已被占用，请换一个。", "The port {port} cannot be listened on; choose another one.")
_READY = Words(
    "练习网关：{url}\n账号：{account}\n密码：{password}\n接入号：{extno}",
    "Practice gateway: {url}\nAccount: {account}\nPassword: {password}\nAccess number: {extno}",
)


def _started(practice: Practice, port: int) -> Practice:
    try:
        return practice.start()
    except OSError:
        raise InputProblem(_PORT_TAKEN.fill(port=port)) from None


def _print(call: Call, practice: Practice) -> None:
    values = {
        "url": practice.url,
        "account": practice.account,
        "password": practice.password,
        "extno": practice.extno,
    }
    if call.as_json:
        call.out.document(values)
        return
    told = _READY.fill(**values)
    for zh, en in zip(told.zh.split("\n"), told.en.split("\n"), strict=True):
        call.out.line(Words(zh, en))
