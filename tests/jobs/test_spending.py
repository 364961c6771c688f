"""What is known of money over time: the history of a balance, days, campaigns, how long it lasts, and its limit."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from checks import ignore, people, plan
from conftest import stored_account
from sqlalchemy import Connection, update

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.findings import Kind
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.domain.spending import DaySpent, outlook
from smsdesk.jobs import balances, checking, rendering, sending, spending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Order
from smsdesk.simulator.model import ChargeType as Paying
from smsdesk.simulator.server import Practice
from smsdesk.store import balances as rows
from smsdesk.store.schema import balance_readings, batches

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)
"""Noon in China."""


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, price_li=0, batch=5)


def read_at(conn: Connection, account: Account, when: datetime, li: int, kind: ChargeType | None = None) -> None:
    """A reading as if it had been made at that time."""
    reading = rows.add(conn, account.id, Balance(li, kind))
    its = balance_readings.c
    moved = update(balance_readings).where(its.account_id == account.id, its.since == reading.since)
    conn.execute(moved.values(since=when, asked_at=when))


def fill(desk: Desk, account: Account, *readings: tuple[float, int]) -> None:
    """Readings so many days before NOON."""
    with desk.database.write() as conn:
        for days, li in readings:
            read_at(conn, account, NOON - timedelta(days=days), li, ChargeType.PRECHARGE)


def fell(spent: list[DaySpent]) -> list[int | None]:
    return [one.fell_li for one in spent]


def send_all(desk: Desk, campaign_id: int) -> None:
    done = sending.send(desk, campaign_id, threading.Event(), ignore)
    assert done.state is CampaignState.DONE


def test_a_day_costs_what_the_balance_fell_by_whatever_was_topped_up(both_desks: Desk, account: Account) -> None:
    fill(both_desks, account, (3, 1000), (2.2, 900), (2.1, 5900), (2, 5400), (0.1, 5000))
    spent = spending.days(both_desks, account, 5, NOON)
    assert [one.day for one in spent] == [date(2026, 5, 20) - timedelta(days=n) for n in range(5)]
    assert fell(spent) == [400, 0, 600, 0, None]
    assert [one.rose_li for one in spent] == [0, 0, 5000, 0, 0]


def test_a_reading_at_midnight_in_china_belongs_to_the_new_day(both_desks: Desk, account: Account) -> None:
    midnight = datetime(2026, 5, 19, 16, tzinfo=UTC)
    with both_desks.database.write() as conn:
        read_at(conn, account, midnight - timedelta(days=1), 1000)
        read_at(conn, account, midnight - timedelta(milliseconds=1), 900)
        read_at(conn, account, midnight, 870)
    assert fell(spending.days(both_desks, account, 3, NOON)) == [30, 100, None]


def test_a_reading_that_is_confirmed_days_later_was_spent_when_it_was_first_seen(
    both_desks: Desk, account: Account
) -> None:
    fill(both_desks, account, (3, 1000), (2, 900))
    with both_desks.database.write() as conn:
        rows.add(conn, account.id, Balance(900, None))
    assert fell(spending.days(both_desks, account, 4, NOON)) == [0, 0, 100, 0]


def test_an_answer_that_was_overtaken_is_no_top_up(both_desks: Desk, account: Account) -> None:
    with both_desks.database.write() as conn:
        before = rows.add(conn, account.id, Balance(1000, ChargeType.PRECHARGE))
        began = before.asked_at
        rows.add(conn, account.id, Balance(800, None))
        assert rows.add(conn, account.id, Balance(1000, ChargeType.PRECHARGE), began).balance_li == 800
        assert rows.add(conn, account.id, Balance(1000, None), began + timedelta(hours=1)).change_li == 200


def test_what_was_sent_from_here_stands_beside_what_the_balance_says(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, price_li=60, batch=5)
    send_all(both_desks, plan(both_desks, account, 10, "好" * 71))
    (today,) = spending.days(both_desks, account, 1)
    assert (today.fell_li, today.segments, today.sent_li) == (20 * 50, 20, 20 * 60)


def test_a_campaign_over_two_days_is_shared_out_between_them(both_desks: Desk, account: Account) -> None:
    campaign_id = plan(both_desks, account, 15)
    send_all(both_desks, campaign_id)
    with both_desks.database.write() as conn:
        first = conn.execute(batches.select().order_by(batches.c.id)).first()
        assert first is not None
        conn.execute(
            update(batches).where(batches.c.id == first.id).values(claimed_at=first.claimed_at - timedelta(days=1))
        )
    spent = spending.days(both_desks, account, 3)
    assert [one.segments for one in spent] == [10, 5, 0]


def test_a_campaign_costs_what_was_measured_else_what_its_segments_cost(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, price_li=45, batch=5)
    send_all(both_desks, plan(both_desks, account, 10))
    practice.faults.add("drop_before", "send", after=1, times=1)
    send_all(both_desks, plan(both_desks, account, 10, "第二个"))
    lost, whole = spending.campaigns(both_desks, account)
    assert (whole.cost_li, whole.is_measured, whole.segments) == (10 * 50, True, 10)
    assert (lost.cost_li, lost.is_measured, lost.segments) == (5 * 45, False, 5)
    assert spending.campaigns(both_desks, account, before=lost.id) == [whole]


def test_without_a_price_or_a_measure_no_cost_is_made_up(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.faults.add("drop_before", "send", after=1, times=1)
    send_all(both_desks, plan(both_desks, account, 10))
    (lost,) = spending.campaigns(both_desks, account)
    assert lost.cost_li is None


# -- the history


def test_a_short_history_has_every_change_and_what_was_held_before(both_desks: Desk, account: Account) -> None:
    fill(both_desks, account, (9, 1000), (8, 900), (5, 800), (4, 5000), (1, 4000))
    held = balances.over(both_desks, account, timedelta(days=7), NOON)
    assert [one.balance_li for one in held] == [900, 800, 5000, 4000]
    assert [one.balance_li for one in balances.over(both_desks, account, None, NOON)] == [1000, 900, 800, 5000, 4000]
    assert balances.over(both_desks, account, timedelta(hours=1), NOON)[0].balance_li == 4000


def test_a_long_history_is_thinned_and_keeps_its_top_ups(both_desks: Desk, account: Account) -> None:
    start = NOON - timedelta(days=6)
    values = []
    held = 10_000_000
    for n in range(3_000):
        change = 500_000 if n in (1_501, 2_222) else -1_000
        held += change
        at = start + n * timedelta(minutes=2)
        values.append({"account_id": account.id, "balance_li": held, "asked_at": at, "since": at, "change_li": change})
    with both_desks.database.write() as conn:
        conn.execute(balance_readings.insert(), values)
    shown = balances.over(both_desks, account, timedelta(days=7), NOON)
    assert len(shown) < 410
    assert shown == sorted(shown, key=lambda one: one.since)
    assert [one.change_li for one in shown if one.change_li > 0] == [500_000, 500_000]
    assert shown[-1].balance_li == held


def test_there_is_no_history_before_the_first_reading(both_desks: Desk, account: Account) -> None:
    assert balances.over(both_desks, account, None) == []
    assert balances.over(both_desks, account, timedelta(days=1)) == []
    assert fell(spending.days(both_desks, account, 2)) == [None, None]


# -- how long it lasts


def spent_of(*falls: int | None) -> list[DaySpent]:
    return [DaySpent(date(2026, 5, 20) - timedelta(days=n), li, 0, 0, None) for n, li in enumerate(falls)]


def test_how_long_it_lasts_is_told_by_the_last_whole_days() -> None:
    found = outlook(10_000, spent_of(100, 0, 200, 100, 100, 100, 100, 999_999), 0)
    assert found is not None
    assert (found.days, found.a_day_li, found.over) == (100, 100, 7)


@pytest.mark.parametrize("falls", [(), (100, 100), (100, 100, None, None)])
def test_too_few_days_tell_nothing(falls: tuple[int | None, ...]) -> None:
    assert outlook(10_000, spent_of(*falls), 0) is None


def test_where_nothing_is_spent_it_has_no_end() -> None:
    found = outlook(10_000, spent_of(0, 0, 0), 0)
    assert found is not None
    assert found.days is None


@pytest.mark.parametrize(
    ("kind", "limit_li", "balance_li", "days"),
    [
        (ChargeType.PRECHARGE, None, 1_000, 10),
        (ChargeType.PRECHARGE, 500, 1_000, 5),
        (ChargeType.PRECHARGE, 500, 400, 4),  # below the limit: until nothing is left
        (ChargeType.POSTCHARGE, None, -1_000, None),
        (ChargeType.POSTCHARGE, -2_000, -1_000, 10),
    ],
)
def test_it_ends_at_the_limit_and_a_postpaid_account_without_one_has_no_end(
    account: Account, kind: ChargeType, limit_li: int | None, balance_li: int, days: int | None
) -> None:
    limited = dataclasses.replace(account, warn_below_li=limit_li)
    reading = rows.Reading(balance_li, kind, NOON, NOON, 0)
    found = spending.lasts(limited, reading, spent_of(7, 100, 100, 100))
    assert (found.days if found else None) == days


# -- the limit


def test_a_balance_below_the_limit_is_told_with_what_to_do(both_desks: Desk, account: Account) -> None:
    fill(both_desks, account, (1, 900))
    assert balances.low(both_desks) == []
    balances.set_limit(both_desks, account, 900, pause_below=False)
    assert balances.low(both_desks) == []
    balances.set_limit(both_desks, account, 901, pause_below=True)
    (low,) = balances.low(both_desks)
    assert low.words.en == (
        "Account “练习”: Balance ¥0.90; the balance is below your limit of ¥0.901, and campaigns pause. "
        "Have it topped up."
    )
    balances.set_limit(both_desks, account, None, pause_below=False)
    assert balances.low(both_desks) == []


def test_what_a_postpaid_account_owes_is_told_in_words(both_desks: Desk, account: Account, practice: Practice) -> None:
    customer = practice.gateway.accounts[practice.account]
    customer.charge_type, customer.balance_li = Paying.POSTCHARGE, -600_000
    balances.ask(both_desks, account)
    balances.set_limit(both_desks, account, -500_000, pause_below=False)
    (low,) = balances.low(both_desks)
    assert low.words.zh == "账号“练习”：欠费（已用额度） ¥600.00，欠费超过您设的 ¥500.00。请及时充值。"


def test_pausing_needs_a_limit(both_desks: Desk, account: Account) -> None:
    with pytest.raises(InputProblem, match="set the limit first"):
        balances.set_limit(both_desks, account, None, pause_below=True)
    with pytest.raises(InputProblem, match="Balance limit"):
        balances.set_limit(both_desks, account, 10**12 + 1, pause_below=True)


@pytest.mark.parametrize(
    ("limit_li", "pause", "says"),
    [
        (None, False, ""),
        (400, True, ""),
        (500, True, "By the end of this campaign the balance is below your limit of ¥0.50, and it will pause there."),
        (500, False, "By the end of this campaign the balance is below your limit of ¥0.50."),
        (901, True, "Now the balance is below your limit of ¥0.901, and it will pause there."),
    ],
)
def test_the_look_before_sending_holds_the_cost_against_the_limit(
    both_desks: Desk, practice: Practice, limit_li: int | None, pause: bool, says: str
) -> None:
    account = stored_account(both_desks, practice, warn_below_li=limit_li, pause_below=pause)
    fill(both_desks, account, (0, 900))
    order = Order(account, "任务", "您好", "测试", people(9))
    found = checking.check(both_desks, order, *rendering.lines_of(order)).findings
    said = [one.words.en for one in found if one.kind is Kind.LIMIT]
    assert [says in one for one in said] == ([True] if says else [])
