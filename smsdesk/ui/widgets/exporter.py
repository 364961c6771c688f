"""The button 'Export…' of every table, and the window that shows how far an export is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Words
from smsdesk.jobs import tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Exporting, Target
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import ColumnsModel
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.workplace import Workplace

Job = Callable[[Desk, Target], int]
"""Saves a table and returns how many rows: a function of `jobs.tables_out` with what the page shows filled in."""


class ExportButton(QPushButton):
    """Asks where to, and saves in a window of its own, while the page goes on being used.

        ExportButton(workplace, self.tr("Replies"), lambda: partial(tables_out.save_replies, only=self._only))

    `job` is asked at the click, so that it saves what is shown then.
    """

    def __init__(self, workplace: Workplace, name: str, job: Callable[[], Job | None]):
        """`name` is the file's, without day and ending. `job` may give None: there is nothing to save."""
        super().__init__(QCoreApplication.translate("Exporter", "Export…"))
        parts.put_icon(self, "download")
        self.setAccessibleName(texts.fill(QCoreApplication.translate("Exporter", "Export: %1"), name))
        self._workplace, self._name, self._job = workplace, name, job
        self.clicked.connect(lambda _checked: self._on_click())

    def _on_click(self) -> None:
        job = self._job()
        if job is None:
            return
        path = ask_for_path(self, self._workplace, f"{self._name}-{in_china(now()):%Y%m%d}")
        if path is not None:
            ExportDialog(self._workplace, job, path, self.window()).show()


def shown(model: ColumnsModel) -> Job:
    """Saves a table as it is shown at this moment, where all of its rows are at hand."""
    titles = [" ".join(column.title.split()) for column in model.columns]
    rows = [[column.text(row) for column in model.columns] for row in model.rows]
    return partial(tables_out.save_shown, titles=titles, rows=rows)


def ask_for_path(widget: QWidget, workplace: Workplace, name: str) -> Path | None:
    """Where a table is to be saved; the folder of the last export is proposed."""
    folder = workplace.settings.export_folder or workplace.folder
    workbook = QCoreApplication.translate("Exporter", "Excel workbook (*.xlsx)")
    text = QCoreApplication.translate("Exporter", "CSV file (*.csv)")
    title = QCoreApplication.translate("Exporter", "Export")
    chosen, kind = QFileDialog.getSaveFileName(
        widget, title, str(Path(folder) / f"{name}.xlsx"), f"{workbook};;{text}", workbook
    )
    if not chosen:
        return None
    path = _with_ending(Path(chosen), ".csv" if kind == text else ".xlsx")
    if not may_take(widget, path, Path(chosen)):
        return None
    workplace.keep(export_folder=str(path.parent))
    return path


def may_take(widget: QWidget, path: Path, typed: Path) -> bool:
    """Whether a file may be saved as `path`, where `typed` is the name that the dialog has asked about already."""
    if path == typed or not path.exists():
        return True
    question = QCoreApplication.translate("Exporter", "“%1” is there already. Replace it?")
    return parts.sure(widget, QCoreApplication.translate("Exporter", "Replace"), texts.fill(question, path.name))


def _with_ending(path: Path, ending: str) -> Path:
    """The kind that was chosen counts where the name has none, or still the one that was proposed."""
    if path.suffix.lower() == ".csv" or (path.suffix.lower() == ".xlsx" and ending == ".xlsx"):
        return path
    if path.suffix.lower() == ".xlsx":
        return path.with_suffix(ending)
    return path.with_name(path.name + ending)


class ExportDialog(QDialog):
    """How far an export is, then what came of it. Closed before its end, it cancels it."""

    def __init__(self, workplace: Workplace, job: Job, path: Path, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self._path = workplace, path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.fill(self.tr("Export to %1"), path.name))
        self.setMinimumWidth(460)
        layout = parts.dialog_column(self)
        self.line = parts.Named(self.tr("How far the export is"), self.tr("Waiting for its turn…"))
        self.line.setWordWrap(True)
        self.bar = Progress(self.tr("Progress of the export"))
        self.open_button = parts.button(self.tr("Open the folder"), self._on_open, icon="folder-open")
        self.open_button.hide()
        self.close_button = parts.button(self.tr("Cancel"), self.reject)
        for widget in (self.line, self.bar):
            layout.addWidget(widget)
        layout.addLayout(parts.row(None, self.open_button, self.close_button))
        language = workplace.language
        self._task = workplace.work_apart(
            lambda desk, stop, tell: job(desk, Target(path, language, stop, tell)),
            self._saved,
            self._failed,
            self._show,
        )

    def _show(self, news: object) -> None:
        if not isinstance(news, Exporting):
            return
        if 0 < news.total == news.done:
            self.bar.tell(0, None)
            self.line.setText(texts.fill(self.tr("Rows written: %1. The file is being packed…"), _n(news.done)))
            return
        self.bar.tell(news.done, news.total)
        self.line.setText(texts.fill(self.tr("Row %1 of %2"), _n(news.done), _n(news.total)))

    def _saved(self, rows: int) -> None:
        self._end(texts.fill(self.tr("✓ Saved to %2. Rows: %1."), _n(rows), self._path), "good")
        self.open_button.show()

    def _failed(self, words: Words) -> None:
        is_fault = words != Cancelled().words
        self._end(("✗ " if is_fault else "") + self._workplace.say(words), "bad" if is_fault else "")

    def _end(self, line: str, tone: str) -> None:
        self.bar.hide()
        self.line.setText(line)
        parts.tone(self.line, tone)
        self.close_button.setText(self.tr("Close"))

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def done(self, result: int) -> None:
        """What is still under way is not wanted any more."""
        self._task.cancel()
        super().done(result)


def _n(count: int) -> str:
    return texts.number(count)
