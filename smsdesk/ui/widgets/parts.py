"""Cards, headings, buttons: made in one place so that they look alike everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from smsdesk.ui import texts, theme
from smsdesk.ui.theme import SPACE


class Icon(QWidget):
    """An icon that is no button: drawn anew when the theme or the screen changes.

    No label: those are read out, and what stands beside it says the same.
    """

    def __init__(self, size: int = theme.ICON, parent: QWidget | None = None):
        super().__init__(parent)
        self._size, self._name, self._tone = size, "", "quiet"
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str = "quiet") -> None:
        """Show the icon of a file of `resources/icons`, in the colour that `tone` names."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
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


def told(name: str, text: str) -> str:
    """A text after what it is, as a screen reader says it."""
    return texts.fill(QCoreApplication.translate("Parts", "%1: %2"), name, text)


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Have a screen reader say it wherever the focus is; what is urgent does not wait for what it is saying."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Named(QLabel):
    """A text whose meaning its place tells: a screen reader hears a name before it.

    An accessible name takes the place of what a label shows, so it has to say that as well.
    """

    def __init__(self, name: str, text: str = ""):
        super().__init__()
        self._name = name
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See :class:`QLabel`."""
        super().setText(text)
        self.setAccessibleName(told(self._name, text) if text else self._name)


def quiet(text: str = "", *, wrap: bool = True, name: str = "") -> QLabel:
    """An explaining line; with a name where it does not explain itself."""
    label = Named(name, text) if name else QLabel(text)
    label.setProperty("quiet", True)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def figure(name: str, factor: float = theme.FIGURE) -> QLabel:
    """A figure that catches the eye, with figures of equal width."""
    label = Named(name, "–")
    font = theme.large(label.font(), factor)
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class Button(QPushButton):
    """Enter presses the button that has the focus, as people expect.

    Qt gives Enter to the dialog's default button instead, which may be the very opposite, and on a page to none.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`Button`. A key held down presses once: what opens may have a button that waits for it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(text: str, on_click: Callable[[], None], *, primary: bool = False, icon: str = "") -> QPushButton:
    """A push button; the one main action of a page is `primary`. `icon` is a name of `resources/icons`."""
    made = Button(text)
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


def drop_down(name: str) -> QComboBox:
    """A box to choose from that no label names."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)  # on Linux Qt calls such a box by the value that is chosen
    return box


def menu_button(text: str, icon: str = "") -> tuple[QPushButton, QMenu]:
    """A push button that opens a menu, and the menu, which is still empty."""
    made = Button(text)
    if icon:
        put_icon(made, icon)
    menu = QMenu(made)
    made.setMenu(menu)
    made.setProperty("menu", True)
    return made, menu


def choice(text: str) -> QPushButton:
    """A small button that is on or off."""
    made = Button(text)
    made.setCheckable(True)
    made.setProperty("chip", True)
    return made


def spin_box(low: int, high: int) -> QSpinBox:
    """A field for whole numbers, with 12,345 written so."""
    made = QSpinBox()
    made.setRange(low, high)
    made.setGroupSeparatorShown(True)
    inset(made)
    return made


def inset(field: QAbstractSpinBox) -> None:
    """Give a number in a field the gap that other fields have by the style sheet, which Qt does not heed here."""
    field.lineEdit().setTextMargins(2 * SPACE, 0, 0, 0)


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
