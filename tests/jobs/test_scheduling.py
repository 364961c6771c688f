"""Campaigns that start at a time, that keep to hours of the day, and what a person decides about doubts."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta

import pytest
from checks import assert_counts_true, assert_ledger_agrees, people
from conftest import stored_account

from smsdesk.domain.campaign import Campaign, CampaignState, PauseCode
from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.hours import MARKETING, Hours
from smsdesk.jobs import campaigns, planning, polling, scheduling, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.rendering import Order
from smsdesk.jobs.scheduling import LATE
from smsdesk.jobs.sending import Manner
from smsdesk.simulator.server import Practice

QUICK = Manner(backoff=Backoff(0.01, 0.02), unreachable_s=0.2, turn_s=0)


def quiet(_news: object) -> None:
    pass


def planned(
    desk: Desk, practice: Practice, start_at: datetime | None = None, hours: Hours | None = None, **account: object
) -> int:
    through = stored_account(desk, practice, **account)
    order = Order(through, "campaign", "hello", "test", people(20), start_at=start_at, hours=hours)
    return planning.plan(desk, order, threading.Event(), quiet)


def send(desk: Desk, campaign_id: int, *, only_waiting: bool = False) -> Campaign:
    return sending.send(desk, campaign_id, threading.Event(), quiet, QUICK, only_waiting=only_waiting)


def closed_now() -> Hours:
    """Hours that are over, or have not begun, at this time of the day."""
    return Hours(0, 60) if in_china(now()).hour >= 2 else Hours(22 * 60, 23 * 60)


def test_a_campaign_is_due_at_its_time_and_for_one_program_only(both_desks: Desk, practice: Practice) -> None:
    start = now() + timedelta(hours=1)
    campaign_id = planned(both_desks, practice, start_at=start)
    assert scheduling.due(both_desks, start - timedelta(seconds=1)).start == ()
    found = scheduling.due(both_desks, start + timedelta(minutes=1))
    assert [campaign.id for campaign in found.start] == [campaign_id]
    assert scheduling.due(both_desks, start + timedelta(minutes=1)).start == ()
    assert send(both_desks, campaign_id, only_waiting=True).state is CampaignState.DONE


def test_a_start_that_was_missed_asks_instead_of_sending_late(both_desks: Desk, practice: Practice) -> None:
    start = now() + timedelta(hours=1)
    campaign_id = planned(both_desks, practice, start_at=start)
    found = scheduling.due(both_desks, start + LATE + timedelta(seconds=1))
    assert (found.start, [campaign.id for campaign in found.missed]) == ((), [campaign_id])
    campaign = campaigns.get(both_desks, campaign_id)
    assert campaign.state is CampaignState.PAUSED
    assert campaign.pause is not None
    assert campaign.pause.code is PauseCode.MISSED
    assert practice.gateway.ledger.accepted == []
    scheduling.enqueue(both_desks, campaign_id)
    assert send(both_desks, campaign_id, only_waiting=True).state is CampaignState.DONE


def test_a_campaign_that_waits_is_left_alone_once_a_person_has_stopped_it(both_desks: Desk, practice: Practice) -> None:
    campaign_id = planned(both_desks, practice)
    campaigns.pause(both_desks, campaign_id)
    assert send(both_desks, campaign_id, only_waiting=True).state is CampaignState.PAUSED
    scheduling.enqueue(both_desks, campaign_id, now() + timedelta(hours=1))
    assert send(both_desks, campaign_id, only_waiting=True).state is CampaignState.SCHEDULED
    campaigns.cancel(both_desks, campaign_id)
    assert send(both_desks, campaign_id, only_waiting=True).state is CampaignState.CANCELLED
    assert practice.gateway.ledger.accepted == []
    with pytest.raises(InputProblem, match="at its end"):
        scheduling.enqueue(both_desks, campaign_id)


def test_outside_its_hours_a_campaign_waits_for_the_next_opening(both_desks: Desk, practice: Practice) -> None:
    hours = closed_now()
    campaign_id = planned(both_desks, practice, hours=hours)
    waits = send(both_desks, campaign_id)
    assert waits.state is CampaignState.SCHEDULED
    assert waits.start_at is not None
    assert waits.start_at > now()
    assert hours.allow(waits.start_at)
    assert practice.gateway.ledger.accepted == []


def test_the_end_of_the_hours_interrupts_a_campaign_between_two_batches(
    desk: Desk, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign_id = planned(desk, practice, hours=MARKETING, batch=5, connections=1)
    china = in_china(now())
    clock = [china.replace(hour=20, minute=59, second=58, microsecond=0)]

    def ticking() -> datetime:
        clock[0] += timedelta(milliseconds=700)
        return clock[0]

    monkeypatch.setattr(sending, "now", ticking)
    waits = send(desk, campaign_id)
    assert waits.state is CampaignState.SCHEDULED
    assert 0 < waits.counts.accepted < 20
    assert waits.counts.in_doubt == 0
    assert waits.start_at is not None
    assert in_china(waits.start_at).time() == time(8)
    monkeypatch.undo()
    assert_ledger_agrees(desk, practice)


def test_waiting_for_a_time_ends_when_it_comes_and_when_a_person_decides_otherwise(
    desk: Desk, practice: Practice, stop: threading.Event
) -> None:
    soon = planned(desk, practice, start_at=now() + timedelta(seconds=0.3))
    assert scheduling.wait_for(desk, soon, stop)
    assert send(desk, soon, only_waiting=True).state is CampaignState.DONE
    later = planned(desk, practice, start_at=now() + timedelta(hours=1), name="other")
    stop.set()
    assert not scheduling.wait_for(desk, later, stop)


def test_what_is_in_doubt_is_told_with_its_reason_and_treated_as_sent_when_a_person_says_so(
    both_desks: Desk, practice: Practice
) -> None:
    campaign_id = planned(both_desks, practice, batch=5, connections=1)
    practice.faults.add("drop_after", "send", times=1)
    before = now()
    assert send(both_desks, campaign_id).counts.in_doubt == 5
    (doubt,) = campaigns.doubts(both_desks, campaign_id)
    assert doubt.count == 5
    assert before <= doubt.since <= now()
    assert "cut short" in doubt.why.en
    assert campaigns.treat_as_sent(both_desks, campaign_id) == 5
    assert campaigns.doubts(both_desks, campaign_id) == []
    assert campaigns.get(both_desks, campaign_id).counts.accepted == 20
    with both_desks.database.read() as conn:
        assert_counts_true(conn)
    through = both_desks.account("练习")
    polling.pull(both_desks, through, threading.Event(), quiet)
    assert campaigns.get(both_desks, campaign_id).counts.delivered == 20
    with both_desks.database.read() as conn:
        assert_counts_true(conn)


def test_a_busy_gateway_lowers_the_pace_and_the_campaign_still_ends(desk: Desk, practice: Practice) -> None:
    campaign_id = planned(desk, practice, batch=2, connections=4)
    practice.faults.add("status", "send", code=21, times=3)
    told: list[object] = []
    done = sending.send(desk, campaign_id, threading.Event(), told.append, QUICK)
    assert done.state is CampaignState.DONE
    assert any(isinstance(news, sending.Sending) and news.is_slowed for news in told)
    assert_ledger_agrees(desk, practice)
