"""What a row of a recipient file becomes: someone to send to, or a problem for a person to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from smsdesk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone to send to.

    `mobile` is eleven digits; `fields` are the other columns by name, as text, for personalised texts;
    `line` is the row number that the spreadsheet program shows (for text files the line).
    """

    mobile: str
    fields: Mapping[str, str]
    line: int


class ProblemKind(StrEnum):
    """What became of a row that is not sent to; the value is the word of `smsdeskctl --json`."""

    INVALID = "invalid"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is not sent to.

    `column` and `value` are the number column's name and the cell as the person sees it. A duplicate has
    its normalised `mobile` and the `first_line` on which that number stands already.
    """

    line: int
    column: str
    value: str
    reason: Words
    kind: ProblemKind
    mobile: str | None = None
    first_line: int | None = None
