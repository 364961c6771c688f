"""Fetching reports and replies, and what is pushed: nothing that was handed out is lost, and nothing counts twice."""

from __future__ import annotations

import dataclasses
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import assert_counts_true, assert_ledger_agrees, ignore, numbers, plan, plan_lines
from conftest import account_at, stored_account
from raw_server import raw_server
from sqlalchemy import select

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.campaign import Counts
from smsdesk.domain.errors import GatewayProblem, PasswordProblem, StoreBusy
from smsdesk.domain.message import Delivery
from smsdesk.gateway.client import Patience
from smsdesk.gateway.errors import AnswerLost, Refused
from smsdesk.jobs import accounts, campaigns, polling, receiving, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.polling import Polled
from smsdesk.jobs.sending import Manner
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.model import Edition
from smsdesk.simulator.server import Practice
from smsdesk.store import blocklist, inbox, pages
from smsdesk.store.inbox import Came
from smsdesk.store.pages import Filter, ReplyRow, ReportRow
from smsdesk.store.schema import raw_answers

BRISK = Manner(Backoff(0.001, 0.01))


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice)


def send(desk: Desk, campaign_id: int) -> Counts:
    return sending.send(desk, campaign_id, threading.Event(), ignore, BRISK).counts


def pull(desk: Desk, account: Account) -> Came:
    return polling.pull(desk, account, threading.Event(), ignore)


def counts_of(desk: Desk, campaign_id: int) -> Counts:
    with desk.database.read() as conn:
        assert_counts_true(conn)
    return campaigns.get(desk, campaign_id).counts


def replies(desk: Desk) -> list[ReplyRow]:
    with desk.database.read() as conn:
        return pages.reply_rows(conn, Filter())


def reports(desk: Desk) -> list[ReportRow]:
    with desk.database.read() as conn:
        return pages.report_rows(conn, Filter())


def kept_raw(desk: Desk) -> list[tuple[str, bytes, bool]]:
    """Source, body, and whether it could not be read, of each answer that is still there."""
    with desk.database.read() as conn:
        return [(row.source, bytes(row.body), row.problem is not None) for row in conn.execute(select(raw_answers))]


@pytest.mark.parametrize("edition", Edition)
def test_reports_and_replies_find_their_messages(
    both_desks: Desk, account: Account, practice: Practice, edition: Edition
) -> None:
    practice.gateway.settings.edition = edition
    campaign_id = plan_lines(
        both_desks,
        account,
        [
            ("13800010000", "一"),
            ("13800010001", "黑名单"),
            ("13800018888", "回复"),
            ("13800019998", "退订"),
            ("13800015555", "先受理"),
            ("13800010094", "怪码"),
        ],
    )
    send(both_desks, campaign_id)
    assert pull(both_desks, account) == Came(reports=7, replies=2, matched=7, opted_out=1)
    assert counts_of(both_desks, campaign_id) == Counts(accepted=6, delivered=4, failed=2, segments=6)
    assert {(row.content, row.answers, row.opt_out) for row in replies(both_desks)} == {
        ("收到", "回复", False),
        ("ＴＤ", "退订", True),
    }
    with both_desks.database.read() as conn:
        assert [one.mobile for one in blocklist.rows(conn)] == ["13800019998"]
    assert pull(both_desks, account) == Came()
    assert counts_of(both_desks, campaign_id).delivered == 4


def test_an_account_that_answers_with_the_samples_quirk_brings_its_replies(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.gateway.settings.mo_as_stat = True
    practice.reply("13800010000", "好的 & 谢谢")
    assert pull(both_desks, account) == Came(replies=1)
    assert replies(both_desks)[0].content == "好的 & 谢谢"


def test_many_full_answers_are_fetched_one_after_another(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, batch=500)
    campaign_id = plan(both_desks, account, 5_000)
    send(both_desks, campaign_id)
    told: list[object] = []
    came = polling.pull(both_desks, account, threading.Event(), told.append)
    assert came == Came(reports=5_000, matched=5_000)
    assert (told[0], told[-1]) == (Came(reports=1_000, matched=1_000), came)
    assert counts_of(both_desks, campaign_id) == Counts(accepted=5_000, delivered=5_000, segments=5_000)
    assert [message for message in practice.gateway.ledger.handed_out if message.again] == []


def test_items_that_are_handed_out_again_count_once_and_end_the_fetching(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = plan(both_desks, account, 10)
    send(both_desks, campaign_id)
    practice.reply(numbers(1)[0], "好的")
    fault = practice.faults.add("repeat")
    assert pull(both_desks, account) == Came(reports=10, replies=1, matched=10)
    assert pull(both_desks, account) == Came()
    assert fault.struck == 6
    assert counts_of(both_desks, campaign_id).delivered == 10
    assert len(replies(both_desks)) == 1


def test_a_report_of_nobodys_message_is_kept_and_does_not_stop_the_others(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = plan(both_desks, account, 3)
    send(both_desks, campaign_id)
    with practice.lock:
        practice.gateway._lines[practice.account].outbox.put(0.0, 1, "FFFF", "13999999999", "DELIVRD", "106")
    assert pull(both_desks, account) == Came(reports=4, matched=3)
    unknown = [row for row in reports(both_desks) if row.campaign_id is None]
    assert [(row.mid, row.mobile) for row in unknown] == [("FFFF", "13999999999")]


def test_a_message_in_doubt_is_settled_by_its_report(both_desks: Desk, account: Account, practice: Practice) -> None:
    campaign_id = plan(both_desks, account, 10)
    practice.faults.add("drop_after", "send", times=1)
    assert send(both_desks, campaign_id) == Counts(in_doubt=10, segments=10)
    assert pull(both_desks, account) == Came(reports=10, matched=10)
    assert counts_of(both_desks, campaign_id) == Counts(accepted=10, delivered=10, segments=10)
    assert all(row.inferred for row in campaigns.every_message(both_desks, campaign_id))
    assert_ledger_agrees(both_desks, practice)


def test_reports_that_are_fetched_while_it_is_being_sent_are_all_matched(both_desks: Desk, practice: Practice) -> None:
    account = stored_account(both_desks, practice, batch=5, connections=3)
    campaign_id = plan(both_desks, account, 150)
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(polling.poll, both_desks, account, stop, ignore, 0.005)
        send(both_desks, campaign_id)
        stop.set()
        polled.result()
    pull(both_desks, account)
    assert counts_of(both_desks, campaign_id) == Counts(accepted=150, delivered=150, segments=150)
    assert not any(row.inferred for row in campaigns.every_message(both_desks, campaign_id))


@pytest.mark.parametrize("fault", ["slow", "status"])
def test_a_report_that_could_be_of_a_message_under_way_settles_the_doubt_when_that_one_is_answered(
    both_desks: Desk, account: Account, practice: Practice, fault: str
) -> None:
    doubtful = plan(both_desks, account, 1)
    practice.faults.add("drop_after", "send", times=1)
    assert send(both_desks, doubtful).in_doubt == 1
    practice.faults.add("slow", "send", seconds=0.3)
    if fault == "status":
        practice.faults.add("status", "send", code=7)
    later = plan(both_desks, account, 1, "再来")
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(send, both_desks, later)
        while campaigns.get(both_desks, later).counts.claimed == 0:
            assert not sent.done()
        assert pull(both_desks, account) == Came(reports=1)
        assert campaigns.get(both_desks, doubtful).counts.in_doubt == 1
        sent.result()
    assert counts_of(both_desks, doubtful) == Counts(accepted=1, delivered=1, segments=1)
    assert_ledger_agrees(both_desks, practice)


# -- when it fails


@pytest.mark.parametrize(("fails", "works"), [("report", "replies"), ("mo", "reports")])
def test_one_of_the_two_works_when_the_other_fails(
    both_desks: Desk, account: Account, practice: Practice, fails: str, works: str
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    practice.reply(numbers(1)[0], "好的")
    practice.faults.add("status", fails, code=5)
    with pytest.raises(Refused):
        pull(both_desks, account)
    assert len(replies(both_desks)) == (1 if works == "replies" else 0)
    assert len(reports(both_desks)) == (3 if works == "reports" else 0)


def test_half_an_answer_is_kept_as_it_came_since_nobody_hands_it_out_again(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    practice.faults.add("half", "report", times=1)
    with pytest.raises(AnswerLost):
        pull(both_desks, account)
    ((source, body, unread),) = kept_raw(both_desks)
    assert (source, unread) == ("report", True)
    assert b"DELIVRD" in body
    assert pull(both_desks, account) == Came()
    assert len(kept_raw(both_desks)) == 1


def test_an_answer_that_is_no_json_is_kept_and_an_empty_one_is_not(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    pull(both_desks, account)
    assert kept_raw(both_desks) == []
    practice.faults.add("status", "report", code=3, times=1)
    with pytest.raises(Refused):
        pull(both_desks, account)
    assert kept_raw(both_desks) == []
    practice.faults.add("not_json", "mo", times=1)
    with pytest.raises(AnswerLost):
        pull(both_desks, account)
    assert [(source, unread) for source, _, unread in kept_raw(both_desks)] == [("mo", True)]


def test_items_that_cannot_be_read_do_not_cost_the_others_nor_stop_the_polling(
    both_desks: Desk, practice: Practice, passwords: MemoryPasswords
) -> None:
    good = {"flag": 1, "mid": "A1", "mobile": "13800010000", "stat": "DELIVRD", "time": "2021-06-01 00:00:00"}
    odd: list[object] = [
        *(None, 7, "x", [], {}),
        {"mobile": "13800020000", "mid": None, "stat": None, "time": "0001-01-01 00:00:00"},
        {"mobile": "13800030000", "mid": "\0\ud800", "stat": "\ud83d", "time": 5},
        {"mobile": {"a": 1}, "mid": ["x"], "stat": True, "accessCode": 1.5},
    ]
    account = accounts.save(both_desks, dataclasses.replace(account_at(practice)), Secret("x"))
    with raw_server() as server:
        here = dataclasses.replace(account, url=server.url)
        server.answer(json.dumps({"status": 0, "list": [*odd, good]}).encode())
        came = polling.pull(both_desks, here, threading.Event(), ignore)
    assert came.reports == 4
    assert {row.mobile for row in reports(both_desks)} >= {"13800010000", "13800020000", "13800030000"}
    assert {row.mobile: row.delivery for row in reports(both_desks)}["13800020000"] is Delivery.NONE
    assert came.replies == 4
    with both_desks.database.read() as conn:
        assert inbox.waiting(conn, account.id) == []


def test_a_list_of_an_unknown_shape_is_kept_with_its_reason(both_desks: Desk, account: Account) -> None:
    raw_id = receiving.keep(both_desks, account.id, receiving.REPORT, b'{"status":0,"list":["13800010000,DELIVRD"]}')
    assert isinstance(receiving.take_in(both_desks, raw_id).problem, AnswerLost)
    assert [unread for _, _, unread in kept_raw(both_desks)] == [True]


def test_what_a_program_stored_and_died_before_reading_is_read_at_the_next_fetching(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = plan(both_desks, account, 3)
    send(both_desks, campaign_id)
    with both_desks.client(account) as client:
        for _ in range(2):
            receiving.keep(both_desks, account.id, receiving.REPORT, client.report(1000))
    assert counts_of(both_desks, campaign_id).delivered == 0
    assert pull(both_desks, account) == Came(reports=3, matched=3)
    assert counts_of(both_desks, campaign_id).delivered == 3
    assert receiving.take_in_waiting(both_desks, account.id) == Came()


def test_an_answer_is_taken_in_once_whoever_does_it(both_desks: Desk, account: Account) -> None:
    item = {"flag": 1, "mid": "A", "mobile": "13800010000", "stat": "DELIVRD", "time": "2021-06-01 00:00:00"}
    raw_id = receiving.keep(both_desks, account.id, receiving.PUSH, json.dumps(item).encode())
    with ThreadPoolExecutor(4) as pool:
        taken = [future.result() for future in [pool.submit(receiving.take_in, both_desks, raw_id) for _ in range(4)]]
    assert sum((one.came for one in taken), Came()) == Came(reports=1)
    assert len(reports(both_desks)) == 1


def test_a_push_that_comes_twice_counts_once(both_desks: Desk, account: Account) -> None:
    items = [
        {"flag": 1, "mid": "A", "mobile": "13800010000", "stat": "DELIVRD", "time": "2021-06-01 00:00:00"},
        {"flag": 0, "mid": "B", "mobile": "13800010000", "content": "TD", "time": "2021-06-01 00:00:00"},
    ]
    body = json.dumps(items).encode()
    came = [
        receiving.take_in(both_desks, receiving.keep(both_desks, account.id, receiving.PUSH, body)).came
        for _ in range(2)
    ]
    assert came == [Came(reports=1, replies=1, opted_out=1), Came()]


# -- polling


def rounds(desk: Desk, account: Account, count: int, every_s: float = 0.001) -> list[Polled]:
    told: list[Polled] = []
    stop = threading.Event()

    def tell(news: object) -> None:
        assert isinstance(news, Polled)
        told.append(news)
        if len(told) == count or news.next_in_s > 1:
            stop.set()

    polling.poll(desk, account, stop, tell, every_s)
    return told


def test_polling_tells_each_round_what_came(both_desks: Desk, account: Account, practice: Practice) -> None:
    send(both_desks, plan(both_desks, account, 3))
    first, second = rounds(both_desks, account, 2)
    assert (first.came, first.problem, first.account_id) == (Came(reports=3, matched=3), None, account.id)
    assert second.came == Came()
    assert first.next_in_s == 0.001
    assert practice.gateway.ledger.refused_requests == {}


def test_polling_is_slower_while_there_are_problems_and_tells_what_came_all_the_same(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    practice.faults.add("html", "mo")
    (told,) = rounds(both_desks, account, 1)
    assert told.came == Came(reports=3, matched=3)
    assert told.problem is not None
    assert "HTTP error 502" in told.problem.en
    assert told.next_in_s >= 30


def test_polling_goes_on_when_the_gateway_is_back(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.faults.add("refuse")
    (told,) = rounds(both_desks, account, 1)
    assert told.problem is not None
    practice.faults.clear()
    (told,) = rounds(both_desks, account, 1)
    assert told.problem is None


def test_polling_without_a_password_says_so(both_desks: Desk, account: Account, passwords: MemoryPasswords) -> None:
    passwords.forget(account.key)
    (told,) = rounds(both_desks, account, 1)
    assert told.problem is not None
    assert "no password" in told.problem.en
    with pytest.raises(PasswordProblem):
        pull(both_desks, account)


def test_one_program_at_a_time_fetches_for_an_account(both_desks: Desk, account: Account) -> None:
    with both_desks.database.lock(f"poller-{account.id}"), pytest.raises(StoreBusy):
        polling.pull(both_desks, account, threading.Event(), ignore, wait=0.1)


def test_a_hung_gateway_is_given_up(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.faults.add("hang", "report")
    desk = dataclasses.replace(both_desks, patience=Patience(connect=1, silence=0.2, whole=0.5))
    with pytest.raises(GatewayProblem, match="took too long"):
        pull(desk, account)
