"""Stores that an earlier version has written."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

import smsdesk.store
from smsdesk.store import accounts, balances, blocklist, campaigns, conversations
from smsdesk.store.conversations import Only
from smsdesk.store.database import FILE_NAME, open_store
from smsdesk.store.schema import REVISIONS

FIRST = """
INSERT INTO accounts (id, key, name, url, login, extno, signature, batch, connections, rate, price_li, separator,
    line_end, password_form, created_at)
VALUES (1, 'k', '旧账户', 'http://127.0.0.1:9/sms', 'user', '10690000', '【示例】', 150, 2, 0, 50, 'tab', 'crlf', 'md5',
    1767225600000);
INSERT INTO campaigns (id, account_id, name, kind, state, text, source, ignore_blocklist, created_at, accepted, queued)
VALUES (7, 1, '任务', 'bulk', 'paused', '您好', '名单.xlsx', false, 1767225600000, 1, 1);
INSERT INTO messages (campaign_id, mobile, segments, line, state, mid, result)
VALUES (7, '13800000001', 1, 2, 2, 'A1', 0), (7, '13800000002', 1, 3, 0, NULL, NULL);
INSERT INTO blocklist (mobile, reason, added_at)
VALUES ('13800000009', '["手工添加", "added by hand"]', 1767225600000);
INSERT INTO replies (account_id, raw_id, mid, mobile, content, digest, access_code, received_at, opt_out, read_at)
VALUES (1, 1, 'R1', '13800000001', 'TD', 'a', '', 1767225601000, true, 1767225609000),
    (1, 1, 'R2', '13800000001', '还有', 'b', '', 1767225602000, false, NULL),
    (1, 1, 'R3', '13800000002', '好', 'c', '', 1767225603000, false, 1767225609000);
INSERT INTO balance_readings (account_id, balance_li, charge_type, asked_at)
VALUES (1, 5000, 'PRECHARGE', 1767225600000), (1, 4000, 'PRECHARGE', 1767225601000),
    (1, 9000, 'PRECHARGE', 1767225602000)
"""
"""What version 0001 has stored."""


@pytest.fixture
def first_store(tmp_path: Path, database_url: str | None) -> Iterator[Engine]:
    """A store as version 0001 left it, on both databases."""
    engine = create_engine(database_url or f"sqlite:///{tmp_path / FILE_NAME}")
    config = Config()
    config.set_main_option("script_location", str(Path(smsdesk.store.__file__).parent / "migrations"))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        for statement in FIRST.split(";"):
            conn.execute(text(statement))
    yield engine
    engine.dispose()


def test_a_store_of_the_first_version_keeps_all_and_is_allowed_nothing_new(
    tmp_path: Path, database_url: str | None, first_store: Engine
) -> None:
    store = open_store(tmp_path, database_url)
    with store.read() as conn:
        (account,) = accounts.every(conn)
        assert (account.name, account.batch, account.key) == ("旧账户", 150, "k")
        assert (account.abroad, account.gsm7) == (False, False)
        assert (account.warn_below_li, account.pause_below) == (None, False)
        readings = balances.history(conn, 1, 5)
        assert [(one.balance_li, one.change_li) for one in readings] == [(9000, 5000), (4000, -1000), (5000, 0)]
        assert all(one.since == one.asked_at for one in readings)
        campaign = campaigns.get(conn, 7)
        assert campaign is not None
        assert (campaign.counts.accepted, campaign.counts.queued, campaign.text) == (1, 1, "您好")
        mobiles = conn.execute(text("SELECT mobile, mid FROM messages ORDER BY id")).all()
        assert [tuple(row) for row in mobiles] == [("13800000001", "A1"), ("13800000002", None)]
        assert [one.mobile for one in blocklist.rows(conn)] == ["13800000009"]
        inbox = [(one.mobile, one.words, one.unread, one.opted_out) for one in conversations.rows(conn, Only())]
        assert inbox == [("13800000002", "好", 0, False), ("13800000001", "还有", 1, True)]
    with store.write() as conn:
        accounts.change(conn, dataclasses.replace(account, abroad=True, gsm7=True))
    with store.read() as conn:
        changed = accounts.by_id(conn, 1)
        assert (changed.abroad, changed.gsm7) == (True, True)
    store.dispose()
    with first_store.connect() as conn:
        assert conn.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISIONS[-1]


@pytest.mark.parametrize("database_url", [None])
def test_a_copy_of_the_store_is_made_before_it_is_changed(
    tmp_path: Path, database_url: str | None, first_store: Engine
) -> None:
    open_store(tmp_path, database_url).dispose()
    (backup,) = tmp_path.glob("backup-0001-*.sqlite3")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM messages").fetchone() == (2,)
