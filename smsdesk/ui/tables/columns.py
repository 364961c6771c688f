"""Columns declared as values, and the part of a table model that they decide."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from smsdesk.domain.invisible import visible

_LONGEST: Final = 2_000
"""Characters of a cell that are shown: a reply of 100,000 would hold the window up."""

UNREAD: Final = "…"
"""Stands at the beginning of a row that is not read yet."""

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and how it writes a row. `tone` names a colour of `theme.Tokens` beside the words.

    `width` is in pixels, and never less than the title takes. The one that `stretches` has what the others leave; where
    none does, the last one has it.
    """

    title: str
    text: Callable[[Any], str]
    is_number: bool = False
    tone: Callable[[Any], str] | None = None
    width: int = 120
    stretches: bool = False

    def shown(self, row: Any) -> str:
        """What its cell says: one line."""
        return " ".join(visible(self.text(row)[:_LONGEST]).split("\n"))

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where its words stand."""
        return _RIGHT if self.is_number else _LEFT


class ColumnsModel(QAbstractTableModel):
    """A read-only table whose cells its columns write."""

    not_read = Signal(str)
    """Why its rows could not be read; empty when they are there again."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None):
        super().__init__(parent)
        self.columns = columns

    @property
    def rows(self) -> Sequence[Any]:
        """The rows, where all are at hand."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Try once more what could not be read; a table whose rows are all at hand has nothing to try."""

    def row_at(self, place: int) -> Any | None:
        """The row at a place; None where it is not read yet."""
        return self.rows[place]

    def read_rows(self, places: Sequence[int], then: Callable[[Sequence[Any]], None]) -> None:
        """Give the rows at these places to `then`, once they are read; those that are gone meanwhile are left out."""
        then([row for row in map(self.row_at, places) if row is not None])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """See :class:`QAbstractTableModel`."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """See :class:`QAbstractTableModel`."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See :class:`QAbstractTableModel`."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See :class:`QAbstractTableModel`."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.row_at(index.row())
        if row is None:
            return UNREAD if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(row)
            case Qt.ItemDataRole.ToolTipRole:
                # Qt would take a reply such as `<b>` for markup.
                text = visible(column.text(row)[:_LONGEST])
                return f"<qt>{html.escape(text)}</qt>" if text else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.alignment
            case _:
                return None
