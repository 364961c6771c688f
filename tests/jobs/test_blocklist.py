"""Who is on the blocklist, by whom and why, and what becomes of those who opt out while a campaign runs."""

from __future__ import annotations

import getpass
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from checks import OPT_OUT_WORDS, ignore, numbers, plan
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.inbox import Reply
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import blocklist, campaigns, importing, inbox, polling, sending, tables_out
from smsdesk.jobs.blocklist import Added, Adding
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Target
from smsdesk.jobs.inbox import Filter
from smsdesk.jobs.sending import Sending
from smsdesk.simulator.server import Practice
from smsdesk.store import answers
from smsdesk.store import replies as reply_rows

A, B, C = numbers(3)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, batch=5, connections=1)


def pull(desk: Desk, account: Account) -> None:
    polling.pull(desk, account, threading.Event(), ignore)


def test_each_entry_tells_since_when_why_and_by_whom(both_desks: Desk) -> None:
    assert blocklist.add(both_desks, [A, B], Words("投诉", "complained")) == Added(2, 0)
    assert blocklist.add(both_desks, [B, C]) == Added(1, 1)
    newest, *_, first = blocklist.rows(both_desks)
    assert (newest.mobile, newest.reason, newest.added_by) == (C, blocklist.BY_HAND, getpass.getuser())
    assert (first.mobile, first.reason.en) == (A, "complained")
    assert blocklist.count(both_desks) == 3


def test_who_is_taken_off_gets_messages_again_and_all_of_it_is_remembered(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    blocklist.add(both_desks, [A], Words("投诉", "complained"))
    assert blocklist.remove(both_desks, [A, B], "打电话要求恢复") == 1
    assert [one.mobile for one in blocklist.rows(both_desks)] == []
    (former,) = blocklist.rows(both_desks, former=True)
    assert (former.mobile, former.removed_why, former.removed_by) == (A, "打电话要求恢复", getpass.getuser())
    assert former.removed_at is not None
    sending.send(both_desks, plan(both_desks, account, 1), threading.Event(), ignore)
    assert [one.mobile for one in practice.gateway.ledger.accepted] == [A]
    blocklist.add(both_desks, [A])
    assert blocklist.count(both_desks) == 1


def test_taking_off_can_be_taken_back_and_whoever_is_on_it_again_stays_so(both_desks: Desk) -> None:
    blocklist.add(both_desks, [A, B], Words("投诉", "complained"))
    before = {one.mobile: one for one in blocklist.rows(both_desks)}
    at = now()
    assert blocklist.remove(both_desks, [A, B], "误操作", at) == 2
    blocklist.add(both_desks, [B], Words("又来", "again"))
    assert blocklist.put_back(both_desks, [A, B], at + timedelta(seconds=1)) == 0
    assert blocklist.put_back(both_desks, [A, B], at) == 1
    after = {one.mobile: one for one in blocklist.rows(both_desks)}
    assert after[A] == before[A]
    assert after[B].reason.en == "again"
    assert [one.mobile for one in blocklist.rows(both_desks, former=True)] == [B]


def test_the_list_is_read_a_page_at_a_time_and_searched_by_number(both_desks: Desk) -> None:
    mobiles = numbers(7)
    blocklist.add(both_desks, mobiles)
    first = blocklist.rows(both_desks, limit=4)
    second = blocklist.rows(both_desks, before=first[-1].id, limit=4)
    assert [one.mobile for one in first + second] == mobiles[::-1]
    assert [one.mobile for one in blocklist.rows(both_desks, mobiles[2])] == [mobiles[2]]
    assert len(list(blocklist.every(both_desks))) == 7


def test_a_file_of_another_system_is_taken_in_and_can_be_stopped(
    both_desks: Desk, tmp_path: Path, stop: threading.Event
) -> None:
    file = tmp_path / "旧系统退订.csv"
    file.write_text("手机号,时间\n" + "".join(f"{mobile},2025\n" for mobile in numbers(12_000)), "utf-8")
    found = importing.recipients(importing.read_table(file, stop=stop, tell=ignore), abroad=True)
    news: list[object] = []
    mobiles = list(found.recipients.mobiles())
    assert blocklist.add(both_desks, mobiles, Words(file.name, file.name), stop, news.append) == Added(12_000, 0)
    assert news[-1] == Adding(12_000)
    assert blocklist.rows(both_desks, limit=1)[0].reason.zh == "旧系统退订.csv"
    stop.set()
    with pytest.raises(Cancelled):
        blocklist.add(both_desks, mobiles, stop=stop)


def test_who_wrote_a_reply_can_be_put_on_it_and_the_reply_is_shown(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.reply(A, "别再发了，烦")
    practice.reply(A, "再发我就投诉")
    pull(both_desks, account)
    ids = [one.id for one in inbox.replies(both_desks, Filter())]
    assert blocklist.add_senders(both_desks, ids) == Added(1, 0)
    (entry,) = blocklist.rows(both_desks)
    assert (entry.mobile, entry.reply, entry.from_reply) == (A, "别再发了，烦", True)


def test_all_people_of_a_campaign_can_be_put_on_it(both_desks: Desk, account: Account) -> None:
    campaign_id = plan(both_desks, account, 12)
    blocklist.add(both_desks, [A])
    campaign = campaigns.get(both_desks, campaign_id)
    assert blocklist.add_campaign(both_desks, campaign, threading.Event(), ignore) == Added(11, 1)
    assert blocklist.rows(both_desks, limit=1)[0].reason.zh == "任务“任务”的收件人"


def test_who_opts_out_while_a_campaign_runs_gets_nothing_after(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    """The last of twenty opts out when the first batch has gone, and is fetched while the campaign is on its way."""
    last = numbers(20)[-1]
    campaign_id = plan(both_desks, account, 20)
    practice.faults.add("slow", "send", seconds=0.15)  # longer than from one piece of news to the next

    def opt_out(news: object) -> None:
        if isinstance(news, Sending) and news.counts.accepted and not blocklist.count(both_desks):
            practice.reply(last, "td")
            pull(both_desks, account)

    done = sending.send(both_desks, campaign_id, threading.Event(), opt_out)
    assert done.state is CampaignState.DONE
    assert (done.counts.accepted, done.counts.skipped, done.counts.segments) == (19, 1, 19)
    assert last not in {one.mobile for one in practice.gateway.ledger.accepted}
    (skipped,) = (one for one in campaigns.every_message(both_desks, campaign_id) if one.skip)
    assert skipped.mobile == last


def test_the_list_is_saved_for_another_system(both_desks: Desk, tmp_path: Path) -> None:
    blocklist.add(both_desks, [A, B], Words("投诉", "complained"))
    assert tables_out.save_blocklist(both_desks, Target(tmp_path / "out.xlsx", Language.ZH)) == 2
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("手机号", "加入时间", "原因")
    assert [(row[0], row[2]) for row in rows[1:]] == [(B, "投诉"), (A, "投诉")]


# -- the words that mean "no more"


def test_a_new_store_knows_the_usual_words(both_desks: Desk) -> None:
    assert frozenset(blocklist.words(both_desks)) == OPT_OUT_WORDS


def test_a_word_that_is_added_counts_from_now_on_and_for_replies_before(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.reply(A, "stop!")
    practice.reply(B, "please stop this")
    pull(both_desks, account)
    assert blocklist.count(both_desks) == 0
    assert blocklist.change_words(both_desks, ["Stop"], ()) == 1
    practice.reply(C, "ＳＴＯＰ")
    pull(both_desks, account)
    assert {one.mobile for one in blocklist.rows(both_desks)} == {A, C}
    assert {one.mobile for one in inbox.replies(both_desks, Filter()) if one.opt_out} == {A, C}
    assert blocklist.change_words(both_desks, ["Stop"], ()) == 0


def test_who_would_be_blocked_by_a_word_is_known_before(both_desks: Desk, account: Account, practice: Practice) -> None:
    for mobile in (A, A, B):
        practice.reply(mobile, "1")
    practice.reply(C, "12")
    pull(both_desks, account)
    assert blocklist.repliers(both_desks, ["１"]) == 2
    blocklist.add(both_desks, [B])
    assert blocklist.repliers(both_desks, ["1"]) == 1
    assert blocklist.change_words(both_desks, ["1"], ()) == 1
    assert {one.mobile for one in blocklist.rows(both_desks)} == {A, B}


def test_a_reply_that_is_being_stored_is_judged_by_the_new_words(both_desks: Desk, account: Account) -> None:
    """It would else be an opt-out by neither the old words nor the look at earlier replies."""
    with ThreadPoolExecutor(1) as pool:
        with both_desks.database.write() as conn:
            raw = answers.raw(conn, answers.keep(conn, account.id, "mo", b"{}"))
            assert raw is not None
            reply_rows.add(conn, raw, [Reply("R1", A, "别烦我", "106", None)])
            change = pool.submit(blocklist.change_words, both_desks, ["别烦我"], ())
            time.sleep(0.3)
        assert change.result(30) == 1
    assert [one.mobile for one in blocklist.rows(both_desks)] == [A]


def test_words_are_changed_by_two_at_once(both_desks: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(blocklist.change_words, both_desks, [f"WORD{n}"], ()) for n in range(8)]:
            one.result(30)
    assert {f"WORD{n}" for n in range(8)} <= set(blocklist.words(both_desks))


def test_an_opt_out_of_somebody_who_is_on_the_list_is_kept_there(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    blocklist.add(both_desks, [A], Words("误加", "by mistake"))
    practice.reply(A, "TD")
    pull(both_desks, account)
    (entry,) = blocklist.rows(both_desks)
    assert (entry.reason.zh, entry.reply, entry.from_reply) == ("误加", "TD", True)


def test_who_was_taken_off_and_opts_out_again_is_on_it_again(both_desks: Desk, account: Account) -> None:
    """Even where a reply has neither a time nor an id, and the same text is there already."""

    def reply() -> None:
        with both_desks.database.write() as conn:
            raw = answers.raw(conn, answers.keep(conn, account.id, "mo", b"{}"))
            assert raw is not None
            reply_rows.add(conn, raw, [Reply("", A, "TD", "106", None)])

    reply()
    reply()
    assert len(inbox.replies(both_desks, Filter())) == 1
    blocklist.remove(both_desks, [A], "来电要求恢复")
    reply()
    assert [one.mobile for one in blocklist.rows(both_desks)] == [A]
    assert len(inbox.replies(both_desks, Filter())) == 2


def test_a_word_that_is_taken_away_is_an_ordinary_reply(both_desks: Desk, account: Account, practice: Practice) -> None:
    blocklist.change_words(both_desks, (), ["n"])
    practice.reply(A, "n")
    practice.reply(B, "退订")
    pull(both_desks, account)
    assert [one.mobile for one in blocklist.rows(both_desks)] == [B]


def test_the_last_word_stays(both_desks: Desk) -> None:
    with pytest.raises(InputProblem):
        blocklist.change_words(both_desks, (), OPT_OUT_WORDS)
    assert frozenset(blocklist.words(both_desks)) == OPT_OUT_WORDS
