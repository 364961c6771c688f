"""Tabs whose contents are made when they are first shown: tables and charts cost dear, and most are not looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from smsdesk.ui.widgets import parts


class LateTabs(QTabWidget):
    """As a :class:`QTabWidget`; `name` is what a screen reader calls it."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(name)
        self._makers: list[Callable[[], QWidget]] = []
        self._columns: list[QVBoxLayout] = []
        self.currentChanged.connect(self._fill)

    def add(self, title: str, make: Callable[[], QWidget]) -> None:
        """A further tab; `make` gives what is in it."""
        place = QWidget()
        self._makers.append(make)
        self._columns.append(parts.column(place))
        self.addTab(place, title)

    def _fill(self, place: int) -> None:
        if place >= 0 and not self._columns[place].count():
            self._columns[place].addWidget(self._makers[place]())
