"""All that is known of one number: what was sent to it, what came back, and when it was on the blocklist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from smsdesk.domain.words import Words
from smsdesk.jobs import explaining
from smsdesk.jobs.desk import Desk
from smsdesk.store import blocklist, events, people
from smsdesk.store.blocklist import Blocked
from smsdesk.store.events import Kind, Place
from smsdesk.store.pages import MessageRow, ReplyRow, ReportRow
from smsdesk.store.people import Person

AT_ONCE: Final = 500
"""Events that are read at once."""


class What(StrEnum):
    """What happened; the value is the word of `smsdeskctl`."""

    MESSAGE = "message"
    REPORT = "report"
    REPLY = "reply"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"

    @property
    def words(self) -> Words:
        """What people call it."""
        return _WHAT[self]


_WHAT: Final = {
    What.MESSAGE: Words("下发短信", "message"),
    What.REPORT: Words("状态报告", "status report"),
    What.REPLY: Words("上行回复", "reply"),
    What.BLOCKED: Words("黑名单", "blocklist"),
    What.UNBLOCKED: Words("移出黑名单", "taken off"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and when (UTC); None for a message that is not sent (yet)."""

    place: Place
    at: datetime | None
    what: What
    text: str
    """The text that was sent or came, or a status report's code."""
    words: Words
    """What became of it, or what it means."""
    campaign: str = ""
    opt_out: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the last first, and whether there are earlier ones."""

    events: tuple[Event, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class History:
    """A number, who it is where the address book knows, whether it is blocked, and its last events."""

    mobile: str
    person: Person | None
    groups: tuple[str, ...]
    is_blocked: bool
    last: Page


def of(desk: Desk, mobile: str, most: int = AT_ONCE) -> History:
    """The history of a number as `domain.mobile` writes it, with its last `most` events."""
    with desk.database.read() as conn:
        person = people.known(conn, [mobile]).get(mobile)
        groups = people.groups_of(conn, person.id) if person else []
        entries = blocklist.history(conn, mobile)
        last = _page(conn, mobile, entries, None, most)
    return History(mobile, person, tuple(groups), any(entry.removed_at is None for entry in entries), last)


def earlier(desk: Desk, mobile: str, before: Event) -> Page:
    """What happened with a number before an event of it."""
    with desk.database.read() as conn:
        return _page(conn, mobile, blocklist.history(conn, mobile), before.place, AT_ONCE)


def every(desk: Desk, mobile: str) -> Iterator[Event]:
    """All that happened with a number, the last first."""
    page = of(desk, mobile, AT_ONCE).last
    yield from page.events
    while page.has_more:
        page = earlier(desk, mobile, page.events[-1])
        yield from page.events


def _page(conn: Connection, mobile: str, entries: Sequence[Blocked], before: Place | None, most: int) -> Page:
    """As many of each kind as might be needed, since nobody knows of which the next ones are."""
    wanted = mobile, before, most + 1
    found = [_of_message(row) for row in events.sent(conn, *wanted)]
    found += [_of_own_report(row) for row in events.reported(conn, *wanted)]
    found += [_of_report(row) for row in events.foreign(conn, *wanted)]
    found += [_of_reply(row) for row in events.came(conn, *wanted)]
    decided = (event for entry in entries for event in _of_entry(entry))
    found += [event for event in decided if before is None or event.place < before]
    found.sort(key=lambda event: event.place, reverse=True)
    return Page(tuple(found[:most]), len(found) > most)


def _of_message(row: MessageRow) -> Event:
    place = Place.of(row.submitted_at, Kind.MESSAGE, row.id)
    return Event(place, row.submitted_at, What.MESSAGE, row.content, explaining.of_message(row), row.campaign)


def _of_own_report(row: MessageRow) -> Event:
    place, stat = Place.of(row.reported_at, Kind.REPORT, row.id), row.stat or ""
    return Event(place, row.reported_at, What.REPORT, stat, explaining.of_stat(stat), row.campaign)


def _of_report(row: ReportRow) -> Event:
    place = Place.of(row.reported_at, Kind.FOREIGN, row.id)
    return Event(place, row.reported_at, What.REPORT, row.stat, explaining.of_stat(row.stat))


def _of_reply(row: ReplyRow) -> Event:
    place, words = Place.of(row.received_at, Kind.REPLY, row.id), _OPTED_OUT if row.opt_out else Words("", "")
    return Event(place, row.received_at, What.REPLY, row.content, words, row.campaign or "", row.opt_out)


_OPTED_OUT: Final = Words("退订", "an opt-out")


def _of_entry(entry: Blocked) -> list[Event]:
    place = Place.of(entry.added_at, Kind.BLOCKED, entry.id)
    found = [Event(place, entry.added_at, What.BLOCKED, "", _by(entry.reason, entry.added_by))]
    if entry.removed_at:
        why = Words(entry.removed_why, entry.removed_why)
        place = Place.of(entry.removed_at, Kind.UNBLOCKED, entry.id)
        found.append(Event(place, entry.removed_at, What.UNBLOCKED, "", _by(why, entry.removed_by)))
    return found


def _by(why: Words, whoever: str) -> Words:
    return _BY.fill(why=why, whoever=whoever) if whoever else why


_BY: Final = Words("{why}（操作人：{whoever}）", "{why} (by {whoever})")
