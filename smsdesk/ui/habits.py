"""Habits: how a person has set things up is there again the next time, without a word about it.

    habits.keep(splitter, splitter.sizes, splitter.setSizes, splitter.splitterMoved)

That is all that a widget does. When it is first shown it takes on what is remembered, which the :class:`Habits` of the
window that it belongs to keeps. What a person has typed is never remembered: a search may be for a number.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from smsdesk.settings import remembered
from smsdesk.ui.workplace import Workplace

_log = logging.getLogger(__name__)

_WAIT_MS: Final = 1_000
"""A column that is drawn wider changes a hundred times; it is written once it rests."""


class Habits(QObject):
    """What is remembered; a child of the window whose widgets keep their habits here."""

    def __init__(self, workplace: Workplace, parent: QWidget):
        super().__init__(parent)
        self._workplace = workplace
        self._values = remembered.load(workplace.data_dir)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(lambda: workplace.beside(lambda _stop, _tell: self._write()))
        workplace.closing.connect(self._at_end)

    def get(self, key: str) -> Any:
        """What is remembered under a key; None where nothing is. It comes from a file: it may be anything."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        if self._values.get(key) != value:
            self._values = {**self._values, key: value}  # another thread may be writing those before
            self._timer.start()

    def _at_end(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _write(self) -> None:
        try:
            remembered.save(self._workplace.data_dir, self._values)
        except OSError as exc:  # a full disk: nothing is lost that a person would miss
            _log.warning("how the window was left is not kept: %s", exc.strerror)


def keep(
    widget: QWidget,
    read: Callable[[], Any],
    write: Callable[[Any], object],
    *changes: SignalInstance,
    name: str = "",
) -> None:
    """Remember what `read` gives whenever one of `changes` is emitted, and `write` it when the widget is first shown.

    The key is the class in which the widget stands and its `name`, or its `objectName`; where one class stands in
    several places, they are set up alike. `write` may raise ValueError, TypeError or KeyError of what it cannot use.
    """
    widget.installEventFilter(_Keeper(widget, read, write, changes, name))


def keep_choice(box: QComboBox, name: str) -> None:
    """Remember which entry is chosen, of a list that is always the same."""
    keep(box, box.currentIndex, lambda place: _choose(box, place), box.currentIndexChanged, name=name)


def _choose(box: QComboBox, place: Any) -> None:
    if place not in range(box.count()):
        raise ValueError(place)
    box.setCurrentIndex(place)


def keep_switch(button: QAbstractButton, name: str) -> None:
    """Remember whether a button is on."""
    keep(button, button.isChecked, lambda is_on: button.setChecked(is_on is True), button.toggled, name=name)


class _Keeper(QObject):
    """Waits for its widget to be shown: before, it has no window."""

    def __init__(
        self,
        widget: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], object],
        changes: tuple[SignalInstance, ...],
        name: str,
    ):
        super().__init__(widget)
        self._widget, self._read, self._take, self._changes, self._name = widget, read, write, changes, name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See :class:`QObject`."""
        if event.type() is QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._begin()
        return False

    def _begin(self) -> None:
        found, owner = _habits_of(self._widget)
        if found is None:
            return
        key = f"{owner}.{self._name or self._widget.objectName()}"
        if (value := found.get(key)) is not None:
            with suppress(ValueError, TypeError, KeyError, OverflowError):  # of an earlier version, or changed by hand
                self._take(value)
        for change in self._changes:
            change.connect(lambda *_values: found.put(key, self._read()))


def _habits_of(widget: QWidget) -> tuple[Habits | None, str]:
    """The habits of the window that a widget belongs to, also by way of a dialog, and the class it stands in."""
    owner, above = "", widget.parent()
    while above is not None:
        if not owner and type(above).__module__.startswith("smsdesk."):
            owner = type(above).__name__
        found = above.findChild(Habits, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if found is not None:
            return found, owner
        above = above.parent()
    return None, owner
