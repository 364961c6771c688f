"""Which messages a list has, and in what order: the same on both databases, and by a plain look at all of them."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pytest
from checks import any_account, new_campaign, numbers
from sqlalchemy import Connection

from smsdesk.domain.message import Delivery, State, Status
from smsdesk.store import accounts, listing, pages, statements
from smsdesk.store.database import Database
from smsdesk.store.listing import By, Order, Wanted
from smsdesk.store.pages import Filter, MessageRow
from smsdesk.store.schema import campaigns, messages

T = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def conn(store: Database) -> Any:
    """Two bulk campaigns and one with texts of its own, with messages in every state."""
    rng = random.Random(6)
    with store.write() as conn:
        account_id = accounts.add(conn, any_account()).id
        for size in (150, 90):
            new_campaign(conn, numbers(size), account_id)
        own = new_campaign(conn, numbers(60), account_id, [f"100%好_{n}" for n in range(60)])
        conn.execute(campaigns.update().where(campaigns.c.id == own).values(name="另一个任务"))
        for row in pages.message_rows(conn, Filter(), limit=1000):
            state = rng.choice(list(State))
            delivery = rng.choice(list(Delivery)) if state is State.ACCEPTED else Delivery.NONE
            at = T + timedelta(minutes=rng.randrange(500))
            stats = {Delivery.NONE: None, Delivery.DELIVERED: "DELIVRD", Delivery.UNDERWAY: "ACCEPTD"}
            conn.execute(
                messages.update()
                .where(messages.c.id == row.id)
                .values(
                    state=state,
                    delivery=delivery,
                    stat=stats.get(delivery, rng.choice(["MA:0001", "MA:0022", "UNDELIV"])),
                    submitted_at=None if state in (State.QUEUED, State.SKIPPED) else at,
                    reported_at=None if delivery is Delivery.NONE else at + timedelta(seconds=rng.randrange(90)),
                )
            )
        recount(conn)
    with store.read() as conn:
        yield conn


def recount(conn: Connection) -> None:
    """Make the campaigns' counts say what their messages do."""
    rows = pages.message_rows(conn, Filter(), limit=1000)
    for campaign_id in {row.campaign_id for row in rows}:
        own = [row for row in rows if row.campaign_id == campaign_id]
        counts = {state.name.lower(): sum(row.state is state for row in own) for state in State}
        for delivery in (Delivery.DELIVERED, Delivery.FAILED):
            counts[delivery.name.lower()] = sum(row.delivery is delivery for row in own)
        conn.execute(campaigns.update().where(campaigns.c.id == campaign_id).values(**counts))


def found(conn: Connection, wanted: Wanted, order: Order = Order()) -> list[MessageRow | None]:  # noqa: B008
    ids = [one for some in listing.ids(conn, wanted, order, threading.Event()) for one in some.ids]
    return listing.rows(conn, ids)


def every(conn: Connection) -> list[MessageRow]:
    return pages.message_rows(conn, Filter(), limit=1000)


def is_in(status: Status) -> Callable[[MessageRow], bool]:
    return lambda row: Status.of(row.state, row.delivery) is status


ASKED: dict[str, tuple[Wanted, Callable[[MessageRow], bool]]] = {
    "everything": (Wanted(), lambda _r: True),
    "one campaign": (Wanted(campaign_id=2), lambda r: r.campaign_id == 2),
    "a number": (Wanted(mobile="13800110000"), lambda r: r.mobile == "13800110000"),
    "a number's beginning": (Wanted(mobile="138001"), lambda r: r.mobile.startswith("138001")),
    "a code": (Wanted(stat="ma:"), lambda r: (r.stat or "").startswith("MA:")),
    "the text of a bulk campaign": (Wanted(text="全"), lambda r: "全" in r.content),
    "a text of its own": (Wanted(text="好_7"), lambda r: r.content == "100%好_7"),
    "a sign that SQL knows": (Wanted(text="%好_"), lambda r: "%好_" in r.content),
    "a time": (
        Wanted(since=T + timedelta(hours=1), until=T + timedelta(hours=2)),
        lambda r: r.submitted_at is not None and T + timedelta(hours=1) <= r.submitted_at < T + timedelta(hours=2),
    ),
    "several limits": (
        Wanted(campaign_id=1, status=Status.FAILED, stat="MA:0001"),
        lambda r: r.campaign_id == 1 and r.delivery is Delivery.FAILED and r.stat == "MA:0001",
    ),
    **{f"status {status}": (Wanted(status=status), is_in(status)) for status in Status},
}


def test_a_list_has_all_that_its_limits_ask_for_and_nothing_else(conn: Connection) -> None:
    for asked, (wanted, is_meant) in ASKED.items():
        expected = [row for row in reversed(every(conn)) if is_meant(row)]
        assert expected, asked
        assert found(conn, wanted) == expected, asked


KEYS: dict[By, Callable[[MessageRow], Any]] = {
    By.PLANNED: attrgetter("id"),
    By.MOBILE: attrgetter("mobile"),
    By.STATUS: attrgetter("state", "delivery"),
    By.STAT: attrgetter("stat"),
    By.CAMPAIGN: attrgetter("campaign", "campaign_id"),
    By.SEGMENTS: attrgetter("segments"),
    By.TEXT: attrgetter("content"),
    By.SUBMITTED: attrgetter("submitted_at"),
    By.REPORTED: attrgetter("reported_at"),
}


def test_a_list_is_in_the_order_asked_for_and_what_has_no_value_stands_last(conn: Connection) -> None:
    for by in By:
        for descending in (False, True):
            assert_in_order(conn, by, descending=descending)


def assert_in_order(conn: Connection, by: By, *, descending: bool) -> None:
    rows = found(conn, Wanted(), Order(by, descending=descending))
    assert {row.id for row in rows if row} == {row.id for row in every(conn)}
    keys = [KEYS[by](row) for row in rows if row]
    told = [key for key in keys if key is not None]
    assert keys[: len(told)] == told
    if by not in (By.CAMPAIGN, By.TEXT):  # the databases sort Chinese differently
        assert told == sorted(told, reverse=descending)
    assert sum(one != other for one, other in pairwise(told)) + 1 == len(set(told))  # equal ones stand together


def test_a_list_ends_when_it_is_told_to_stop(conn: Connection) -> None:
    stop = threading.Event()
    several = listing.ids(conn, Wanted(), Order(), stop)
    assert len(next(several).ids) == listing.FIRST
    stop.set()
    assert list(several) == []


def test_a_list_that_is_stopped_while_its_rows_are_read_ends_without_an_error(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "_STEPS", 200)
    stop = threading.Event()
    stop.set()
    assert len(list(listing.ids(conn, Wanted(), Order(), stop))) <= 1


def test_a_message_that_is_gone_leaves_its_place_empty(conn: Connection) -> None:
    first, last = every(conn)[0], every(conn)[-1]
    assert listing.rows(conn, [last.id, 10**9, first.id]) == [last, None, first]


def test_a_search_tells_how_far_it_is_though_it_finds_nothing(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_AT_ONCE", 20)
    for wanted in (Wanted(text="nobody wrote this"), Wanted(campaign_id=2, text="nobody wrote this")):
        some = list(listing.ids(conn, wanted, Order(), threading.Event()))
        shares = [one.share for one in some if one.share is not None]
        assert not any(one.ids for one in some)
        assert len(set(shares)) > 3
        assert shares == sorted(shares)
        assert shares[-1] == 1


def test_a_list_whose_length_is_known_tells_how_far_it_is_in_any_order(conn: Connection) -> None:
    for wanted in (Wanted(), Wanted(campaign_id=2), Wanted(status=Status.DELIVERED)):
        for by in (By.PLANNED, By.REPORTED):
            *_before, last = [one for one in listing.ids(conn, wanted, Order(by), threading.Event()) if one.ids]
            assert last.share == 1
