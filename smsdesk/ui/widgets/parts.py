"""Cards, headings, buttons: made in one place so that they look alike everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.ui import theme
from smsdesk.ui.theme import SPACE


class Icon(QLabel):
    """An icon that is no button: drawn anew when the theme or the screen changes."""

    def __init__(self, size: int = theme.ICON, parent: QWidget | None = None):
        super().__init__(parent)
        self._size, self._name, self._tone = size, "", "quiet"
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str = "quiet") -> None:
        """Show the icon of a file of `resources/icons`, in the colour that `tone` names."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QLabel`."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF()))
        painter.end()


def card(*, spacing: int = 2) -> tuple[QFrame, QVBoxLayout]:
    """A frame that sets its contents apart, and its layout. `spacing` is in units of SPACE."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 4 * SPACE)
    layout.setSpacing(spacing * SPACE)
    return frame, layout


def as_card(widget: QWidget) -> QVBoxLayout:
    """Make a card of a whole widget; returns the layout of its contents."""
    frame, layout = card()
    outer = QVBoxLayout(widget)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(frame)
    return layout


def column(widget: QWidget, *, spacing: int = 2) -> QVBoxLayout:
    """The column of a widget that is a part of another, without margins. `spacing` is in units of SPACE."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing * SPACE)
    return layout


def dialog_column(dialog: QDialog, *, spacing: int = 3) -> QVBoxLayout:
    """The column of a dialog's contents. `spacing` is in units of SPACE."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(6 * SPACE, 5 * SPACE, 6 * SPACE, 5 * SPACE)
    layout.setSpacing(spacing * SPACE)
    return layout


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
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.large(label.font(), theme.HEADING))
    return label


def step(number: int, text: str) -> QWidget:
    """The title of a card that is one of several steps."""
    made, sign = QWidget(), QLabel(str(number))
    sign.setObjectName("step")
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = row(sign, heading(text))
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


def icon_label(name: str, tone: str = "quiet", size: int = theme.ICON) -> Icon:
    """An icon that stands beside words which say the same."""
    made = Icon(size)
    made.show_icon(name, tone)
    return made


def quiet(text: str = "", *, wrap: bool = True) -> QLabel:
    """An explaining line."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def figure(name: str, factor: float = theme.FIGURE) -> QLabel:
    """A figure that catches the eye, with figures of equal width."""
    label = QLabel("–")
    font = theme.large(label.font(), factor)
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def button(text: str, on_click: Callable[[], None], *, primary: bool = False, icon: str = "") -> QPushButton:
    """A push button; the one main action of a page is `primary`. `icon` is a name of `resources/icons`."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    if icon:
        put_icon(made, icon, "on_accent" if primary else "text")
    made.clicked.connect(lambda _checked: on_click())
    return made


def put_icon(made: QPushButton, icon: str, tone: str = "text") -> None:
    """Put an icon in front of a button's words."""
    made.setIcon(theme.icon(icon, tone))
    made.setIconSize(QSize(theme.ICON + SPACE if made.text() else theme.ICON, theme.ICON))


def icon_button(icon: str, name: str, on_click: Callable[[], None]) -> QPushButton:
    """A push button with nothing but an icon on it; the tool tip and a screen reader have its name."""
    made = button("", on_click, icon=icon)
    made.setProperty("icon", True)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def menu_button(text: str, icon: str = "") -> tuple[QPushButton, QMenu]:
    """A push button that opens a menu, and the menu, which is still empty."""
    made = QPushButton(text)
    if icon:
        put_icon(made, icon)
    menu = QMenu(made)
    made.setMenu(menu)
    made.setProperty("menu", True)
    return made, menu


def choice(text: str) -> QPushButton:
    """A small button that is on or off."""
    made = QPushButton(text)
    made.setCheckable(True)
    made.setProperty("chip", True)
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


def ask(dialog: QDialog) -> bool:
    """Show a dialog until it is closed; whether it was accepted.

    It is let go of then: as its parent's child it would stay, with all that it holds, and go on listening.
    """
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted


def sure(widget: QWidget, action: str, question: str) -> bool:
    """Ask before something that cannot be undone; the answer that changes nothing is the default."""
    box = QMessageBox(QMessageBox.Icon.Warning, action, question, parent=widget)
    box.setTextFormat(Qt.TextFormat.PlainText)
    yes = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(QCoreApplication.translate("Parts", "Back"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    ask(box)
    return box.clickedButton() is yes
