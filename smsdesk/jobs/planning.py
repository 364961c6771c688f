"""From recipients and a text to stored messages: each rendered once, so that what is shown is what goes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple, Protocol

from more_itertools import batched
from sqlalchemy import Connection

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState, Kind
from smsdesk.domain.errors import Cancelled, InputProblem, StoreBusy
from smsdesk.domain.hours import Hours
from smsdesk.domain.message import Skip
from smsdesk.domain.mobile import is_from_abroad
from smsdesk.domain.recipient import Household, Recipient
from smsdesk.domain.text import MissingValue, Template, has_line_break, segments, signed
from smsdesk.domain.words import Words
from smsdesk.jobs import balances
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.outcome import Recipients
from smsdesk.store import campaigns, messages
from smsdesk.store.messages import Planned

_AT_ONCE = 10_000
"""Messages a transaction."""

_NAMED = 10
"""Rows that a sentence names."""


class Line(NamedTuple):
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
    not_since: datetime | None = None
    """People to whom a message went out since then are left out; None: nobody is."""
    repeats: Sequence[Recipient] = ()
    """What further rows say of numbers among the recipients."""
    household: Household | None = None
    """What becomes of those; None: nobody has said so, and the first row counts."""


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


class Lines(Protocol):
    """Messages that may be made one by one as they are gone through: a million at once would fill the memory."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Line]: ...


def lines_of(order: Order) -> tuple[Kind, Lines]:
    """The messages of an order, each with its text.

    Raises:
        InputProblem: the text is empty or written wrongly, names a column that is not there, or a value is missing
            without a fallback; the sentence names the rows. What depends on the row is raised by going through.
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
        return Kind.BULK, _SameText(order.recipients, text)
    return Kind.P2P, _OwnTexts(order, template)


@dataclass(frozen=True, slots=True)
class _SameText:
    """One text for all."""

    recipients: Sequence[Recipient]
    text: str

    def __len__(self) -> int:
        return len(self.recipients)

    def __iter__(self) -> Iterator[Line]:
        text = self.text
        if isinstance(self.recipients, Recipients):
            return (Line(mobile, text, line) for mobile, line in self.recipients.places())
        return (Line(one.mobile, text, one.line) for one in self.recipients)


_UNKNOWN = Words(
    "内容里的占位符 {names} 不是表里的列。可用的列：{columns}。",
    "The placeholders {names} are no columns of the sheet. There are: {columns}.",
)


@dataclass(frozen=True, slots=True)
class _OwnTexts:
    """A text for each, rendered when it is its turn. What is wrong with rows is raised when all have been looked at."""

    order: Order
    template: Template

    def __len__(self) -> int:
        return len(self.order.recipients) + (len(self.order.repeats) if self._is_each else 0)  # at most

    @property
    def _is_each(self) -> bool:
        return self.order.household is Household.EACH

    def __iter__(self) -> Iterator[Line]:
        missing, broken, strange = dict[str, list[int]](), list[int](), False
        shared = _shared(self.order) or ()
        known: set[tuple[str, str]] = set()
        for recipient in chain(self.order.recipients, self.order.repeats if self._is_each else ()):
            try:
                text = _text_of(self.order, self.template, recipient)
            except MissingValue as exc:
                missing.setdefault(exc.name, []).append(recipient.line)
                continue
            if recipient.mobile in shared:
                if (recipient.mobile, text) in known:
                    continue
                known.add((recipient.mobile, text))
            if has_line_break(text):
                broken.append(recipient.line)
            strange = strange or _NO_TEXT.search(text) is not None
            if not (missing or broken or strange):
                yield Line(recipient.mobile, text, recipient.line)
        _none_missing(missing)
        _no_line_breaks(broken)
        if strange:
            raise InputProblem(_STRANGE)


def _text_of(order: Order, template: Template, recipient: Recipient) -> str:
    """What they get, whole. Raises MissingValue."""
    return signed(order.account.signature, template.render(recipient.fields))


def others(order: Order, sent: Collection[tuple[str, str]]) -> Iterator[Recipient]:
    """The further rows of the numbers in `sent` (number and text) that would give those another text."""
    template = Template.parse(order.text)
    numbers = {mobile for mobile, _ in sent}
    for recipient in order.repeats:
        with suppress(MissingValue):  # such a row gives none
            if recipient.mobile in numbers and (recipient.mobile, _text_of(order, template, recipient)) not in sent:
                yield recipient


def _none_missing(missing: Mapping[str, Sequence[int]]) -> None:
    for name, rows in missing.items():
        raise InputProblem(
            Words(
                "有 {n} 行的“{name}”是空的（第 {rows} 行）。请补全，或写成 {{{name}|默认值}}。",
                "'{name}' is empty in {n} rows (row {rows}). Fill them in, or write {{{name}|default}}.",
            ).fill(n=len(rows), name=name, rows=_some(rows))
        )


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


_STRANGE = Words(
    "短信内容里有不能发送的字符（空字符，或不完整的表情），请删除后重新输入。",
    "The text holds a character that cannot be sent (a zero byte, or half an emoji). Type it anew.",
)


def _no_strange_characters(texts: Iterable[str]) -> None:
    if any(_NO_TEXT.search(text) for text in texts):
        raise InputProblem(_STRANGE)


def _no_line_breaks(broken: Sequence[int]) -> None:
    if broken:
        raise InputProblem(
            Words(
                "点对点短信的内容里不能换行（第 {rows} 行）。请把换行改成空格。",
                "A text of its own for each number must not hold a line break (row {rows}). Turn it into a space.",
            ).fill(rows=_some(broken))
        )


def _some(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")


def _may_send_to(account: Account, lines: Sequence[Line]) -> None:
    """The numbers may have been read for another account, or before this one was changed."""
    if account.abroad:
        return
    rows = [line.line for line in lines if is_from_abroad(line.mobile)]
    if rows:
        raise InputProblem(_NOT_ABROAD.fill(rows=_some(rows), name=account.name))


_NOT_ABROAD = Words(
    "第 {rows} 行是境外（含港澳台）号码，账户“{name}”不能发往境外。请去掉这些行；如网关已开通，请在账户设置中勾选"
    "“可发往境外”。",
    "Row {rows}: numbers from abroad, which the account '{name}' may not send to. Leave them out, or, where the "
    "gateway allows it, tick 'May send abroad' in the account's settings.",
)


Look = Callable[[Connection, Sequence[Line]], None]
"""Is shown the messages that would go out, some at a time."""


def summarise(desk: Desk, order: Order, kind: Kind, lines: Lines, look: Look | None = None) -> Summary:
    """What sending `lines` would mean.

    Raises:
        InputProblem: as :func:`lines_of`, or the account may not send to some of the numbers.
    """
    spread: Counter[int] = Counter()
    left_out: Counter[Skip] = Counter()
    sample = ""
    size = partial(segments, gsm7=order.account.gsm7)
    count = size if kind is Kind.P2P else lru_cache(maxsize=1)(size)
    shared = _shared(order)
    several: Counter[str] = Counter()
    with desk.database.read() as conn:
        for some in batched(lines, _AT_ONCE):
            _may_send_to(order.account, some)
            sample = sample or some[0].content
            skips = _skips(conn, order, some)
            left_out.update(skips[line.mobile] for line in some if line.mobile in skips)
            sent = [line for line in some if line.mobile not in skips]
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
        segments=total,
        spread=tuple(sorted(spread.items())),
        cost_li=total * price.li if price else None,
        is_estimate=price is not None and price.is_estimate,
        sample=sample,
    )


def _shared(order: Order) -> frozenset[str] | None:
    """The numbers that may get several messages; None: any may, since the lines were typed."""
    if not order.recipients:
        return None
    return frozenset(one.mobile for one in order.repeats) if order.household is Household.EACH else frozenset()


def _skips(conn: Connection, order: Order, lines: Sequence[Line]) -> Mapping[str, Skip]:
    """The numbers that are left out, and why."""
    mobiles = [line.mobile for line in lines]
    skips: dict[str, Skip] = {}
    if order.not_since:
        skips |= dict.fromkeys(messages.written_to(conn, mobiles, since=order.not_since), Skip.RECENT)
    if not order.ignore_blocklist:
        skips |= dict.fromkeys(messages.blocked_among(conn, mobiles), Skip.BLOCKLIST)
    return skips


def plan(desk: Desk, order: Order, stop: Stop, tell: Tell) -> int:
    """Store the messages of an order; returns the campaign's id. Raises as :func:`summarise`, or Cancelled."""
    kind, lines = lines_of(order)
    return _store(desk, order, kind, lines, stop, tell)


def plan_lines(desk: Desk, order: Order, lines: Sequence[Line], stop: Stop, tell: Tell) -> int:
    """Store lines as they were typed (point-to-point), without a signature in front; returns the campaign's id.

    Raises:
        InputProblem: there is none, a content holds a line break or what is no character, or the account may not
            send to some of the numbers.
        Cancelled: a person stopped it; nothing is left behind.
    """
    if not lines:
        raise InputProblem(Words("没有可发送的内容。", "There is nothing to send."))
    _no_line_breaks([line.line for line in lines if has_line_break(line.content)])
    _no_strange_characters(line.content for line in lines)
    return _store(desk, order, Kind.P2P, lines, stop, tell)


def _store(desk: Desk, order: Order, kind: Kind, lines: Lines, stop: Stop, tell: Tell) -> int:
    throttle = Throttle(tell)
    text = next(iter(lines)).content if kind is Kind.BULK else order.text
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
            done = 0
            for some in batched(lines, _AT_ONCE):
                if stop.is_set():
                    raise Cancelled
                _may_send_to(order.account, some)
                _store_some(desk, campaign_id, order, kind, some)
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


def _store_some(desk: Desk, campaign_id: int, order: Order, kind: Kind, some: Sequence[Line]) -> None:
    bulk = kind is Kind.BULK
    size = partial(segments, gsm7=order.account.gsm7)
    same = size(some[0].content) if bulk else None
    with desk.database.write() as conn:
        skips = _skips(conn, order, some)
        planned = [
            Planned(
                mobile,
                None if bulk else content,
                same or size(content),
                line,
                skips.get(mobile),
            )
            for mobile, content, line in some
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
