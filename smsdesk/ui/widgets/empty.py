"""What stands in an empty page: what the page is for, and the button that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smsdesk.ui import theme
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_WIDTH = 460
"""Pixels that a line of the text takes at most: a short line is read at one glance."""


class Empty(QWidget):
    """In the middle of its page, in place of `instead`, which has nothing to show."""

    def __init__(self, icon: str, title: str, text: str, *buttons: QPushButton, instead: tuple[QWidget, ...] = ()):
        super().__init__()
        self._instead = instead
        head, about = parts.heading(title), parts.quiet(text)
        for label in (head, about):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        about.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setSpacing(3 * SPACE)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addStretch(1)
        layout.addWidget(parts.icon_label(icon, "quiet", theme.ICON_LARGE), 0, centre)
        layout.addWidget(head, 0, centre)
        layout.addLayout(parts.row(None, about, None))  # not by its alignment, which cuts off what wraps
        layout.addLayout(parts.row(None, *buttons, None))
        layout.addStretch(2)
        self.hide()

    def show_if(self, is_empty: bool) -> None:
        """Show this where there is nothing, else what it stands in the place of."""
        self.setVisible(is_empty)
        for widget in self._instead:
            widget.setVisible(not is_empty)
