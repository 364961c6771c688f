"""`recipients` with several files and the options of how they are read, and `send --recipients` with the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ctl.calling import Ctl
from smsdesk.simulator.server import Practice


def make(path: Path, *sheets: list[list[str]], hidden: tuple[int, ...] = ()) -> Path:
    book = Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"第{place + 1}张")
        for row in rows:
            sheet.append(row)
    for line in hidden:
        book.worksheets[0].row_dimensions[line].hidden = True
    book.save(path)
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    rows = [["姓名", "手机号"], ["甲", "13800010000"], ["乙", "13800010001"], ["丙", "1380001"], ["丁", ""]]
    return make(tmp_path / "一.xlsx", rows, [["电话"], ["13800010009"]], hidden=(3,))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "二.csv"
    path.write_text("手机;等级\n138-0001-0000;金卡\n13800010002;银卡\n", encoding="gb18030")
    return path


def test_several_files_are_one_list_with_an_account_of_each(empty: Ctl, first: Path, second: Path) -> None:
    found = empty.json("recipients", first, second, "--list")
    assert (found["rows"], found["valid"], found["invalid"], found["duplicates"], found["blank"]) == (6, 3, 1, 1, 1)
    assert found["columns"] == ["姓名", "手机号", "等级"]
    one, two = found["files"]
    assert (one["file"], one["sheet"], one["rows"], one["hidden"]) == (str(first), "Sheet", 4, 1)
    assert one["sheets"] == [{"name": "Sheet", "hidden": False}, {"name": "第2张", "hidden": False}]
    assert (two["encoding"], two["separator"], two["column"], two["duplicates"]) == ("gb18030", ";", "手机", 1)
    double = found["problems"][1]
    assert (double["file"], double["cell"], double["first_file"], double["first_row"]) == ("二.csv", "A2", "一.xlsx", 2)
    assert found["recipients"][2] == {
        "file": "二.csv",
        "row": 3,
        "mobile": "13800010002",
        "fields": {"姓名": "", "等级": "银卡"},
    }
    shown = empty("recipients", first, second).out
    assert "In all: 6 rows" in shown
    assert "1 of them are hidden" in shown


def test_one_file_says_how_it_was_read(empty: Ctl, first: Path, second: Path) -> None:
    found = empty.json("recipients", second)
    assert (found["encoding"], found["separator"], found["header_row"]) == ("gb18030", ";", 1)
    assert "named like a mobile number" in found["why"]
    assert "files" not in found
    assert "file" not in found["problems"][0] if found["problems"] else True
    assert empty.json("recipients", first)["encoding"] is None


def test_hidden_rows_are_left_out_on_request(empty: Ctl, first: Path) -> None:
    found = empty.json("recipients", first, "--visible-only")
    assert (found["rows"], found["valid"], found["hidden"], found["skipped"]) == (3, 1, 1, 1)
    skipped = found["problems"][0]
    assert (skipped["kind"], skipped["row"], skipped["cell"], skipped["value"]) == ("skipped", 3, "B3", "13800010001")
    assert "1 more are hidden" in empty("recipients", first, "--visible-only").out


def test_sheet_header_row_encoding_and_separator_may_be_said(empty: Ctl, first: Path, second: Path) -> None:
    assert empty.json("recipients", first, "--sheet", "第2张")["valid"] == 1
    assert empty.json("recipients", first, "--header-row", "none")["rows"] == 5
    found = empty.json("recipients", first, "--header-row", "2")
    assert (found["header_row"], found["columns"][0], found["rows"]) == (2, "甲", 3)
    found = empty.json("recipients", second, "--separator", ",", "--encoding", "gb18030")
    assert found["separator"] == ","
    tabbed = second.with_name("tab.txt")
    tabbed.write_text("姓名\t手机\n甲\t13800010000\n", encoding="utf-16")
    assert empty.json("recipients", tabbed, "--separator", "tab")["columns"] == ["姓名", "手机"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--header-row", "x"], "none where there is no header"),
        (["--header-row", "-1"], "none where there is no header"),
        (["--header-row", "77"], "no row 77"),
        (["--separator", "ab"], "one character"),
        (["--sheet", "没有"], "没有"),
    ],
)
def test_what_cannot_be_is_told(empty: Ctl, first: Path, options: list[str], said: str) -> None:
    assert said in empty.json("recipients", first, *options, status=2)["error"]


def test_numbers_from_abroad_are_let_through_on_request(empty: Ctl, tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [["手机号"], ["+852 6123 4567"], ["13800010000"]])
    assert empty.json("recipients", path)["invalid"] == 1
    found = empty.json("recipients", path, "--abroad", "--list")
    assert [one["mobile"] for one in found["recipients"]] == ["+85261234567", "13800010000"]


def test_refused_rows_of_several_files_are_saved_together(
    empty: Ctl, first: Path, second: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    assert empty.json("recipients", first, second, "--rejects", out)["rejects"] == {"rows": 2, "file": str(out)}
    rows = list(load_workbook(out).worksheets[0].values)
    assert rows[0] == ("姓名", "手机号", "等级", "File", "Row", "Reason")
    assert [row[3:5] for row in rows[1:]] == [("一.xlsx", "4"), ("二.csv", "2")]


def test_files_are_sent_to_as_they_are_read(ctl: Ctl, gateway: Practice, first: Path, second: Path) -> None:
    answer = ctl(
        "send", "--account", "demo", "--recipients", first, "--recipients", second, "--text", "您好", "--visible-only"
    )
    assert answer.status == 0
    sent = gateway.gateway.ledger.times_accepted()
    assert set(sent) == {"13800010000", "13800010002"}
    assert set(sent.values()) == {1}
    told = ctl("send", "--account", "demo", "--recipients", first, "--text", "您好", "--header-row", "1")
    assert "1 rows that are hidden" in told.err
    assert gateway.gateway.ledger.times_accepted()["13800010001"] == 1
