"""Reading a file as the program does it, in a child process."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest

from smsdesk.domain.errors import SheetProblem
from smsdesk.domain.words import Language
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.reader import Limits, Request, SheetStart, stream

Cells = list[tuple[str, ...]]


class Read(NamedTuple):
    """The sheet that was chosen: its rows, their numbers, the numbers of the hidden ones."""

    start: SheetStart
    cells: Cells
    lines: list[int]
    hidden: list[int]


def read(path: Path, content: str | bytes | None = None, request: Request | None = None) -> Read:
    """Write `content` if given, and read the file."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    start: SheetStart | None = None
    cells: Cells = []
    lines: list[int] = []
    hidden: list[int] = []
    for part in stream(path, request or Request(), Event()):
        if isinstance(part, Block):
            cells += [row.cells for row in part.rows()]
            lines += part.lines
            hidden += [part.lines[place] for place in part.hidden]
        elif start is None:
            start = part
        else:
            break
    assert start is not None
    return Read(start, cells, lines, hidden)


def sentence(path: Path, content: str | bytes, request: Request | None = None, limits: Limits | None = None) -> str:
    """What a person is told of a file with this content, in Chinese."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SheetProblem) as caught:
        list(stream(path, request or Request(), Event(), limits))
    assert path.name in caught.value.words.text(Language.EN)
    return caught.value.words.text(Language.ZH)
