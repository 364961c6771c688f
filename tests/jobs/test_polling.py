"""Fetching reports and replies, and what is pushed: nothing that was handed out is lost, and nothing counts twice."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import pytest
from checks import SAID, assert_counts_true, assert_ledger_agrees, ignore, numbers, plan, plan_lines
from conftest import account_at, stored_account
from raw_server import raw_server
from sqlalchemy import select

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.campaign import Counts
from smsdesk.domain.errors import Cancelled, GatewayProblem, PasswordProblem, StoreBusy, StoreProblem
from smsdesk.domain.inbox import Came
from smsdesk.domain.message import Delivery
from smsdesk.gateway import wire
from smsdesk.gateway.errors import AnswerLost, Refused
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import accounts, campaigns, polling, receiving, recovery, sending
from smsdesk.jobs import raw_answers as raw_answers_job
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.pace import Backoff
from smsdesk.jobs.polling import Polled, Poller
from smsdesk.jobs.sending import Manner
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.model import Edition, Settings
from smsdesk.simulator.server import Practice
from smsdesk.store import answers, blocklist, pages
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
    practice.faults.add("slow", "send", seconds=0.6)
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
    assert len(reports(both_desks)) == 1  # the one that is whole
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


def test_an_answer_without_a_body_ends_the_round_and_is_told(both_desks: Desk, practice: Practice) -> None:
    account = accounts.save(both_desks, dataclasses.replace(account_at(practice)), Secret("x"))
    with raw_server() as server:
        server.answer(b"")
        with pytest.raises(AnswerLost):
            pull(both_desks, dataclasses.replace(account, url=server.url))
    assert kept_raw(both_desks) == []


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
        assert answers.waiting(conn, account.id) == []


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


def rounds(desk: Desk, account: Account, wanted: Callable[[Sequence[Polled]], bool]) -> list[Polled]:
    """Poll, every millisecond, until the rounds that were told are those that are wanted."""
    told: list[Polled] = []
    stop = threading.Event()

    def tell(news: object) -> None:
        if isinstance(news, Polled):
            told.append(news)
            if wanted(told):
                stop.set()

    end = threading.Timer(20, stop.set)  # where they never come, the asserts after it fail
    end.start()
    polling.poll(desk, account, stop, tell, 0.001)
    end.cancel()
    return told


def of(told: Sequence[Polled], source: str) -> list[Polled]:
    return [one for one in told if one.source == source]


def both(told: Sequence[Polled]) -> bool:
    return {one.source for one in told} == {"report", "mo"}


@contextmanager
def polled(desk: Desk, account: Account, every_s: float) -> Iterator[tuple[Poller, list[Polled]]]:
    """A poller at work, and what it has told."""
    told: list[Polled] = []
    stop = threading.Event()
    poller = Poller(desk, account, every_s)

    def tell(news: object) -> None:
        if isinstance(news, Polled):
            told.append(news)

    thread = threading.Thread(target=poller.run, args=(stop, tell))
    thread.start()
    try:
        yield poller, told
    finally:
        stop.set()
        thread.join()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_polling_tells_each_round_what_came(both_desks: Desk, account: Account, practice: Practice) -> None:
    send(both_desks, plan(both_desks, account, 3))
    told = rounds(both_desks, account, lambda told: len(of(told, "report")) >= 2 and both(told))
    first, second, *_ = of(told, "report")
    assert (first.came, first.problem, first.account_id) == (Came(reports=3, matched=3), None, account.id)
    assert second.came == Came()
    assert (first.next_in_s, first.fetched_at, first.failing_since) == (0.001, first.at, None)
    assert practice.gateway.ledger.refused_requests == {}


@pytest.mark.parametrize(("fails", "works"), [("report", "mo"), ("mo", "report")])
def test_one_that_fails_is_asked_for_less_often_and_the_other_as_often_as_ever(
    both_desks: Desk, account: Account, practice: Practice, fails: str, works: str
) -> None:
    fault = practice.faults.add("html", fails)
    told = rounds(both_desks, account, lambda told: len(of(told, works)) >= 5 and both(told))
    (failed,) = of(told, fails)
    assert failed.problem is not None
    assert "HTTP error 502" in failed.problem.en
    assert failed.next_in_s >= 30
    assert (failed.fetched_at, failed.failing_since) == (None, failed.at)
    assert {one.problem for one in of(told, works)} == {None}
    assert {one.next_in_s for one in of(told, works)} == {0.001}
    assert fault.struck == 1


def test_replies_come_in_while_reports_hang(both_desks: Desk, account: Account, practice: Practice) -> None:
    hang = practice.faults.add("hang", "report")
    desk = dataclasses.replace(both_desks, patience=Patience(connect=5, silence=30, whole=30))
    with polled(desk, account, 0.01) as (_, told):
        wait_until(lambda: hang.struck == 1)
        practice.reply(numbers(1)[0], "TD")
        wait_until(lambda: len(replies(desk)) == 1)
        with desk.database.read() as conn:
            assert [one.mobile for one in blocklist.rows(conn)] == numbers(1)
        assert of(told, "report") == []
        assert hang.struck == 1
        hang.off()


def test_fetching_at_once_does_not_wait_for_the_end_of_a_pause(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.faults.add("status", code=3)
    with polled(both_desks, account, 3600) as (poller, told):
        wait_until(lambda: both(told))
        assert all(one.problem and one.next_in_s >= 3600 for one in told)
        practice.faults.clear()
        wait_until(lambda: not any(loop._busy for loop in poller._loops))
        poller.now()
        wait_until(lambda: {one.source for one in told if one.problem is None} == {"report", "mo"})


def test_fetching_at_once_does_not_wait_for_an_answer_that_hangs_and_goes_beside_it_only_once(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    desk = dataclasses.replace(both_desks, patience=Patience(connect=5, silence=30, whole=30))
    first = practice.faults.add("hang", "report", times=1)
    with polled(desk, account, 3600) as (poller, told):
        wait_until(lambda: first.struck == 1)
        poller.now()
        wait_until(lambda: len(of(told, "report")) == 1)
        assert of(told, "report")[0].came.reports == 3
        second = practice.faults.add("hang", "report")
        for _ in range(5):
            poller.now()
        wait_until(lambda: second.struck >= 1)
        poller.now()
        assert second.struck == 1
        first.off()
        second.off()


def test_another_interval_and_a_changed_account_take_effect_at_once(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    nowhere = dataclasses.replace(account, url="http://127.0.0.1:9/sms")
    with polled(both_desks, nowhere, 3600) as (poller, told):
        wait_until(lambda: both(told))
        poller.change(account, 0.01)
        wait_until(lambda: len([one for one in told if one.problem is None and one.next_in_s == 0.01]) >= 4)


def test_a_wrong_password_is_said_with_what_to_do_and_tried_ever_more_rarely(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    fault = practice.faults.add("status", "report", code=3)
    with polled(both_desks, account, 1) as (poller, told):
        for tries in range(1, 6):
            wait_until(lambda tries=tries: len(of(told, "report")) >= tries)  # type: ignore[misc]
            wait_until(lambda: not any(loop._busy for loop in poller._loops))
            poller.now()
    pauses = [one.next_in_s for one in of(told, "report")][:5]
    assert pauses == [30, 60, 120, 240, 300]
    assert len({one.failing_since for one in of(told, "report")}) == 1
    assert fault.struck == len(of(told, "report"))
    problem = told[-1].problem or of(told, "report")[0].problem
    assert problem is not None
    assert "password" in problem.en


def test_twenty_accounts_are_all_polled_though_the_gateway_of_half_of_them_hangs(
    both_desks: Desk, practice: Practice
) -> None:
    desk = dataclasses.replace(both_desks, patience=Patience(connect=5, silence=30, whole=30))
    silent = Practice(settings=Settings(speed=0))
    silent.start()
    silent.faults.add("hang")
    with silent, ExitStack() as stack:
        told = {}
        for n in range(20):
            account = stored_account(desk, silent if n % 2 else practice, name=f"账户{n}")
            _, told[n] = stack.enter_context(polled(desk, account, 0.05))
        wait_until(lambda: all(len(of(told[n], "mo")) >= 2 and both(told[n]) for n in range(0, 20, 2)))
        assert {one.problem for n in range(0, 20, 2) for one in told[n]} == {None}
        assert not any(told[n] for n in range(1, 20, 2))
        silent.faults.clear()


def test_an_answer_is_kept_though_the_store_is_full_for_a_while(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    keep, failures = receiving.keep, iter([True, True])

    def sometimes(*given: Any) -> int:
        if given[2] == "report" and next(failures, False):
            raise StoreProblem(SAID)
        return keep(*given)

    with mock.patch.object(receiving, "keep", sometimes):
        assert pull(both_desks, account).reports == 3


def test_an_answer_is_kept_though_the_program_is_to_end_while_the_store_is_full(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    send(both_desks, plan(both_desks, account, 3))
    keep, stop, tries = receiving.keep, threading.Event(), iter(range(3))

    def later(*given: Any) -> int:
        if given[2] == "report":
            stop.set()
            if next(tries, None) is not None:
                raise StoreProblem(SAID)
        return keep(*given)

    with mock.patch.object(receiving, "keep", later), contextlib.suppress(Cancelled):
        polling.pull(both_desks, account, stop, ignore)
    receiving.take_in_left(both_desks)
    assert len(reports(both_desks)) == 3


def test_what_an_http_error_holds_of_items_is_kept_and_other_pages_are_not(
    both_desks: Desk, practice: Practice
) -> None:
    account = accounts.save(both_desks, dataclasses.replace(account_at(practice)), Secret("x"))
    with raw_server() as server:
        server.answer(b"<html>Bad gateway</html>", status="502 Bad Gateway")
        with pytest.raises(AnswerLost):
            pull(both_desks, dataclasses.replace(account, url=server.url))
        assert kept_raw(both_desks) == []
        server.answer(item("A1"), status="500 Internal Server Error")
        with pytest.raises(AnswerLost):
            pull(both_desks, dataclasses.replace(account, url=server.url))
    assert [row.mid for row in reports(both_desks)] == ["A1"]


@pytest.mark.expects_log
def test_a_store_that_is_busy_at_each_start_does_not_count_against_an_answer(
    both_desks: Desk, account: Account
) -> None:
    receiving.keep(both_desks, account.id, "push", item("A1"))
    with mock.patch.object(receiving, "take_in", side_effect=StoreBusy(SAID)):
        for _ in range(5):
            receiving.take_in_left(both_desks)
    assert raw_answers_job.count(both_desks) == 0
    assert receiving.take_in_left(both_desks).reports == 1


@pytest.mark.expects_log
def test_an_answer_that_makes_the_program_fail_stops_nothing_after_it(both_desks: Desk, account: Account) -> None:
    poison = receiving.keep(both_desks, account.id, "report", item("POISON"))
    good = receiving.keep(both_desks, account.id, "report", item("A1"))
    decode = wire.decode_reports

    def fails(body: bytes) -> Any:
        if b"POISON" in body:
            raise ZeroDivisionError
        return decode(body)

    with mock.patch.object(wire, "decode_reports", fails):
        assert receiving.take_in(both_desks, poison, good).came.reports == 1
    (shown,) = raw_answers_job.every(both_desks)
    assert shown.id == poison
    assert "fault of the program" in shown.why.en
    assert raw_answers_job.retry(both_desks, [poison]).reports == 1
    assert raw_answers_job.count(both_desks) == 0


def test_an_answer_that_the_program_dies_of_is_given_up_after_some_tries(both_desks: Desk, account: Account) -> None:
    raw_id = receiving.keep(both_desks, account.id, "push", item("A1"))
    with mock.patch.object(receiving, "take_in", side_effect=SystemExit):  # as if the process ended
        for _ in range(3):
            with pytest.raises(SystemExit):
                receiving.take_in_left(both_desks)
        receiving.take_in_left(both_desks)
    assert [one.id for one in raw_answers_job.every(both_desks)] == [raw_id]
    assert raw_answers_job.retry(both_desks, [raw_id]).reports == 1


def test_a_start_reads_what_was_left_also_of_pushes_and_removed_accounts(both_desks: Desk, account: Account) -> None:
    for source, mid in (("report", "A1"), ("push", "A2")):
        receiving.keep(both_desks, account.id, source, item(mid))
    accounts.remove(both_desks, account)
    recovery.recover(both_desks)
    assert {row.mid for row in reports(both_desks)} == {"A1", "A2"}


def test_one_bad_item_among_a_thousand_is_kept_with_its_reason_and_the_others_come_in(
    both_desks: Desk, account: Account
) -> None:
    items = [{"mid": f"M{n}", "mobile": mobile, "stat": "DELIVRD"} for n, mobile in enumerate(numbers(999))]
    bad = [{"mid": "9" * 5000, "mobile": "13800010000"}]  # longer than an index takes
    body = json.dumps({"status": 0, "list": [*items[:500], *bad, *items[500:]]}).encode()
    raw_id = receiving.keep(both_desks, account.id, "report", body)
    assert receiving.take_in(both_desks, raw_id).came.reports == 999
    (shown,) = raw_answers_job.every(both_desks)
    assert "1 of 1000 items could not be read" in shown.why.en
    assert (shown.size, raw_answers_job.body_of(both_desks, raw_id)) == (len(body), body)
    raw_answers_job.set_aside(both_desks, [raw_id])
    assert raw_answers_job.every(both_desks) == []
    assert raw_answers_job.body_of(both_desks, raw_id) == body


def test_the_same_unreadable_answer_again_is_shown_once(both_desks: Desk, account: Account) -> None:
    for body in (b"busy", b"busy", b"other"):
        receiving.take_in(both_desks, receiving.keep(both_desks, account.id, "mo", body))
    assert [one.size for one in raw_answers_job.every(both_desks)] == [5, 4]


def test_an_item_that_is_pushed_and_pulled_at_the_same_moment_counts_once_however_it_is_spelled(
    both_desks: Desk, account: Account
) -> None:
    pulled, pushed = [], []
    for n, mobile in enumerate(numbers(200)):
        given = {"flag": 1, "mid": f"ab{n}", "mobile": mobile, "stat": "DELIVRD", "time": "2021-06-01 00:00:00"}
        pulled.append(given)
        spelled = {"mid": f" AB{n}", "mobile": f"86{mobile}", "stat": "DELIVRD ", "time": "2021-06-01 00:00:00.123"}
        pushed.append({**given, **spelled})
    bodies = [("report", {"status": 0, "list": pulled}), ("push", pushed)] * 2
    ids = [receiving.keep(both_desks, account.id, source, json.dumps(body).encode()) for source, body in bodies]
    start = threading.Barrier(len(ids))

    def take(raw_id: int) -> Came:
        start.wait()
        return receiving.take_in(both_desks, raw_id).came

    with ThreadPoolExecutor(len(ids)) as pool:
        came = sum(pool.map(take, ids), Came())
    assert came == Came(reports=200)
    assert len(reports(both_desks)) == 200
    assert raw_answers_job.not_ours(both_desks) == 200


def item(mid: str) -> bytes:
    given = {"flag": 1, "mid": mid, "mobile": "13800010000", "stat": "DELIVRD", "time": "2021-06-01 00:00:00"}
    return json.dumps([given]).encode()


def test_polling_goes_on_when_the_gateway_is_back(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.faults.add("refuse")
    assert all(one.problem for one in rounds(both_desks, account, both))
    practice.faults.clear()
    assert not any(one.problem for one in rounds(both_desks, account, both))


def test_polling_without_a_password_says_so(both_desks: Desk, account: Account, passwords: MemoryPasswords) -> None:
    passwords.forget(account.key)
    for told in rounds(both_desks, account, both):
        assert told.problem is not None
        assert "no password" in told.problem.en
    with pytest.raises(PasswordProblem):
        pull(both_desks, account)


@pytest.mark.parametrize("source", ["report", "mo"])
def test_one_program_at_a_time_fetches_for_an_account(both_desks: Desk, account: Account, source: str) -> None:
    with both_desks.database.lock(f"poller-{account.id}-{source}"), pytest.raises(StoreBusy):
        polling.pull(both_desks, account, threading.Event(), ignore, wait=0.1)


def test_a_hung_gateway_is_given_up(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.faults.add("hang", "report")
    desk = dataclasses.replace(both_desks, patience=Patience(connect=1, silence=0.2, whole=0.5))
    with pytest.raises(GatewayProblem, match="took too long"):
        pull(desk, account)
