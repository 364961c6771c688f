"""Text files with a row a line: encoding and separator found by content, records with their line numbers."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from smsdesk.sheets.problems import CannotRead, Key

SEPARATORS: Final = "\t,;|"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 1 << 16
_PIECE: Final = 1 << 20
# A cell may hold line breaks between quotes, but one that takes in more than this is a quote without its partner.
_LINES_IN_A_CELL: Final = 100


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: Python's name of the encoding, and the separator."""

    encoding: str
    separator: str


def find_form(path: Path, encoding: str | None = None, separator: str | None = None) -> TextForm:
    """The encoding and separator of a text file, each found by content unless given.

    :class:`~smsdesk.sheets.problems.CannotRead` when it is no text, or holds nothing but blanks.
    """
    encoding = encoding or _find_encoding(path)
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise CannotRead(Key.BAD_SEPARATOR) from error
    with _open(path, encoding) as file:
        sample = file.read(_SAMPLE)
    if _is_binary(sample):
        raise CannotRead(Key.OTHER_FILE, "binary")
    if separator is not None and len(separator) != 1:
        raise CannotRead(Key.BAD_SEPARATOR)
    return TextForm(encoding, separator or _find_separator(sample))


def records(path: Path, form: TextForm) -> Iterator[tuple[int, list[str]]]:
    """The records of the file, each with the line on which it begins (from 1); a blank line is an empty record.

    A quote without its partner would take in the rest of the file: such a line is read without quotes.
    """
    with _open(path, form.encoding) as file:
        feed = _Feed(file)
        if _declared_separator(feed.peek()):
            feed.drop()
        reader = csv.reader(feed, delimiter=form.separator)
        while True:
            feed.begin()
            try:
                record = next(reader, None)
                astray = feed.astray
            except csv.Error:  # a cell longer than the csv module takes
                record, astray = [], True
            if record is None:
                return
            line = feed.begun
            if astray:
                first = feed.rewind()
                record = next(csv.reader([first], delimiter=form.separator, quoting=csv.QUOTE_NONE), [])
                reader = csv.reader(feed, delimiter=form.separator)
            yield line, record


class _Feed:
    """The lines of a file for `csv.reader`, remembered from the beginning of a record, so that it can go back."""

    def __init__(self, lines: Iterator[str]):
        self._lines = lines
        self._again: list[str] = []  # lines to be given once more, last first
        self._record: list[str] = []
        self._taken = 0
        self.begun = 1
        self.astray = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._record) >= _LINES_IN_A_CELL:
            self.astray = True
            raise StopIteration
        line = self._again.pop() if self._again else next(self._lines, None)
        if line is None:
            # Asked for another line of a record when there is none: its quote is still open.
            self.astray = bool(self._record)
            raise StopIteration
        self._record.append(line)
        self._taken += 1
        return line

    def begin(self) -> None:
        """A record begins with the next line."""
        self._record = []
        self.begun = self._taken + 1
        self.astray = False

    def rewind(self) -> str:
        """The first line of the record; those after it will be given again."""
        self._again.extend(reversed(self._record[1:]))
        self._taken = self.begun
        return self._record[0]

    def peek(self) -> str:
        """The next line, which stays; blank at the end."""
        line = next(self._lines, None)
        if line is not None:
            self._again.append(line)
        return line or ""

    def drop(self) -> None:
        """Leave out the next line."""
        next(self)


def _open(path: Path, encoding: str) -> TextIO:
    # A broken character costs that character, not the file; the numbers are ASCII in every encoding.
    return path.open(encoding=encoding, errors="replace", newline="")


def _find_encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    if b"\0" in sample:
        return _utf16_without_bom(sample)
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    broken = {encoding: sample.decode(encoding, "replace").count("\ufffd") for encoding in ("utf-8", "gb18030")}
    return min(broken, key=lambda encoding: broken[encoding])


def _utf16_without_bom(sample: bytes) -> str:
    """Digits and separators have their zero byte second in little-endian, first in big-endian UTF-16."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if max(first, second) < 3 * min(first, second) + 1:
        raise CannotRead(Key.OTHER_FILE, "binary")
    encoding = "utf-16-le" if second > first else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    if sum(map(_is_usual, text)) * 10 < len(text) * 7:
        raise CannotRead(Key.OTHER_FILE, "binary")
    return encoding


def _is_usual(character: str) -> bool:
    """Whether it is what a Chinese or Latin text is mostly made of: ASCII, Han, their punctuation, full-width."""
    return (
        " " <= character <= "~" or character in "\t\r\n" or "\u3000" <= character <= "\u9fff" or character >= "\uff00"
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_binary(sample: str) -> bool:
    odd = sum(
        1 for character in sample if (character < " " and character not in "\t\n\r\f\v\x1a") or character == "\ufffd"
    )
    return odd > max(2, len(sample) // 20)


def _declared_separator(line: str) -> str | None:
    """Excel's own first line `sep=;`."""
    text = line.strip().lower()
    return text[4] if text.startswith("sep=") and len(text) == 5 else None


def _find_separator(sample: str) -> str:
    """The separator that cuts the most lines into the same number of cells."""
    lines = sample.splitlines()
    if not lines:
        return ","
    if declared := _declared_separator(lines[0]):
        return declared
    if len(sample) >= _SAMPLE:
        lines.pop()  # cut off
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        reader = csv.reader(iter(lines), delimiter=separator)
        try:
            widths = Counter(len(record) for record in islice(reader, 200) if record)
        except csv.Error:
            continue
        score = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
        if score > best_score and score[0] * 2 > max(1, sum(widths.values()) - 3):
            best, best_score = separator, score
    return best
