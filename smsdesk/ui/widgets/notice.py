"""A sentence in the page, where a message box would be in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from smsdesk.domain.words import Language, Words
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.details import DetailsButton

_ICONS = {"good": "circle-check", "bad": "circle-x", "warn": "triangle-alert", "": "info"}


class Notice(QFrame):
    """Hidden until it has something to say; stays until it is closed or says something else."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("notice")
        self._icon = parts.Icon()
        self._kinds = {"good": self.tr("Done"), "bad": self.tr("Error"), "warn": self.tr("Mind"), "": self.tr("Note")}
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = parts.icon_button("x", self.tr("Close this message"), self.hide)
        close.setProperty("plain", True)
        self.action = QPushButton(self.tr("Close this message"))
        self.details_button = DetailsButton()
        self._act: Callable[[], None] = self.hide
        self.action.clicked.connect(self._on_action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.details_button)
        layout.addWidget(self.action)
        layout.addWidget(close)
        self.hide()

    def say(self, text: str, tone: str = "", action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `text`; `tone` is good, bad, warn or none. A button `action` does `act`, and closes the notice."""
        if act is not None:
            self.action.setText(action)
        self.action.setVisible(act is not None)
        self.details_button.hide()
        self._act = act or self.hide
        self._icon.show_icon(_ICONS[tone], tone or "accent")
        self._text.setText(text)
        parts.tone(self, tone)
        said = parts.told(self._kinds[tone], text)
        self.setAccessibleName(said)
        self.show()
        parts.announce(self, said, is_urgent=tone in ("bad", "warn"))

    def complain(self, words: Words, language: Language) -> None:
        """Show a problem; where it has details, a button copies these below the sentence."""
        self.say(words.text(language), "bad")
        self.details_button.show_details(words, language)

    def _on_action(self) -> None:
        self.hide()
        self._act()

    @property
    def text(self) -> str:
        """What it says at the moment; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()
