"""A table as every page shows it: rows are selected whole and copied for a spreadsheet; set up as it was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QMessageBox, QTableView, QWidget

from smsdesk.ui import habits, texts
from smsdesk.ui.tables import copying
from smsdesk.ui.tables.columns import ColumnsModel
from smsdesk.ui.tables.signs import SignDelegate
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import not_read, parts

MOST_COPIED: Final = 10_000
"""Rows that are copied at most: more are a file's business."""


class DataTable(QTableView):
    """A read-only table. `name` is what a screen reader calls it.

    How a person has set its columns up is remembered under the class that it stands in; where that has several tables,
    the further ones have an `objectName`.
    """

    def __init__(self, name: str, model: ColumnsModel, parent: QWidget | None = None, *, is_kept: bool = True):
        """`is_kept`: how its columns are set up is remembered; not where they are others each time."""
        super().__init__(parent)
        self._columns = model
        self._put_away: set[int] = set()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(SignDelegate(model, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; the arrow keys move in it
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: _pop_up(self.row_menu(), self.viewport().mapToGlobal(at)))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(8 * SPACE)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(not any(column.stretches for column in model.columns))
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: _pop_up(self.columns_menu(), header.mapToGlobal(at)))
        self._set_widths()
        for place, column in enumerate(model.columns):
            if column.stretches:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.not_read = not_read.over(self, model.read_again)
        model.not_read.connect(self.not_read.say)
        if is_kept:
            changes = (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged)
            habits.keep(self, self.shape, self.take_shape, *changes)

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        header.ensurePolished()  # before that it does not know how large its titles are
        for place, column in enumerate(self._columns.columns):
            self.setColumnWidth(place, max(column.width, header.sectionSizeHint(place)))

    def sort_by_head(self) -> None:
        """A click on a column's head sorts by it; at first nothing is sorted by a column."""
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self.model().sort)

    # -- how its columns are set up ------------------------------------------------------------------------

    def shape(self) -> dict[str, Any]:
        """How a person has set the columns up: their order, widths, which are hidden, and what is sorted by."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        last = next((column for column in reversed(order) if not self.isColumnHidden(column)), None)
        return {
            "order": order,
            # 0 is the usual width: one that takes what room there is would be too wide in a narrower window.
            "widths": [
                0 if column.stretches or place == last or self.isColumnHidden(place) else self.columnWidth(place)
                for place, column in enumerate(self._columns.columns)
            ],
            "hidden": sorted(self._put_away),
            "sort": [header.sortIndicatorSection(), header.sortIndicatorOrder().value],
        }

    def take_shape(self, shape: dict[str, Any]) -> None:
        """Set the columns up as they were left. Raises ValueError or TypeError where that fits other columns."""
        header, count = self.horizontalHeader(), self.horizontalHeader().count()
        order, widths = list(map(int, shape["order"])), list(map(int, shape["widths"]))
        hidden = set(map(int, shape["hidden"]))
        by, direction = map(int, shape["sort"])
        if sorted(order) != list(range(count)) or len(widths) != count or not hidden < {*order} or by >= count:
            raise ValueError(shape)
        for place, column in enumerate(order):
            header.moveSection(header.visualIndex(column), place)
            if widths[column] > 0:
                self.setColumnWidth(column, min(max(widths[column], header.minimumSectionSize()), 4000))
        for column in hidden:
            self._put(column, away=True)
        if header.isSortIndicatorShown():
            header.setSortIndicator(by, Qt.SortOrder(direction))

    def _reset(self) -> None:
        header = self.horizontalHeader()
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        for column in tuple(self._put_away):
            self._put(column, away=False)
        self._set_widths()
        if header.isSortIndicatorShown():
            header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)

    def _put(self, column: int, *, away: bool) -> None:
        (self._put_away.add if away else self._put_away.discard)(column)
        self.setColumnHidden(column, away)

    def columns_menu(self) -> QMenu:
        """Which columns are shown. One that the page itself hides is not offered, and the last one stays."""
        menu = QMenu(self)
        shown = [place for place in range(len(self._columns.columns)) if not self.isColumnHidden(place)]
        for place, column in enumerate(self._columns.columns):
            if place in shown or place in self._put_away:
                action = menu.addAction(column.title.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(place in shown)
                action.setEnabled(shown != [place])
                action.triggered.connect(lambda on, place=place: self._put(place, away=not on))
        menu.addSeparator()
        menu.addAction(self.tr("As they were at first")).triggered.connect(lambda _on: self._reset())
        return menu

    # -- copying -------------------------------------------------------------------------------------------

    def row_menu(self) -> QMenu:
        """What can be done with the selected rows."""
        menu = QMenu(self)
        copy = menu.addAction(self.tr("Copy"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(lambda _on: self.copy())
        titled = menu.addAction(self.tr("Copy with column titles"))
        titled.triggered.connect(lambda _on: self.copy(titled=True))
        for action in (copy, titled):
            action.setEnabled(self.selectionModel().hasSelection())
        menu.addSeparator()
        every = menu.addAction(self.tr("Select all"))
        every.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        every.triggered.connect(lambda _on: self.selectAll())
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+C copies the selected rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def copy(self, *, titled: bool = False) -> None:
        """Put the selected rows on the clipboard, as they are shown; `titled`: with the titles of their columns."""
        self._copy_rows(self.selected_rows(), titled=titled)

    def copy_all(self) -> None:
        """The same for all rows, with titles."""
        self._copy_rows(range(self._columns.rowCount()), titled=True)

    def _copy_rows(self, places: Sequence[int], *, titled: bool) -> None:
        if len(places) > MOST_COPIED:
            line = self.tr("At most %1 rows can be copied, and %2 are selected. “Export…” saves them as a file.")
            said = texts.fill(line, texts.number(MOST_COPIED), texts.number(len(places)))
            parts.ask(QMessageBox(QMessageBox.Icon.Information, self.accessibleName(), said, parent=self))
        elif places:
            self._columns.read_rows(places, lambda rows: self._copy(rows, titled=titled))

    def _copy(self, rows: Sequence[Any], *, titled: bool) -> None:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [place for place in order if not header.isSectionHidden(place)]
        columns = [self._columns.columns[place] for place in shown]
        cells = [[column.shown(row) for column in columns] for row in rows]
        QGuiApplication.clipboard().setMimeData(copying.clip(columns, cells, titled=titled))

    def selected_rows(self) -> list[int]:
        """The places of the selected rows, from the top."""
        # Ranges, not `selectedRows()`: that takes seconds for 200,000 rows.
        ranges = self.selectionModel().selection().toList()
        return sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))


def _pop_up(menu: QMenu, where: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(where)
