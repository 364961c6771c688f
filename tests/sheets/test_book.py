"""Workbooks as the person sees them: formats, errors, hidden rows and further sheets."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from binary_workbooks import Cell, xls, xlsb
from openpyxl import Workbook
from workbooks import ods_content, raw_workbook, styles_xml

from smsdesk.domain.errors import SheetProblem
from smsdesk.sheets.reader import Request, SheetStart, stream

DATE = 'yyyy"年"m"月"d"日"'


def sheets(path: Path, sheet: str | None = None) -> list[tuple[str, list[tuple[str, ...]], list[int]]]:
    """Each sheet's name, rows, and the numbers of its hidden rows."""
    found: list[tuple[str, list[tuple[str, ...]], list[int]]] = []
    for part in stream(path, Request(sheet), Event()):
        if isinstance(part, SheetStart):
            found.append((part.sheet, [], []))
        else:
            found[-1][1].extend(row.cells for row in part.rows())
            found[-1][2].extend(part.lines[place] for place in part.hidden)
    return found


def rows(path: Path) -> list[tuple[str, ...]]:
    return sheets(path)[0][1]


def cells(*texts: str) -> str:
    """Rows of one cell each."""
    return "".join(f'<row r="{i}">{text.format(i=i)}</row>' for i, text in enumerate(texts, 1))


def test_cells_are_shown_in_their_formats(tmp_path: Path) -> None:
    styles = styles_xml(DATE, 4, 10, "00000", 14, '0.00"元"', "[h]:mm", 31, "0_ ", "###-####-####")
    xml = (
        '<row r="1"><c r="A1" s="1"><v>46143</v></c><c r="B1" s="2"><v>1234.5</v></c><c r="C1" s="3"><v>0.285</v></c>'
        '<c r="D1" s="4"><v>123</v></c><c r="E1" s="5"><v>46143</v></c><c r="F1" s="6"><f>1+1</f><v>2</v></c>'
        '<c r="G1" s="7"><v>1.5</v></c><c r="H1" s="8"><v>46143</v></c><c r="I1" s="9"><v>13800000001</v></c>'
        '<c r="J1" s="10"><v>13800000002</v></c><c r="K1" s="2" t="b"><v>1</v></c><c r="L1" s="2" t="str"><v>7</v></c>'
        '<c r="M1" s="0"><v>0.5</v></c></row>'
    )
    assert rows(raw_workbook(tmp_path / "a.xlsx", xml, styles=styles))[0] == (
        *("2026年5月1日", "1,234.50", "28.50%", "00123", "2026/5/1", "2.00元", "36:00", "2026年5月1日"),
        *("13800000001", "138-0000-0002", "TRUE", "7", "0.5"),
    )


def test_a_workbook_that_counts_from_1904_and_the_day_that_never_was(tmp_path: Path) -> None:
    xml = cells(*(f'<c r="A{{i}}" s="1"><v>{value}</v></c>' for value in (59, 60, 61, 60.5, 46143)))
    path = raw_workbook(tmp_path / "a.xlsx", xml, styles=styles_xml("yyyy-mm-dd"))
    assert [row[0] for row in rows(path)] == ["1900-02-28", "1900-02-29", "1900-03-01", "1900-02-29", "2026-05-01"]
    path = raw_workbook(tmp_path / "b.xlsx", xml, styles=styles_xml("yyyy-mm-dd"), from_1904=True)
    assert [row[0] for row in rows(path)] == ["1904-02-29", "1904-03-01", "1904-03-02", "1904-03-01", "2030-05-02"]


def test_a_number_before_all_days_is_shown_as_the_number(tmp_path: Path) -> None:
    xml = cells(*(f'<c r="A{{i}}" s="{style}"><v>{value}</v></c>' for style, value in ((1, -5), (2, -0.5), (3, -5))))
    path = raw_workbook(tmp_path / "a.xlsx", xml, styles=styles_xml("yyyy-mm-dd", "[h]:mm", "0.00"))
    assert [row[0] for row in rows(path)] == ["-5", "-12:00", "-5.00"]


def test_formats_change_from_row_to_row_and_stay_right_over_many_blocks(tmp_path: Path) -> None:
    count = 20_000

    def row(i: int) -> str:
        style = (i % 3, 1, 2)
        return (
            f'<row r="{i}">'
            + "".join(
                f'<c r="{letter}{i}" s="{s}"><v>{i}</v></c>' if (i + s) % 7 else f'<c r="{letter}{i}" s="{s}"/>'
                for letter, s in zip("ABC", style, strict=True)
            )
            + "</row>"
        )

    path = raw_workbook(tmp_path / "a.xlsx", map(row, range(1, count + 1)), styles=styles_xml("000000", "0.0"))
    show = (str, lambda i: f"{i:06}", lambda i: f"{i}.0")
    for i, found in enumerate(rows(path), 1):
        assert found == tuple(show[s](i) if (i + s) % 7 else "" for s in (i % 3, 1, 2)), i


PLAIN, WRONG = "<v>1</v></c></row>", "<v>#N/A</v></c></row>"
ODD_SHAPES = {
    "usual": (
        '<row r="1" spans="1:1" hidden="1"><c r="A1" s="1" t="n">' + PLAIN,
        '<row r="2"><c r="A2" s="1" t="e"><f t="shared" ref="A2:A3" si="0">VLOOKUP(1,B:B,1)</f>' + WRONG,
    ),
    "single quotes": (
        "<row r='1' hidden='1'><c r='A1' s='1'>" + PLAIN,
        "<row r='2'><c r='A2' t='e'>" + WRONG,
    ),
    "no addresses": ('<row hidden="1"><c s="1">' + PLAIN, '<row><c t="e">' + WRONG),
    "other order": (
        '<row hidden="true" r="1"><c s="1" r="A1">' + PLAIN,
        '<row r="2"><c t="e" r="A2"><f>1/0</f>' + WRONG,
    ),
    "line breaks": (
        '<row\n r="1"\n hidden="1">\n<c\n r="A1"\n s="1">\n' + PLAIN,
        '<row\n r="2">\n<c\n r="A2"\n t="e">\n' + WRONG,
    ),
}


@pytest.mark.parametrize("shape", ODD_SHAPES)
def test_xml_of_whatever_shape_is_understood(tmp_path: Path, shape: str) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", ODD_SHAPES[shape], styles=styles_xml("00000"))
    assert sheets(path) == [("S", [("00001",), ("#N/A",)], [1])]


def test_names_with_a_prefix_are_understood(tmp_path: Path) -> None:
    xml = (
        '<x:row r="1" hidden="1"><x:c r="A1" s="1"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="e"><x:v>#N/A</x:v></x:c></x:row>'
    )
    path = raw_workbook(tmp_path / "a.xlsx", xml, prefix="x", styles=styles_xml("00000"))
    assert sheets(path) == [("S", [("00001",), ("#N/A",)], [1])]


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    xml = '<row r="1" hidden="1"><c r="A1" s="1"><v>46143</v></c></row>'
    path = raw_workbook(tmp_path / "a.xlsx", xml, namespace=strict, styles=styles_xml(DATE))
    assert sheets(path) == [("S", [("2026年5月1日",)], [1])]


def test_rich_and_inline_text_comes_whole_and_without_its_pronunciation(tmp_path: Path) -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9" uniqueCount="9">'
        '<si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>'
        '<si><t xml:space="preserve"> 李四 </t><phoneticPr fontId="1"/></si></sst>'
    )
    xml = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>王</t></r><r><t>五</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>'
        "</row>"
    )
    assert rows(raw_workbook(tmp_path / "a.xlsx", xml, strings=strings)) == [("张三", " 李四 ", "王五")]


def test_hidden_and_filtered_rows_are_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for i in range(10_000):
        sheet.append([13800000000 + i])
    for row in (1, 3, 4096, 4097, 9999):
        sheet.row_dimensions[row].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert sheets(tmp_path / "a.xlsx")[0][2] == [1, 3, 4096, 4097, 9999]


def test_a_column_of_errors_alone_is_a_column(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><v>#DIV/0!</v></c></row>'
    assert rows(raw_workbook(tmp_path / "a.xlsx", xml)) == [("1", "", "#DIV/0!")]


def test_a_sheet_of_errors_alone_is_no_empty_sheet(tmp_path: Path) -> None:
    xml = '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
    assert rows(raw_workbook(tmp_path / "a.xlsx", xml)) == [("",), ("#REF!",)]


def test_the_other_sheets_come_after_the_chosen_one_and_blank_ones_do_not(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["说明"])
    for name, cell in (("名单", 13800000001), ("空", None), ("旧", 13800000002)):
        book.create_sheet(name).append([cell])
    book["旧"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert sheets(tmp_path / "a.xlsx") == [
        ("名单", [("13800000001",)], []),
        ("Sheet", [("说明",)], []),
        ("旧", [("13800000002",)], []),
    ]
    assert [name for name, _, _ in sheets(tmp_path / "a.xlsx", "旧")] == ["旧", "Sheet", "名单"]


def test_another_sheet_that_is_large_is_left_out(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    book.create_sheet("名单").append([13800000001])
    large = book.create_sheet("大")
    for i in range(1200):
        large.append([chr(0x4E00 + i) * 30_000])
    book.create_sheet("小").append(["x"])
    book.save(tmp_path / "a.xlsx")
    assert [name for name, _, _ in sheets(tmp_path / "a.xlsx")] == ["名单", "小"]


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData><row",
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>%b</sheetData></worksheet>'
        % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ],
    ids=["cut short", "more memory than there is"],
)
def test_another_sheet_that_cannot_be_read_does_no_harm(tmp_path: Path, xml: bytes) -> None:
    book = Workbook()
    book.worksheets[0].append([13800000001])
    book.create_sheet("好").append(["x"])
    book.create_sheet("坏").append(["x"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name.endswith("sheet3.xml") else old.read(name))
    assert sheets(tmp_path / "b.xlsx")[0] == ("Sheet", [("13800000001",)], [])
    assert "坏" not in [name for name, _, _ in sheets(tmp_path / "b.xlsx")]


# ---- OpenDocument


def table(name: str, *rows: str, style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def row_of(*cells: str, **repeated: int) -> str:
    return f"<table:table-row{_more(repeated)}>{''.join(cells)}</table:table-row>"


def cell_of(text: str = "", kind: str = "string", value: str = "", **repeated: int) -> str:
    said = f' office:value-type="{kind}" {value}' if text or value else ""
    return f"<table:table-cell{said}{_more(repeated)}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def _more(repeated: dict[str, int]) -> str:
    return "".join(f' table:number-{what}-repeated="{count}"' for what, count in repeated.items())


def test_an_ods_shows_its_own_texts(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    row = row_of(
        cell_of("26年5月1日", "date", 'office:date-value="2026-05-01"'),
        cell_of("1.38E+10", "float", 'office:value="13800000001"'),
        cell_of("¥1,234.50", "currency", 'office:value="1234.5"'),
        cell_of("真", "boolean", 'office:boolean-value="true"'),
        cell_of("#N/A", "string", 'office:string-value="" calcext:value-type="error"'),
        cell_of('甲<text:s text:c="2"/><text:span>乙</text:span></text:p><text:p>丙').replace(
            "<text:p>甲", note + "<text:p>甲"
        ),
        cell_of("", "float", 'office:value="0.5"'),
    )
    assert rows(ods_content(tmp_path / "a.ods", table("表", row))) == [
        ("26年5月1日", "13800000001", "¥1,234.50", "TRUE", "#N/A", "甲  乙\n丙", "0.5")
    ]


def test_an_ods_repeats_and_hides_rows_and_cells(tmp_path: Path) -> None:
    hidden = row_of(cell_of(columns=2), cell_of("a", columns=2), cell_of(columns=16380))
    filtered = row_of(cell_of("b"), "<table:covered-table-cell/>", rows=3)
    body = table(
        "表",
        row_of(cell_of(), rows=2),
        hidden.replace("-row>", '-row table:visibility="collapse">', 1),
        filtered.replace(" ", ' table:visibility="filter" ', 1),
        row_of(cell_of("13800000001")),
        row_of(cell_of(columns=16384), rows=1048569),
    )
    b = ("b", "", "", "")
    assert sheets(ods_content(tmp_path / "a.ods", body)) == [
        ("表", [("",) * 4, ("",) * 4, ("", "", "a", "a"), b, b, b, ("13800000001", "", "", "")], [3, 4, 5, 6])
    ]


def test_an_ods_with_several_sheets_prefers_the_visible_one_with_numbers(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    body = "".join(
        table(name, row_of(cell_of(text)), style=style)
        for name, style, text in (("旧", "ta2", "13800000001"), ("说明", "ta1", "x"), ("名单", "ta1", "13800000002"))
    )
    path = ods_content(tmp_path / "a.ods", body, styles)
    assert [name for name, _, _ in sheets(path)] == ["名单", "旧", "说明"]
    start = next(iter(stream(path, Request(), Event())))
    assert isinstance(start, SheetStart)
    assert [info.hidden for info in start.sheets] == [True, False, False]


# ---- the binary formats

WRITERS = {"xls": xls, "xlsb": xlsb}
CODES = [DATE, "#,##0.00", "00000", "[h]:mm", "yyyy-mm-dd", "0.00%"]
BOTH = pytest.mark.parametrize("kind", WRITERS)


@BOTH
def test_binary_workbooks_show_their_formats(tmp_path: Path, kind: str) -> None:
    made = [
        Cell(0, 0, 46143.0, 1),
        Cell(0, 1, 1234.5, 2, packed=True),
        Cell(0, 2, 123.0, 3, packed=True),
        Cell(0, 3, 1.5, 4, formula=True),
        Cell(0, 4, 60.0, 5),
        Cell(0, 5, 0.285, 6),
        Cell(0, 6, 13800000001.0),
        Cell(0, 7, "文字", 2),
        Cell(0, 8, -0.07, 2, packed=True),
        Cell(0, 9, 0.5, 2, packed=True),
    ]
    assert rows(WRITERS[kind](tmp_path / "a", made, CODES)) == [
        ("2026年5月1日", "1,234.50", "00123", "36:00", "1900-02-29", "28.50%", "13800000001", "文字", "-0.07", "0.50")
    ]


@BOTH
def test_binary_workbooks_tell_errors_and_hidden_rows(tmp_path: Path, kind: str) -> None:
    made = [
        Cell(0, 0, 13800000001.0),
        Cell(1, 0, error=0x2A),
        Cell(2, 0, error=0x07, formula=True),
        Cell(3, 0, 13800000002.0),
        Cell(3, 3, error=0x17),
    ]
    path = WRITERS[kind](tmp_path / "a", made, hidden=(1, 3))
    assert sheets(path) == [
        (
            "表",
            [
                ("13800000001", "", "", ""),
                ("#N/A", "", "", ""),
                ("#DIV/0!", "", "", ""),
                ("13800000002", "", "", "#REF!"),
            ],
            [2, 4],
        )
    ]


@BOTH
def test_binary_workbooks_count_from_1904_when_they_say_so(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / "a", [Cell(0, 0, 46143.0 - 1462, 1), Cell(1, 0, 60.0, 5)], CODES, from_1904=True)
    assert [row[0] for row in rows(path)] == ["2026年5月1日", "1904-03-01"]


@BOTH
def test_binary_workbooks_cut_short_or_with_flipped_bytes_end_in_rows_or_a_sentence(tmp_path: Path, kind: str) -> None:
    made = [Cell(i, j, 13800000000.0 + i, 1 + j % 3, packed=j == 2) for i in range(40) for j in range(4)]
    whole = WRITERS[kind](tmp_path / "a", made, CODES).read_bytes()
    damaged = [whole[:size] for size in range(700, len(whole), len(whole) // 10)]
    damaged += [
        whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(40, len(whole), len(whole) // 16)
    ]
    for content in damaged:
        (tmp_path / "b").write_bytes(content)
        with suppress(SheetProblem):
            rows(tmp_path / "b")
