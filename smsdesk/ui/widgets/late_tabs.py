"""Tabs whose contents come into the window when they are first shown: a style sheet makes each that comes cost dear."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from smsdesk.ui.widgets import parts


class LateTabs(QTabWidget):
    """As a :class:`QTabWidget`; `name` is what a screen reader calls it."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(name)
        self._contents: list[QWidget] = []
        self._columns: list[QVBoxLayout] = []
        self.currentChanged.connect(self._fill)

    def add(self, content: QWidget, title: str) -> None:
        """A further tab."""
        place = QWidget()
        content.setParent(self)
        content.hide()
        self._contents.append(content)
        self._columns.append(parts.column(place))
        self.addTab(place, title)

    def show_content(self, content: QWidget) -> None:
        """Bring the tab of this content to the front."""
        self.setCurrentIndex(self._contents.index(content))

    def _fill(self, place: int) -> None:
        if place >= 0 and not self._columns[place].count():
            self._columns[place].addWidget(self._contents[place])
            self._contents[place].show()
