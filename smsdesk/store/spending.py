"""What was sent on which day: looked up in campaigns and batches, never in their messages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from smsdesk.store import accounts
from smsdesk.store.balances import china_day, date_of
from smsdesk.store.schema import batches, campaigns


def segments_by_day(conn: Connection, account_id: int, first: datetime) -> dict[date, int]:
    """Accepted segments by the day (China time) of their request, from the day of `first` on, of the account's login.

    Those of a campaign that took several days are shared out by how many messages were submitted on each; of texts that
    differ in length, of which some were rejected, the accepted segments are an estimate.
    """
    its = campaigns.c
    day = china_day(batches.c.claimed_at)
    rows = conn.execute(
        select(
            its.id,
            its.segments,
            its.accepted,
            (its.queued + its.claimed + its.accepted + its.rejected + its.in_doubt).label("kept"),
            day.label("day"),
            func.sum(batches.c.size).label("size"),
        )
        .join(batches, batches.c.campaign_id == its.id)
        .where(its.account_id.in_(accounts.same_login(account_id)), its.accepted > 0)
        .where(its.finished_at.is_(None) | (its.finished_at >= first))
        .group_by(its.id, day)
    ).all()
    submitted: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        submitted[row.id] += int(row.size)
    by_day: defaultdict[date, float] = defaultdict(float)
    for row in rows:
        by_day[date_of(row.day)] += row.segments * row.accepted / row.kept * int(row.size) / submitted[row.id]
    return {when: round(segments) for when, segments in by_day.items()}
