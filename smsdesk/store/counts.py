"""How much of everything the store holds: figures only."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from smsdesk.store.schema import (
    IS_BLOCKED,
    IS_UNREAD,
    REVISIONS,
    accounts,
    blocklist,
    campaigns,
    people,
    raw_answers,
    replies,
    reports,
    templates,
)

_STATES = ("queued", "claimed", "accepted", "rejected", "in_doubt", "skipped", "delivered", "failed")


def everything(conn: Connection) -> dict[str, int]:
    """Counts by name, such as `campaigns paused` or `messages in_doubt`.

    Reports are counted one by one: of 10,000,000 that takes seconds. Messages are not, their campaigns have counts.
    """
    counted = {
        "accounts": (accounts, accounts.c.removed_at.is_(None)),
        "reports": (reports, None),
        "reports without a message": (reports, reports.c.message_id.is_(None)),
        "replies": (replies, None),
        "raw answers unreadable": (raw_answers, IS_UNREAD),
        "raw answers waiting": (raw_answers, raw_answers.c.parsed_at.is_(None)),
        "blocklist": (blocklist, IS_BLOCKED),
        "people": (people, None),
        "templates": (templates, None),
    }
    found = {}
    for state, count in conn.execute(select(campaigns.c.state, func.count()).group_by(campaigns.c.state)):
        found[f"campaigns {state.value}"] = count
    sums = conn.execute(select(*(func.coalesce(func.sum(campaigns.c[name]), 0) for name in _STATES))).one()
    found |= {f"messages {name}": int(count) for name, count in zip(_STATES, sums, strict=True)}
    for name, (table, where) in counted.items():
        query = select(func.count()).select_from(table)
        found[name] = conn.scalar(query if where is None else query.where(where)) or 0
    return found


def database(conn: Connection) -> str:
    """Which database it is and its version, and the store's revision."""
    dialect = conn.dialect
    version = ".".join(map(str, dialect.server_version_info or ()))
    return f"{dialect.name} {version}, revision {REVISIONS[-1]}"
