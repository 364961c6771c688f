"""A table as every page shows it: whole rows selected, no grid, copied as a spreadsheet takes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from smsdesk.ui.tables.columns import ColumnsModel
from smsdesk.ui.tables.signs import SignDelegate
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import not_read


class DataTable(QTableView):
    """A read-only table. `name` is what a screen reader calls it."""

    def __init__(self, name: str, model: ColumnsModel, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(SignDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; the arrow keys move in it
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(8 * SPACE)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(not any(column.stretches for column in model.columns))
        header.ensurePolished()  # before that it does not know how large its titles are
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, max(column.width, header.sectionSizeHint(place)))
            if column.stretches:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.not_read = not_read.over(self, model.read_again)
        model.not_read.connect(self.not_read.say)

    def sort_by_head(self) -> None:
        """A click on a column's head sorts by it; at first nothing is sorted by a column."""
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self.model().sort)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+C copies the selected rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The selected rows, as tab-separated lines."""
        model, last = self.model(), self.model().columnCount()
        return "\n".join(
            "\t".join(str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "") for column in range(last))
            for row in self.selected_rows()
        )

    def selected_rows(self) -> list[int]:
        """The places of the selected rows, from the top."""
        # Ranges, not `selectedRows()`: that takes seconds for 200,000 rows.
        ranges = self.selectionModel().selection().toList()
        return sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))
