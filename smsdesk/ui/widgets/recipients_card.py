"""The list of recipients on the page: files put together, how they are read, and what became of their rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.origin import FromClipboard, FromFile, FromGroup
from smsdesk.domain.words import Words
from smsdesk.jobs import importing, people, rejects
from smsdesk.ui import texts, theme
from smsdesk.ui.dialogs.reading import ReadingDialog
from smsdesk.ui.importer import Importer, Source
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.file_drop import files_of
from smsdesk.ui.widgets.import_figures import ImportFigures
from smsdesk.ui.widgets.list_offer import ListOffer
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.widgets.source_list import SourceList
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.importing import Import, Table
    from smsdesk.jobs.people import Group

_FILES: Final = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt *.htm *.html *.xml"

_FILE_COLUMN: Final = 1

_SLOW_MS: Final = 250
"""What takes no longer is done without a progress bar, which would only flicker."""

_BUSY: Final = Words("名单正在读取，请稍候再点。", "The list is being read; press again in a moment.")
_NO_LIST: Final = Words("请先导入收件人名单。", "Import a list of recipients first.")
_NO_COLUMN: Final = Words(
    "还不知道“{file}”里哪一列是手机号。请点该文件旁的“读取方式…”选择，或把它从名单中移除。",
    "It is not known which column of “{file}” has the mobile numbers. Choose it with “How it is read…” beside the "
    "file, or take the file off the list.",
)
_HIDDEN: Final = Words(
    "表格中有 {n} 行被隐藏或筛选掉，请先选择是否发给它们。",
    "Rows that are hidden or filtered out in the spreadsheet: {n}. Say first whether to send to them.",
)


class RecipientsCard(QWidget):
    """Files and pasted numbers in, an import out."""

    imported = Signal()
    """The import is another one; :attr:`result` has it."""
    said = Signal(str, str)
    """A sentence for the page's notice and its tone."""

    def __init__(self, workplace: Workplace, head: QWidget, parent: QWidget | None = None, *, any_number: bool = False):
        """`any_number`: numbers from abroad are good, whatever the account may send to."""
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Import | None = None
        self.importer = Importer(workplace, self, any_number=any_number)
        layout = parts.as_card(self)
        self.stop_button = parts.button(self.tr("Stop"), self.importer.cancel, icon="square")
        self.paste_button = parts.button(self.tr("Paste"), self.paste, icon="clipboard-paste")
        self.paste_button.setToolTip(self.tr("Ctrl+V: cells copied from a spreadsheet, or any text with numbers in it"))
        self.groups_button, self._groups_menu = parts.menu_button(self.tr("Add a group"), "users")
        self.groups_button.setToolTip(self.tr("People of the address book; the page “People” has it."))
        self.add_button = parts.button(self.tr("Add files…"), self.choose_files, icon="folder-open")
        layout.addLayout(
            parts.row(head, None, self.stop_button, self.groups_button, self.paste_button, self.add_button)
        )
        self.offer = ListOffer()
        layout.addWidget(self.offer)
        layout.addWidget(SourceList(self.importer, workplace.say, self.ask_how))
        self.progress_line = parts.quiet()
        self.bar = Progress(self.tr("Reading the file"))
        layout.addWidget(self.progress_line)
        layout.addWidget(self.bar)
        layout.addWidget(self._result_area(), 1)
        self._empty = self._drop_area()
        layout.addWidget(self._empty, 1)
        self._spring = QWidget()
        layout.addWidget(self._spring, 1)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self._show_progress_area(is_shown=True))
        self._show_progress_area(is_shown=False)
        self.importer.changed.connect(self._show)
        self.importer.progressed.connect(self._show_progress)
        self.importer.failed.connect(self._complain)
        self.importer.unclear.connect(self.ask_how)
        workplace.changed.connect(self._changed)
        self._read_groups()
        self._show()

    def _result_area(self) -> QWidget:
        self._result = QWidget()
        layout = parts.column(self._result)
        self.summary = QLabel()
        layout.addWidget(self.summary)
        self.figures = ImportFigures(self.importer)
        layout.addWidget(self.figures)
        layout.addWidget(self._problems_table(), 1)
        self._no_problems = QWidget()
        layout.addWidget(self._no_problems, 1)
        return self._result

    def _drop_area(self) -> QWidget:
        area, layout = parts.drop_area()
        text = parts.quiet(
            self.tr("Drop files here: Excel, WPS or text, with a column of mobile numbers. Or paste numbers: Ctrl+V.")
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(parts.icon_label("file-up", "quiet", theme.ICON_LARGE), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(text)
        layout.addLayout(
            parts.row(
                None,
                parts.button(self.tr("Choose files…"), self.choose_files, icon="folder-open"),
                parts.button(self.tr("Paste"), self.paste, icon="clipboard-paste"),
                None,
            )
        )
        layout.addStretch(1)
        return area

    def _problems_table(self) -> QWidget:
        columns = (
            Column(self.tr("Row"), lambda p: texts.number(p.line), is_number=True, width=70),
            Column(self.tr("File"), lambda p: p.file, width=110),
            Column(self.tr("Cell"), lambda p: p.value, width=140),
            Column(self.tr("Why it is left out"), lambda p: self._workplace.say(p.reason)),
        )
        self.problems = FixedModel(columns, self)
        self._problems_box = QWidget()
        layout = parts.column(self._problems_box)
        self._problems_line = QLabel()
        self.rejects_button = parts.button(self.tr("Save to mend…"), self._on_save_rejects, icon="download")
        layout.addLayout(parts.row(self._problems_line, None, self.rejects_button))
        self._problems_view = DataTable(self.tr("Rows that are left out"), self.problems)
        layout.addWidget(self._problems_view)
        return self._problems_box

    def _complain(self, words: Words) -> None:
        is_fault = words != Cancelled().words
        self.said.emit(self._workplace.say(words), "bad" if is_fault else "")

    # -- what comes in -------------------------------------------------------------------------------------

    def add(self, paths: list[Path]) -> None:
        """Read files and add them to the list."""
        self.said.emit("", "")
        folder = str(paths[0].parent)
        if folder != self._workplace.settings.folder:
            self._workplace.keep(folder=folder)
        self.importer.add(*map(FromFile, paths))

    def paste(self) -> None:
        """Add what is in the clipboard: files, cells of a spreadsheet, or any text with numbers in it."""
        data = QGuiApplication.clipboard().mimeData()
        if files := files_of(data):
            self.add(files)
            return
        self.said.emit("", "")
        self.importer.add(FromClipboard(self.tr("Clipboard"), data.text()))

    # -- groups --------------------------------------------------------------------------------------------

    def _changed(self, what: Changed) -> None:
        if what.people:
            self._read_groups()

    def _read_groups(self) -> None:
        self._workplace.read(lambda desk: (people.groups(desk), people.size(desk)), self._show_groups)

    def _show_groups(self, found: tuple[list[Group], int]) -> None:
        groups, everybody = found
        menu = self._groups_menu
        menu.clear()
        line = self.tr("%1 (%2)")
        if everybody:
            name = self.tr("Everybody")
            action = menu.addAction(texts.fill(line, name, texts.number(everybody)))
            action.triggered.connect(lambda _checked=False: self.add_group(None))
        for group in groups:
            name = group.name.replace("&", "&&")  # else a letter to press
            action = menu.addAction(texts.fill(line, name, texts.number(group.size)))
            action.triggered.connect(lambda _checked=False, group=group: self.add_group(group))
        self.groups_button.setEnabled(everybody > 0)

    def add_group(self, group: Group | None) -> None:
        """Add the people of a group to the list; None is everybody in the address book."""
        self.said.emit("", "")
        name = texts.fill(self.tr("Group: %1"), group.name) if group else self.tr("Everybody")
        self.importer.add(FromGroup(name, group.name, group.id) if group else FromGroup(name))

    def choose_files(self) -> None:
        """Let the person choose the files that have the numbers."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Import recipients"),
            self._workplace.folder,
            texts.fill(self.tr("Spreadsheets and text files (%1);;All files (*)"), _FILES),
        )
        if names:
            self.add(list(map(Path, names)))

    def ask_how(self, source: Source) -> None:
        """Let the person choose how a file is read."""
        dialog = ReadingDialog(self._workplace, source.table, source.name, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def again(sheet: str, encoding: str | None, separator: str | None) -> None:
            def shown(table: Table) -> None:
                if not task.stop.is_set():  # else the dialog is gone
                    dialog.show_table(table)

            def failed(words: Words) -> None:
                if not task.stop.is_set():
                    dialog.complain(words)

            task = self.importer.read_again(source, sheet, encoding, separator, shown, failed)
            dialog.finished.connect(task.cancel)

        dialog.changed.connect(lambda table: self.importer.replace(source, table))
        dialog.wanted.connect(again)
        dialog.open()

    # -- what came of it -----------------------------------------------------------------------------------

    @property
    def result(self) -> Import | None:
        """The import; None while there is none."""
        return self.importer.result

    def ready(self) -> Import | Words:
        """The import to send to, or what has to be done before."""
        if self.importer.is_busy:
            return _BUSY
        unclear = next((one for one in self.importer.sources if one.table.layout.column is None), None)
        if unclear is not None:
            return _NO_COLUMN.fill(file=unclear.name)
        result = self.result
        if result is None or not result.recipients:
            return _NO_LIST
        if result.hidden and self.importer.visible_only is None:
            return _HIDDEN.fill(n=result.hidden)
        return result

    def _show_progress(self, news: object) -> None:
        match news:
            case importing.Opening(file):
                self.bar.tell(0, None)
                self.progress_line.setText(texts.fill(self.tr("Reading %1…"), file))
            case importing.RowsRead(file, _, rows, of):
                self.bar.tell(rows, of)
                line = self.tr("Reading %1: row %2")
                self.progress_line.setText(texts.fill(line, file, texts.number(rows)))
            case importing.RowsCleaned(file, rows, of):
                self.bar.tell(rows, of)
                line = self.tr("Checking the numbers of %1: row %2")
                self.progress_line.setText(texts.fill(line, file, texts.number(rows)))

    def _show_progress_area(self, *, is_shown: bool) -> None:
        for widget in (self.bar, self.progress_line):
            widget.setVisible(is_shown)
        self.stop_button.setVisible(is_shown and self.importer.is_reading)

    def _show(self) -> None:
        importer, result = self.importer, self.result
        if not importer.is_busy:
            self._slow.stop()
            self._show_progress_area(is_shown=False)
        elif not self.bar.isHidden():
            self._show_progress_area(is_shown=True)
        elif not self._slow.isActive():
            self._slow.start()
        self._show_buttons(has_sources=bool(importer.sources))
        self._result.setVisible(result is not None)
        self._spring.setVisible(bool(importer.sources) and result is None)
        if result is not None:
            self._show_summary(result)
        if result is self._shown:
            return
        self._shown = result
        self._show_result(result)
        self.imported.emit()

    def _show_buttons(self, *, has_sources: bool) -> None:
        """Those that add to a list, or those that begin one; the focus stays with them."""
        has_focus = self._empty.isAncestorOf(QApplication.focusWidget() or self)
        for button in (self.add_button, self.paste_button):
            button.setVisible(has_sources)
        if has_focus and has_sources:
            self.add_button.setFocus()
        self._empty.setVisible(not has_sources)

    def _show_summary(self, result: Import) -> None:
        blocked = self.importer.blocked
        shown = texts.fill(self.tr("Numbers to send to: %1"), texts.number(len(result.recipients) - blocked))
        if blocked:
            line = self.tr("%1 on the blocklist get nothing")
            shown = f"{shown} · {texts.fill(line, texts.number(blocked))}"
        self.summary.setText(shown)
        if result is not self._shown:
            parts.announce(self.summary, shown)

    def _show_result(self, result: Import | None) -> None:
        self.problems.show(result.problems if result else ())
        if result is None:
            return
        self._problems_box.setVisible(len(result.problems) > 0)
        self._no_problems.setVisible(len(result.problems) == 0)
        self._problems_view.setColumnHidden(_FILE_COLUMN, len(result.parts) == 1)
        line = self.tr("Rows left out: %1")
        self._problems_line.setText(texts.fill(line, texts.number(len(result.problems))))
        self.rejects_button.setVisible(result.invalid + result.duplicates > 0)

    def _on_save_rejects(self) -> None:
        result = self.result
        if result is None:
            return
        proposed = Path(self._workplace.folder) / (result.path.stem + self.tr(" - left out") + ".xlsx")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the rows that are left out"), str(proposed), self.tr("Excel workbook (*.xlsx)")
        )
        if not name:
            return
        path, language = Path(name), self._workplace.language

        def saved(count: int) -> None:
            line = self.tr("Saved to %2. Rows: %1. Mend them there and import that file.")
            self.said.emit(texts.fill(line, texts.number(count), path), "good")

        self._workplace.open_file(
            lambda _stop, _tell: rejects.save_rejects(result, path, language=language),
            saved,
            self._complain,
        )
