"""Cells of an .xlsx that hold an error such as `#N/A`.

python-calamine gives them as blank (its issue 105), and a number that was lost to a broken formula must
not pass for a row without one. So the sheet's XML is searched for them beside calamine, which releases
the interpreter lock: on two cores it costs no time. Other formats have no such search: their errors are
blank.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import Final

from smsdesk.sheets.columns import index_of

_PIECE: Final = 1 << 20
_CELL_AT_MOST: Final = 1 << 16  # bytes of XML; an error cell with a longer formula than this is not found
_ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*? t="e"[^>]*>'
    rb"(?:(?!</?(?:\w+:)?c[ >]).)*?<(?:\w+:)?v>(#[^<]{1,20})<",
    re.DOTALL,
)
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")

ErrorCells = dict[int, dict[int, str]]


class ErrorSearch:
    """Searches in a thread of its own. `cells()` waits for it: error texts by row index, then column index."""

    def __init__(self, path: Path, sheet: str):
        self._found: ErrorCells = {}
        self._thread = Thread(target=self._search, args=(path, sheet), daemon=True)
        self._thread.start()

    def cells(self) -> ErrorCells:
        """What was found; nothing where the file is too odd to be searched (calamine reads it or refuses it)."""
        self._thread.join()
        return self._found

    def _search(self, path: Path, sheet: str) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                part = _part_of(archive, sheet)
                if part is None:
                    return
                for column, row, text in _errors(archive, part):
                    self._found.setdefault(row, {})[column] = text
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError):
            return


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The archive's name for the sheet's XML."""
    relations = {
        entry.get("Id"): entry.get("Target", "")
        for entry in _attributes(_RELATION, archive.read("xl/_rels/workbook.xml.rels"))
    }
    for entry in _attributes(_SHEET, archive.read("xl/workbook.xml")):
        if entry.get("name") == sheet:
            target = relations.get(next((v for k, v in entry.items() if k.endswith(":id")), ""), "")
            return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
    return None


def _attributes(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[str, str]]:
    for element in pattern.finditer(xml):
        yield {k.decode(): unescape(v.decode()) for k, v in _ATTRIBUTE.findall(element[1])}


def _errors(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, str]]:
    kept = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            window = kept + piece
            end = 0
            if b't="e"' in window:
                for cell in _ERROR_CELL.finditer(window):
                    yield index_of(cell[1].decode()), int(cell[2]) - 1, cell[3].decode()
                    end = cell.end()
            # A cell may be cut in two: the next window begins where the last cell did.
            last = max(window.rfind(b"<c ", end), window.rfind(b":c ", end) - 20, end)
            kept = window[max(last, len(window) - _CELL_AT_MOST) :]
