"""The sources of a list of recipients, each with what became of it, how it is read, and a way off the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from smsdesk.domain.origin import READABLE, FromFile
from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.importer import Importer, Source
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.elided import Elided

if TYPE_CHECKING:
    from smsdesk.jobs.importing import LeftOut

_HIGHEST = 34 * SPACE
"""Of the list; more files are scrolled to."""


class SourceList(QScrollArea):
    """A row for each file. `say` writes a sentence in the window's language."""

    def __init__(
        self,
        importer: Importer,
        say: Callable[[Words], str],
        on_how: Callable[[Source], None],
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._importer, self._say, self._on_how = importer, say, on_how
        self._rows: dict[Source, SourceRow] = {}
        self.setAccessibleName(self.tr("Files of the list"))
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._lines = parts.column(self._body)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._body)
        self.hide()
        importer.changed.connect(self._show)

    def _show(self) -> None:
        for source in set(self._rows) - set(self._importer.sources):
            row = self._rows.pop(source)
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        for source in self._importer.sources:
            if source not in self._rows:
                self._rows[source] = SourceRow(source, self._importer, self._on_how)
                self._lines.addWidget(self._rows[source])
            part = self._importer.part_of(source)
            counts = (part.valid, part.rows) if part else None
            left_out = self._importer.left_out_of(source)
            self._rows[source].show_source(source, self._say(source.table.layout.reason), counts, left_out)
        self._order_tabs()
        self.setVisible(bool(self._rows))
        self.updateGeometry()

    def _order_tabs(self) -> None:
        """The rows' buttons come after the list itself, however late they were made."""
        before: QWidget = self
        for source in self._importer.sources:
            for button in self._rows[source].buttons:
                QWidget.setTabOrder(before, button)
                before = button

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the files are, up to a bound."""
        return QSize(super().sizeHint().width(), min(_HIGHEST, self._body.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: files are never squeezed."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


class SourceRow(QFrame):
    """One source: its name, and below it how many of its rows are good and why its number column is that one."""

    def __init__(self, source: Source, importer: Importer, on_how: Callable[[Source], None]):
        super().__init__()
        self._name, self._line = Elided(), Elided()
        self._line.setProperty("quiet", True)
        how = parts.button(self.tr("How it is read…"), lambda: on_how(source))
        how.setAccessibleName(texts.fill(self.tr("How “%1” is read…"), source.name))
        if not isinstance(source.origin, READABLE):
            how.hide()  # there is no other way
        self.leave_out = parts.choice(self.tr("Leave out"))
        self.leave_out.setAccessibleName(texts.fill(self.tr("Leave out whoever is in “%1”"), source.name))
        self.leave_out.setToolTip(self.tr("Nobody who stands in it gets the message, whatever other lists say."))
        self.leave_out.clicked.connect(lambda checked: importer.leave_out(source, is_left_out=checked))
        off = texts.fill(self.tr("Take “%1” off the list"), source.name)
        remove = parts.icon_button("x", off, lambda: importer.remove(source))
        self.buttons = (how, self.leave_out, remove)
        first = parts.row(self._name, *self.buttons)
        first.setStretch(0, 1)
        layout = parts.column(self, spacing=0)
        layout.addLayout(first)
        layout.addWidget(self._line)

    def show_source(self, source: Source, why: str, counts: tuple[int, int] | None, left_out: LeftOut | None) -> None:
        """Show how it is read now; `counts` are its good rows and all, `left_out` what is left out for it."""
        self._name.show_text(source.name, str(source.table.path) if isinstance(source.origin, FromFile) else None)
        self.leave_out.setChecked(source.is_left_out)
        if source.is_left_out:
            why = self._left_out_line(left_out) if left_out else self.tr("− whoever stands in it is left out")
        good, rows = map(texts.number, counts or (0, 0))
        self._line.show_text(texts.fill(self.tr("Good rows: %1 of %2 · %3"), good, rows, why) if counts else why)
        is_good = source.table.layout.column is not None and not (left_out and left_out.unreadable)
        parts.tone(self._line, "" if is_good else "bad")

    def _left_out_line(self, left_out: LeftOut) -> str:
        numbers, unreadable = texts.number(left_out.numbers), texts.number(left_out.unreadable)
        if left_out.unreadable:
            line = self.tr("− numbers left out: %1; ! rows without a number that could be read: %2")
            return texts.fill(line, numbers, unreadable)
        return texts.fill(self.tr("− numbers left out: %1"), numbers)
