"""A table model over a list of any length, of which it shows a part and holds the pages that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Words
from smsdesk.jobs import listing
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.listing import By, Found, Listing, Order, Wanted
from smsdesk.ui.lane import Task
from smsdesk.ui.tables.columns import Column, ColumnsModel, Index
from smsdesk.ui.workplace import Workplace

PAGE: Final = 100
_PAGES: Final = 40
"""Pages that are held: what a person scrolls to and fro in."""

MOST: Final = 100_000
"""Rows that are shown at once: a view keeps something for each of its rows, and would hold 10,000,000 up by seconds."""


class ListedModel(ColumnsModel):
    """Messages of the store, gone through in the background; rows are read as they come into sight."""

    found = Signal()
    """There are more rows, or all are there."""

    def __init__(
        self, workplace: Workplace, columns: Sequence[Column], keys: Sequence[By], parent: QObject | None = None
    ):
        """`keys` are what the columns are sorted by, in their order."""
        super().__init__(columns, parent)
        self._workplace, self._keys = workplace, keys
        self.wanted, self.order = Wanted(), Order()
        self._listing: Listing | None = None
        self._task: Task | None = None
        self.part = 0
        """Which `MOST` rows of the list are shown."""
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._missing: int | None = None
        self._loading = False
        self._round = 0  # counts up as the store changes: what was read before is not kept any more
        self._is_broken = False  # a page could not be read: none is, until somebody asks again
        self.is_stopped = False
        """Whether a person stopped the search, so that there may be more than was found."""
        self._is_unlisted = False  # the list itself could not be made
        self.share: float | None = None
        """How far the search is, 0 to 1; None where nobody can tell."""

    @property
    def is_whole(self) -> bool:
        """Whether all that is wanted has been found."""
        return self._task is None and not self._is_unlisted and not self.is_stopped

    @property
    def is_searching(self) -> bool:
        """Whether the store is being gone through."""
        return self._task is not None

    @property
    def is_unlisted(self) -> bool:
        """Whether the store could not be gone through, so that nobody knows what there is."""
        return self._is_unlisted

    @property
    def is_of_before(self) -> bool:
        """Whether the list is still the one before, since nothing was found yet of the one that is wanted."""
        made = self._listing
        return made is None or (made.wanted, made.order) != (self.wanted, self.order)

    @property
    def total(self) -> int:
        """Messages in the list, shown or not."""
        return len(self._listing) if self._listing else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """See :class:`QAbstractTableModel`."""
        return 0 if parent.isValid() else self._count

    def row_at(self, place: int) -> Any | None:
        """The row at a place; None where it is not read yet: it is asked for, the newest wish first."""
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._missing = number
            self._read_missing()
            return None
        self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """See :class:`QAbstractTableModel`; a column of -1 is the order of planning, the newest first."""
        by = self._keys[column] if column >= 0 else By.PLANNED
        self.order = Order(by, descending=column < 0 or order is Qt.SortOrder.DescendingOrder)
        self.show(self.wanted)

    def show_part(self, part: int) -> None:
        """Show other rows of the list."""
        if self._listing:
            self._replace(self._listing, part)
            self.found.emit()

    # -- which ---------------------------------------------------------------------------------------------

    def show(self, wanted: Wanted) -> None:
        """Show other messages, from the top. What is found of the ones before stays until the first of them are."""
        if self._task:
            self._task.cancel()
        self.wanted = wanted
        self._search(lambda made: self._found(made, is_whole=True), self._found_some)

    def relist(self) -> None:
        """The store has changed, and may have other messages; where it has the same, nothing moves."""
        if self._task is None:
            self._search(self._relisted, lambda _news: None)

    def _search(self, on_whole: Callable[[Listing], None], on_some: Callable[[Found], None]) -> None:
        wanted, order = self.wanted, self.order
        self.is_stopped, self.share = False, None
        task = self._workplace.search(
            lambda desk, stop, tell: listing.make(desk, wanted, order, stop, tell),
            on_whole,
            lambda words: self._not_found(task, words),
            on_some,
        )
        self._task = task

    def refresh(self) -> None:
        """The store has changed: what is in sight is read again."""
        self._pages.clear()
        self._is_broken = False
        self._round += 1
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def _found_some(self, news: Found) -> None:
        if (news.listing.wanted, news.listing.order) == (self.wanted, self.order):
            self.share = news.share
        if news.listing is self._listing or len(news.listing):
            self._found(news.listing, is_whole=False)
        else:
            self.found.emit()  # what was there before stays until there is something else

    def _found(self, made: Listing, *, is_whole: bool) -> None:
        if (made.wanted, made.order) != (self.wanted, self.order):
            return  # of a search that is not wanted any more
        if made is not self._listing:
            self._replace(made, 0)
        elif self._rows_of(made) > self._count:
            self.beginInsertRows(QModelIndex(), self._count, self._rows_of(made) - 1)
            self._count = self._rows_of(made)
            self.endInsertRows()
        if is_whole:
            self._task = None
        self._is_unlisted = False
        self._tell_if_well()
        self.found.emit()

    def _tell_if_well(self) -> None:
        if not (self._is_broken or self._is_unlisted):
            self.not_read.emit("")

    def _relisted(self, made: Listing) -> None:
        shown = self._listing
        if shown and len(made) == len(shown) <= MOST and made.ids(0, MOST) == shown.ids(0, MOST):
            self._task, self._is_unlisted = None, False
            self._tell_if_well()
        else:
            self._found(made, is_whole=True)

    def _rows_of(self, made: Listing) -> int:
        return min(len(made) - self.part * MOST, MOST)

    def _replace(self, made: Listing, part: int) -> None:
        self.beginResetModel()
        self._listing, self.part, self._missing, self._is_broken = made, part, None, False
        self._count = self._rows_of(made)
        self._pages.clear()
        self.endResetModel()

    def _not_found(self, task: Task, words: Words) -> None:
        if task is self._task:  # and not one that gave way to another
            self._task = None
            if words == Cancelled().words:
                self.is_stopped = True
            else:
                self._is_unlisted = True
                self.not_read.emit(self._workplace.say(words))
            self.found.emit()

    def read_rows(self, places: Sequence[int], then: Callable[[Sequence[Any]], None]) -> None:
        """See :class:`ColumnsModel`: most of them were never in sight, and are read now."""
        made, first = self._listing, self.part * MOST
        if made is None:
            return

        def read(desk: Desk) -> list[Any]:
            pages = {place // PAGE for place in places}
            found = {page: listing.page(desk, made, first + page * PAGE, PAGE) for page in pages}
            rows = (found[page][offset] for page, offset in (divmod(place, PAGE) for place in places))
            return [row for row in rows if row is not None]

        self._workplace.read(read, then)

    def stop(self) -> None:
        """Go no further through the store; what has been found stays."""
        if self._task:
            self._task.cancel()

    def read_again(self) -> None:
        """See :class:`ColumnsModel`."""
        if self._is_unlisted:
            self.show(self.wanted)
        else:
            self.refresh()

    # -- pages ---------------------------------------------------------------------------------------------

    def _read_missing(self) -> None:
        """Read the page that was missed last; one at a time, so that a drag of the scroll bar does not pile up."""
        made, part, number = self._listing, self.part, self._missing
        if self._loading or self._is_broken or made is None or number is None:
            return
        self._loading, self._missing = True, None
        asked = made, part, self._round

        def read(rows: Sequence[Any]) -> None:
            self._loading = False
            if asked == (self._listing, self.part, self._round):
                self._keep(number, rows)
                if self._missing in self._pages:
                    self._missing = None  # further rows of the same page, asked for meanwhile
            self._read_missing()

        def failed(words: Words) -> None:
            self._loading = False
            if asked == (self._listing, self.part, self._round):
                self._is_broken = True
                self.not_read.emit(self._workplace.say(words))

        self._workplace.read(lambda desk: listing.page(desk, made, part * MOST + number * PAGE, PAGE), read, failed)

    def _keep(self, number: int, rows: Sequence[Any]) -> None:
        self._pages[number] = rows
        self._tell_if_well()
        if len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        last = min((number + 1) * PAGE, self._count) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))
