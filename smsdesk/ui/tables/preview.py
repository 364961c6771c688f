"""The first rows of a sheet, with the number column and the header row marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.jobs import importing
from smsdesk.ui import texts, theme
from smsdesk.ui.tables.columns import Column, Index
from smsdesk.ui.tables.fixed import FixedModel

if TYPE_CHECKING:
    from smsdesk.jobs.importing import SheetRow, Table

_MOST_COLUMNS: Final = 200
"""A sheet may have 16,384, and nobody looks at them."""


class PreviewModel(FixedModel):
    """Rows as they stand in the sheet, each with its row number before it."""

    def __init__(self, parent: QObject | None = None):
        super().__init__((), parent)
        self._number: int | None = None
        self._header: int | None = None

    def show_table(self, table: Table) -> None:
        """Show a table as it is read now."""
        number = table.layout.column
        shown = [place for place in range(len(table.layout.columns)) if place < _MOST_COLUMNS or place == number]
        self._number = None if number is None else shown.index(number) + 1
        self._header = table.layout.header_row
        self.columns = (
            Column(self.tr("Row"), lambda row: texts.number(row.line), is_number=True, width=64),
            *(
                Column(("☎ " if place == number else "") + table.layout.columns[place], _cell(place), width=140)
                for place in shown
            ),
        )
        self.show(importing.previewed(table))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See :class:`QAbstractTableModel`."""
        if index.isValid():
            is_header = self.rows[index.row()].line == self._header
            if role == Qt.ItemDataRole.FontRole and is_header:
                font = QFont(QApplication.font())
                font.setBold(True)
                return font
            if role == Qt.ItemDataRole.BackgroundRole and (is_header or index.column() == self._number):
                return QColor(theme.tokens_of(QApplication.palette()).accent_soft)
        return super().data(index, role)


class Marking(QStyledItemDelegate):
    """Paints the background that a model gives: under a style sheet nothing else does."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See :class:`QStyledItemDelegate`."""
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        if background is not None:
            painter.fillRect(option.rect, background)
        super().paint(painter, option, index)


def _cell(place: int) -> Callable[[SheetRow], str]:
    return lambda row: row.cells[place] if place < len(row.cells) else ""
