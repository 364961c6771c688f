"""The button that copies the technical part of a problem."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from smsdesk.domain.words import Language, Words
from smsdesk.ui.widgets import parts


class DetailsButton(QPushButton):
    """There only where a problem has details; copies them below its sentence, for the gateway's support."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setText(self.tr("Details"))
        parts.put_icon(self, "copy")
        self.setToolTip(self.tr("Copy the technical details for the gateway's support"))
        self._copied = ""
        self.clicked.connect(self._on_click)
        self.hide()

    def show_details(self, words: Words | None, language: Language) -> None:
        """Be there for this problem; None is none."""
        copied = f"{words.text(language)}\n\n{words.details}" if words and words.details else ""
        if copied != self._copied or not copied:
            self.setText(self.tr("Details"))
        self._copied = copied
        self.setVisible(bool(copied))

    def _on_click(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
        self.setText(self.tr("Copied"))
