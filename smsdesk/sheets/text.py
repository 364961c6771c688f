"""Text files with a row a line: encoding and separator found by content, records with their line numbers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import Final, TextIO

from smsdesk.domain.words import Words
from smsdesk.sheets.blocks import CELL_SEPARATOR, ROWS_IN_A_BLOCK, Block
from smsdesk.sheets.encoding import find_encoding
from smsdesk.sheets.gather import Gather
from smsdesk.sheets.problems import CannotRead, Key

# What a person may choose from, by the value that goes into a request; every value that is found is among them.
ENCODINGS: Final[dict[str, Words]] = {
    "utf-8": Words("UTF-8", "UTF-8"),
    "utf-8-sig": Words("UTF-8（带 BOM）", "UTF-8 with BOM"),
    "gb18030": Words("简体中文（GBK、GB18030）", "Simplified Chinese (GBK, GB18030)"),
    "big5": Words("繁体中文（Big5）", "Traditional Chinese (Big5)"),
    "big5hkscs": Words("繁体中文（Big5，香港）", "Traditional Chinese (Big5, Hong Kong)"),
    "utf-16": Words("Unicode（UTF-16）", "Unicode (UTF-16)"),
    "utf-16-le": Words("Unicode（UTF-16，无 BOM）", "Unicode (UTF-16 without BOM)"),
    "utf-16-be": Words("Unicode（UTF-16 大端，无 BOM）", "Unicode (UTF-16 big-endian without BOM)"),
    "utf-32": Words("Unicode（UTF-32）", "Unicode (UTF-32)"),
}
SEPARATORS: Final[dict[str, Words]] = {
    "\t": Words("制表符", "Tab"),
    ",": Words("逗号 ,", "Comma ,"),
    ";": Words("分号 ;", "Semicolon ;"),
    "|": Words("竖线 |", "Bar |"),
}
_SAMPLE: Final = 1 << 16
_SAMPLE_RECORDS: Final = 200
# A cell may hold line breaks between quotes, but one that takes in more than this is a quote without its partner.
_LINES_IN_A_CELL: Final = 100
_LONGEST_LINE: Final = 1 << 22
_MOBILE: Final = re.compile(r"\s*1[3-9][0-9]{9}\s*")
# `="0138"` is how a text file keeps a spreadsheet program from taking a text for a number.
_KEPT_AS_TEXT: Final = re.compile(f'(?:(?<=^)|(?<={CELL_SEPARATOR}))="([^"{CELL_SEPARATOR}]*)"(?={CELL_SEPARATOR}|$)')

_APOSTROPHE: Final = re.compile(f"(?:(?<=^)|(?<={CELL_SEPARATOR}))'(?='*[=+\\-@\t\r\n＝＋－＠])")
_TABS: Final = re.compile(f"(?:(?<=^)|(?<={CELL_SEPARATOR}))\t+|\t+(?={CELL_SEPARATOR}|$)")


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written: Python's name of the encoding, and the separator.

    `is_list` says that it is no table: mobile numbers one after another, each of which is a row.
    """

    encoding: str
    separator: str
    is_list: bool = False


def find_form(path: Path, encoding: str | None = None, separator: str | None = None) -> TextForm:
    """The encoding and separator of a text file, each found by content unless given.

    :class:`~smsdesk.sheets.problems.CannotRead` when it is no text, when the encoding given is unknown or does
    not fit, and when the separator given cannot be one.
    """
    if separator is not None and (len(separator) != 1 or separator in '"\r\n\0'):
        raise CannotRead(Key.BAD_SEPARATOR)
    found = encoding or find_encoding(path)
    sample = read_sample(path, found)
    if is_binary(sample):
        raise CannotRead(Key.BAD_ENCODING, encoding) if encoding else CannotRead(Key.OTHER_FILE, "binary")
    return TextForm(found, separator) if separator else TextForm(found, *_find_separator(sample))


def read_sample(path: Path, encoding: str) -> str:
    """The beginning of a text; :class:`~smsdesk.sheets.problems.CannotRead` when there is no such encoding."""
    try:
        with open_text(path, encoding) as file:
            return file.read(_SAMPLE).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:  # a codec may also refuse to be used for files
        raise CannotRead(Key.BAD_ENCODING, encoding) from error


def open_text(path: Path, encoding: str) -> TextIO:
    """The file, its line ends as they are. A broken character costs that character, not the file."""
    return path.open(encoding=encoding, errors="replace", newline="")


def blocks(path: Path, form: TextForm) -> Iterator[Block]:
    """The records of a text file as blocks; the row numbers are those of the lines on which they begin.

    In a list several rows have the number of one line.
    """
    gather = Gather()
    for line, cells in _listed(records(path, form)) if form.is_list else records(path, form):
        gather.add(line, cells)
        yield from map(_unwrapped, gather.take())
    yield from map(_unwrapped, gather.end())


def _listed(records: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    for line, cells in records:
        for cell in filter(str.strip, cells) if any(map(str.strip, cells)) else [""]:
            yield line, (cell,)


def _unwrapped(block: Block) -> Block:
    """Without what keeps a spreadsheet program from taking a text for a number or a formula.

    `="0138"`, tabs around it, and the apostrophe of `sheets.writer.defused`.
    """
    if not any('="' in column or "\t" in column or "'" in column for column in block.columns):
        return block
    columns = (_APOSTROPHE.sub("", column) if "'" in column else column for column in block.columns)
    columns = (_TABS.sub("", column) if "\t" in column else column for column in columns)
    return Block(block.lines, tuple(_KEPT_AS_TEXT.sub(r"\1", column) for column in columns))


def records(path: Path, form: TextForm) -> Iterator[tuple[int, Sequence[str]]]:
    """The records of the file, each with the line on which it begins (from 1); a blank line is an empty record.

    A quote without its partner would take in the rest of the file: such a line is read without quotes.
    :class:`~smsdesk.sheets.problems.CannotRead` for a line of more than four million characters.
    """
    with open_text(path, form.encoding) as file:
        feed = _Feed(_lines(file))
        if _declared_separator(feed.peek()):
            next(feed)
        while chunk := feed.chunk():
            first = feed.taken - len(chunk) + 1
            plain = _a_record_a_line(chunk, form.separator)
            if plain is not None:
                yield from zip(count(first), plain)
            else:
                feed.again(chunk)
                yield from _one_by_one(feed, form.separator, until=first + len(chunk) - 1)


def _lines(file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        # Zero bytes fill up the fields of some programs, Ctrl-Z ends the files of old ones.
        line = line.replace("\0", "").replace("\x1a", "")
        if number == 1:
            line = line.removeprefix("\ufeff")  # a mark that a given encoding left
        if len(line) >= _LONGEST_LINE:
            raise CannotRead(Key.LONG_LINE, str(number))
        yield line


def _a_record_a_line(lines: list[str], separator: str) -> list[list[str]] | None:
    """The records when every line is one: the fast way for nearly all files. None when a cell has a line break."""
    try:
        # The blank line at the end is a record of its own, unless the quote of a cell is open.
        rows = list(csv.reader(chain(lines, ["\n"]), delimiter=separator))
    except csv.Error:  # a cell longer than the csv module takes
        return None
    return rows[:-1] if len(rows) == len(lines) + 1 else None


def _one_by_one(feed: _Feed, separator: str, until: int) -> Iterator[tuple[int, list[str]]]:
    while feed.taken < until:
        feed.begin()
        line = feed.taken + 1
        try:
            # Strict: after a cell with line breaks and its closing quote comes a separator. Otherwise the quotes are
            # those of two cells that each have one too many, and all rows between them would be lost in one cell.
            record = next(csv.reader(feed, delimiter=separator, strict=True), [])
            is_astray = feed.is_astray
        except csv.Error:
            record, is_astray = [], True
        if is_astray:
            first = feed.rewind()
            rows = _a_record_a_line([first], separator)
            record = rows[0] if rows else first.rstrip("\r\n").split(separator)
        yield line, record


class _Feed:
    """The lines of a file for `csv.reader`, remembered from the beginning of a record, so that it can go back."""

    def __init__(self, lines: Iterator[str]):
        self._lines = lines
        self._again: list[str] = []  # lines to be given once more, last first
        self._record: list[str] = []
        self.taken = 0  # lines so far
        self.is_astray = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._record) >= _LINES_IN_A_CELL:
            self.is_astray = True
            raise StopIteration
        line = self._again.pop() if self._again else next(self._lines, None)
        if line is None:
            # Asked for another line of a record when there is none: its quote is still open.
            self.is_astray = bool(self._record)
            raise StopIteration
        self._record.append(line)
        self.taken += 1
        return line

    def begin(self) -> None:
        """A record begins with the next line."""
        self._record = []
        self.is_astray = False

    def rewind(self) -> str:
        """The first line of the record; those after it will be given again."""
        first, *others = self._record
        self.again(others)
        return first

    def again(self, lines: list[str]) -> None:
        """Lines that were taken will be given once more."""
        self._again.extend(reversed(lines))
        self.taken -= len(lines)

    def chunk(self) -> list[str]:
        """The next lines, as many as make a block; none at the end."""
        here = min(len(self._again), ROWS_IN_A_BLOCK)
        lines = [self._again.pop() for _ in range(here)]
        lines.extend(islice(self._lines, ROWS_IN_A_BLOCK - here))
        self.taken += len(lines)
        return lines

    def peek(self) -> str:
        """The next line, which stays; blank at the end."""
        line = next(self._lines, None)
        if line is not None:
            self._again.append(line)
        return line or ""


def is_binary(sample: str) -> bool:
    """Whether a decoded sample has too many control or broken characters for a text."""
    text = sample.replace("\0", "")  # some programs fill up their fields with it
    odd = sum(
        1 for character in text if (character < " " and character not in "\t\n\r\f\v\x1a") or character == "\ufffd"
    )
    return odd > max(2, len(text) // 20)


def _declared_separator(line: str) -> str | None:
    """Excel's own first line `sep=;`."""
    text = line.rstrip("\r\n").strip(" ").strip('"').lower()
    return text[4] if text.startswith("sep=") and len(text) == 5 and text[4] != '"' else None


def _find_separator(sample: str) -> tuple[str, bool]:
    """The separator that cuts the most lines into the same number of cells, and whether they are only a list."""
    lines = re.split(r"\r\n|\r|\n", sample)
    if declared := _declared_separator(lines[0]):
        return declared, False
    if len(sample) >= _SAMPLE:  # the last line is cut off; if it is the only one, a number perhaps
        lines = lines[:-1] or [lines[0].rstrip("0123456789")]
    best, best_score, is_list = ",", (0, 0), False
    for separator in SEPARATORS:
        try:
            rows = [row for row in islice(csv.reader(iter(lines), delimiter=separator), _SAMPLE_RECORDS) if row]
        except csv.Error:
            continue
        widths = Counter(map(len, rows))
        score = max(((number, width) for width, number in widths.items() if width > 1), default=(0, 0))
        if score > best_score and (_is_number_list(rows) or score[0] * 2 > max(1, len(rows) - 3)):
            best, best_score, is_list = separator, score, _is_number_list(rows)
    return best, is_list


def _is_number_list(rows: list[list[str]]) -> bool:
    """Whether the cells are mobile numbers and nothing else, and not the two columns of a table without a header."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    is_table = len(rows) > 1 and {len(row) for row in rows} == {2}
    return bool(cells) and not is_table and all(map(_MOBILE.fullmatch, cells))
