"""The statistics of the campaign in sight: computed on a lane of their own, again as it changes, after a pause."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from smsdesk.domain.words import Words
from smsdesk.jobs import statistics
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.statistics import Statistics
from smsdesk.ui.lane import Task
from smsdesk.ui.workplace import Workplace

PAUSE_MS: Final = 3_000
"""The least time between two computings of the same campaign."""
_REST: Final = 5
"""How many times as long as the computing took the pause after it is, at least."""


class Figures(QObject):
    """One computing at a time; what is asked for meanwhile is answered by one more, after a pause."""

    computed = Signal(object)
    """:class:`Statistics`."""
    failed = Signal(object)
    """:class:`Words`: they could not be computed."""

    def __init__(self, workplace: Workplace, parent: QObject):
        super().__init__(parent)
        self._workplace = workplace
        self._campaign_id: int | None = None
        self._task: Task | None = None
        self._is_stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._rested)

    def show_campaign(self, campaign_id: int | None) -> None:
        """Compute another campaign; None is none."""
        if campaign_id == self._campaign_id:
            self.refresh()
            return
        if self._task:
            self._task.cancel()
        self._task, self._campaign_id = None, campaign_id
        self._pause.stop()
        if campaign_id is not None:
            self._compute(campaign_id)

    def refresh(self) -> None:
        """The campaign has changed."""
        if self._task or self._pause.isActive():
            self._is_stale = True
        elif self._campaign_id is not None:
            self._compute(self._campaign_id)

    def _compute(self, campaign_id: int) -> None:
        self._is_stale = False
        began = time.monotonic()

        def computed(found: Statistics) -> None:
            if self._task is task:
                self._task = None
                self._pause.start(max(PAUSE_MS, round(1000 * _REST * (time.monotonic() - began))))
                self.computed.emit(found)

        def failed(words: Words) -> None:
            if self._task is task:
                self._task = None
                self.failed.emit(words)

        def work(desk: Desk, stop: Stop, _tell: Tell) -> Statistics:
            return statistics.of_campaign(desk, campaign_id, stop)

        self._task = task = self._workplace.compute(work, computed, failed)

    def _rested(self) -> None:
        if self._is_stale and self._campaign_id is not None:
            self._compute(self._campaign_id)
