"""Numbers from abroad, from the list to the report, however the gateway writes them."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from checks import assert_counts_true, ignore, plan_lines
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.recipient import Recipient
from smsdesk.jobs import accounts, blocklist, campaigns, planning, polling, rendering, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.rendering import Line, Order
from smsdesk.jobs.sending import Manner
from smsdesk.simulator.model import Abroad
from smsdesk.simulator.server import Practice
from smsdesk.store import pages
from smsdesk.store.pages import Filter

HOME, HONG_KONG, AMERICA = "13800010000", "+85261230000", "+14155550100"
EVERYBODY = (HOME, HONG_KONG, AMERICA)
BRISK = Manner(Backoff(0.001, 0.01))
spellings = pytest.mark.parametrize("spelling", Abroad)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, abroad=True)


def order(account: Account, mobiles: tuple[str, ...] = EVERYBODY, text: str = "您好") -> Order:
    people = [Recipient(mobile, {}, line) for line, mobile in enumerate(mobiles, 2)]
    return Order(account, "任务", text, "测试", people)


def sent(desk: Desk, campaign_id: int) -> None:
    counts = sending.send(desk, campaign_id, threading.Event(), ignore, BRISK).counts
    assert (counts.accepted, counts.in_doubt, counts.queued) == (counts.total, 0, 0)


def pulled(desk: Desk, account: Account) -> tuple[int, int]:
    came = polling.pull(desk, account, threading.Event(), ignore)
    with desk.database.read() as conn:
        assert_counts_true(conn)
    return came.matched, came.unmatched


@spellings
@pytest.mark.parametrize("kind", Kind)
def test_a_message_abroad_is_accepted_and_its_report_found_however_the_gateway_writes_the_number(
    both_desks: Desk, account: Account, practice: Practice, spelling: Abroad, kind: Kind
) -> None:
    practice.gateway.settings.abroad = spelling
    if kind is Kind.BULK:
        campaign_id = planning.plan(both_desks, order(account), threading.Event(), ignore)
    else:
        campaign_id = plan_lines(both_desks, account, [(mobile, f"【示例】您好{mobile[-4:]}") for mobile in EVERYBODY])
    sent(both_desks, campaign_id)
    assert [one.mobile for one in practice.gateway.ledger.accepted] == [HOME, "0085261230000", "0014155550100"]
    assert pulled(both_desks, account) == (3, 0)
    assert campaigns.get(both_desks, campaign_id).counts.delivered == 3
    with both_desks.database.read() as conn:
        assert {row.mobile for row in pages.report_rows(conn, Filter())} == set(EVERYBODY)


@spellings
def test_who_opts_out_abroad_is_blocked_and_nobody_else(
    both_desks: Desk, account: Account, practice: Practice, spelling: Abroad
) -> None:
    practice.gateway.settings.abroad = spelling
    sent(both_desks, planning.plan(both_desks, order(account), threading.Event(), ignore))
    for mobile in ("0085261230000", "0014155550100"):
        practice.gateway.reply(mobile, "TD")
    pulled(both_desks, account)
    assert {one.mobile for one in blocklist.every(both_desks)} == {HONG_KONG, AMERICA}
    again = planning.plan(both_desks, order(account), threading.Event(), ignore)
    assert campaigns.get(both_desks, again).counts.skipped == 2


@spellings
def test_a_message_abroad_that_is_in_doubt_is_settled_by_its_report(
    both_desks: Desk, account: Account, practice: Practice, spelling: Abroad
) -> None:
    practice.gateway.settings.abroad = spelling
    campaign_id = planning.plan(both_desks, order(account), threading.Event(), ignore)
    practice.faults.add("drop_after", "send", times=1)
    assert sending.send(both_desks, campaign_id, threading.Event(), ignore, BRISK).counts.in_doubt == 3
    assert pulled(both_desks, account) == (3, 0)
    counts = campaigns.get(both_desks, campaign_id).counts
    assert (counts.in_doubt, counts.delivered) == (0, 3)


def test_digits_that_were_sent_to_as_a_mainland_number_stay_one(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.gateway.settings.abroad = Abroad.DIGITS
    mainland = AMERICA.removeprefix("+")
    campaign_id = planning.plan(both_desks, order(account, (mainland, HONG_KONG)), threading.Event(), ignore)
    sent(both_desks, campaign_id)
    practice.gateway.reply(mainland, "TD")
    assert pulled(both_desks, account) == (2, 0)
    assert {one.mobile for one in blocklist.every(both_desks)} == {mainland}


def test_a_plan_with_numbers_that_the_account_may_not_send_to_is_refused_and_leaves_nothing(
    both_desks: Desk, account: Account
) -> None:
    home_only = dataclasses.replace(account, abroad=False)
    accounts.save(both_desks, home_only, None)
    with pytest.raises(InputProblem) as caught:
        planning.plan(both_desks, order(home_only), threading.Event(), ignore)
    assert "Row 3, 4: numbers from abroad" in caught.value.words.en
    assert "可发往境外" in caught.value.words.zh
    with pytest.raises(InputProblem, match="Row 1"):
        plan_lines(both_desks, home_only, [(HONG_KONG, "您好")])
    with pytest.raises(InputProblem, match="Row 3, 4"):
        planning.summarise(both_desks, order(home_only), *rendering.lines_of(order(home_only)))
    assert campaigns.newest(both_desks) == []


def test_a_number_abroad_on_the_blocklist_gets_nothing(both_desks: Desk, account: Account, practice: Practice) -> None:
    blocklist.add(both_desks, [AMERICA])
    campaign_id = planning.plan(both_desks, order(account), threading.Event(), ignore)
    counts = campaigns.get(both_desks, campaign_id).counts
    assert (counts.queued, counts.skipped) == (2, 1)
    sent_lines = [Line(AMERICA.removeprefix("+"), "您好", 1)]
    summary = planning.summarise(both_desks, order(account), Kind.P2P, sent_lines)
    assert summary.blocked == 0
