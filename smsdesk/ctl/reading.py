"""Options and progress of the commands that read a recipient file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

import typer

from smsdesk.ctl.progress import Step
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.mobile import Reason, single
from smsdesk.domain.words import Words
from smsdesk.jobs.importing import Opening, RowsCleaned, RowsRead

Sheet = Annotated[str | None, typer.Option(metavar="NAME", help="Which sheet; else the first with numbers.")]
Column = Annotated[
    str | None, typer.Option(metavar="NAME|LETTER", help="The column with the numbers; else it is found by content.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Of a text file; else it is found by content.")]

_OPENING = Words("正在打开 {file}", "Opening {file}")
_READING = Words("正在读取 {file}", "Reading {file}")
_CLEANING = Words("正在检查号码", "Checking numbers")


def read_step(news: object) -> Step | None:
    """How far the reading of a file is."""
    match news:
        case Opening(file):
            return Step(_OPENING.fill(file=file), 0, None)
        case RowsRead(file, _, rows, of):
            return Step(_READING.fill(file=file), rows, of)
        case RowsCleaned(_, rows, of):
            return Step(_CLEANING, rows, of)
    return None


def numbers_of(texts: Iterable[str]) -> list[str]:
    """The numbers that were typed, divided by commas and the like, each once.

    Raises:
        InputProblem: some are none; the sentence names them.
    """
    given = [part.strip() for text in texts for part in re.split(r"[,，;；、\n]", text) if part.strip()]
    found: dict[str, None] = {}
    wrong: list[Words] = []
    for text in given:
        mobile = single(text)
        if isinstance(mobile, Reason):
            wrong.append(_WRONG.fill(it=text, reason=mobile.words))
        else:
            found[mobile] = None
    if wrong:
        shown = wrong[:10]
        raise InputProblem(Words("".join(one.zh for one in shown), " ".join(one.en for one in shown)))
    if not found:
        raise InputProblem(Words("没有号码。", "There is no number."))
    return list(found)


_WRONG = Words("“{it}”：{reason}", "'{it}': {reason}")
