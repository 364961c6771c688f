"""Campaigns in the store, and the counts that go with their messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, literal, select

from smsdesk.domain.campaign import Campaign, CampaignState, Counts, Kind, Pause, PauseCode
from smsdesk.domain.chinatime import now
from smsdesk.domain.hours import Hours
from smsdesk.domain.words import Words
from smsdesk.store.schema import IS_SENDING, UtcTime, accounts, campaigns
from smsdesk.store.statements import driven

COUNTED = tuple(Counts.__dataclass_fields__)


def add(
    conn: Connection,
    account_id: int,
    name: str,
    kind: Kind,
    text: str,
    source: str,
    *,
    ignore_blocklist: bool,
    hours: Hours | None = None,
    is_answer: bool = False,
) -> int:
    """A new campaign, as a draft without messages; returns its id."""
    new_id = conn.execute(
        campaigns.insert()
        .values(
            account_id=account_id,
            name=name,
            kind=kind,
            state=CampaignState.DRAFT,
            text=text,
            source=source,
            ignore_blocklist=ignore_blocklist,
            is_answer=is_answer,
            hours=str(hours) if hours else None,
            created_at=now(),
        )
        .returning(campaigns.c.id)
    ).scalar_one()
    return int(new_id)


def get(conn: Connection, campaign_id: int) -> Campaign | None:
    """The campaign with this id."""
    row = conn.execute(_SELECT.where(campaigns.c.id == campaign_id)).one_or_none()
    return _campaign(row) if row is not None else None


def newest(
    conn: Connection, before: int | None = None, limit: int = 200, *, with_answers: bool = True
) -> list[Campaign]:
    """Campaigns, the newest first; `before` is the id that the page before ended with.

    Without answers: those to single people that are done are left out. One that stands still is told of.
    """
    query = _SELECT.order_by(campaigns.c.id.desc()).limit(limit)
    if not with_answers:
        query = query.where(~(campaigns.c.is_answer & (campaigns.c.state == CampaignState.DONE)))
    if before is not None:
        query = query.where(campaigns.c.id < before)
    return [_campaign(row) for row in conn.execute(query)]


def in_state(conn: Connection, state: CampaignState) -> list[Campaign]:
    """Campaigns in one state, the oldest first."""
    return [_campaign(row) for row in conn.execute(_SELECT.where(campaigns.c.state == state).order_by(campaigns.c.id))]


def on_their_way(conn: Connection, account_id: int, *, answers: bool) -> list[Campaign]:
    """Campaigns of an account that are being sent, the oldest first: those that answer a reply, or the others."""
    query = _SELECT.where(
        campaigns.c.state == CampaignState.SENDING,
        campaigns.c.account_id == account_id,
        campaigns.c.is_answer.is_(answers),
    )
    return [_campaign(row) for row in conn.execute(query.order_by(campaigns.c.id))]


def waiting(conn: Connection) -> list[Campaign]:
    """Campaigns that wait for their turn, and for no time of the day; the oldest first."""
    query = _SELECT.where(campaigns.c.state == CampaignState.SCHEDULED, campaigns.c.start_at.is_(None))
    return [_campaign(row) for row in conn.execute(query.order_by(campaigns.c.id))]


def unsettled_accounts(conn: Connection) -> list[int]:
    """Ids of accounts of which a campaign is on its way, or has requests under way since it was."""
    rows = conn.execute(
        select(campaigns.c.account_id)
        .where((campaigns.c.state == CampaignState.SENDING) | (campaigns.c.claimed > 0))
        .distinct()
        .order_by(campaigns.c.account_id)
    )
    return [row.account_id for row in rows]


def sending_accounts(conn: Connection) -> list[int]:
    """Ids of accounts of which a campaign is on its way; one look into an index."""
    rows = conn.execute(select(campaigns.c.account_id).where(IS_SENDING).distinct().order_by(campaigns.c.account_id))
    return [row.account_id for row in rows]


def ready(conn: Connection, campaign_id: int, start_at: datetime | None = None) -> None:
    """A draft is planned to its end, and waits for its time or its turn."""
    _schedule(conn, campaign_id, (CampaignState.DRAFT,), start_at)


def schedule(conn: Connection, campaign_id: int, start_at: datetime | None) -> bool:
    """A campaign that waits or stands still waits for this time, or its turn; whether it could."""
    return _schedule(conn, campaign_id, (CampaignState.SCHEDULED, CampaignState.PAUSED), start_at)


def postpone(conn: Connection, campaign_id: int, start_at: datetime) -> bool:
    """A campaign on its way goes on at this time; whether it was on its way."""
    return _schedule(conn, campaign_id, (CampaignState.SENDING,), start_at)


def _schedule(conn: Connection, campaign_id: int, states: Iterable[CampaignState], start_at: datetime | None) -> bool:
    done = conn.execute(
        campaigns.update()
        .where(campaigns.c.id == campaign_id, campaigns.c.state.in_(states))
        .values(state=CampaignState.SCHEDULED, start_at=start_at, pause_code=None, pause_words=None)
    )
    return done.rowcount == 1


def due(conn: Connection, at: datetime) -> list[Campaign]:
    """Campaigns whose time has come, the earliest first."""
    query = _SELECT.where(campaigns.c.state == CampaignState.SCHEDULED, campaigns.c.start_at <= at)
    return [_campaign(row) for row in conn.execute(query.order_by(campaigns.c.start_at, campaigns.c.id))]


def take(conn: Connection, campaign_id: int) -> bool:
    """Whether it is this program that starts a campaign whose time has come: its time is taken off."""
    done = conn.execute(
        campaigns.update()
        .where(
            campaigns.c.id == campaign_id,
            campaigns.c.state == CampaignState.SCHEDULED,
            campaigns.c.start_at.is_not(None),
        )
        .values(start_at=None)
    )
    return done.rowcount == 1


def start(conn: Connection, campaign_id: int) -> bool:
    """A campaign that waits or stands still goes on its way; whether it could."""
    done = conn.execute(
        campaigns.update()
        .where(campaigns.c.id == campaign_id, campaigns.c.state.in_((CampaignState.SCHEDULED, CampaignState.PAUSED)))
        .values(
            state=CampaignState.SENDING,
            pause_code=None,
            pause_words=None,
            start_at=None,
            started_at=func.coalesce(campaigns.c.started_at, literal(now(), UtcTime)),
        )
    )
    return done.rowcount == 1


def pause(conn: Connection, campaign_id: int, pause: Pause) -> bool:
    """A campaign on its way, or one that waits, stands still; whether it was one of these."""
    done = conn.execute(
        campaigns.update()
        .where(campaigns.c.id == campaign_id, campaigns.c.state.in_((CampaignState.SENDING, CampaignState.SCHEDULED)))
        .values(state=CampaignState.PAUSED, pause_code=pause.code, pause_words=pause.words.to_json(), start_at=None)
    )
    return done.rowcount == 1


def finish(conn: Connection, campaign_id: int) -> bool:
    """A campaign on its way of which nothing is queued or claimed is done; whether it is."""
    done = conn.execute(
        campaigns.update()
        .where(
            campaigns.c.id == campaign_id,
            campaigns.c.state == CampaignState.SENDING,
            campaigns.c.queued == 0,
            campaigns.c.claimed == 0,
        )
        .values(state=CampaignState.DONE, finished_at=now())
    )
    return done.rowcount == 1


def cancel(conn: Connection, campaign_id: int) -> bool:
    """Whether a campaign between its planning and its end is cancelled now. `messages.skip_queued` skips its rest."""
    done = conn.execute(
        campaigns.update()
        .where(
            campaigns.c.id == campaign_id,
            campaigns.c.state.in_((CampaignState.SCHEDULED, CampaignState.SENDING, CampaignState.PAUSED)),
        )
        .values(state=CampaignState.CANCELLED, pause_code=None, pause_words=None, finished_at=now())
    )
    return done.rowcount == 1


def reopen(conn: Connection, campaign_id: int) -> bool:
    """Whether a campaign that is done stands paused again, because a person sends messages of it once more."""
    done = conn.execute(
        campaigns.update()
        .where(campaigns.c.id == campaign_id, campaigns.c.state == CampaignState.DONE)
        .values(state=CampaignState.PAUSED, finished_at=None)
    )
    return done.rowcount == 1


def state_of(conn: Connection, campaign_id: int, *, hold: bool = False) -> CampaignState:
    """Where it stands; with `hold` nobody changes that until this transaction ends."""
    return CampaignState(driven(conn, _HELD_STATE if hold else _STATE, {"campaign": campaign_id}).fetchone()[0])


_STATE = select(campaigns.c.state).where(campaigns.c.id == bindparam("campaign"))
_HELD_STATE = _STATE.with_for_update()


def count(conn: Connection, campaign_id: int, **more: int) -> None:
    """Add to its counts (names as in `domain.campaign.Counts`), in the transaction that moves the messages."""
    if any(more.values()):
        driven(conn, _COUNT, {"_id": campaign_id, **_NONE_MORE, **{f"_{name}": n for name, n in more.items()}})


_NONE_MORE = {f"_{name}": 0 for name in COUNTED}
_COUNT = (
    campaigns.update()
    .where(campaigns.c.id == bindparam("_id"))
    .values({name: campaigns.c[name] + bindparam(f"_{name}") for name in COUNTED})
)

_SELECT = select(campaigns, accounts.c.name.label("account")).join(accounts)


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(
        id=row.id,
        account_id=row.account_id,
        account=row.account,
        name=row.name,
        kind=row.kind,
        state=row.state,
        text=row.text,
        source=row.source,
        start_at=row.start_at,
        hours=Hours.parse(row.hours) if row.hours else None,
        ignore_blocklist=row.ignore_blocklist,
        pause=Pause(PauseCode(row.pause_code), Words.from_json(row.pause_words)) if row.pause_code else None,
        counts=Counts(**{name: row._mapping[name] for name in COUNTED}),  # noqa: SLF001 - SQLAlchemy's public name
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        is_answer=row.is_answer,
    )
