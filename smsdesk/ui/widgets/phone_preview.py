"""The message as the handset will show it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_WIDTH = 220
"""Pixels at 100 %: some 14 Chinese characters a line, as on a phone."""


class PhonePreview(QFrame):
    """A phone's screen with the sender on top and one message in a bubble."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("phone")
        self.setFixedWidth(_WIDTH)
        self.number = parts.quiet(wrap=False, name=self.tr("The number that the message comes from"))
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = parts.Named(self.tr("The message as the handset shows it"))
        self.message.setObjectName("bubble")
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why_not = parts.quiet()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 2 * SPACE)
        column.addWidget(self.message)
        column.addWidget(self.why_not)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        for widget in (area.viewport(), inside):
            widget.setAutoFillBackground(False)
        area.setAccessibleName(self.tr("Preview"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.number)
        layout.addWidget(area, 1)

    def show_message(self, sender: str, text: str) -> None:
        """Show a message from a number."""
        self.number.setText(sender)
        self._show(text, "")

    def show_nothing(self, why: str) -> None:
        """Say why there is no message to show."""
        self._show("", why)

    def _show(self, text: str, why: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
