"""Web archives (`.mht`, "single file web page"), in which Excel can save a workbook: a web page for each sheet."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from email import message_from_binary_file
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final

from smsdesk.sheets.encoding import find_encoding
from smsdesk.sheets.html import SourcePage, open_pages
from smsdesk.sheets.loaded import LoadedBook
from smsdesk.sheets.problems import CannotRead, Key

# In Excel's first page: what the sheets are called, and which of the other pages they are.
_SHEET: Final = re.compile(r"<x:Name>([^<]*)</x:Name>\s*<x:WorksheetSource\s+HRef=\"([^\"]*)\"")


def open_archive(path: Path, encoding: str | None = None) -> LoadedBook:
    """The tables of all pages of a web archive, in the encoding given or else found.

    Raises :class:`~smsdesk.sheets.problems.CannotRead` as :func:`~smsdesk.sheets.html.open_page` does, and when the
    archive is cut short.
    """
    with path.open("rb") as file:
        archive = message_from_binary_file(file)
    if not archive.is_multipart() or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in archive.defects):
        raise CannotRead(Key.DAMAGED)
    with tempfile.TemporaryDirectory() as folder:
        return open_pages(list(_pages(archive, Path(folder), encoding)))


def _pages(archive: Message, folder: Path, encoding: str | None) -> Iterator[SourcePage]:
    names: dict[str, str] = {}
    for number, part in enumerate(archive.walk()):
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        page = folder / f"{number}.htm"
        page.write_bytes(content if isinstance(content, bytes) else b"")
        found = encoding or find_encoding(page, part.get_content_charset(""))
        text = page.read_text(found, errors="replace")
        names.update((PurePosixPath(place).name, unescape(name)) for name, place in _SHEET.findall(text))
        yield SourcePage(page, found, names.get(PurePosixPath(str(part.get("Content-Location", ""))).name, ""))
