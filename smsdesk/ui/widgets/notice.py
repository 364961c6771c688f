"""A sentence in the page, where a message box would be in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_SIGNS = {"good": "✓", "bad": "✗", "warn": "!", "": "i"}


class Notice(QFrame):
    """Hidden until it has something to say; stays until it is closed or says something else."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("notice")
        self._sign = QLabel()
        self._kinds = {"good": self.tr("Done"), "bad": self.tr("Error"), "warn": self.tr("Mind"), "": self.tr("Note")}
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = QPushButton("×")
        close.setFlat(True)
        close.setFixedSize(7 * SPACE, 7 * SPACE)
        close.setStyleSheet("padding: 0")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close this message"))
        close.clicked.connect(self.hide)
        self.action = QPushButton(self.tr("Close this message"))
        self._act: Callable[[], None] = self.hide
        self.action.clicked.connect(self._on_action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.action)
        layout.addWidget(close)
        self.hide()

    def say(self, text: str, tone: str = "", action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `text`; `tone` is good, bad, warn or none. A button `action` does `act`, and closes the notice."""
        if act is not None:
            self.action.setText(action)
        self.action.setVisible(act is not None)
        self._act = act or self.hide
        self._sign.setText(_SIGNS[tone])
        self._sign.setAccessibleName(self._kinds[tone])
        self._text.setText(text)
        for widget in (self, self._sign):
            parts.tone(widget, tone)
        self.setAccessibleName(text)
        self.show()
        parts.announce(self, parts.told(self._kinds[tone], text), is_urgent=tone in ("bad", "warn"))

    def _on_action(self) -> None:
        self.hide()
        self._act()

    @property
    def text(self) -> str:
        """What it says at the moment; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()
