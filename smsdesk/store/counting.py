"""How many rows a table has, for the progress of an export."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from smsdesk.store.pages import Filter, of_replies, of_reports
from smsdesk.store.schema import balance_readings, campaigns, conversations, messages
from smsdesk.store.schema import replies as _replies
from smsdesk.store.schema import reports as _reports


def campaigns_in_all(conn: Connection) -> int:
    """All campaigns."""
    return conn.execute(select(func.count()).select_from(campaigns)).scalar_one()


def campaigns_that_sent(conn: Connection, account_id: int) -> int:
    """Campaigns that `prices.costs` would give."""
    query = select(func.count()).select_from(campaigns)
    return conn.execute(query.where(campaigns.c.account_id == account_id, campaigns.c.accepted > 0)).scalar_one()


def readings(conn: Connection, account_id: int) -> int:
    """Readings of an account's balance."""
    query = select(func.count()).select_from(balance_readings)
    return conn.execute(query.where(balance_readings.c.account_id == account_id)).scalar_one()


def reports(conn: Connection, only: Filter) -> int:
    """Status reports that `pages.report_rows` would give."""
    query = select(func.count()).select_from(_reports)
    if only.campaign_id is not None:
        query = query.join(messages, messages.c.id == _reports.c.message_id)
    return int(conn.execute(of_reports(query, only)).scalar_one())


def replies(conn: Connection, only: Filter) -> int:
    """Replies that `pages.reply_rows` would give."""
    joined = _replies.outerjoin(conversations, conversations.c.mobile == _replies.c.mobile)
    return int(conn.execute(of_replies(select(func.count()).select_from(joined), only)).scalar_one())
