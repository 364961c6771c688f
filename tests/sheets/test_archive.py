"""Web archives, as Excel saves workbooks in them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from reading import read, sentence

from smsdesk.sheets.reader import Request
from smsdesk.sheets.table import SheetInfo

PEOPLE = "<table><tr><td>姓名<td>手机号</tr><tr style='display:none'><td>张三<td>13800000001</tr></table>"
MAIN = (
    "<html><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
    '<x:ExcelWorksheet><x:Name>说明</x:Name>\r\n<x:WorksheetSource HRef="a.files/sheet001.htm"/></x:ExcelWorksheet>'
    '<x:ExcelWorksheet><x:Name>A&amp;B</x:Name>\r\n<x:WorksheetSource HRef="a.files/sheet002.htm"/>'
    "</x:ExcelWorksheet></x:ExcelWorksheets></xml><![endif]--><frameset></frameset></html>"
)


def archive(pages: dict[str, str], charset: str = "gb2312", coding: str = "quoted-printable") -> bytes:
    """A web archive of these pages by name."""
    whole = EmailMessage()
    whole["MIME-Version"] = "1.0"
    whole["X-Document-Type"] = "Workbook"
    whole["Content-Type"] = 'multipart/related; boundary="----=_NextPart_01"'
    for name, page in pages.items():
        part = EmailMessage()
        part.set_content(page, subtype="html", charset=charset, cte=coding)
        part["Content-Location"] = f"file:///C:/A1B2/a.files/{name}"
        whole.attach(part)
    return whole.as_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_the_sheets_of_an_archive_have_their_names(tmp_path: Path, charset: str, coding: str) -> None:
    pages = {"a.htm": MAIN, "sheet001.htm": "<table><tr><td>请阅读</table>", "sheet002.htm": PEOPLE}
    result = read(tmp_path / "a.xls", archive(pages, charset, coding))
    assert result.start.sheets == (SheetInfo("说明", hidden=False), SheetInfo("A&B", hidden=False))
    assert result.start.sheet == "A&B"
    assert result.cells == [("姓名", "手机号"), ("张三", "13800000001")]
    assert result.hidden == [2]
    assert read(tmp_path / "a.xls", request=Request(sheet="说明")).cells == [("请阅读",)]


def test_a_single_page_is_a_workbook_too(tmp_path: Path) -> None:
    result = read(tmp_path / "a.mht", archive({"a.htm": f"<html>{PEOPLE}</html>"}))
    assert (result.start.sheet, len(result.cells)) == ("表1", 2)


def test_a_page_that_a_browser_has_saved_is_read_too(tmp_path: Path) -> None:
    head = b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E5=90=8D?=\r\n"
    assert len(read(tmp_path / "a.mht", head + archive({"a.htm": f"<html>{PEOPLE}</html>"})).cells) == 2


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_an_archive_that_is_cut_short_is_damaged(tmp_path: Path, share: float) -> None:
    whole = archive({"a.htm": MAIN, "sheet001.htm": PEOPLE, "sheet002.htm": PEOPLE})
    assert "损坏" in sentence(tmp_path / "a.mht", whole[: int(len(whole) * share)])


def test_an_archive_without_a_table_says_so(tmp_path: Path) -> None:
    assert "没有表格" in sentence(tmp_path / "a.mht", archive({"a.htm": "<p>你好</p>"}))
