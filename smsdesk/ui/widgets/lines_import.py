"""Files that become lines of the point-to-point editor: how far their reading is, and a way to stop it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs import point_to_point
from smsdesk.jobs.importing import Opening, RowsRead
from smsdesk.jobs.point_to_point import Typed
from smsdesk.ui import texts
from smsdesk.ui.lane import Task
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.workplace import Workplace

_FILES: Final = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt"

_SLOW_MS: Final = 250
"""What takes no longer is done without a progress bar, which would only flicker."""


class LinesImport(QWidget):
    """Hidden but while files are being read."""

    chosen = Signal(list)
    """Files that the person has chosen to be read."""
    typed = Signal(object)
    """:class:`Typed`: what was read."""
    failed = Signal(object)
    """:class:`Words`: nothing was."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        self._tasks: set[Task] = set()
        self._line = parts.quiet()
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        self._bar = Progress(self.tr("Reading the file"))
        layout = parts.column(self, spacing=1)
        layout.addLayout(parts.row(self._line, None, self.stop_button))
        layout.addWidget(self._bar)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self.show)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return bool(self._tasks)

    def choose(self) -> None:
        """Let the person choose files."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Import a sheet"),
            self._workplace.folder,
            texts.fill(self.tr("Spreadsheets and text files (%1);;All files (*)"), _FILES),
        )
        if names:
            self.chosen.emit(list(map(Path, names)))

    def read(self, paths: list[Path]) -> None:
        """Read files, after those that are being read."""
        folder = str(paths[0].parent)
        if folder != self._workplace.settings.folder:
            self._workplace.keep(folder=folder)
        account = self._workplace.account
        abroad = account is not None and account.abroad

        def done(typed: Typed) -> None:
            self._ended(task)
            self.typed.emit(typed)

        def failed(words: Words) -> None:
            self._ended(task)
            self.failed.emit(words)

        task = self._workplace.open_file(
            lambda stop, tell: point_to_point.typed(paths, stop, tell, abroad=abroad), done, failed, self._show_news
        )
        self._tasks.add(task)
        self._slow.start()

    def _ended(self, task: Task) -> None:
        self._tasks.discard(task)
        if not self._tasks:
            self._slow.stop()
            self.hide()

    def _on_stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _show_news(self, news: object) -> None:
        match news:
            case Opening(file):
                self._bar.tell(0, None)
                self._line.setText(texts.fill(self.tr("Reading %1…"), file))
            case RowsRead(file, _, rows, of):
                self._bar.tell(rows, of)
                self._line.setText(texts.fill(self.tr("Reading %1: row %2"), file, texts.number(rows)))
