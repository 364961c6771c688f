"""All that is known of one number: what was sent to it, what came back, and when it was on the blocklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from smsdesk.domain.words import Words
from smsdesk.jobs import explaining
from smsdesk.jobs.desk import Desk
from smsdesk.store import blocklist, pages, people
from smsdesk.store.blocklist import Blocked
from smsdesk.store.pages import MessageRow, ReplyRow, ReportRow
from smsdesk.store.people import Person

_MOST: Final = 500
"""Of each kind, the last ones."""


class What(StrEnum):
    """What happened, in the order in which it goes; the value is the word of `smsdeskctl`."""

    MESSAGE = "message"
    REPORT = "report"
    REPLY = "reply"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and when (UTC); None for a message that is not sent (yet)."""

    at: datetime | None
    what: What
    text: str
    """The text that was sent or came, or a status report's code."""
    words: Words
    """What became of it, or what it means."""
    campaign: str = ""
    opt_out: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """A number, who it is where the address book knows, whether it is blocked, and its events, the last first."""

    mobile: str
    person: Person | None
    groups: tuple[str, ...]
    is_blocked: bool
    events: tuple[Event, ...]


def of(desk: Desk, mobile: str) -> History:
    """The history of a number as `domain.mobile` writes it."""
    with desk.database.read() as conn:
        person = people.known(conn, [mobile]).get(mobile)
        groups = people.groups_of(conn, person.id) if person else []
        entries = blocklist.history(conn, mobile)
        messages = pages.messages_to(conn, mobile, _MOST)
        reports = pages.foreign_reports(conn, mobile, _MOST)
        replies = pages.reply_rows(conn, pages.Filter(mobile=mobile), limit=_MOST)
    events = [event for row in messages for event in _of_message(row)]
    events += map(_of_report, reports)
    events += (_of_reply(row) for row in replies if row.mobile == mobile)
    events += (event for entry in entries for event in _of_entry(entry))
    events.sort(key=_order, reverse=True)
    is_blocked = any(entry.removed_at is None for entry in entries)
    return History(mobile, person, tuple(groups), is_blocked, tuple(events))


def _order(event: Event) -> tuple[bool, int, int]:
    """What has no time yet is the last to come. The gateway's times are of a second: within it, as things go."""
    return event.at is None, int(event.at.timestamp()) if event.at else 0, _GOES.index(event.what)


_GOES: Final = tuple(What)


def _of_message(row: MessageRow) -> list[Event]:
    sent = Event(row.submitted_at, What.MESSAGE, row.content, explaining.of_message(row), row.campaign)
    if row.stat is None:
        return [sent]
    return [sent, Event(row.reported_at, What.REPORT, row.stat, explaining.of_stat(row.stat), row.campaign)]


def _of_report(row: ReportRow) -> Event:
    return Event(row.reported_at, What.REPORT, row.stat, explaining.of_stat(row.stat))


def _of_reply(row: ReplyRow) -> Event:
    words = _OPTED_OUT if row.opt_out else Words("", "")
    return Event(row.received_at, What.REPLY, row.content, words, row.campaign or "", row.opt_out)


_OPTED_OUT: Final = Words("退订", "an opt-out")


def _of_entry(entry: Blocked) -> list[Event]:
    events = [Event(entry.added_at, What.BLOCKED, "", _by(entry.reason, entry.added_by))]
    if entry.removed_at:
        why = Words(entry.removed_why, entry.removed_why)
        events.append(Event(entry.removed_at, What.UNBLOCKED, "", _by(why, entry.removed_by)))
    return events


def _by(why: Words, whoever: str) -> Words:
    return _BY.fill(why=why, whoever=whoever) if whoever else why


_BY: Final = Words("{why}（操作人：{whoever}）", "{why} (by {whoever})")
