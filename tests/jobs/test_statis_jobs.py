"""The gateway's own figures of a day beside ours."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from checks import ignore, numbers, plan, plan_lines
from conftest import stored_account
from sqlalchemy import update

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.statis import Agreement, OurFigures
from smsdesk.gateway.errors import NotSent, Refused
from smsdesk.jobs import polling, sending, statis
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.statis import Compared
from smsdesk.simulator.model import Edition
from smsdesk.simulator.server import Practice
from smsdesk.store import statis as rows
from smsdesk.store.schema import batches, messages

SEVERAL = statis.last_days(3)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, batch=5, connections=1)


def send(desk: Desk, campaign_id: int) -> Campaign:
    return sending.send(desk, campaign_id, threading.Event(), ignore)


def later(desk: Desk, account: Account) -> None:
    """More than an hour goes by."""
    with desk.database.write() as conn:
        rows.note(conn, account.id, now() - timedelta(hours=1), None)


def ask(desk: Desk, account: Account) -> Compared:
    return statis.ask(desk, account, *SEVERAL)


def test_what_both_count_alike_agrees(both_desks: Desk, account: Account, practice: Practice) -> None:
    send(both_desks, plan(both_desks, account, 10))
    polling.pull(both_desks, account, threading.Event(), ignore)
    (day,) = ask(both_desks, account).days
    assert day.gateway is not None
    assert (day.day, day.gateway.total, day.gateway.success) == (SEVERAL[1], 10, 10)
    assert day.ours == OurFigures(accepted=10, segments=10, delivered=10)
    assert day.agreement is Agreement.SAME


def test_outcomes_that_were_not_fetched_yet_differ(both_desks: Desk, account: Account) -> None:
    send(both_desks, plan(both_desks, account, 10))
    (day,) = ask(both_desks, account).days
    assert (day.agreement, day.agreement.differs) == (Agreement.OUTCOMES, True)
    assert day.ours.unknown == 10


def test_the_gateway_is_asked_at_most_once_an_hour(both_desks: Desk, account: Account, practice: Practice) -> None:
    send(both_desks, plan(both_desks, account, 5))
    first = ask(both_desks, account)
    send(both_desks, plan(both_desks, account, 5, "第二次"))
    again = ask(both_desks, account)
    assert again.asked_at == first.asked_at
    assert again.next_at == first.asked_at + timedelta(hours=1) if first.asked_at else None
    (day,) = again.days
    assert (day.gateway.total if day.gateway else 0, day.ours.accepted) == (5, 10)
    assert day.agreement is Agreement.NOT_OVER
    later(both_desks, account)
    (day,) = ask(both_desks, account).days
    assert day.gateway is not None
    assert day.gateway.total == 10


def test_a_gateway_of_the_first_edition_has_no_figures(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.gateway.settings.edition = Edition.FIRST
    send(both_desks, plan(both_desks, account, 5))
    found = ask(both_desks, account)
    assert found.problem is not None
    assert [day.agreement for day in found.days] == [Agreement.NOT_TOLD]
    ask(both_desks, account)
    assert practice.gateway.ledger.refused_requests == {1: 1}


def test_a_page_instead_of_figures_means_that_it_has_none(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice)
    practice.faults.add("html", "statis")
    assert ask(desk, account).problem is not None


@pytest.mark.parametrize("status", [3, 21, 30, 31])
def test_a_refusal_for_another_reason_says_nothing_of_the_figures(desk: Desk, practice: Practice, status: int) -> None:
    account = stored_account(desk, practice)
    practice.faults.add("status", "statis", code=status, times=1)
    with pytest.raises(Refused):
        ask(desk, account)
    assert ask(desk, account).problem is None


def test_a_gateway_that_cannot_be_reached_may_be_asked_again(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice)
    practice.faults.add("refuse")
    with pytest.raises(NotSent):
        ask(desk, account)
    practice.faults.clear()
    assert ask(desk, account).asked_at is not None


@pytest.mark.parametrize("count", [0, 32])
def test_one_to_thirty_one_days_may_be_asked_about(desk: Desk, practice: Practice, count: int) -> None:
    account = stored_account(desk, practice)
    with pytest.raises(InputProblem, match="1 to 31 days"):
        statis.ask(desk, account, *statis.last_days(count))
    assert statis.ask(desk, account, *statis.last_days(31)).problem is None


def test_what_another_account_of_the_same_login_sent_counts_as_ours(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    other = stored_account(both_desks, practice, name="同一登录")
    send(both_desks, plan(both_desks, other, 3))
    (day,) = ask(both_desks, account).days
    assert day.ours.accepted == 3


def test_messages_in_doubt_may_explain_what_the_gateway_has_more(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.faults.add("drop_after", "send", after=1, times=1)
    send(both_desks, plan(both_desks, account, 10))
    (day,) = ask(both_desks, account).days
    assert (day.ours.accepted, day.ours.in_doubt) == (5, 5)
    assert day.gateway is not None
    assert day.gateway.total == 10
    assert day.more == 5


def test_a_campaign_over_several_days_is_counted_message_by_message(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    lines = [(mobile, "好" * (71 if n < 2 else 1)) for n, mobile in enumerate(numbers(10))]
    practice.faults.add("result", "p2p", code=12, place=1, times=1)
    done = send(both_desks, plan_lines(both_desks, account, lines))
    assert (done.counts.accepted, done.counts.rejected) == (9, 1)
    with both_desks.database.write() as conn:
        batch = conn.execute(batches.select().order_by(batches.c.id)).first()
        assert batch is not None
        yesterday = batch.claimed_at - timedelta(days=1)
        conn.execute(update(batches).where(batches.c.id == batch.id).values(claimed_at=yesterday))
        conn.execute(update(messages).where(messages.c.batch_id == batch.id).values(submitted_at=yesterday))
    today, before = statis.known(both_desks, account, *SEVERAL).days
    assert (before.ours.accepted, before.ours.segments) == (4, 5)
    assert (today.ours.accepted, today.ours.segments) == (5, 5)
