"""What a file is, by its content. Names lie: back offices export text and web pages named `.xls`."""

from __future__ import annotations

import stat
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

from smsdesk.sheets.problems import CannotRead, Key


class Kind(StrEnum):
    """What the reader can read."""

    XLSX = "xlsx"  # .xlsm too
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"


_OTHERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"RIFF", "media"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_WITHOUT_OLE: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_WEB: Final = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<?xml")
_HEAD: Final = 4096


def recognise(path: Path) -> Kind:
    """What the file is; :class:`~smsdesk.sheets.problems.CannotRead` when nothing that can be read."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise CannotRead(Key.NO_FILE)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise CannotRead(Key.EMPTY)
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(_BIFF_WITHOUT_OLE):
        raise CannotRead(Key.OLD_EXCEL)
    for magic, what in _OTHERS:
        if head.startswith(magic) and _is_binary(head, what):
            raise CannotRead(Key.OTHER_FILE, what)
    if head[4:8] == b"ftyp":
        raise CannotRead(Key.OTHER_FILE, "media")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB):
        raise CannotRead(Key.WEB_PAGE)
    return Kind.TEXT


def _is_binary(head: bytes, what: str) -> bool:
    """Whether it is more than a text that begins with the same letters, such as a column named `MZ`."""
    return what in ("pdf", "word") or any(byte < 0x09 or 0x0E <= byte < 0x1B for byte in head)


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise CannotRead(Key.DAMAGED) from error
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if b"opendocument.spreadsheet" in mime:
        return Kind.ODS
    for folder, what in (("word/", "word"), ("ppt/", "slides")):
        if any(name.startswith(folder) for name in names):
            raise CannotRead(Key.OTHER_FILE, what)
    if mime:
        raise CannotRead(Key.OTHER_FILE, "word" if b"text" in mime else "binary")
    raise CannotRead(Key.OTHER_FILE, "archive")


def _ole_kind(path: Path) -> Kind:
    """An .xls, or one of the other files that live in the same container: told by the names in its directory."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise CannotRead(Key.PASSWORD)
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return Kind.XLS
    if "WordDocument".encode("utf-16-le") in content:
        raise CannotRead(Key.OTHER_FILE, "word")
    if "PowerPoint Document".encode("utf-16-le") in content:
        raise CannotRead(Key.OTHER_FILE, "slides")
    raise CannotRead(Key.DAMAGED)
