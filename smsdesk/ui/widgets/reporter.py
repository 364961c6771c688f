"""Making a campaign's report while the window stays alive: one picture a turn of its loop, then the file on a lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Words
from smsdesk.jobs import exporting
from smsdesk.ui import printing
from smsdesk.ui.lane import Task
from smsdesk.ui.printing import Report
from smsdesk.ui.widgets import exporter
from smsdesk.ui.workplace import Workplace

_NOT_IN_NAMES: Final = dict.fromkeys(map(ord, '\\/:*?"<>|'), " ")
"""What file names cannot hold on some system."""
_SHOWN_AFTER_MS: Final = 300


def ask_for_path(widget: QWidget, folder: str, name: str) -> Path | None:
    """Where a report is to be saved. Its name ends in .pdf, whatever was typed."""
    title = QCoreApplication.translate("Reporter", "Save the report")
    kind = QCoreApplication.translate("Reporter", "PDF file (*.pdf)")
    proposed = Path(folder) / f"{name.translate(_NOT_IN_NAMES)}.pdf"
    chosen, _ = QFileDialog.getSaveFileName(widget, title, str(proposed), kind)
    if not chosen:
        return None
    path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
    return path if exporter.may_take(widget, path, Path(chosen)) else None


class ReportDialog(QProgressDialog):
    """How far a report is; seen only where it takes a moment. Cancelled, it leaves what was there."""

    def __init__(
        self,
        workplace: Workplace,
        report: Report,
        path: Path,
        on_saved: Callable[[Path], None],
        on_error: Callable[[Words], None],
        parent: QWidget,
    ):
        super().__init__(parent)
        self._workplace, self._report, self._path = workplace, report, path
        self._on_saved, self._on_error = on_saved, on_error
        self._pictures: list[QImage] = []
        self._task: Task | None = None
        self.setWindowTitle(self.tr("Report as PDF"))
        self.setLabelText(self.tr("The report is being made…"))
        self.setCancelButtonText(self.tr("Cancel"))
        self.setMinimumDuration(_SHOWN_AFTER_MS)
        self.setAutoReset(False)
        self.setRange(0, len(report.sections) + 1)
        self.setValue(0)
        self.canceled.connect(self._cancel)
        QTimer.singleShot(0, self._go_on)

    def _go_on(self) -> None:
        if self.wasCanceled():
            return
        done = len(self._pictures)
        self.setValue(done)
        if done < len(self._report.sections):
            self._pictures.append(printing.picture_of(self._report.sections[done]))
            QTimer.singleShot(0, self._go_on)
            return
        report, pictures, path = self._report, self._pictures, self._path

        def write(stop: Event, _tell: object) -> None:
            data = printing.pdf(report, pictures)
            if stop.is_set():
                raise Cancelled
            exporting.save_bytes(path, data)

        self._task = self._workplace.open_file(write, self._saved, self._failed)

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
        self.deleteLater()

    def _saved(self, _none: None) -> None:
        self._end()
        self._on_saved(self._path)

    def _failed(self, words: Words) -> None:
        self._end()
        self._on_error(words)

    def _end(self) -> None:
        self.canceled.disconnect(self._cancel)  # closing it says so too
        self.close()
        self.deleteLater()
