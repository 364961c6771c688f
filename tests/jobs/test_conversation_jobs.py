"""Marking the whole inbox as read: how far it is, and what comes in meanwhile."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import numbers
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.errors import Cancelled
from smsdesk.jobs import conversations, inbox, polling
from smsdesk.jobs.conversations import Marking
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.store import conversations as conversation_rows

LATE, *EARLY = numbers(11)


@pytest.fixture(name="account")
def _account(both_desks: Desk, practice: Practice, stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setattr(conversations, "_READ_AT_ONCE", 1)
    made = stored_account(both_desks, practice)
    for mobile in EARLY:
        practice.reply(mobile, "好")
    polling.pull(both_desks, made, stop, lambda _news: None)
    return made


@pytest.mark.usefixtures("account")
def test_a_label_is_removed_and_put_back_only_when_nobody_else_changes_conversations(both_desks: Desk) -> None:
    label = conversations.every_label(both_desks)[0]
    conversations.set_label(both_desks, EARLY[0], label.id)
    with ThreadPoolExecutor(1) as pool:
        for change in (
            lambda: conversations.remove_label(both_desks, label.id),
            lambda: conversations.put_label_back(both_desks, label.name, EARLY[:1]),
        ):
            with both_desks.database.write() as conn:
                conversation_rows.hold(conn)
                changing = pool.submit(change)
                time.sleep(0.3)
                assert not changing.done()
            changing.result(10)
    (found,) = conversations.of(both_desks, EARLY[:1])
    assert found.label == label.name


def test_what_comes_in_while_all_is_marked_as_read_stays_unread(
    both_desks: Desk, account: Account, practice: Practice, stop: threading.Event
) -> None:
    told: list[object] = []

    def tell(news: object) -> None:
        if not told:
            for mobile in (LATE, EARLY[-1]):
                practice.reply(mobile, "刚刚回复")
            polling.pull(both_desks, account, stop, lambda _news: None)
        told.append(news)

    assert inbox.unread(both_desks) == len(EARLY)
    conversations.mark_all_read(both_desks, stop, tell)
    assert told[0] == Marking(10)
    unread = conversations.rows(both_desks, conversations.Only(unread=True))
    assert LATE in {one.mobile for one in unread}
    assert {one.mobile for one in unread} <= {LATE, EARLY[-1]}


@pytest.mark.usefixtures("account")
def test_marking_as_read_can_be_stopped_and_what_was_marked_stays_so(both_desks: Desk, stop: threading.Event) -> None:
    with pytest.raises(Cancelled):
        conversations.mark_all_read(both_desks, stop, lambda _news: stop.set())
    assert inbox.unread(both_desks) == len(EARLY) - 1
