"""Tables as a workbook or a CSV file, told by the file's ending; `tables_out` has what is in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.writer import defused as defused
from smsdesk.sheets.writer import replacing, write_csv, write_workbook

_LOOK_ROWS = 200
"""After so many rows it is looked whether the person has stopped it."""


@dataclass(frozen=True, slots=True)
class Exporting:
    """Progress: rows that are written, of `total`, which may be off by what comes in meanwhile.

    When all are written, a workbook is still to be packed.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a table goes, in which language, and who is told how far it is: :class:`Exporting`."""

    path: Path
    language: Language
    stop: Stop = field(default_factory=Event)
    tell: Tell = lambda _news: None

    def check(self) -> None:
        """Raise Cancelled where the person has stopped it."""
        if self.stop.is_set():
            raise Cancelled


def save_rows(target: Target, header: Sequence[Words], rows: Iterable[Sequence[str]], total: int) -> int:
    """Save a table; returns how many rows. A file that is there is replaced when all went well, and else stays.

    Raises:
        InputProblem: the file cannot be written, or has another ending.
        Cancelled: the person stopped it; nothing is left behind.
    """
    names = [words.text(target.language) for words in header]
    counted = _counted(target, rows, total)
    match target.path.suffix.lower():
        case ".xlsx":
            return write_workbook(target.path, names, counted, check=target.check)
        case ".csv":
            return write_csv(target.path, names, counted)
    raise InputProblem(
        Words(
            "文件名应以 .xlsx 或 .csv 结尾，现在是“{file}”。",
            "The file's name must end in .xlsx or .csv; it is '{file}'.",
        ).fill(file=target.path.name)
    )


def save_bytes(path: Path, data: bytes) -> None:
    """Save what is made already. A file that is there is replaced when all went well, and else stays.

    Raises:
        InputProblem: the file cannot be written; the sentence says why.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _counted(target: Target, rows: Iterable[Sequence[str]], total: int) -> Iterator[Sequence[str]]:
    throttle, done = Throttle(target.tell), 0
    for row in rows:
        if done % _LOOK_ROWS == 0:
            target.check()
            throttle(Exporting(done, max(total, done)))
        yield row
        done += 1
    throttle(Exporting(done, done))
    throttle.flush()
