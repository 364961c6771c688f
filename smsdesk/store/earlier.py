"""What people had before, and what they wait for: looked up by number, for some thousands of messages at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select

from smsdesk.domain.campaign import CampaignState, Kind
from smsdesk.domain.message import Delivery, State
from smsdesk.store.schema import campaigns, literal, messages
from smsdesk.store.statements import among, as_paired, from_one, in_one, listed, paired


class Near(NamedTuple):
    """Who of some people had a message since a moment, who waits for one, and the campaigns that have these."""

    recent: frozenset[str]
    waiting: frozenset[str]
    waits_in: frozenset[int]


class Same(NamedTuple):
    """Which of some numbers with their texts went out before, and the campaigns that sent them."""

    lines: frozenset[tuple[str, str]]
    went_with: frozenset[int]


def unsent(conn: Connection, until: datetime) -> list[int]:
    """Ids of campaigns that have messages to send: on their way, standing still, or to start until then."""
    state, start_at = campaigns.c.state, campaigns.c.start_at
    is_due = (state == CampaignState.SCHEDULED) & (start_at.is_(None) | (start_at <= until))
    goes_on = state.in_((CampaignState.SENDING, CampaignState.PAUSED)) | is_due
    return list(conn.scalars(select(campaigns.c.id).where(campaigns.c.queued > 0, goes_on)))


def near(conn: Connection, mobiles: Iterable[str], since: datetime, ids: Collection[int]) -> Near:
    """To whom a message went out since then, or may have, and who waits for one of the campaigns `ids`."""
    values = {"mobiles": listed(conn, mobiles), "since": since, "ids": listed(conn, ids)}
    rows = from_one(conn.scalar(_near(conn.dialect.name), values))
    waiting = [row for row in rows if row[1]]
    return Near(
        frozenset(mobile for mobile, id_ in rows if not id_),
        frozenset(map(itemgetter(0), waiting)),
        frozenset(map(itemgetter(1), waiting)),
    )


@cache
def _near(dialect: str) -> Select[Any]:
    """One way through the messages of these people answers both: most of the time goes into looking them up."""
    is_queued = _state == literal(State.QUEUED)
    waits_in = case((is_queued, messages.c.campaign_id))  # None: it went out
    is_near = (_went_out & _since) | (is_queued & _of_campaigns(dialect))
    rows = select(messages.c.mobile, waits_in.label("waits_in"))
    return in_one(dialect, rows.where(among(dialect, messages.c.mobile, "mobiles"), is_near))


def sent(conn: Connection, since: datetime, text: str | None) -> list[int]:
    """Ids of campaigns that may have sent this text since then; None: any text."""
    went_out = campaigns.c.accepted + campaigns.c.in_doubt + campaigns.c.claimed > 0
    lasted = campaigns.c.finished_at.is_(None) | (campaigns.c.finished_at >= since)
    query = select(campaigns.c.id).where(went_out, lasted)
    if text is not None:
        query = query.where((campaigns.c.text == text) | (campaigns.c.kind == Kind.P2P))
    return list(conn.scalars(query))


def same(conn: Connection, lines: Iterable[tuple[str, str]], since: datetime, ids: Collection[int]) -> Same:
    """Which of `lines`, numbers with their texts, went out since then with one of the campaigns `ids`.

    Not those that a status report says were not delivered: who is written to again for that had no such message.
    """
    if not ids:
        return Same(frozenset(), frozenset())
    values = {"lines": as_paired(lines), "since": since, "ids": listed(conn, ids)}
    rows = from_one(conn.scalar(_same(conn.dialect.name), values))
    return Same(frozenset((mobile, text) for mobile, text, _ in rows), frozenset(id_ for *_, id_ in rows))


@cache
def _same(dialect: str) -> Select[Any]:
    lines = paired(dialect, "lines")
    text = func.coalesce(messages.c.content, campaigns.c.text)
    return in_one(
        dialect,
        select(lines.c.first, lines.c.second, messages.c.campaign_id)
        .join(messages, messages.c.mobile == lines.c.first)
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(text == lines.c.second, _went_out, _may_have_come, _since, _of_campaigns(dialect)),
    )


_state = messages.c.state
_went_out = _state.in_([literal(state) for state in (State.CLAIMED, State.ACCEPTED, State.IN_DOUBT)])
_may_have_come = messages.c.delivery != literal(Delivery.FAILED)
_moment = bindparam("since", type_=messages.c.submitted_at.type)
_since = (messages.c.submitted_at >= _moment) | messages.c.submitted_at.is_(None)  # a claimed one has no time yet


def _of_campaigns(dialect: str) -> ColumnElement[bool]:
    return among(dialect, messages.c.campaign_id + 0, "ids")  # not by its index: that has all of its messages
