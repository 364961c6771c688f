"""Answers: one JSON document on standard output, or text for people; what goes on meanwhile to standard error."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TextIO

from smsdesk.domain.words import Language, Words

_ROWS_AT_ONCE = 500
_WIDEST = 80
"""Columns that a cell takes at most."""


@dataclass(frozen=True)
class Output:
    """Where a command's answer goes, and in which form."""

    language: Language
    as_json: bool

    def text_of(self, words: Words) -> str:
        """A sentence in the language of the one who reads."""
        return words.text(self.language)

    def document(self, document: Mapping[str, object]) -> None:
        """The whole answer as JSON, on one line."""
        sys.stdout.write(_dumps(document) + "\n")
        sys.stdout.flush()

    def list_document(self, name: str, items: Iterable[Mapping[str, object]]) -> None:
        """`{name: […]}`, written while the items come: there may be millions."""
        sys.stdout.write(f"{{{_dumps(name)}: [")
        separator = ""
        for item in items:
            sys.stdout.write(separator + _dumps(item))
            separator = ", "
        sys.stdout.write("]}\n")
        sys.stdout.flush()

    def line(self, words: Words) -> None:
        """A line for people on standard output."""
        sys.stdout.write(printable(self.text_of(words)) + "\n")
        sys.stdout.flush()

    def table(self, header: Sequence[Words], rows: Iterable[Sequence[str]]) -> None:
        """Aligned columns for people; a Chinese character is two columns wide."""
        names = [self.text_of(words) for words in header]
        widths = [0] * len(names)
        every = chain([names], ([printable(cell) for cell in row] for row in rows))
        while some := list(islice(every, _ROWS_AT_ONCE)):
            for row in some:
                widths = [max(known, min(width(cell), _WIDEST)) for known, cell in zip(widths, row, strict=True)]
            sys.stdout.writelines(_aligned(some, widths))
        sys.stdout.flush()

    def say(self, words: Words) -> None:
        """A line on standard error."""
        say(self.text_of(words))


def say(text: str, stream: TextIO | None = None) -> None:
    """A line on standard error, whatever state that is in."""
    try:
        (stream or sys.stderr).write(printable(text) + "\n")
        (stream or sys.stderr).flush()
    except (OSError, ValueError):
        pass  # nobody reads it


def printable(text: str) -> str:
    """The text without characters that would move the cursor, or colour the terminal of whoever reads it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _aligned(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        cells = (cell + " " * (columns - width(cell)) for cell, columns in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
