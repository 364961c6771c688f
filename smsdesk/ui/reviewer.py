"""Looks at the lines of an editor a moment after each change, on a lane, and tells what was found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from smsdesk.domain.account import Account
from smsdesk.jobs import reviewing
from smsdesk.jobs.reviewing import Review, Rules
from smsdesk.ui.lane import Task
from smsdesk.ui.widgets.lines_editor import LinesEditor
from smsdesk.ui.workplace import Workplace

_PAUSE_MS: Final = 200
"""After the last key, before the lines are looked at."""


class Reviewer(QObject):
    """The newest review of an editor's lines."""

    reviewed = Signal(object)
    """:class:`Review` of what the editor shows now."""

    def __init__(self, workplace: Workplace, editor: LinesEditor):
        super().__init__(editor)
        self.review = Review(marks=(0,))
        self.is_current = True
        """Whether nothing has changed since the review."""
        self._workplace, self._editor = workplace, editor
        self._rules = Rules()
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        editor.textChanged.connect(self._changed)
        workplace.chosen.connect(self._account_chosen)

    def _account_chosen(self, account: Account | None) -> None:
        rules = Rules(account.abroad, account.gsm7) if account else Rules()
        if rules != self._rules:
            self._rules = rules
            self._editor.set_rules(rules)
            self._changed()

    def _changed(self) -> None:
        self.is_current = False
        if self._task:
            self._task.cancel()
        self._timer.start()

    def _look(self) -> None:
        lines, before, rules = self._editor.lines, self.review, self._rules

        def looked(found: Review) -> None:
            if task is self._task and not task.stop.is_set():
                self.review, self.is_current = found, True
                self._editor.set_marks(found.marks)
                self.reviewed.emit(found)

        task = self._workplace.review(lambda stop, _tell: reviewing.review(lines, before, rules, stop), looked)
        self._task = task
