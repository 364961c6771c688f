"""What a row of a recipient file becomes: someone to send to, or a problem for a person to mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from smsdesk.domain.words import Words

# What Excel, WPS and LibreOffice show in place of a value that a formula could not give.
_ERROR: Final = re.compile(r"\s*(?:#(?:N/A|REF!|VALUE!|DIV/0!|NULL!|NUM!|[A-Z_]+[!?]|GETTING_DATA)|Err:[0-9]{3})\s*")
ERROR_MARKS: Final = ("#", "Err:")
"""A column without any of these has no error in it."""


def is_error(cell: str) -> bool:
    """Whether a cell is a formula's error, `#N/A` and the like, and no value to write into anyone's text."""
    return _ERROR.fullmatch(cell) is not None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone to send to.

    `mobile` is eleven digits, or E.164 for a number from abroad; `fields` are the other columns by name, as text,
    for personalised texts, blank where the cell is a formula's error: that text is missing, and nobody gets `#N/A`.
    `line` is the row number that the spreadsheet program shows (for text files the line). `file` is the file's name
    where there are several, else empty.
    """

    mobile: str
    fields: Mapping[str, str]
    line: int
    file: str = ""


class Household(StrEnum):
    """What becomes of a number on several rows whose texts differ; the value is the word of `--household`."""

    FIRST = "first"
    """Only the first row's text is sent."""
    EACH = "each"
    """Each different text is sent."""


class ProblemKind(StrEnum):
    """What became of a row that is not sent to; the value is the word of `smsdeskctl --json`."""

    INVALID = "invalid"
    DUPLICATE = "duplicate"
    EXCLUDED = "excluded"
    """Its number stands in a list whose numbers a person wanted left out."""
    SKIPPED = "skipped"
    """Hidden or filtered out in the spreadsheet, and a person wanted such rows left out."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not sent to.

    `column` and `value` are the number column's name and the cell as the person sees it; `cell` is its place, such as
    `B4`. Duplicate and excluded ones have their normalised `mobile`; a duplicate has the `first_line` on which that
    number stands already. Where there are several files, `file` and `first_file` say in which; else they are empty.
    """

    line: int
    column: str
    cell: str
    value: str
    reason: Words
    kind: ProblemKind
    mobile: str | None = None
    first_line: int | None = None
    file: str = ""
    first_file: str = ""
