"""Cards, headings, buttons: made in one place so that they look alike everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smsdesk.ui import theme
from smsdesk.ui.theme import SPACE


def card(*, spacing: int = 2) -> tuple[QFrame, QVBoxLayout]:
    """A frame that sets its contents apart, and its layout. `spacing` is in units of SPACE."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 4 * SPACE)
    layout.setSpacing(spacing * SPACE)
    return frame, layout


def drop_area() -> tuple[QFrame, QVBoxLayout]:
    """A frame that says: a file may be dropped here."""
    frame = QFrame()
    frame.setObjectName("drop")
    layout = QVBoxLayout(frame)
    layout.setSpacing(3 * SPACE)
    return frame, layout


def heading(text: str) -> QLabel:
    """The title of a card."""
    label = QLabel(text)
    label.setFont(theme.large(label.font(), 1.1))
    return label


def quiet(text: str = "", *, wrap: bool = True) -> QLabel:
    """An explaining line."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def figure(name: str, factor: float = 1.6) -> QLabel:
    """A figure that catches the eye, with figures of equal width."""
    label = QLabel("–")
    font = theme.large(label.font(), factor)
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def button(text: str, on_click: Callable[[], None], *, primary: bool = False) -> QPushButton:
    """A push button; the one main action of a page is `primary`."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.clicked.connect(lambda _checked: on_click())
    return made


def row(*widgets: QWidget | None, spacing: int = 2) -> QHBoxLayout:
    """Widgets beside each other; None is a stretch."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing * SPACE)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def tone(widget: QWidget, name: str) -> None:
    """Give a widget the colour of a tone: good, bad, warn or none."""
    widget.setProperty("tone", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
