"""What a file is, by its content."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks import processor_seconds
from reading import sentence

from smsdesk.sheets.kinds import Kind, recognise
from smsdesk.sheets.problems import CannotRead, Key

EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def kind_of(path: Path, content: str | bytes) -> Kind:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return recognise(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("姓名,手机号\n张三,13800000001\n", Kind.TEXT),
        ("<手机号>\n13800000001\n", Kind.TEXT),
        ("a<b,c>d\n1,2\n", Kind.TEXT),
        ("<html><body>", Kind.HTML),
        ("\r\n\t<!-- 一 --><!-- 二 -->\n<TABLE><TR>", Kind.HTML),
        ("<meta charset=gbk><style>a{}</style><table><tr>", Kind.HTML),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>", Kind.HTML),
        ("会员名单<div><table><tbody><tr>", Kind.HTML),
        (f"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='{EXCEL}'>", Kind.XML),
        (f"<ss:Workbook a='b' xmlns:ss='{EXCEL}'>", Kind.XML),
    ],
)
def test_texts_are_told_apart(tmp_path: Path, text: str, kind: Kind, encoding: str) -> None:
    assert kind_of(tmp_path / "a.xls", text.encode(encoding)) is kind


@pytest.mark.parametrize("text", ["MZ,号\n1,2\n", "ID3,号\n1,2\n", "BM,号\n1,2\n", "II*,号\n", "PKW,号\n1,2\n"])
def test_a_text_that_begins_like_another_file_is_a_text(tmp_path: Path, text: str) -> None:
    assert kind_of(tmp_path / "a.csv", text) is Kind.TEXT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<?xml version='1.0'?><rss></rss>", "XML"),
        (b"SQLite format 3\0" + bytes(100), "数据库"),
        (b"\x00\x01\x00\x00Standard Jet DB\0" + bytes(100), "数据库"),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0" + bytes(200), "图片"),
        (b"%PDF-1.4\n", "PDF"),
        (
            b"\x03\x7a\x0b\x19\x02\0\0\0\x41\0\x0c\0"
            + bytes(20)
            + b"MOBILE\0\0\0\0\0C"
            + bytes(20)
            + b"\r 13800000001",
            "数据库",
        ),
    ],
)
def test_other_files_are_named(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in sentence(tmp_path / "a.xls", content)


@pytest.mark.parametrize(
    "text",
    ["<!--" * 20_000, "<!-- -->" * 20_000, "<table" * 20_000, "<workbook " * 20_000, "<?" * 20_000, "<" * 60_000],
)
def test_it_takes_no_time_whatever_the_file_begins_with(tmp_path: Path, text: str) -> None:
    began = processor_seconds()
    kind_of(tmp_path / "a.xls", text)
    assert processor_seconds() - began < 0.5


def test_nothing_is_no_kind(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        kind_of(tmp_path / "a.xls", b"")
    assert caught.value.key is Key.EMPTY
