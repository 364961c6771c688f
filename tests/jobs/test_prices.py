"""The price of a segment where none was entered: learned from what the gateway took off the balance."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import ignore, numbers, people, plan, plan_lines
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, CampaignState
from smsdesk.domain.findings import Kind
from smsdesk.jobs import balances, campaigns, checking, planning, rendering, sending
from smsdesk.jobs.balances import Price
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.planning import Summary
from smsdesk.jobs.rendering import Order
from smsdesk.simulator.model import Account as Customer
from smsdesk.simulator.server import Practice

LEARNED = Price(50, is_estimate=True)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    """One without a price; the gateway takes 50 li a segment."""
    return stored_account(both_desks, practice, price_li=0, batch=5)


@pytest.fixture
def customer(practice: Practice) -> Customer:
    return practice.gateway.accounts[practice.account]


def send(desk: Desk, campaign_id: int, stop: threading.Event | None = None) -> Campaign:
    return sending.send(desk, campaign_id, stop or threading.Event(), ignore)


def sent(desk: Desk, account: Account, count: int = 10, text: str = "您好") -> Campaign:
    return send(desk, plan(desk, account, count, text))


def summary_of(desk: Desk, account: Account, count: int, text: str) -> Summary:
    order = Order(account, "下一次", text, "测试", people(count))
    return planning.summarise(desk, order, *rendering.lines_of(order))


def send_a_part(desk: Desk, practice: Practice, campaign_id: int) -> None:
    """Send the first few of a campaign that makes one request at a time, and pause it."""
    slow, stop = practice.faults.add("slow", "send", seconds=0.05), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(send, desk, campaign_id, stop)
        end = time.monotonic() + 20
        while len(practice.gateway.ledger.accepted) < 2:
            assert time.monotonic() < end
            time.sleep(0.002)
        stop.set()
        assert future.result(20).state is CampaignState.PAUSED
    slow.off()


@pytest.mark.parametrize("text", ["您好", "好" * 71, "{姓名}，" + "好" * 62])
def test_what_the_next_campaign_will_cost_is_what_the_gateway_takes(
    both_desks: Desk, account: Account, customer: Customer, text: str
) -> None:
    before = summary_of(both_desks, account, 7, "第一次")
    assert (before.cost_li, before.is_estimate) == (None, False)
    sent(both_desks, account, 7, text)
    next_one = summary_of(both_desks, account, 11, text)
    balance = customer.balance_li
    sent(both_desks, account, 11, text)
    assert (next_one.cost_li, next_one.is_estimate) == (balance - customer.balance_li, True)


def test_a_price_that_was_entered_is_no_estimate(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, price_li=45)
    sent(both_desks, account)
    assert balances.price(both_desks, account) == Price(45, is_estimate=False)
    assert not summary_of(both_desks, account, 3, "您好").is_estimate


@pytest.mark.parametrize("price_li", [0, 1001])
def test_a_price_that_nobody_asks_is_not_learned(
    both_desks: Desk, account: Account, customer: Customer, price_li: int
) -> None:
    customer.price_li = price_li
    sent(both_desks, account)
    assert balances.price(both_desks, account) is None


def test_nothing_is_learned_from_what_has_not_ended(both_desks: Desk, account: Account) -> None:
    plan(both_desks, account)
    assert balances.price(both_desks, account) is None


def test_who_was_rejected_or_left_out_costs_nothing(both_desks: Desk, account: Account, customer: Customer) -> None:
    customer.balance_li = 7 * 100
    paused = sent(both_desks, account, 12, "好" * 71)
    assert paused.state is CampaignState.PAUSED
    campaigns.cancel(both_desks, paused.id)
    counts = campaigns.get(both_desks, paused.id).counts
    assert (counts.accepted, counts.rejected > 0) == (7, True)
    assert balances.price(both_desks, account) == LEARNED


def test_of_rejected_lines_it_is_not_known_how_long_they_were(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.faults.add("result", "p2p", code=12, place=1, times=1)
    done = send(both_desks, plan_lines(both_desks, account, [(numbers(1)[0], "好" * 71), (numbers(2)[1], "好")]))
    assert (done.counts.accepted, done.counts.rejected) == (1, 1)
    assert balances.price(both_desks, account) is None


def test_a_reading_that_says_the_same_later_changes_nothing(
    both_desks: Desk, account: Account, customer: Customer
) -> None:
    sent(both_desks, account)
    before = balances.history(both_desks, account)
    balances.ask(both_desks, account)
    after = balances.history(both_desks, account)
    assert [one.balance_li for one in after] == [one.balance_li for one in before]
    assert after[0].asked_at >= before[0].asked_at
    customer.balance_li += 1_000_000  # and a top-up after the campaign is no concern of it
    balances.ask(both_desks, account)
    assert balances.price(both_desks, account) == LEARNED


@pytest.mark.parametrize("more_li", [100, 1_000_000])
def test_a_top_up_while_it_was_sent_is_not_taken_for_a_price(
    both_desks: Desk, practice: Practice, customer: Customer, more_li: int
) -> None:
    account = stored_account(both_desks, practice, price_li=0, batch=1, connections=1)
    campaign_id = plan(both_desks, account, 10)
    send_a_part(both_desks, practice, campaign_id)
    customer.balance_li += more_li
    assert send(both_desks, campaign_id).state is CampaignState.DONE
    assert balances.price(both_desks, account) is None


def test_a_lost_answer_tells_no_price(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.faults.add("drop_before", "send", after=1, times=1)
    done = sent(both_desks, account)
    assert (done.counts.accepted, done.counts.in_doubt) == (5, 5)
    assert balances.price(both_desks, account) is None
    campaigns.treat_as_sent(both_desks, done.id)
    assert balances.price(both_desks, account) is None
    sent(both_desks, account)
    assert balances.price(both_desks, account) == LEARNED


@pytest.mark.parametrize("is_same_account", [True, False])
def test_a_campaign_during_which_another_was_sent_tells_no_price(
    both_desks: Desk, practice: Practice, customer: Customer, *, is_same_account: bool
) -> None:
    account = stored_account(both_desks, practice, price_li=0, batch=1, connections=1)
    other = account if is_same_account else stored_account(both_desks, practice, name="同一网关账号", price_li=0)
    first = plan(both_desks, account, 10)
    send_a_part(both_desks, practice, first)
    customer.price_li = 70
    sent(both_desks, other, 10, "另一条")
    assert send(both_desks, first).state is CampaignState.DONE
    assert balances.price(both_desks, other) == Price(70, is_estimate=True)
    if not is_same_account:
        assert balances.price(both_desks, account) is None


def test_a_new_price_counts_after_three_campaigns(both_desks: Desk, account: Account, customer: Customer) -> None:
    for price_li in (50, 50, 50, 50, 60, 60):
        customer.price_li = price_li
        sent(both_desks, account, 2)
    assert balances.price(both_desks, account) == LEARNED
    sent(both_desks, account, 2)
    assert balances.price(both_desks, account) == Price(60, is_estimate=True)


def test_a_balance_that_may_be_too_low_is_told_as_an_estimate(
    both_desks: Desk, account: Account, customer: Customer
) -> None:
    customer.balance_li = 700
    sent(both_desks, account, 10)
    order = Order(account, "下一次", "又一条", "测试", people(5))
    (finding,) = (
        one
        for one in checking.check(both_desks, order, *rendering.lines_of(order)).findings
        if one.kind is Kind.BALANCE
    )
    assert "估算" in finding.words.zh
