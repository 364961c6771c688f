"""Who of an order had a message a short time before, is about to get one, or had the very same text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.findings import Finding, Kind, Severity
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.planning import Summary
from smsdesk.jobs.rendering import Line, Lines, Order, same_for_all
from smsdesk.store import campaigns, earlier

RECENT: Final = timedelta(hours=24)
"""To whom a message went out in this time, or is to go out, is asked about."""

SAME_TEXT: Final = timedelta(days=30)
"""How far back it is looked for who had the same text."""


class Repeating:
    """Is shown the messages that would go out, some at a time, and then tells what it found."""

    def __init__(self, desk: Desk, order: Order, kind: CampaignKind, lines: Lines):
        self._desk, self._order, self._kind = desk, order, kind
        moment = now()
        self._day, self._month = moment - RECENT, moment - SAME_TEXT
        with desk.database.read() as conn:
            self._unsent = [] if order.not_until else earlier.unsent(conn, moment + RECENT)
            self._sent = [] if order.not_again else earlier.sent(conn, self._month, same_for_all(kind, lines))
        self._recent = self._waiting = self._same = 0
        self._waits_in = self._went_with = frozenset[int]()

    def look(self, conn: Connection, lines: Sequence[Line]) -> None:
        """At some of the messages."""
        if self._unsent or not self._order.not_since:
            near = earlier.near(conn, (line.mobile for line in lines), self._day, self._unsent)
            self._recent += 0 if self._order.not_since else len(near.recent)
            self._waiting += len(near.waiting)
            self._waits_in |= near.waits_in
        same = earlier.same(conn, ((line.mobile, line.content) for line in lines), self._month, self._sent)
        self._same += len(same.lines)
        self._went_with |= same.went_with

    def found(self) -> list[Finding]:
        """What is worth a person's look."""
        found = []
        if self._same:
            same, mend = (_SAME, _NOT_AGAIN) if self._kind is CampaignKind.BULK else (_SAME_PAIR, _NOT_THESE)
            words = same.fill(n=self._same, campaigns=self._named(self._went_with))
            found.append(Finding(Kind.SAME_TEXT, Severity.WARNING, words, (mend,)))
        if self._recent:
            found.append(Finding(Kind.RECENT, Severity.WARNING, _RECENTLY.fill(n=self._recent), (_LEAVE_OUT,)))
        if self._waiting:
            words = _WAITING.fill(n=self._waiting, campaigns=self._named(self._waits_in))
            found.append(Finding(Kind.WAITING, Severity.WARNING, words, (_LEAVE_OUT,)))
        return found

    def _named(self, ids: Collection[int]) -> Words:
        """The newest of these campaigns, and how many more there are."""
        with self._desk.database.read() as conn:
            newest = campaigns.get(conn, max(ids))
        assert newest is not None  # noqa: S101 - a campaign that has sent, or is to send, is never removed
        words = _ONE if len(ids) == 1 else _SEVERAL
        return words.fill(name=newest.name, at=written(newest.created_at), all=len(ids), more=len(ids) - 1)


def left_out(summary: Summary) -> list[Finding]:
    """What is said of those who are left out."""
    same = _WITHOUT_SAME if summary.kind is CampaignKind.BULK else _WITHOUT_PAIRS
    said = (
        (Kind.SAME_TEXT, summary.same, same),
        (Kind.RECENT, summary.recent, _WITHOUT_RECENT),
        (Kind.WAITING, summary.waiting, _WITHOUT_WAITING),
    )
    return [Finding(kind, Severity.NOTE, words.fill(n=n)) for kind, n, words in said if n]


_ONE: Final = Words("任务“{name}”（{at} 创建）", "the campaign “{name}” (made {at})")
_SEVERAL: Final = Words("任务“{name}”（{at} 创建）等 {all} 个任务", "the campaign “{name}” (made {at}) and {more} more")
_SAME: Final = Words(
    "30 天内已向其中 {n} 人发过同样的内容：{campaigns}。",
    "This very text went to {n} of these people within 30 days: with {campaigns}.",
)
_NOT_AGAIN: Final = Words("剔除已发过的人", "Leave out who got it")
_WITHOUT_SAME: Final = Words(
    "已剔除 {n} 人：已向其发过同样的内容。", "People left out: {n}. They had the same text before."
)
_SAME_PAIR: Final = Words(
    "其中 {n} 条在 30 天内已向同一号码发过同样的内容：{campaigns}。",
    "Of these messages, {n} went to the same number with the same text within 30 days: with {campaigns}.",
)
_NOT_THESE: Final = Words("剔除已发过的短信", "Leave out what went out")
_WITHOUT_PAIRS: Final = Words(
    "已剔除 {n} 条：已向同一号码发过同样的内容。",
    "Messages left out: {n}. They went to the same number with the same text before.",
)
_RECENTLY: Final = Words(
    "过去 24 小时内已向其中 {n} 人发过短信。", "Of these people, {n} had a message within the last 24 hours."
)
_LEAVE_OUT: Final = Words("剔除这些人", "Leave them out")
_WITHOUT_RECENT: Final = Words(
    "已剔除 {n} 人：过去 24 小时内已向其发过短信。",
    "People left out: {n}. They had a message within the last 24 hours.",
)
_WAITING: Final = Words(
    "其中 {n} 人还在另外的{campaigns}中等待发送。",
    "Some of these people ({n}) still wait for a message of another campaign: {campaigns}.",
)
_WITHOUT_WAITING: Final = Words(
    "已剔除 {n} 人：正在另外的任务中等待发送。",
    "People left out: {n}. They are still to get a message of another campaign.",
)
