"""What cannot be read says so where it would stand, and is read by one click when the store is well again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from checks import numbers, plan
from conftest import stored_account
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from ui_windows import opened

from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.pages.page import Page
from smsdesk.ui.widgets.not_read import NotRead
from smsdesk.ui.workplace import Changed

pytestmark = pytest.mark.expects_log  # of what the database says of the table that is away


@contextmanager
def without(desk: Desk, table: str) -> Iterator[None]:
    """A store that has lost a table, as a damaged one has, until the end of the block."""
    with desk.database.write() as conn:
        conn.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    try:
        yield
    finally:
        with desk.database.write() as conn:
            conn.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))


def says_so(qtbot: QtBot, found: NotRead) -> None:
    qtbot.waitUntil(lambda: bool(found.text))
    assert found.isVisible()
    assert found.button.isVisible()
    assert "restore a backup, or send the log to the support" in found.text
    assert "no such table" not in found.text


def try_again(qtbot: QtBot, found: NotRead) -> None:
    found.button.click()


def test_a_list_of_messages_that_cannot_be_made(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    plan(desk, stored_account(desk, practice), 3)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.reports
        with without(desk, "messages"):
            window.tabs.setCurrentWidget(page)
            says_so(qtbot, page.table.not_read)
            assert page.count.text() == ""  # nobody knows how many there are
            assert not page.empty.isVisible()
        try_again(qtbot, page.table.not_read)
        qtbot.waitUntil(lambda: page.count.text() == "3 messages")
        assert page.table.not_read.text == ""


def test_a_page_of_messages_that_cannot_be_read(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    plan(desk, stored_account(desk, practice), 3)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.reports
        window.tabs.setCurrentWidget(page)
        qtbot.waitUntil(lambda: page.count.text() == "3 messages" and page.model.row_at(0) is not None)
        with without(desk, "messages"):
            page.model.refresh()
            says_so(qtbot, page.table.not_read)
        try_again(qtbot, page.table.not_read)
        qtbot.waitUntil(lambda: page.model.index(0, 1).data() == numbers(3)[-1])
        assert page.table.not_read.text == ""


@pytest.mark.parametrize("more", [False, True])
def test_rows_that_are_read_by_key(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, *, more: bool) -> None:
    plan(desk, stored_account(desk, practice), 2)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.campaigns
        window.tabs.setCurrentWidget(page)
        qtbot.waitUntil(lambda: page.model.rowCount() == 1)
        with without(desk, "campaigns"):
            if more:
                page.model.refresh()
            else:
                page.model.reload()
            says_so(qtbot, page.table.not_read)
            assert page.model.rowCount() == int(more)  # what is there stays
        try_again(qtbot, page.table.not_read)
        qtbot.waitUntil(lambda: page.table.not_read.text == "")
        assert page.model.rowCount() == 1


def test_conversations_and_a_search_among_them(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.replies
        window.tabs.setCurrentWidget(page)
        for looked_for in ("", "你好"):
            with without(desk, "conversations"):
                page.filters.search.setText(looked_for)
                page.filters.reload()
                says_so(qtbot, page.not_read)
            try_again(qtbot, page.not_read)
            qtbot.waitUntil(lambda: page.not_read.text == "")


def test_figures_that_cannot_be_computed(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    plan(desk, stored_account(desk, practice), 2)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.campaigns
        with without(desk, "messages"):
            window.tabs.setCurrentWidget(page)
            funnel = page.view.funnel
            says_so(qtbot, funnel.not_read)
            assert not funnel.summary.isVisible()  # and not “Computing…” for ever
        try_again(qtbot, funnel.not_read)
        qtbot.waitUntil(lambda: funnel.model.rowCount() > 0)
        assert funnel.not_read.text == ""


def test_what_is_said_of_an_empty_table_is_not_said_of_one_that_cannot_be_read(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        says_nobody = window.replies.purpose
        pages: list[tuple[Page, NotRead, str, Changed, Callable[[], bool]]] = [
            (
                window.campaigns,
                window.campaigns.table.not_read,
                "campaigns",
                Changed(campaigns=True),
                window.campaigns.empty.isVisible,
            ),
            (
                window.replies,
                window.replies.not_read,
                "conversations",
                Changed(replies=True),
                lambda: says_nobody.text() == "Nobody has replied yet",
            ),
            (
                window.blocklist,
                window.blocklist.table.not_read,
                "blocklist",
                Changed(blocklist=True),
                window.blocklist.empty.isVisible,
            ),
        ]
        for page, found, table, news, says_empty in pages:
            window.tabs.setCurrentWidget(page)
            qtbot.waitUntil(says_empty)
            with without(desk, table):
                page.workplace.changed.emit(news)
                says_so(qtbot, found)
                assert not says_empty()
            try_again(qtbot, found)
            qtbot.waitUntil(says_empty)
