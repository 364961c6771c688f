"""The lanes of the window, each for works of one length: nothing short waits for something long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from threading import Event
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from smsdesk.domain.words import Words
from smsdesk.ui.lane import Lane, Task, Work, is_wanted

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk

DeskWork: TypeAlias = "Callable[[Desk, Event, Callable[[object], None]], Any]"
"""`work(desk, stop, tell)`."""

OnDone = Callable[[Any], None]
OnError = Callable[[Words], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What has changed in the store."""

    accounts: bool = False
    campaigns: bool = False
    reports: bool = False
    replies: bool = False
    balances: bool = False
    blocklist: bool = False
    people: bool = False

    def __or__(self, other: Changed) -> Changed:
        return Changed(*(getattr(self, one.name) or getattr(other, one.name) for one in fields(self)))


class DeskLane:
    """Puts works with the desk on one lane."""

    def __init__(self, lane: Lane, desk: Callable[[], Desk], on_change: Callable[[Changed], None]):
        self._lane, self._desk, self._on_change = lane, desk, on_change

    def __call__(
        self,
        work: DeskWork,
        on_done: OnDone | None = None,
        on_error: OnError | None = None,
        on_event: Callable[[Any], None] | None = None,
        changes: Changed | None = None,
    ) -> Task:
        """Run `work(desk, stop, tell)`. What `changes` is told when it is done, whoever is there then."""

        def done(value: Any) -> None:
            if changes is not None:
                self._on_change(changes)
            if on_done is not None and is_wanted(on_done):
                on_done(value)

        return self._lane.run(lambda stop, tell: work(self._desk(), stop, tell), done, on_error, on_event)


class Works(QObject):
    """What pages put on lanes. Without an `on_error` a problem is told by `told`."""

    changed = Signal(object)
    """:class:`Changed`."""
    told = Signal(object)
    """:class:`Words`: a problem that no page has taken on."""

    def __init__(self, desk: Callable[[], Desk]):
        """`desk` gives the desk, and waits until it is open: it is asked for on the lanes only."""
        super().__init__()
        self._desk = desk
        self._lanes: list[Lane] = []
        self._reading = self._lane("reading")
        self._gateway = self._lane("gateway")
        self._reviewing = self._lane("reviewing")
        self._files = self._lane("files")
        self._keeping = self._lane("keeping")
        self.work = self._with_desk(self._lane("working"))
        """Change the store, in a moment."""
        self.prepare = self._with_desk(self._lane("preparing"))
        """Check and store the messages of a campaign: a million take a minute, and no pause waits for them."""
        self.work_long = self._with_desk(self._files)
        """Change the store for seconds, among the files that are read."""
        self.work_apart = self._with_desk(self._lane("apart"))
        """What takes minutes (exports, backups, old data): no file waits for it to be read."""
        self.search = self._with_desk(self._lane("searching"))
        """Go through all that is stored, for a list in sight."""
        self.compute = self._with_desk(self._lane("computing"))
        """Read from the store what takes seconds, for figures in sight."""

    def read(self, work: Callable[[Desk], Any], on_done: OnDone, on_error: OnError | None = None) -> Task:
        """Read from the store, in a moment."""
        return self._reading.run(lambda _stop, _tell: work(self._desk()), on_done, on_error)

    def ask(self, work: Callable[[Desk], Any], on_done: OnDone, on_error: OnError | None = None) -> Task:
        """Ask the gateway something that sends nothing."""
        return self._gateway.run(lambda _stop, _tell: work(self._desk()), on_done, on_error)

    def open_file(
        self,
        work: Work,
        on_done: OnDone,
        on_error: OnError | None = None,
        on_event: Callable[[Any], None] | None = None,
    ) -> Task:
        """Read or write a file; `work(stop, tell)`."""
        return self._files.run(work, on_done, on_error, on_event)

    def open_list(
        self,
        work: Callable[[Callable[[], Desk], Event, Callable[[object], None]], Any],
        on_done: OnDone,
        on_error: OnError | None = None,
        on_event: Callable[[Any], None] | None = None,
    ) -> Task:
        """Read files or what is stored, `work(desk, stop, tell)`: files do not wait for the store, `desk()` does."""
        return self._files.run(lambda stop, tell: work(self._desk, stop, tell), on_done, on_error, on_event)

    def beside(self, work: Work, on_done: OnDone | None = None) -> Task:
        """Read or write what lies beside the store (settings, drafts): it does not wait until that is open."""
        return self._keeping.run(work, on_done)

    def review(self, work: Work, on_done: OnDone) -> Task:
        """Look at what is being written; `work(stop, tell)`. It waits for no file that is being read."""
        return self._reviewing.run(work, on_done, lambda _words: None)

    def _lane(self, name: str) -> Lane:
        made = Lane(name, self.told.emit, self)
        self._lanes.append(made)
        return made

    def _with_desk(self, lane: Lane) -> DeskLane:
        return DeskLane(lane, self._desk, self.changed.emit)

    def _end(self, seconds: float) -> bool:
        """Ask all works to end and wait for them; whether they did within `seconds`."""
        for lane in self._lanes:
            lane.close()
        end = time.monotonic() + seconds
        ended = [lane.join(max(0.0, end - time.monotonic())) for lane in self._lanes]
        return all(ended)
