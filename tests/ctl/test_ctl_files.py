"""`recipients`, `export`, `blocklist`: files in and out."""

from __future__ import annotations

import csv
import getpass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ctl.calling import Ctl, number_file, numbers
from smsdesk.simulator.server import Practice

ROWS = (
    ("五月活动", None, None),
    ("姓名", "手机号", "等级"),
    ("王伟", "13800010000", "金卡"),
    ("李芳", "1380001", "银卡"),
    ("王伟", "+86 138-0001-0000", "金卡"),
    ("张敏", None, None),
    ("刘洋", "13800010001", "=1+1"),
)


@pytest.fixture
def members(tmp_path: Path) -> Path:
    """A workbook with a title, a wrong number, a duplicate and a blank."""
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append([None if cell is None else str(cell) for cell in row])
    for row_cells in book.worksheets[0].iter_rows():
        for cell in row_cells:
            cell.data_type = "s" if cell.value is not None else cell.data_type
    book.worksheets[0].title = "会员"
    book.save(tmp_path / "会员.xlsx")
    return tmp_path / "会员.xlsx"


# -- recipients --------------------------------------------------------------------------------------------


def test_a_recipient_file_is_read_and_cleaned_without_a_store(empty: Ctl, members: Path) -> None:
    found = empty.json("recipients", members)
    problems = found.pop("problems")
    assert {name: found[name] for name in ("sheet", "header_row", "column", "columns", "rows")} == {
        "sheet": "会员",
        "header_row": 2,
        "column": "手机号",
        "columns": ["姓名", "手机号", "等级"],
        "rows": 5,
    }
    assert {name: found[name] for name in ("valid", "invalid", "duplicates", "blank", "skipped")} == {
        "valid": 2,
        "invalid": 1,
        "duplicates": 1,
        "blank": 1,
        "skipped": 0,
    }
    assert "recipients" not in found
    invalid, duplicate = problems
    assert (invalid["kind"], invalid["row"], invalid["cell"], invalid["value"]) == ("invalid", 4, "B4", "1380001")
    assert "11" in invalid["reason"]
    assert (duplicate["kind"], duplicate["row"], duplicate["mobile"], duplicate["first_row"]) == (
        "duplicate",
        5,
        "13800010000",
        3,
    )
    assert not empty.data_dir.exists()


def test_recipients_are_listed_on_request(empty: Ctl, members: Path) -> None:
    listed = empty.json("recipients", members, "--list", "--column", "B")["recipients"]
    assert listed == [
        {"row": 3, "mobile": "13800010000", "fields": {"姓名": "王伟", "等级": "金卡"}},
        {"row": 7, "mobile": "13800010001", "fields": {"姓名": "刘洋", "等级": "=1+1"}},
    ]


def test_refused_rows_are_saved_on_request(empty: Ctl, members: Path, tmp_path: Path) -> None:
    out = tmp_path / "refused.xlsx"
    assert empty.json("recipients", members, "--rejects", out)["rejects"] == {"rows": 2, "file": str(out)}
    assert [row[1] for row in load_workbook(out).worksheets[0].values][-2:] == ["1380001", "+86 138-0001-0000"]


def test_problems_are_the_first_thousand_unless_all_are_asked_for(empty: Ctl, tmp_path: Path) -> None:
    file = number_file(tmp_path / "wrong.txt", ["13800010000", *(f"138{n}" for n in range(1001))])
    assert len(empty.json("recipients", file)["problems"]) == 1000
    assert len(empty.json("recipients", file, "--all-problems")["problems"]) == 1001
    shown = empty("recipients", file)
    assert shown.status == 0
    assert "981 more" in shown.out


def test_a_file_that_cannot_be_read_is_told(empty: Ctl, members: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    for call in ((tmp_path / "picture.xlsx",), (tmp_path / "gone.csv",), (members, "--column", "邮箱")):
        answer = empty("recipients", *call, "--json")
        assert answer.status == 2
        assert answer.json.keys() == {"error"}
        assert answer.json["error"] + "\n" == answer.err


# -- export ------------------------------------------------------------------------------------------------


@pytest.fixture
def done(ctl: Ctl, gateway: Practice) -> Ctl:
    """A store with a campaign, its reports, and replies."""
    ctl.json("send", "--account", "demo", "--to", ",".join(numbers(2)), "--text", "=1+1，您好", "--name", "=2+2")
    gateway.reply("13800010000", "=HYPERLINK(1)")
    gateway.reply("13800010001", "TD")
    ctl.json("pull", "demo")
    return ctl


def test_a_campaign_is_exported_as_text_cells(done: Ctl, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    out.write_text("an older one")
    assert done.json("export", "campaign", 1, out) == {"rows": 2, "file": str(out)}
    header, *rows = load_workbook(out).worksheets[0].values
    assert header[0] == "Mobile"
    assert [row[:2] for row in rows] == [(mobile, "=1+1，您好") for mobile in numbers(2)]
    assert [cell.data_type for cell in load_workbook(out).worksheets[0][2][:2]] == ["s", "s"]
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".tmp"] == []


def test_reports_and_replies_are_exported(done: Ctl, tmp_path: Path) -> None:
    reports, replies = tmp_path / "报告.csv", tmp_path / "回复.xlsx"
    assert done.json("export", "reports", reports)["rows"] == 2
    with reports.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[0] for row in rows[1:]} == set(numbers(2))
    assert rows[1][4] == "'=2+2"  # a spreadsheet program would run it
    assert done("export", "replies", replies, LANG="zh_CN.UTF-8").status == 0
    header, *cells = load_workbook(replies).worksheets[0].values
    assert header[0] == "手机号"
    assert {row[1] for row in cells} == {"=HYPERLINK(1)", "TD"}
    assert done.json("export", "replies", tmp_path / "one.csv", "--mobile", "13800010001")["rows"] == 1


def test_an_export_that_cannot_be_is_told(done: Ctl, tmp_path: Path) -> None:
    assert ".csv" in done.json("export", "reports", tmp_path / "out.pdf", status=2)["error"]
    assert "99" in done.json("export", "campaign", 99, tmp_path / "out.csv", status=2)["error"]
    assert done.json("export", "campaign", 1, tmp_path / "gone" / "out.csv", status=2)["error"]
    assert list(tmp_path.glob("*.csv")) == []


# -- blocklist ---------------------------------------------------------------------------------------------


def test_numbers_are_blocked_listed_and_let_go(empty: Ctl, members: Path) -> None:
    assert empty.json("blocklist", "add", "13800010000", "138 0001 0005", "--reason", "投诉") == {
        "blocked": 2,
        "already": 0,
    }
    assert empty.json("blocklist", "add", "13800010000,13800010006") == {"blocked": 1, "already": 1}
    imported = empty.json("blocklist", "import", members)
    assert (imported["blocked"], imported["already"], imported["invalid"]) == (1, 1, 1)
    listed = empty.json("blocklist", "list")["blocklist"]
    reasons = {one["mobile"]: one["reason"] for one in listed}
    assert reasons["13800010000"] == "投诉"
    assert reasons.keys() == {"13800010000", "13800010001", "13800010005", "13800010006"}
    assert empty.json("blocklist", "remove", "13800010000", "13800019999") == {"removed": 1, "absent": 1}
    assert len(empty.json("blocklist", "list")["blocklist"]) == 3
    assert "13800010005" in empty("blocklist", "list").out


def test_who_was_taken_off_is_remembered_with_who_and_why(empty: Ctl) -> None:
    empty.json("blocklist", "add", "13800010000")
    empty.json("blocklist", "remove", "13800010000", "--reason", "本人来电要求恢复")
    assert empty.json("blocklist", "list") == {"blocklist": []}
    (former,) = empty.json("blocklist", "list", "--removed")["blocklist"]
    assert (former["mobile"], former["removed_why"]) == ("13800010000", "本人来电要求恢复")
    assert former["added_by"] == former["removed_by"] == getpass.getuser()


def test_the_blocklist_is_saved_and_taken_in_again(empty: Ctl, tmp_path: Path) -> None:
    empty.json("blocklist", "add", "13800010000", "13800010005")
    out = tmp_path / "黑名单.csv"
    assert empty.json("blocklist", "export", out) == {"rows": 2, "file": str(out)}
    empty.json("blocklist", "remove", "13800010000", "13800010005")
    assert empty.json("blocklist", "import", out)["blocked"] == 2


def test_all_people_of_a_campaign_are_blocked(done: Ctl) -> None:
    people = {one["mobile"] for one in done.json("campaign", "messages", 1)["messages"]}
    added = done.json("blocklist", "campaign", 1)
    assert added["blocked"] + added["already"] == len(people)
    assert {one["mobile"] for one in done.json("blocklist", "list")["blocklist"]} == people
    assert done.json("blocklist", "campaign", 99, status=2)["error"]


def test_the_words_that_opt_out_are_listed_and_changed(empty: Ctl) -> None:
    assert "TD" in empty.json("blocklist", "words")["words"]
    changed = empty.json("blocklist", "words", "--add", "别发了", "--add", "stop", "--remove", "N")["words"]
    assert {"别发了", "STOP"} <= set(changed)
    assert "N" not in changed
    assert empty.json("blocklist", "words", "--add", "!!", status=2)["error"]


def test_a_wrong_number_blocks_nothing(empty: Ctl) -> None:
    assert "1380" in empty.json("blocklist", "add", "13800010000", "1380", status=2)["error"]
    assert empty.json("blocklist", "list") == {"blocklist": []}
