"""Messages, reports and replies older than so many days: counted, then anonymised or deleted while sending goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.old_data import LEAST_DAYS, Removal
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.store import old_data
from smsdesk.store.old_data import Old as Old

_BREATH = 0.01
"""Seconds between two transactions, at least: others want to write, too."""


@dataclass(frozen=True, slots=True)
class Clearing:
    """Progress: rows that are gone."""

    done: int
    total: int


def count(desk: Desk, days: int, how: Removal, stop: Stop) -> Old:
    """How much would go; nothing is changed. `days` is how old it is at least.

    Raises:
        InputProblem: that is too young.
        Cancelled: the person stopped it.
    """
    before = _before(days)
    with desk.database.read() as conn:
        found = old_data.count_others(conn, before, how)
        ids = old_data.old_campaigns(conn, before)
    for campaign_id in ids:
        _check(stop)
        with desk.database.read() as conn:
            found += old_data.count_of(conn, campaign_id, how)
    return found


def clear(desk: Desk, days: int, how: Removal, stop: Stop, tell: Tell, total: int = 0) -> Old:
    """Anonymise or delete what is old, for good; returns how much. `total` is for the progress, as :func:`count` says.

    What has gone by then is gone when it is stopped, and the next time goes on with the rest.

    Raises:
        InputProblem, Cancelled: as :func:`count`.
        StoreBusy: another program does so just now.
    """
    before, throttle = _before(days), Throttle(tell)
    gone = Old()
    with desk.database.lock("old-data"):
        with desk.database.write() as conn:
            old_data.make_ready(conn)
        with desk.database.read() as conn:
            ids = old_data.old_campaigns(conn, before)
        for campaign_id in (*ids, None):
            after = 0
            while True:
                after, some = _clear_some(desk, campaign_id, before, how, after, stop)
                gone += some
                throttle(Clearing(gone.total, max(total, gone.total)))
                if some.total == 0:
                    break
    throttle.flush()
    return gone


def _clear_some(
    desk: Desk, campaign_id: int | None, before: datetime, how: Removal, after: int, stop: Stop
) -> tuple[int, Old]:
    """One transaction, of a campaign or of what belongs to none; then a pause as long as it took."""
    _check(stop)
    began = time.monotonic()
    with desk.database.write() as conn:
        old_data.thoroughly(conn, on=True)
        try:
            if campaign_id is None:
                found = old_data.clear_others(conn, before, how, after)
            else:
                found = old_data.clear_some(conn, campaign_id, before, how, after)
        finally:
            old_data.thoroughly(conn, on=False)
    stop.wait(max(_BREATH, time.monotonic() - began))
    return found


def _before(days: int) -> datetime:
    if days < LEAST_DAYS:
        raise InputProblem(_TOO_YOUNG.fill(n=LEAST_DAYS))
    return now() - timedelta(days=days)


def _check(stop: Stop) -> None:
    if stop.is_set():
        raise Cancelled


_TOO_YOUNG = Words(
    "至少要保留 {n} 天：状态报告可能晚到，近期的发送记录也用于查重。",
    "Keep at least {n} days: reports come late, and what was sent lately is looked at before sending.",
)
