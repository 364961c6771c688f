"""What many tests need: people to send to, stored campaigns, and checks that must hold after every step."""

from __future__ import annotations

import os
import threading
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Counts, Kind
from smsdesk.domain.message import TRANSITIONS, Delivery, Skip, State
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.words import Words
from smsdesk.jobs import planning
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Line, Order
from smsdesk.simulator.server import Practice
from smsdesk.store import accounts as account_rows
from smsdesk.store import campaigns as campaign_rows
from smsdesk.store import messages as message_rows
from smsdesk.store.messages import Claim, Planned
from smsdesk.store.schema import campaigns, messages

SAID = Words("说明", "said")
"""A sentence where any will do."""


OPT_OUT_WORDS = frozenset(
    ["T", "TD", "N", "R", "Q", "TUIDING", "退订", "退", "0000", "00000", "拒收", "取消订阅", "不要再发"]
)
"""What a new store takes for an opt-out."""


def processor_seconds() -> float:
    """What this process and its children that have ended took of a processor: a busy machine does not change it."""
    took = os.times()
    return took.user + took.system + took.children_user + took.children_system


def numbers(count: int, first: int = 13800010000) -> list[str]:
    """So many mobile numbers. The practice gateway takes none of the first thousand for a special one."""
    return [str(first + place * 10_000) for place in range(count)]


def people(count: int) -> list[Recipient]:
    """So many recipients, as a sheet of two columns gives them; line 1 is its heading."""
    return [Recipient(mobile, {"手机": mobile, "姓名": f"客户{n}"}, n + 2) for n, mobile in enumerate(numbers(count))]


def ignore(_news: object) -> None:
    """A `tell` that nobody listens to."""


def any_account() -> Account:
    """An account with a name that no other has; its gateway is nowhere."""
    return Account(name=f"账户{uuid.uuid4().hex}", url="http://127.0.0.1:9/sms", login="user", extno="10690000")


def new_campaign(
    conn: Connection,
    mobiles: Sequence[str],
    account_id: int | None = None,
    contents: Sequence[str] | None = None,
    *,
    ignore_blocklist: bool = False,
    start: bool = True,
) -> int:
    """A campaign in the store, on its way unless told otherwise; a message has one segment for each character."""
    if account_id is None:
        account_id = account_rows.add(conn, any_account()).id
    kind = Kind.BULK if contents is None else Kind.P2P
    new = campaign_rows.add(conn, account_id, "任务", kind, "全文", "测试", ignore_blocklist=ignore_blocklist)
    planned = [
        Planned(mobile, None if contents is None else contents[n], 1 if contents is None else len(contents[n]), n + 1)
        for n, mobile in enumerate(mobiles)
    ]
    message_rows.plan(conn, new, planned)
    campaign_rows.ready(conn, new)
    if start:
        assert campaign_rows.start(conn, new)
    return new


def plan(desk: Desk, account: Account, count: int = 10, text: str = "您好", **more: object) -> int:
    """Plan a bulk campaign to so many people."""
    order = Order(account, "任务", text, "测试", people(count), **more)  # type: ignore[arg-type]
    return planning.plan(desk, order, threading.Event(), ignore)


def plan_lines(desk: Desk, account: Account, lines: Sequence[tuple[str, str]]) -> int:
    """Plan point-to-point lines."""
    order = Order(account, "点对点", "", "测试", ())
    typed = [Line(mobile, content, n + 1) for n, (mobile, content) in enumerate(lines)]
    return planning.plan_lines(desk, order, typed, threading.Event(), ignore)


def counts_of(conn: Connection, campaign_id: int) -> Counts:
    """What the store says of a campaign."""
    found = campaign_rows.get(conn, campaign_id)
    assert found is not None
    return found.counts


def states_of(conn: Connection, campaign_id: int | None = None) -> dict[int, State]:
    """Where each message stands, by id."""
    query = select(messages.c.id, messages.c.state).order_by(messages.c.id)
    if campaign_id is not None:
        query = query.where(messages.c.campaign_id == campaign_id)
    return {row.id: row.state for row in conn.execute(query)}


def recounted(conn: Connection, campaign_id: int) -> Counts:
    """The counts of a campaign as counting its messages gives them."""
    rows = conn.execute(
        select(messages.c.state, messages.c.delivery, func.count(), func.sum(messages.c.segments))
        .where(messages.c.campaign_id == campaign_id)
        .group_by(messages.c.state, messages.c.delivery)
    ).all()
    states, deliveries, parts = Counter[State](), Counter[Delivery](), 0
    for state, delivery, n, segments in rows:
        states[state] += n
        deliveries[delivery] += n
        parts += int(segments) if state is not State.SKIPPED else 0
    by_name = {state.name.lower(): states[state] for state in State}
    return Counts(
        **by_name, delivered=deliveries[Delivery.DELIVERED], failed=deliveries[Delivery.FAILED], segments=parts
    )


def assert_counts_true(conn: Connection) -> None:
    """Every campaign's counts are what counting its messages gives, and no message contradicts itself."""
    for campaign_id in conn.execute(select(campaigns.c.id)).scalars():
        assert counts_of(conn, campaign_id) == recounted(conn, campaign_id)
    for row in conn.execute(select(messages)):
        assert (row.skip is not None) == (row.state is State.SKIPPED), row
        assert row.delivery is Delivery.NONE or row.state is State.ACCEPTED, row
        assert row.mid is None or row.state is State.ACCEPTED or row.state is State.REJECTED, row


def assert_steps_allowed(before: dict[int, State], after: dict[int, State]) -> None:
    """Every message that changed went a way that `TRANSITIONS` names; no message is gone."""
    for id_, state in before.items():
        assert after[id_] is state or after[id_] in TRANSITIONS[state], (id_, state, after[id_])


def assert_ledger_agrees(desk: Desk, practice: Practice) -> None:
    """Number by number: nothing was sent twice, and nothing that the gateway took is queued, rejected or skipped here.

    What the gateway did not take is not accepted here, and nothing is left claimed.
    """
    with practice.lock:
        ledger = practice.gateway.ledger
        assert ledger.sent_twice() == {}
        taken = Counter((one.mobile, one.content) for one in ledger.accepted)
        mids = {one.mid: (one.mobile, one.content) for one in ledger.accepted}
    with desk.database.read() as conn:
        assert_counts_true(conn)
        rows = conn.execute(
            select(
                messages.c.mobile,
                func.coalesce(messages.c.content, campaigns.c.text).label("content"),
                messages.c.state,
                messages.c.mid,
                messages.c.skip,
            ).join(campaigns)
        ).all()
    kept = Counter[tuple[str, str]]()
    for row in rows:
        pair = (row.mobile, row.content)
        assert row.state is not State.CLAIMED, row
        if row.state is State.ACCEPTED:
            assert taken[pair] == 1, row
            assert row.mid is None or mids[row.mid] == pair, row
            kept[pair] += 1
        elif row.state is State.IN_DOUBT:
            kept[pair] += 1
        else:
            assert row.skip in (None, Skip.BLOCKLIST, Skip.CANCELLED)
    for pair in taken:
        assert kept[pair] >= 1, f"the gateway took {pair}, and here it could be sent again"


def claim_next(conn: Connection, campaign_id: int, most: int) -> Claim | None:
    """The next batch of a campaign, as its sender claims it."""
    found = campaign_rows.get(conn, campaign_id)
    assert found is not None
    return message_rows.claim(conn, found, most)
