"""Campaigns that are on their way with nobody sending them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from checks import ignore, new_campaign, numbers, plan
from conftest import stored_account
from sqlalchemy import event

from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.jobs import campaigns, recovery, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.recovery import Recovered
from smsdesk.simulator.server import Practice


def test_a_campaign_whose_lock_comes_free_only_later_is_found_by_a_later_look(
    both_desks: Desk, practice: Practice
) -> None:
    account = stored_account(both_desks, practice)
    with both_desks.database.write() as conn:
        left = new_campaign(conn, numbers(3), account.id)
    with both_desks.database.lock(recovery.sender_lock(account.id)):
        assert recovery.look(both_desks) == Recovered()
        assert campaigns.get(both_desks, left).state is CampaignState.SENDING
    assert recovery.look(both_desks) == Recovered(campaigns=1)
    assert campaigns.get(both_desks, left).state is CampaignState.PAUSED
    assert recovery.look(both_desks) == Recovered()


def test_a_queue_that_a_killed_window_left_stands_still_and_can_be_resumed(
    both_desks: Desk, practice: Practice
) -> None:
    account = stored_account(both_desks, practice)
    waiting, later = plan(both_desks, account, 2), plan(both_desks, account, 2, start_at=now() + timedelta(hours=1))
    with both_desks.database.lock(recovery.sender_lock(account.id)):
        assert recovery.recover(both_desks, queues=True) == Recovered()
    assert recovery.recover(both_desks) == Recovered()  # a script beside a window
    assert recovery.recover(both_desks, queues=True) == Recovered(campaigns=1)
    found = campaigns.get(both_desks, waiting)
    assert found.pause is not None
    assert "before its turn came" in found.pause.words.en
    assert campaigns.get(both_desks, later).state is CampaignState.SCHEDULED
    assert sending.send(both_desks, waiting, threading.Event(), ignore).counts.accepted == 2


def test_looking_does_not_interfere_with_what_this_very_program_sends(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, batch=1, connections=1)
    practice.faults.add("slow", "send", seconds=0.01)
    campaign = plan(both_desks, account, 20)
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(sending.send, both_desks, campaign, threading.Event(), ignore)
        while not sent.done():
            assert recovery.look(both_desks) == Recovered()
        assert sent.result().state is CampaignState.DONE
    assert sent.result().counts.accepted == 20


def test_a_look_that_finds_nothing_is_one_query_of_an_index(both_desks: Desk) -> None:
    asked: list[str] = []
    engine = both_desks.database._reader
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, *_more: asked.append(sql))
    assert recovery.look(both_desks) == Recovered()
    (query,) = [sql for sql in asked if not sql.startswith("BEGIN")]
    if engine.dialect.name == "sqlite":
        with engine.connect() as conn:
            steps = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        assert any("ix_campaigns_sending" in step[3] for step in steps)
