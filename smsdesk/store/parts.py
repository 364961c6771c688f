"""Parts of a campaign that are worth writing to again: who did not get it, or did not answer."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, select

from smsdesk.domain.campaign import Part, Which
from smsdesk.domain.message import Delivery, State
from smsdesk.store.schema import campaigns, literal, messages, replies


def rows(conn: Connection, campaign_id: int, part: Part, after: int, limit: int) -> list[tuple[int, str, str]]:
    """Id, number and text of the messages of a part, in order; `after` is the id that the page before ended with."""
    query = (
        select(messages.c.id, messages.c.mobile, func.coalesce(messages.c.content, campaigns.c.text))
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(messages.c.campaign_id == campaign_id, messages.c.id > after, _is_in(part))
        .order_by(messages.c.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in conn.execute(query)]


def _is_in(part: Part) -> ColumnElement[bool]:
    accepted = messages.c.state == literal(State.ACCEPTED)
    match part.which:
        case Which.FAILED:
            failed = messages.c.delivery == literal(Delivery.FAILED)
            return and_(failed, messages.c.stat.in_(part.codes)) if part.codes else failed
        case Which.REJECTED:
            rejected = messages.c.state == literal(State.REJECTED)
            return and_(rejected, messages.c.result.in_(map(int, part.codes))) if part.codes else rejected
        case Which.UNREPORTED:
            return and_(accepted, messages.c.delivery < literal(Delivery.DELIVERED))
        case Which.UNANSWERED:
            answered = select(replies.c.id).where(
                replies.c.mobile == messages.c.mobile, replies.c.campaign_id == messages.c.campaign_id
            )
            return and_(messages.c.delivery == literal(Delivery.DELIVERED), ~answered.exists())
