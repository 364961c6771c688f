"""Messages: planning them, claiming them before a byte leaves, settling them after.

Every function that changes a state changes the campaign's counts in the same transaction, and makes only the
changes of `domain.message.TRANSITIONS`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Update, bindparam, cast, func, select

from smsdesk.domain.campaign import Campaign, CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Receipt
from smsdesk.domain.message import Delivery, Skip, State
from smsdesk.domain.words import Words
from smsdesk.store import campaigns as campaign_rows
from smsdesk.store.schema import (
    IS_BLOCKED,
    batches,
    blocklist,
    campaigns,
    in_delivery,
    in_state,
    is_hidden,
    literal,
    messages,
    milliseconds,
)
from smsdesk.store.statements import among, as_keyed, driven, from_one, in_one, keyed, listed, many


class Planned(NamedTuple):
    """A message to be stored. `content` is None where it is the campaign's text."""

    mobile: str
    content: str | None
    segments: int
    line: int | None
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A committed batch: what the request will carry."""

    batch_id: int
    campaign_id: int
    claimed_at: datetime
    lines: tuple[tuple[int, str, str], ...]
    """(message id, mobile, content); no number stands in it twice, since receipts name only the number."""


def plan(conn: Connection, campaign_id: int, planned: Sequence[Planned]) -> None:
    """Store messages of a draft."""
    values = [
        (campaign_id, mobile, content, parts, line, _QUEUED, None)
        if skip is None
        else (campaign_id, mobile, content, parts, line, _SKIPPED, int(skip))
        for mobile, content, parts, line, skip in planned
    ]
    if values:
        many(conn, _PLAN, _PLANNED, values)
    kept = [one for one in planned if one.skip is None]
    campaign_rows.count(
        conn,
        campaign_id,
        queued=len(kept),
        skipped=len(planned) - len(kept),
        segments=sum(one.segments for one in kept),
    )


_QUEUED, _SKIPPED = int(State.QUEUED), int(State.SKIPPED)
_PLANNED = ("campaign_id", "mobile", "content", "segments", "line", "state", "skip")
_PLAN = messages.insert().values({name: bindparam(name) for name in _PLANNED})


def drop(conn: Connection, campaign_id: int) -> None:
    """Remove a draft that was not planned to its end. A campaign that ever left that state is never removed."""
    conn.execute(messages.delete().where(messages.c.campaign_id == campaign_id))
    conn.execute(campaigns.delete().where(campaigns.c.id == campaign_id, campaigns.c.state == CampaignState.DRAFT))


# -- claiming ----------------------------------------------------------------------------------------------


def claim(conn: Connection, campaign: Campaign, most: int) -> Claim | None:
    """Take the next messages, `most` at the most, into a batch. To be committed before its request is made.

    People who are on the blocklist by now are left out. None: the campaign is not on its way any more, or nothing
    of it is queued.
    """
    # The campaign before its messages, as a cancel goes: the two would else wait for each other.
    if campaign_rows.state_of(conn, campaign.id, hold=True) is not CampaignState.SENDING:
        return None
    while True:
        (found,) = driven(conn, _next(conn.dialect.name), {"campaign": campaign.id, "most": most}).fetchone()
        rows = from_one(found)
        if not rows:
            return None
        keep = rows if campaign.ignore_blocklist else _leave_out_blocked(conn, campaign.id, rows)
        if keep:
            return _claimed(conn, campaign, _each_number_once(keep))


def _each_number_once(rows: Sequence[Any]) -> Sequence[Any]:
    """The first row of each number; the others go with a later batch."""
    if len({mobile for _, mobile, *_ in rows}) == len(rows):
        return rows
    once = {mobile: id_ for id_, mobile, *_ in reversed(rows)}
    return [row for row in rows if once[row[1]] == row[0]]


@cache
def _next(dialect: str) -> Select[Any]:
    """Rows of id, mobile, content, segments and whether the number is blocked."""
    return in_one(
        dialect,
        select(
            messages.c.id,
            messages.c.mobile,
            messages.c.content,
            messages.c.segments,
            select(blocklist.c.id)
            .where(blocklist.c.mobile == messages.c.mobile, IS_BLOCKED)
            .exists()
            .label("is_blocked"),
        )
        .where(messages.c.campaign_id == bindparam("campaign"), in_state(State.QUEUED))
        .order_by(messages.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=messages),
    )


def _leave_out_blocked(conn: Connection, campaign_id: int, rows: Sequence[Any]) -> Sequence[Any]:
    out = [row for row in rows if row[4]]
    if not out:
        return rows
    skip = _among_ids(conn.dialect.name).values(state=State.SKIPPED, skip=Skip.BLOCKLIST)
    conn.execute(skip, {"ids": listed(conn, [id_ for id_, *_ in out])})
    left_out = sum(segments for _, _, _, segments, _ in out)
    campaign_rows.count(conn, campaign_id, queued=-len(out), skipped=len(out), segments=-left_out)
    return [row for row in rows if not row[4]]


def _claimed(conn: Connection, campaign: Campaign, rows: Sequence[Any]) -> Claim:
    at = now()
    batch = {"campaign_id": campaign.id, "size": len(rows), "claimed_at": milliseconds(at)}
    (batch_id,) = driven(conn, _NEW_BATCH, batch).fetchone()
    ids = listed(conn, [id_ for id_, *_ in rows])
    driven(conn, _claim_those(conn.dialect.name), {"ids": ids, "batch": batch_id})
    campaign_rows.count(conn, campaign.id, queued=-len(rows), claimed=len(rows))
    text = campaign.text
    lines = tuple((id_, mobile, text if content is None else content) for id_, mobile, content, *_ in rows)
    return Claim(batch_id, campaign.id, at, lines)


_NEW_BATCH = (
    batches.insert()
    .values({name: bindparam(name) for name in ("campaign_id", "size", "claimed_at")})
    .returning(batches.c.id)
)


@cache
def _among_ids(dialect: str) -> Update:
    return messages.update().where(among(dialect, messages.c.id, "ids"))


@cache
def _claim_those(dialect: str) -> Update:
    return _among_ids(dialect).values(state=literal(State.CLAIMED), batch_id=bindparam("batch"))


def blocked_among(conn: Connection, mobiles: Iterable[str]) -> frozenset[str]:
    """Those of `mobiles` that are on the blocklist."""
    rows = conn.execute(_blocked(conn.dialect.name), {"mobiles": listed(conn, mobiles)})
    return frozenset(row.mobile for row in rows)


@cache
def _blocked(dialect: str) -> Select[tuple[str]]:
    return select(blocklist.c.mobile).where(among(dialect, blocklist.c.mobile, "mobiles"), IS_BLOCKED)


def mobiles_of(conn: Connection, campaign_id: int, after: int, limit: int) -> list[tuple[int, str]]:
    """Id and number of a campaign's messages, in order, without anonymised ones; `after` is where the last ended."""
    rows = conn.execute(
        select(messages.c.id, messages.c.mobile)
        .where(messages.c.campaign_id == campaign_id, messages.c.id > after, ~is_hidden(messages))
        .order_by(messages.c.id)
        .limit(limit)
    )
    return [(row.id, row.mobile) for row in rows]


# -- settling ----------------------------------------------------------------------------------------------


@cache
def _settle(dialect: str) -> Update:
    told = keyed(dialect, "told")
    return (
        messages.update()
        .where(messages.c.id == cast(told.c.key, messages.c.id.type))
        .values(state=bindparam("_state"), result=bindparam("_result"), mid=told.c.value, submitted_at=bindparam("_at"))
    )


def settle(conn: Connection, claim: Claim, receipts: Iterable[Receipt], outcome: Words) -> Counter[State]:
    """The gateway took the request. Each number is accepted or rejected by its receipt; one without is in doubt.

    Receipts are matched by number, never by position. Returns how many went where: none, where the batch has been
    found in doubt meanwhile, which only a lock that was lost lets happen.
    """
    moved: Counter[State] = Counter()
    if not _close(conn, claim.batch_id, outcome):
        return moved
    by_mobile: dict[str, Receipt] = {}
    for receipt in receipts:
        # Where a gateway says two things of one number, the one that it was sent counts.
        if receipt[2] == 0 or receipt[0] not in by_mobile:
            by_mobile[receipt[0]] = receipt
    told: defaultdict[int | None, dict[int, str | None]] = defaultdict(dict)  # message id to mid, by result
    for id_, mobile, _ in claim.lines:
        _, mid, result = by_mobile.get(mobile, _NONE)
        told[result][id_] = mid or None
    at = milliseconds(claim.claimed_at)
    for result, mids in told.items():
        state = State.IN_DOUBT if result is None else State.REJECTED if result else State.ACCEPTED
        values = {"told": as_keyed(mids), "_state": int(state), "_result": result, "_at": at}
        driven(conn, _settle(conn.dialect.name), values)
        moved[state] += len(mids)
    _count(conn, claim.campaign_id, moved)
    return moved


_NONE = (None, None, None)


def give_back(conn: Connection, claim: Claim, outcome: Words) -> None:
    """It is certain that nothing of the batch was sent: back to the queue, or out where the campaign is cancelled."""
    _move_batch(conn, claim.campaign_id, claim.batch_id, State.QUEUED, outcome)
    if campaign_rows.state_of(conn, claim.campaign_id) is CampaignState.CANCELLED:
        skip_queued(conn, claim.campaign_id)


def doubt(conn: Connection, claim: Claim, outcome: Words) -> None:
    """Nothing is known of the batch: in doubt, and never sent again by itself."""
    _move_batch(conn, claim.campaign_id, claim.batch_id, State.IN_DOUBT, outcome)


def doubt_orphans(conn: Connection, account_id: int, outcome: Words, *, answers: bool) -> list[str]:
    """What a program left claimed when it died is in doubt; returns the numbers.

    Of campaigns that answer a reply, or of the others: to be called only by the holder of the lock of the one sender
    that there is for these (`recovery.sender_lock`), so that nobody else has claims.
    """
    orphans = conn.execute(
        select(messages.c.batch_id, messages.c.campaign_id, messages.c.mobile)
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(campaigns.c.account_id == account_id, campaigns.c.is_answer.is_(answers), in_state(State.CLAIMED))
    ).all()
    for batch_id, campaign_id in {(row.batch_id, row.campaign_id) for row in orphans}:
        _move_batch(conn, campaign_id, batch_id, State.IN_DOUBT, outcome)
    return [row.mobile for row in orphans]


def _move_batch(conn: Connection, campaign_id: int, batch_id: int, state: State, outcome: Words) -> None:
    """All that is still claimed of a batch goes back to the queue, or into doubt."""
    _close(conn, batch_id, outcome)
    claimed_at = select(batches.c.claimed_at).where(batches.c.id == batch_id).scalar_subquery()
    moved = conn.execute(
        messages.update()
        .where(messages.c.batch_id == batch_id, in_state(State.CLAIMED))
        .values(state=state, submitted_at=claimed_at if state is State.IN_DOUBT else None)
    )
    _count(conn, campaign_id, {state: moved.rowcount})


def _close(conn: Connection, batch_id: int, outcome: Words) -> bool:
    """Write down what became of a request, and whether nobody had. First of all, since it holds the batch."""
    values = {"_id": batch_id, "_at": milliseconds(now()), "_outcome": outcome.to_json()}
    return bool(driven(conn, _CLOSE, values).rowcount)


_CLOSE = (
    batches.update()
    .where(batches.c.id == bindparam("_id"), batches.c.settled_at.is_(None))
    .values(settled_at=bindparam("_at"), outcome=bindparam("_outcome"))
)


def _count(conn: Connection, campaign_id: int, moved: Mapping[State, int]) -> None:
    """Count messages that left CLAIMED."""
    campaign_rows.count(
        conn,
        campaign_id,
        claimed=-sum(moved.values()),
        queued=moved.get(State.QUEUED, 0),
        accepted=moved.get(State.ACCEPTED, 0),
        rejected=moved.get(State.REJECTED, 0),
        in_doubt=moved.get(State.IN_DOUBT, 0),
    )


# -- what a person decides ---------------------------------------------------------------------------------


def skip_queued(conn: Connection, campaign_id: int) -> int:
    """Leave out all that is queued, since the campaign is cancelled; returns how many."""
    queued = (messages.c.campaign_id == campaign_id, in_state(State.QUEUED))
    left = conn.execute(select(func.coalesce(func.sum(messages.c.segments), 0)).where(*queued)).scalar_one()
    done = conn.execute(messages.update().where(*queued).values(state=State.SKIPPED, skip=Skip.CANCELLED))
    campaign_rows.count(conn, campaign_id, queued=-done.rowcount, skipped=done.rowcount, segments=-left)
    return done.rowcount


def requeue(conn: Connection, campaign_id: int, state: State) -> int:
    """Put the rejected, or the in-doubt ones of a campaign back into the queue; returns how many.

    One that was rejected, and reported on all the same, was sent: it stays.
    """
    if state not in (State.REJECTED, State.IN_DOUBT):
        raise ValueError(f"{state!r} may have been sent, and is not sent again")
    done = conn.execute(
        messages.update()
        .where(messages.c.campaign_id == campaign_id, in_state(state), in_delivery(Delivery.NONE), ~is_hidden(messages))
        .values(state=State.QUEUED, batch_id=None, mid=None, result=None, submitted_at=None)
    )
    campaign_rows.count(conn, campaign_id, **{state.word: -done.rowcount, "queued": done.rowcount})
    return done.rowcount


def treat_as_sent(conn: Connection, campaign_id: int) -> int:
    """A person has decided that what is in doubt was sent; returns how many. A report may still tell more of each."""
    done = conn.execute(
        messages.update()
        .where(messages.c.campaign_id == campaign_id, in_state(State.IN_DOUBT))
        .values(state=State.ACCEPTED)
    )
    campaign_rows.count(conn, campaign_id, in_doubt=-done.rowcount, accepted=done.rowcount)
    return done.rowcount


@dataclass(frozen=True, slots=True)
class Doubt:
    """Messages of one request that are in doubt: how many, since when, and why."""

    count: int
    since: datetime
    why: Words


def doubts(conn: Connection, campaign_id: int) -> list[Doubt]:
    """What is in doubt of a campaign, a row a request, the oldest first."""
    rows = conn.execute(
        select(func.count().label("n"), batches.c.claimed_at, batches.c.outcome)
        .join(batches, batches.c.id == messages.c.batch_id)
        .where(messages.c.campaign_id == campaign_id, in_state(State.IN_DOUBT))
        .group_by(batches.c.id, batches.c.claimed_at, batches.c.outcome)
        .order_by(batches.c.id)
    )
    return [Doubt(row.n, row.claimed_at, Words.from_json(row.outcome)) for row in rows]
