"""Workbooks in Excel's XML of 2003."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import read, sentence

from smsdesk.sheets.reader import Request
from smsdesk.sheets.spreadsheetml import open_xml
from smsdesk.sheets.table import SheetInfo

URN = "urn:schemas-microsoft-com:office:spreadsheet"
STYLES = "".join(
    f'<Style ss:ID="{name}"><NumberFormat ss:Format="{escape(code, {chr(34): "&quot;"})}"/></Style>'
    for name, code in {
        "Default": "General",
        "date": 'yyyy"年"m"月"d"日"',
        "short": "Short Date",
        "money": "Standard",
        "percent": "0.0%",
        "text": "@",
        "zeros": "00000",
    }.items()
)


def workbook(*sheets: str, encoding: str = "UTF-8") -> str:
    """A workbook of these sheets, each what is in its table."""
    whole = "".join(
        f'<Worksheet ss:Name="表{i}"><Table>{sheet}</Table></Worksheet>' for i, sheet in enumerate(sheets, 1)
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{URN}" xmlns:ss="{URN}" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"<Styles>{STYLES}</Styles>{whole}</Workbook>"
    )


def data(kind: str, text: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


PEOPLE = (
    f"<Row>{data('String', '姓名')}{data('String', '手机号')}</Row>"
    f"<Row>{data('String', '张三')}{data('Number', '13800000001')}</Row>"
)
CELLS = [("姓名", "手机号"), ("张三", "13800000001")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb2312", "GBK", "utf-16", "big5"])
def test_it_is_read_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    people = PEOPLE if encoding != "big5" else PEOPLE.replace("手机号", "手機號").replace("张", "張")
    result = read(tmp_path / "a.xls", workbook(people, encoding=encoding).encode(encoding))
    assert result.cells[1][1] == "13800000001"
    assert result.cells[0][0] == "姓名"
    assert result.lines == [1, 2]


def test_the_names_of_elements_may_have_another_prefix(tmp_path: Path) -> None:
    page = workbook(PEOPLE).replace("xmlns:ss", "xmlns:z").replace("ss:", "z:")
    for name in ("Workbook", "Worksheet", "Table", "Row", "Cell", "Data"):
        page = page.replace(f"<{name}", f"<z:{name}").replace(f"</{name}", f"</z:{name}")
    assert read(tmp_path / "a.xml", page).cells == CELLS


def test_rows_and_cells_stand_where_their_index_says(tmp_path: Path) -> None:
    second, wide = 'ss:Index="2"', 'ss:MergeAcross="1"'
    table = (
        f'<Column ss:Width="60"/><Row ss:Index="3">{data("String", "甲", second)}{data("String", "乙")}</Row>'
        f'<Row ss:Span="1"/><Row>{data("String", "丙", wide)}{data("String", "丁")}</Row>'
    )
    result = read(tmp_path / "a.xls", workbook(table))
    assert result.lines == [1, 2, 3, 4, 5, 6]
    assert result.cells == [("", "", ""), ("", "", ""), ("", "甲", "乙"), ("", "", ""), ("", "", ""), ("丙", "", "丁")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (data("Number", "13800000001"), "13800000001"),
        (data("Number", "1.3800000001E10"), "13800000001"),
        (data("Number", "0.30000000000000004"), "0.3"),
        (data("Number", "1234.5", 'ss:StyleID="money"'), "1,234.50"),
        (data("Number", "0.125", 'ss:StyleID="percent"'), "12.5%"),
        (data("Number", "42", 'ss:StyleID="zeros"'), "00042"),
        (data("String", "0042", 'ss:StyleID="text"'), "0042"),
        (data("DateTime", "2026-05-01T00:00:00.000", 'ss:StyleID="date"'), "2026年5月1日"),
        (data("DateTime", "2026-05-01T00:00:00.000", 'ss:StyleID="short"'), "2026/5/1"),
        (data("DateTime", "2026-05-01T00:00:00.000"), "2026-05-01"),
        (data("DateTime", "2026-05-01T08:30:00.000"), "2026-05-01 08:30:00"),
        (data("DateTime", "soon"), "soon"),
        (data("Boolean", "1"), "TRUE"),
        (data("Boolean", "0"), "FALSE"),
        (data("Error", "#N/A"), "#N/A"),
        (data("Number", "NaN"), "#NUM!"),
        (data("String", "一&#10;二 &amp; &lt;三&gt;"), "一\n二 & <三>"),
        ('<Cell><ss:Data ss:Type="String"><B>粗</B><Font>体</Font></ss:Data></Cell>', "粗体"),
        ('<Cell><Data ss:Type="String">值</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell>', "值"),
        ('<Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell>', "2"),
        ("<Cell/>", ""),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(tmp_path: Path, cell: str, text: str) -> None:
    (tmp_path / "a.xls").write_text(workbook(f"<Row>{cell}{data('String', '|')}</Row>"))
    assert [row.cells for block in open_xml(tmp_path / "a.xls").sheet("表1").blocks() for row in block.rows()] == [
        (text, "|")
    ]


def test_hidden_rows_and_sheets_are_told(tmp_path: Path) -> None:
    page = workbook(PEOPLE + PEOPLE.replace("<Row>", '<Row ss:Hidden="1">', 1), PEOPLE).replace(
        "</Table></Worksheet></Workbook>",
        "</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>",
    )
    result = read(tmp_path / "a.xls", page)
    assert (result.lines, result.hidden) == ([1, 2, 3, 4], [3])
    assert result.start.sheets == (SheetInfo("表1", hidden=False), SheetInfo("表2", hidden=True))
    assert read(tmp_path / "a.xls", request=Request(sheet="表2")).cells == CELLS


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.999])
def test_cut_short_anywhere_it_is_damaged_and_never_half_read(tmp_path: Path, share: float) -> None:
    whole = workbook(PEOPLE * 50)
    assert "损坏" in sentence(tmp_path / "a.xls", whole[: int(len(whole) * share)])


BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 30))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (workbook(PEOPLE).replace("<Workbook", f'<!DOCTYPE x [<!ENTITY e0 "x">{BOMB}]><Workbook'), "XML 实体"),
        (
            workbook(PEOPLE).replace("<Workbook", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Workbook'),
            "XML 实体",
        ),
        (workbook(f"<Row>{data('String', '&e9;')}</Row>"), "损坏"),
        (workbook('<Row ss:Index="99999999999999999999"/>'), "损坏"),
        (workbook('<Row ss:Index="1048577"/>'), "损坏"),
        *(
            (f'<?xml version="1.0"?><?xml encoding="{name}"?>' + workbook(PEOPLE), "损坏")
            for name in ("gbk", "klingon")
        ),
        (workbook("<Row>" + data("String", "x", 'ss:Index="16385"') + "</Row>"), "16,384"),
        (workbook(), "没有任何内容"),
        (workbook("<Row/>"), "没有任何内容"),
        ('<?xml version="1.0"?><customers><c>13800000001</c></customers>', "XML 数据"),
    ],
    ids=range(11),
)
def test_what_cannot_be_read_has_its_own_sentence(tmp_path: Path, page: str, words: str) -> None:
    assert words in sentence(tmp_path / "a.xls", page)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12
)
TABLES = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(table=TABLES, encoding=st.sampled_from(["UTF-8", "GB18030", "UTF-16"]))
def test_any_table_comes_back_cell_by_cell(tmp_path: Path, table: list[list[str]], encoding: str) -> None:
    rows = ("".join(data("String", escape(cell)) for cell in row) for row in table)
    path = tmp_path / "a.xls"
    path.write_bytes(workbook("".join(f"<Row>{row}</Row>" for row in rows), encoding=encoding).encode(encoding))
    read_again = [list(row.cells) for block in open_xml(path).sheet("表1").all_blocks for row in block.rows()]
    assert read_again == table
