"""What stands where the rows would be, when they could not be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QVBoxLayout, QWidget

from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts


class NotRead(QFrame):
    """Why rows are not there, and a button that reads again."""

    def __init__(self, read_again: Callable[[], None], parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("notice")
        parts.tone(self, "bad")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = parts.button(self.tr("Try again"), read_again, icon="refresh-cw")
        self.button.setAutoDefault(False)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        line = parts.row(parts.icon_label("circle-x", "bad"), self._text)
        line.setStretch(1, 1)
        inner.addLayout(line)
        inner.addLayout(parts.row(None, self.button))
        self.hide()

    @property
    def text(self) -> str:
        """What it says at the moment; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str) -> None:
        """Why nothing could be read; empty where it could."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text:
            self.raise_()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def over(view: QAbstractScrollArea, read_again: Callable[[], None]) -> NotRead:
    """The same over the middle of a view, which places its own parts by itself, under this."""
    made = NotRead(read_again, view)
    layout = QVBoxLayout(view)
    layout.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
    layout.addStretch(1)
    layout.addWidget(made)
    layout.addStretch(1)
    return made
