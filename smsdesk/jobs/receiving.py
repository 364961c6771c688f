"""The one way in for what the gateway hands out, pulled or pushed: stored as it came, then parsed, then matched."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from smsdesk.domain.errors import GatewayProblem, StoreProblem
from smsdesk.domain.inbox import Came as Came
from smsdesk.domain.inbox import Reply, Report
from smsdesk.domain.words import Words
from smsdesk.gateway import push, wire
from smsdesk.gateway.errors import Refused
from smsdesk.jobs.desk import Desk
from smsdesk.store import accounts, answers
from smsdesk.store import replies as reply_rows
from smsdesk.store import reports as report_rows
from smsdesk.store.answers import Raw

_log = logging.getLogger(__name__)

REPORT, MO, PUSH = "report", "mo", "push"
"""Where an answer came from."""

_MOST_TRIES = 3
"""How often an answer is read anew whose reading came to no end, be it that the program died of it."""


def keep(desk: Desk, account_id: int, source: str, body: bytes) -> int:
    """Commit an answer as it came; returns its id for :func:`take_in`."""
    return keep_each(desk, account_id, source, [body])[0]


def keep_each(desk: Desk, account_id: int, source: str, bodies: Sequence[bytes]) -> list[int]:
    """As :func:`keep`, of several in one transaction."""
    with desk.database.write() as conn:
        return [answers.keep(conn, account_id, source, body) for body in bodies]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an answer brought, and why it could not be read, where nothing of it could."""

    came: Came = field(default_factory=Came)
    problem: GatewayProblem | None = None


def take_in(desk: Desk, *raw_ids: int) -> TakenIn:
    """Parse stored answers and bring their items in, in one transaction. An unreadable one stays, with its reason.

    Raises:
        StoreProblem: the store cannot be written; the answers wait.
    """
    taken = take_in_each(desk, raw_ids)
    problem = next((one.problem for one in taken if one.problem), None)
    return TakenIn(sum((one.came for one in taken), Came()), problem)


def take_in_each(desk: Desk, raw_ids: Sequence[int]) -> list[TakenIn]:
    """As :func:`take_in`, what came of each."""
    try:
        with desk.database.write() as conn:
            return [_take_in(conn, raw_id) for raw_id in raw_ids]
    except StoreProblem:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours at one answer must cost neither the others nor those after it
        _log.exception("an answer could not be taken in")
        if len(raw_ids) > 1:
            return [one for raw_id in raw_ids for one in take_in_each(desk, [raw_id])]
        return [_give_up(desk, raw_ids[0], _FAULT)]


_FAULT = Words(
    "程序读取这个应答时出错。原文保留在这里；升级程序后请点“再试一次”，或把它和日志发给技术支持。",
    "A fault of the program while it read this answer. It is kept as it came: try again after an update of the "
    "program, or send it to the support together with the log.",
)
_ENDED = Words(
    "读取这个应答的几次尝试都没有完成，不再自动重试。原文保留在这里；升级程序后请点“再试一次”。",
    "Reading this answer came to no end several times, and is not tried any more by itself. It is kept as it came: "
    "try again after an update of the program.",
)


def _give_up(desk: Desk, raw_id: int, why: Words) -> TakenIn:
    with desk.database.write() as conn:
        answers.parsed(conn, raw_id, why)
    return TakenIn(problem=GatewayProblem(why))


def _take_in(conn: Connection, raw_id: int) -> TakenIn:
    raw = answers.raw(conn, raw_id)
    if raw is None:
        return TakenIn()
    try:
        reports, replies, unread = _items(raw)
    except Refused as exc:
        answers.forget(conn, raw_id)  # it held no items
        return TakenIn(problem=exc)
    except GatewayProblem as exc:
        answers.parsed(conn, raw_id, exc.words)
        return TakenIn(problem=exc)
    if not reports and not replies:
        answers.forget(conn, raw_id)  # there is one every 15 seconds
        return TakenIn()
    if accounts.by_id(conn, raw.account_id).abroad:
        reports, replies = _with_american(conn, raw.account_id, reports, replies)
    came = report_rows.add(conn, raw, reports) + reply_rows.add(conn, raw, replies)
    answers.parsed(conn, raw_id, unread)
    return TakenIn(came)


def _with_american(
    conn: Connection, account_id: int, reports: Sequence[Report], replies: Sequence[Reply]
) -> tuple[list[Report], list[Reply]]:
    """Numbers of the +1 countries that came without the + look like mainland ones; what was sent tells them."""
    mobiles = {one.mobile for one in reports} | {one.mobile for one in replies}
    american = report_rows.american_among(conn, account_id, mobiles)
    return (
        [one._replace(mobile=f"+{one.mobile}") if one.mobile in american else one for one in reports],
        [replace(one, mobile=f"+{one.mobile}") if one.mobile in american else one for one in replies],
    )


def take_in_waiting(desk: Desk, account_id: int, source: str | None = None) -> Came:
    """Bring in what an earlier run stored for an account (from one source, if named) and did not come to parse."""
    with desk.database.read() as conn:
        ids = answers.waiting(conn, account_id, source)
    return sum((_take_in_left(desk, raw_id) for raw_id in ids), Came())


def take_in_left(desk: Desk) -> Came:
    """As :func:`take_in_waiting`, of every account, be it removed meanwhile; for the start of a program."""
    with desk.database.read() as conn:
        ids = answers.waiting(conn)
    return sum((_take_in_left(desk, raw_id) for raw_id in ids), Came())


def _take_in_left(desk: Desk, raw_id: int) -> Came:
    """One that was left behind. It may be what the program died of: that is counted before it is tried."""
    try:
        with desk.database.write() as conn:
            tries = answers.try_once_more(conn, raw_id)
        if tries > _MOST_TRIES:
            return _give_up(desk, raw_id, _ENDED).came
    except StoreProblem as exc:
        _log.warning("an answer waits on: %s", exc.words.en)
        return Came()
    try:
        return take_in(desk, raw_id).came
    except StoreProblem as exc:
        _log.warning("an answer waits on: %s", exc.words.en)
        with suppress(StoreProblem), desk.database.write() as conn:
            answers.not_tried(conn, raw_id)
        return Came()


def _items(raw: Raw) -> tuple[Sequence[Report], Sequence[Reply], Words | None]:
    """The reports and replies of an answer, and what could not be read of it."""
    if raw.source == REPORT:
        reports = wire.decode_reports(raw.body)
        return reports, [], reports.problem
    if raw.source == MO:
        replies = wire.decode_replies(raw.body)
        return [], replies, replies.problem
    reports, replies = push.decode_push(raw.body)
    return reports, replies, reports.problem
