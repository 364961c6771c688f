"""Accounts, balances, the blocklist, campaigns, and the pages that tables show."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from checks import SAID, any_account, claim_next, counts_of, new_campaign, numbers
from sqlalchemy import Connection

from smsdesk.domain.account import LineEnd, PasswordForm, Separator
from smsdesk.domain.campaign import CampaignState, Kind, Pause, PauseCode
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import Balance, ChargeType, Receipt, Reply, Report
from smsdesk.domain.message import Delivery, State
from smsdesk.domain.words import Words
from smsdesk.store import accounts, answers, balances, blocklist, campaigns, messages, pages
from smsdesk.store import replies as reply_rows
from smsdesk.store import reports as report_rows
from smsdesk.store.database import Database
from smsdesk.store.pages import Filter


def test_an_account_comes_back_as_it_was_stored(store: Database) -> None:
    full = dataclasses.replace(
        any_account(),
        signature="【商城】",
        batch=500,
        connections=16,
        rate=100,
        price_li=45,
        separator=Separator.TAB,
        line_end=LineEnd.CRLF,
        password_form=PasswordForm.MD5,
        abroad=True,
        gsm7=True,
    )
    with store.write() as conn:
        kept = accounts.add(conn, full)
        other = accounts.add(conn, any_account())
    assert kept == dataclasses.replace(full, id=kept.id, key=kept.key)
    assert kept.key != other.key
    with store.read() as conn:
        assert accounts.by_id(conn, kept.id) == accounts.named(conn, kept.name) == kept
        assert accounts.named(conn, "niemand") is None


def test_a_name_is_taken_until_its_account_is_removed(store: Database) -> None:
    with store.write() as conn:
        kept = accounts.add(conn, any_account())
        other = accounts.add(conn, any_account())
    again = dataclasses.replace(any_account(), name=kept.name)
    with pytest.raises(InputProblem, match="already"), store.write() as conn:
        accounts.add(conn, again)
    with pytest.raises(InputProblem, match="already"), store.write() as conn:
        accounts.change(conn, dataclasses.replace(other, name=kept.name))
    with store.write() as conn:
        accounts.remove(conn, kept.id)
        new = accounts.add(conn, again)
        assert {one.id for one in accounts.every(conn)} == {other.id, new.id}
        assert accounts.named(conn, kept.name) == new
        assert accounts.by_id(conn, kept.id).name == kept.name


def test_a_batch_is_only_ever_lowered(store: Database) -> None:
    with store.write() as conn:
        kept = accounts.add(conn, any_account())
        accounts.lower_batch(conn, kept.id, 50)
        accounts.lower_batch(conn, kept.id, 100)
        assert accounts.by_id(conn, kept.id).batch == 50


def test_a_balance_that_comes_with_a_send_keeps_the_charge_type_that_is_known(store: Database) -> None:
    with store.write() as conn:
        account = accounts.add(conn, any_account())
        assert balances.latest(conn, account.id) is None
        balances.add(conn, account.id, Balance(5, None))
        balances.add(conn, account.id, Balance(-(2**40), ChargeType.POSTCHARGE))
        last = balances.add(conn, account.id, Balance(7, None))
        assert (last.balance_li, last.charge_type) == (7, ChargeType.POSTCHARGE)
        assert balances.latest(conn, account.id) == last
        assert [one.balance_li for one in balances.history(conn, account.id, 2)] == [7, -(2**40)]


def test_the_blocklist_keeps_the_first_reason_and_counts_what_is_new(store: Database) -> None:
    many = numbers(2500)
    with store.write() as conn:
        assert blocklist.add(conn, [many[0], many[0]], SAID) == 1
        assert blocklist.add(conn, many, Words("后", "later")) == 2499
        assert messages.blocked_among(conn, [many[5], "13900000000"]) == {many[5]}
        reasons = {one.mobile: one.reason for one in blocklist.rows(conn, limit=2500)}
        assert (reasons[many[0]], reasons[many[1]]) == (SAID, Words("后", "later"))
        assert blocklist.remove(conn, [*many[:1500], "13900000000"]) == 1500
        assert blocklist.count(conn) == 1000


def test_a_campaign_goes_its_way(store: Database) -> None:
    pause = Pause(PauseCode.ACCOUNT, Words("停了", "It stands."))
    with store.write() as conn:
        new = new_campaign(conn, numbers(1), start=False)

        def stands(state: CampaignState) -> bool:
            return campaigns.state_of(conn, new) is state

        assert stands(CampaignState.SCHEDULED)
        assert campaigns.pause(conn, new, pause)
        assert stands(CampaignState.PAUSED)
        assert not campaigns.pause(conn, new, pause)
        assert campaigns.start(conn, new)
        assert not campaigns.start(conn, new)
        begun = campaigns.get(conn, new)
        assert begun is not None
        assert campaigns.pause(conn, new, pause)
        found = campaigns.get(conn, new)
        assert found is not None
        assert found.pause == pause
        assert campaigns.start(conn, new)
        again = campaigns.get(conn, new)
        assert again is not None
        assert again.pause is None
        assert again.started_at == begun.started_at is not None
        claim = claim_next(conn, new, 5)
        assert claim is not None
        messages.settle(conn, claim, [Receipt(numbers(1)[0], "", 12)], SAID)
        assert campaigns.finish(conn, new)
        assert not campaigns.cancel(conn, new)
        assert campaigns.reopen(conn, new)
        assert stands(CampaignState.PAUSED)
        assert campaigns.cancel(conn, new)
        assert not campaigns.start(conn, new)
        assert not campaigns.reopen(conn, new)


def test_a_draft_cannot_be_cancelled_under_the_hands_of_who_plans_it(store: Database) -> None:
    with store.write() as conn:
        account = accounts.add(conn, any_account())
        new = campaigns.add(conn, account.id, "任务", Kind.BULK, "", "测试", ignore_blocklist=False)
        assert not campaigns.cancel(conn, new)
        assert campaigns.state_of(conn, new) is CampaignState.DRAFT


def test_campaigns_are_listed_by_page_and_by_state(store: Database) -> None:
    with store.write() as conn:
        one, other = (accounts.add(conn, any_account()).id for _ in range(2))
        ids = [new_campaign(conn, numbers(1), one if n % 2 else other, start=n < 3) for n in range(5)]
        assert [found.id for found in campaigns.newest(conn, limit=3)] == [ids[4], ids[3], ids[2]]
        assert [found.id for found in campaigns.newest(conn, before=ids[2], limit=3)] == [ids[1], ids[0]]
        assert [found.id for found in campaigns.in_state(conn, CampaignState.SENDING)] == ids[:3]
        assert [found.id for found in campaigns.on_their_way(conn, one, answers=False)] == [ids[1]]
        assert campaigns.get(conn, 10**6) is None


def test_accounts_with_anything_under_way_are_found_whatever_the_campaign_says(store: Database) -> None:
    with store.write() as conn:
        ids = [accounts.add(conn, any_account()).id for _ in range(4)]
        sending, paused, cancelled, waiting = (new_campaign(conn, numbers(2), id_, start=id_ != ids[3]) for id_ in ids)
        for new in (paused, cancelled):
            claim_next(conn, new, 1)
        campaigns.pause(conn, paused, Pause(PauseCode.PERSON, SAID))
        campaigns.cancel(conn, cancelled)
        assert campaigns.unsettled_accounts(conn) == ids[:3]
        assert counts_of(conn, sending).claimed == counts_of(conn, waiting).claimed == 0


# -- pages


def test_messages_are_paged_in_order_and_filtered(store: Database) -> None:
    mobiles = numbers(10)
    with store.write() as conn:
        first = new_campaign(conn, mobiles, contents=[f"第{n}条" for n in range(10)])
        second = new_campaign(conn, mobiles[:3])
        claim_next(conn, first, 4)
        every, after = [], 0
        while page := pages.message_rows(conn, Filter(), after, 4):
            every += page
            after = page[-1].id
        assert [(row.campaign_id, row.mobile) for row in every] == [
            *((first, mobile) for mobile in mobiles),
            *((second, mobile) for mobile in mobiles[:3]),
        ]
        assert [row.content for row in every[9:11]] == ["第9条", "全文"]
        assert len(pages.message_rows(conn, Filter(campaign_id=first, state=State.CLAIMED))) == 4
        assert len(pages.message_rows(conn, Filter(campaign_id=second, state=State.CLAIMED))) == 0
        assert [row.campaign_id for row in pages.message_rows(conn, Filter(mobile=mobiles[0]))] == [first, second]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("138", 3), ("1380001", 2), ("13800010000", 1), ("139", 0), ("", 3), ("x", 0), ("9", 0), ("138%", 0), ("_", 0)],
)
def test_a_number_or_its_beginning_finds_messages(store: Database, typed: str, found: int) -> None:
    with store.write() as conn:
        new_campaign(conn, ["13800010000", "13800019999", "13800020000"])
        assert len(pages.message_rows(conn, Filter(mobile=typed))) == found


def bring(conn: Connection, count: int) -> list[str]:
    """Reports and replies of so many numbers, the first two of a campaign; an hour between each and the next."""
    mobiles = numbers(count)
    account = accounts.add(conn, any_account())
    new = new_campaign(conn, mobiles[:2], account.id)
    claim = claim_next(conn, new, 5)
    assert claim is not None
    messages.settle(conn, claim, [Receipt(mobile, f"M{mobile}", 0) for mobile in mobiles[:2]], SAID)
    raw = answers.raw(conn, answers.keep(conn, account.id, "push", b""))
    assert raw is not None
    times = [datetime(2021, 6, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(count)]
    for mobile, at in zip(mobiles, times, strict=True):
        report_rows.add(conn, raw, [Report(f"M{mobile}", mobile, "DELIVRD", Delivery.DELIVERED, "106", at)])
        reply_rows.add(conn, raw, [Reply(f"R{mobile}", mobile, f"来自{mobile}", "106", at)])
    return mobiles


def test_reports_are_paged_from_the_last_to_the_first_and_filtered(store: Database) -> None:
    with store.write() as conn:
        mobiles = bring(conn, 7)
        every, before = [], None
        while page := pages.report_rows(conn, Filter(), before, 3):
            every += page
            before = page[-1].id
        assert [row.mobile for row in every] == mobiles[::-1]
        assert [(row.campaign, row.content) for row in every[-2:]] == [("任务", "全文")] * 2
        assert every[0].campaign_id is None
        campaign_id = every[-1].campaign_id
        assert [row.mobile for row in pages.report_rows(conn, Filter(campaign_id=campaign_id))] == mobiles[1::-1]
        since = datetime(2021, 6, 1, 5, tzinfo=UTC)
        assert [row.mobile for row in pages.report_rows(conn, Filter(since=since))] == [mobiles[6], mobiles[5]]
        assert [row.mobile for row in pages.report_rows(conn, Filter(mobile=mobiles[3]))] == [mobiles[3]]


def test_replies_are_paged_from_the_last_to_the_first_and_filtered(store: Database) -> None:
    with store.write() as conn:
        mobiles = bring(conn, 7)
        every, before = [], None
        while page := pages.reply_rows(conn, Filter(), before, 3):
            every += page
            before = page[-1].id
        assert [row.content for row in every] == [f"来自{mobile}" for mobile in mobiles[::-1]]
        assert [(row.campaign, row.answers) for row in every[-2:]] == [("任务", "全文")] * 2
        campaign_id = every[-1].campaign_id
        assert [row.mobile for row in pages.reply_rows(conn, Filter(campaign_id=campaign_id))] == mobiles[1::-1]
        since = datetime(2021, 6, 1, 5, tzinfo=UTC)
        assert [row.mobile for row in pages.reply_rows(conn, Filter(since=since))] == [mobiles[6], mobiles[5]]
        assert [row.mobile for row in pages.reply_rows(conn, Filter(mobile=mobiles[3][:11]))] == [mobiles[3]]
