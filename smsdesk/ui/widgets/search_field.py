"""A field that searches while one types."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

_PAUSE_MS: Final = 200
"""After the last key."""


class SearchField(QLineEdit):
    """`name` says what is searched."""

    searched = Signal(str)
    """What to look for, without blanks around it; empty for all."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(240)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_PAUSE_MS)
        timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: timer.start())
