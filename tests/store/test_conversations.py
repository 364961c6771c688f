"""Conversations: one row a number, always what its replies say."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from checks import any_account, numbers
from sqlalchemy import Connection, select
from test_inbox_rows import Desk

from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Reply
from smsdesk.domain.words import Words
from smsdesk.store import accounts, answers, blocklist, conversations, labels, pages
from smsdesk.store import replies as reply_rows
from smsdesk.store.conversations import Conversation, Only
from smsdesk.store.database import Database
from smsdesk.store.pages import Filter
from smsdesk.store.schema import conversations as table

A, B, C = numbers(3)
AT = now().replace(microsecond=0)


def said(mobile: str, content: str, minutes: int) -> Reply:
    return Reply("", mobile, content, "10690000", AT + timedelta(minutes=minutes))


def row(conn: Connection, mobile: str) -> Conversation:
    (found,) = conversations.of(conn, [mobile])
    return found


def assert_as_replies_say(conn: Connection) -> None:
    """Counting the replies anew changes nothing."""
    before = conn.execute(select(table).order_by(table.c.mobile)).all()
    conversations.recount(conn, [A, B, C])
    assert conn.execute(select(table).order_by(table.c.mobile)).all() == before


def test_a_number_has_one_conversation_with_its_last_words_on_top(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(said(A, "早", 1), said(B, "第二", 2), said(A, "最后", 3))
        desk.reply(said(C, "更晚", 4), said(A, "迟到的旧回复", 0))
        assert [(one.mobile, one.words, one.unread) for one in conversations.rows(conn, Only())] == [
            (C, "更晚", 1),
            (A, "最后", 3),
            (B, "第二", 1),
        ]
        assert_as_replies_say(conn)


def test_pages_follow_one_another_without_a_gap(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        mobiles = numbers(7)
        desk.reply(*(said(mobile, "好", n // 2) for n, mobile in enumerate(mobiles)))
        seen, before = [], None
        while page := conversations.rows(conn, Only(), before, 3):
            seen += [one.mobile for one in page]
            before = page[-1].last_at, page[-1].last_id
        assert seen == mobiles[::-1]


def test_the_same_reply_twice_is_counted_once(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        for _ in range(2):
            desk.reply(said(A, "好", 1))
        assert row(conn, A).unread == 1


def test_read_and_unread_are_told_of_replies_and_conversations_alike(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(said(A, "一", 1), said(A, "二", 2), said(B, "三", 3))
        conversations.mark_read(conn, [A])
        assert (row(conn, A).unread, row(conn, B).unread, reply_rows.unread(conn)) == (0, 1, 1)
        assert conversations.unread_mobiles(conn, conversations.last_reply(conn), 10) == [B]
        conversations.mark_unread(conn, A)
        assert (row(conn, A).unread, reply_rows.unread(conn)) == (1, 2)
        assert [one.mobile for one in conversations.rows(conn, Only(unread=True))] == [B, A]
        conversations.mark_replies_read(conn, [one.id for one in pages.reply_rows(conn, Filter())])
        assert (row(conn, A).unread, row(conn, B).unread, reply_rows.unread(conn)) == (0, 0, 0)
        assert_as_replies_say(conn)


def test_who_opted_out_is_found_also_by_a_word_that_was_added_later(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(said(A, "TD", 1), said(B, "别发了", 2), said(C, "好", 3))
        assert [one.mobile for one in conversations.rows(conn, Only(opted_out=True))] == [A]
        reply_rows.mark_opt_outs(
            conn, [id_ for id_, _, content in reply_rows.not_opted_out(conn) if content == "别发了"]
        )
        assert [one.mobile for one in conversations.rows(conn, Only(opted_out=True))] == [B, A]
        assert row(conn, A).is_blocked
        blocklist.remove(conn, [A])
        assert (row(conn, A).is_blocked, row(conn, A).opted_out) == (False, True)
        assert_as_replies_say(conn)


def test_a_label_is_given_renamed_and_removed(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(said(A, "想买", 1), said(B, "好", 2))
        assert [one.name.zh for one in labels.every(conn)] == ["意向客户", "投诉", "已处理"]
        label = labels.add(conn, Words("回访", "回访"))
        conversations.set_label(conn, [A], label)
        labels.rename(conn, label, Words("再访", "再访"))
        (found,) = conversations.rows(conn, Only(label_id=label))
        assert (found.mobile, found.label) == (A, Words("再访", "再访"))
        labels.remove(conn, label)
        assert row(conn, A).label is None


def test_a_number_without_replies_has_no_conversation(store: Database) -> None:
    with store.write() as conn:
        conversations.recount(conn, [A])
        assert conversations.of(conn, [A]) == []


def test_signs_of_a_search_are_no_wildcards(store: Database) -> None:
    with store.write() as conn:
        desk = Desk(conn)
        desk.reply(said(A, "打折100%吗", 1), said(B, "100元", 2))
        last = conversations.last_reply(conn)
        assert conversations.holding(conn, "100%", 0, last) == [A]
        assert conversations.holding(conn, A[-5:], 0, last) == [A]
        assert [one.mobile for one in conversations.beginning(conn, B[:9], Only(), 10)] == [B]


def test_replies_of_two_accounts_and_a_persons_marking_do_not_wait_for_each_other(store: Database) -> None:
    """The same numbers in opposite orders, many times at once: PostgreSQL would end one of two that do."""
    mobiles = numbers(40)
    with store.write() as conn:
        ids = [accounts.add(conn, any_account()).id for _ in range(2)]

    def take(account_id: int, order: Sequence[str]) -> None:
        for turn in range(5):
            with store.write() as conn:
                for mobile in order:  # each a statement of its own, as batches are
                    raw = answers.raw(conn, answers.keep(conn, account_id, "mo", b"{}"))
                    assert raw is not None
                    reply_rows.add(conn, raw, [said(mobile, f"{account_id} {turn}", turn)])

    def mark(_account_id: int, order: Sequence[str]) -> None:
        for _ in range(20):
            with store.write() as conn:
                conversations.mark_read(conn, order[:20])
            with store.read() as conn:
                seen = [one.last_id for one in conversations.of(conn, order)]
            with store.write() as conn:
                conversations.mark_replies_read(conn, seen[::-1])

    with ThreadPoolExecutor(3) as pool:
        works = [
            pool.submit(take, ids[0], mobiles),
            pool.submit(take, ids[1], mobiles[::-1]),
            pool.submit(mark, 0, mobiles),
        ]
        for work in works:
            work.result(60)
    with store.write() as conn:
        assert sum(one.unread for one in conversations.of(conn, mobiles)) == reply_rows.unread(conn)
