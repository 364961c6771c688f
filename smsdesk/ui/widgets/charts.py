"""A chart as every page shows it: a drawing, the table of its figures, and buttons that take both elsewhere.

    chart = Chart(workplace, self.tr("Balance"), columns, lambda readings: Lines(…))
    chart.show_rows(readings)

The table is for screen readers and for copying; both show the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSize, Signal
from PySide6.QtGui import QImage, QPalette, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import exporter, parts
from smsdesk.ui.widgets.drawings import Drawing
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.widgets.not_read import NotRead
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.ui.widgets.plots import Plot

_PICTURE = QSize(960, 420)
"""What a saved picture measures at least, at 100 %."""
_BAR_WIDTH = 16
"""Pixels of a table's frame and scroll bar."""
_TABLE_ROWS = 9
"""Rows that a table shows without scrolling, where there is room."""


class Chart(QWidget):
    """One chart. `drawing_of` makes the drawing of the rows that the columns write."""

    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""
    wanted = Signal()
    """What could not be computed is to be tried again."""

    def __init__(
        self,
        workplace: Workplace,
        name: str,
        columns: Sequence[Column],
        drawing_of: Callable[[Sequence[Any]], Drawing],
        *,
        empty: str = "",
        beside: bool = True,
        key: Callable[[Any], object] | None = None,
        least_rows: int = _TABLE_ROWS,
    ):
        """`empty` is said while there are no rows; `beside`: the table stands on the right, not below.

        `key` is what a row is told by when the figures are renewed; without it, by what its first column says.
        `least_rows` is how many its table shows at least: fewer on a page that does not scroll itself.
        """
        super().__init__()
        self._workplace, self._drawing_of = workplace, drawing_of
        self._key = key or columns[0].text
        self._least_rows = least_rows
        self._plot: Plot | None = None
        self.setAccessibleName(name)
        self.heading = parts.heading(name)
        self.summary = parts.quiet()
        self.empty = parts.quiet(empty)
        self.model = FixedModel(columns, self)
        self.table = DataTable(name, self.model)
        self.copy_button = parts.button(self.tr("Copy figures"), self._on_copy, icon="copy")
        self.save_button = parts.button(self.tr("Save as picture…"), self._on_save, icon="image")
        for button in (self.copy_button, self.save_button):
            button.setAccessibleDescription(name)
        self.export_button = ExportButton(workplace, name, lambda: exporter.shown(self.model))
        layout = parts.column(self)
        layout.addLayout(parts.row(self.heading, None, self.copy_button, self.export_button, self.save_button))
        layout.addWidget(self.summary)
        layout.addWidget(self.empty)
        self.not_read = NotRead(self.wanted.emit)
        layout.addWidget(self.not_read)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body = QBoxLayout(way)
        self._body.setSpacing(3 * SPACE)
        self._is_beside = beside
        if beside:
            hint = self.table.horizontalHeader().sectionSizeHint
            widths = (max(column.width, hint(place)) for place, column in enumerate(columns))
            self.table.setMinimumWidth(sum(widths) + _BAR_WIDTH)
        self._body.addWidget(self.table, 2)
        layout.addLayout(self._body, 1)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Any], summary: str = "") -> None:
        """Show other rows; `summary` says in a sentence what they tell. What was selected stays so."""
        selected = {self._key(self.model.rows[place]) for place in self.table.selected_rows()}
        self.model.show(rows)
        self._select(selected)
        self.not_read.say("")
        self.summary.setText(summary)
        self.summary.setVisible(bool(summary))
        self.empty.setVisible(not rows and bool(self.empty.text()))
        for widget in (self.table, self.copy_button, self.export_button, self.save_button):
            widget.setVisible(bool(rows))
        row_height = self.table.verticalHeader().defaultSectionSize()
        height = row_height * (1 + min(max(len(rows), 2), self._least_rows)) + 2 * SPACE
        if self._is_beside:
            self.table.setMinimumHeight(height)
        else:
            self.table.setFixedHeight(height)
        self.draw()

    def _select(self, keys: Collection[object]) -> None:
        chosen = QItemSelection()
        last = self.model.columnCount() - 1
        for place, row in enumerate(self.model.rows):
            if self._key(row) in keys:
                chosen.select(self.model.index(place, 0), self.model.index(place, last))
        self.table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_waiting(self) -> None:
        """There is nothing to show yet: it is being computed."""
        self.show_rows((), self.tr("Computing…"))
        self.empty.hide()

    def show_failed(self, text: str) -> None:
        """The rows could not be computed; what is there stays."""
        if not self.model.rows:
            self.summary.hide()
        self.not_read.say(text)

    def drawing(self) -> Drawing:
        """What is drawn now."""
        return self._drawing_of(self.model.rows)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What is drawn is drawn when it is first seen."""
        super().showEvent(event)
        if self._plot is None:
            self.draw()

    def draw(self) -> None:
        """Draw the rows again: what the page shows of them has changed."""
        if self._plot is not None:
            self._plot.setVisible(bool(self.model.rows))
        if not self.model.rows or (self._plot is None and not self.isVisible()):
            return
        from smsdesk.ui.widgets.plots import height_of  # noqa: PLC0415 - importing it takes a third of a second

        plot, drawing = self._plot or self._made_plot(), self.drawing()
        height = height_of(drawing)
        if self._is_beside:
            plot.setMinimumHeight(min(height, self.table.minimumHeight()))
        else:
            plot.setFixedHeight(height)
        plot.draw(drawing)

    def _made_plot(self) -> Plot:
        from smsdesk.ui.widgets.plots import Plot  # noqa: PLC0415 - as above

        self._plot = plot = Plot()
        plot.setAccessibleName(self.heading.text())
        plot.setAccessibleDescription(self.tr("A chart; the table has its figures."))
        self._body.insertWidget(0, plot, 3)
        return plot

    def _on_copy(self) -> None:
        self.table.copy_all()
        self.said.emit(self.tr("The figures are on the clipboard."), "good")

    def _on_save(self) -> None:
        proposed = Path(self._workplace.folder) / (self.heading.text() + ".png")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as picture"), str(proposed), self.tr("Picture (*.png)")
        )
        if not name:
            return
        path = Path(name if name.lower().endswith(".png") else f"{name}.png")
        image = self.picture(_PICTURE, self.palette())

        def saved(_none: None) -> None:
            self.said.emit(texts.fill(self.tr("The chart is saved to %1."), path), "good")

        def failed(words: Words) -> None:
            self.said.emit(self._workplace.say(words), "bad")

        self._workplace.open_file(lambda _stop, _tell: _save(image, path), saved, failed)

    def picture(self, least: QSize, palette: QPalette, *, titled: bool = True) -> QImage:
        """What is drawn now as a picture of at least this size, at 200 %, in the colours of the palette."""
        from smsdesk.ui.widgets.plots import height_of, picture  # noqa: PLC0415 - importing it takes a third of a second

        drawing = self.drawing()
        size = QSize(least.width(), max(least.height(), height_of(drawing)))
        return picture(drawing, self.heading.text() if titled else "", size, palette)


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise InputProblem(
            Words(
                "图片无法保存到 {path}。请换一个文件夹再试。",
                "The picture cannot be saved to {path}. Choose another folder.",
            ).fill(path=path)
        )
