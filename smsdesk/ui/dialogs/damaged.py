"""The store cannot be opened because its file is damaged: a backup can take its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice


class DamagedDialog(QDialog):
    """Accepted: :attr:`backup` is to be restored."""

    def __init__(self, problem: str, data_dir: Path):
        super().__init__()
        self.backup: Path | None = None
        self._data_dir = data_dir
        self.setWindowTitle("SMS Desk")
        self.setMinimumWidth(560)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "Choose a backup: it takes the place of the damaged file, which is kept beside it. Nothing is sent "
                    "by itself then. Backups that the program made itself lie in the folder of the data."
                )
            )
        )
        self.restore_button = parts.button(self.tr("Restore a backup…"), self._on_restore, primary=True)
        self.restore_button.setDefault(True)
        folder = parts.button(self.tr("Open the folder"), self._on_folder, icon="folder-open")
        leave = parts.button(self.tr("Quit"), self.reject)
        layout.addLayout(parts.row(folder, None, leave, self.restore_button))
        self.notice.say(problem, "bad")

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_dir)))

    def _on_restore(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Restore a backup"), str(self._data_dir), self.tr("Backup (*.sqlite3)")
        )
        if name:
            self.backup = Path(name)
            self.accept()
