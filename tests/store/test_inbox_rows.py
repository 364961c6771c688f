"""Reports and replies: each kept once, tied to its message as far as that can be told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from checks import SAID, any_account, assert_counts_true, claim_next, counts_of, new_campaign, numbers
from sqlalchemy import Connection

from smsdesk.domain.campaign import Counts
from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Came, Receipt, Reply, Report
from smsdesk.domain.message import Delivery, State
from smsdesk.domain.opt_out import OPTED_OUT
from smsdesk.gateway import codes
from smsdesk.store import accounts, answers, blocklist, conversations, messages, pages
from smsdesk.store import replies as reply_rows
from smsdesk.store import reports as report_rows
from smsdesk.store.database import Database, open_store
from smsdesk.store.messages import Claim
from smsdesk.store.pages import Filter, MessageRow

A, B, C = numbers(3)


class Desk:
    """An account with one campaign to A, B and C, all in the caller's transaction."""

    def __init__(self, conn: Connection, mobiles: tuple[str, ...] = (A, B, C)):
        self.conn = conn
        self.account = accounts.add(conn, any_account())
        self.id = new_campaign(conn, mobiles, self.account.id)

    def claim(self, most: int = 10) -> Claim:
        claim = claim_next(self.conn, self.id, most)
        assert claim is not None
        return claim

    def accept(self, claim: Claim) -> None:
        """Settle a batch; each mid is `M` and the number's place."""
        receipts = [Receipt(mobile, f"M{numbers(3).index(mobile)}", 0) for _, mobile, _ in claim.lines]
        messages.settle(self.conn, claim, receipts, SAID)
        report_rows.match_settled(self.conn, self.account.id, [receipt.mid for receipt in receipts], ())

    def report(self, *items: Report) -> Came:
        raw = answers.raw(self.conn, answers.keep(self.conn, self.account.id, "report", b"{}"))
        assert raw is not None
        return report_rows.add(self.conn, raw, items)

    def reply(self, *items: Reply) -> Came:
        raw = answers.raw(self.conn, answers.keep(self.conn, self.account.id, "mo", b"{}"))
        assert raw is not None
        return reply_rows.add(self.conn, raw, items)

    def row(self, mobile: str) -> MessageRow:
        (found,) = pages.message_rows(self.conn, Filter(campaign_id=self.id, mobile=mobile))
        return found

    def waiting(self) -> int:
        return sum(one.campaign_id is None for one in pages.report_rows(self.conn, Filter()))


def report(mid: str, mobile: str, stat: str = "DELIVRD", at: datetime | None = None) -> Report:
    return Report(mid, mobile, stat, codes.delivery(stat), "10690000", at or now())


def reply(content: str, mobile: str = A, mid: str = "R1", at: datetime | None = None) -> Reply:
    return Reply(mid, mobile, content, "10690000", at or datetime(2021, 6, 1, tzinfo=UTC))


def test_a_report_tells_what_became_of_its_message(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        came = desk.report(report("M0", A), report("M1", B, "MA:0001"), report("UNKNOWN", C))
        assert came == Came(reports=3, matched=2)
        assert came.unmatched == 1
        assert [desk.row(one).delivery for one in (A, B, C)] == [Delivery.DELIVERED, Delivery.FAILED, Delivery.NONE]
        assert desk.row(B).stat == "MA:0001"
        assert counts_of(conn, desk.id) == Counts(accepted=3, delivered=1, failed=1, segments=3)
        assert_counts_true(conn)
        assert desk.waiting() == 1


def test_one_mid_for_all_numbers_of_an_answer_still_tells_each_messages_report(store: Database) -> None:
    mobiles = tuple(numbers(report_rows.AT_ONCE))
    with store.write() as conn:
        desk = Desk(conn, mobiles)
        claim = desk.claim(report_rows.AT_ONCE)
        messages.settle(conn, claim, [Receipt(mobile, "M", 0) for _, mobile, _ in claim.lines], SAID)
        came = desk.report(*(report("M", mobile) for mobile in mobiles))
        assert came == Came(reports=report_rows.AT_ONCE, matched=report_rows.AT_ONCE)
        assert counts_of(conn, desk.id).delivered == report_rows.AT_ONCE


def test_the_same_report_again_changes_nothing(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        at = now()
        assert desk.report(report("M0", A, at=at), report("M0", A, at=at)) == Came(reports=1, matched=1)
        assert desk.report(report("M0", A, at=at)) == Came()
        assert_counts_true(conn)


def test_a_mid_of_another_number_or_account_is_not_this_message(store: Database) -> None:
    with store.write() as conn:
        desk, other = Desk(conn), Desk(conn)
        desk.accept(desk.claim())
        assert desk.report(report("M0", B)) == Came(reports=1)
        assert other.report(report("M0", A)) == Came(reports=1)
        assert desk.row(A).delivery is Delivery.NONE


def test_a_report_that_came_before_its_submission_was_stored_is_matched_then(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        claim = desk.claim()
        assert desk.report(report("M0", A), report("M1", B, "EXPIRED")) == Came(reports=2)
        desk.accept(claim)
        assert (desk.row(A).delivery, desk.row(B).delivery) == (Delivery.DELIVERED, Delivery.FAILED)
        assert not desk.row(A).inferred
        assert desk.waiting() == 0
        assert_counts_true(conn)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", [1, -1])
def test_acceptd_is_not_final_and_comes_before_the_final_word(store: Database, at_once: bool, order: int) -> None:
    at = now()
    both = [report("M0", A, "ACCEPTD", at), report("M0", A, "DELIVRD", at + timedelta(seconds=5))][::order]
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        for items in [both] if at_once else [both[:1], both[1:]]:
            desk.report(*items)
            assert_counts_true(conn)
        assert (desk.row(A).delivery, desk.row(A).stat) == (Delivery.DELIVERED, "DELIVRD")
        assert counts_of(conn, desk.id).delivered == 1


def test_acceptd_alone_is_shown_as_under_way(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        desk.report(report("M0", A, "ACCEPTD"))
        assert desk.row(A).delivery is Delivery.UNDERWAY
        assert counts_of(conn, desk.id).delivered == 0


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("stats", [("EXPIRED", "DELIVRD"), ("DELIVRD", "EXPIRED"), ("MA:0001", "MA:0002")])
def test_the_first_final_word_stands(store: Database, at_once: bool, stats: tuple[str, str]) -> None:
    at = now()
    first, second = report("M0", A, stats[0], at), report("M0", A, stats[1], at + timedelta(seconds=5))
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        for items in [[second, first]] if at_once else [[first], [second]]:
            desk.report(*items)
        assert desk.row(A).stat == stats[0]
        assert counts_of(conn, desk.id).delivered == (stats[0] == "DELIVRD")
        assert counts_of(conn, desk.id).failed == (stats[0] != "DELIVRD")
        assert_counts_true(conn)


def test_many_reports_at_once_all_find_their_messages(store: Database) -> None:
    mobiles = numbers(1200)
    with store.write() as conn:
        desk = Desk(conn, tuple(mobiles))
        claim = desk.claim(2000)
        messages.settle(conn, claim, [Receipt(m, f"M{m}", 0) for m in mobiles], SAID)
        came = desk.report(*[report(f"M{mobile}", mobile) for mobile in reversed(mobiles)])
        assert came == Came(reports=1200, matched=1200)
        assert counts_of(conn, desk.id).delivered == 1200
        assert_counts_true(conn)


# -- in doubt


def test_a_report_for_its_number_settles_a_message_in_doubt(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        messages.doubt(conn, desk.claim(), SAID)
        assert desk.report(report("NEW", A), report("NEW2", B, "MA:0001")) == Came(reports=2, matched=2)
        row = desk.row(A)
        assert (row.state, row.mid, row.result, row.delivery) == (State.ACCEPTED, "NEW", 0, Delivery.DELIVERED)
        assert row.inferred
        assert desk.row(C).state is State.IN_DOUBT
        assert counts_of(conn, desk.id) == Counts(accepted=2, in_doubt=1, delivered=1, failed=1, segments=3)
        assert_counts_true(conn)


def test_of_two_doubtful_messages_to_a_number_none_is_settled_before_there_are_reports_of_both(store: Database) -> None:
    at = now()
    with store.write() as conn:
        desk = Desk(conn, (A, A))
        messages.doubt(conn, desk.claim(1), SAID)
        messages.doubt(conn, desk.claim(1), SAID)
        came = desk.report(report("N", A, "ACCEPTD", at), report("N", A, "DELIVRD", at + timedelta(seconds=3)))
        assert came == Came(reports=2)
        assert counts_of(conn, desk.id) == Counts(in_doubt=2, segments=2)
        assert desk.report(report("N2", A)) == Came(reports=1, matched=1)
        assert counts_of(conn, desk.id) == Counts(accepted=2, delivered=2, segments=2)
        assert_counts_true(conn)


def test_acceptd_and_delivrd_of_one_doubtful_message_settle_it_once(store: Database) -> None:
    at = now()
    with store.write() as conn:
        desk = Desk(conn, (A, B))
        messages.doubt(conn, desk.claim(), SAID)
        came = desk.report(report("N", A, "ACCEPTD", at), report("N", A, "DELIVRD", at + timedelta(seconds=3)))
        assert came == Came(reports=2, matched=2)
        assert counts_of(conn, desk.id) == Counts(accepted=1, in_doubt=1, delivered=1, segments=2)
        assert_counts_true(conn)


def test_a_report_that_came_before_the_doubt_settles_it(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        claim = desk.claim()
        assert desk.report(report("NEW", A)) == Came(reports=1)
        messages.doubt(conn, claim, SAID)
        assert report_rows.match_settled(conn, desk.account.id, (), [A, B, C]) == 1
        assert desk.row(A).inferred
        assert_counts_true(conn)


def test_a_report_while_another_message_to_that_number_is_under_way_waits(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn, (A, A))
        messages.doubt(conn, desk.claim(1), SAID)
        claim = desk.claim(1)
        assert desk.report(report("OLD", A)) == Came(reports=1)
        assert counts_of(conn, desk.id) == Counts(claimed=1, in_doubt=1, segments=2)
        messages.settle(conn, claim, [Receipt(A, "M2", 0)], SAID)
        report_rows.match_settled(conn, desk.account.id, ["M2"], ())
        report_rows.match_settled(conn, desk.account.id, (), [A])
        assert counts_of(conn, desk.id) == Counts(accepted=2, delivered=1, segments=2)
        assert_counts_true(conn)


@pytest.mark.parametrize(
    ("after", "settled"),
    [
        (timedelta(days=6), True),
        (timedelta(days=8), False),
        (-timedelta(minutes=4), True),
        (-timedelta(hours=1), False),
    ],
)
def test_only_a_report_of_about_that_time_settles_a_doubt(store: Database, after: timedelta, settled: bool) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        messages.doubt(conn, desk.claim(), SAID)
        desk.report(report("NEW", A, at=now() + after))
        assert (desk.row(A).state is State.ACCEPTED) == settled
        assert_counts_true(conn)


def test_a_report_of_another_account_settles_no_doubt(store: Database) -> None:
    with store.write() as conn:
        desk, other = Desk(conn), Desk(conn)
        messages.doubt(conn, desk.claim(), SAID)
        assert other.report(report("NEW", A)) == Came(reports=1)
        assert desk.row(A).state is State.IN_DOUBT


# -- replies


def test_a_reply_is_tied_to_the_latest_message_to_that_number(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        later = new_campaign(conn, [A], desk.account.id, ["第二条"])
        claim = claim_next(conn, later, 1)
        assert claim is not None
        messages.settle(conn, claim, [Receipt(A, "X", 0)], SAID)
        queued = new_campaign(conn, [A], desk.account.id, ["还没发"])
        assert desk.reply(reply("好的"), reply("谁？", B, "R2"), reply("?", "13999999999", "R3")) == Came(replies=3)
        rows = {row.mobile: row for row in pages.reply_rows(conn, Filter())}
        assert (rows[A].campaign_id, rows[A].answers) == (later, "第二条")
        assert (rows[B].campaign_id, rows[B].answers) == (desk.id, "全文")
        assert (rows["13999999999"].campaign_id, rows["13999999999"].answers) == (None, None)
        assert queued not in {row.campaign_id for row in rows.values()}


@pytest.mark.parametrize("mid", ["R1", ""])
def test_the_same_reply_again_changes_nothing_and_another_text_is_another_reply(store: Database, mid: str) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        assert desk.reply(reply("好的", mid=mid), reply("好的", mid=mid)) == Came(replies=1)
        assert desk.reply(reply("好的", mid=mid)) == Came()
        assert desk.reply(reply("不好", mid=mid), reply("好的", B, mid)) == Came(replies=2)
        assert len(pages.reply_rows(conn, Filter())) == 3


def test_who_opts_out_gets_nothing_more(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        assert desk.reply(reply("ＴＤ"), reply("好的", B, "R2")) == Came(replies=2, opted_out=1)
        (blocked,) = blocklist.rows(conn)
        assert (blocked.mobile, blocked.from_reply, blocked.reason) == (A, True, OPTED_OUT)
        assert [mobile for _, mobile, _ in desk.claim().lines] == [B, C]
        assert [row.opt_out for row in pages.reply_rows(conn, Filter(mobile=A))] == [True]
        assert desk.reply(reply("退订", mid="R3")).opted_out == 1
        assert len(blocklist.rows(conn)) == 1


def test_replies_are_unread_until_somebody_saw_them(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(reply("一", mid="1"), reply("二", mid="2"))
        first, second = pages.reply_rows(conn, Filter())
        assert reply_rows.unread(conn) == 2
        conversations.mark_replies_read(conn, [first.id])
        conversations.mark_replies_read(conn, [first.id])
        assert reply_rows.unread(conn) == 1
        assert {row.id: row.read for row in pages.reply_rows(conn, Filter())} == {first.id: True, second.id: False}


# -- raw answers


def test_an_answer_waits_as_it_came_until_it_is_dealt_with(store: Database) -> None:
    body = bytes(range(256))
    with store.write() as conn:
        desk = Desk(conn)
        first, second = (answers.keep(conn, desk.account.id, "report", body) for _ in range(2))
        other = accounts.add(conn, any_account())
        answers.keep(conn, other.id, "mo", b"")
    with store.write() as conn:
        assert answers.waiting(conn, desk.account.id) == [first, second]
        raw = answers.raw(conn, first)
        assert raw is not None
        assert (raw.body, raw.source, raw.account_id) == (body, "report", desk.account.id)
        answers.parsed(conn, first, SAID)
        assert answers.raw(conn, first) is None
        answers.forget(conn, second)
        assert answers.waiting(conn, desk.account.id) == []


def test_two_programs_do_not_take_in_the_same_answer(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        raw_id = answers.keep(conn, desk.account.id, "report", b"{}")
    with store.write() as conn:
        assert answers.raw(conn, raw_id) is not None
        answers.parsed(conn, raw_id)
    with store.write() as conn:
        assert answers.raw(conn, raw_id) is None


def test_sqlite_finds_messages_by_number_and_not_through_all_of_the_account(tmp_path: Path) -> None:
    asked: list[str] = []
    store = open_store(tmp_path)  # PostgreSQL keeps statistics, and needs no such care
    with store.write() as conn:
        desk = Desk(conn)
        desk.accept(desk.claim())
        driver: sqlite3.Connection = conn.connection.driver_connection  # type: ignore[assignment]
        driver.set_trace_callback(asked.append)
        desk.report(report("M0", A), report("UNKNOWN", B))
        desk.reply(reply("您好"))
        driver.set_trace_callback(None)
        finding = [sql for sql in asked if sql.startswith("SELECT messages")]
        assert len(finding) >= 3
        for sql in finding:
            steps = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert any("ix_messages_mobile" in step for step in steps), steps
            assert not any("ix_messages_campaign_id" in step for step in steps), steps
    store.dispose()
