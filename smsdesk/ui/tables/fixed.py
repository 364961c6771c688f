"""A table model over rows that are in memory already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from smsdesk.ui.tables.columns import Column, ColumnsModel


class FixedModel(ColumnsModel):
    """Rows that are there as a whole."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None):
        super().__init__(columns, parent)
        self._rows: Sequence[Any] = ()

    @property
    def rows(self) -> Sequence[Any]:
        """The rows shown."""
        return self._rows

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def add(self, rows: Sequence[Any]) -> None:
        """Show further rows below these."""
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows = [*self._rows, *rows]
        self.endInsertRows()
