"""Figures of what is in sight: computed on a lane of their own, again as it changes, after a pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.ui.lane import Task
from smsdesk.ui.workplace import Workplace

PAUSE_MS: Final = 3_000
"""The least time between two computings of the same figures."""
_REST: Final = 5
"""How many times as long as the computing took the pause after it is, at least."""


class Figures(QObject):
    """One computing at a time; what is asked for meanwhile is answered by one more, after a pause.

        figures = Figures(workplace, statistics.of_campaign, self)
        figures.computed.connect(self._show)
        figures.show(campaign_id)

    `compute(desk, subject, stop)` runs on the lane.
    """

    computed = Signal(object)
    """What `compute` gave."""
    failed = Signal(object)
    """:class:`Words`: they could not be computed."""

    def __init__(self, workplace: Workplace, compute: Callable[[Desk, Any, Stop], Any], parent: QObject):
        super().__init__(parent)
        self._workplace, self._work = workplace, compute
        self._subject: object = None
        self._task: Task | None = None
        self._is_stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._rested)

    def show(self, subject: object) -> None:
        """Compute another subject; None is none."""
        if subject == self._subject:
            self.refresh()
            return
        if self._task:
            self._task.cancel()
        self._task, self._subject = None, subject
        self._pause.stop()
        if subject is not None:
            self._compute(subject)

    def refresh(self) -> None:
        """The subject has changed."""
        if self._task or self._pause.isActive():
            self._is_stale = True
        elif self._subject is not None:
            self._compute(self._subject)

    def _compute(self, subject: object) -> None:
        self._is_stale = False
        began = time.monotonic()

        def computed(found: object) -> None:
            if self._task is task:
                self._task = None
                self._pause.start(max(PAUSE_MS, round(1000 * _REST * (time.monotonic() - began))))
                self.computed.emit(found)

        def failed(words: Words) -> None:
            if self._task is task:
                self._task = None
                self.failed.emit(words)

        def work(desk: Desk, stop: Stop, _tell: Tell) -> object:
            return self._work(desk, subject, stop)

        self._task = task = self._workplace.compute(work, computed, failed)

    def _rested(self) -> None:
        if self._is_stale and self._subject is not None:
            self._compute(self._subject)
