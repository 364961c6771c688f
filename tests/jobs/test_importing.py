"""Recipient files from the file to the people to send to, with every row accounted for."""

from __future__ import annotations

from array import array
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from smsdesk.domain.errors import Cancelled, InputProblem, SheetProblem
from smsdesk.domain.recipient import ProblemKind, Recipient
from smsdesk.domain.words import Language
from smsdesk.jobs.importing import Import, Opening, RowsRead, column_of, read_table, recipients
from smsdesk.jobs.rejects import save_rejects
from smsdesk.sheets.blocks import Block, join
from smsdesk.sheets.table import SheetInfo, Table

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
ROWS = [
    ["五月名单"],
    [],
    ["姓名", "手机号", "等级"],
    ["甲", 13800000001, "金卡"],
    ["乙", "138-0000-0002", "银卡"],
    ["丙", "+86 138 0000 0001", "金卡"],
    ["丁", "1380000", "普通"],
    ["戊", None, "普通"],
    [],
    ["己", "13800000003/13800000001", "钻石"],
]


def make(path: Path, rows: list[list[object]] | list[list[str]] = ROWS) -> Path:  # type: ignore[assignment]
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def table_of(path: Path, **request: str) -> Table:
    return read_table(path, stop=Event(), tell=lambda _: None, **request)  # type: ignore[arg-type]


def memory_table(cells: list[str], *, block: int = 3) -> Table:
    blocks = [
        Block(range(i + 1, i + 1 + len(part)), (join(part), join([f"f{i + k}" for k in range(len(part))])))
        for i in range(0, len(cells), block)
        if (part := cells[i : i + block])
    ]
    return Table.of(Path("m.csv"), "m", [SheetInfo("m", hidden=False)], blocks)


def assert_adds_up(result: Import) -> None:
    assert result.rows == result.valid + result.invalid + result.duplicates + result.blank
    assert len(result.problems) == result.invalid + result.duplicates
    assert len(result.recipients) >= result.valid
    mobiles = [recipient.mobile for recipient in result.recipients]
    assert len(set(mobiles)) == len(mobiles)
    assert mobiles == list(result.recipients.mobiles())


def test_every_row_below_the_header_is_counted_once(tmp_path: Path) -> None:
    result = recipients(table_of(make(tmp_path / "a.xlsx")))
    assert (result.header_row, result.column, result.columns) == (3, "手机号", ("姓名", "手机号", "等级"))
    assert (result.rows, result.valid, result.invalid, result.duplicates, result.blank) == (7, 3, 1, 1, 2)
    assert result.repeated == 1
    assert_adds_up(result)


def test_recipients_have_their_other_columns_and_their_row(tmp_path: Path) -> None:
    found = recipients(table_of(make(tmp_path / "a.xlsx"))).recipients
    assert list(found) == [
        Recipient("13800000001", {"姓名": "甲", "等级": "金卡"}, 4),
        Recipient("13800000002", {"姓名": "乙", "等级": "银卡"}, 5),
        Recipient("13800000003", {"姓名": "己", "等级": "钻石"}, 10),
    ]
    assert found[-1] == list(found)[-1]
    assert found[:2] == list(found)[:2]
    with pytest.raises(IndexError):
        found[3]


def test_a_problem_has_the_row_the_cell_and_a_reason_and_a_duplicate_its_first_row(tmp_path: Path) -> None:
    problems = recipients(table_of(make(tmp_path / "a.xlsx"))).problems
    double, short = problems
    assert (double.line, double.value, double.kind) == (6, "+86 138 0000 0001", ProblemKind.DUPLICATE)
    assert (double.mobile, double.first_line) == ("13800000001", 4)
    assert "第 4 行" in double.reason.zh
    assert (short.line, short.column, short.value, short.kind) == (7, "手机号", "1380000", ProblemKind.INVALID)
    assert (short.mobile, short.first_line) == (None, None)
    assert problems[1] == short
    assert problems[-2:] == [double, short]


def test_a_formula_error_in_the_number_column_is_a_problem_and_no_blank(tmp_path: Path) -> None:
    rows: list[list[object]] = [["手机号"], [13800000001], ["#N/A"]]
    result = recipients(table_of(make(tmp_path / "a.xlsx", rows)))
    assert (result.invalid, result.blank) == (1, 0)
    assert "公式" in result.problems[0].reason.zh


def test_another_column_needs_no_second_reading(tmp_path: Path) -> None:
    rows: list[list[object]] = [["手机", "备用手机"], ["13800000001", "13900000001"], ["13800000002", ""]]
    path = make(tmp_path / "a.xlsx", rows)
    table = table_of(path)
    path.unlink()
    assert recipients(table).column == "手机"
    for column in ("备用手机", "B", "b", 1):
        result = recipients(table, column)
        assert (result.column, result.valid, result.blank) == ("备用手机", 1, 1)
        assert result.recipients[0].fields == {"手机": "13800000001"}


def test_a_column_is_found_again_beside_one_that_is_spelled_alike(tmp_path: Path) -> None:
    """A list that is opened again must not go to the numbers of another column."""
    table = table_of(make(tmp_path / "a.xlsx", [["Phone", "phone"], ["13800000001", "13900000001"]]))
    for column, name in enumerate(table.layout.columns):
        assert column_of(table, name) == column
    assert column_of(table, "PHONE") == 0


def test_another_header_row_needs_no_second_reading(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", [["13800000001"], ["13800000002"]]))
    assert recipients(table).rows == 2
    assert recipients(table.with_header(1)).rows == 1
    assert recipients(table.with_header(1).with_header(None)).rows == 2


@pytest.mark.parametrize("column", ["号码", "D", "ZZ", 3, -1])
def test_an_unknown_column_names_those_that_there_are(tmp_path: Path, column: str | int) -> None:
    with pytest.raises(InputProblem, match="姓名（A）、手机号（B）、等级（C）"):
        recipients(table_of(make(tmp_path / "a.xlsx")), column)


def test_a_sheet_without_a_number_column_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="姓名（A）、城市（B）"):
        recipients(table_of(make(tmp_path / "a.xlsx", [["姓名", "城市"], ["甲", "北京"]])))


def test_an_unknown_sheet_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(SheetProblem, match="Sheet"):
        table_of(make(tmp_path / "a.xlsx"), sheet="没有")


def test_saved_rejects_look_like_the_original_and_can_be_mended_and_imported(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx"))
    assert save_rejects(recipients(table), tmp_path / "out.xlsx") == 2
    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["五月名单", None, None, None],
        [None, None, None, None],
        ["姓名", "手机号", "等级", "原因"],
        ["丙", "+86 138 0000 0001", "金卡", "第 6 行：与第 4 行的号码重复。"],
        ["丁", "1380000", "普通", "第 7 行：位数不足 11 位，请补全号码。"],
    ]
    sheet["B5"] = "13800000009"
    book.save(tmp_path / "mended.xlsx")
    again = recipients(table_of(tmp_path / "mended.xlsx"))
    assert (again.rows, again.valid, again.column) == (2, 2, "手机号")


def test_rejects_are_saved_in_english_too(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx"))
    save_rejects(recipients(table), tmp_path / "out.xlsx", language=Language.EN)
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["D4"].value == "Row 6: The same number as in row 4."


def test_rejects_of_a_table_without_a_header_get_column_names(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", [["13800000001", "x"], ["138", "y"]]))
    save_rejects(recipients(table), tmp_path / "out.xlsx")
    again = table_of(tmp_path / "out.xlsx")
    assert again.layout.columns == ("列A", "列B", "原因")


def test_progress_is_told_and_ends_with_all_rows(tmp_path: Path) -> None:
    events: list[object] = []
    read_table(make(tmp_path / "a.xlsx"), stop=Event(), tell=events.append)
    assert events[0] == Opening("a.xlsx")
    assert events[-1] == RowsRead("a.xlsx", "Sheet", 10, 10)


def test_a_set_stop_cancels_reading_and_cleaning(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx")
    stop = Event()
    stop.set()
    with pytest.raises(Cancelled):
        read_table(path, stop=stop, tell=lambda _: None)
    with pytest.raises(Cancelled):
        recipients(table_of(path), stop=stop)


def test_a_text_file_says_how_it_was_read_and_counts_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("手机号;名\n13800000001;甲\n\n13800000002;乙\n", encoding="gb18030")
    table = table_of(tmp_path / "名单.csv")
    assert (table.sheet, table.encoding, table.separator) == ("名单", "gb18030", ";")
    result = recipients(table)
    assert (result.rows, result.valid, result.blank) == (3, 2, 1)
    assert [recipient.line for recipient in result.recipients] == [2, 4]


def test_a_file_longer_than_a_block_keeps_its_row_numbers(tmp_path: Path) -> None:
    lines = ["手机号,序"] + [f"{13000000000 + i},{i}" for i in range(10_000)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    result = recipients(table_of(tmp_path / "a.csv"))
    assert result.valid == 10_000
    assert all(recipient.line == int(recipient.fields["序"]) + 2 for recipient in result.recipients)
    assert result.recipients[7777].line == 7779


def test_the_samples_are_as_described() -> None:
    members = recipients(table_of(SAMPLES / "会员名单.xlsx"))
    assert (members.header_row, members.column, members.rows) == (2, "手机号", 300)
    assert members.valid > 250
    assert min(members.invalid, members.duplicates, members.blank) > 0
    assert_adds_up(members)
    texts = recipients(table_of(SAMPLES / "点对点.xlsx"))
    assert (texts.columns, texts.valid, texts.rows) == (("手机号", "内容"), 40, 40)
    table = table_of(SAMPLES / "客户导出.csv")
    assert table.encoding == "gb18030"
    assert recipients(table).column == "联系电话"
    assert recipients(table).valid == 60


SINGLE = ["", " ", "13800000001", "138-0000-0001", "13800000002", "1380000", "无", "010-62345678", "1.38E+10", "#N/A"]
SEVERAL = ["13800000003/13800000001", "13800000002、13800000001", "13800000004 13800000005"]
# Our own separators, which become blanks, are tested with the reader.
texts = st.text(st.characters(exclude_characters="\x1e\x1f"), max_size=12)
cells = st.sampled_from([*SINGLE, *SEVERAL]) | texts


@given(st.lists(cells, min_size=1, max_size=20), st.integers(1, 7))
def test_rows_add_up_whatever_is_in_the_cells(column: list[str], block: int) -> None:
    table = memory_table(column, block=block).with_header(None)
    result = recipients(table, 0)
    assert_adds_up(result)
    assert result.rows == len(column)
    fate = {recipient.line for recipient in result.recipients}
    refused = [problem.line for problem in result.problems]
    assert fate.isdisjoint(refused)
    assert len(fate) == result.valid
    assert refused == sorted(set(refused))
    assert all(problem.first_line < problem.line for problem in result.problems if problem.first_line is not None)
    assert [problem.value for problem in result.problems] == [column[line - 1] for line in refused]


def test_lists_of_results_are_small() -> None:
    table = memory_table([str(13000000000 + i) for i in range(50_000)], block=4096)
    found = recipients(table).recipients
    assert isinstance(found.numbers, array)
    assert found.numbers.itemsize * len(found) + found.rows.itemsize * len(found) == 16 * 50_000
