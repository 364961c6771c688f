"""Sending against everything that can go wrong at the gateway; after each, its ledger is compared number by number."""

from __future__ import annotations

import dataclasses
import queue
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from checks import assert_counts_true, assert_ledger_agrees, ignore, numbers, plan, plan_lines
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, CampaignState, Counts, PauseCode
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import InputProblem, StoreBusy, StoreProblem
from smsdesk.domain.inbox import Submitted
from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.gateway import wire
from smsdesk.gateway.client import GatewayClient
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import answering, balances, campaigns, planning, recovery, scheduling, sending
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.recovery import Recovered
from smsdesk.jobs.sending import Manner, Sending
from smsdesk.jobs.turns import Waits
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.model import ChargeType, Edition
from smsdesk.simulator.server import Practice
from smsdesk.store import blocklist, messages
from smsdesk.store import campaigns as campaign_rows

BRISK = Manner(Backoff(0.001, 0.01), unreachable_s=30.0, tries=3, turn_s=0.0)
SHORT = Patience(connect=2.0, silence=0.3, whole=1.0)


def send(desk: Desk, campaign_id: int, manner: Manner = BRISK) -> Campaign:
    return sending.send(desk, campaign_id, threading.Event(), ignore, manner)


def resume_to_the_end(desk: Desk, practice: Practice, campaign_id: int) -> Campaign:
    practice.faults.clear()
    done = send(desk, campaign_id)
    assert done.state is CampaignState.DONE
    assert_ledger_agrees(desk, practice)
    return done


@contextmanager
def beside(work: Callable[[], Campaign]) -> Iterator[Future[Campaign]]:
    """Something else happens while `work` is done by another thread; its result is waited for."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        yield future
        future.result(30)


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.002)


def accepted(practice: Practice) -> int:
    return len(practice.gateway.ledger.accepted)


class InPairs(queue.SimpleQueue):  # type: ignore[type-arg]
    """Gives the first answer out when there are two."""

    is_first = True

    def get(self, *_: object, **__: object) -> object:
        wait_until(lambda: self.qsize() > self.is_first)
        self.is_first = False
        return super().get()


# -- all is well


@pytest.mark.parametrize("edition", Edition)
def test_everybody_gets_the_message_once(both_desks: Desk, practice: Practice, edition: Edition) -> None:
    practice.gateway.settings.edition = edition
    account = stored_account(both_desks, practice, batch=7, connections=3)
    done = send(both_desks, plan(both_desks, account, 50))
    assert done.state is CampaignState.DONE
    assert done.counts == Counts(accepted=50, segments=50)
    assert done.finished_at is not None
    assert {one.content for one in practice.gateway.ledger.accepted} == {"【示例商城】您好"}
    assert_ledger_agrees(both_desks, practice)


def test_the_balance_that_comes_back_is_remembered(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice)
    send(desk, plan(desk, account, 3))
    reading = balances.latest(desk, account)
    assert reading is not None
    assert reading.balance_li == practice.gateway.accounts[practice.account].balance_li


def test_an_answer_that_comes_late_does_not_bring_the_balance_before_it_back(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice, batch=5)
    campaign_id = plan(desk, account, 10)
    late = practice.faults.add("hang", "send", times=1, done=True)
    with beside(lambda: send(desk, campaign_id)):
        wait_until(lambda: campaigns.get(desk, campaign_id).counts.accepted == 5)
        late.off()
    held = [reading.balance_li for reading in balances.history(desk, account)]
    assert held == [1_000_000 - 500, 1_000_000]


def test_news_tells_how_far_it_is_and_ends_with_the_end(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice, batch=5)
    news: list[object] = []
    campaign_id = plan(desk, account, 30)
    sending.send(desk, campaign_id, threading.Event(), news.append, BRISK)
    assert all(isinstance(one, Sending) for one in news)
    last = news[-1]
    assert isinstance(last, Sending)
    assert last.counts == Counts(accepted=30, segments=30)
    assert last.per_second > 0
    assert last.waiting_for is None


def test_news_come_before_the_gateway_has_answered_anything(desk: Desk, practice: Practice) -> None:
    campaign_id = plan(desk, stored_account(desk, practice), 3)
    hang = practice.faults.add("hang")
    news: queue.Queue[object] = queue.Queue()
    with beside(lambda: sending.send(desk, campaign_id, threading.Event(), news.put, BRISK)):
        first = news.get(timeout=10)
        hang.off()
    assert isinstance(first, Sending)
    assert (first.campaign_id, first.counts.queued, first.waiting_for) == (campaign_id, 3, None)


def test_one_number_with_several_texts_gets_each_once(desk: Desk, practice: Practice) -> None:
    a, b = numbers(2)
    lines = [(a, "一"), (a, "二"), (b, "三"), (a, "四"), (b, "五&#+ 😊")]
    account = stored_account(desk, practice, batch=5, connections=2)
    done = send(desk, plan_lines(desk, account, lines))
    assert done.counts.accepted == 5
    assert sorted((one.mobile, one.content) for one in practice.gateway.ledger.accepted) == sorted(lines)
    assert_ledger_agrees(desk, practice)


def test_who_was_blocked_after_the_planning_gets_nothing(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice)
    campaign_id = plan(desk, account, 5)
    with desk.database.write() as conn:
        blocklist.add(conn, numbers(2), Words("退订", "opted out"))
    assert send(desk, campaign_id).counts == Counts(accepted=3, skipped=2, segments=3)
    assert_ledger_agrees(desk, practice)


# -- answers that get lost

LOST = [
    {"kind": "drop_before"},
    {"kind": "drop_after"},
    {"kind": "half"},
    {"kind": "html", "done": True},
    {"kind": "html", "done": False},
    {"kind": "http", "code": 500, "done": True},
    {"kind": "http", "code": 404},
    {"kind": "not_json", "done": True},
    {"kind": "hang", "done": True},
    {"kind": "hang", "done": False},
]


def named(fault: object) -> str:
    return "-".join(map(str, fault.values())) if isinstance(fault, dict) else ""


def planned(desk: Desk, practice: Practice, p2p: bool, **more: object) -> int:
    account = stored_account(desk, practice, **{"batch": 4, "connections": 1, **more})
    if p2p:
        return plan_lines(desk, account, [(mobile, f"第{n}条") for n, mobile in enumerate(numbers(20))])
    return plan(desk, account, 20)


@pytest.mark.parametrize("p2p", [False, True], ids=["send", "p2p"])
@pytest.mark.parametrize("fault", LOST, ids=named)
def test_a_batch_of_which_nothing_is_known_is_in_doubt_and_the_rest_goes_on(
    desk: Desk, practice: Practice, fault: dict[str, object], p2p: bool
) -> None:
    desk = dataclasses.replace(desk, patience=SHORT)
    campaign_id = planned(desk, practice, p2p)
    practice.faults.add(action="p2p" if p2p else "send", times=1, after=2, **fault)  # type: ignore[arg-type]
    done = send(desk, campaign_id)
    assert done.state is CampaignState.DONE
    assert done.counts == Counts(accepted=16, in_doubt=4, segments=20)
    assert_ledger_agrees(desk, practice)
    assert send_again(desk, campaign_id) == "at its end"


def send_again(desk: Desk, campaign_id: int) -> str:
    with pytest.raises(InputProblem, match="at its end"):
        send(desk, campaign_id)
    return "at its end"


@pytest.mark.parametrize(
    "fault", [{"kind": "drop_after"}, {"kind": "html"}, {"kind": "missing", "count": 4}], ids=named
)
def test_several_lost_answers_in_a_row_pause_the_campaign(
    desk: Desk, practice: Practice, fault: dict[str, object]
) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add(action="send", after=1, **fault)  # type: ignore[arg-type]
    paused = send(desk, campaign_id)
    assert paused.state is CampaignState.PAUSED
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.LOST
    assert "in doubt" in paused.pause.words.en
    assert paused.counts == Counts(accepted=4, in_doubt=12, queued=4, segments=20)
    assert_ledger_agrees(desk, practice)
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=8, in_doubt=12, segments=20)


def test_an_answer_counts_although_a_fault_of_ours_came_together_with_it(
    desk: Desk, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = stored_account(desk, practice, batch=5, connections=2)
    send_one = GatewayClient.send

    def send_or_fail(client: GatewayClient, mobiles: Sequence[str], content: str) -> Submitted:
        if mobiles[0] != numbers(1)[0]:
            raise ZeroDivisionError
        return send_one(client, mobiles, content)

    monkeypatch.setattr(GatewayClient, "send", send_or_fail)
    monkeypatch.setattr(sending, "SimpleQueue", InPairs)
    campaign_id = plan(desk, account, 20)
    with pytest.raises(ZeroDivisionError):
        send(desk, campaign_id)
    counts = campaigns.get(desk, campaign_id).counts
    assert counts == Counts(queued=10, accepted=5, in_doubt=5, segments=20)
    assert accepted(practice) == 5
    assert_ledger_agrees(desk, practice)


def test_nothing_follows_an_answer_when_the_other_one_could_not_be_stored(
    desk: Desk, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = stored_account(desk, practice, batch=5, connections=2)
    practice.faults.add("drop_after", "send", after=1)

    def full(*_: object) -> None:
        raise StoreProblem(Words("磁盘已满。", "The disk is full."))

    monkeypatch.setattr(messages, "doubt", full)
    monkeypatch.setattr(sending, "SimpleQueue", InPairs)
    campaign_id = plan(desk, account, 20)
    with pytest.raises(StoreProblem):
        send(desk, campaign_id)
    counts = campaigns.get(desk, campaign_id).counts
    assert counts == Counts(queued=10, accepted=5, in_doubt=5, segments=20)
    assert accepted(practice) == 10
    assert_ledger_agrees(desk, practice)


def test_a_gateway_that_breaks_before_anything_is_sent_puts_nothing_in_doubt(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("html")
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.GATEWAY
    assert paused.counts == Counts(queued=20, segments=20)
    resume_to_the_end(desk, practice, campaign_id)


# -- no connection


def test_a_gateway_that_comes_back_is_waited_for(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    door = practice.faults.add("refuse")
    reasons: list[Words] = []

    def tell(news: object) -> None:
        assert isinstance(news, Sending)
        if news.waiting_for:
            reasons.append(news.waiting_for)
            door.off()

    done = sending.send(desk, campaign_id, threading.Event(), tell, BRISK)
    assert done.counts == Counts(accepted=20, segments=20)
    assert "connection refused" in reasons[0].en
    assert_ledger_agrees(desk, practice)


def test_a_gateway_that_stays_away_pauses_the_campaign_with_all_still_queued(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("refuse")
    paused = send(desk, campaign_id, dataclasses.replace(BRISK, unreachable_s=0.1))
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.UNREACHABLE
    assert paused.counts == Counts(queued=20, segments=20)
    resume_to_the_end(desk, practice, campaign_id)


@pytest.mark.parametrize("connections", [1, 3])
def test_a_gateway_that_goes_away_in_the_middle_loses_nothing(desk: Desk, practice: Practice, connections: int) -> None:
    campaign_id = planned(desk, practice, p2p=False, connections=connections)
    practice.faults.add("refuse", after=3, seconds=0.1)
    done = send(desk, campaign_id)
    assert done.counts.accepted + done.counts.in_doubt == 20
    assert done.counts.in_doubt <= 4 * connections
    assert_ledger_agrees(desk, practice)


# -- refusals


@pytest.mark.parametrize("status", [2, 3, 4, 6, 7])
def test_an_account_that_must_be_mended_pauses_at_once(desk: Desk, practice: Practice, status: int) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    fault = practice.faults.add("status", "send", code=status, after=1)
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.ACCOUNT
    assert f"({status})" in paused.pause.words.en
    assert fault.struck == 1
    assert paused.counts == Counts(accepted=4, queued=16, segments=20)
    assert_ledger_agrees(desk, practice)
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=20, segments=20)


@pytest.mark.parametrize("status", [1, 5, 100, 999])
def test_an_unclear_refusal_is_tried_again_a_bounded_number_of_times(
    desk: Desk, practice: Practice, status: int
) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("status", "send", code=status, times=2)
    assert send(desk, campaign_id).counts == Counts(accepted=20, segments=20)
    again = plan_lines(desk, desk.account("练习"), [(mobile, "再来") for mobile in numbers(8)])
    fault = practice.faults.add("status", "p2p", code=status, after=1)
    paused = send(desk, again)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.GATEWAY
    assert fault.struck == 3
    assert paused.counts == Counts(accepted=4, queued=4, segments=8)
    resume_to_the_end(desk, practice, again)


@pytest.mark.parametrize("status", [21, 31])
def test_a_busy_gateway_is_tried_again_for_as_long_as_it_takes(desk: Desk, practice: Practice, status: int) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("status", "send", code=status, times=12)
    done = send(desk, campaign_id)
    assert done.counts == Counts(accepted=20, segments=20)
    assert practice.gateway.ledger.refused_requests[status] == 12
    assert_ledger_agrees(desk, practice)


def test_a_batch_that_is_too_large_is_halved_and_the_account_remembers(desk: Desk, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].max_batch = 3
    account = stored_account(desk, practice, batch=16, connections=3)
    done = send(desk, plan(desk, account, 50))
    assert done.counts == Counts(accepted=50, segments=50)
    assert 1 <= desk.account("练习").batch <= 3
    assert_ledger_agrees(desk, practice)
    refused = practice.gateway.ledger.refused_requests[102]
    send(desk, plan(desk, desk.account("练习"), 10, "再来"))
    assert practice.gateway.ledger.refused_requests[102] == refused


def test_a_gateway_that_takes_not_even_one_number_pauses_the_campaign(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("status", "send", code=102)
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.GATEWAY
    assert paused.counts == Counts(queued=20, segments=20)


def test_a_wrong_password_pauses_before_anything_is_sent(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.gateway.accounts[practice.account].password = "another"
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.ACCOUNT
    assert "password" in paused.pause.words.en
    assert practice.gateway.ledger.refused_requests == {3: 1}


def test_a_missing_password_pauses_before_anything_is_sent(
    desk: Desk, practice: Practice, passwords: MemoryPasswords
) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    passwords.forget(desk.account("练习").key)
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.ACCOUNT
    assert paused.counts == Counts(queued=20, segments=20)


# -- results of single numbers


@pytest.mark.parametrize("result", [10, 15, 17])
def test_a_result_that_would_meet_all_that_follows_pauses_at_once(desk: Desk, practice: Practice, result: int) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("result", "send", code=result, after=1, times=1, place=3)
    paused = send(desk, campaign_id)
    assert paused.state is CampaignState.PAUSED
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.REJECTED
    assert f"({result})" in paused.pause.words.en
    assert paused.counts == Counts(accepted=7, rejected=1, queued=12, segments=20)
    assert_ledger_agrees(desk, practice)
    assert campaigns.retry(desk, campaign_id, frozenset({State.REJECTED})) == 1
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=20, segments=20)


def test_an_account_that_runs_dry_can_be_topped_up_and_finished(desk: Desk, practice: Practice) -> None:
    customer = practice.gateway.accounts[practice.account]
    customer.balance_li = 50 * 10
    campaign_id = planned(desk, practice, p2p=False)
    paused = send(desk, campaign_id)
    assert paused.counts == Counts(accepted=10, rejected=2, queued=8, segments=20)
    assert_ledger_agrees(desk, practice)
    customer.balance_li = 10_000
    campaigns.retry(desk, campaign_id, frozenset({State.REJECTED}))
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=20, segments=20)


def test_a_wrong_number_is_rejected_alone(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("result", "send", code=12, after=1, times=1, place=3)
    done = send(desk, campaign_id)
    assert done.state is CampaignState.DONE
    assert done.counts == Counts(accepted=19, rejected=1, segments=20)
    assert_ledger_agrees(desk, practice)


def test_numbers_that_an_answer_leaves_out_are_in_doubt(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("missing", "send", after=1, times=1, place=2, count=2)
    done = send(desk, campaign_id)
    assert done.state is CampaignState.DONE
    assert done.counts == Counts(accepted=18, in_doubt=2, segments=20)
    assert_ledger_agrees(desk, practice)


@pytest.mark.parametrize("p2p", [False, True], ids=["send", "p2p"])
def test_receipts_in_another_order_find_their_numbers(desk: Desk, practice: Practice, p2p: bool) -> None:
    campaign_id = planned(desk, practice, p2p)
    practice.faults.add("reordered")
    practice.faults.add("result", code=12, place=1)
    done = send(desk, campaign_id)
    assert done.counts == Counts(accepted=15, rejected=5, segments=20)
    assert_ledger_agrees(desk, practice)


# -- a person


def slowly(practice: Practice) -> None:
    practice.faults.add("slow", "send", seconds=0.02)


def test_a_pause_lets_what_is_under_way_end_and_the_rest_be_resumed(desk: Desk, practice: Practice) -> None:
    slowly(practice)
    account = stored_account(desk, practice, batch=2, connections=3)
    campaign_id = plan(desk, account, 60)
    with beside(lambda: send(desk, campaign_id)) as running:
        wait_until(lambda: accepted(practice) > 4)
        campaigns.pause(desk, campaign_id)
    paused = running.result()
    assert paused.state is CampaignState.PAUSED
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.PERSON
    assert 4 < paused.counts.accepted < 60
    assert paused.counts.queued == 60 - paused.counts.accepted
    assert_ledger_agrees(desk, practice)
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=60, segments=60)


def test_stop_pauses_as_soon_as_what_is_under_way_is_answered(
    desk: Desk, practice: Practice, stop: threading.Event
) -> None:
    slowly(practice)
    account = stored_account(desk, practice, batch=2, connections=3)
    campaign_id = plan(desk, account, 60)
    with beside(lambda: sending.send(desk, campaign_id, stop, ignore, BRISK)) as running:
        wait_until(lambda: accepted(practice) > 4)
        stop.set()
    paused = running.result()
    assert paused.state is CampaignState.PAUSED
    assert paused.counts.in_doubt == 0
    assert paused.counts.queued > 0
    assert_ledger_agrees(desk, practice)
    resume_to_the_end(desk, practice, campaign_id)


def test_a_stop_that_comes_with_the_last_answer_leaves_the_campaign_done(
    desk: Desk, practice: Practice, stop: threading.Event
) -> None:
    campaign_id = planned(desk, practice, p2p=False, batch=20)

    def tell(news: object) -> None:
        if isinstance(news, Sending) and news.counts.accepted == 20:
            stop.set()

    assert sending.send(desk, campaign_id, stop, tell, BRISK).state is CampaignState.DONE


@pytest.mark.parametrize("decide", [campaigns.pause, campaigns.cancel])
def test_a_decision_in_another_program_ends_the_waiting_for_a_gateway(
    desk: Desk, practice: Practice, decide: Callable[[Desk, int], object]
) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("refuse")
    waiting = threading.Event()
    with beside(lambda: sending.send(desk, campaign_id, threading.Event(), lambda _: waiting.set(), BRISK)) as running:
        assert waiting.wait(10)
        decide(desk, campaign_id)
    stands = running.result()
    assert stands.state in (CampaignState.PAUSED, CampaignState.CANCELLED)
    assert stands.counts.accepted == 0


def test_a_stop_ends_the_waiting_for_a_gateway(desk: Desk, practice: Practice, stop: threading.Event) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("refuse")
    patient = dataclasses.replace(BRISK, backoff=Backoff(60, 60))
    paused = sending.send(desk, campaign_id, stop, lambda _: stop.set(), patient)
    assert paused.state is CampaignState.PAUSED
    assert paused.counts == Counts(queued=20, segments=20)


def test_a_cancel_while_it_is_under_way_leaves_out_the_rest(both_desks: Desk, practice: Practice) -> None:
    slowly(practice)
    account = stored_account(both_desks, practice, batch=2, connections=3)
    campaign_id = plan(both_desks, account, 60)
    with beside(lambda: send(both_desks, campaign_id)) as running:
        wait_until(lambda: accepted(practice) > 4)
        campaigns.cancel(both_desks, campaign_id)
    cancelled = running.result()
    assert cancelled.state is CampaignState.CANCELLED
    assert cancelled.counts.accepted + cancelled.counts.skipped == 60
    assert cancelled.counts.skipped > 0
    assert_ledger_agrees(both_desks, practice)
    assert send_again(both_desks, campaign_id)


def test_a_cancel_while_a_batch_is_given_back_leaves_nothing_queued(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("slow", "send", seconds=0.2)
    practice.faults.add("status", "send", code=21)
    with beside(lambda: send(desk, campaign_id)) as running:
        wait_until(lambda: campaigns.get(desk, campaign_id).counts.claimed > 0)
        campaigns.cancel(desk, campaign_id)
    assert running.result().counts == Counts(skipped=20)
    assert_ledger_agrees(desk, practice)


def test_a_person_may_send_doubtful_ones_again_and_they_may_come_twice(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    practice.faults.add("drop_before", "send", times=1)
    assert send(desk, campaign_id).counts.in_doubt == 4
    assert campaigns.retry(desk, campaign_id, frozenset({State.IN_DOUBT, State.REJECTED})) == 4
    assert campaigns.get(desk, campaign_id).state is CampaignState.PAUSED
    assert resume_to_the_end(desk, practice, campaign_id).counts == Counts(accepted=20, segments=20)


def test_nothing_to_retry_leaves_a_campaign_done(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    send(desk, campaign_id)
    assert campaigns.retry(desk, campaign_id, frozenset({State.IN_DOUBT, State.REJECTED})) == 0
    assert campaigns.get(desk, campaign_id).state is CampaignState.DONE


def test_a_campaign_that_is_not_paused_or_done_cannot_be_retried_nor_cancelled_twice(
    desk: Desk, practice: Practice
) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    with pytest.raises(InputProblem, match="Pause it first"):
        campaigns.retry(desk, campaign_id, frozenset({State.REJECTED}))
    campaigns.cancel(desk, campaign_id)
    with pytest.raises(InputProblem, match="cannot be cancelled"):
        campaigns.cancel(desk, campaign_id)
    with pytest.raises(InputProblem, match="no campaign with the number 999"):
        campaigns.cancel(desk, 999)
    with pytest.raises(InputProblem, match="no campaign with the number 999"):
        send(desk, 999)


def test_one_program_at_a_time_sends_for_an_account(both_desks: Desk, practice: Practice) -> None:
    slowly(practice)
    account = stored_account(both_desks, practice, batch=2, connections=1)
    first, second = plan(both_desks, account, 20), plan(both_desks, account, 5, "再来")
    with beside(lambda: send(both_desks, first)):
        wait_until(lambda: accepted(practice) > 2)
        with pytest.raises(StoreBusy):
            send(both_desks, second)
        assert recovery.recover(both_desks) == Recovered()
    assert campaigns.get(both_desks, second).state is CampaignState.SCHEDULED
    assert campaigns.get(both_desks, first).counts == Counts(accepted=20, segments=20)
    send(both_desks, second)
    assert_ledger_agrees(both_desks, practice)


@pytest.mark.parametrize("answers", [False, True])
def test_what_waits_for_another_program_goes_out_by_itself_and_once(
    both_desks: Desk, practice: Practice, answers: bool
) -> None:
    account = stored_account(both_desks, practice)
    order = answering.order(account, "13900000009", "好的", "回复")
    campaign_id = planning.plan(both_desks, dataclasses.replace(order, is_answer=answers), threading.Event(), ignore)
    told: queue.Queue[object] = queue.Queue()

    def queued() -> Campaign:
        return sending.send(both_desks, campaign_id, threading.Event(), told.put, BRISK, only_waiting=True)

    with ThreadPoolExecutor(2) as windows:
        with both_desks.database.lock(recovery.sender_lock(account.id, answers=answers)):
            both = [windows.submit(queued) for _ in range(2)]
            for _ in both:
                waits = told.get(timeout=20)
                assert isinstance(waits, Waits)
                assert "goes out by itself" in waits.words.en
            assert accepted(practice) == 0
        for one in both:  # the second may see it on its way still
            one.result(30)
    assert campaigns.get(both_desks, campaign_id).counts.accepted == 1
    assert_ledger_agrees(both_desks, practice)


@pytest.mark.parametrize("decided", ["stop", "cancel"])
def test_what_waits_for_another_program_is_given_up_as_decided(desk: Desk, practice: Practice, decided: str) -> None:
    account = stored_account(desk, practice)
    campaign_id = plan(desk, account, 3)
    told: queue.Queue[object] = queue.Queue()
    stop = threading.Event()
    with (
        desk.database.lock(recovery.sender_lock(account.id)),
        beside(lambda: sending.send(desk, campaign_id, stop, told.put, BRISK, only_waiting=True)) as sent,
    ):
        told.get(timeout=20)
        stop.set() if decided == "stop" else campaigns.cancel(desk, campaign_id)
        state = CampaignState.PAUSED if decided == "stop" else CampaignState.CANCELLED
        assert sent.result(30).state is state
    assert accepted(practice) == 0


def test_what_got_another_time_while_it_waited_keeps_that_when_the_window_closes(
    desk: Desk, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    campaign_id = plan(desk, account, 3)
    told: queue.Queue[object] = queue.Queue()
    stop = threading.Event()
    later = now() + timedelta(hours=1)
    with (
        desk.database.lock(recovery.sender_lock(account.id)),
        beside(lambda: sending.send(desk, campaign_id, stop, told.put, BRISK, only_waiting=True)) as sent,
    ):
        told.get(timeout=20)
        scheduling.enqueue(desk, campaign_id, later)
        stop.set()
        assert sent.result(30).state is CampaignState.SCHEDULED
    assert campaigns.get(desk, campaign_id).start_at is not None


# -- how fast


def test_a_gateway_that_allows_fewer_connections_still_gets_everything(desk: Desk, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].max_connections = 2
    practice.faults.add("slow", "send", seconds=0.03)
    account = stored_account(desk, practice, batch=2, connections=4)
    done = send(desk, plan(desk, account, 40))
    assert practice.gateway.ledger.refused_requests[21] > 0
    assert done.counts == Counts(accepted=40, segments=40)
    assert_ledger_agrees(desk, practice)


def test_as_many_requests_as_the_account_allows_are_under_way_at_once(desk: Desk, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].max_connections = 4
    practice.faults.add("slow", "send", seconds=0.03)
    account = stored_account(desk, practice, batch=2, connections=4)
    send(desk, plan(desk, account, 40))
    assert practice.gateway.ledger.refused_requests[21] == 0


def test_no_more_messages_a_second_go_out_than_the_account_allows(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice, batch=80, connections=3, rate=50)
    done = send(desk, plan(desk, account, 150))
    assert done.counts.accepted == 150
    times = sorted(one.accepted_at for one in practice.gateway.ledger.accepted)
    assert max(Counter(times).values()) <= 50  # a request holds no more than a second's worth
    assert times[-1] - times[0] > 1.0  # a second's worth at once, then 50 a second: 2 s
    for start in times:
        assert sum(start <= at < start + 1 for at in times) <= 110


# -- programs that die

_CHILD = """
import sys, threading
from pathlib import Path
from smsdesk.domain.account import Secret
from smsdesk.jobs import sending
from smsdesk.jobs.desk import open_desk
from smsdesk.settings.secrets import MemoryPasswords

folder, url, campaign, password = sys.argv[1:]
desk = open_desk(Path(folder), url or None, MemoryPasswords(Secret(password)))
sending.send(desk, int(campaign), threading.Event(), lambda news: None)
"""


def test_a_program_that_is_killed_while_it_sends_sends_nothing_twice_and_loses_nothing(
    tmp_path: Path, database_url: str | None, practice: Practice
) -> None:
    desk = open_desk(tmp_path, database_url, MemoryPasswords())
    account = stored_account(desk, practice, batch=5, connections=3)
    campaign_id = plan(desk, account, 900)
    rng = random.Random(20210601)
    practice.faults.add("slow", "send", seconds=0.004)
    for _ in range(4):
        before = accepted(practice)
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(tmp_path), database_url or "", str(campaign_id), practice.password]
        )
        try:
            wait_until(lambda before=before: accepted(practice) > before + 20)  # type: ignore[misc]
            time.sleep(rng.random() * 0.05)
        finally:
            child.kill()
            child.wait()
        recovered = recover_what_it_left(desk)
        stands = campaigns.get(desk, campaign_id)
        assert recovered == Recovered(1, recovered.in_doubt)
        assert recovered.in_doubt <= 15
        assert stands.state is CampaignState.PAUSED
        assert stands.pause is not None
        assert stands.pause.code is PauseCode.STOPPED
        assert stands.counts.claimed == 0
        assert_ledger_agrees(desk, practice)
    done = resume_to_the_end(desk, practice, campaign_id)
    assert done.counts.accepted + done.counts.in_doubt == 900
    assert done.counts.in_doubt <= 60
    assert accepted(practice) <= 900
    desk.database.dispose()


def recover_what_it_left(desk: Desk) -> Recovered:
    """A PostgreSQL server that is still busy with what a dead program asked of it last holds its lock until then."""
    found: list[Recovered] = []

    def looked() -> bool:
        found.append(recovery.recover(desk))
        return found[-1] != Recovered()

    wait_until(looked)
    return found[-1]


@pytest.mark.parametrize("decide", [campaigns.pause, campaigns.cancel])
def test_what_was_under_way_is_found_although_the_campaign_was_paused_or_cancelled_before_the_program_died(
    tmp_path: Path, practice: Practice, decide: Callable[[Desk, int], object]
) -> None:
    desk = open_desk(tmp_path, None, MemoryPasswords())
    account = stored_account(desk, practice, batch=5, connections=1)
    campaign_id = plan(desk, account, 20)
    practice.faults.add("hang", "send", done=True, after=1)
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path), "", str(campaign_id), practice.password])
    try:
        wait_until(lambda: accepted(practice) == 10)
        decide(desk, campaign_id)
    finally:
        child.kill()
        child.wait()
    assert recovery.recover(desk).in_doubt == 5
    counts = campaigns.get(desk, campaign_id).counts
    assert (counts.accepted, counts.in_doubt, counts.claimed) == (5, 5, 0)
    assert_ledger_agrees(desk, practice)
    desk.database.dispose()


def test_nothing_is_recovered_where_nothing_was_left(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, p2p=False)
    assert recovery.recover(desk) == Recovered()
    send(desk, campaign_id)
    assert recovery.recover(desk) == Recovered()
    with desk.database.read() as conn:
        assert_counts_true(conn)


# -- a limit of the balance


def limited(desk: Desk, practice: Practice, limit_li: int, *, pause: bool = True, **more: object) -> Account:
    """An account whose campaigns pause below a limit, at a gateway that has 1,000 li and takes 50 a message."""
    practice.gateway.accounts[practice.account].balance_li = 1_000
    return stored_account(desk, practice, batch=2, warn_below_li=limit_li, pause_below=pause, **more)


ASKING = dataclasses.replace(BRISK, silent_s=0.0)
"""Asks for the balance as soon as an answer does not name it."""


def without_balance() -> AbstractContextManager[object]:
    """The gateway names no balance in its answers to batches."""
    decode = wire.decode_submitted
    return mock.patch.object(
        wire, "decode_submitted", lambda *given: dataclasses.replace(decode(*given), balance_li=None)
    )


def patient(desk: Desk) -> Desk:
    """Waits longer for the gateway than any test does."""
    return dataclasses.replace(desk, patience=Patience())


@pytest.mark.parametrize("connections", [1, 4])
def test_below_the_limit_what_is_under_way_is_settled_and_the_rest_waits(
    both_desks: Desk, practice: Practice, connections: int
) -> None:
    account = limited(both_desks, practice, 700, connections=connections)
    customer = practice.gateway.accounts[practice.account]
    campaign_id = plan(both_desks, account, 20)
    paused = send(both_desks, campaign_id)
    assert paused.state is CampaignState.PAUSED
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.BALANCE
    assert "limit of ¥0.70" in paused.pause.words.en
    assert "充值" in paused.pause.words.zh
    assert customer.balance_li < 700
    # Seven bring it to 650; besides the batch that did so, those of the other connections were under way.
    assert 8 <= paused.counts.accepted <= 8 + 2 * (connections - 1)
    assert paused.counts == Counts(accepted=paused.counts.accepted, queued=20 - paused.counts.accepted, segments=20)
    assert_ledger_agrees(both_desks, practice)
    customer.balance_li = 10_000
    assert resume_to_the_end(both_desks, practice, campaign_id).counts == Counts(accepted=20, segments=20)


def test_nothing_goes_out_while_the_balance_is_below_the_limit(desk: Desk, practice: Practice) -> None:
    campaign_id = plan(desk, limited(desk, practice, 1_001), 4)
    for _ in range(2):  # resumed without a top-up it pauses again
        paused = send(desk, campaign_id)
        assert (paused.state, paused.counts.queued) == (CampaignState.PAUSED, 4)
        assert paused.pause is not None
        assert paused.pause.code is PauseCode.BALANCE
    assert accepted(practice) == 0


def test_the_limit_holds_at_a_gateway_that_names_no_balance_in_its_answers(desk: Desk, practice: Practice) -> None:
    campaign_id = plan(desk, limited(desk, practice, 700, connections=1), 20)
    with without_balance():
        paused = send(desk, campaign_id, ASKING)
    assert paused.pause is not None
    assert paused.pause.code is PauseCode.BALANCE
    assert 8 <= paused.counts.accepted <= 12  # the next batch is under way while it is asked
    assert_ledger_agrees(desk, practice)


def test_a_question_for_the_balance_that_is_not_answered_holds_nothing_up(desk: Desk, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].max_connections = 2
    campaign_id = plan(patient(desk), stored_account(desk, practice, batch=2, connections=2), 40)
    hang = practice.faults.add("hang", "balance", after=1)
    with without_balance(), beside(lambda: send(patient(desk), campaign_id, ASKING)) as sent:
        assert sent.result(30).counts == Counts(accepted=40, segments=40)
    assert hang.struck == 1
    assert practice.gateway.ledger.refused_requests[21] == 0, "it takes the place of a batch"
    assert_ledger_agrees(desk, practice)


@pytest.mark.parametrize("answered", [0, 1], ids=["before the first batch", "later"])
def test_who_stops_a_campaign_waits_for_no_balance(desk: Desk, practice: Practice, answered: int) -> None:
    campaign_id = plan(desk, stored_account(desk, practice, batch=2, connections=1), 20)
    hang = practice.faults.add("hang", "balance", after=answered)
    stop = threading.Event()
    with without_balance(), beside(lambda: sending.send(patient(desk), campaign_id, stop, ignore, ASKING)) as sent:
        wait_until(lambda: hang.struck == 1)
        stop.set()
        paused = sent.result(30)
    assert (paused.state, paused.counts) == (
        CampaignState.PAUSED,
        Counts(accepted=2 * answered, queued=20 - 2 * answered, segments=20),
    )
    assert_ledger_agrees(desk, practice)


@pytest.mark.parametrize("connections", [1, 3])
def test_a_question_for_the_balance_that_fails_puts_nothing_in_doubt(
    desk: Desk, practice: Practice, connections: int
) -> None:
    campaign_id = plan(desk, stored_account(desk, practice, batch=2, connections=connections), 20)
    broken = practice.faults.add("html", "balance", after=1, times=2)
    with without_balance():
        assert send(desk, campaign_id, ASKING).counts == Counts(accepted=20, segments=20)
    assert broken.struck
    assert_ledger_agrees(desk, practice)


def test_an_answer_to_a_reply_does_not_wait_for_a_campaign_of_the_same_account(
    both_desks: Desk, practice: Practice
) -> None:
    account = stored_account(both_desks, practice, batch=1, connections=1)
    practice.faults.add("slow", "send", seconds=0.05)
    bulk = plan(both_desks, account, 100)
    with beside(lambda: send(both_desks, bulk)) as sent:
        wait_until(lambda: campaigns.get(both_desks, bulk).counts.accepted > 0)
        order = answering.order(account, "13900000009", "好的，马上", "回复")
        answer = planning.plan(both_desks, order, threading.Event(), ignore)
        assert send(both_desks, answer).state is CampaignState.DONE
        assert campaigns.get(both_desks, bulk).counts.queued > 0
        assert recovery.recover(both_desks) == Recovered(), "neither sender takes the other's claims for a dead one's"
        practice.faults.clear()
        assert sent.result(60).counts.accepted == 100
    assert_ledger_agrees(both_desks, practice)


def test_an_answer_that_a_dead_program_left_claimed_is_in_doubt(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice)
    order = answering.order(account, "13900000009", "好的", "回复")
    answer = planning.plan(both_desks, order, threading.Event(), ignore)
    with both_desks.database.write() as conn:
        assert campaign_rows.start(conn, answer)
        assert messages.claim(conn, campaigns.get(both_desks, answer), 10) is not None
    assert recovery.recover(both_desks) == Recovered(campaigns=1, in_doubt=1)


def test_a_balance_at_the_limit_is_not_below_it(desk: Desk, practice: Practice) -> None:
    account = limited(desk, practice, 800, connections=1)
    assert send(desk, plan(desk, account, 4)).state is CampaignState.DONE


def test_a_campaign_that_ends_below_the_limit_is_done(desk: Desk, practice: Practice) -> None:
    account = limited(desk, practice, 999, connections=2)
    done = send(desk, plan(desk, account, 4))
    assert (done.state, done.counts.accepted) == (CampaignState.DONE, 4)


def test_a_limit_that_only_warns_stops_nothing(desk: Desk, practice: Practice) -> None:
    account = limited(desk, practice, 999, pause=False)
    assert send(desk, plan(desk, account, 10)).state is CampaignState.DONE


def test_a_postpaid_account_pauses_where_it_would_owe_more_than_its_limit(desk: Desk, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].charge_type = ChargeType.POSTCHARGE
    account = limited(desk, practice, -300, connections=1)
    campaign_id = plan(desk, account, 40)
    paused = send(desk, campaign_id)
    assert paused.pause is not None
    assert "more is owed than your limit of ¥0.30" in paused.pause.words.en
    assert "欠费（已用额度） ¥0.40" in paused.pause.words.zh
    assert paused.counts.accepted == 28  # 26 owe 300, which is the limit
    practice.gateway.accounts[practice.account].balance_li = 5_000
    assert resume_to_the_end(desk, practice, campaign_id).counts.accepted == 40


def test_a_limit_that_is_lowered_lets_a_paused_campaign_go_on(desk: Desk, practice: Practice) -> None:
    account = limited(desk, practice, 999, connections=1)
    campaign_id = plan(desk, account, 10)
    assert send(desk, campaign_id).state is CampaignState.PAUSED
    balances.set_limit(desk, account, 100, pause_below=True)
    assert resume_to_the_end(desk, practice, campaign_id).counts.accepted == 10


def test_what_was_not_sent_when_the_balance_fell_is_not_lost(desk: Desk, practice: Practice) -> None:
    account = limited(desk, practice, 950, connections=2)
    campaign_id = plan(desk, account, 10)
    practice.faults.add("status", "send", code=21, after=1, times=1)
    paused = send(desk, campaign_id)
    assert paused.state is CampaignState.PAUSED
    assert paused.counts.accepted + paused.counts.queued == 10
    assert_ledger_agrees(desk, practice)
    practice.gateway.accounts[practice.account].balance_li = 10_000
    assert resume_to_the_end(desk, practice, campaign_id).counts.accepted == 10
