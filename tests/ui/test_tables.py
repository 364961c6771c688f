from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from ui_windows import opened

from smsdesk.jobs.desk import Desk
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.paged import PAGE, PagedModel
from smsdesk.ui.tables.view import DataTable


@dataclass(frozen=True)
class Row:
    id: int
    text: str


COLUMNS = (Column("Id", lambda r: str(r.id), is_number=True), Column("Text", lambda r: r.text))


class Shelf:
    """Rows that come and change, as the store's do."""

    def __init__(self, count: int):
        self.rows = [Row(n, f"row {n}") for n in range(count, 0, -1)]

    def fetch(self, _desk: Desk, before: int | None, limit: int) -> Sequence[Any]:
        return [row for row in self.rows if before is None or row.id < before][:limit]


def strictly(model: FixedModel | PagedModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def ids(model: PagedModel) -> list[int]:
    return [row.id for row in model.rows]


def test_a_paged_table_shows_a_page_and_reads_on_at_its_end(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    shelf = Shelf(2 * PAGE + 50)
    with opened(desk, tmp_path, qtbot) as window:
        model = PagedModel(window.bulk.workplace, COLUMNS, shelf.fetch)
        model.refresh()
        qtbot.waitUntil(lambda: model.rowCount() == PAGE)
        for expected in (2 * PAGE, 2 * PAGE + 50):
            assert model.canFetchMore(QModelIndex())
            with qtbot.waitSignal(model.rowsInserted):
                model.fetchMore(QModelIndex())
            qtbot.wait(10)
            assert model.rowCount() == expected
        assert not model.canFetchMore(QModelIndex())
        assert ids(model) == [row.id for row in shelf.rows]


def test_a_paged_table_keeps_qts_rules_while_it_is_read_to_its_end(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    shelf = Shelf(2 * PAGE + 50)
    with opened(desk, tmp_path, qtbot) as window:
        model = PagedModel(window.bulk.workplace, COLUMNS, shelf.fetch)
        tester = strictly(model)
        model.refresh()

        def read_on() -> bool:
            model.fetchMore(QModelIndex())
            return model.rowCount() == 2 * PAGE + 50

        qtbot.waitUntil(read_on)
        del tester


def test_new_rows_come_in_on_top_and_the_chosen_row_stays_chosen(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    shelf = Shelf(10)
    with opened(desk, tmp_path, qtbot) as window:
        model = PagedModel(window.bulk.workplace, COLUMNS, shelf.fetch)
        tester = strictly(model)
        table = DataTable("Rows", model)
        qtbot.addWidget(table)
        model.refresh()
        qtbot.waitUntil(lambda: model.rowCount() == 10)
        table.selectRow(3)
        shelf.rows = [Row(12, "new"), Row(11, "new"), *shelf.rows]
        model.refresh()
        qtbot.waitUntil(lambda: model.rowCount() == 12)
        assert model.rows[table.currentIndex().row()].id == 7
        shelf.rows[1] = Row(11, "changed")
        model.refresh()
        qtbot.waitUntil(lambda: model.index(1, 1).data() == "changed")
        shelf.rows = shelf.rows[2:5]
        model.refresh()
        qtbot.waitUntil(lambda: model.rowCount() == 3)
        assert ids(model) == [10, 9, 8]
        del tester


def test_another_filter_begins_anew_and_drops_what_was_still_being_read(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    shelf = Shelf(30)
    with opened(desk, tmp_path, qtbot) as window:
        model = PagedModel(window.bulk.workplace, COLUMNS, shelf.fetch)
        model.refresh()
        shelf.rows = shelf.rows[:5]
        model.reload()
        qtbot.waitUntil(lambda: model.rowCount() == 5)
        qtbot.wait(50)
        assert model.rowCount() == 5


def test_markup_in_a_cell_is_shown_as_it_is(qtbot: QtBot) -> None:
    model = FixedModel(COLUMNS)
    tester = strictly(model)
    model.show([Row(1, "<b>free</b>\nmoney")])
    cell = model.index(0, 1)
    assert cell.data(Qt.ItemDataRole.DisplayRole) == "<b>free</b> money"
    assert "&lt;b&gt;" in cell.data(Qt.ItemDataRole.ToolTipRole)
    del tester


def test_selected_rows_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot) -> None:
    model = FixedModel(COLUMNS)
    model.show([Row(1, "one"), Row(2, "two"), Row(3, "three")])
    table = DataTable("Rows", model)
    qtbot.addWidget(table)
    table.show()
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "2\ttwo\n3\tthree"
    QApplication.clipboard().clear()  # what Python made must not live on when the interpreter has ended


def copied(table: DataTable, *, titled: bool = False) -> tuple[str, str]:
    table.selectAll()
    table.copy(titled=titled)
    data = QApplication.clipboard().mimeData()
    found = data.text(), data.html()
    QApplication.clipboard().clear()
    return found


def test_a_copied_cell_stays_one_cell_and_what_looks_like_a_formula_or_a_number_stays_a_text(qtbot: QtBot) -> None:
    model = FixedModel(COLUMNS)
    model.show([Row(1, 'a "b"\u00a0c'), Row(2, "=1+1"), Row(3, "00123456789012345678"), Row(4, "<b>&")])
    table = DataTable("Rows", model)
    qtbot.addWidget(table)
    text, html = copied(table, titled=True)
    assert list(csv.reader(io.StringIO(text), dialect="excel-tab")) == [
        ["Id", "Text"],
        ["1", 'a "b"\u00a0c'],
        ["2", "'=1+1"],
        ["3", "00123456789012345678"],
        ["4", "<b>&"],
    ]
    cell = "<td style=\"mso-number-format:'\\@'\">"
    for shown in ("=1+1", "00123456789012345678", "&lt;b&gt;&amp;"):
        assert f"{cell}{shown}</td>" in html
    assert "<td>4</td>" in html, "a figure is one in the spreadsheet, too"


def test_columns_are_copied_in_the_order_and_as_far_as_they_are_shown(qtbot: QtBot) -> None:
    columns = (*COLUMNS, Column("Twice", lambda r: r.text * 2))
    model = FixedModel(columns)
    model.show([Row(1, "one")])
    table = DataTable("Rows", model)
    qtbot.addWidget(table)
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnHidden(1, True)
    assert copied(table)[0] == "oneone\t1"


def chosen(menu: QMenu, entry: str) -> None:
    next(action for action in menu.actions() if action.text() == entry).trigger()


def test_columns_are_put_away_by_the_menu_of_the_head_and_all_comes_back_as_it_was(qtbot: QtBot) -> None:
    model = FixedModel(COLUMNS)
    table = DataTable("Rows", model)
    qtbot.addWidget(table)
    table.show()
    table.resize(900, 300)
    QApplication.processEvents()
    first = table.shape()
    assert table.columnWidth(1) > 700
    assert first["widths"] == [table.columnWidth(0), 0], "what there was room for is not remembered"
    chosen(table.columns_menu(), "Id")
    assert table.isColumnHidden(0)
    chosen(table.columns_menu(), "Text")
    assert not table.isColumnHidden(1), "the last one stays"
    table.horizontalHeader().moveSection(1, 0)
    chosen(table.columns_menu(), "As they were at first")
    assert table.shape() == first
    assert not table.isColumnHidden(0)


def test_a_cell_shows_what_would_turn_or_hide_its_neighbours_and_no_more_than_can_be_read() -> None:
    model = FixedModel(COLUMNS)
    model.show([Row(1, "退\u202e订\0"), Row(2, "长" * 100_000)])
    assert model.index(0, 1).data() == "退[U+202E]订␀"
    assert len(model.index(1, 1).data()) == 2_000
