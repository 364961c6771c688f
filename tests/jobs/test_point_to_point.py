"""Sheets and text files as lines for the point-to-point editor: every row comes in, the wrong ones as they stand."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from openpyxl import Workbook

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.lines import parse_lines
from smsdesk.jobs import point_to_point
from smsdesk.jobs.point_to_point import Typed


def sheet(path: Path, *rows: tuple[str | None, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def typed(*paths: Path, abroad: bool = False) -> Typed:
    return point_to_point.typed(paths, threading.Event(), lambda _news: None, abroad=abroad)


def test_every_row_of_a_sheet_comes_in_the_wrong_ones_as_they_stand(tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "a.xlsx",
        ("姓名", "手机号", "短信内容"),
        ("王", "138-0000-0000", "您好 #1"),
        ("李", "1380000", "位数不足"),
        ("张", "13800000001", None),
        (None, None, None),
        ("赵", None, "没有号码"),
        ("钱", "13800000002/13800000003", "两个号码"),
        ("王", "13800000000", "您好 #1"),
    )
    found = typed(file)
    assert found.text.split("\n") == [
        "13800000000#您好 #1",
        "1380000#位数不足",
        "13800000001#",
        "#没有号码",
        "13800000002#两个号码",
        "13800000003#两个号码",
        "13800000000#您好 #1",
    ]
    assert (found.lines, found.joined, found.problems) == (7, 0, [])
    assert [line.number for line in parse_lines(found.text) if line.problem] == [2, 3, 4]


def test_line_breaks_in_cells_become_spaces_and_are_counted(tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "a.xlsx", ("手机号", "内容"), ("13800000000", "第一\n第二\n第三"), ("13800000001", "a\u2028b")
    )
    found = typed(file)
    assert found.text == "13800000000#第一 第二 第三\n13800000001#a b"
    assert found.joined == 3


@pytest.mark.parametrize("number", ["1380000#13800000000", "abc\t1", "张三＃13800000000#", "138000000001#2"])
def test_a_wrong_number_with_a_separator_in_it_does_not_become_a_right_line(tmp_path: Path, number: str) -> None:
    file = sheet(tmp_path / "a.xlsx", ("手机号", "内容"), ("13800000009", "好"), (number, "您好，您的快递到了"))
    lines = parse_lines(typed(file).text)
    for line in lines[1:]:
        assert line.problem or line.content == "您好，您的快递到了"


def test_a_text_file_of_lines_comes_in_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes("13800000000#一\r\n\r\n138 0000 0001\t二\r\n13800000002\r\n".encode("gb18030"))
    assert typed(file).text == "13800000000#一\n138 0000 0001\t二\n13800000002"


def test_files_follow_one_another_and_one_that_is_no_such_file_says_why(tmp_path: Path) -> None:
    one = sheet(tmp_path / "a.xlsx", ("手机号", "内容"), ("13800000000", "一"))
    bare = sheet(tmp_path / "b.xlsx", ("手机号",), ("13800000001",))
    two = sheet(tmp_path / "c.xlsx", ("手机号", "内容"), ("13800000002", "二"))
    found = typed(one, bare, two, tmp_path / "nowhere.xlsx")
    assert found.text == "13800000000#一\n13800000002#二"
    assert found.problems[0].zh == "没有找到短信内容列，请指定。现有列：手机号。"
    assert len(found.problems) == 2


def test_numbers_from_abroad_are_written_so_that_they_are_read_again(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", ("手机号", "内容"), ("13800000000", "一"), ("00852 6123 4567", "二"))
    assert typed(file, abroad=True).text == "13800000000#一\n+85261234567#二"


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        point_to_point.typed([sheet(tmp_path / "a.xlsx", ("手机号", "内容"))], stop, lambda _news: None)
