"""Texts to be used again: those kept under a name, and those that were sent last."""

from __future__ import annotations

from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.text import Template
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.store import templates
from smsdesk.store.templates import Kept as Kept

_LAST: Final = 30
"""Texts that were sent and are shown."""


def every(desk: Desk) -> list[Kept]:
    """All that are kept, the one changed last first."""
    with desk.database.read() as conn:
        return templates.every(conn)


def sent(desk: Desk) -> list[Kept]:
    """The texts that were sent last, each once, under their campaigns' names."""
    with desk.database.read() as conn:
        return templates.sent(conn, _LAST)


def text_of(desk: Desk, name: str) -> str:
    """The text that is kept under a name.

    Raises:
        InputProblem: there is none; the sentence names those that there are.
    """
    with desk.database.read() as conn:
        kept = templates.named(conn, name)
        names = [] if kept else [one.name for one in templates.every(conn)]
    if kept is None:
        raise InputProblem(_NONE.fill(name=name, names="、".join(names) or "-"))
    return kept.text


def keep(desk: Desk, name: str, text: str) -> bool:
    """Keep a text; whether another one had the name, which it replaces.

    Raises:
        InputProblem: it has no name, is empty, or has a brace without its partner.
    """
    name = " ".join(name.split())
    if not name:
        raise InputProblem(Words("请给模板起个名称。", "Give the template a name."))
    if not text.strip():
        raise InputProblem(Words("内容是空的，没有可保存的模板。", "The text is empty: there is nothing to keep."))
    Template.parse(text)
    with desk.database.write() as conn:
        return templates.keep(conn, name, text)


def remove(desk: Desk, name: str) -> None:
    """Let go of a kept text.

    Raises:
        InputProblem: there is none of that name.
    """
    with desk.database.write() as conn:
        if not templates.remove(conn, name):
            raise InputProblem(_NONE.fill(name=name, names="、".join(one.name for one in templates.every(conn)) or "-"))


_NONE: Final = Words("没有名为“{name}”的模板。现有：{names}。", "There is no template “{name}”. There are: {names}.")
