"""What a file is, by its content. Names lie: back offices export text and web pages named `.xls`."""

from __future__ import annotations

import re
import stat
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

from smsdesk.sheets.encoding import BOMS, utf16_without_bom
from smsdesk.sheets.problems import CannotRead, Key


class Kind(StrEnum):
    """What the reader can read."""

    XLSX = "xlsx"  # .xlsm too
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "html"
    MHTML = "mhtml"  # web pages in one file
    XML = "xml"  # of Excel 2002 and 2003
    TEXT = "text"


_OTHERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
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
    (b"SQLite format 3\0", "database"),
    (b"\0\1\0\0Standard ", "database"),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_WITHOUT_OLE: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
# A web page begins with one of these tags, after comments perhaps, or has a table somewhere in its beginning.
_PAGE: Final = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|style|script|table)\b",
    re.DOTALL,
)
_MAIL: Final = re.compile(r"(?:mime-version|from|subject|date|message-id):")
_ROW: Final = re.compile(r"<t[rhd]\b")
_WORKBOOK: Final = re.compile(r"<(?:\w+:)?workbook\b[^<>]*urn:schemas-microsoft-com:office:spreadsheet")
_HEAD: Final = 1 << 16
_LARGE: Final = 128 << 20  # bytes of a part of an archive
_SQUEEZED: Final = 100  # times smaller when packed


def recognise(path: Path) -> Kind:
    """What the file is; :class:`~smsdesk.sheets.problems.CannotRead` when nothing that can be read."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise CannotRead(Key.NO_FILE)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise CannotRead(Key.EMPTY)
    if head.startswith(_ZIP):
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
    if _is_dbase(head):
        raise CannotRead(Key.OTHER_FILE, "database")
    return _text_kind(_text_of(head))


def _is_dbase(head: bytes) -> bool:
    """A .dbf of dBase or FoxPro: version, year, month and day of the last change, and later two reserved bytes."""
    return head[0] in b"\x03\x30\x31\x83\x8b\xf5" and head[12:14] == b"\0\0" and head[2] <= 12 and 1 <= head[3] <= 31


def _text_of(head: bytes) -> str:
    """The beginning of what may be a text, in lower case; only what is ASCII in it is sure to be right."""
    encoding = next((encoding for bom, encoding in BOMS if head.startswith(bom)), None)
    return head.decode(encoding or utf16_without_bom(head) or "latin-1", "replace").lower()


def _text_kind(text: str) -> Kind:
    begin = text.lstrip()
    if _MAIL.match(begin) and "mime-version:" in text and "multipart/related" in text:
        return Kind.MHTML
    if begin.startswith("<") and _WORKBOOK.search(text):
        return Kind.XML
    table = text.find("<table")
    if _PAGE.match(text) or (table >= 0 and _ROW.search(text, table)):
        return Kind.HTML
    if begin.startswith("<?xml"):
        raise CannotRead(Key.OTHER_FILE, "xml")
    return Kind.TEXT


def _is_binary(head: bytes, what: str) -> bool:
    """Whether it is more than a text that begins with the same letters, such as a column named `MZ`."""
    return what in ("pdf", "word") or any(byte < 0x09 or 0x0E <= byte < 0x1B for byte in head[:4096])


def is_bomb(path: Path) -> bool:
    """Whether a file that took too much memory is an archive with a large part that is next to nothing when packed.

    Asked afterwards only: a sheet of equal rows packs as well, and may be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return any(part.file_size > max(_LARGE, _SQUEEZED * part.compress_size) for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False


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
