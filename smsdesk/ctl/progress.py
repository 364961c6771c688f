"""How far long work is: a bar on standard error where that is a terminal; what keeps it waiting, in any case."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from smsdesk.ctl.output import Output, printable, say
from smsdesk.domain.words import Words

_BAR = 24
"""Columns."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done, and how far it is; `total` is None where that is not known."""

    doing: Words
    done: int
    total: int | None
    trouble: Words | None = None


class Progress:
    """A `tell` for the jobs. A context manager, which wipes the bar away at the end."""

    def __init__(self, out: Output, step_of: Callable[[object], Step | None]):
        self._out, self._step_of = out, step_of
        self._draws = sys.stderr.isatty()
        self._drawn = False
        self._trouble: Words | None = None

    def __call__(self, news: object) -> None:
        """Show a piece of news."""
        step = self._step_of(news)
        if step is None:
            return
        if step.trouble is not None and step.trouble != self._trouble:
            self.wipe()
            say(self._out.text_of(step.trouble))
        self._trouble = step.trouble
        if self._draws:
            self._draw(step)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self.wipe()

    def _draw(self, step: Step) -> None:
        text = printable(self._out.text_of(step.doing))
        if step.total:
            filled = min(_BAR, _BAR * step.done // step.total)
            text += f" [{'#' * filled}{'.' * (_BAR - filled)}] {step.done}/{step.total}"
        else:
            text += f" {step.done}"
        self._write(f"\r\x1b[K{text}")
        self._drawn = True

    def wipe(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._drawn:
            self._write("\r\x1b[K")
        self._drawn = False

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._draws = False  # nobody reads it
