"""Web pages as spreadsheets."""

from __future__ import annotations

import time
import tracemalloc
from collections import deque
from contextlib import suppress
from html import escape
from pathlib import Path
from threading import Event

import pytest
from checks import processor_seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read, sentence

from smsdesk.domain.errors import SheetProblem
from smsdesk.sheets.html import open_page
from smsdesk.sheets.problems import CannotRead
from smsdesk.sheets.reader import Limits, Request, stream
from smsdesk.sheets.table import SheetInfo

PEOPLE = "<tr><th>姓名</th><th>手机号</th></tr><tr><td>张三</td><td>13800000001</td></tr>"
CELLS = [("姓名", "手机号"), ("张三", "13800000001")]


def tables(path: Path, content: str) -> dict[str, list[tuple[str, ...]]]:
    """All the sheets of a page, by name."""
    path.write_text(content, encoding="utf-8")
    book = open_page(path)
    return {
        info.name: [row.cells for block in book.sheet(info.name).blocks() for row in block.rows()]
        for info in book.sheets
    }


@pytest.mark.parametrize(
    "page",
    [
        f"<table>{PEOPLE}</table>",
        f"<html><head><title>名单</title></head><body><table>{PEOPLE}</table></body></html>",
        f"\ufeff\r\n <!-- 导出 --><!DOCTYPE html><HTML><BODY><TABLE BORDER=1>{PEOPLE}</TABLE></BODY></HTML>",
        f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><table>{PEOPLE}</table></html>",
        f"会员名单<br><b>2026</b><table>{PEOPLE}</table>",
        f"<style>td {{ mso-number-format:'\\@' }}</style><center><table>{PEOPLE}</table></center>",
        "<table><thead><tr><th>姓名<th>手机号<tbody><tr><td>张三<td>13800000001</table>",
        "<table><tr><td>姓名<td>手机号<tr><td>张三<td>13800000001",
        f"<html><body><table>{PEOPLE}</body></html>",
        f"<html><body><table>{PEOPLE}<tr></html>",
        "<table><td>姓名</td><td>手机号</td></tr><td>张三</td><td>13800000001</td></table>",
    ],
)
def test_a_table_is_a_sheet_whatever_is_around_it_and_missing_in_it(tmp_path: Path, page: str) -> None:
    result = read(tmp_path / "a.xls", page)
    assert result.cells == CELLS
    assert result.lines == [1, 2]
    assert result.start.sheet == "表1"


@pytest.mark.parametrize(
    ("charset", "encoding", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gbk", "gb18030"),
        ("utf-8", "gbk", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("iso-8859-1", "gbk", "gb18030"),
        ("unicode", "utf-16", "utf-16"),
        ("", "utf-16-le", "utf-16-le"),
        ("", "utf-8-sig", "utf-8-sig"),
        ("", "gbk", "gb18030"),
    ],
)
def test_the_encoding_is_the_declared_one_if_that_is_true(
    tmp_path: Path, charset: str, encoding: str, found: str
) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"<html><head>{meta}</head><body><table>{PEOPLE}</table></body></html>"
    result = read(tmp_path / "a.xls", page.encode(encoding))
    assert result.cells == CELLS
    assert (result.start.encoding, result.start.separator) == (found, None)


@pytest.mark.parametrize(("name", "encoding"), [("通", "gb18030"), ("通", "utf-8"), ("张三", "utf-8"), ("é", "utf-8")])
def test_a_character_or_two_in_an_encoding_that_is_not_declared(tmp_path: Path, name: str, encoding: str) -> None:
    charset = "gb2312" if name != "é" else "iso-8859-1"
    page = f"<meta charset={charset}><table><tr><td>{name}</td><td>13800000001</td></tr></table>"
    assert read(tmp_path / "a.xls", page.encode(encoding)).cells == [(name, "13800000001")]


def test_another_encoding_can_be_chosen(tmp_path: Path) -> None:
    page = "<table><tr><td>陳</td><td>13800000001</td></tr></table>"
    assert read(tmp_path / "a.xls", page.encode("big5")).cells != [("陳", "13800000001")]
    assert read(tmp_path / "a.xls", request=Request(encoding="big5")).cells == [("陳", "13800000001")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td>&lt;VIP&gt; A&amp;B &#20320;&#x597d;</td>", "<VIP> A&B 你好"),
        ("<td> 张 \r\n 三 </td>", "张 三"),
        ("<td>&nbsp;138&nbsp;0000&nbsp;0001&nbsp;</td>", "138 0000 0001"),
        ("<td>&nbsp;</td>", ""),
        ("<td>一<br>二<br/>三</td>", "一\n二\n三"),
        ("<td><p>一</p><p>二</p></td>", "一\n二"),
        ("<td><b>1</b><font color=red>3</font>8<a href='x'>0</a></td>", "1380"),
        ("<td>1<!-- 2 -->3<script>if (a<b) x='</td>'</script>4<style>td{}</style>5</td>", "1345"),
        ("<td>1<!-->2<![if !vml]>3<![endif]>4</td>", "1234"),
        ("<td>见<span style='display:none'>0<span>1</span>2</span>此</td>", "见此"),
        ("<td><span STYLE='Display : None'>0</td>", ""),
        ("<td title='a>b' data-x=\"</td>\">真</td>", "真"),
        ('<td width=5">引</td>', "引"),
        ("<td>1 < 2 and 3 > 2 <3 <王></td>", "1 < 2 and 3 > 2 <3 <王>"),
        ("<td style='mso-number-format:\"\\@\"'>0013</td>", "0013"),
        ('<td style="vnd.ms-excel.numberformat:@">1.50</td>', "1.50"),
        ('<td x:num="13800000001">1.38E+10</td>', "13800000001"),
        ("<td x:num>12.5</td>", "12.5"),
        ("<td>1.38E+10</td>", "1.38E+10"),
        (f"<td>{'&#' + '9' * 5000};</td>", "\ufffd"),
        ("<td>&unknown; & &amp</td>", "&unknown; & &"),
        ("<td>a\x1fb\x1ec</td>", "a b c"),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(tmp_path: Path, cell: str, text: str) -> None:
    page = f"<table><tr>{cell}<td>|</td></tr></table>"
    assert tables(tmp_path / "a.xls", page) == {"表1": [(text, "|")]}


def test_cells_over_several_rows_and_columns_leave_the_others_blank(tmp_path: Path) -> None:
    page = (
        "<table><tr><td colspan=3>标题</td></tr>"
        "<tr><td rowspan=2>甲</td><td colspan='2' rowspan='2'>乙</td><td>丙</td></tr>"
        "<tr><td>丁</td></tr>"
        "<tr><td rowspan=0>戊</td><td>己</td></tr><tr><td>庚</td></tr><tr><td>辛</td></tr></table>"
    )
    assert tables(tmp_path / "a.xls", page)["表1"] == [
        ("标题", "", "", ""),
        ("甲", "乙", "", "丙"),
        ("", "", "", "丁"),
        ("戊", "己", "", ""),
        ("", "庚", "", ""),
        ("", "辛", "", ""),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "<tr style='display:none'>",
        "<tr height=0 STYLE=DISPLAY:NONE>",
        "<tr hidden>",
        "<tr style='visibility: collapse'>",
    ],
)
def test_hidden_rows_are_told(tmp_path: Path, row: str) -> None:
    page = f"<table>{PEOPLE}{row}<td>李四<td>13800000002</tr><tr class='hidden'><td>王五<td>13800000003</tr></table>"
    result = read(tmp_path / "a.xls", page)
    assert (result.lines, result.hidden) == ([1, 2, 3, 4], [3])


def test_rows_of_a_hidden_group_are_hidden(tmp_path: Path) -> None:
    page = f"<table>{PEOPLE}<tbody style='display:none'>{PEOPLE}</tbody><tbody>{PEOPLE}</tbody></table>"
    assert read(tmp_path / "a.xls", page).hidden == [3, 4]


def test_blank_rows_count_as_in_the_spreadsheet_program(tmp_path: Path) -> None:
    page = f"<table><tr></tr><tr><td>&nbsp;</td></tr>{PEOPLE}<tr></tr><tr><td></td></tr></table>"
    assert read(tmp_path / "a.xls", page).cells == [("", ""), ("", ""), *CELLS]


def test_several_tables_are_several_sheets_and_the_one_with_numbers_is_chosen(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>说明</td></tr></table><table><caption> 会员 <b>名单</b></caption>" + PEOPLE + "</table>"
        "<table id=old style='display:none'>"
        + PEOPLE
        + "</table><table id=old><tr><td>x</td></tr></table><table></table>"
    )
    result = read(tmp_path / "a.xls", page)
    assert result.start.sheets == (
        SheetInfo("表1", hidden=False),
        SheetInfo("会员 名单", hidden=False),
        SheetInfo("old", hidden=True),
        SheetInfo("old (4)", hidden=False),
    )
    assert result.start.sheet == "会员 名单"
    assert read(tmp_path / "a.xls", request=Request(sheet="old")).cells == CELLS


def test_a_table_that_only_arranges_the_page_is_none(tmp_path: Path) -> None:
    page = f"<table><tr><td><table><tr><td><table>{PEOPLE}</table></td></tr></table></td></tr></table>"
    assert tables(tmp_path / "a.xls", page) == {"表1": CELLS}


def test_what_stands_around_a_larger_table_is_kept_behind_it(tmp_path: Path) -> None:
    page = f"<table><tr><td>公司</td></tr><tr><td><table>{PEOPLE}</table></td></tr></table>"
    assert tables(tmp_path / "a.xls", page) == {"表1": CELLS, "表2": [("公司",), ("姓名 手机号\n张三 13800000001",)]}


def test_a_small_table_in_a_cell_is_text_of_the_cell(tmp_path: Path) -> None:
    row = "<tr><td>张三</td><td>1380000000{}</td><td>注<table><tr><td>A&amp;B</td><td>1</td></tr></table></td></tr>"
    page = f"<table>{''.join(row.format(i) for i in range(9))}</table>"
    assert tables(tmp_path / "a.xls", page) == {"表1": [("张三", f"1380000000{i}", "注\nA&B 1") for i in range(9)]}


def test_no_number_is_lost_in_tables_within_tables(tmp_path: Path) -> None:
    inner = "".join(f"<tr><td>{13900000000 + i}</td></tr>" for i in range(5000))
    for outer in (3, 9000):
        rows = "".join(f"<tr><td>{13800000000 + i}</td></tr>" for i in range(outer))
        page = f"<table>{rows}<tr><td><table>{inner}</table></td></tr>{rows}</table>"
        found = str(tables(tmp_path / "a.xls", page))
        assert all(str(number) in found for number in range(13800000000, 13800000000 + outer))
        assert all(str(number) in found for number in range(13900000000, 13900005000))


@pytest.mark.parametrize("between", ["", "<td>", "<td><table><tr><td>", "<td><table><tr>", "<tr><table><tr><td>"])
@pytest.mark.parametrize("inner", [1, 5000])
def test_nothing_is_lost_wherever_a_table_stands_in_another(tmp_path: Path, between: str, inner: int) -> None:
    rows = "".join(f"<tr><td>{13900000000 + i}</td></tr>" for i in range(inner))
    around = "<tr><td>甲</td><td>乙</td></tr>" * 20
    closing = "</table>" * between.count("<table>")
    found = str(
        tables(tmp_path / "a.xls", f"<table>{around}<tr>{between}<table>{rows}</table>{closing}{around}</table>")
    )
    assert all(str(number) in found for number in range(13900000000, 13900000000 + inner))
    assert "甲" in found


def test_tables_without_an_end_are_all_there(tmp_path: Path) -> None:
    page = "".join(f"<table><tr><td>{13800000000 + i}</td></tr>" for i in range(100)) + "</body></html>"
    assert {cell for ((cell,),) in tables(tmp_path / "a.xls", page).values()} == {
        str(13800000000 + i) for i in range(100)
    }


def test_cells_of_tables_that_are_too_deep_stay_apart(tmp_path: Path) -> None:
    page = "<table><tr><td>" * 30 + "13800000001<td>13800000002" + "</table>" * 30
    found = tables(tmp_path / "a.xls", page)
    assert any("13800000001\n13800000002" in cell for rows in found.values() for row in rows for cell in row)


def test_cut_short_at_any_character_a_page_is_whole_or_refused(tmp_path: Path) -> None:
    page = f"<html><body><table border='1'>{PEOPLE}</table><p>完</p></body></html>"
    for size in range(page.index("<table"), len(page)):
        try:
            found = tables(tmp_path / "a.xls", page[:size])
        except CannotRead:
            continue
        assert found == {"表1": CELLS}


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><table>{PEOPLE}<tr><td>李四</td><td>138000",
        f"<table>{PEOPLE}<tr><td>李四</td>",
        f"<table>{PEOPLE}<tr><td>李四</td><td style='color",
        f"<table>{PEOPLE}<!-- ",
        f"<html><body><table>{PEOPLE}",
    ],
)
def test_a_page_cut_off_within_a_table_is_damaged_and_never_half_read(tmp_path: Path, page: str) -> None:
    assert "损坏或不完整" in sentence(tmp_path / "a.xls", page)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><body><h1>404</h1></body></html>", "是网页，里面没有表格"),
        ("<!DOCTYPE html><script>document.write('<table><tr><td>1')</script>", "是网页，里面没有表格"),
        ("<html><table><tr><td>&nbsp;</td></tr></table></html>", "没有任何内容"),
        ("<table>" + "<tr>" + "<td colspan=1000>1" * 20 + "</table>", "超过 16,384 列"),
        ("<table><tr><td>1</table>" * 1001, "一千个以上的表格"),
    ],
)
def test_what_is_no_recipient_table_has_its_own_sentence(tmp_path: Path, page: str, words: str) -> None:
    assert words in sentence(tmp_path / "a.xls", page)


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 200_000 + "<tr><td>1",
        "<table><tr><td>" * 100_000 + "1",
        "<table><tr><td>" + "<b>" * 200_000 + "1</table>",
        "<table><tr><td " + "a" * 5_000_000 + ">1</td></tr></table>",
        "<table><tr><td x='" + "a" * 5_000_000 + "'>1</td></tr></table>",
        "<table><tr><td>1</td></tr></table>" + "<a " * 300_000,
        "<table><tr><td>1</td></tr></table>" + "<!--" * 300_000,
        "<table><tr><td>1</td></tr></table>" + "<a ='" * 300_000,
        "<table><tr><td>1</td></tr></table>" + "<script>" * 200_000,
        "<table><tr><td>" + "&" * 1_000_000 + "</table>",
        "<table><tr><td>" + "&#1" * 300_000 + "</table>",
        "<table><tr>" + "<td rowspan=65000 colspan=1000>1" * 16 + "<tr><td>2" * 100_000 + "</table>",
        "<table><tr><td colspan=1000000000 rowspan=1000000000>1" + "<tr><td>2" * 20_000 + "</table>",
        "<table>" + "<tr>" * 300_000 + "<td>1</table>",
        "<table><tr><td>" + "<br>" * 300_000 + "1</table>",
        "<table><tr><td>" + " \n" * 200_000 + "1</table>",
        "<table><tr><td><span style=display:none>" + "<span>" * 200_000 + "1</table>",
    ],
    ids=lambda page: page[:40],
)
def test_a_hostile_page_ends_soon_in_rows_or_a_sentence(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.xls").write_text(page)
    began = processor_seconds()
    with suppress(SheetProblem):
        deque(stream(tmp_path / "a.xls", Request(), Event(), Limits(memory=1 << 30)), maxlen=0)
    assert processor_seconds() - began < 20


def test_a_large_table_takes_seconds_and_little_memory(tmp_path: Path) -> None:
    row = "<tr><td class=x>客户{0}</td><td style='mso-number-format:\"\\@\"'>{1}</td><td>A&amp;B&nbsp;</td></tr>\n"
    page = tmp_path / "a.xls"
    page.write_text(f"<table>{''.join(row.format(i, 13800000000 + i) for i in range(20_000))}</table>")
    began = time.process_time()
    assert open_page(page).sheet("表1").rows == 20_000
    assert time.process_time() - began < 3
    tracemalloc.start()
    open_page(page)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20  # whatever the size of the file


CELLS_OF_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zs"), exclude_characters="\ufeff"), max_size=12
)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS_OF_TEXT, min_size=width, max_size=width), min_size=1)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(table=TABLES, closed=st.booleans(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_table_written_as_html_comes_back_cell_by_cell(
    tmp_path: Path, table: list[list[str]], closed: bool, encoding: str
) -> None:
    end = {name: f"</{name}>" if closed else "" for name in ("td", "tr")}
    rows = ("".join(f"<td>{escape(cell)}{end['td']}" for cell in row) for row in table)
    charset = "gbk" if encoding == "gb18030" else "utf-8"
    page = f"<html><meta charset={charset}><table>{''.join(f'<tr>{row}' + end['tr'] for row in rows)}</table></html>"
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode(encoding))
    book = open_page(path)
    read_again = [
        list(row.cells) for info in book.sheets for block in book.sheet(info.name).blocks() for row in block.rows()
    ]
    while table and not any(table[-1]):
        table.pop()  # blank rows at the end are no rows
    assert read_again == table
