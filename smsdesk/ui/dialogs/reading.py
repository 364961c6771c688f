"""How a file is read: its sheet, header row and number column, and of a text file encoding and separator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QProgressBar, QSpinBox, QWidget

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import importing
from smsdesk.ui import texts
from smsdesk.ui.tables.preview import Marking, PreviewModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.importing import Table

_PAUSE_MS = 400
"""After the last digit of a row number that is typed."""


class ReadingDialog(QDialog):
    """Every change takes effect at once, and the preview shows it."""

    changed = Signal(object)
    """:class:`Table`: the same file, read otherwise."""
    wanted = Signal(str, object, object)
    """The file must be read again: sheet, encoding and separator (None: found by content)."""

    def __init__(self, workplace: Workplace, table: Table, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._table = table
        self.setWindowTitle(texts.fill(self.tr("How “%1” is read"), name))
        self.setMinimumSize(680, 480)
        self.resize(900, 560)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self._fields = QWidget()
        rows = parts.column(self._fields)
        rows.addLayout(self._sheet_fields())
        rows.addWidget(self._text_fields())
        layout.addWidget(self._fields)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.reason)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Reading the file"))
        layout.addWidget(self.bar)
        self.model = PreviewModel(self)
        self.preview = DataTable(self.tr("The first 200 rows"), self.model, is_kept=False)
        self.preview.setItemDelegate(Marking(self.preview))
        layout.addWidget(self.preview, 1)
        close = parts.button(self.tr("Close"), self.accept, primary=True)
        close.setAutoDefault(False)
        layout.addLayout(parts.row(parts.quiet(self.tr("Changes take effect at once."), wrap=False), None, close))
        self.show_table(table)

    def _sheet_fields(self) -> QHBoxLayout:
        self.sheet, self.header, self.column = QComboBox(), _RowBox(self.tr("none")), QComboBox()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_PAUSE_MS)
        self._typed.timeout.connect(self._on_header)
        self.header.valueChanged.connect(lambda _value: self._typed.start())
        self.sheet.activated.connect(self._on_sheet)
        self.column.activated.connect(lambda place: self._change(self._table.with_column(place)))
        return _named(
            (self.tr("Sheet"), self.sheet),
            (self.tr("Header row"), self.header),
            (self.tr("Number column"), self.column),
        )

    def _text_fields(self) -> QWidget:
        self.encoding, self.separator = QComboBox(), QComboBox()
        self.encoding.activated.connect(self._on_encoding)
        self.separator.activated.connect(self._on_separator)
        self._text = QWidget()
        self._text.setLayout(_named((self.tr("Encoding"), self.encoding), (self.tr("Separator"), self.separator)))
        self.encoding.setMinimumContentsLength(28)
        return self._text

    def show_table(self, table: Table) -> None:
        """Show how the file is read now."""
        self._table = table
        layout = table.layout
        self.is_busy = False
        sheets = [self._sheet_name(sheet.name, is_hidden=sheet.hidden) for sheet in table.sheets]
        _fill(self.sheet, sheets, next((i for i, one in enumerate(table.sheets) if one.name == table.sheet), -1))
        self.sheet.setEnabled(len(sheets) > 1)
        self.header.blockSignals(True)
        self.header.setValue(layout.header_row or 0)
        self.header.blockSignals(False)
        _fill(self.column, list(layout.columns), -1 if layout.column is None else layout.column)
        self._text.setVisible(table.encoding is not None)
        if table.encoding is not None:
            self._choices(self.encoding, importing.ENCODINGS, table.encoding)
            self._choices(self.separator, importing.SEPARATORS, table.separator)
            self.separator.setEnabled(table.separator is not None)  # a web page has none
        self.reason.setText(self._workplace.say(layout.reason))
        parts.tone(self.reason, "bad" if layout.column is None else "")
        self.model.show_table(table)
        for place, column in enumerate(self.model.columns):
            self.preview.setColumnWidth(place, column.width)

    @property
    def is_busy(self) -> bool:
        """Whether the file is being read again; until it is, nothing can be changed."""
        return not self._fields.isEnabled()

    @is_busy.setter
    def is_busy(self, busy: bool) -> None:
        self._fields.setEnabled(not busy)
        self.bar.setVisible(busy)

    def complain(self, words: Words) -> None:
        """Say why it cannot be read so, and show how it is read."""
        self.show_table(self._table)
        self.notice.say(self._workplace.say(words), "bad")

    def done(self, result: int) -> None:
        """What was typed last counts, too."""
        if self._typed.isActive():
            self._typed.stop()
            self._on_header()
        super().done(result)

    def _sheet_name(self, name: str, *, is_hidden: bool) -> str:
        return texts.fill(self.tr("%1 (hidden)"), name) if is_hidden else name

    def _choices(self, box: QComboBox, names: Mapping[str, Words], chosen: str | None) -> None:
        known = [(self._workplace.say(words), value) for value, words in names.items()]
        if chosen is not None and chosen not in names:
            known.append((chosen, chosen))
        box.clear()
        for text, value in known:
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(chosen))

    def _on_sheet(self, place: int) -> None:
        name = self._table.sheets[place].name
        table = self._table.with_sheet(name)
        if table is None:
            self._want(name)
        else:
            self._change(table)

    def _on_header(self) -> None:
        try:
            self._change(self._table.with_header(self.header.value() or None))
        except InputProblem as exc:
            self.complain(exc.words)

    def _change(self, table: Table) -> None:
        self.notice.hide()
        self.show_table(table)
        self.changed.emit(table)

    def _on_encoding(self) -> None:
        # The separator is found anew: in the wrong encoding it was found by chance.
        self._want(self._table.sheet, self.encoding.currentData())

    def _on_separator(self) -> None:
        self._want(self._table.sheet, self._table.encoding, self.separator.currentData())

    def _want(self, sheet: str, encoding: str | None = None, separator: str | None = None) -> None:
        self.notice.hide()
        self.is_busy = True
        self.wanted.emit(sheet, encoding, separator)


class _RowBox(QSpinBox):
    """A row number, or 0 for none."""

    def __init__(self, none: str):
        super().__init__()
        self.setRange(0, 1_048_576)
        self.setSpecialValueText(none)
        parts.inset(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit that is typed takes the word's place: beside it, it would be refused."""
        if event.text().isdigit() and self.text() == self.specialValueText():
            self.lineEdit().selectAll()
        super().keyPressEvent(event)


def _named(*fields: tuple[str, QWidget]) -> QHBoxLayout:
    """Fields beside each other, each with its name before it."""
    widgets: list[QWidget | None] = []
    for name, field in fields:
        label = QLabel(name)
        label.setBuddy(field)
        field.setAccessibleName(name)
        if isinstance(field, QComboBox):
            field.setMinimumContentsLength(18)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widgets += [label, field]
    row = parts.row(*widgets, None, spacing=3)
    row.setContentsMargins(0, 0, 0, 0)
    return row


def _fill(box: QComboBox, names: list[str], chosen: int) -> None:
    box.clear()
    box.addItems(names)
    box.setCurrentIndex(chosen)
