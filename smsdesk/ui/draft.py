"""What is typed in an editor is kept, and there again at the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from smsdesk.ui.workplace import Workplace

_PAUSE_MS: Final = 700
"""A draft is kept when nothing was typed for so long."""


class Draft:
    """The draft of one editor, under a name of its own."""

    def __init__(self, workplace: Workplace, name: str, editor: QPlainTextEdit, lines: Callable[[], Sequence[str]]):
        """`lines` gives what is in the editor, at once."""
        self._workplace, self._name, self._editor, self._lines = workplace, name, editor, lines
        self._timer = QTimer(editor)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(lambda: workplace.keep_draft(name, lines()))
        workplace.closing.connect(self._end)
        workplace.load_draft(name, self._loaded)

    def _loaded(self, text: str) -> None:
        if text and self._editor.document().isEmpty():
            self._editor.setPlainText(text)
        self._editor.textChanged.connect(self._timer.start)

    def _end(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._workplace.keep_draft_now(self._name, self._lines())
