"""What is old goes for good, what is unfinished and who opted out stays, and the figures still add up."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from checks import assert_counts_true, counts_of, ignore, numbers, plan, plan_lines
from conftest import stored_account
from sqlalchemy import func, select

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem, StoreBusy
from smsdesk.domain.message import State
from smsdesk.domain.old_data import Removal
from smsdesk.jobs import blocklist, campaigns, old_data, polling, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.old_data import Clearing, Old
from smsdesk.simulator.server import Practice
from smsdesk.store import old_data as old_rows
from smsdesk.store.schema import batches, messages, raw_answers, replies, reports
from smsdesk.store.schema import campaigns as campaign_table

A, B, C = numbers(3)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, batch=10)


def sent(desk: Desk, practice: Practice, account: Account, lines: Sequence[tuple[str, str]] = ()) -> int:
    """A point-to-point campaign that was sent and reported on; A opts out, B answers."""
    campaign_id = plan_lines(desk, account, lines or [(A, "秘密一"), (B, "秘密二"), (C, "秘密三")])
    sending.send(desk, campaign_id, threading.Event(), ignore)
    practice.reply(A, "退订")
    practice.reply(B, "我的地址是秘密")
    polling.pull(desk, account, threading.Event(), ignore)
    return campaign_id


def age(desk: Desk, days: int) -> None:
    """Let all that is there be so many days older."""
    back = int(timedelta(days=days).total_seconds() * 1000)
    columns = [
        campaign_table.c.finished_at,
        messages.c.submitted_at,
        messages.c.reported_at,
        reports.c.reported_at,
        replies.c.received_at,
        raw_answers.c.received_at,
        batches.c.claimed_at,
    ]
    with desk.database.write() as conn:
        for column in columns:
            conn.exec_driver_sql(f"UPDATE {column.table.name} SET {column.name} = {column.name} - {back}")


def all_of(desk: Desk, table: Any) -> Sequence[Any]:
    with desk.database.read() as conn:
        return conn.execute(select(table).order_by(table.c.id)).all()


def clear(desk: Desk, how: Removal, days: int = 30) -> Old:
    return old_data.clear(desk, days, how, threading.Event(), ignore)


def count(desk: Desk, how: Removal, days: int = 30) -> Old:
    return old_data.count(desk, days, how, threading.Event())


@pytest.mark.parametrize("how", Removal)
def test_what_is_counted_is_what_goes_and_nothing_is_left_for_a_second_time(
    both_desks: Desk, account: Account, practice: Practice, how: Removal
) -> None:
    sent(both_desks, practice, account)
    assert count(both_desks, how) == Old()  # of today
    age(both_desks, 40)
    assert count(both_desks, how, days=45).total == 0
    told = count(both_desks, how)
    assert (told.campaigns, told.messages, told.reports, told.replies) == (1, 3, 3, 1)
    assert told.answers >= 2
    assert clear(both_desks, how) == told
    assert count(both_desks, how) == Old()
    assert clear(both_desks, how) == Old()


def test_anonymised_rows_tell_nobody_and_the_figures_stay(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = sent(both_desks, practice, account)
    before = campaigns.get(both_desks, campaign_id).counts
    age(both_desks, 40)
    clear(both_desks, Removal.ANONYMISE)
    found = all_of(both_desks, messages)
    assert {(row.mobile, row.content, row.mid, row.line) for row in found} == {("138********", "", None, None)}
    assert Counter((row.state, row.stat) for row in found) == {(State.ACCEPTED, "DELIVRD"): 3}
    told = all_of(both_desks, reports)
    assert {row.mobile[:11] for row in told} == {"138********"}
    assert {row.mid for row in told} == {""}
    assert [row.message_id for row in told] == [row.id for row in found] or len(told) == 3
    assert [row.content for row in all_of(both_desks, replies) if row.mobile != A] == [""]
    assert all_of(both_desks, raw_answers) == []
    assert campaigns.get(both_desks, campaign_id).counts == before
    with both_desks.database.read() as conn:
        assert_counts_true(conn)


def test_deleted_rows_are_gone_and_the_campaign_keeps_its_counts(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = sent(both_desks, practice, account)
    before = campaigns.get(both_desks, campaign_id).counts
    age(both_desks, 40)
    clear(both_desks, Removal.DELETE)
    assert all_of(both_desks, messages) == all_of(both_desks, reports) == all_of(both_desks, raw_answers) == []
    assert campaigns.get(both_desks, campaign_id).counts == before
    assert before.delivered == 3


@pytest.mark.parametrize("how", Removal)
def test_who_opted_out_stays_so_with_the_reply_that_says_it(
    both_desks: Desk, account: Account, practice: Practice, how: Removal
) -> None:
    sent(both_desks, practice, account)
    age(both_desks, 400)
    clear(both_desks, how)
    (entry,) = blocklist.rows(both_desks)
    assert (entry.mobile, entry.reply) == (A, "退订")
    again = sending.send(both_desks, plan_lines(both_desks, account, [(A, "又来")]), threading.Event(), ignore)
    assert again.counts.skipped == 1


@pytest.mark.parametrize("how", Removal)
def test_what_is_unfinished_stays_as_it_is(
    both_desks: Desk, account: Account, practice: Practice, how: Removal
) -> None:
    """A paused campaign, and of one that is done the message that is in doubt."""
    practice.faults.add("drop_after", "p2p")
    doubtful = plan_lines(both_desks, account, [(A, "存疑")])
    sending.send(both_desks, doubtful, threading.Event(), ignore)
    practice.faults.clear()
    waiting = plan(both_desks, account, 5)
    campaigns.pause(both_desks, waiting)
    with both_desks.database.write() as conn:
        assert counts_of(conn, doubtful).in_doubt == 1
    age(both_desks, 400)
    before = all_of(both_desks, messages)
    clear(both_desks, how)
    assert all_of(both_desks, messages) == before
    assert campaigns.treat_as_sent(both_desks, doubtful) == 1
    assert clear(both_desks, how).messages == 1  # once it is settled it goes as well


def test_a_message_without_a_number_is_never_sent_again(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.gateway.settings.specials = False
    practice.faults.add("result", "send", code=12)
    campaign_id = plan(both_desks, account, 1)
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    practice.faults.clear()
    with both_desks.database.write() as conn:
        counts = counts_of(conn, campaign_id)
    assert counts.rejected == 1
    age(both_desks, 40)
    clear(both_desks, Removal.ANONYMISE)
    assert campaigns.retry(both_desks, campaign_id, frozenset({State.REJECTED})) == 0
    assert campaigns.get(both_desks, campaign_id).state is CampaignState.DONE
    assert list(campaigns.mobiles_of(both_desks, campaign_id)) == []
    assert practice.gateway.ledger.accepted == []


def test_it_can_be_stopped_and_goes_on_with_the_rest(
    both_desks: Desk, account: Account, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_rows, "AT_ONCE", 4)
    campaign_id = plan(both_desks, account, 20)
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    age(both_desks, 40)
    stop, news = threading.Event(), list[object]()

    def tell(one: object) -> None:
        news.append(one)
        stop.set()

    with pytest.raises(Cancelled):
        old_data.clear(both_desks, 30, Removal.ANONYMISE, stop, tell, total=20)
    assert news == [Clearing(4, 20)]
    with both_desks.database.read() as conn:
        left = conn.execute(select(func.count()).where(messages.c.mobile.not_like("%*%"))).scalar_one()
    assert left == 16
    assert clear(both_desks, Removal.ANONYMISE).messages == 16


def test_only_one_program_does_it_and_nothing_young_goes(both_desks: Desk) -> None:
    with both_desks.database.lock("old-data"), pytest.raises(StoreBusy):
        clear(both_desks, Removal.DELETE)
    with pytest.raises(InputProblem, match="30 days"):
        clear(both_desks, Removal.DELETE, days=29)


@pytest.mark.parametrize("how", Removal)
def test_nothing_that_went_is_found_in_the_file(desk: Desk, practice: Practice, how: Removal) -> None:
    account = stored_account(desk, practice)
    sent(desk, practice, account, [(B, "绝密文本"), (C, "绝密文本")])
    age(desk, 40)
    clear(desk, how)
    file = desk.database.file
    assert file is not None
    desk.database.dispose()
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = file.read_bytes()
    for gone in ("绝密文本", "我的地址是秘密", C):
        assert gone.encode() not in content


def test_times_of_what_goes_are_told_from_the_end_of_the_campaign(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = sent(both_desks, practice, account)
    age(both_desks, 40)
    with both_desks.database.write() as conn:  # the last of it was sent yesterday
        yesterday = now() - timedelta(days=1)
        conn.execute(campaign_table.update().where(campaign_table.c.id == campaign_id).values(finished_at=yesterday))
    assert count(both_desks, Removal.DELETE).messages == 0
