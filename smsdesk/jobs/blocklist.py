"""The blocklist: numbers that get nothing, who put them there, and the replies that do so by themselves."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from more_itertools import chunked

from smsdesk.domain.campaign import Campaign
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.opt_out import OPTED_OUT, is_opt_out, normal_word
from smsdesk.domain.words import Words, plain
from smsdesk.jobs import campaigns
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.store import blocklist, messages
from smsdesk.store import replies as reply_rows
from smsdesk.store.blocklist import Blocked as Blocked

_AT_ONCE = 5_000
"""Numbers a transaction."""

_REPLIES_AT_ONCE = 500
"""Replies a transaction: whoever sends must not wait for long."""

BY_HAND = Words("手工添加", "added by hand")
NO_REASON = Words("请填写移出黑名单的原因。", "Say why they are taken off the blocklist.")
_FROM_REPLY = Words("根据回复添加", "added for what they replied")
_OF_CAMPAIGN = Words("任务“{name}”的收件人", "people of the campaign “{name}”")


@dataclass(frozen=True, slots=True)
class Added:
    """How many of the numbers were put on the blocklist, and how many were on it already."""

    blocked: int
    already: int


@dataclass(frozen=True, slots=True)
class Adding:
    """Progress: so many numbers are on it."""

    done: int


# -- looking -----------------------------------------------------------------------------------------------


def rows(
    desk: Desk, mobile: str | None = None, *, former: bool = False, before: int | None = None, limit: int = 200
) -> list[Blocked]:
    """A page of those who are on it, the last to come first; `former`: of those who were taken off.

    `mobile` is a number or its beginning, `before` the id that the page before ended with.
    """
    with desk.database.read() as conn:
        return blocklist.rows(conn, mobile, former=former, before=before, limit=limit)


def every(desk: Desk, mobile: str | None = None, *, former: bool = False) -> Iterator[Blocked]:
    """All who are on it, the last to come first; `former`: all who were taken off. `mobile` as for :func:`rows`."""
    before: int | None = None
    while found := rows(desk, mobile, former=former, before=before, limit=_AT_ONCE):
        yield from found
        before = found[-1].id


def count(desk: Desk) -> int:
    """How many numbers are on it."""
    with desk.database.read() as conn:
        return blocklist.count(conn)


def count_among(desk: Desk, mobiles: Iterable[str], stop: Stop) -> int:
    """How many of these numbers are on it. Raises :class:`~smsdesk.domain.errors.Cancelled` when `stop` is set."""
    count = 0
    for some in chunked(mobiles, _AT_ONCE):
        if stop.is_set():
            raise Cancelled
        with desk.database.read() as conn:
            count += len(messages.blocked_among(conn, some))
    return count


# -- putting numbers on it and taking them off -------------------------------------------------------------


def add(
    desk: Desk,
    mobiles: Iterable[str],
    reason: Words = BY_HAND,
    stop: Stop | None = None,
    tell: Tell = lambda _news: None,
) -> Added:
    """Put numbers (as `domain.mobile` gives them), each once, on the blocklist; who is on it keeps the first reason.

    Tells :class:`Adding`.

    Raises:
        Cancelled: `stop` was set; what has been added by then stays.
    """
    who, throttle = _whoever(), Throttle(tell)
    blocked = total = 0
    for some in chunked(mobiles, _AT_ONCE):
        if stop is not None and stop.is_set():
            raise Cancelled
        with desk.database.write() as conn:
            blocked += blocklist.add(conn, some, reason, added_by=who)
        total += len(some)
        throttle(Adding(total))
    throttle.flush()
    return Added(blocked, total - blocked)


def add_senders(desk: Desk, reply_ids: Sequence[int]) -> Added:
    """Put those who wrote these replies on it; the reply is kept as the reason."""
    who, blocked = _whoever(), 0
    with desk.database.write() as conn:
        senders = reply_rows.senders(conn, reply_ids)
        for reply_id, mobile in senders:
            blocked += blocklist.add(conn, [mobile], _FROM_REPLY, added_by=who, reply_id=reply_id)
    return Added(blocked, len({mobile for _, mobile in senders}) - blocked)


def add_campaign(desk: Desk, campaign: Campaign, stop: Stop, tell: Tell) -> Added:
    """Put all people of a campaign on it, whatever became of their messages. Tells and raises as :func:`add`."""
    mobiles = dict.fromkeys(campaigns.mobiles_of(desk, campaign.id))
    return add(desk, mobiles, _OF_CAMPAIGN.fill(name=campaign.name), stop, tell)


def remove(desk: Desk, mobiles: Sequence[str], why: str = "", at: datetime | None = None) -> int:
    """Take numbers off it, and remember who did so, when and why; returns how many were on it.

    `at` is the moment that is remembered, for :func:`put_back`; None: now.
    """
    with desk.database.write() as conn:
        return blocklist.remove(conn, mobiles, removed_by=_whoever(), why=plain(why), at=at)


def put_back(desk: Desk, mobiles: Sequence[str], removed_at: datetime) -> int:
    """As if these had not been taken off at that moment. Returns how many are on it again by this."""
    with desk.database.write() as conn:
        return blocklist.put_back(conn, mobiles, removed_at)


def _whoever() -> str:
    """Who sits at the machine, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine without names
        return ""


# -- the words that mean "no more" -------------------------------------------------------------------------


def words(desk: Desk) -> list[str]:
    """The replies that put their sender on the blocklist, in order."""
    with desk.database.read() as conn:
        return sorted(blocklist.words(conn))


def repliers(desk: Desk, typed: Iterable[str]) -> int:
    """How many people have replied these words, and are not on the blocklist: adding the words puts them there.

    Raises:
        InputProblem: one of them is no word.
    """
    new = frozenset(map(normal_word, typed))
    with desk.database.read() as conn:
        found = {mobile for _, mobile, content in reply_rows.not_opted_out(conn) if is_opt_out(content, new)}
        return len(found - messages.blocked_among(conn, found))


def change_words(desk: Desk, add: Iterable[str], remove: Iterable[str]) -> int:
    """Add and remove words. Who has replied a new one before is put on the blocklist; returns how many.

    Raises:
        InputProblem: one that is added is no word, or there would be none left.
    """
    added, removed = frozenset(map(normal_word, add)), frozenset(map(normal_word, remove))
    with desk.database.write() as conn:
        blocklist.hold_words(conn)
        before = blocklist.words(conn)
        kept = (before | added) - removed
        if not kept:
            raise InputProblem(_NO_WORDS)
        blocklist.set_words(conn, sorted(kept))
    # From here on new replies are judged by the new words; those before are looked through.
    return _opt_out_earlier(desk, kept - before)


def _opt_out_earlier(desk: Desk, new: frozenset[str]) -> int:
    """Replies that were no opt-out until now, and are one by these words."""
    if not new:
        return 0
    with desk.database.read() as conn:
        found = [(id_, mobile) for id_, mobile, content in reply_rows.not_opted_out(conn) if is_opt_out(content, new)]
    added = 0
    for some in chunked(found, _REPLIES_AT_ONCE):
        with desk.database.write() as conn:
            reply_rows.mark_opt_outs(conn, [id_ for id_, _ in some])
            added += sum(blocklist.add(conn, [mobile], OPTED_OUT, reply_id=id_) for id_, mobile in some)
    return added


_NO_WORDS: Final = Words(
    "至少要保留一个退订词，否则回复退订的人还会收到短信。",
    "At least one word must stay: else those who opt out would go on getting messages.",
)
