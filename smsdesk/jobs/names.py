"""The names that people give: one line, and never empty."""

from __future__ import annotations

from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words, plain


def of_group(typed: str) -> str:
    """A group's name as it is stored. Raises InputProblem: it is empty."""
    return _given(typed, _GROUP)


def of_label(typed: str) -> str:
    """A label's name as it is stored. Raises InputProblem: it is empty."""
    return _given(typed, _LABEL)


def one_line(typed: str) -> str:
    """What was typed without line ends, and without blanks at the ends or more than one inside."""
    return " ".join(plain(typed).split())


def _given(typed: str, missing: Words) -> str:
    name = one_line(typed)
    if not name:
        raise InputProblem(missing)
    return name


_GROUP: Final = Words("请给分组起个名称。", "Give the group a name.")
_LABEL: Final = Words("请给标签起个名称。", "Give the label a name.")
