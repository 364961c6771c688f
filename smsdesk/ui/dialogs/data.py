"""The data as a whole: where they lie, a backup, restoring one, and what becomes of what is old."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QWidget,
)

from smsdesk.domain.chinatime import written
from smsdesk.domain.old_data import LEAST_DAYS, Removal
from smsdesk.domain.words import Words
from smsdesk.jobs import keeping, old_data
from smsdesk.jobs.keeping import Contents, Copies, Copying
from smsdesk.jobs.old_data import Clearing, Old
from smsdesk.ui import texts
from smsdesk.ui.lane import Task
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.workplace import Changed, Workplace


class DataDialog(QDialog):
    """One thing at a time: while it is at work, the buttons wait, and it can be stopped."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._task: Task | None = None
        self._counted: Old | None = None
        self.setWindowTitle(self.tr("Data"))
        self.setMinimumSize(640, 540)  # with a notice of two lines
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.place = parts.quiet()
        self.bar = Progress(self.tr("How far it is"))
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        layout.addWidget(parts.heading(self.tr("Backup")))
        layout.addWidget(self.place)
        layout.addLayout(self._backup_row())
        layout.addWidget(parts.heading(self.tr("Old data")))
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "Everything is kept for ever unless you say otherwise here. The blocklist, unfinished campaigns, "
                    "messages in doubt and the counts of each campaign always stay."
                )
            )
        )
        layout.addLayout(self._old_fields())
        layout.addLayout(parts.row(self.count_button, self.clear_button, None))
        layout.addWidget(self.daily)
        layout.addLayout(self._copies_row())
        layout.addStretch(1)
        layout.addLayout(parts.row(self.bar, self.stop_button))
        self.close_button = parts.button(self.tr("Close"), self.accept)
        layout.addLayout(parts.row(None, self.close_button))
        self._enable()
        workplace.read(lambda desk: (desk.database.file, keeping.size(desk)), self._show_place)
        workplace.read(keeping.copies, self._show_copies)

    def _backup_row(self) -> Any:
        self.backup_button = parts.button(self.tr("Back up now…"), self._on_backup, primary=True, icon="download")
        self.restore_button = parts.button(self.tr("Restore a backup…"), self._on_restore)
        return parts.row(self.backup_button, self.restore_button, None)

    def _copies_row(self) -> Any:
        self.copies = parts.quiet()
        self.copies_button = parts.button(self.tr("Delete the copies…"), self._on_copies, icon="trash-2")
        for widget in (self.copies, self.copies_button):
            widget.hide()
        row = parts.row(self.copies, self.copies_button)
        row.setStretch(0, 1)
        return row

    def _old_fields(self) -> QFormLayout:
        kept = self._workplace.settings
        self.days, self.how = parts.spin_box(LEAST_DAYS, 36_500), QComboBox()
        self.days.setValue(kept.old_days)
        self.days.setSuffix(self.tr(" days"))
        self.how.addItem(self.tr("anonymise: numbers and personal texts go, the figures stay"), Removal.ANONYMISE)
        self.how.addItem(self.tr("delete: only the campaigns with their counts stay"), Removal.DELETE)
        self.how.setCurrentIndex(self.how.findData(kept.old_how))
        self.days.valueChanged.connect(lambda _days: self._forget_count())
        self.how.currentIndexChanged.connect(lambda _place: self._forget_count())
        self.count_button = parts.button(self.tr("Count what is old"), self._on_count)
        self.clear_button = parts.button(self.tr("Do it now…"), self._on_clear)
        self.daily = QCheckBox(self.tr("Do so every day by itself (count first)"))
        self.daily.setChecked(kept.old_daily)
        self.daily.clicked.connect(self._on_daily)
        form = QFormLayout()
        form.setHorizontalSpacing(4 * SPACE)
        form.setVerticalSpacing(2 * SPACE)
        for name, field in ((self.tr("Older than"), self.days), (self.tr("What becomes of it"), self.how)):
            field.setAccessibleName(name)
            form.addRow(name, field)
        return form

    # -- one thing at a time -------------------------------------------------------------------------------

    def _run(self, work: Callable[..., Any], on_done: Callable[[Any], None], changes: Changed | None = None) -> None:
        def done(value: Any) -> None:
            self._end()
            on_done(value)

        self.notice.hide()
        self.bar.tell(0, None)
        self._task = self._workplace.work_apart(work, done, self._failed, self._show_progress, changes)
        self._enable()

    def _show_progress(self, news: object) -> None:
        if isinstance(news, Copying | Clearing) and news.total:
            self.bar.tell(news.done, news.total)

    def _failed(self, words: Words) -> None:
        self._end()
        self.notice.say(self._workplace.say(words), "bad")

    def _end(self) -> None:
        self._task = None
        self._enable()

    def _on_stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _enable(self) -> None:
        free = self._task is None
        for widget in (self.bar, self.stop_button):
            widget.setVisible(not free)
        for one in (
            self.backup_button,
            self.restore_button,
            self.count_button,
            self.days,
            self.how,
            self.copies_button,
        ):
            one.setEnabled(free)
        self.clear_button.setEnabled(free and self._counted is not None and self._counted.total > 0)
        self.daily.setEnabled(free and (self._counted is not None or self.daily.isChecked()))

    def _show_place(self, found: tuple[Path | None, int | None]) -> None:
        file, size = found
        line = self.tr("The data are in a PostgreSQL database.")
        if file is not None and size is not None:
            line = texts.fill(self.tr("%1, %2 MB."), file, texts.number(-(-size // 1_000_000)))
        more = self.tr("Passwords are in the system's keyring, and in no backup.")
        self.place.setText(f"{line} {more}")

    # -- backup and restore --------------------------------------------------------------------------------

    def _on_backup(self) -> None:
        folder = Path(self._workplace.settings.export_folder or self._workplace.folder)
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Back up"), str(folder / keeping.proposed_name()), self.tr("Backup (*.sqlite3)")
        )
        if not name:
            return
        path = Path(name if Path(name).suffix else f"{name}.sqlite3")

        def saved(found: Contents) -> None:
            line = self.tr("Saved to %1 and checked: %2")
            self.notice.say(texts.fill(line, path, self._contents(found)), "good")

        self._run(lambda desk, stop, tell: keeping.backup(desk, path, stop, tell), saved)

    def _contents(self, found: Contents) -> str:
        line = self.tr("%1 MB. Campaigns %2, messages %3, replies %4, people %5, on the blocklist %6.")
        figures = (found.campaigns, found.messages, found.replies, found.people, found.blocked)
        return texts.fill(line, texts.number(-(-found.size // 1_000_000)), *map(texts.number, figures))

    def _on_restore(self) -> None:
        folder = self._workplace.settings.export_folder or self._workplace.folder
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Restore a backup"), folder, self.tr("Backup (*.sqlite3)"))
        if name:
            path = Path(name)
            self._run(lambda _desk, stop, _tell: keeping.look(path, stop), lambda found: self._offer(path, found))

    def _offer(self, path: Path, found: Contents) -> None:
        made = written(found.made_at or found.newest)
        question = self.tr(
            "Backup of %1: %2\n\nIt takes the place of what is here, which is kept beside it. The program closes; "
            "start it again to work with the backup. Campaigns that were not finished then stand still, since what was "
            "sent after the backup is not known in it."
        )
        if parts.sure(self, self.tr("Restore and close"), texts.fill(question, made, self._contents(found))):
            self._run(lambda desk, stop, tell: keeping.restore(desk, path, stop, tell), self._leave)

    def _leave(self, _found: Contents) -> None:
        if keeping.is_pending(self._workplace.data_dir):
            self.accept()
            self._workplace.leaving.emit()
        else:  # PostgreSQL: it is there already
            self.notice.say(self.tr("The backup is restored."), "good")
            self._workplace.changed.emit(
                Changed(campaigns=True, reports=True, replies=True, balances=True, blocklist=True, people=True)
            )
            self._workplace.reload_accounts()

    def _show_copies(self, found: Copies) -> None:
        line = self.tr("What is old is also in earlier copies of the data, made at updates and restores: %1 (%2 MB).")
        size = texts.number(-(-found.size // 1_000_000))
        self.copies.setText(texts.fill(line, texts.number(found.count), size))
        for widget in (self.copies, self.copies_button):
            widget.setVisible(bool(found.files))

    def _on_copies(self) -> None:
        question = self.tr("%1\n\nThey cannot be restored any more then. The data in use and your own backups stay.")
        if parts.sure(self, self.tr("Delete the copies"), texts.fill(question, self.copies.text())):

            def deleted(gone: Copies) -> None:
                self._show_copies(Copies((), 0))
                self.notice.say(texts.fill(self.tr("Copies deleted: %1."), texts.number(gone.count)), "good")

            self._run(lambda desk, _stop, _tell: keeping.delete_copies(desk), deleted)

    # -- old data ------------------------------------------------------------------------------------------

    def _chosen(self) -> tuple[int, Removal]:
        return self.days.value(), Removal(self.how.currentData())

    def _forget_count(self) -> None:
        """Another age or another way: what was agreed to does not count any more."""
        self._counted = None
        if self.daily.isChecked():
            self.daily.setChecked(False)
            self._workplace.keep(old_daily=False)
        self._enable()

    def _on_count(self) -> None:
        days, how = self._chosen()

        def counted(found: Old) -> None:
            self._counted = found
            self._enable()
            self.notice.say(texts.fill(self.tr("Old: %1"), self._figures(found)))

        self._run(lambda desk, stop, _tell: old_data.count(desk, days, how, stop), counted)

    def _figures(self, found: Old) -> str:
        line = self.tr("Messages %1, campaigns %2, reports %3, replies %4, raw answers %5.")
        figures = (found.messages, found.campaigns, found.reports, found.replies, found.answers)
        return texts.fill(line, *map(texts.number, figures))

    def _agrees(self, action: str, found: Old) -> bool:
        lost = self.tr("It cannot be undone; a backup made before still has them.")
        return parts.sure(self, action, f"{self.how.currentText()}\n\n{self._figures(found)}\n\n{lost}")

    def _on_clear(self) -> None:
        found, (days, how) = self._counted, self._chosen()
        if found is None or not self._agrees(self.tr("Do it now"), found):
            return

        def cleared(gone: Old) -> None:
            self._counted = None
            self._enable()
            self.notice.say(texts.fill(self.tr("Done: %1"), self._figures(gone)), "good")

        self._run(
            lambda desk, stop, tell: old_data.clear(desk, days, how, stop, tell, found.total),
            cleared,
            Changed(campaigns=True, reports=True, replies=True),
        )

    def _on_daily(self, wanted: bool) -> None:
        found, (days, how) = self._counted, self._chosen()
        agreed = bool(wanted and found is not None and self._agrees(self.tr("Do so every day"), found))
        self.daily.setChecked(agreed)
        self._workplace.keep(old_daily=agreed, old_days=days, old_how=how)
        self._enable()

    def done(self, result: int) -> None:
        """What is under way ends with the dialog."""
        self._on_stop()
        super().done(result)
