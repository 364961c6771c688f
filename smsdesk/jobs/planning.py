"""From recipients and a text to stored messages: each rendered once, so that what is shown is what goes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from more_itertools import batched

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState, Kind
from smsdesk.domain.errors import Cancelled, InputProblem, StoreBusy
from smsdesk.domain.hours import Hours
from smsdesk.domain.message import Skip
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import MissingValue, Template, has_line_break, segments, signed
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk, Stop, Tell, Throttle
from smsdesk.store import campaigns, messages
from smsdesk.store.messages import Planned

_AT_ONCE = 5_000
"""Messages a transaction."""

_NAMED = 10
"""Rows that a sentence names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message: a number and its text, whole, and where it came from (row of the sheet or line of the editor)."""

    mobile: str
    content: str
    line: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants sent."""

    account: Account
    name: str
    text: str
    """As typed, with placeholders; the signature is put in front."""
    source: str
    recipients: Sequence[Recipient]
    ignore_blocklist: bool = False
    start_at: datetime | None = None
    """When it is to start by itself; None: as soon as somebody sends it."""
    hours: Hours | None = None
    """The hours of the day that it keeps to; None for all."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What sending would mean; shown before it is confirmed."""

    kind: Kind
    messages: int
    """Messages that would go out."""
    blocked: int
    """People who are left out, since they are on the blocklist."""
    segments: int
    spread: tuple[tuple[int, int], ...]
    """(segments, messages) pairs, by segments."""
    cost_li: int | None
    """In li; None where the price is not known."""
    sample: str
    """The first text that would go out."""


@dataclass(frozen=True, slots=True)
class Planning:
    """How many of the messages are stored."""

    done: int
    total: int


def lines_of(order: Order) -> tuple[Kind, list[Line]]:
    """The messages of an order, each with its text.

    Raises:
        InputProblem: the text is empty or written wrongly, names a column that is not there, or a value is missing
            without a fallback; the sentence names the rows.
    """
    if not order.recipients:
        raise InputProblem(Words("没有可发送的号码。", "There are no numbers to send to."))
    template = Template.parse(order.text)
    if not order.text.strip():
        raise InputProblem(Words("请先写短信内容。", "Write the text first."))
    unknown = template.unknown(tuple(order.recipients[0].fields))
    if unknown:
        raise InputProblem(
            _UNKNOWN.fill(names=", ".join(unknown), columns=", ".join(order.recipients[0].fields) or "-")
        )
    if not template.is_personal:
        text = signed(order.account.signature, template.render({}))
        _no_strange_characters([text])
        return Kind.BULK, [Line(r.mobile, text, r.line) for r in order.recipients]
    return Kind.P2P, _rendered(order, template)


_UNKNOWN = Words(
    "内容里的占位符 {names} 不是表里的列。可用的列：{columns}。",
    "The placeholders {names} are no columns of the sheet. There are: {columns}.",
)


def _rendered(order: Order, template: Template) -> list[Line]:
    lines, missing = [], dict[str, list[int]]()
    for recipient in order.recipients:
        try:
            text = signed(order.account.signature, template.render(recipient.fields))
        except MissingValue as exc:
            missing.setdefault(exc.name, []).append(recipient.line)
            continue
        lines.append(Line(recipient.mobile, text, recipient.line))
    if missing:
        name, rows = next(iter(missing.items()))
        raise InputProblem(
            Words(
                "有 {n} 行的“{name}”是空的（第 {rows} 行）。请补全，或写成 {{{name}|默认值}}。",
                "'{name}' is empty in {n} rows (row {rows}). Fill them in, or write {{{name}|default}}.",
            ).fill(n=len(rows), name=name, rows=_some(rows))
        )
    _no_line_breaks(lines)
    _no_strange_characters(line.content for line in lines)
    return lines


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def _no_strange_characters(texts: Iterable[str]) -> None:
    if any(_NO_TEXT.search(text) for text in texts):
        raise InputProblem(
            Words(
                "短信内容里有不能发送的字符（空字符，或不完整的表情），请删除后重新输入。",
                "The text holds a character that cannot be sent (a zero byte, or half an emoji). Type it anew.",
            )
        )


def _no_line_breaks(lines: Iterable[Line]) -> None:
    broken = [line.line for line in lines if has_line_break(line.content)]
    if broken:
        raise InputProblem(
            Words(
                "点对点短信的内容里不能换行（第 {rows} 行）。请把换行改成空格。",
                "A text of its own for each number must not hold a line break (row {rows}). Turn it into a space.",
            ).fill(rows=_some(broken))
        )


def _some(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")


def summarise(desk: Desk, account: Account, kind: Kind, lines: Sequence[Line], *, ignore_blocklist: bool) -> Summary:
    """What sending `lines` would mean."""
    blocked = frozenset[str]() if ignore_blocklist else _blocked(desk, lines)
    spread: Counter[int] = Counter()
    for text, n in Counter(line.content for line in lines if line.mobile not in blocked).items():
        spread[segments(text)] += n
    total = sum(size * n for size, n in spread.items())
    return Summary(
        kind=kind,
        messages=sum(spread.values()),
        blocked=len(lines) - sum(spread.values()),
        segments=total,
        spread=tuple(sorted(spread.items())),
        cost_li=total * account.price_li if account.price_li else None,
        sample=lines[0].content if lines else "",
    )


def _blocked(desk: Desk, lines: Sequence[Line]) -> frozenset[str]:
    with desk.database.read() as conn:
        found = (messages.blocked_among(conn, some) for some in batched((line.mobile for line in lines), _AT_ONCE))
        return frozenset().union(*found)


def plan(desk: Desk, order: Order, stop: Stop, tell: Tell) -> int:
    """Store the messages of an order; returns the campaign's id. Raises as :func:`lines_of`, or Cancelled."""
    kind, lines = lines_of(order)
    return _store(desk, order, kind, lines, stop, tell)


def plan_lines(desk: Desk, order: Order, lines: Sequence[Line], stop: Stop, tell: Tell) -> int:
    """Store lines as they were typed (point-to-point), without a signature in front; returns the campaign's id.

    Raises:
        InputProblem: there is none, or a content holds a line break or what is no character.
        Cancelled: a person stopped it; nothing is left behind.
    """
    if not lines:
        raise InputProblem(Words("没有可发送的内容。", "There is nothing to send."))
    _no_line_breaks(lines)
    _no_strange_characters(line.content for line in lines)
    return _store(desk, order, Kind.P2P, lines, stop, tell)


def _store(desk: Desk, order: Order, kind: Kind, lines: Sequence[Line], stop: Stop, tell: Tell) -> int:
    throttle = Throttle(tell)
    text = lines[0].content if kind is Kind.BULK else order.text
    with ExitStack() as held:
        with desk.database.lock(_BEGINNING, wait=10):
            with desk.database.write() as conn:
                campaign_id = campaigns.add(
                    conn,
                    order.account.id,
                    order.name,
                    kind,
                    text,
                    order.source,
                    ignore_blocklist=order.ignore_blocklist,
                    hours=order.hours,
                )
            # Tells a draft that is being planned from one whose program died.
            held.enter_context(desk.database.lock(_planning(campaign_id)))
        try:
            for done, some in _chunks(lines):
                if stop.is_set():
                    raise Cancelled
                _store_some(desk, campaign_id, kind, some, ignore_blocklist=order.ignore_blocklist)
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


def _chunks(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    for start in range(0, len(lines), _AT_ONCE):
        some = lines[start : start + _AT_ONCE]
        yield start + len(some), some


def _store_some(desk: Desk, campaign_id: int, kind: Kind, some: Sequence[Line], *, ignore_blocklist: bool) -> None:
    same = segments(some[0].content) if kind is Kind.BULK else None
    with desk.database.write() as conn:
        blocked = frozenset[str]()
        if not ignore_blocklist:
            blocked = messages.blocked_among(conn, [line.mobile for line in some])
        messages.plan(
            conn,
            campaign_id,
            [
                Planned(
                    line.mobile,
                    None if kind is Kind.BULK else line.content,
                    segments(line.content) if same is None else same,
                    line.line,
                    Skip.BLOCKLIST if line.mobile in blocked else None,
                )
                for line in some
            ],
        )


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
