"""Damaged and hostile workbooks: each ends in rows or in one sentence, within the limits of time and memory."""

from __future__ import annotations

import faulthandler
import os
import re
import resource
import signal
import traceback
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from binary_workbooks import Cell, xls, xlsb
from checks import processor_seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import ods, ods_content, raw_workbook, styles_xml

from smsdesk.domain.errors import SheetProblem
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.book import choose, open_book
from smsdesk.sheets.columns import letter
from smsdesk.sheets.kinds import Kind, recognise
from smsdesk.sheets.problems import CannotRead
from smsdesk.sheets.reader import Limits, Request, stream

NUMBER = '<row r="1"><c r="A1"><v>13800000001</v></c></row>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOMB = '<!DOCTYPE x [<!ENTITY a "13800000001">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


def blocks(path: Path, limits: Limits | None = None) -> list[Block]:
    return [part for part in stream(path, Request(), Event(), limits) if isinstance(part, Block)]


def sentence(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(SheetProblem) as caught:
        blocks(path, limits)
    return caught.value.words.zh


def with_part(path: Path, part: str, content: bytes, times: int = 1) -> Path:
    """The workbook with another content in one of its parts."""
    raw_workbook(path, NUMBER)
    with zipfile.ZipFile(path) as archive:
        others = {name: archive.read(name) for name in archive.namelist() if name != part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, other in others.items():
            archive.writestr(name, other)
        with archive.open(part, "w", force_zip64=True) as file:
            for _ in range(times):
                file.write(content)
    return path


def xlsx_whole(path: Path) -> Path:
    row = '<row r="{0}"><c r="A{0}" s="1"><v>{1}</v></c><c r="B{0}" t="str"><v>客户{0}</v></c></row>'
    return raw_workbook(path, (row.format(i, 13800000000 + i * 7919) for i in range(1, 900)), styles=styles_xml("0.0"))


def xls_whole(path: Path) -> Path:
    return xls(path, [Cell(i, j, 13.8e9 + i, j, packed=j == 1) for i in range(150) for j in range(2)], ["0.00"])


def xlsb_whole(path: Path) -> Path:
    return xlsb(path, [Cell(i, j, 13.8e9 + i, j) for i in range(400) for j in range(2)], ["0.00"])


def ods_whole(path: Path) -> Path:
    return ods(path, [[f"客户{i}", str(13800000000 + i)] for i in range(150)])


WHOLE = {"xlsx": xlsx_whole, "xls": xls_whole, "xlsb": xlsb_whole, "ods": ods_whole}
EVERY = pytest.mark.parametrize("make", WHOLE.values(), ids=WHOLE)


def read_here(path: Path) -> None:
    """Read a workbook as the child does, but in a copy of this process, which is there at once.

    Only the end that the reader makes a sentence of is allowed beside rows and problems: calamine asking for more
    memory than there is.
    """
    if (pid := os.fork()) == 0:
        _read_and_exit(path)
    _, status = os.waitpid(pid, 0)
    assert status in (0, signal.SIGABRT), path.read_bytes()


def _read_and_exit(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.disable()
    code = 1
    try:
        with suppress(CannotRead, MemoryError):
            kind = recognise(path)
            if kind in (Kind.XLSX, Kind.XLS, Kind.XLSB, Kind.ODS):
                for _ in choose(open_book(path, kind), None).blocks():
                    pass
        code = 0
    except BaseException:  # noqa: BLE001 - the test sees its code
        traceback.print_exc()
    finally:
        os._exit(code)


@EVERY
def test_a_workbook_cut_at_every_kilobyte_ends_in_rows_or_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    whole = make(tmp_path / "a").read_bytes()
    assert len(whole) > 5 << 10
    for size in range(1 << 10, len(whole), 1 << 10):
        (tmp_path / "b").write_bytes(whole[:size])
        read_here(tmp_path / "b")
        if size % (8 << 10) == 0:
            with suppress(SheetProblem):
                blocks(tmp_path / "b")


@EVERY
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=4))
def test_a_workbook_with_other_bytes_in_it_ends_in_rows_or_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], places: list[tuple[float, int]]
) -> None:
    content = bytearray(make(tmp_path / "a").read_bytes())
    for at, change in places:
        content[int(at * len(content))] ^= change
    (tmp_path / "b").write_bytes(content)
    read_here(tmp_path / "b")


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "B7:B7", "", "A0", "nonsense"])
def test_a_dimension_that_lies_costs_nothing(tmp_path: Path, dimension: str) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", NUMBER, head=f'<dimension ref="{dimension}"/>')
    with suppress(SheetProblem):
        assert [block.columns for block in blocks(path)] == [("13800000001",)]


def test_a_sheet_as_wide_as_sheets_go_is_read(tmp_path: Path) -> None:
    row = "".join(f'<c r="{letter(j)}1"><v>{j}</v></c>' for j in range(16_384))
    (block,) = blocks(raw_workbook(tmp_path / "a.xlsx", f'<row r="1">{row}</row>'))
    assert block.columns[::16_383] == ("0", "16383")


def test_a_used_range_of_a_whole_sheet_with_few_filled_rows_is_open_in_two_seconds(tmp_path: Path) -> None:
    def row(i: int) -> str:
        if i <= 200:
            return (
                f'<row r="{i}"><c r="A{i}" s="1"><v>{46000 + i}</v></c><c r="B{i}" s="2"><v>{13.8e9 + i}</v></c></row>'
            )
        return f'<row r="{i}"><c r="A{i}" s="1"/><c r="B{i}" s="2"/></row>'

    path = raw_workbook(tmp_path / "a.xlsx", map(row, range(1, 1_048_577)), styles=styles_xml("yyyy-m-d", "0_ "))
    began = processor_seconds()
    (block,) = blocks(path)
    took = processor_seconds() - began
    assert len(block.lines) == 200
    assert [block.cells(j)[-1] for j in (0, 1)] == ["2026-6-27", "13800000200"]
    assert took < 2


@pytest.mark.parametrize("count", ["0", "1", "99999999", "-1", "x"])
def test_a_count_of_shared_texts_that_lies_does_no_harm(tmp_path: Path, count: str) -> None:
    strings = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}"><si><t>一</t></si><si><t>二</t></si></sst>'
    xml = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    with suppress(SheetProblem):
        assert [block.columns for block in blocks(raw_workbook(tmp_path / "a.xlsx", xml, strings=strings))] == [("二",)]


def test_a_shared_text_that_is_not_there_is_no_crash(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>一</t></si></sst>'
    xml = '<row r="1"><c r="A1" t="s"><v>5</v></c><c r="B1" t="s"><v>-1</v></c></row>'
    assert "请" in sentence(raw_workbook(tmp_path / "a.xlsx", xml, strings=strings))


def test_entities_are_not_followed(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&{}</t></is></c></row>'
    external = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">'
    for doctype in (BOMB, external):
        data = f"<sheetData>{cell.format('j;')}</sheetData>"
        xml = f'<?xml version="1.0"?>{doctype}]><worksheet xmlns="{MAIN}">{data}</worksheet>'
        for odd in (xml, xml.replace('r="', "r = '").replace("='1\"", "='1'").replace("='A1\"", "='A1'")):
            path = with_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", odd.encode())
            assert "损坏" in sentence(path)
        table = '<table:table table:name="t"><table:table-row><table:table-cell><text:p>&j;</text:p></table:table-cell>'
        path = ods_content(tmp_path / "a.ods", f"{table}</table:table-row></table:table>", head=f"{doctype}]>")
        assert "损坏" in sentence(path)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_a_part_of_zeros_without_end_meets_a_limit(tmp_path: Path, part: str) -> None:
    path = with_part(tmp_path / "a.xlsx", part, bytes(1 << 20), 700)
    assert "大得异常" in sentence(path, Limits(memory=1 << 30))


def test_rows_of_blanks_without_end_meet_a_limit(tmp_path: Path) -> None:
    blank = b'<row r="1">' + b'<c r="A1"/>' * 95_000
    path = with_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", blank, 150)
    assert re.search("大得异常|太大|损坏|用时", sentence(path, Limits(seconds=3, memory=1 << 30)))


def test_an_archive_that_unpacks_to_more_than_any_sheet_is_not_unpacked(tmp_path: Path) -> None:
    path = with_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b"x")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    content[at + 24 : at + 28] = b"\xfe\xff\xff\xff"  # its size in the directory
    path.write_bytes(content + b"")
    began = processor_seconds()
    assert "大得异常" in sentence(path)
    assert processor_seconds() - began < 5


@pytest.mark.parametrize("reference", ["A9999999", "XFD1048577", "A0", "AAAA1", "1", "A"])
def test_cells_beyond_the_sheet_are_damage_or_left_out(tmp_path: Path, reference: str) -> None:
    row = re.sub(r"\D", "", reference) or "1"
    xml = f'{NUMBER}<row r="{row}" hidden="1"><c r="{reference}" t="e"><v>#N/A</v></c></row>'
    began = processor_seconds()
    with suppress(SheetProblem):
        blocks(raw_workbook(tmp_path / "a.xlsx", xml))
    assert processor_seconds() - began < 5


def test_an_ods_that_repeats_itself_without_end_meets_a_limit(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}"><text:p>13800000001</text:p></table:table-cell>'
    for rows, columns in ((999_999_999, 1), (1, 999_999), (1_048_576, 16_384)):
        body = (
            f'<table:table table:name="t"><table:table-row table:number-rows-repeated="{rows}">{cell.format(columns)}'
        )
        path = ods_content(tmp_path / "a.ods", f"{body}</table:table-row></table:table>")
        assert "太大" in sentence(path)


def test_an_ods_nested_without_end_is_read(tmp_path: Path) -> None:
    text = "<text:span>" * 50_000 + "13800000001" + "</text:span>" * 50_000
    body = (
        f"<table:table><table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
    assert [block.columns for block in blocks(ods_content(tmp_path / "a.ods", f"{body}</table:table>"))] == [
        ("13800000001",)
    ]


def test_an_encrypted_ods_says_so(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", [["x"]])
    with zipfile.ZipFile(path) as archive:
        others = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in others.items():
            archive.writestr(name, content.replace(b"/>", b"><manifest:encryption-data/></manifest:manifest>"))
    assert "密码" in sentence(path)


@pytest.mark.parametrize("ending", ["xls", "xlsx", "csv", "ods", "png", "txt", ""])
@EVERY
def test_the_ending_of_a_name_does_not_matter(tmp_path: Path, make: Callable[[Path], Path], ending: str) -> None:
    path = make(tmp_path / f"a.{ending}")
    assert sum(len(block.lines) for block in blocks(path)) >= 150
