"""From recipients and a text to stored messages; what is stored is, to the byte, what goes out."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from checks import assert_counts_true, assert_ledger_agrees, ignore, numbers, people, plan, plan_lines
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState, Counts, Kind
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.message import Skip, State
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, planning, recovery, rendering, sending
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.planning import Planning, Summary
from smsdesk.jobs.rendering import Line, Order
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.server import Practice
from smsdesk.store import blocklist

TRICKY = "A&B=50%+税 #1\t“{{引}}” 😊👨‍👩‍👧 \\ ; ? / 结束"


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice)


def order(account: Account, text: str, recipients: list[Recipient], **more: object) -> Order:
    return Order(account, "任务", text, "名单.xlsx", recipients, **more)  # type: ignore[arg-type]


def person(line: int, mobile: str, **fields: str) -> Recipient:
    return Recipient(mobile, fields, line)


def refusal(account: Account, text: str, recipients: list[Recipient]) -> Words:
    with pytest.raises(InputProblem) as caught:
        list(rendering.lines_of(order(account, text, recipients))[1])
    return caught.value.words


def nothing_left(desk: Desk) -> bool:
    return campaigns.newest(desk) == []


def test_one_text_for_all_is_stored_once_with_its_signature(both_desks: Desk, account: Account) -> None:
    campaign_id = plan(both_desks, account, 3, "您好{{}}")
    planned = campaigns.get(both_desks, campaign_id)
    assert (planned.kind, planned.state, planned.text) == (Kind.BULK, CampaignState.SCHEDULED, "【示例商城】您好{}")
    assert planned.counts == Counts(queued=3, segments=3)
    rows = list(campaigns.every_message(both_desks, campaign_id))
    assert [(row.mobile, row.content) for row in rows] == [(mobile, planned.text) for mobile in numbers(3)]
    with both_desks.database.read() as conn:
        assert_counts_true(conn)


def test_personal_texts_are_rendered_each_with_its_own_values(both_desks: Desk, account: Account) -> None:
    recipients = [
        person(2, "13800010000", 姓名="张三", 金额="0"),
        person(3, "13800020000", 姓名="", 金额="12.50"),
    ]
    kind, lines = rendering.lines_of(order(account, "{姓名|客户}您好，欠{金额}元", recipients))
    assert kind is Kind.P2P
    assert list(lines) == [
        Line("13800010000", "【示例商城】张三您好，欠0元", 2),
        Line("13800020000", "【示例商城】客户您好，欠12.50元", 3),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write the text first"),
        ("  \n ", "Write the text first"),
        ("您好{", "stands alone"),
        ("您好{昵称}", "The placeholders 昵称 are no columns of the sheet. There are: 手机, 姓名."),
    ],
)
def test_a_text_that_is_wrong_is_said_to_be(both_desks: Desk, account: Account, text: str, said: str) -> None:
    assert said in refusal(account, text, people(2)).en
    assert nothing_left(both_desks)


@pytest.mark.parametrize("text", ["【甲】【乙】您好", "您好【乙】", "【甲 您好"])
def test_what_the_gateway_would_reject_for_its_signature_is_not_planned(
    both_desks: Desk, account: Account, text: str
) -> None:
    with pytest.raises(InputProblem, match="signature"):
        planning.plan(both_desks, order(account, text, people(2)), threading.Event(), ignore)
    lines = [("13800010000", "【甲】您好"), ("13800010001", text if "甲" in text else f"【甲】{text}")]
    with pytest.raises(InputProblem, match=r"Line \d: .*signature"):
        plan_lines(both_desks, account, lines)
    assert nothing_left(both_desks)


def test_a_signature_may_be_a_persons_own(both_desks: Desk, account: Account) -> None:
    text = "【{门店|某某市某某区某某街道某某购物中心一层某某商城旗舰店}】您好"  # as typed it is longer than one may be
    one = order(account, text, [person(2, "13800010000", 门店="东门店")])
    campaign_id = planning.plan(both_desks, one, threading.Event(), ignore)
    assert [row.content for row in campaigns.every_message(both_desks, campaign_id)] == ["【东门店】您好"]


def test_nobody_to_send_to_is_said(account: Account, both_desks: Desk) -> None:
    assert "no numbers" in refusal(account, "您好", []).en
    with pytest.raises(InputProblem, match="nothing to send"):
        planning.plan_lines(both_desks, order(account, "", []), [], threading.Event(), ignore)


def test_missing_values_name_their_column_and_rows(both_desks: Desk, account: Account) -> None:
    recipients = [person(n, mobile, 姓名="" if n % 2 else "张三") for n, mobile in enumerate(numbers(30), 2)]
    said = refusal(account, "{姓名}您好", recipients)
    assert "'姓名' is empty in 15 rows (row 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 …)" in said.en
    assert "{姓名|default}" in said.en
    assert "{姓名|默认值}" in said.zh
    assert nothing_left(both_desks)


def test_a_line_break_in_a_personal_text_names_its_rows(both_desks: Desk, account: Account) -> None:
    recipients = [person(2, "13800010000", 姓名="张\n三"), person(3, "13800020000", 姓名="李四")]
    assert "(row 2)" in refusal(account, "{姓名}您好", recipients).en
    for end in ("\n", "\r"):
        with pytest.raises(InputProblem, match=r"\(row 2\)"):
            plan_lines(both_desks, account, [("13800010000", "一"), ("13800020000", f"一{end}二")])
    assert nothing_left(both_desks)


def test_a_line_break_in_one_text_for_all_goes_out(both_desks: Desk, account: Account, practice: Practice) -> None:
    campaign_id = plan(both_desks, account, 2, "第一行\r\n第二行")
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    assert {one.content for one in practice.gateway.ledger.accepted} == {"【示例商城】第一行\r\n第二行"}
    assert_ledger_agrees(both_desks, practice)


@pytest.mark.parametrize("strange", ["a\0b", "half \ud83d"])
def test_what_is_no_character_is_refused_before_anything_is_stored(
    both_desks: Desk, account: Account, strange: str
) -> None:
    assert "cannot be sent" in refusal(account, strange, people(2)).en
    assert "cannot be sent" in refusal(account, "{姓名}", [person(2, "13800010000", 姓名=strange)]).en
    with pytest.raises(InputProblem, match="cannot be sent"):
        plan_lines(both_desks, account, [("13800010000", strange)])
    assert nothing_left(both_desks)


def test_blocked_people_are_skipped_at_planning_unless_the_order_ignores_it(both_desks: Desk, account: Account) -> None:
    with both_desks.database.write() as conn:
        blocklist.add(conn, numbers(2), Words("退订", "opted out"))
    some = campaigns.get(both_desks, plan(both_desks, account, 5))
    every = campaigns.get(both_desks, plan(both_desks, account, 5, ignore_blocklist=True))
    assert some.counts == Counts(queued=3, skipped=2, segments=3)
    assert every.counts == Counts(queued=5, segments=5)
    skipped = list(campaigns.every_message(both_desks, some.id, State.SKIPPED))
    assert [(row.mobile, row.skip) for row in skipped] == [(mobile, Skip.BLOCKLIST) for mobile in numbers(2)]


def test_the_summary_says_what_sending_would_mean(both_desks: Desk, account: Account) -> None:
    with both_desks.database.write() as conn:
        blocklist.add(conn, numbers(1), Words("退订", "opted out"))
    texts = ["被拦", "短", "中" * 71, "长" * 135, "短"]
    lines = [Line(mobile, text, n) for n, (mobile, text) in enumerate(zip(numbers(5), texts, strict=True))]
    order = Order(account, "任务", "", "测试", ())
    assert planning.summarise(both_desks, order, Kind.P2P, lines) == Summary(
        kind=Kind.P2P,
        messages=4,
        people=4,
        blocked=1,
        recent=0,
        waiting=0,
        same=0,
        segments=7,
        spread=((1, 2), (2, 1), (3, 1)),
        cost_li=350,
        is_estimate=False,
        sample="被拦",
    )
    assert planning.summarise(both_desks, replace(order, ignore_blocklist=True), Kind.P2P, lines).blocked == 0


def test_a_cancelled_planning_leaves_nothing_behind(both_desks: Desk, account: Account) -> None:
    stop = threading.Event()
    told: list[object] = []

    def tell(news: object) -> None:
        told.append(news)
        stop.set()

    with pytest.raises(Cancelled):
        planning.plan(both_desks, order(account, "您好", people(12_000)), stop, tell)
    assert told == [Planning(10_000, 12_000)]
    assert nothing_left(both_desks)
    assert planning.drop_abandoned(both_desks) == 0


_CHILD = """
import sys, threading, time
from dataclasses import replace
from pathlib import Path
from smsdesk.domain.recipient import Recipient
from smsdesk.jobs import planning
from smsdesk.jobs.desk import open_desk
from smsdesk.jobs.rendering import Order
from smsdesk.settings.secrets import MemoryPasswords

def tell(news):
    print(news.done, flush=True)
    time.sleep(60)

desk = open_desk(Path(sys.argv[1]), sys.argv[2] or None, MemoryPasswords())
people = [Recipient(str(13800000000 + n), {}, n) for n in range(12000)]
planning.plan(desk, Order(desk.account("练习"), "半途", "您好", "测试", people), threading.Event(), tell)
"""


def test_a_draft_whose_program_died_is_dropped_and_one_that_is_being_planned_is_not(
    tmp_path: Path, database_url: str | None, practice: Practice
) -> None:
    desk = open_desk(tmp_path, database_url, MemoryPasswords())
    kept = plan(desk, stored_account(desk, practice), 3)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path), database_url or ""], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "10000\n"
        assert planning.drop_abandoned(desk) == 0
        assert [one.state for one in campaigns.newest(desk)] == [CampaignState.DRAFT, CampaignState.SCHEDULED]
        with pytest.raises(InputProblem, match="still being prepared"):
            campaigns.cancel(desk, campaigns.newest(desk)[0].id)
    finally:
        child.kill()
        child.communicate()
    recovery.recover(desk)
    assert [one.id for one in campaigns.newest(desk)] == [kept]
    with desk.database.read() as conn:
        assert_counts_true(conn)
    desk.database.dispose()


def test_what_is_planned_goes_out_to_the_byte(both_desks: Desk, account: Account, practice: Practice) -> None:
    values = ["张三", "{x}", "A&B", "#井#", "50%+1=51", "😊👩‍👩‍👧", "“引”'号'", "a\tb", "\\n", "00123", "１３８"]
    recipients = [person(2, mobile, 值=value) for mobile, value in zip(numbers(11), values, strict=True)]
    personal = planning.plan(both_desks, order(account, TRICKY + "{值}", recipients), threading.Event(), ignore)
    bulk = planning.plan(both_desks, order(account, TRICKY, recipients), threading.Event(), ignore)
    for campaign_id in (personal, bulk):
        assert sending.send(both_desks, campaign_id, threading.Event(), ignore).counts.accepted == 11
    shown = [row for new in (personal, bulk) for row in campaigns.every_message(both_desks, new)]
    went = [(one.mobile, one.content, one.segments) for one in practice.gateway.ledger.accepted]
    assert [(row.mobile, row.content, row.segments) for row in shown] == went
    assert went[0][1] == "【示例商城】" + TRICKY.replace("{{", "{").replace("}}", "}") + "张三"
    assert_ledger_agrees(both_desks, practice)


def test_lines_as_typed_get_no_signature_in_front(both_desks: Desk, account: Account) -> None:
    campaign_id = plan_lines(both_desks, account, [("13800010000", "【别家】您好"), ("13800010000", "再说一次")])
    assert [row.content for row in campaigns.every_message(both_desks, campaign_id)] == ["【别家】您好", "再说一次"]


def test_planning_tells_how_far_it_is_to_the_end(both_desks: Desk, account: Account) -> None:
    told: list[object] = []
    planning.plan(both_desks, order(account, "您好", people(11_000)), threading.Event(), told.append)
    assert told[0] == Planning(10_000, 11_000)
    assert told[-1] == Planning(11_000, 11_000)
