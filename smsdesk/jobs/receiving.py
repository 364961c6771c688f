"""The one way in for what the gateway hands out, pulled or pushed: stored as it came, then parsed, then matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.inbox import Reply, Report
from smsdesk.gateway import push, wire
from smsdesk.gateway.errors import Refused
from smsdesk.jobs.desk import Desk
from smsdesk.store import accounts, inbox
from smsdesk.store.inbox import Came as Came
from smsdesk.store.inbox import Raw

REPORT, MO, PUSH = "report", "mo", "push"
"""Where an answer came from."""


def keep(desk: Desk, account_id: int, source: str, body: bytes) -> int:
    """Commit an answer as it came; returns its id for :func:`take_in`."""
    return keep_each(desk, account_id, source, [body])[0]


def keep_each(desk: Desk, account_id: int, source: str, bodies: Sequence[bytes]) -> list[int]:
    """As :func:`keep`, of several in one transaction."""
    with desk.database.write() as conn:
        return [inbox.keep(conn, account_id, source, body) for body in bodies]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an answer brought, and why it could not be read, where it could not."""

    came: Came = field(default_factory=Came)
    problem: GatewayProblem | None = None


def take_in(desk: Desk, *raw_ids: int) -> TakenIn:
    """Parse stored answers and bring their items in, in one transaction. An unreadable one stays, with its reason."""
    taken = take_in_each(desk, raw_ids)
    problem = next((one.problem for one in taken if one.problem), None)
    return TakenIn(sum((one.came for one in taken), Came()), problem)


def take_in_each(desk: Desk, raw_ids: Sequence[int]) -> list[TakenIn]:
    """As :func:`take_in`, what came of each."""
    with desk.database.write() as conn:
        return [_take_in(conn, raw_id) for raw_id in raw_ids]


def _take_in(conn: Connection, raw_id: int) -> TakenIn:
    raw = inbox.raw(conn, raw_id)
    if raw is None:
        return TakenIn()
    try:
        reports, replies = _items(raw)
    except Refused as exc:
        inbox.forget(conn, raw_id)  # it held no items
        return TakenIn(problem=exc)
    except GatewayProblem as exc:
        inbox.parsed(conn, raw_id, exc.words)
        return TakenIn(problem=exc)
    if not reports and not replies:
        inbox.forget(conn, raw_id)  # there is one every 15 seconds
        return TakenIn()
    accounts.hold(conn, raw.account_id)
    if accounts.by_id(conn, raw.account_id).abroad:
        reports, replies = _with_american(conn, raw.account_id, reports, replies)
    came = inbox.add_reports(conn, raw, reports) + inbox.add_replies(conn, raw, replies)
    inbox.parsed(conn, raw_id)
    return TakenIn(came)


def _with_american(
    conn: Connection, account_id: int, reports: list[Report], replies: list[Reply]
) -> tuple[list[Report], list[Reply]]:
    """Numbers of the +1 countries that came without the + look like mainland ones; what was sent tells them."""
    mobiles = {one.mobile for one in reports} | {one.mobile for one in replies}
    american = inbox.american_among(conn, account_id, mobiles)
    return (
        [one._replace(mobile=f"+{one.mobile}") if one.mobile in american else one for one in reports],
        [replace(one, mobile=f"+{one.mobile}") if one.mobile in american else one for one in replies],
    )


def take_in_waiting(desk: Desk, account_id: int) -> Came:
    """Bring in what an earlier run stored and did not come to parse."""
    with desk.database.read() as conn:
        ids = inbox.waiting(conn, account_id)
    return sum((take_in(desk, raw_id).came for raw_id in ids), Came())


def _items(raw: Raw) -> tuple[list[Report], list[Reply]]:
    if raw.source == REPORT:
        return wire.decode_reports(raw.body), []
    if raw.source == MO:
        return [], wire.decode_replies(raw.body)
    return push.decode_push(raw.body)
