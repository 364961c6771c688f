"""What is typed in an editor is kept, and there again at the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from smsdesk.ui.workplace import Workplace

_PAUSE_MS: Final = 700
"""A draft is kept when nothing was typed for so long."""

_MOST_MS: Final = 5_000
"""Who types without a pause loses no more than this."""


class Draft:
    """The draft of one editor, under a name of its own."""

    def __init__(self, workplace: Workplace, name: str, editor: QPlainTextEdit, lines: Callable[[], Sequence[str]]):
        """`lines` gives what is in the editor, at once."""
        self._workplace, self._name, self._editor, self._lines = workplace, name, editor, lines
        self._pause, self._most = self._timer(_PAUSE_MS), self._timer(_MOST_MS)
        workplace.closing.connect(self._end)
        workplace.load_draft(name, self._loaded)

    def _loaded(self, text: str) -> None:
        if text and self._editor.document().isEmpty():
            self._editor.setPlainText(text)
        self._editor.textChanged.connect(self._typed)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self._editor)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self._keep)
        return timer

    def _typed(self) -> None:
        self._pause.start()
        if not self._most.isActive():
            self._most.start()

    def _keep(self) -> None:
        self._stop()
        self._workplace.keep_draft(self._name, self._lines())

    def _stop(self) -> None:
        self._pause.stop()
        self._most.stop()

    def _end(self) -> None:
        if self._most.isActive():
            self._stop()
            self._workplace.keep_draft_now(self._name, self._lines())
