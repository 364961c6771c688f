"""What a person is told before a campaign goes out."""

from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta
from typing import Any

import pytest
from checks import ignore, numbers, people, plan, plan_lines
from conftest import stored_account
from sqlalchemy import text

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.findings import Kind, Severity
from smsdesk.domain.hours import MARKETING
from smsdesk.domain.message import Skip, State
from smsdesk.domain.recipient import Household, Recipient
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, campaigns, checking, explaining, planning, polling, rendering, repeating, sending
from smsdesk.jobs import blocklist as jobs_blocklist
from smsdesk.jobs.checking import Checked, Rules
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Line, Order
from smsdesk.simulator.model import Rates
from smsdesk.simulator.server import Practice
from smsdesk.store import blocklist

NOON = (now() + timedelta(days=2)).replace(hour=4, minute=0)  # 12:00 in China
NIGHT = NOON + timedelta(hours=12)


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice)


def order(account: Account, text: str = "您好，拒收请回复R", count: int = 4, **more: object) -> Order:
    values: dict[str, object] = {"start_at": NOON, **more}
    return Order(account, "任务", text, "名单.xlsx", people(count), **values)  # type: ignore[arg-type]


def look(desk: Desk, one: Order, rules: Rules | None = None) -> Checked:
    return checking.check(desk, one, *rendering.lines_of(one), rules)


def kinds(checked: Checked) -> dict[Kind, Severity]:
    return {one.kind: one.severity for one in checked.findings}


def sent(desk: Desk, account: Account, count: int, text: str = "您好") -> int:
    campaign_id = plan(desk, account, count, text)
    sending.send(desk, campaign_id, threading.Event(), ignore)
    return campaign_id


def test_nothing_is_found_where_all_is_well(both_desks: Desk, account: Account) -> None:
    checked = look(both_desks, order(account, hours=MARKETING))
    assert checked.findings == ()
    assert (checked.summary.messages, checked.reading, checked.is_stopped) == (4, None, False)


def test_a_long_check_tells_how_far_it_is_and_can_be_stopped(
    both_desks: Desk, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_AT_ONCE", 2)
    told, stop = list[object](), threading.Event()
    one = order(account, hours=MARKETING, count=5)
    checking.check(both_desks, one, *rendering.lines_of(one), stop=stop, tell=told.append)
    assert told == [planning.Checking(2, 5), planning.Checking(4, 5)]
    with pytest.raises(Cancelled):
        checking.check(both_desks, one, *rendering.lines_of(one), stop=stop, tell=lambda _news: stop.set())


def test_a_line_that_stands_there_twice_is_told(both_desks: Desk, account: Account) -> None:
    a, b = numbers(2)
    typed = [(a, "【甲】一"), (b, "【甲】一"), (a, "【甲】一"), (b, "【甲】一"), (a, "【甲】二")]
    lines = [Line(mobile, text, n) for n, (mobile, text) in enumerate(typed, 1)]
    one = dataclasses.replace(order(account, ""), recipients=())
    checked = checking.check(both_desks, one, CampaignKind.P2P, lines)
    (finding,) = checked.findings
    assert (finding.kind, finding.severity) == (Kind.REPEATED, Severity.WARNING)
    assert finding.words.en.startswith("Lines that repeat")
    assert (checked.summary.people, checked.summary.messages) == (2, 5)


def test_two_signatures_stop_and_stand_first(both_desks: Desk, account: Account) -> None:
    checked = look(both_desks, order(account, "【别家】【再一家】见 https://example.com", start_at=NIGHT))
    assert [one.kind for one in checked.findings] == [Kind.TWO_SIGNATURES, Kind.LINK, Kind.OUTSIDE_HOURS]
    assert checked.is_stopped


def test_each_persons_own_text_is_looked_at(both_desks: Desk, account: Account) -> None:
    checked = look(both_desks, order(account, "{姓名}，您好"), Rules(sensitive=("客户3",)))
    assert [one.words.zh for one in checked.findings] == ["内容含有您列出的敏感词：客户3。"]


def test_marketing_without_a_way_out_is_asked_about_and_can_be_mended(both_desks: Desk, account: Account) -> None:
    (finding,) = look(both_desks, order(account, "全场八折", hours=MARKETING)).findings
    assert (finding.kind, finding.severity) == (Kind.NO_OPT_OUT, Severity.WARNING)
    assert len(finding.mends) == 1


def test_a_word_that_nobody_would_understand_is_told(both_desks: Desk, account: Account) -> None:
    """Who replies it would go on getting messages."""
    one = order(account, "全场八折，拒收请回复X", hours=MARKETING)
    (finding,) = look(both_desks, one).findings
    assert (finding.kind, finding.value, len(finding.mends)) == (Kind.OPT_OUT_WORD, "X", 1)
    jobs_blocklist.change_words(both_desks, [finding.value], ())
    assert look(both_desks, one).findings == ()


def test_a_persons_own_ending_is_a_way_out(both_desks: Desk, account: Account) -> None:
    one = order(account, "全场八折，不想再收到请告诉我们", hours=MARKETING)
    assert kinds(look(both_desks, one)) == {Kind.NO_OPT_OUT: Severity.WARNING}
    assert look(both_desks, one, Rules(ending="不想再收到请告诉我们")).findings == ()


def test_whoever_had_a_message_in_the_last_day_is_counted_and_can_be_left_out(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    sent(both_desks, account, 3)
    again = order(account, "又来", count=5)
    (finding,) = look(both_desks, again).findings
    assert (finding.kind, finding.severity) == (Kind.RECENT, Severity.WARNING)
    assert "其中 3 人" in finding.words.zh
    mended = dataclasses.replace(again, not_since=now() - repeating.RECENT, start_at=None)
    checked = look(both_desks, mended)
    assert (checked.summary.messages, checked.summary.recent) == (2, 3)
    assert checked.findings[0].severity is not Severity.ERROR
    campaign_id = planning.plan(both_desks, mended, threading.Event(), ignore)
    skipped = list(campaigns.every_message(both_desks, campaign_id, State.SKIPPED))
    assert [(row.mobile, row.skip) for row in skipped] == [(mobile, Skip.RECENT) for mobile in numbers(3)]
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    assert practice.gateway.ledger.times_accepted() == dict.fromkeys(numbers(5), 1)


def test_whoever_waits_in_another_campaign_is_counted_and_can_be_left_out(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    plan(both_desks, account, 2)
    plan(both_desks, account, 3)
    again = order(account, "又来", count=5)
    (finding,) = look(both_desks, again).findings
    assert (finding.kind, finding.severity) == (Kind.WAITING, Severity.WARNING)
    assert finding.words.zh.startswith("其中 3 人还在另外的任务“任务”")
    assert finding.words.en.endswith("and 1 more.")
    mended = dataclasses.replace(again, not_until=now() + repeating.RECENT, start_at=None)
    checked = look(both_desks, mended)
    assert (checked.summary.messages, checked.summary.waiting) == (2, 3)
    assert kinds(checked)[Kind.WAITING] is Severity.NOTE
    campaign_id = planning.plan(both_desks, mended, threading.Event(), ignore)
    skipped = list(campaigns.every_message(both_desks, campaign_id, State.SKIPPED))
    assert [(row.mobile, row.skip) for row in skipped] == [(mobile, Skip.WAITING) for mobile in numbers(3)]
    assert explaining.of_message(skipped[0]) == explaining.of_skip(Skip.WAITING)
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    assert sorted(practice.gateway.ledger.times_accepted()) == sorted(numbers(5)[3:])


def test_only_what_goes_out_within_a_day_is_waited_for(both_desks: Desk, account: Account) -> None:
    plan(both_desks, account, 3, start_at=now() + timedelta(hours=25))
    assert look(both_desks, order(account)).findings == ()
    campaigns.cancel(both_desks, plan(both_desks, account, 3))
    assert look(both_desks, order(account)).findings == ()
    campaigns.pause(both_desks, plan(both_desks, account, 3, start_at=now() + timedelta(hours=25)))
    assert kinds(look(both_desks, order(account))) == {Kind.WAITING: Severity.WARNING}


def test_the_same_text_to_the_same_people_is_told_with_the_campaign(both_desks: Desk, account: Account) -> None:
    jobs_blocklist.add(both_desks, numbers(3)[2:])
    sent(both_desks, account, 3, "您好")
    jobs_blocklist.remove(both_desks, numbers(3)[2:], "来电要求恢复")
    checked = look(both_desks, order(account, "您好", count=3))
    assert [one.words.zh[:13] for one in checked.findings if one.kind is Kind.SAME_TEXT] == ["30 天内已向其中 2 人"]
    found = kinds(checked)
    assert found == {Kind.SAME_TEXT: Severity.WARNING, Kind.RECENT: Severity.WARNING}
    assert Kind.SAME_TEXT not in kinds(look(both_desks, order(account, "您好！", count=3)))


def test_who_got_the_same_text_can_be_left_out(both_desks: Desk, account: Account, practice: Practice) -> None:
    sent(both_desks, account, 2, "您好")
    again = order(account, "您好", count=5)
    mended = dataclasses.replace(again, not_again=now() - repeating.SAME_TEXT, start_at=None)
    checked = look(both_desks, mended)
    assert (checked.summary.messages, checked.summary.same) == (3, 2)
    assert kinds(checked)[Kind.SAME_TEXT] is Severity.NOTE
    campaign_id = planning.plan(both_desks, mended, threading.Event(), ignore)
    skipped = list(campaigns.every_message(both_desks, campaign_id, State.SKIPPED))
    assert [(row.mobile, row.skip) for row in skipped] == [(mobile, Skip.SAME_TEXT) for mobile in numbers(2)]
    assert "same text" in explaining.of_message(skipped[0]).en
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    assert practice.gateway.ledger.times_accepted() == dict.fromkeys(numbers(5), 1)


def test_who_did_not_get_it_is_not_told_to_have_had_the_same_text(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    practice.gateway.settings.rates = Rates(failed=1, silent=0, interim=0)
    practice.gateway.settings.speed = 0
    sent(both_desks, account, 2, "您好")
    assert Kind.SAME_TEXT in kinds(look(both_desks, order(account, "您好")))  # they may have had it
    polling.pull(both_desks, account, threading.Event(), ignore)
    again = order(account, "您好", not_again=now() - repeating.SAME_TEXT)
    assert look(both_desks, again).summary.same == 0
    assert Kind.SAME_TEXT not in kinds(look(both_desks, order(account, "您好")))


def typed(account: Account, *lines: tuple[str, str]) -> tuple[Order, list[Line]]:
    one = dataclasses.replace(order(account, ""), recipients=())
    return one, [Line(mobile, text, n) for n, (mobile, text) in enumerate(lines, 1)]


def test_typed_lines_that_went_out_before_are_left_out_and_other_texts_to_the_number_stay(
    both_desks: Desk, account: Account, practice: Practice
) -> None:
    a, b, c = numbers(3)
    sent(both_desks, account, 2, "您好")
    sending.send(
        both_desks, plan_lines(both_desks, account, [(a, "【甲】一"), (b, "【甲】二")]), threading.Event(), ignore
    )
    one, lines = typed(
        account, (a, "【甲】一"), (a, "【甲】新"), (b, "【甲】一"), (b, "【示例商城】您好"), (c, "【甲】二")
    )
    checked = checking.check(both_desks, one, CampaignKind.P2P, lines)
    (finding,) = [found for found in checked.findings if found.kind is Kind.SAME_TEXT]
    assert finding.words.zh.startswith("其中 2 条")
    assert "“点对点”" in finding.words.zh
    assert finding.words.zh.endswith("等 2 个任务。")
    mended = dataclasses.replace(one, not_again=now() - repeating.SAME_TEXT, start_at=None)
    checked = checking.check(both_desks, mended, CampaignKind.P2P, lines)
    assert (checked.summary.messages, checked.summary.same) == (3, 2)
    before = len(practice.gateway.ledger.accepted)
    campaign_id = planning.plan_lines(both_desks, mended, lines, threading.Event(), ignore)
    sending.send(both_desks, campaign_id, threading.Event(), ignore)
    got = [(one.mobile, one.content) for one in practice.gateway.ledger.accepted[before:]]
    assert sorted(got) == sorted([(a, "【甲】新"), (b, "【甲】一"), (c, "【甲】二")])
    skipped = campaigns.every_message(both_desks, campaign_id, State.SKIPPED)
    assert {(row.mobile, row.content, row.skip) for row in skipped} == {
        (a, "【甲】一", Skip.SAME_TEXT),
        (b, "【示例商城】您好", Skip.SAME_TEXT),
    }


def test_personal_texts_are_the_same_where_what_people_get_is(both_desks: Desk, account: Account) -> None:
    one = order(account, "{姓名}，您好", count=3, start_at=None)
    sending.send(both_desks, planning.plan(both_desks, one, threading.Event(), ignore), threading.Event(), ignore)
    first, second, third = one.recipients
    others = [first, dataclasses.replace(second, fields={"姓名": "新名"}), third]
    (finding,) = [
        found
        for found in look(both_desks, dataclasses.replace(one, recipients=others)).findings
        if found.kind is Kind.SAME_TEXT
    ]
    assert finding.words.en.startswith("Of these messages, 2 ")
    assert Kind.SAME_TEXT in kinds(look(both_desks, order(account, "客户1，您好")))
    assert Kind.SAME_TEXT not in kinds(look(both_desks, order(account, "客户9，您好")))


def test_what_is_older_than_a_month_was_not_the_same_text(both_desks: Desk, account: Account) -> None:
    sent(both_desks, account, 2, "您好")
    month = int(repeating.SAME_TEXT.total_seconds() * 1000) + 1000
    with both_desks.database.write() as conn:
        conn.execute(text("UPDATE messages SET submitted_at = submitted_at - :month"), {"month": month})
    assert look(both_desks, order(account, "您好")).findings == ()


def test_a_typed_line_without_a_signature_stops_where_the_account_has_one(both_desks: Desk, account: Account) -> None:
    one, lines = typed(account, (numbers(1)[0], "您好"))
    assert kinds(checking.check(both_desks, one, CampaignKind.P2P, lines)) == {Kind.NO_SIGNATURE: Severity.ERROR}
    bare = dataclasses.replace(one, account=dataclasses.replace(account, signature=""))
    assert kinds(checking.check(both_desks, bare, CampaignKind.P2P, lines)) == {Kind.NO_SIGNATURE: Severity.WARNING}


def test_half_an_emoji_in_a_typed_line_is_told(both_desks: Desk, account: Account) -> None:
    one, lines = typed(account, (numbers(1)[0], "【甲】\ud83d"))
    with pytest.raises(InputProblem, match="cannot be sent"):
        checking.check(both_desks, one, CampaignKind.P2P, lines)


def test_what_was_found_tells_in_whose_message_it_is(both_desks: Desk, account: Account) -> None:
    (finding,) = look(both_desks, order(account, "{姓名}，您好"), Rules(sensitive=("客户3",))).findings
    spot = finding.spot
    assert spot is not None
    assert (spot.mobile, spot.line, spot.found) == (numbers(4)[3], 5, "客户3")


def test_who_is_on_the_blocklist_is_counted_and_counts_for_nothing_else(both_desks: Desk, account: Account) -> None:
    sent(both_desks, account, 1)
    with both_desks.database.write() as conn:
        blocklist.add(conn, numbers(1), Words("退订", "opted out"))
    assert kinds(look(both_desks, order(account, "新内容"))) == {Kind.BLOCKED: Severity.NOTE}


@pytest.fixture
def family(account: Account) -> Order:
    """Four people; the number of the first stands on two further rows, with the same name and with another."""
    first = people(4)[0]
    repeats = [dataclasses.replace(first, line=9), Recipient(first.mobile, {**first.fields, "姓名": "孩子"}, 10)]
    return order(account, "{姓名}，您好", repeats=repeats)


def test_a_number_on_several_rows_with_other_values_is_asked_about(both_desks: Desk, family: Order) -> None:
    checked = look(both_desks, family)
    (finding,) = checked.findings
    assert (finding.kind, checked.is_stopped) == (Kind.HOUSEHOLD, True)
    assert finding.words.en.startswith("Numbers that stand on several rows whose texts differ: 1 (row 10)")
    assert len(finding.mends) == len(Household)


def test_the_first_row_counts_where_a_person_says_so(both_desks: Desk, family: Order) -> None:
    chosen = dataclasses.replace(family, household=Household.FIRST)
    checked = look(both_desks, chosen)
    assert kinds(checked) == {Kind.HOUSEHOLD: Severity.NOTE}
    assert (checked.summary.people, checked.summary.messages) == (4, 4)


def test_each_different_text_is_sent_where_a_person_says_so(
    both_desks: Desk, family: Order, practice: Practice
) -> None:
    chosen = dataclasses.replace(family, household=Household.EACH, start_at=None)
    checked = look(both_desks, chosen)
    assert kinds(checked)[Kind.HOUSEHOLD] is Severity.NOTE
    assert (checked.summary.people, checked.summary.messages) == (4, 5)
    sending.send(both_desks, planning.plan(both_desks, chosen, threading.Event(), ignore), threading.Event(), ignore)
    got = sorted((one.mobile, one.content) for one in practice.gateway.ledger.accepted)
    names = [(numbers(1)[0], "孩子"), *((mobile, f"客户{n}") for n, mobile in enumerate(numbers(4)))]
    assert got == sorted((mobile, f"【示例商城】{name}，您好") for mobile, name in names)


def test_a_text_that_is_the_same_for_all_rows_of_a_number_asks_nothing(both_desks: Desk, family: Order) -> None:
    assert look(both_desks, dataclasses.replace(family, text="{手机}，您好")).findings == ()
    assert look(both_desks, dataclasses.replace(family, text="您好")).findings == ()


def test_a_balance_that_is_too_low_is_told(both_desks: Desk, account: Account, practice: Practice) -> None:
    practice.gateway.accounts[practice.account].balance_li = 100
    balances.ask(both_desks, account)
    assert account.price_li * 4 > 100
    assert kinds(look(both_desks, order(account))) == {Kind.BALANCE: Severity.WARNING}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"start_at": NOON}, {}),
        ({"start_at": NIGHT}, {Kind.OUTSIDE_HOURS: Severity.WARNING}),
        ({"start_at": NIGHT, "hours": MARKETING}, {Kind.OUTSIDE_HOURS: Severity.NOTE}),
    ],
)
def test_the_hours_are_looked_at(
    both_desks: Desk, account: Account, more: dict[str, Any], expected: dict[Kind, Severity]
) -> None:
    assert kinds(look(both_desks, order(account, **more))) == expected
