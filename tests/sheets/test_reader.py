"""Files of every kind, opened in a child process."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread, Timer

import pytest
from checks import processor_seconds
from openpyxl import Workbook
from workbooks import number_rows, ods, raw_workbook, workbook

from smsdesk.domain.errors import Cancelled, SheetProblem
from smsdesk.domain.words import Language
from smsdesk.sheets.columns import SheetRow
from smsdesk.sheets.reader import Limits, Request, SheetStart, stream
from smsdesk.sheets.table import SheetInfo

OLD_XLS = Path(__file__).parent / "data" / "old.xls"
PEOPLE: list[list[object]] = [["姓名", "手机号"], ["张三", "13800000001"], ["李四", 13800000002]]


def read(
    path: Path, request: Request | None = None, stop: Event | None = None, limits: Limits | None = None
) -> tuple[SheetStart, list[SheetRow]]:
    """The chosen sheet."""
    return read_all(path, request, stop, limits)[0]


def read_all(
    path: Path, request: Request | None = None, stop: Event | None = None, limits: Limits | None = None
) -> list[tuple[SheetStart, list[SheetRow]]]:
    """The chosen sheet, then the others that came along."""
    sheets: list[tuple[SheetStart, list[SheetRow]]] = []
    for part in stream(path, request or Request(), stop or Event(), limits):
        if isinstance(part, SheetStart):
            sheets.append((part, []))
        else:
            sheets[-1][1].extend(part.rows())
    return sheets


def sentence(path: Path, request: Request | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(SheetProblem) as caught:
        read(path, request, limits=limits)
    assert path.name in caught.value.words.text(Language.EN)
    return caught.value.words.text(Language.ZH)


def children() -> list[int]:
    """The readers that this process started and that still run."""
    pids = [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    return [int(pid) for pid in pids if b"smsdesk.sheets.child" in Path("/proc", pid, "cmdline").read_bytes()]


def test_an_xlsx_comes_with_the_row_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["B3"], sheet["C3"] = "姓名", "手机号"
    sheet["B5"], sheet["C5"] = "张三", 13800000001
    book.save(tmp_path / "a.xlsx")
    start, rows = read(tmp_path / "a.xlsx")
    assert start.rows == 5
    assert rows[2] == SheetRow(3, ("", "姓名", "手机号"))
    assert rows[3] == SheetRow(4, ("", "", ""))
    assert rows[4] == SheetRow(5, ("", "张三", "13800000001"))


def test_cells_are_the_text_that_a_person_sees(tmp_path: Path) -> None:
    values: list[object] = [
        13800000001.0,
        0.1 + 0.2,
        1e20,
        True,
        dt.date(2026, 5, 1),
        dt.datetime(2026, 5, 1, 8, 30),  # noqa: DTZ001 - a spreadsheet knows no time zone
        dt.time(8, 30),
        dt.timedelta(hours=30),
        "007",
        " 留白 ",
        -5,
    ]
    _, rows = read(workbook(tmp_path / "a.xlsx", [values]))
    assert rows[0].cells == (
        "13800000001",
        "0.3",
        "1E+20",
        "TRUE",
        "2026-05-01",
        "2026-05-01 8:30:00",
        "8:30:00",
        "30:00:00",
        "007",
        " 留白 ",
        "-5",
    )


def test_an_error_in_a_cell_is_told_from_a_blank_cell(tmp_path: Path) -> None:
    xml = (
        '<row r="1"><c r="A1"><v>13800000001</v></c><c r="B1" s="0" t="e"><v>#REF!</v></c></row>'
        '<row r="3"><c r="A3" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c><c r="B3"><v>1</v></c></row>'
    )
    _, rows = read(raw_workbook(tmp_path / "a.xlsx", xml))
    assert [row.cells for row in rows] == [("13800000001", "#REF!"), ("", ""), ("#N/A", "1")]


def test_errors_are_found_wherever_in_a_large_sheet_they_are(tmp_path: Path) -> None:
    pieces = list(number_rows(60_000))
    wrong = range(0, 60_000, 997)
    for i in wrong:
        pieces[i] = f'<row r="{i + 1}"><c r="A{i + 1}" t="e"><v>#N/A</v></c></row>'
    _, rows = read(raw_workbook(tmp_path / "a.xlsx", pieces))
    assert [row.line - 1 for row in rows if row.cells == ("#N/A",)] == list(wrong)
    assert all(row.cells[0] for row in rows)


def test_an_xls_is_read_with_its_hidden_sheet_listed() -> None:
    start, rows = read(OLD_XLS)
    assert start.sheets == (SheetInfo("名单", hidden=False), SheetInfo("隐藏", hidden=True))
    assert rows[2:] == [
        SheetRow(3, ("", "姓名", "手机号码", "日期")),
        SheetRow(4, ("", "张三", "13800000001", "2026-05-01")),
        SheetRow(5, ("", "李四", "138-0000-0002", "2026-05-01")),
        SheetRow(6, ("", "王五", "", "2026-05-01")),
    ]


def test_an_ods_is_read(tmp_path: Path) -> None:
    start, rows = read(ods(tmp_path / "a.ods", [["手机号"], ["13800000001"]]))
    assert start.sheet == "表"
    assert [row.cells for row in rows] == [("手机号",), ("13800000001",)]


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", PEOPLE)
    (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    shutil.copy(OLD_XLS, tmp_path / "b.xlsx")
    (tmp_path / "c.xls").write_text("姓名,手机号\n张三,13800000001\n", encoding="gb18030")
    assert len(read(tmp_path / "a.csv")[1]) == 3
    assert len(read(tmp_path / "b.xlsx")[1]) == 6
    assert read(tmp_path / "c.xls")[1][1].cells == ("张三", "13800000001")


def test_the_first_sheet_with_a_number_column_is_chosen_and_hidden_ones_last(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["说明", "请先阅读"])
    hidden = book.create_sheet("旧")
    hidden.sheet_state = "hidden"
    good = book.create_sheet("名单")
    for row in PEOPLE:
        hidden.append(row)
        good.append(row)
    book.save(tmp_path / "a.xlsx")
    start, _ = read(tmp_path / "a.xlsx")
    assert start.sheet == "名单"
    assert read(tmp_path / "a.xlsx", Request(sheet="旧"))[0].sheet == "旧"


def test_an_unknown_sheet_names_those_that_there_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", PEOPLE, 二月=PEOPLE)
    assert "“三月”" in (words := sentence(path, Request(sheet="三月")))
    assert "Sheet、二月" in words


def test_blank_rows_after_the_last_filled_one_are_no_rows(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>13800000001</v></c></row><row r="1048576"><c r="A1048576" t="str"><v></v></c></row>'
    began = processor_seconds()
    _, rows = read(raw_workbook(tmp_path / "a.xlsx", xml))
    assert [row.line for row in rows] == [1]
    assert processor_seconds() - began < 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_a_text_file_is_read_whatever_its_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.txt"
    lines = [["姓名", "手机号", "备注"], ["张三", "13800000001", "好"], ["李四", "13800000002", ""]]
    path.write_text("".join(separator.join(line) + "\r\n" for line in lines), encoding=encoding, newline="")
    start, rows = read(path)
    assert [list(row.cells) for row in rows] == lines
    assert (start.sheet, start.separator) == ("a", separator)


def test_the_rows_of_a_text_file_have_the_line_on_which_they_begin(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('名,号\n"一\n二",13800000001\n\n三,13800000002\n\n\n', encoding="utf-8")
    _, rows = read(tmp_path / "a.csv")
    assert rows == [
        SheetRow(1, ("名", "号")),
        SheetRow(2, ("一\n二", "13800000001")),
        SheetRow(4, ("", "")),
        SheetRow(5, ("三", "13800000002")),
    ]


@pytest.mark.parametrize("bad_line", [1, 2, 40])
def test_a_quote_without_its_partner_takes_no_other_line_in(tmp_path: Path, bad_line: int) -> None:
    lines = [f"客户{i},{13800000000 + i}" for i in range(300)]
    lines[bad_line] = f'"客户,{13800000000 + bad_line}'
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    _, rows = read(tmp_path / "a.csv")
    assert [row.line for row in rows] == list(range(1, 301))
    assert [row.cells[1] for row in rows] == [str(13800000000 + i) for i in range(300)]


def test_a_first_line_that_declares_the_separator_is_obeyed_and_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\n手机号;价\n13800000001;1,5\n", encoding="utf-8")
    _, rows = read(tmp_path / "a.csv")
    assert rows[0] == SheetRow(2, ("手机号", "价"))


def test_a_given_encoding_and_separator_are_used(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名:手机號\n陳:13800000001\n", encoding="big5")
    _, rows = read(tmp_path / "a.csv", Request(encoding="big5", separator=":"))
    assert rows[1].cells == ("陳", "13800000001")


def test_separators_of_our_own_inside_cells_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\x1fb,13800000001\nc\x1ed,13800000002\n", encoding="utf-8")
    _, rows = read(tmp_path / "a.csv")
    assert [row.cells for row in rows] == [("a b", "13800000001"), ("c d", "13800000002")]


def test_what_cannot_be_read_has_its_own_sentence(tmp_path: Path) -> None:
    files = {
        "empty.xlsx": (b"", "没有任何内容"),
        "blank.csv": (b"\n , \n\n", "没有任何内容"),
        "picture.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        "photo.csv": (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        "paper.xls": (b"%PDF-1.7\n", "PDF"),
        "web.xls": ("\ufeff<html><p>1</p></html>".encode(), "网页"),
        "noise.txt": (bytes(range(256)) * 20, "二进制"),
        "old.xls": (b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00" + bytes(60), "Excel 95"),
        "cut.xlsx": (b"PK\x03\x04" + bytes(100), "损坏"),
        "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        "broken.xls": (OLD_XLS.read_bytes()[:1500], "损坏"),
    }
    for name, (content, words) in files.items():
        (tmp_path / name).write_bytes(content)
        assert words in sentence(tmp_path / name), name


def test_a_document_and_an_archive_are_named(tmp_path: Path) -> None:
    for part, words in (("word/document.xml", "Word"), ("ppt/slides.xml", "演示"), ("readme.txt", "压缩包")):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert words in sentence(tmp_path / "a.xlsx")


def test_an_xls_with_a_password_says_so(tmp_path: Path) -> None:
    # The record that says who wrote the file (WRITEACCESS, 112 bytes) turned into the one that says it is encrypted.
    content = OLD_XLS.read_bytes()
    at = content.index(b"\x5c\x00\x70\x00")
    (tmp_path / "a.xls").write_bytes(content[:at] + b"\x2f\x00" + content[at + 2 :])
    assert "密码" in sentence(tmp_path / "a.xls")


def test_a_missing_file_a_folder_and_a_device_have_their_sentences(tmp_path: Path) -> None:
    assert "不存在" in sentence(tmp_path / "no.xlsx")
    assert "不是文件" in sentence(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "不是文件" in sentence(tmp_path / "pipe.csv")


def test_a_workbook_cut_short_anywhere_is_damaged_and_never_half_read(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", PEOPLE).read_bytes()
    for size in range(30, len(whole), len(whole) // 12):
        (tmp_path / "b.xlsx").write_bytes(whole[:size])
        assert "损坏" in sentence(tmp_path / "b.xlsx"), size


def test_an_old_workbook_cut_short_or_with_flipped_bytes_reads_or_says_why(tmp_path: Path) -> None:
    whole = OLD_XLS.read_bytes()
    damaged = [whole[:size] for size in range(600, len(whole), 900)]
    damaged += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, len(whole), 800)]
    for content in damaged:
        (tmp_path / "b.xls").write_bytes(content)
        with suppress(SheetProblem):
            read(tmp_path / "b.xls")


def test_a_sheet_that_needs_more_memory_than_allowed_is_too_large(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>13800000001</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    raw_workbook(tmp_path / "wide.xlsx", xml)
    assert "太大" in sentence(tmp_path / "wide.xlsx")
    raw_workbook(tmp_path / "long.xlsx", number_rows(200_000))
    assert "太大" in sentence(tmp_path / "long.xlsx", limits=Limits(memory=1 << 30, cells=1 << 20))


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", number_rows(200_000))
    assert "用时过长" in sentence(tmp_path / "a.xlsx", limits=Limits(seconds=0.15))
    assert children() == []


def test_a_killed_child_is_a_sentence(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", number_rows(300_000))
    killer = Thread(target=_kill_first_child)
    killer.start()
    assert "无法读取" in sentence(tmp_path / "a.xlsx")
    killer.join()


def _kill_first_child() -> None:
    while not (found := children()):
        time.sleep(0.005)
    time.sleep(0.1)
    os.kill(found[0], signal.SIGKILL)


def test_cancel_is_instant_and_leaves_no_process(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", number_rows(300_000))
    stop = Event()
    asked: list[float] = []

    def cancel() -> None:
        asked.append(time.monotonic())
        stop.set()

    Timer(0.2, cancel).start()
    with pytest.raises(Cancelled):
        read(tmp_path / "a.xlsx", stop=stop)
    assert time.monotonic() - asked[0] < 0.3
    assert children() == []


def test_leaving_early_leaves_no_process(tmp_path: Path) -> None:
    raw_workbook(tmp_path / "a.xlsx", number_rows(100_000))
    parts = stream(tmp_path / "a.xlsx", Request(), Event())
    assert isinstance(next(parts), SheetStart)
    parts.close()  # type: ignore[attr-defined]
    assert children() == []


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python_calamine.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert len(read(workbook(tmp_path / "a.xlsx", PEOPLE))[1]) == 3
