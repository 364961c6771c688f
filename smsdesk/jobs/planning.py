"""From an order to stored messages, and what sending them would mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache, partial

from more_itertools import batched
from sqlalchemy import Connection

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState, Kind
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem, StoreBusy
from smsdesk.domain.message import Skip
from smsdesk.domain.mobile import is_from_abroad
from smsdesk.domain.text import segments, signature_problem
from smsdesk.domain.words import Words
from smsdesk.jobs import balances
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.jobs.rendering import Line, Lines, Order, check_typed, lines_of, same_for_all, sharing, some_rows
from smsdesk.store import campaigns, earlier, messages
from smsdesk.store.messages import Planned

_AT_ONCE = 10_000
"""Messages a transaction."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What sending would mean; shown before it is confirmed."""

    kind: Kind
    messages: int
    """Messages that would go out."""
    people: int
    """Numbers that they would go to."""
    blocked: int
    """People who are left out, since they are on the blocklist."""
    recent: int
    """People who are left out, since a message went out to them since `Order.not_since`."""
    waiting: int
    """People who are left out, since they wait for a message of another campaign, see `Order.not_until`."""
    same: int
    """Messages that are left out, since their text went out to their number since `Order.not_again`."""
    segments: int
    spread: tuple[tuple[int, int], ...]
    """(segments, messages) pairs, by segments."""
    cost_li: int | None
    """In li; None where the price is not known."""
    is_estimate: bool
    """Whether the price was not entered but learned from what earlier sends cost."""
    sample: str
    """The first text that would go out."""


@dataclass(frozen=True, slots=True)
class Planning:
    """How many of the messages are stored."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Checking:
    """How many of the messages have been looked at."""

    done: int
    total: int


def _may_send_to(account: Account, lines: Sequence[Line]) -> None:
    """The numbers may have been read for another account, or before this one was changed."""
    if account.abroad:
        return
    rows = [line.line for line in lines if is_from_abroad(line.mobile)]
    if rows:
        raise InputProblem(_NOT_ABROAD.fill(rows=some_rows(rows), name=account.name))


_NOT_ABROAD = Words(
    "第 {rows} 行是境外（含港澳台）号码，账号“{name}”不能发往境外。请去掉这些行；如网关已开通，请在账号设置中勾选"
    "“可发往境外”。",
    "Row {rows}: numbers from abroad, which the account '{name}' may not send to. Leave them out, or, where the "
    "gateway allows it, tick 'May send abroad' in the account's settings.",
)


Look = Callable[[Connection, Sequence[Line]], None]
"""Is shown the messages that would go out, some at a time."""


def summarise(
    desk: Desk,
    order: Order,
    kind: Kind,
    lines: Lines,
    look: Look | None = None,
    *,
    stop: Stop | None = None,
    tell: Tell | None = None,
) -> Summary:
    """What sending `lines` would mean. Tells :class:`Checking` where it takes longer.

    Raises:
        InputProblem: as :func:`lines_of`, or the account may not send to some of the numbers.
        Cancelled: `stop` was set.
    """
    spread: Counter[int] = Counter()
    left_out: Counter[Skip] = Counter()
    sample = ""
    size = partial(segments, gsm7=order.account.gsm7)
    count = size if kind is Kind.P2P else lru_cache(maxsize=1)(size)
    shared = sharing(order)
    several: Counter[str] = Counter()
    with desk.database.read() as conn:
        skip = _Skipping(conn, order, kind, lines)
        for number, some in enumerate(batched(lines, _AT_ONCE)):
            if stop and stop.is_set():
                raise Cancelled
            if tell and number:
                tell(Checking(number * _AT_ONCE, len(lines)))
            _may_send_to(order.account, some)
            sample = sample or some[0].content
            skips = skip(conn, some)
            left_out.update(filter(None, skips))
            sent = [line for line, why in zip(some, skips, strict=True) if why is None]
            spread.update(map(count, (line.content for line in sent)))
            several.update(line.mobile for line in sent if shared is None or line.mobile in shared)
            if look:
                look(conn, sent)
    total = sum(each * n for each, n in spread.items())
    price = balances.price(desk, order.account)
    return Summary(
        kind=kind,
        messages=spread.total(),
        people=spread.total() - several.total() + len(several),
        blocked=left_out[Skip.BLOCKLIST],
        recent=left_out[Skip.RECENT],
        waiting=left_out[Skip.WAITING],
        same=left_out[Skip.SAME_TEXT],
        segments=total,
        spread=tuple(sorted(spread.items())),
        cost_li=total * price.li if price else None,
        is_estimate=price is not None and price.is_estimate,
        sample=sample,
    )


class _Skipping:
    """Says which messages of an order are left out, and why."""

    def __init__(self, conn: Connection, order: Order, kind: Kind, lines: Lines):
        self._order = order
        self._unsent = earlier.unsent(conn, order.not_until) if order.not_until else ()
        self._sent = earlier.sent(conn, order.not_again, same_for_all(kind, lines)) if order.not_again else ()

    def __call__(self, conn: Connection, lines: Sequence[Line]) -> list[Skip | None]:
        """For each of these lines; None where it goes out."""
        order, mobiles = self._order, [line.mobile for line in lines]
        people: dict[str, Skip] = {}
        if order.not_since or order.not_until:
            near = earlier.near(conn, mobiles, order.not_since or now(), self._unsent)
            people |= dict.fromkeys(near.waiting, Skip.WAITING)
            people |= dict.fromkeys(near.recent if order.not_since else (), Skip.RECENT)
        blocked = () if order.ignore_blocklist else messages.blocked_among(conn, mobiles)
        people |= dict.fromkeys(blocked, Skip.BLOCKLIST)
        if not order.not_again:
            return [people.get(mobile) for mobile in mobiles]
        pairs = [(line.mobile, line.content) for line in lines]
        same = earlier.same(conn, pairs, order.not_again, self._sent).lines
        return [Skip.SAME_TEXT if p in same and p[0] not in blocked else people.get(p[0]) for p in pairs]


def plan(desk: Desk, order: Order, stop: Stop, tell: Tell) -> int:
    """Store the messages of an order; returns the campaign's id.

    Raises:
        InputProblem: as :func:`summarise`, or the first message has two signatures, or half a one.
        Cancelled: a person stopped it; nothing is left behind.
    """
    kind, lines = lines_of(order)
    if problem := signature_problem("", next(iter(lines)).content):
        raise InputProblem(problem)
    return _store(desk, order, kind, lines, stop, tell)


def plan_lines(desk: Desk, order: Order, lines: Sequence[Line], stop: Stop, tell: Tell) -> int:
    """Store lines as they were typed (point-to-point), without a signature in front; returns the campaign's id.

    Raises:
        InputProblem: there is none, a content holds a line break, two signatures or what is no character, or the
            account may not send to some of the numbers.
        Cancelled: a person stopped it; nothing is left behind.
    """
    if not lines:
        raise InputProblem(Words("没有可发送的内容。", "There is nothing to send."))
    check_typed(lines)
    return _store(desk, order, Kind.P2P, lines, stop, tell)


def _store(desk: Desk, order: Order, kind: Kind, lines: Lines, stop: Stop, tell: Tell) -> int:
    throttle = Throttle(tell)
    text = same_for_all(kind, lines) or order.text
    with ExitStack() as held:
        with desk.database.lock(_BEGINNING, wait=10):
            with desk.database.write() as conn:
                skip = _Skipping(conn, order, kind, lines)
                campaign_id = campaigns.add(
                    conn,
                    order.account.id,
                    order.name,
                    kind,
                    text,
                    order.source,
                    ignore_blocklist=order.ignore_blocklist,
                    hours=order.hours,
                    is_answer=order.is_answer,
                )
            # Tells a draft that is being planned from one whose program died.
            held.enter_context(desk.database.lock(_planning(campaign_id)))
        try:
            done = 0
            for some in batched(lines, _AT_ONCE):
                if stop.is_set():
                    raise Cancelled
                _may_send_to(order.account, some)
                _store_some(desk, campaign_id, order, kind, some, skip)
                done += len(some)
                throttle(Planning(done, len(lines)))
            with desk.database.write() as conn:
                campaigns.ready(conn, campaign_id, order.start_at)
        except BaseException:
            with desk.database.write() as conn:
                messages.drop(conn, campaign_id)
            raise
    throttle.flush()
    return campaign_id


_BEGINNING = "planning"


def _planning(campaign_id: int) -> str:
    return f"planning-{campaign_id}"


def _store_some(desk: Desk, campaign_id: int, order: Order, kind: Kind, some: Sequence[Line], skip: _Skipping) -> None:
    bulk = kind is Kind.BULK
    size = partial(segments, gsm7=order.account.gsm7)
    same = size(some[0].content) if bulk else None
    with desk.database.write() as conn:
        planned = [
            Planned(mobile, None if bulk else content, same or size(content), line, why)
            for (mobile, content, line), why in zip(some, skip(conn, some), strict=True)
        ]
        messages.plan(conn, campaign_id, planned)


def drop_abandoned(desk: Desk) -> int:
    """Remove drafts whose program died while it planned them; none of them was ever sent. Returns how many."""
    with desk.database.lock(_BEGINNING, wait=10):
        with desk.database.read() as conn:
            drafts = campaigns.in_state(conn, CampaignState.DRAFT)
        return sum(_drop(desk, draft.id) for draft in drafts)


def _drop(desk: Desk, campaign_id: int) -> bool:
    try:
        with desk.database.lock(_planning(campaign_id)), desk.database.write() as conn:
            messages.drop(conn, campaign_id)
    except StoreBusy:
        return False
    return True
