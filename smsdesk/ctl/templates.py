"""`template list`, `sent`, `add`, `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.reading import body
from smsdesk.ctl.shown import iso
from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Words
from smsdesk.jobs import templates

Name = Annotated[str, typer.Argument(metavar="NAME", help="The template's name.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    kept = group("Texts kept under a name.")
    kept.command("list")(list_)
    kept.command("sent")(sent)
    kept.command("add")(add)
    kept.command("remove")(remove)
    app.add_typer(kept, name="template")


@command
def list_(call: Call) -> int:
    """All of them, the one changed last first."""
    with opened(call) as desk:
        found = templates.every(desk)
    if call.as_json:
        rows = [{"name": one.name, "text": one.text, "changed_at": iso(one.changed_at)} for one in found]
        call.out.document({"templates": rows})
    else:
        call.out.table(_COLUMNS, ((one.name, one.text, written(one.changed_at)) for one in found))
    return 0


@command
def sent(call: Call) -> int:
    """The texts that were sent last, each once, as templates; with the campaign's name and its start."""
    with opened(call) as desk:
        found = templates.sent(desk)
    if call.as_json:
        rows = [{"campaign": one.name, "text": one.text, "sent_at": iso(one.changed_at)} for one in found]
        call.out.document({"sent": rows})
    else:
        call.out.table(_SENT, ((one.name, one.text, written(one.changed_at)) for one in found))
    return 0


_SENT = (Words("任务", "Campaign"), Words("内容", "Text"), Words("发送时间", "Sent"))
_COLUMNS = (Words("名称", "Name"), Words("内容", "Text"), Words("修改时间", "Changed"))


@command
def add(
    call: Call,
    name: Name,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="{column} stands for each person's value.")] = None,
    text_file: Annotated[Path | None, typer.Option(metavar="FILE", help="The text, in UTF-8.")] = None,
) -> int:
    """Keep a text; one of the same name is replaced."""
    kept = body(text, text_file)
    with opened(call) as desk:
        replaced = templates.keep(desk, name, kept)
    if call.as_json:
        call.out.document({"name": name, "text": kept, "replaced": replaced})
    else:
        call.out.line(_KEPT.fill(name=name))
    return 0


@command
def remove(call: Call, name: Name) -> int:
    """Let go of one."""
    with opened(call) as desk:
        templates.remove(desk, name)
    if call.as_json:
        call.out.document({"removed": name})
    else:
        call.out.line(_REMOVED.fill(name=name))
    return 0


_KEPT = Words("已保存模板“{name}”。", "The template “{name}” is kept.")
_REMOVED = Words("已删除模板“{name}”。", "The template “{name}” is removed.")
