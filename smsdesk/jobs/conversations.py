"""The inbox: conversations by number, what was said in one, labels, and the search through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import names
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.store import conversations, labels, pages, people
from smsdesk.store import replies as reply_rows
from smsdesk.store.conversations import Conversation as Conversation
from smsdesk.store.conversations import Only as Only
from smsdesk.store.labels import Label as Label
from smsdesk.store.pages import Filter, ReplyRow
from smsdesk.store.pages import MessageRow as MessageRow

MOST_FOUND: Final = 200
"""Conversations that a search shows; who finds more types more."""

_LOOKED_AT_ONCE: Final = 20_000
"""Replies in one statement of a search, after which it can be stopped."""

_READ_AT_ONCE: Final = 500
"""Conversations a transaction: whoever sends must not wait for long."""

Entry = MessageRow | ReplyRow
"""What we sent, or they wrote."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said with a number, the first first; `has_earlier` where there is more before it."""

    conversation: Conversation
    entries: tuple[Entry, ...]
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found so far, having looked through `percent` of the replies."""

    rows: tuple[Conversation, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """Replies that came after one that is known: how many, how many of them opt out, and the last one's words."""

    last_id: int
    replies: int
    opted_out: int
    last: ReplyRow | None


# -- looking -----------------------------------------------------------------------------------------------


def rows(desk: Desk, only: Only, before: tuple[datetime, int] | None = None, limit: int = 100) -> list[Conversation]:
    """A page of conversations, the last to write first; `before` is (last_at, last_id) of the end of the one before."""
    with desk.database.read() as conn:
        return conversations.rows(conn, only, before, limit)


def of(desk: Desk, mobiles: list[str]) -> list[Conversation]:
    """The conversations of these numbers, as they are now."""
    with desk.database.read() as conn:
        return conversations.of(conn, mobiles)


def thread(desk: Desk, mobile: str, limit: int) -> Thread | None:
    """The last `limit` things that were said with a number; None where it has no replies (any more)."""
    with desk.database.read() as conn:
        found = conversations.of(conn, [mobile])
        sent = pages.messages_to(conn, mobile, limit + 1)
        came = pages.reply_rows(conn, Filter(mobile=mobile), limit=limit + 1)
    if not found:
        return None
    entries: list[Entry] = [*sent, *(row for row in came if row.mobile == mobile)]
    entries.sort(key=_order)
    return Thread(found[0], tuple(entries[-limit:]), len(entries) > limit)


def _order(entry: Entry) -> tuple[bool, datetime, bool, int]:
    """What is not sent yet comes last; the gateway's times are of a second, and a reply follows what it answers."""
    at = entry.received_at if isinstance(entry, ReplyRow) else entry.submitted_at
    moment = at or now()
    return at is None, moment.replace(microsecond=0), isinstance(entry, ReplyRow), entry.id


def search(desk: Desk, text: str, only: Only, stop: Stop, tell: Tell) -> Found:
    """Conversations by the beginning of the number, the name, and then the texts, the newest replies first.

    Tells :class:`Found` as it goes; at most :data:`MOST_FOUND`.

    Raises:
        Cancelled: `stop` was set.
    """
    found: dict[str, Conversation] = {}
    throttle = Throttle(tell)
    with desk.database.read() as conn:
        if text.removeprefix("+").isdigit():
            found = {one.mobile: one for one in conversations.beginning(conn, text, only, MOST_FOUND)}
            tell(Found(tuple(found.values()), 0))
        named = conversations.named(conn, text, MOST_FOUND)
        found |= {one.mobile: one for one in conversations.of(conn, named, only)}
        last = conversations.last_reply(conn)
    for until in range(last, 0, -_LOOKED_AT_ONCE):
        if stop.is_set():
            raise Cancelled
        if len(found) >= MOST_FOUND:
            break
        with desk.database.read() as conn:
            holding = conversations.holding(conn, text, until - _LOOKED_AT_ONCE, until)
            new = [mobile for mobile in holding if mobile not in found]
            found |= {one.mobile: one for one in conversations.of(conn, new, only)} if new else {}
        throttle(Found(tuple(found.values())[:MOST_FOUND], 100 * (last - until) // last))
    return Found(tuple(found.values())[:MOST_FOUND], 100)


def arrived(desk: Desk, after: int | None) -> Arrived:
    """What came after the reply with this id; None: only which one is the last."""
    with desk.database.read() as conn:
        last = conversations.last_reply(conn)
        if after is None or last <= after:
            return Arrived(last, 0, 0, None)
        count, opted_out = reply_rows.count_after(conn, after)
        return Arrived(last, count, opted_out, next(iter(pages.reply_rows(conn, Filter(), limit=1)), None))


# -- what a person does ------------------------------------------------------------------------------------


def mark_read(desk: Desk, mobile: str) -> None:
    """All that a number wrote has been seen."""
    with desk.database.write() as conn:
        conversations.mark_read(conn, [mobile])


def mark_unread(desk: Desk, mobile: str) -> None:
    """The last reply of a number is to be looked at again."""
    with desk.database.write() as conn:
        conversations.mark_unread(conn, mobile)


@dataclass(frozen=True, slots=True)
class Marking:
    """News: so much is marked as read."""

    percent: int


def mark_all_read(desk: Desk, stop: Stop, tell: Tell) -> int:
    """Every reply has been seen; returns how many conversations had unread ones. Tells :class:`Marking` as it goes.

    A number that writes meanwhile stays unread: what came after the click nobody has seen.

    Raises:
        Cancelled: `stop` was set; what was marked by then stays so.
    """
    throttle, count = Throttle(tell), 0
    with desk.database.read() as conn:
        last = conversations.last_reply(conn)
        total = conversations.count_unread(conn, last)
    while True:
        if stop.is_set():
            raise Cancelled
        with desk.database.write() as conn:
            some = conversations.unread_mobiles(conn, last, _READ_AT_ONCE)
            if not some:
                return count
            conversations.mark_read(conn, some)
        count += len(some)
        throttle(Marking(100 * count // max(total, count)))


def every_label(desk: Desk) -> list[Label]:
    """All labels."""
    with desk.database.read() as conn:
        return labels.every(conn)


def set_label(desk: Desk, mobile: str, label_id: int | None) -> None:
    """Give a conversation a label, or none."""
    with desk.database.write() as conn:
        conversations.set_label(conn, [mobile], label_id)


def make_label(desk: Desk, typed: str) -> int:
    """The id of the label with this name, which is made where there is none. Raises InputProblem: it is empty."""
    name = names.of_label(typed)
    with desk.database.write() as conn:
        return _label_named(labels.every(conn), name) or labels.add(conn, Words(name, name))


def rename_label(desk: Desk, label_id: int, typed: str) -> None:
    """Give a label another name. Raises InputProblem: it is empty, or another label has it."""
    name = names.of_label(typed)
    with desk.database.write() as conn:
        if _label_named(labels.every(conn), name) not in (None, label_id):
            raise InputProblem(_TAKEN.fill(name=name))
        labels.rename(conn, label_id, Words(name, name))


def remove_label(desk: Desk, label_id: int) -> list[str]:
    """Let go of a label; the conversations that had it stay. Returns their numbers, for :func:`put_label_back`."""
    with desk.database.write() as conn:
        conversations.hold(conn)
        return labels.remove(conn, label_id)


def put_label_back(desk: Desk, name: Words, mobiles: Sequence[str]) -> None:
    """Let there be a label again, on these conversations as far as they have got no other one meanwhile."""
    with desk.database.write() as conn:
        conversations.hold(conn)
        label_id = _label_named(labels.every(conn), name.zh) or labels.add(conn, name)
        labels.give_back(conn, label_id, mobiles)


def label_named(desk: Desk, typed: str) -> Label:
    """The label with this name, in either language. Raises InputProblem: there is none."""
    every = every_label(desk)
    for label in every:
        if names.one_line(typed) in (label.name.zh, label.name.en):
            return label
    known = Words("、".join(one.name.zh for one in every) or "-", ", ".join(one.name.en for one in every) or "-")
    raise InputProblem(_NO_LABEL.fill(name=typed, names=known))


def _label_named(every: list[Label], name: str) -> int | None:
    return next((one.id for one in every if name in (one.name.zh, one.name.en)), None)


_TAKEN: Final = Words("已有名为“{name}”的标签。", "There is a label “{name}” already.")
_NO_LABEL: Final = Words("没有名为“{name}”的标签。现有：{names}。", "There is no label “{name}”. There are: {names}.")


def join_group(desk: Desk, mobile: str, group: str) -> None:
    """Put a number into the address book, and into a group, which is made where there is none.

    Raises:
        InputProblem: the group has no name.
    """
    name = names.of_group(group)
    with desk.database.write() as conn:
        people.add(conn, [people.Person(0, mobile)])
        people.join_group(conn, people.group_for(conn, name), people.ids(conn, [mobile]))
