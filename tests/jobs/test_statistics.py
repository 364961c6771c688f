"""What became of a campaign: figures that add up, from real sending and from reports of every kind."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from checks import any_account, claim_next, ignore, new_campaign, numbers, plan, plan_lines
from conftest import stored_account
from sqlalchemy import Connection

from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.inbox import Receipt, Reply, Report
from smsdesk.domain.words import Words
from smsdesk.gateway import codes
from smsdesk.jobs import campaigns, places, polling, sending, statistics
from smsdesk.jobs.campaigns import Part, Which
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.statistics import Delays, Funnel
from smsdesk.simulator.model import Rates, Settings
from smsdesk.simulator.server import Practice
from smsdesk.store import accounts, answers, messages, people
from smsdesk.store import replies as reply_rows
from smsdesk.store import reports as report_rows
from smsdesk.store.messages import Claim
from smsdesk.store.people import Person

SAID = Words("说明", "said")
A, B, C, D, E, F = numbers(6)


class Story:
    """One account, whose campaigns meet what a test tells of them."""

    def __init__(self, desk: Desk):
        self.desk = desk
        with desk.database.write() as conn:
            self.account = accounts.add(conn, any_account())

    def sent(self, *mobiles: str, result: dict[str, int] | None = None) -> int:
        """A campaign to these numbers, taken by the gateway but for those with a result; mids are `M` and the place."""
        with self.desk.database.write() as conn:
            campaign_id = new_campaign(conn, mobiles, self.account.id)
            claim = claim_next(conn, campaign_id, len(mobiles))
            assert claim is not None
            self._settle(conn, campaign_id, claim, result or {})
        return campaign_id

    def _settle(self, conn: Connection, campaign_id: int, claim: Claim, result: dict[str, int]) -> None:
        receipts = [
            Receipt(mobile, f"C{campaign_id}M{n}", result.get(mobile, 0))
            for n, (_, mobile, _) in enumerate(claim.lines)
        ]
        messages.settle(conn, claim, receipts, SAID)

    def report(self, campaign_id: int, place: int, mobile: str, stat: str, after_s: float = 0) -> None:
        at = now() + timedelta(seconds=after_s)
        item = Report(f"C{campaign_id}M{place}", mobile, stat, codes.delivery(stat), "10690000", at)
        with self.desk.database.write() as conn:
            raw = answers.raw(conn, answers.keep(conn, self.account.id, "report", b"{}"))
            assert raw is not None
            report_rows.add(conn, raw, [item])

    def reply(self, mobile: str, content: str, mid: str) -> None:
        with self.desk.database.write() as conn:
            raw = answers.raw(conn, answers.keep(conn, self.account.id, "mo", b"{}"))
            assert raw is not None
            reply_rows.add(conn, raw, [Reply(mid, mobile, content, "10690000", now() + timedelta(minutes=1))])

    def funnel(self, campaign_id: int) -> Funnel:
        funnel = statistics.of_campaign(self.desk, campaign_id).funnel
        assert_adds_up(funnel)
        return funnel


def assert_adds_up(funnel: Funnel) -> None:
    parts = (funnel.waiting, funnel.accepted, funnel.rejected, funnel.in_doubt, funnel.skipped)
    assert funnel.total == sum(parts)
    assert funnel.accepted == funnel.delivered + funnel.failed + funnel.underway + funnel.unreported
    assert min(*parts, funnel.underway, funnel.unreported) >= 0
    assert funnel.opted_out <= funnel.replied <= funnel.people <= funnel.total


@pytest.fixture
def story(both_desks: Desk) -> Story:
    return Story(both_desks)


def test_every_message_is_in_one_place_of_the_funnel(story: Story) -> None:
    campaign = story.sent(A, B, C, D, E, result={E: 12})
    story.report(campaign, 0, A, "DELIVRD")
    story.report(campaign, 1, B, "UNDELIV")
    story.report(campaign, 2, C, "ACCEPTD")
    assert story.funnel(campaign) == Funnel(
        people=5,
        waiting=0,
        accepted=4,
        rejected=1,
        in_doubt=0,
        skipped=0,
        delivered=1,
        failed=1,
        underway=1,
        replied=0,
        opted_out=0,
    )
    assert story.funnel(campaign).unreported == 1


def test_what_is_queued_in_doubt_and_cancelled_is_counted_too(story: Story) -> None:
    with story.desk.database.write() as conn:
        campaign = new_campaign(conn, [A, B, C], story.account.id)
        claim = claim_next(conn, campaign, 1)
        assert claim is not None
        messages.doubt(conn, claim, SAID)
    funnel = story.funnel(campaign)
    assert (funnel.waiting, funnel.in_doubt, funnel.total) == (2, 1, 3)
    campaigns.cancel(story.desk, campaign)
    funnel = story.funnel(campaign)
    assert (funnel.waiting, funnel.skipped, funnel.total) == (0, 2, 3)
    (skipped,) = statistics.of_campaign(story.desk, campaign).skips
    assert (skipped.code, skipped.count) == ("cancelled", 2)


def test_a_number_on_several_messages_is_one_person(story: Story) -> None:
    campaign = story.sent(A, A, B)
    story.reply(A, "谢谢", "R1")
    story.reply(A, "再问一句", "R2")
    story.reply(B, "T", "R3")
    funnel = story.funnel(campaign)
    assert (funnel.total, funnel.people, funnel.replied, funnel.opted_out) == (3, 2, 2, 1)


def test_a_reply_belongs_to_one_campaign_only(story: Story) -> None:
    first = story.sent(A, B)
    story.reply(A, "好", "R1")
    second = story.sent(A, C)
    story.reply(A, "收到", "R2")
    story.reply(C, "T", "R3")
    assert (story.funnel(first).replied, story.funnel(first).opted_out) == (1, 0)
    assert (story.funnel(second).replied, story.funnel(second).opted_out) == (2, 1)


def test_failures_are_told_in_plain_words_the_most_frequent_first(story: Story) -> None:
    campaign = story.sent(A, B, C, D, E, F, result={E: 12, F: 12})
    for place, (mobile, stat) in enumerate(
        zip((A, B, C, D), ("MA:0024", "UNDELIV", "MA:00024", "DELIVRD"), strict=True)
    ):
        story.report(campaign, place, mobile, stat)
    found = statistics.of_campaign(story.desk, campaign)
    assert [(set(one.spellings), one.count) for one in found.failures] == [
        ({"MA:0024", "MA:00024"}, 2),
        ({"UNDELIV"}, 1),
    ]
    assert found.failures[0].meaning.en == "the content is not registered"
    assert found.failures[0].remedy is not None
    assert [(one.code, one.count, one.meaning.en) for one in found.rejections] == [
        ("12", 2, "the number's format is wrong")
    ]


def test_delivery_over_time_ends_with_the_funnels_figures(story: Story) -> None:
    campaign = story.sent(A, B, C, D)
    for place, (mobile, after, stat) in enumerate(((A, 5, "DELIVRD"), (B, 90, "DELIVRD"), (C, 200, "UNDELIV"))):
        story.report(campaign, place, mobile, stat, after)
    found = statistics.of_campaign(story.desk, campaign)
    last = found.moments[-1]
    assert (last.accepted_so_far, last.delivered_so_far, last.failed_so_far) == (4, 2, 1)
    assert sum(one.delivered for one in found.moments) == 2
    assert len(found.moments) <= 61
    assert found.delays is not None
    assert found.delays.count == 2
    assert found.delays.median_s in (5, 6)
    assert found.delays.ninety_s in (90, 91)


def test_a_report_before_its_submission_by_the_gateways_clock_took_no_time(story: Story) -> None:
    campaign = story.sent(A)
    story.report(campaign, 0, A, "DELIVRD", -3600)
    found = statistics.of_campaign(story.desk, campaign)
    assert found.delays == Delays(1, 0, 0)
    assert [one.delivered_so_far for one in found.moments] == [1]


def test_operators_and_places_have_all_messages(story: Story) -> None:
    beijing, zhangjiakou, hongkong = "13800000000", "15512345678", "+85291234567"
    campaign = story.sent(beijing, "13800000001", zhangjiakou, hongkong)
    story.report(campaign, 0, beijing, "DELIVRD")
    story.report(campaign, 2, zhangjiakou, "UNDELIV")
    found = statistics.of_campaign(story.desk, campaign)
    operators = [(one.name.en, one.total, one.delivered, one.failed) for one in found.operators]
    assert sorted(operators) == [("China Mobile", 2, 1, 0), ("China Unicom", 1, 0, 1), ("numbers abroad", 1, 0, 0)]
    assert operators[0][0] == "China Mobile"
    provinces = {one.name.zh: (one.name.en, one.total) for one in found.provinces}
    assert provinces == {"北京市": ("Beijing", 2), "河北省": ("Hebei", 1), "香港": ("Hong Kong", 1)}


def test_more_beginnings_than_are_read_at_once_are_all_counted(story: Story) -> None:
    campaign = story.sent(*numbers(1_201))
    found = statistics.of_campaign(story.desk, campaign)
    assert found.funnel.people == 1_201
    assert sum(one.total for one in found.operators) == sum(one.total for one in found.provinces) == 1_201


@pytest.mark.parametrize(
    ("mobile", "zh", "en"),
    [
        ("15077100000", "广西", "Guangxi"),
        ("13800100500", "北京市", "Beijing"),
        ("13999900000", "新疆", "Xinjiang"),
        ("+14155552671", "美国", "United States"),
        ("17012345678", "未知", "unknown"),
    ],
)
def test_the_province_or_country_of_a_number(mobile: str, zh: str, en: str) -> None:
    assert places.of(mobile)[1] == Words(zh, en)


def test_a_campaign_that_has_sent_nothing_has_figures_too(story: Story) -> None:
    with story.desk.database.write() as conn:
        campaign = new_campaign(conn, [A], story.account.id)
    found = statistics.of_campaign(story.desk, campaign)
    assert (found.moments, found.delays, found.failures) == ([], None, [])
    assert found.funnel.waiting == 1


def test_campaigns_are_compared_in_the_order_asked_for(story: Story) -> None:
    first, second = story.sent(A, B), story.sent(C, D)
    story.report(first, 0, A, "DELIVRD")
    story.reply(C, "T", "R1")
    found = statistics.compare(story.desk, [second, first])
    assert [one.campaign.id for one in found] == [second, first]
    assert [one.share(one.campaign.counts.delivered) for one in found] == [0.0, 50.0]
    assert [one.answers.opted_out for one in found] == [1, 0]


def test_what_nobody_waits_for_any_more_is_not_computed(story: Story) -> None:
    campaign, stop = story.sent(A), threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        statistics.of_campaign(story.desk, campaign, stop)


def test_parts_of_a_campaign_become_a_list_with_the_address_books_columns(story: Story) -> None:
    campaign = story.sent(A, B, C, D, E, F, result={F: 12})
    for place, (mobile, stat) in enumerate(((A, "DELIVRD"), (B, "UNDELIV"), (C, "MA:0024"), (D, "DELIVRD"))):
        story.report(campaign, place, mobile, stat)
    story.reply(D, "好", "R1")
    whole = campaigns.get(story.desk, campaign)

    def part(which: Which, *codes: str) -> list[str]:
        table = campaigns.as_table(story.desk, whole, "名单", Part(which, codes))
        return [row.cells[0] for row in table.sample()]

    with story.desk.database.write() as conn:
        people.add(conn, [Person(0, B, "李芳", fields={"等级": "金卡"})])
    table = campaigns.as_table(story.desk, whole, "名单", Part(Which.FAILED))
    assert table.layout.columns == ("手机号", "姓名", "等级")
    assert [tuple(row.cells) for row in table.sample()] == [(B, "李芳", "金卡"), (C, "", "")]
    assert part(Which.FAILED) == [B, C]
    assert part(Which.FAILED, "MA:0024") == [C]
    assert part(Which.FAILED, "MA:0024", "UNDELIV") == [B, C]
    assert part(Which.REJECTED) == [F]
    assert part(Which.REJECTED, "12") == [F]
    assert part(Which.UNREPORTED) == [E]
    assert part(Which.UNANSWERED) == [A]
    assert campaigns.as_lines(story.desk, campaign, Part(Which.FAILED)) == f"{B}#全文\n{C}#全文"


def test_a_campaign_on_the_practice_gateway_adds_up_from_the_first_batch_to_the_last_reply(both_desks: Desk) -> None:
    rates = Rates(failed=0.3, silent=0.1, interim=0.2, replied=0.2, opted_out=0.1)
    with Practice(settings=Settings(speed=0, rates=rates)) as practice:
        account = stored_account(both_desks, practice, batch=50)
        campaign = plan(both_desks, account, 300)
        assert_adds_up(statistics.of_campaign(both_desks, campaign).funnel)
        sending.send(both_desks, campaign, threading.Event(), lambda _news: _adds_up_now(both_desks, campaign))
        polling.pull(both_desks, account, threading.Event(), ignore)
    found = statistics.of_campaign(both_desks, campaign)
    funnel = found.funnel
    assert_adds_up(funnel)
    assert (funnel.total, funnel.accepted) == (300, 300)
    assert min(funnel.delivered, funnel.failed, funnel.unreported + funnel.underway, funnel.replied) > 0
    assert sum(one.count for one in found.failures) == funnel.failed
    for split in (found.operators, found.provinces):
        assert sum(one.total for one in split) == funnel.total
        assert sum(one.delivered for one in split) == funnel.delivered
        assert sum(one.failed for one in split) == funnel.failed
    assert found.moments[-1].accepted_so_far == funnel.accepted
    assert found.moments[-1].delivered_so_far == funnel.delivered


def _adds_up_now(desk: Desk, campaign: int) -> None:
    assert_adds_up(statistics.of_campaign(desk, campaign).funnel)


def test_the_failed_lines_of_a_point_to_point_campaign_keep_their_own_texts(both_desks: Desk) -> None:
    with Practice(settings=Settings(speed=0, rates=replace(Rates(), failed=1.0))) as practice:
        account = stored_account(both_desks, practice)
        campaign = plan_lines(both_desks, account, [(A, "甲"), (B, "乙")])
        sending.send(both_desks, campaign, threading.Event(), ignore)
        polling.pull(both_desks, account, threading.Event(), ignore)
    assert campaigns.as_lines(both_desks, campaign, Part(Which.FAILED)) == f"{A}#甲\n{B}#乙"
