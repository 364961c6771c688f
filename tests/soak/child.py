"""The program that sends, in a process of its own: what is killed, starved of disk or told a wrong time.

It opens its own desk on the same store, as a second SMS Desk program would.
"""

from __future__ import annotations

import resource
import sys
import threading
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from smsdesk.domain import chinatime
from smsdesk.domain.account import Secret
from smsdesk.domain.errors import StoreProblem
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import sending
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.sending import Manner
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.store import database

BRISK = Manner(Backoff(0.001, 0.02), unreachable_s=30.0, tries=3)

CALM = Patience(connect=10.0, silence=20.0, whole=30.0)
"""Long enough that no time-out strikes by chance on a busy machine."""

TRACEBACK = "child-traceback.txt"


class Ended(IntEnum):
    """How the program ended; its exit status."""

    WELL = 0
    BADLY = 1
    WITHOUT_STORE = 3
    KILLED = -9


@dataclass(frozen=True, slots=True)
class Job:
    """What the program is to do, and what is done to it."""

    folder: Path
    url: str | None
    campaign_id: int
    password: str
    patience: Patience = CALM
    busy_s: float = 15.0
    """How long it waits for others who write to the store."""
    most_bytes: int | None = None
    """No file may grow beyond this."""
    clock_back_after: int | None = None
    """After so many looks at the clock it is an hour earlier."""


def run(job: Job) -> None:
    """Send the campaign; ends the process with one of :class:`Ended`."""
    try:
        _hinder(job)
        desk = open_desk(job.folder, job.url, MemoryPasswords(Secret(job.password)))
        desk = Desk(desk.database, desk.passwords, job.patience)
        sending.send(desk, job.campaign_id, threading.Event(), _ignore, BRISK)
    except StoreProblem as problem:
        (job.folder.parent / TRACEBACK).write_text(f"{problem.words.en}\n", encoding="utf-8")
        sys.exit(Ended.WITHOUT_STORE)
    except BaseException:  # noqa: BLE001 - whatever it is, the test has to see it
        (job.folder.parent / TRACEBACK).write_text(traceback.format_exc(), encoding="utf-8")
        sys.exit(Ended.BADLY)


def _hinder(job: Job) -> None:
    database.BUSY_SECONDS = job.busy_s  # type: ignore[assignment]
    if job.most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.most_bytes, job.most_bytes))
    if job.clock_back_after is not None:
        _set_clock_back(job.clock_back_after)


def _set_clock_back(after: int) -> None:
    real, looks = chinatime.now, 0

    def now() -> datetime:
        nonlocal looks
        looks += 1
        return real() - (timedelta(hours=1) if looks > after else timedelta())

    for module in list(sys.modules.values()):  # whoever imported the function by name has its own
        if getattr(module, "now", None) is real:
            module.now = now  # type: ignore[attr-defined]


def _ignore(_news: object) -> None:
    pass
