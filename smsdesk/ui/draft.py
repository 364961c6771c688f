"""What is typed in an editor or in fields is kept, and there again at the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtWidgets import QPlainTextEdit

from smsdesk.ui.workplace import Workplace

_PAUSE_MS: Final = 700
"""A draft is kept when nothing was typed for so long."""

_MOST_MS: Final = 5_000
"""Who types without a pause loses no more than this."""


class Draft(QObject):
    """A draft under a name of its own, a child of the page that it belongs to."""

    def __init__(
        self,
        workplace: Workplace,
        name: str,
        page: QObject,
        lines: Callable[[], Sequence[str]],
        restore: Callable[[str], None],
        *changes: SignalInstance,
    ):
        """`lines` gives at once what is on the page, `restore` puts it there; `changes` tell that it is another."""
        super().__init__(page)
        self._workplace, self._name, self._lines, self._restore = workplace, name, lines, restore
        self._changes = changes
        self._kept = lines()
        self._pause, self._most = self._timer(_PAUSE_MS), self._timer(_MOST_MS)
        workplace.closing.connect(self.keep)
        workplace.load_draft(name, self._loaded)

    @classmethod
    def of_editor(
        cls, workplace: Workplace, name: str, editor: QPlainTextEdit, lines: Callable[[], Sequence[str]]
    ) -> Draft:
        """The draft of what is in an editor."""
        return cls(workplace, name, editor, lines, editor.setPlainText, editor.textChanged)

    def keep(self) -> None:
        """Keep it at once, where it is not kept by now."""
        self._pause.stop()
        self._most.stop()
        lines = self._lines()
        if lines != self._kept:
            self._kept = lines
            self._workplace.keep_draft(self._name, lambda: "\n".join(lines))

    def _loaded(self, text: str) -> None:
        if self._lines() != self._kept:  # somebody was quicker
            self._changed()
        elif text:
            self._restore(text)
            self._kept = self._lines()
        for change in self._changes:
            change.connect(self._changed)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(self.keep)
        return timer

    def _changed(self) -> None:
        self._pause.start()
        if not self._most.isActive():
            self._most.start()
