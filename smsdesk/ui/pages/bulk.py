"""Bulk send: a recipient file, a text, and off it goes."""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.recipient import RowProblem
from smsdesk.domain.text import MissingValue, Template, segments, signed, utf16_units
from smsdesk.domain.words import Words
from smsdesk.jobs import importing, planning
from smsdesk.jobs.importing import Import, RowsRead, Table
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.planning import Order
from smsdesk.ui import texts
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.sending_page import Check, Plan, SendingPage, checked
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

_FILES = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt"


class BulkPage(SendingPage):
    """Recipients on the left, the text in the middle, sending on the right."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._table: Table | None = None
        self._import: Import | None = None
        self._reading: Task | None = None
        self.setAcceptDrops(True)
        left = QVBoxLayout()
        left.setSpacing(3 * SPACE)
        left.addWidget(self._recipients_card(), 1)
        right = QVBoxLayout()
        right.setSpacing(3 * SPACE)
        right.addWidget(self._text_card(), 1)
        right.addWidget(self.send_card(self.tr("3  Send")))
        right.addWidget(self.progress)
        columns = QHBoxLayout()
        columns.setSpacing(4 * SPACE)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.column.addLayout(columns, 1)
        workplace.chosen.connect(self._account_chosen)
        self._account_chosen(workplace.account)
        self._show_import(None)

    # -- building ------------------------------------------------------------------------------------------

    def _recipients_card(self) -> QWidget:
        frame, layout = parts.card()
        self.import_button = parts.button(self.tr("Another file…"), self._on_import)
        self.cancel_button = parts.button(self.tr("Stop"), self._on_cancel)
        self.cancel_button.hide()
        layout.addLayout(
            parts.row(parts.heading(self.tr("1  Recipients")), None, self.cancel_button, self.import_button)
        )
        self.file_line = parts.quiet()
        layout.addWidget(self.file_line)
        self.reading_bar = QProgressBar()
        self.reading_bar.setTextVisible(False)
        self.reading_bar.setAccessibleName(self.tr("Reading the file"))
        self.reading_bar.hide()
        layout.addWidget(self.reading_bar)
        self._result = QWidget()
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, 0, 0, 0)
        result.setSpacing(3 * SPACE)
        result.addLayout(self._figures())
        result.addLayout(self._choices())
        result.addWidget(self._problems_table(), 1)
        layout.addWidget(self._result, 1)
        self._empty = self._drop_area()
        layout.addWidget(self._empty, 1)
        self._spring = QWidget()
        layout.addWidget(self._spring, 1)
        return frame

    def _drop_area(self) -> QWidget:
        area, layout = parts.drop_area()
        text = parts.quiet(self.tr("Drop a file here: Excel, WPS or text, with a column of mobile numbers."))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(text)
        layout.addLayout(parts.row(None, parts.button(self.tr("Choose a file…"), self._on_import), None))
        layout.addStretch(1)
        return area

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * SPACE)
        grid.setVerticalSpacing(0)
        self._figure: dict[str, QLabel] = {}
        shown = [
            ("valid", self.tr("✓ Good"), "good"),
            ("invalid", self.tr("✗ Wrong"), "bad"),
            ("duplicates", self.tr("= Double"), "warn"),
            ("blank", self.tr("○ Blank"), ""),
            ("rows", self.tr("Rows"), ""),
        ]
        for place, (key, name, tone) in enumerate(shown):
            label, figure = QLabel(name), parts.figure(name)
            for widget in (label, figure):
                parts.tone(widget, tone)
            self._figure[key] = figure
            grid.addWidget(figure, 0, place)
            grid.addWidget(label, 1, place)
        grid.setColumnStretch(len(shown), 1)
        return grid

    def _choices(self) -> QHBoxLayout:
        self.sheet_box, self.column_box = QComboBox(), QComboBox()
        sheet_label, column_label = QLabel(self.tr("Sheet")), QLabel(self.tr("Number column"))
        for label, box in ((sheet_label, self.sheet_box), (column_label, self.column_box)):
            label.setBuddy(box)
            box.setAccessibleName(label.text())
            box.setMinimumContentsLength(10)
        self.sheet_box.activated.connect(self._on_sheet)
        self.column_box.activated.connect(self._on_column)
        return parts.row(sheet_label, self.sheet_box, column_label, self.column_box, None)

    def _problems_table(self) -> QWidget:
        columns = (
            Column(self.tr("Row"), lambda p: texts.number(p.line), is_number=True, width=70),
            Column(self.tr("Cell"), lambda p: p.value, width=170),
            Column(self.tr("Why it is left out"), self._why),
        )
        self.problems = FixedModel(columns, self)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        self._problems_line = QLabel()
        self.rejects_button = parts.button(self.tr("Save these rows…"), self._on_save_rejects)
        layout.addLayout(parts.row(self._problems_line, None, self.rejects_button))
        layout.addWidget(DataTable(self.tr("Rows that are left out"), self.problems))
        self._problems_box = box
        return box

    def _why(self, problem: RowProblem) -> str:
        return self.workplace.say(problem.reason)

    def _text_card(self) -> QWidget:
        frame, layout = parts.card()
        self.field_button = QPushButton(self.tr("Insert a column"))
        self.field_button.setMenu(QMenu(self.field_button))
        self.field_button.setProperty("menu", True)
        layout.addLayout(parts.row(parts.heading(self.tr("2  Text")), None, self.field_button))
        self.signature = QLabel()
        self.signature.setAccessibleName(self.tr("Signature, put in front of the text"))
        self.signature.setToolTip(self.tr("The account's signature; it is put in front of the text."))
        layout.addWidget(self.signature)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text of the message"))
        self.text.setPlaceholderText(self.tr("Write the message here. {column} puts in each person's own value."))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._show_text)
        layout.addWidget(self.text, 1)
        self.length = QLabel()
        self.length.setAccessibleName(self.tr("Length of the message"))
        layout.addWidget(self.length)
        self.preview = parts.quiet()
        area = QScrollArea()
        area.setAccessibleName(self.tr("The text of the first person"))
        area.setWidgetResizable(True)
        area.setMaximumHeight(84)
        area.setWidget(self.preview)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._preview_area = area
        layout.addWidget(area)
        return frame

    # -- the file ------------------------------------------------------------------------------------------

    def _on_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Import recipients"),
            self.workplace.settings.folder,
            texts.fill(self.tr("Spreadsheets and text files (%1);;All files (*)"), _FILES),
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path, sheet: str | None = None) -> None:
        """Read a recipient file."""
        self._on_cancel()
        self.notice.hide()
        self.file_line.setText(texts.fill(self.tr("Reading %1…"), path.name))
        self.reading_bar.setRange(0, 0)
        for widget in (self.file_line, self.reading_bar, self.cancel_button):
            widget.show()
        if str(path.parent) != self.workplace.settings.folder:
            self.workplace.keep(folder=str(path.parent))

        def read(stop: Stop, tell: Tell) -> tuple[Table, Import]:
            table = importing.read_table(path, sheet=sheet, stop=stop, tell=tell)
            column = 0 if table.layout.column is None else None
            return table, importing.recipients(table, column, stop=stop, tell=tell)

        self._reading = self.workplace.open_file(read, self._read, self._not_read, self._show_reading)

    def _on_cancel(self) -> None:
        if self._reading:
            self._reading.cancel()

    def _show_reading(self, news: object) -> None:
        if isinstance(news, RowsRead):
            self.reading_bar.setRange(0, news.of or 0)
            self.reading_bar.setValue(news.rows)
            line = self.tr("Reading %1: %2 rows")
            self.file_line.setText(texts.fill(line, news.file, texts.number(news.rows)))

    def _read(self, result: tuple[Table, Import]) -> None:
        self._reading = None
        self._table = result[0]
        self._show_import(result[1])
        self.text.setFocus()

    def _not_read(self, words: Words) -> None:
        self._reading = None
        self._show_import(self._import)
        self.complain(words)

    def _on_sheet(self, place: int) -> None:
        if self._table:
            self.open_file(self._table.path, self._table.sheets[place].name)

    def _on_column(self, place: int) -> None:
        if table := self._table:
            self._reading = self.workplace.open_file(
                lambda stop, tell: (table, importing.recipients(table, place, stop=stop, tell=tell)),
                self._read,
                self._not_read,
            )

    def _show_import(self, result: Import | None) -> None:
        self._import = result
        for widget in (self.reading_bar, self.cancel_button):
            widget.hide()
        self._result.setVisible(result is not None)
        self._empty.setVisible(result is None)
        self.import_button.setVisible(result is not None)
        self.file_line.setVisible(result is not None)
        if result is None or self._table is None:
            self._spring.hide()
            self._show_text()
            return
        line = self.tr("%1 · numbers to send to: %2")
        self.file_line.setText(texts.fill(line, result.path.name, texts.number(len(result.recipients))))
        self.file_line.setToolTip(html.escape(str(result.path)))
        for key, figure in self._figure.items():
            figure.setText(texts.number(getattr(result, key)))
        _fill_box(self.sheet_box, [sheet.name for sheet in self._table.sheets], result.sheet)
        _fill_box(self.column_box, list(result.columns), result.column)
        self._show_problems(result)
        self._show_fields(result)
        self._show_text()

    def _show_problems(self, result: Import) -> None:
        self.problems.show(result.problems)
        self._problems_box.setVisible(len(result.problems) > 0)
        self._spring.setVisible(len(result.problems) == 0)
        line = self.tr("%1 rows are left out:")
        self._problems_line.setText(texts.fill(line, texts.number(len(result.problems))))

    def _show_fields(self, result: Import) -> None:
        menu = self.field_button.menu()
        menu.clear()
        for name in result.columns:
            if name != result.column:
                menu.addAction(name).triggered.connect(lambda _checked=False, name=name: self._insert(name))

    def _insert(self, name: str) -> None:
        self.text.insertPlainText(f"{{{name}}}")
        self.text.moveCursor(QTextCursor.MoveOperation.NoMove)
        self.text.setFocus()

    def _on_save_rejects(self) -> None:
        table, result = self._table, self._import
        if table is None or result is None:
            return
        proposed = result.path.with_name(result.path.stem + self.tr(" - left out") + ".xlsx")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the rows that are left out"), str(proposed), self.tr("Excel workbook (*.xlsx)")
        )
        if not name:
            return
        path, language = Path(name), self.workplace.language

        def saved(count: int) -> None:
            line = self.tr("%1 rows saved to %2. Mend them there and import that file.")
            self.notice.say(texts.fill(line, texts.number(count), path), "good")

        self.workplace.open_file(
            lambda _stop, _tell: importing.save_rejects(table, result, path, language=language), saved, self.complain
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A file may be dropped anywhere on the page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`dragEnterEvent`."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_file(Path(files[0]))

    # -- the text ------------------------------------------------------------------------------------------

    def _account_chosen(self, account: Account | None) -> None:
        self.signature.setText(account.signature if account else "")
        self.signature.setVisible(bool(account and account.signature))
        self._show_text()

    def _show_text(self) -> None:
        """The length of the text, or of the first person's where it is personal."""
        account, recipients = self.workplace.account, self._import.recipients if self._import else None
        typed = self.text.toPlainText()
        fields = recipients[0].fields if recipients else {}
        problem, shown = "", typed
        is_personal = False
        try:
            template = Template.parse(typed)
            is_personal = template.is_personal
            shown = template.render(fields) if fields or not is_personal else typed
        except InputProblem as exc:
            problem = self.workplace.say(exc.words)
        except MissingValue as exc:
            problem = texts.fill(self.tr("The first person has no value for “%1”."), exc.name)
        whole = signed(account.signature if account else "", shown) if typed else ""
        line = self.tr("Characters %1 · segments %2")
        self.length.setText(problem or texts.fill(line, utf16_units(whole), segments(whole)))
        parts.tone(self.length, "bad" if problem else "")
        self.preview.setText(texts.fill(self.tr("First person's text: %1"), whole))
        self._preview_area.setVisible(is_personal and not problem)

    # -- sending -------------------------------------------------------------------------------------------

    def _order(self) -> tuple[Check, Plan] | None:
        account, result = self.account_or_complain(), self._import
        if account is None:
            return None
        if result is None or not result.recipients:
            self.complain(Words("请先导入收件人名单。", "Import a list of recipients first."))
            return None
        when = self.when()
        if when is None:
            return None
        started = datetime.now(CHINA)
        name = self.name.text().strip() or f"{result.path.stem} {started:%m-%d %H:%M}"
        order = Order(
            account=account,
            name=name,
            text=self.text.toPlainText(),
            source=result.path.name,
            recipients=result.recipients,
            start_at=when[0],
            hours=when[1],
        )
        return (
            lambda desk: checked(desk, account, *planning.lines_of(order)),
            lambda desk, stop, tell: planning.plan(desk, order, stop, tell),
        )


def _fill_box(box: QComboBox, names: list[str], chosen: str) -> None:
    box.clear()
    box.addItems(names)
    box.setCurrentIndex(names.index(chosen) if chosen in names else -1)
