"""What a chart draws, as values: made by pages, drawn by `plots`, which alone knows how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from smsdesk.ui import texts


def whole(value: float) -> str:
    """A count: 12,345."""
    return texts.number(round(value))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of :class:`Lines`: a value for each time. `tone` names a colour of `theme.Tokens`."""

    name: str
    values: Sequence[float]
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over time, on an axis of China time. Told apart by their dashes as well as by their colours.

    `write` writes a value, of the axis as of the tool tip; `is_step`: a value holds until the next.
    """

    times: Sequence[datetime]
    lines: Sequence[Line]
    write: Callable[[float], str] = whole
    is_step: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar. `text` is what stands at its end, and `hint` what the tool tip says besides."""

    label: str
    value: float
    text: str
    tone: str = "accent"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie under each other, each with its label on the left; none below zero."""

    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars that stand beside each other, such as one a day; below zero they hang."""

    bars: Sequence[Bar]
    write: Callable[[float], str] = whole


@dataclass(frozen=True, slots=True)
class Funnel:
    """Bars under each other around a common middle: how many are left after each step."""

    bars: Sequence[Bar]


Drawing = Lines | Bars | Columns | Funnel


def is_empty(drawing: Drawing) -> bool:
    """Whether there is nothing to draw."""
    return not (drawing.times if isinstance(drawing, Lines) else drawing.bars)
