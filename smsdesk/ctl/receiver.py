"""`receiver`: the address that the gateway pushes to."""

from __future__ import annotations

from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.opening import opened
from smsdesk.ctl.output import Output
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.account import Account
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import accounts, push_check, push_receiver
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.push_receiver import Listening, Where
from smsdesk.jobs.push_taking import Pushed, Trouble


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("receiver")(receiver)


@command
def receiver(
    call: Call,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="Whose pushes; not needed where there is one only.")
    ] = None,
    host: Annotated[str, typer.Option(metavar="H", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="0 takes a free one.")] = 8093,
    token: Annotated[
        str | None, typer.Option(metavar="T", help="The secret part of the path; else made once and kept.")
    ] = None,
    allow: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Hear these senders only; may be given several times.")
    ] = None,
    public: Annotated[
        str | None, typer.Option(metavar="URL", help="The reverse proxy's address, https://host, for --check.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Push nothing to a receiver that runs, and say what comes of it.")
    ] = False,
) -> int:
    """Receive what the gateway pushes, until stopped; prints the address to register with its administrator."""
    if check:
        return _check(
            call.out, host, port, token if token is not None else push_receiver.kept_token(call.data_dir), public
        )
    networks = push_receiver.networks(allow or [])
    with opened(call) as desk, stopping() as stop:
        of = desk.account(account) if account is not None else _only(desk)
        secret = token if token is not None else push_receiver.kept_token(call.data_dir)
        where = Where(host, port, secret, networks)
        push_receiver.serve(desk, of, where, stop, lambda news: _tell(call.out, news))
    return 0


def _check(out: Output, host: str, port: int, token: str, public: str | None) -> int:
    """Push nothing to the receiver, through the proxy where one is named: 0 where it answers OK, else 1."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - every address is no address to ask
    url = push_check.public_address(public, token) if public else push_receiver.address(near, port, token)
    found = push_check.check(url)
    if out.as_json:
        out.document({"url": url, "ok": found.is_ok, "status": found.status, "answer": out.text_of(found.words)})
    else:
        out.line(found.words)
    return 0 if found.is_ok else 1


def _only(desk: Desk) -> Account:
    every = accounts.every(desk)
    if len(every) == 1:
        return every[0]
    names = ", ".join(one.name for one in every) or "-"
    raise InputProblem(
        Words(
            "请用 --account 指定接收哪个账号的推送。现有账号：{names}。",
            "Say with --account whose pushes to receive. There are: {names}.",
        ).fill(names=names)
    )


def _tell(out: Output, news: object) -> None:
    match news:
        case Listening(url) if out.as_json:
            out.document({"url": url})
        case Listening(url):
            out.line(_LISTENING.fill(url=url))
        case Pushed(came=came) if not out.as_json:
            out.say(_CAME.fill(reports=came.reports, replies=came.replies))
        case Trouble(words):
            out.say(words)


_LISTENING = Words("推送地址（请交给网关管理员登记）：{url}", "The push address, to be registered: {url}")
_CAME = Words("收到状态报告 {reports} 条，回复 {replies} 条", "{reports} reports and {replies} replies came in")
