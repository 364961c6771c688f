"""Files read in a child process, streamed as blocks.

The child may crash, hang or eat memory on a bad file: this side only sees its output end, and says so in
a sentence. Cancel kills it, which is instant whatever it is doing.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import IO, BinaryIO, Final, cast

import smsdesk
from smsdesk.domain.errors import Cancelled, SheetProblem
from smsdesk.sheets import frames
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.kinds import is_bomb
from smsdesk.sheets.problems import Key, sheet_problem
from smsdesk.sheets.table import SheetInfo

_log = logging.getLogger(__name__)
_TICK: Final = 0.02  # seconds between two looks at the stop event and the clock
_TOO_MUCH_TIME: Final = int(getattr(signal, "SIGXCPU", 0)) or 10_000  # the child's own limit, where there is one
_CANNOT_ALLOCATE: Final = ("memory allocation of", "MemoryError", "out of memory")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of time, bytes of memory in the child, bytes of cells in this process."""

    seconds: float = 300.0
    memory: int = 3 << 30
    cells: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Request:
    """What to read: a sheet's name (None: chosen by content); for text files an encoding and a separator."""

    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The file is open and its sheet chosen; `rows` is how many rows it says to have, None when not known."""

    sheets: tuple[SheetInfo, ...]
    sheet: str
    rows: int | None
    encoding: str | None
    separator: str | None


def stream(path: Path, request: Request, stop: Event, limits: Limits | None = None) -> Iterator[SheetStart | Block]:
    """Read a file: one :class:`SheetStart`, then its rows; then the same for each other sheet that is small enough.

    Raises :class:`~smsdesk.domain.errors.SheetProblem` when it cannot be read and
    :class:`~smsdesk.domain.errors.Cancelled` when `stop` is set, with the child gone in both cases. When something is
    wrong with another sheet, there is nothing of it: it is not what was asked for.
    """
    limits = limits or Limits()
    with _child(path, request, stop, limits) as child:
        opened: frames.Header = {}
        chosen = True  # what comes is of the sheet that was asked for, not of another one
        other: list[SheetStart | Block] = []  # the part of another sheet that has come, kept until that is whole
        for header, body in _counted(child, path, limits):
            kind = header["kind"]
            if kind in ("sheet", "block"):
                if kind == "sheet":
                    yield from other
                    other = []
                part = _start(opened, header) if kind == "sheet" else frames.block(header, body)
                if chosen:
                    yield part
                else:
                    other.append(part)
            elif kind == "opened":
                opened = header
            elif kind == "whole":
                chosen = False
            elif kind == "problem":
                key, detail = _key(Key(header["key"]), path), header["detail"]
                raise sheet_problem(key, file=path.name, detail=detail, sheet=request.sheet or "")
            else:
                yield from other
                return
        why = child.why(path)
        if chosen or isinstance(why, Cancelled):
            raise why


def _counted(child: _Child, path: Path, limits: Limits) -> Iterator[tuple[frames.Header, bytes]]:
    """The frames, as long as their bodies do not come to more than the limit."""
    size = 0
    for header, body in frames.read(child.output):
        size += len(body)
        if size > limits.cells:
            raise sheet_problem(_key(Key.MEMORY, path), file=path.name)
        yield header, body


def _key(key: Key, path: Path) -> Key:
    """A file that takes too much memory is too large, or made to take too much."""
    return Key.BOMB if key is Key.MEMORY and is_bomb(path) else key


def _start(opened: frames.Header, header: frames.Header) -> SheetStart:
    sheets = tuple(SheetInfo(name, hidden) for name, hidden in opened["sheets"])
    return SheetStart(sheets, header["name"], header["rows"], opened.get("encoding"), opened.get("separator"))


class _Child:
    """A running child, and a thread that kills it when asked to stop or when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes], stop: Event, seconds: float):
        self._process = process
        self._errors = errors
        self._stop = stop
        self._until = time.monotonic() + seconds
        self._late = False
        self._done = Event()
        self._watch = Thread(target=self._watching, name="sheet-reader-watch", daemon=True)
        self._watch.start()

    @property
    def output(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdout)

    def close(self) -> None:
        """Kill it if it still runs, and let go of everything."""
        self._done.set()
        self._watch.join()
        self._process.kill()
        self._process.wait()
        self.output.close()

    def why(self, path: Path) -> SheetProblem | Cancelled:
        """Why its output ended early."""
        code = self._process.wait()
        if self._stop.is_set():
            return Cancelled()
        if self._late or code == -_TOO_MUCH_TIME:
            return sheet_problem(Key.TIME, file=path.name)
        self._errors.seek(0)
        said = self._errors.read(1 << 16).decode(errors="replace")
        _log.info("the reader of a sheet ended with %s: %s", code, said[-2000:])
        memory = any(words in said for words in _CANNOT_ALLOCATE)
        return sheet_problem(_key(Key.MEMORY, path) if memory else Key.CRASH, file=path.name)

    def _watching(self) -> None:
        while not self._done.wait(_TICK):
            self._late = time.monotonic() > self._until
            if self._late or self._stop.is_set():
                self._process.kill()
                return


@contextmanager
def _child(path: Path, request: Request, stop: Event, limits: Limits) -> Iterator[_Child]:
    if stop.is_set():
        raise Cancelled
    ask = {
        "sheet": request.sheet,
        "encoding": request.encoding,
        "separator": request.separator,
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the path is one argument
            [*_command(), str(path.absolute()), json.dumps(ask)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        child = _Child(process, errors, stop, limits.seconds)
        try:
            yield child
        finally:
            child.close()


def _command() -> list[str]:
    # -P: no folder that the person happens to be in may put a module in the child's way.
    return [sys.executable, "-P", "-m", "smsdesk.sheets.child"]


def _environment() -> dict[str, str]:
    """This process's environment, with our own package to be found however this process found it."""
    root = str(Path(smsdesk.__file__).parent.parent)
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, others]) if others else root, "PYTHONUTF8": "1"}
