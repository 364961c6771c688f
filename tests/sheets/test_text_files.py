"""Text files of every make."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from checks import processor_seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read, sentence

from smsdesk.sheets.blocks import without_blank_end
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.reader import Request
from smsdesk.sheets.text import ENCODINGS, SEPARATORS, TextForm, blocks, find_form, records

SIMPLIFIED = [["姓名", "手机号", "备注"], ["张三", "13800000001", "尊敬的会员，您的优惠券即将到期"]]
TRADITIONAL = [["姓名", "手機號碼", "備註"], ["陳大文", "13800000001", "親愛的會員，您的優惠券即將到期"]]
HONG_KONG = [["姓名", "電話", "備註"], ["陳大文", "13800000001", "呢啲優惠喺聽日就冇㗎喇，你哋快啲嚟啦"]]


def read_here(path: Path, content: bytes) -> tuple[TextForm, list[tuple[str, ...]], list[int]]:
    """What the child process does, without one."""
    path.write_bytes(content)
    form = find_form(path)
    rows = [row for block in without_blank_end(blocks(path, form)) for row in block.rows()]
    return form, [row.cells for row in rows], [row.line for row in rows]


def lines_of(table: list[list[str]], separator: str = ",") -> str:
    return "".join(separator.join(row) + "\r\n" for row in table)


@pytest.mark.parametrize(
    ("table", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "cp950", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (HONG_KONG, "big5hkscs", "big5hkscs"),
    ],
)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_encoding_and_separator_are_found(
    tmp_path: Path, table: list[list[str]], encoding: str, found: str, separator: str
) -> None:
    form, cells, _ = read_here(tmp_path / "a.txt", lines_of(table, separator).encode(encoding))
    assert cells == [tuple(row) for row in table]
    assert form == TextForm(found, separator)
    assert found in ENCODINGS


@pytest.mark.parametrize("name", ["张三", "李四", "王小明", "欧阳娜娜", "黄", "陈", "刘德华", "镕基", "喆", "淼焱"])
def test_a_name_or_two_in_gbk_is_not_taken_for_big5(tmp_path: Path, name: str) -> None:
    table = [[name, "13800000001"], [name, "13800000002"]]
    assert read_here(tmp_path / "a.csv", lines_of(table).encode("gb18030"))[1] == [tuple(row) for row in table]


def test_chinese_far_behind_the_beginning_decides_too(tmp_path: Path) -> None:
    rows = [["13800000001", "abc"]] * 9000 + [["13800000002", TRADITIONAL[1][2]]] * 3
    start, cells, _, _ = read(tmp_path / "a.csv", lines_of(rows).encode("big5"))
    assert start.encoding == "big5"
    assert cells[-1][1] == TRADITIONAL[1][2]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_in_two_costs_only_itself(tmp_path: Path, encoding: str) -> None:
    whole = lines_of(SIMPLIFIED * 3).encode(encoding)
    start, cells, _, _ = read(tmp_path / "a.csv", whole.rstrip()[:-1])
    assert start.encoding == encoding
    assert cells[1] == tuple(SIMPLIFIED[1])
    assert cells[-1][:2] == ("张三", "13800000001")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(tmp_path: Path, end: str) -> None:
    result = read(tmp_path / "a.csv", end.join(["名,号", "甲,13800000001", "", '"a\nb",13800000002']))
    assert result.cells == [("名", "号"), ("甲", "13800000001"), ("", ""), ("a\nb", "13800000002")]
    assert result.lines == [1, 2, 3, 4]


def test_mixed_line_ends_count_as_one_each(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", "名,号\r甲,13800000001\n乙,13800000002\r\n丙,13800000003")
    assert result.lines == [1, 2, 3, 4]
    assert result.cells[3] == ("丙", "13800000003")


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_declared_separator_is_obeyed_whatever_the_rows_look_like(tmp_path: Path, first: str) -> None:
    result = read(tmp_path / "a.csv", f"{first}\n1,2;13800000001\n3,4;13800000002\n")
    assert result.cells == [("1,2", "13800000001"), ("3,4", "13800000002")]
    assert result.lines == [2, 3]


def test_zero_bytes_and_the_end_mark_of_old_systems_are_no_text(tmp_path: Path) -> None:
    result = read(tmp_path / "a.csv", b"name\0\0,mobile\r\nA\0\0\0,13800000001\r\n" * 20 + b"\x1a" + bytes(500))
    assert result.cells == [("name", "mobile"), ("A", "13800000001")] * 20
    assert read(tmp_path / "b.csv", b"13800000001\r\n13800000002\x1a").cells == [("13800000001",), ("13800000002",)]


def test_lines_without_any_separator_are_one_column(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", "13800000001\n13800000002\n").cells == [("13800000001",), ("13800000002",)]
    assert read(tmp_path / "b.txt", "13800000001").cells == [("13800000001",)]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("lengths", [[30_000], [3, 2, 1], [1, 1, 1, 2], [10, 10, 10], [2]])
def test_numbers_one_after_another_are_a_row_each_with_the_number_of_their_line(
    tmp_path: Path, separator: str, lengths: list[int]
) -> None:
    numbers = (str(number) for number in range(13800000000, 13800100000))
    lines = [[next(numbers) for _ in range(length)] for length in lengths]
    text = separator + "\n\n".join(map(separator.join, lines)) + separator
    form, cells, numbered = read_here(tmp_path / "a.txt", text.encode())
    assert [cell for (cell,) in cells if cell] == [number for line in lines for number in line]
    assert set(numbered) == set(range(1, 2 * len(lengths)))
    assert form.separator == separator


@pytest.mark.parametrize("separator", SEPARATORS)
def test_two_columns_of_numbers_are_a_table_and_so_is_what_a_person_says(tmp_path: Path, separator: str) -> None:
    pairs = [("13800000001", "13900000001"), ("13800000002", "13900000002")]
    assert read(tmp_path / "a.txt", "\n".join(map(separator.join, pairs))).cells == pairs
    result = read(tmp_path / "b.txt", separator.join(pairs[0] + pairs[1]), Request(separator=separator))
    assert result.cells == [pairs[0] + pairs[1]]


def test_rows_of_uneven_length_keep_all_their_cells(tmp_path: Path) -> None:
    text = "a,b\n1,2,3\n4\n\n5,6,7,8\n9,10\n"
    assert [tuple(cell for cell in row if cell) for row in read(tmp_path / "a.csv", text).cells] == [
        ("a", "b"),
        ("1", "2", "3"),
        ("4",),
        (),
        ("5", "6", "7", "8"),
        ("9", "10"),
    ]


def test_a_number_that_was_kept_from_the_spreadsheet_program_is_unwrapped(tmp_path: Path) -> None:
    text = '号,码\n="13800000001",="007"\n"=""13800000002""",a="b"\n'
    assert read(tmp_path / "a.csv", text).cells[1:] == [("13800000001", "007"), ("13800000002", 'a="b"')]


def test_two_cells_with_a_quote_too_many_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    lines = [f"客户{i},{13800000000 + i}" for i in range(60)]
    lines[10] = '"客户,13800000010'
    lines[40] = '"客户,13800000040'
    result = read(tmp_path / "a.csv", "\n".join(lines))
    assert result.lines == list(range(1, 61))
    assert [row[1] for row in result.cells] == [str(13800000000 + i) for i in range(60)]


def test_a_cell_may_have_many_lines_and_a_row_after_it_keeps_its_number(tmp_path: Path) -> None:
    note = "\n".join(f"第{i}行" for i in range(50))
    result = read(tmp_path / "a.csv", f'甲,"{note}"\n乙,13800000001\n')
    assert result.cells == [("甲", note), ("乙", "13800000001")]
    assert result.lines == [1, 51]


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    long = "长" * 300_000
    assert read(tmp_path / "a.csv", f"13800000001,{long}\n13800000002,短\n").cells[0] == ("13800000001", long)


def test_what_is_too_long_or_too_wide_says_on_which_line(tmp_path: Path) -> None:
    assert "第 2 行超过四百万" in sentence(tmp_path / "long.csv", "a,b\n" + "x" * 5_000_000)
    assert "第 3 行超过 16,384 列" in sentence(tmp_path / "wide.csv", "a,b\n1,2\n" + "x," * 17_000)


def test_wide_rows_among_many_short_ones_take_little_memory(tmp_path: Path) -> None:
    text = "".join("1,2\n" * 500 + "x," * 16_000 + "\n" for _ in range(40))
    assert len(read(tmp_path / "a.csv", text).lines) == 40 * 501


def test_what_a_person_may_choose_from_works(tmp_path: Path) -> None:
    for encoding in ENCODINGS:
        content = lines_of(SIMPLIFIED if "big5" not in encoding else TRADITIONAL, "|").encode(encoding)
        result = read(tmp_path / "a.csv", content, Request(encoding=encoding, separator="|"))
        assert result.cells[1][1] == "13800000001"
        assert result.cells[0][0] == "姓名"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "idna", "undefined", "a\0b", "utf-16"])
def test_an_encoding_that_is_unknown_or_does_not_fit_is_named(tmp_path: Path, encoding: str) -> None:
    content = "号\r\n" + "".join(f"{number}\r\n" for number in range(13800000000, 13800000100))
    words = sentence(tmp_path / "a.csv", content.encode("gb18030"), Request(encoding=encoding))
    assert f"编码“{encoding}”" in words
    assert "其他编码" in words


@pytest.mark.parametrize("separator", ["", "ab", '"', "\n", "\r", "\0"])
def test_a_separator_that_cannot_be_one_is_refused(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n")
    with pytest.raises(CannotRead) as caught:
        find_form(path, separator=separator)
    assert caught.value.key is Key.BAD_SEPARATOR


def test_a_hundred_thousand_lines_take_seconds_whatever_their_quotes(tmp_path: Path) -> None:
    for line in ("客户,{},备注\r\n", '"客户","{}","备注"\r\n', '"客户,{},备注\r\n'):
        path = tmp_path / "a.csv"
        path.write_text("".join(line.format(13800000000 + i) for i in range(100_000)), encoding="utf-8", newline="")
        began = processor_seconds()
        assert sum(len(block.lines) for block in blocks(path, find_form(path))) == 100_000
        assert processor_seconds() - began < 5


CELLS = st.text(st.characters(codec="gb18030", exclude_characters="\0\x1a\x1e\x1f\ufeff"), max_size=12)
TABLES = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    table=TABLES,
    separator=st.sampled_from(sorted(SEPARATORS)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"]),
    # Python's writer leaves a lone \r without quotes where it is not part of the line end.
    how=st.sampled_from([(csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_MINIMAL, "\r\n")]),
)
def test_any_table_written_as_csv_comes_back_cell_by_cell(
    tmp_path: Path, table: list[list[str]], separator: str, encoding: str, how: tuple[int, str]
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=how[0], lineterminator=how[1]).writerows(table)  # type: ignore[arg-type]
    path = tmp_path / "a.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    read_again = [cells for _, cells in records(path, TextForm(encoding, separator))]
    assert read_again == table
