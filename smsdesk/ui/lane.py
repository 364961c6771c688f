"""The one way in which the window waits for anything: a lane, a thread that lives as long as the program.

    lane.run(work, on_done=…, on_error=…, on_event=…)

`work(stop, tell)` runs on the lane's thread, one work after another. It waits with `stop.wait(seconds)` and tells
frozen dataclasses, at most about ten a second. Every callback runs on the main thread, because the Lane object lives
there and owns the signal: a lambda connected to a signal of an object that was moved to a thread would run on that
thread instead.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import isValid

from smsdesk.domain.errors import Cancelled, Problem
from smsdesk.domain.words import Words

_log = logging.getLogger(__name__)

Work = Callable[[Event, Callable[[object], None]], Any]
"""`work(stop, tell)`."""

_FAULT = Words(
    "程序出错，这一步没有完成。重试前请先到“任务”页查看哪些短信已经发出；仍不行请在“帮助”里保存支持包，发给技术支持。",
    "A fault of the program; this step was not finished. Before you try again, see on the page “Campaigns” what was "
    "sent; then save a support bundle under “Help” and send it to the support.",
)


@dataclass(eq=False)
class Task:
    """One work on a lane. `cancel` asks it to end."""

    work: Work
    on_done: Callable[[Any], None] | None
    on_error: Callable[[Words], None] | None
    on_event: Callable[[Any], None] | None
    stop: Event = field(default_factory=Event)
    is_owed: bool = False

    def cancel(self) -> None:
        """Ask the work to end; one that has not begun is left out, unless it is owed: that finds `stop` set."""
        self.stop.set()


class _Thread(QThread):
    """Runs tasks one after another until it is handed None."""

    said = Signal(object)

    def __init__(self, name: str, parent: QObject):
        super().__init__(parent)
        self.setObjectName(name)
        self.tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()

    def run(self) -> None:
        """See :class:`QThread`."""
        while (task := self.tasks.get()) is not None:
            self.said.emit((task, True, *self._outcome(task)))

    def _outcome(self, task: Task) -> tuple[Callable[[Any], None] | None, Any]:
        if task.stop.is_set() and not task.is_owed:
            return task.on_error, Cancelled().words
        try:
            return task.on_done, task.work(task.stop, lambda news: self.said.emit((task, False, task.on_event, news)))
        except Problem as exc:
            return task.on_error, exc.words
        except Exception:  # noqa: BLE001 - the last resort: the window stays alive, the log has it
            _log.exception("a work on lane %s failed", self.objectName())
            return task.on_error, _FAULT


class Lane(QObject):
    """A thread for works that wait: for the network, the disk, the parser."""

    def __init__(self, name: str, on_error: Callable[[Words], None], parent: QObject | None = None):
        """`on_error` is told of the problems of works that have no handler of their own."""
        super().__init__(parent)
        self._on_error = on_error
        self._open: set[Task] = set()
        self._closed = False
        self._thread = _Thread(name, self)
        self._thread.said.connect(self._hear)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether a work is under way or waits for its turn."""
        return bool(self._open)

    def run(
        self,
        work: Work,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Words], None] | None = None,
        on_event: Callable[[Any], None] | None = None,
        *,
        is_owed: bool = False,
    ) -> Task:
        """Put a work on the lane. One that `is_owed` runs even where it is asked to end before it has begun."""
        task = Task(work, on_done, on_error or self._on_error, on_event, is_owed=is_owed)
        self._open.add(task)
        self._thread.tasks.put(task)
        return task

    def close(self) -> None:
        """Ask every work to end, and take no callbacks any more."""
        self._closed = True
        for task in self._open:
            task.cancel()
        self._thread.tasks.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end, after :meth:`close`; whether it did."""
        return self._thread.wait(int(seconds * 1000))

    def _hear(self, said: tuple[Task, bool, Callable[[Any], None] | None, Any]) -> None:
        task, is_over, callback, value = said
        if is_over:
            self._open.discard(task)
        if callback is None or self._closed:
            return
        if is_wanted(callback):
            callback(value)
        elif callback is task.on_error and value != Cancelled().words:
            self._on_error(value)  # what went wrong is told all the same


def is_wanted(callback: Callable[..., Any]) -> bool:
    """Whether all that a callback was made for is still there: a dialog may be gone before its answer comes."""
    cells = getattr(callback, "__closure__", None) or ()
    owners = (getattr(callback, "__self__", None), *(cell.cell_contents for cell in cells))
    return all(isValid(owner) for owner in owners if isinstance(owner, QObject))
