"""The gateway's ledger and the store, number by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from checks import assert_counts_true
from sqlalchemy import Connection, func, select

from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.store.schema import batches, campaigns, messages
from soak.watching import Pair


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the store has it."""

    id: int
    pair: Pair
    state: State
    mid: str | None
    inferred: bool
    """Whether a report for its number has settled it, which says nothing of the text."""
    outcome: Words | None
    """What became of the last request that carried it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Where every message stands, and what must not be: all of the last three are empty."""

    states: Counter[State]
    sent_twice: tuple[Pair, ...]
    lost: tuple[str, ...]
    """Messages that are gone, sent and not known as such, or taken for sent and not sent."""
    groundless: tuple[tuple[Pair, Words | None], ...]
    """In doubt, although nothing went wrong with their request; with what the store says of it."""

    @property
    def is_right(self) -> bool:
        """Whether the promise was kept."""
        return not (self.sent_twice or self.lost or self.groundless)


def stored(conn: Connection) -> list[Message]:
    """Every message of the store."""
    rows = conn.execute(
        select(
            messages.c.id,
            messages.c.mobile,
            func.coalesce(messages.c.content, campaigns.c.text).label("content"),
            messages.c.state,
            messages.c.mid,
            messages.c.inferred,
            batches.c.outcome,
        )
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .join(batches, batches.c.id == messages.c.batch_id, isouter=True)
    )
    return [
        Message(
            id=row.id,
            pair=(row.mobile, row.content),
            state=row.state,
            mid=row.mid,
            inferred=row.inferred,
            outcome=Words.from_json(row.outcome) if row.outcome else None,
        )
        for row in rows
    ]


def compare(desk: Desk, practice: Practice, planned: Counter[Pair], grounds: Collection[Pair]) -> Compared:
    """Look at every message from both sides. `grounds` are those that may be in doubt."""
    with practice.lock:
        taken = Counter((one.mobile, one.content) for one in practice.gateway.ledger.accepted)
        refused = {(one.mobile, one.content) for one in practice.gateway.ledger.refused}
        mids = {one.mid: (one.mobile, one.content) for one in practice.gateway.ledger.accepted}
    with desk.database.read() as conn:
        assert_counts_true(conn)
        rows = stored(conn)
    return Compared(
        states=Counter(row.state for row in rows),
        sent_twice=tuple(pair for pair, times in taken.items() if times > planned[pair]),
        lost=(*_gone(rows, planned), *_misjudged(rows, taken), *_misnamed(rows, mids, refused)),
        groundless=tuple(
            (row.pair, row.outcome) for row in rows if row.state is State.IN_DOUBT and row.pair not in grounds
        ),
    )


def _gone(rows: Collection[Message], planned: Counter[Pair]) -> list[str]:
    there = Counter(row.pair for row in rows)
    return [f"{pair}: planned {times}, stored {there[pair]}" for pair, times in planned.items() if times != there[pair]]


def _misjudged(rows: Collection[Message], taken: Counter[Pair]) -> list[str]:
    """What the gateway took must be accepted or in doubt here; what is accepted here it must have taken."""
    accepted = Counter(row.pair for row in rows if row.state is State.ACCEPTED)
    in_doubt = Counter(row.pair for row in rows if row.state is State.IN_DOUBT)
    return [
        f"{pair}: taken {taken[pair]}, accepted {accepted[pair]}, in doubt {in_doubt[pair]}"
        for pair in {*taken, *accepted}
        if not accepted[pair] <= taken[pair] <= accepted[pair] + in_doubt[pair]
    ]


def _misnamed(rows: Collection[Message], mids: dict[str, Pair], refused: Collection[Pair]) -> list[str]:
    """Each has the receipt that was meant for it, and nobody else's."""
    wrong = []
    used = Counter(row.mid for row in rows if row.mid)
    for row in rows:
        if row.state is State.ACCEPTED:
            mobile, content = mids.get(row.mid or "", ("", ""))
            if mobile != row.pair[0] or not (row.inferred or content == row.pair[1]) or used[row.mid or ""] > 1:
                wrong.append(f"{row.pair}: has the mid {row.mid} of {mobile, content}")
        elif row.state is State.REJECTED and row.pair not in refused:
            wrong.append(f"{row.pair}: rejected here, and never refused by the gateway")
        elif row.state in (State.SKIPPED, State.CLAIMED):
            wrong.append(f"{row.pair}: {row.state.name}")
    return wrong
