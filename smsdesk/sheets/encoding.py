"""In which encoding a text is written, found by its content."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smsdesk.sheets.problems import CannotRead, Key

# UTF-32 first: its little-endian mark begins with that of UTF-16.
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 1 << 16
_PIECE: Final = 1 << 20
_BROKEN: Final = "\ufffd"
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_DECLARATION: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_HAN: Final = re.compile("[\u3400-\u9fff]")
_JUDGED: Final = 10_000  # so many characters beyond ASCII tell Big5 from GB18030

# What a web page may declare, by what it is to be read with: GB18030 takes in GBK and GB2312, and pages that
# declare one of those use all of it. Anything else that is declared is found by content, or is not true.
_DECLARED: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
}
# The codes of the characters in daily use: full-width punctuation and digits, and the first level of Han.
_DAILY: Final = {
    "gb18030": ((b"\xa1\xa1", b"\xa3\xfe"), (b"\xb0\xa1", b"\xd7\xf9")),
    "big5": ((b"\xa1\x40", b"\xa3\xbf"), (b"\xa4\x40", b"\xc6\x7e")),
}


def find_declared_encoding(path: Path) -> str:
    """Python's name of the encoding of a web page or an XML file, which may say it itself; see below."""
    with path.open("rb") as file:
        declared = _DECLARATION.search(file.read(_SAMPLE))
    return find_encoding(path, declared[1].decode() if declared else "")


def find_encoding(path: Path, declared: str = "") -> str:
    """Python's name of the encoding of a text file; `declared` is what the file itself says, if anything.

    A byte order mark decides, then Han in UTF-8, then what is declared if the content agrees, then the content. What
    may be GB18030 or Big5 is the one whose characters are in daily use; GB18030 when both are. Raises
    :class:`~smsdesk.sheets.problems.CannotRead` when it is no text.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    for bom, encoding in BOMS:
        if sample.startswith(bom):
            return encoding
    if b"\0" in (used := sample.rstrip(b"\0")):
        utf16 = utf16_without_bom(sample)
        if utf16:
            return utf16
        if used.count(0) * 2 > len(used):
            raise CannotRead(Key.OTHER_FILE, "binary")
    candidate = _DECLARED.get(declared.strip().lower())
    if candidate and not _broken(path, candidate) and not _is_utf8_with_han(path):
        return candidate
    if _is_utf8(path):
        return "utf-8"
    return _chinese(path)


def utf16_without_bom(sample: bytes) -> str | None:
    """Which UTF-16 the beginning of a file is, None when it is none."""
    # Digits, separators and tags have their zero byte second in little-endian, first in big-endian UTF-16.
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if max(first, second) < 3 * min(first, second) + 1 or (first + second) * 20 < len(sample):
        return None
    encoding = "utf-16-le" if second > first else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if sum(map(_is_usual, text)) * 10 >= len(text) * 7 else None


def _is_usual(character: str) -> bool:
    """Whether it is what a Chinese or Latin text is mostly made of: ASCII, Han, their punctuation, full-width."""
    return (
        " " <= character <= "~" or character in "\t\r\n" or "\u3000" <= character <= "\u9fff" or character >= "\uff00"
    )


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _broken(path: Path, encoding: str) -> int:
    return sum(text.count(_BROKEN) for text in _decoded(path, encoding))


def _is_utf8_with_han(path: Path) -> bool:
    """Whether it is UTF-8 beyond doubt: a few characters of GB18030 may also be two-byte characters of UTF-8."""
    return not _broken(path, "utf-8") and any(_HAN.search(text) for text in _decoded(path, "utf-8"))


def _is_utf8(path: Path) -> bool:
    """Whether it is UTF-8, perhaps with a few broken characters; a text in another encoding has hardly a whole one."""
    broken = _broken(path, "utf-8")
    if not broken:
        return True
    beyond_ascii = sum(len(found) for text in _decoded(path, "utf-8") for found in _NOT_ASCII.findall(text))
    return broken * 5 < beyond_ascii


def _chinese(path: Path) -> str:
    big5 = min(("big5", "big5hkscs"), key=lambda encoding: _broken(path, encoding))
    return big5 if _daily_share(path, big5, "big5") > _daily_share(path, "gb18030", "gb18030") + 0.1 else "gb18030"


def _daily_share(path: Path, encoding: str, table: str) -> float:
    """Which share of the characters beyond ASCII, from 0 to 1, are in daily use."""
    judged = daily = 0
    for text in _decoded(path, encoding):
        for characters in _NOT_ASCII.findall(text):
            judged += len(characters)
            daily += sum(_is_daily(character.encode(encoding, "ignore"), table) for character in characters)
            if judged >= _JUDGED:
                return daily / judged
    return daily / judged if judged else 0.0


def _is_daily(code: bytes, table: str) -> bool:
    return len(code) == 2 and any(low <= code <= high and code[1] >= low[1] for low, high in _DAILY[table])
