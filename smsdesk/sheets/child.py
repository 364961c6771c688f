"""The process that opens files: `python -m smsdesk.sheets.child PATH REQUEST`, run by `sheets.reader` only.

REQUEST is JSON: `sheet`, `encoding`, `separator` (each may be null), `seconds` and `memory` (bytes). It
answers in frames on standard output (`sheets.frames`) and ends with one that says done or why not.
Whatever a file does to it (a crash, a hang, all memory) happens to this process only.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from smsdesk.sheets import frames
from smsdesk.sheets.archive import open_archive
from smsdesk.sheets.blocks import Block, without_blank_end
from smsdesk.sheets.book import Book, choose, open_book, others
from smsdesk.sheets.html import open_page
from smsdesk.sheets.kinds import Kind, recognise
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.spreadsheetml import open_xml
from smsdesk.sheets.text import blocks, find_form

# Workbooks that are a text, in an encoding that a person may choose.
_TEXT_BOOKS: Final = {Kind.HTML: open_page, Kind.MHTML: open_archive, Kind.XML: open_xml}


def main(arguments: Sequence[str]) -> int:
    """Read the file and answer; 0 also when it cannot be read, as the answer says so."""
    gc.disable()  # millions of cells, none in a circle, and the process ends soon
    path, request = Path(arguments[0]), json.loads(arguments[1])
    out = _private_stdout()
    _limit(request["seconds"], request["memory"])
    try:
        _read(path, request, out)
        frames.write(out, "done")
    except CannotRead as problem:
        frames.write(out, "problem", key=problem.key, detail=problem.detail)
    except MemoryError:
        frames.write(out, "problem", key=Key.MEMORY, detail="")
    except BrokenPipeError:
        return 1  # the program has gone
    except OSError as error:
        frames.write(out, "problem", key=_os_key(error), detail=error.strerror or "")
    return 0


def _private_stdout() -> BinaryIO:
    """Standard output for frames only: what a library may print goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _limit(seconds: float, memory: int) -> None:
    """Let the system end this process when it takes too much, even when the program that started it is gone."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for what, limit in (("RLIMIT_AS", memory), ("RLIMIT_CPU", int(seconds) + 5), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, what), (limit, limit))
        except (ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it; a lower limit may be set already
            continue


def _os_key(error: OSError) -> Key:
    if isinstance(error, FileNotFoundError):
        return Key.MISSING
    return Key.DENIED if isinstance(error, PermissionError) else Key.UNREADABLE


def _read(path: Path, request: dict[str, Any], out: BinaryIO) -> None:
    kind = recognise(path)
    if kind is Kind.TEXT:
        _read_text(path, request, out)
    elif (open_text_book := _TEXT_BOOKS.get(kind)) is not None:
        book = open_text_book(path, request["encoding"])
        _read_book(book, request, out, book.encoding)
    else:
        _read_book(open_book(path, kind), request, out)


def _read_book(book: Book, request: dict[str, Any], out: BinaryIO, encoding: str | None = None) -> None:
    sheets = [[sheet.name, sheet.hidden] for sheet in book.sheets]
    frames.write(out, "opened", sheets=sheets, encoding=encoding)
    sheet = choose(book, request["sheet"])
    frames.write(out, "sheet", name=sheet.name, rows=sheet.rows)
    _send(out, sheet.blocks())
    name = sheet.name
    del sheet  # a full one takes hundreds of megabytes
    frames.write(out, "whole")
    for other, rows in others(book, name):
        frames.write(out, "sheet", name=other.name, rows=other.rows)
        for block in rows:
            frames.write_block(out, block)


def _read_text(path: Path, request: dict[str, Any], out: BinaryIO) -> None:
    name = path.stem.encode("utf-8", "replace").decode()  # old archives leave names that are no text
    if request["sheet"] not in (None, name):
        raise CannotRead(Key.NO_SHEET, name)
    form = find_form(path, request["encoding"], request["separator"])
    frames.write(out, "opened", sheets=[[name, False]], encoding=form.encoding, separator=form.separator)
    frames.write(out, "sheet", name=name, rows=None)
    _send(out, without_blank_end(blocks(path, form)))


def _send(out: BinaryIO, blocks: Iterator[Block]) -> None:
    first = next(blocks, None)
    if first is None:
        raise CannotRead(Key.EMPTY)
    for block in chain([first], blocks):
        frames.write_block(out, block)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
