"""Messages: planning them, claiming them before a byte leaves, settling them after.

Every function that changes a state changes the campaign's counts in the same transaction, and makes only the
changes of `domain.message.TRANSITIONS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Receipt
from smsdesk.domain.message import Skip, State
from smsdesk.domain.words import Words
from smsdesk.store import campaigns as campaign_rows
from smsdesk.store.schema import batches, blocklist, campaigns, in_state, messages


@dataclass(frozen=True, slots=True)
class Planned:
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
    lines: tuple[tuple[int, str, str], ...]
    """(message id, mobile, content); no number stands in it twice, since receipts name only the number."""


def plan(conn: Connection, campaign_id: int, planned: Sequence[Planned]) -> None:
    """Store messages of a draft."""
    conn.execute(
        messages.insert(),
        [
            {
                "campaign_id": campaign_id,
                "mobile": one.mobile,
                "content": one.content,
                "segments": one.segments,
                "line": one.line,
                "state": State.QUEUED if one.skip is None else State.SKIPPED,
                "skip": one.skip,
            }
            for one in planned
        ],
    )
    kept = [one for one in planned if one.skip is None]
    campaign_rows.count(
        conn,
        campaign_id,
        queued=len(kept),
        skipped=len(planned) - len(kept),
        segments=sum(one.segments for one in kept),
    )


def drop(conn: Connection, campaign_id: int) -> None:
    """Remove a draft that was not planned to its end. A campaign that ever left that state is never removed."""
    conn.execute(messages.delete().where(messages.c.campaign_id == campaign_id))
    conn.execute(campaigns.delete().where(campaigns.c.id == campaign_id, campaigns.c.state == CampaignState.DRAFT))


# -- claiming ----------------------------------------------------------------------------------------------


def claim(conn: Connection, campaign_id: int, most: int) -> Claim | None:
    """Take the next messages, `most` at the most, into a batch. To be committed before its request is made.

    People who are on the blocklist by now are left out. None: the campaign is not on its way any more, or nothing
    of it is queued.
    """
    # The campaign before its messages, as a cancel goes: the two would else wait for each other.
    if campaign_rows.state_of(conn, campaign_id, hold=True) is not CampaignState.SENDING:
        return None
    while True:
        rows = conn.execute(_queued(campaign_id, most)).all()
        if not rows:
            return None
        keep = _leave_out_blocked(conn, campaign_id, rows)
        once = {row.mobile: row for row in reversed(keep)}  # the first of each number; the others go with a later batch
        chosen = [row for row in keep if once[row.mobile] is row]
        if chosen:
            return _claimed(conn, campaign_id, chosen)


def _queued(campaign_id: int, most: int) -> Select[Any]:
    return (
        select(
            messages.c.id,
            messages.c.mobile,
            func.coalesce(messages.c.content, campaigns.c.text).label("content"),
            messages.c.segments,
            campaigns.c.ignore_blocklist,
        )
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(messages.c.campaign_id == campaign_id, in_state(State.QUEUED))
        .order_by(messages.c.id)
        .limit(most)
        .with_for_update(of=messages, skip_locked=True)
    )


def _leave_out_blocked(conn: Connection, campaign_id: int, rows: Sequence[Any]) -> list[Any]:
    if rows[0].ignore_blocklist:
        return list(rows)
    blocked = blocked_among(conn, [row.mobile for row in rows])
    out = [row for row in rows if row.mobile in blocked]
    if out:
        conn.execute(
            messages.update()
            .where(messages.c.id.in_([row.id for row in out]))
            .values(state=State.SKIPPED, skip=Skip.BLOCKLIST)
        )
        campaign_rows.count(
            conn, campaign_id, queued=-len(out), skipped=len(out), segments=-sum(row.segments for row in out)
        )
    return [row for row in rows if row.mobile not in blocked]


def _claimed(conn: Connection, campaign_id: int, rows: Sequence[Any]) -> Claim:
    batch_id = conn.execute(
        batches.insert().values(campaign_id=campaign_id, size=len(rows), claimed_at=now()).returning(batches.c.id)
    ).scalar_one()
    conn.execute(
        messages.update()
        .where(messages.c.id.in_([row.id for row in rows]))
        .values(state=State.CLAIMED, batch_id=batch_id)
    )
    campaign_rows.count(conn, campaign_id, queued=-len(rows), claimed=len(rows))
    return Claim(batch_id, campaign_id, tuple((row.id, row.mobile, row.content) for row in rows))


def blocked_among(conn: Connection, mobiles: Sequence[str]) -> frozenset[str]:
    """Those of `mobiles` (some thousands at the most) that are on the blocklist."""
    rows = conn.execute(select(blocklist.c.mobile).where(blocklist.c.mobile.in_(mobiles)))
    return frozenset(row.mobile for row in rows)


# -- settling ----------------------------------------------------------------------------------------------


_SETTLE = (
    messages.update()
    .where(messages.c.id == bindparam("_id"))
    .values(
        state=bindparam("_state"), mid=bindparam("_mid"), result=bindparam("_result"), submitted_at=bindparam("_at")
    )
)


def settle(conn: Connection, claim: Claim, receipts: Iterable[Receipt], outcome: Words) -> Counter[State]:
    """The gateway took the request. Each number is accepted or rejected by its receipt; one without is in doubt.

    Receipts are matched by number, never by position. Returns how many went where.
    """
    # Where a gateway says two things of one number, the one that it was sent counts.
    by_mobile = {receipt.mobile: receipt for receipt in sorted(receipts, key=lambda receipt: receipt.result == 0)}
    still, at = _still_claimed(conn, claim.batch_id)
    rows = [_settled(id_, by_mobile.get(mobile), at) for id_, mobile, _ in claim.lines if id_ in still]
    if rows:
        conn.execute(_SETTLE, rows)
    moved = Counter(row["_state"] for row in rows)
    _close(conn, claim.batch_id, outcome)
    _count(conn, claim.campaign_id, moved)
    return moved


def _settled(message_id: int, receipt: Receipt | None, at: datetime) -> dict[str, Any]:
    if receipt is None:
        return {"_id": message_id, "_state": State.IN_DOUBT, "_mid": None, "_result": None, "_at": at}
    state = State.ACCEPTED if receipt.result == 0 else State.REJECTED
    return {"_id": message_id, "_state": state, "_mid": receipt.mid or None, "_result": receipt.result, "_at": at}


def give_back(conn: Connection, claim: Claim, outcome: Words) -> None:
    """It is certain that nothing of the batch was sent: back to the queue, or out where the campaign is cancelled."""
    still, _ = _still_claimed(conn, claim.batch_id)
    _move(conn, claim.batch_id, State.QUEUED, None)
    _close(conn, claim.batch_id, outcome)
    _count(conn, claim.campaign_id, Counter({State.QUEUED: len(still)}))
    if campaign_rows.state_of(conn, claim.campaign_id) is CampaignState.CANCELLED:
        skip_queued(conn, claim.campaign_id)


def doubt(conn: Connection, claim: Claim, outcome: Words) -> None:
    """Nothing is known of the batch: in doubt, and never sent again by itself."""
    _doubt_batch(conn, claim.campaign_id, claim.batch_id, outcome)


def doubt_orphans(conn: Connection, account_id: int, outcome: Words) -> list[str]:
    """What a program left claimed when it died is in doubt; returns the numbers.

    To be called only by the holder of the account's sender lock: nobody else has claims then.
    """
    orphans = conn.execute(
        select(messages.c.batch_id, messages.c.campaign_id, messages.c.mobile)
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(campaigns.c.account_id == account_id, in_state(State.CLAIMED))
    ).all()
    for batch_id, campaign_id in {(row.batch_id, row.campaign_id) for row in orphans}:
        _doubt_batch(conn, campaign_id, batch_id, outcome)
    return [row.mobile for row in orphans]


def _doubt_batch(conn: Connection, campaign_id: int, batch_id: int, outcome: Words) -> None:
    still, at = _still_claimed(conn, batch_id)
    _move(conn, batch_id, State.IN_DOUBT, at)
    _close(conn, batch_id, outcome)
    _count(conn, campaign_id, Counter({State.IN_DOUBT: len(still)}))


def _still_claimed(conn: Connection, batch_id: int) -> tuple[frozenset[int], datetime]:
    """Ids that are claimed by this batch now, and when it was claimed."""
    at = conn.execute(select(batches.c.claimed_at).where(batches.c.id == batch_id).with_for_update()).scalar_one()
    rows = conn.execute(select(messages.c.id).where(messages.c.batch_id == batch_id, in_state(State.CLAIMED)))
    return frozenset(row.id for row in rows), at


def _move(conn: Connection, batch_id: int, state: State, submitted_at: datetime | None) -> None:
    conn.execute(
        messages.update()
        .where(messages.c.batch_id == batch_id, in_state(State.CLAIMED))
        .values(state=state, submitted_at=submitted_at)
    )


def _close(conn: Connection, batch_id: int, outcome: Words) -> None:
    conn.execute(batches.update().where(batches.c.id == batch_id).values(settled_at=now(), outcome=outcome.to_json()))


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
    """Put the rejected, or the in-doubt ones of a campaign back into the queue; returns how many."""
    if state not in (State.REJECTED, State.IN_DOUBT):
        raise ValueError(f"{state!r} may have been sent, and is not sent again")
    done = conn.execute(
        messages.update()
        .where(messages.c.campaign_id == campaign_id, in_state(state))
        .values(state=State.QUEUED, batch_id=None, mid=None, result=None, submitted_at=None)
    )
    campaign_rows.count(conn, campaign_id, **{state.word: -done.rowcount, "queued": done.rowcount})
    return done.rowcount
