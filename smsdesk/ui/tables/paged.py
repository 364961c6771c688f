"""A table model that reads its rows a page at a time, by key, on the reading lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.ui.tables.columns import Column, ColumnsModel, Index
from smsdesk.ui.workplace import Workplace

PAGE = 200

Fetch = Callable[[Desk, int | None, int], Sequence[Any]]
"""`fetch(desk, before, limit)`: rows with an `id`, the newest first; `before` is where the last page ended."""


class PagedModel(ColumnsModel):
    """Rows of the store, the newest first; more are read when the view comes to the end of those that are there."""

    def __init__(self, workplace: Workplace, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None):
        super().__init__(columns, parent)
        self._workplace, self._fetch = workplace, fetch
        self._rows: list[Any] = []
        self._more = False
        self._is_known = False  # whether there are any: not before they are read, and not where that fails
        self._generation = 0
        self._loading = False
        self._again = False

    @property
    def rows(self) -> Sequence[Any]:
        """The rows read so far."""
        return self._rows

    @property
    def is_empty(self) -> bool:
        """Whether it is known that there are no rows."""
        return self._is_known and not self._rows

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """See :class:`QAbstractTableModel`."""
        return not parent.isValid() and self._more and not self._loading

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """See :class:`QAbstractTableModel`."""
        if self.canFetchMore(parent) and self._rows:
            self._load(self._rows[-1].id, PAGE, self._append)

    # -- what the page asks --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Begin anew: another filter."""
        self._generation += 1
        self._loading = self._is_known = False
        self.beginResetModel()
        self._rows, self._more = [], False
        self.endResetModel()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is there: the store has changed."""
        if self._loading:
            self._again = True
            return
        self._load(None, max(PAGE, len(self._rows)), self._replace)

    def read_again(self) -> None:
        """See :class:`ColumnsModel`."""
        self.refresh()

    # -- reading -------------------------------------------------------------------------------------------

    def _load(self, before: int | None, limit: int, then: Callable[[list[Any], int], None]) -> None:
        self._loading = True
        generation = self._generation

        def failed(words: Words) -> None:
            if generation == self._generation:
                self._is_known = False
                self._loading = self._again = self._more = False  # the view would ask for more at each turn
                self.not_read.emit(self._workplace.say(words))

        def loaded(rows: Sequence[Any]) -> None:
            if generation != self._generation:
                return  # of a filter that is not there any more
            self._is_known = True
            # Still loading while rows are taken over: Qt may ask for more in the midst of it, from the old end.
            then(list(rows), limit)
            self._loading = False
            self.not_read.emit("")
            if self._again:
                self._again = False
                self.refresh()

        self._workplace.read(lambda desk: self._fetch(desk, before, limit), loaded, failed)

    def _append(self, rows: list[Any], limit: int) -> None:
        self._more = len(rows) == limit
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def _replace(self, rows: list[Any], limit: int) -> None:
        """Take the rows over with as little disturbance as can be: selection and place of the view stay."""
        old = [row.id for row in self._rows]
        new = [row.id for row in rows]
        came = new.index(old[0]) if old and old[0] in new else None
        self._more = len(rows) == limit
        if came is None or new[came:] != old[: len(new) - came]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        if came:
            self.beginInsertRows(QModelIndex(), 0, came - 1)
            self._rows = rows[:came] + self._rows
            self.endInsertRows()
        if len(rows) < len(self._rows):
            self.beginRemoveRows(QModelIndex(), len(rows), len(self._rows) - 1)
            del self._rows[len(rows) :]
            self.endRemoveRows()
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
