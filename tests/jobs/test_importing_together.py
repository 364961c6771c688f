"""Several files as one list, hidden rows, other sheets and header rows, pasted texts, formula errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from checks import any_account
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.recipient import ProblemKind, is_error
from smsdesk.jobs.importing import Counts, Import, previewed, read_table, recipients
from smsdesk.jobs.pasting import pasted
from smsdesk.jobs.rejects import save_rejects
from smsdesk.jobs.rendering import Order, lines_of
from smsdesk.sheets.blocks import Block, join
from smsdesk.sheets.table import Table


def make(path: Path, *sheets: Sequence[Sequence[str | None]], hidden: Sequence[int] = ()) -> Path:
    """A workbook of some sheets; `hidden` are row numbers of the first."""
    book = Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"第{place + 1}张")
        for row in rows:
            sheet.append(list(row))
    for line in hidden:
        book.worksheets[0].row_dimensions[line].hidden = True
    book.save(path)
    return path


def table_of(path: Path, **request: str) -> Table:
    return read_table(path, stop=Event(), tell=lambda _: None, **request)  # type: ignore[arg-type]


def paste(text: str) -> Table:
    return pasted(text, "剪贴板", stop=Event(), tell=lambda _: None)


def mobiles(result: Import) -> list[str]:
    return list(result.recipients.mobiles())


def assert_adds_up(result: Import) -> None:
    for counts in (result, *result.parts):
        assert counts.rows == counts.valid + counts.invalid + counts.duplicates + counts.excluded + counts.blank
        assert counts.skipped in (0, counts.hidden)
    for name in Counts.__dataclass_fields__:
        assert getattr(result, name) == sum(getattr(part, name) for part in result.parts)
    assert len(result.problems) == result.invalid + result.duplicates + result.excluded + result.skipped
    found = [recipient.mobile for recipient in result.recipients]
    assert len(set(found)) == len(found)
    assert found == mobiles(result)
    assert [one.line for one in result.recipients] == [line for _, line in result.recipients.places()]


# -- lists that are left out, and what duplicates say -------------------------------------------------------


def test_who_stands_in_a_list_that_is_left_out_is_no_recipient(may: Table, june: Table, tmp_path: Path) -> None:
    staff = Table.listed("员工", ["手机号", "姓名"], [("13800000001", "甲"), ("13900000000", "己")])
    result = recipients([may, june], without=[staff])
    assert_adds_up(result)
    assert mobiles(result) == ["13800000002"]
    assert (result.excluded, result.duplicates) == (2, 1)
    first = next(one for one in result.problems if one.kind is ProblemKind.EXCLUDED)
    assert (first.mobile, first.line) == ("13800000001", 3)
    assert "员工" in first.reason.zh
    saved = tmp_path / "剔除.xlsx"
    assert save_rejects(result, saved) == 2  # the wrong one and the double one: nothing is wrong with the others


def test_a_list_that_is_left_out_errs_on_the_safe_side(tmp_path: Path) -> None:
    """A cell that is refused elsewhere, since it is not clear what it means, leaves out whoever it may mean."""
    cells = ["13800000001/01", "1380000 0002 或 1390000", "13800000003转1391234567", "不详", ""]
    staff = Table.listed("旧名单", ["电话"], ([cell] for cell in cells))
    mobiles_now = [[f"1380000000{n}"] for n in range(1, 5)]
    result = recipients(Table.listed("名单", ["手机号"], mobiles_now), without=[staff])
    assert mobiles(result) == ["13800000004"]
    (left_out,) = result.left_out
    assert (left_out.name, left_out.column, left_out.numbers, left_out.unreadable) == ("旧名单", "电话", 3, 1)


def test_a_row_of_several_numbers_says_something_of_each_that_is_known() -> None:
    x, y, out = "13800000001", "13800000002", "13800000003"
    rows = [(x, "甲"), (y, "乙"), (f"{x}/{y}", "丙"), (f"{out}/{x}", "丁"), (out, "戊")]
    staff = Table.listed("剔除", ["手机号"], [[out]])
    result = recipients(Table.listed("名单", ["手机号", "姓名"], rows), without=[staff])
    assert_adds_up(result)
    assert [(one.mobile, one.fields["姓名"]) for one in result.repeats] == [(x, "丙"), (y, "丙"), (x, "丁")]
    assert (result.duplicates, result.excluded) == (2, 1)


@pytest.mark.parametrize("name", ["华东/客户", "a\\b", "组."])
def test_a_list_is_called_what_it_is_called(name: str) -> None:
    shown = Table.listed(name, ["手机号"], [["13800000001"]]).path.name
    assert shown.replace("／", "/").replace("＼", "\\") == name


def test_a_list_may_be_made_of_rows_that_come_from_no_file() -> None:
    rows = [(f"138{n:08d}", f"客户{n}") for n in range(9_000)]
    result = recipients(Table.listed("会员", ["手机号", "姓名"], rows))
    assert_adds_up(result)
    assert (result.valid, result.columns) == (9_000, ("手机号", "姓名"))
    last = result.recipients[-1]
    assert (last.mobile, last.fields, last.line) == ("13800008999", {"姓名": "客户8999"}, 9_000)


def test_what_a_duplicate_row_says_of_its_number_is_kept(may: Table, june: Table) -> None:
    result = recipients([may, june])
    assert [(one.mobile, one.fields["等级"], one.line) for one in result.repeats] == [
        ("13800000001", "金卡", 2),
        ("13800000002", "", 4),
    ]


# -- several files -----------------------------------------------------------------------------------------


@pytest.fixture
def may(tmp_path: Path) -> Table:
    rows: list[list[str | None]] = [["五月"], ["姓名", "手机号"], ["甲", "13800000001"], ["乙", "138"], ["丙", None]]
    return table_of(make(tmp_path / "五月.xlsx", rows))


@pytest.fixture
def june(tmp_path: Path) -> Table:
    rows = [["电话", "等级"], ["+86 138 0000 0001", "金卡"], ["13800000002", "银卡"], ["13800000002", ""]]
    return table_of(make(tmp_path / "六月.xlsx", rows))


def test_several_files_are_one_list_and_each_is_accounted_for(may: Table, june: Table) -> None:
    result = recipients([may, june])
    assert_adds_up(result)
    assert mobiles(result) == ["13800000001", "13800000002"]
    assert [(part.path.name, part.header_row, part.column) for part in result.parts] == [
        ("五月.xlsx", 2, "手机号"),
        ("六月.xlsx", 1, "电话"),
    ]
    assert [(part.rows, part.valid, part.duplicates) for part in result.parts] == [(3, 1, 0), (3, 1, 2)]


def test_a_duplicate_in_another_file_names_that_file_and_its_row(may: Table, june: Table) -> None:
    short, across, within = recipients([may, june]).problems
    assert (short.file, short.cell, short.kind) == ("五月.xlsx", "B4", ProblemKind.INVALID)
    assert (across.file, across.line, across.first_file, across.first_line) == ("六月.xlsx", 2, "五月.xlsx", 3)
    assert across.reason.zh == "与“五月.xlsx”第 3 行的号码重复。"
    assert (within.first_file, within.first_line) == ("六月.xlsx", 3)
    assert within.reason.en == "The same number as in row 3."


def test_columns_of_several_files_are_united_by_name(may: Table, june: Table) -> None:
    result = recipients([may, june])
    assert result.columns == ("姓名", "手机号", "等级")
    assert [dict(one.fields) for one in result.recipients] == [{"姓名": "甲", "等级": ""}, {"姓名": "", "等级": "银卡"}]
    assert [one.file for one in result.recipients] == ["五月.xlsx", "六月.xlsx"]
    assert list(result.recipients) == [result.recipients[i] for i in range(2)]


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        make(tmp_path / folder / "名单.xlsx", [["手机号"], ["1380000"]])
    tables = [table_of(tmp_path / folder / "名单.xlsx") for folder in ("a", "b")]
    files = [problem.file for problem in recipients(tables).problems]
    assert len(set(files)) == 2
    assert all("名单.xlsx" in file for file in files)


def test_one_file_alone_says_no_file(may: Table) -> None:
    assert {one.file for one in recipients(may).problems} == {""}
    assert recipients(may).recipients[0].file == ""


# -- hidden rows -------------------------------------------------------------------------------------------

NUMBERS = [["手机号"], *([str(13800000000 + n)] for n in range(1, 7))]


def test_hidden_rows_are_counted_and_sent_to_unless_they_are_to_be_left_out(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", NUMBERS, hidden=(3, 5)))
    all_of_them = recipients(table)
    assert (all_of_them.rows, all_of_them.valid, all_of_them.hidden, all_of_them.skipped) == (6, 6, 2, 0)
    seen = recipients(table, visible_only=True)
    assert (seen.rows, seen.valid, seen.hidden, seen.skipped) == (4, 4, 2, 2)
    assert_adds_up(seen)
    assert [one.line for one in seen.recipients] == [2, 4, 6, 7]
    assert [(one.line, one.value, one.kind) for one in seen.problems] == [
        (3, "13800000002", ProblemKind.SKIPPED),
        (5, "13800000004", ProblemKind.SKIPPED),
    ]


def test_a_number_whose_first_row_is_left_out_counts_where_it_is_seen(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", [["手机号"], ["13800000001"], ["13800000001"]], hidden=(2,)))
    assert recipients(table).duplicates == 1
    assert [one.line for one in recipients(table, visible_only=True).recipients] == [3]


def test_hidden_rows_above_the_data_are_none_of_the_rows(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", [["说明"], ["手机号"], ["13800000001"]], hidden=(1, 2)))
    assert (recipients(table).hidden, recipients(table, visible_only=True).valid) == (0, 1)


def test_rows_that_were_left_out_as_hidden_are_not_saved_to_be_mended(tmp_path: Path) -> None:
    table = table_of(make(tmp_path / "a.xlsx", [*NUMBERS, ["138"]], hidden=(3,)))
    assert save_rejects(recipients(table, visible_only=True), tmp_path / "out.xlsx") == 1


CELLS = st.sampled_from(["", " ", "13800000001", "138-0000-0001", "13800000002", "1380000", "无", "#N/A", "1\x1c"])


@given(
    st.lists(st.lists(st.tuples(CELLS, st.booleans()), min_size=1, max_size=12), min_size=1, max_size=3), st.booleans()
)
def test_rows_add_up_over_files_whatever_is_hidden(files: list[list[tuple[str, bool]]], visible_only: bool) -> None:
    tables = []
    for number, rows in enumerate(files):
        blocks = []
        for start in range(0, len(rows), 5):
            some = rows[start : start + 5]
            hidden = [place for place, (_, is_hidden) in enumerate(some) if is_hidden]
            lines = range(start + 1, start + 1 + len(some))
            blocks.append(Block(lines, (join([cell for cell, _ in some]),), hidden))
        tables.append(Table.of(Path(f"{number}.csv"), "m", [], blocks).with_header(None))
    result = recipients(tables, 0, visible_only=visible_only)
    assert_adds_up(result)
    every = [(str(f"{n}.csv"), *row) for n, rows in enumerate(files) for row in enumerate(rows, 1)]
    first = {n: table.layout.first for n, table in enumerate(tables)}
    counted = [one for one in every if one[1] > first[int(one[0][0])]]
    assert result.hidden == sum(1 for _, _, (_, is_hidden) in counted if is_hidden)
    assert result.rows == len(counted) - (result.hidden if visible_only else 0)


# -- another sheet, another header row ---------------------------------------------------------------------


def test_another_sheet_is_taken_without_reading_the_file_again(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", NUMBERS, [["电话", "姓名"], ["13900000001", "甲"]], [["空"]])
    table = table_of(path)
    path.unlink()
    second = table.with_sheet("第2张")
    assert second is not None
    assert mobiles(recipients(second)) == ["13900000001"]
    assert second.sheets == table.sheets
    back = second.with_sheet(table.sheet)
    assert back is not None
    assert recipients(back).valid == 6
    assert table.with_sheet("没有") is None


def test_a_header_row_may_stand_below_the_first_200_rows(tmp_path: Path) -> None:
    rows = [[f"说明 {n}", ""] for n in range(1, 5001)] + [["姓名", "手机"], ["甲", "13800000001"]]
    table = table_of(make(tmp_path / "a.xlsx", rows)).with_header(5001)
    result = recipients(table)
    assert (result.header_row, result.columns, result.column, result.rows) == (5001, ("姓名", "手机"), "手机", 1)
    assert [row.line for row in previewed(table)] == [5001, 5002]
    assert save_rejects(recipients(table, "姓名"), tmp_path / "out.xlsx") == 1
    assert [cell.value for cell in load_workbook(tmp_path / "out.xlsx").worksheets[0][5001]] == ["姓名", "手机", "原因"]
    assert previewed(table.with_header(3))[0].line == 1


@pytest.mark.parametrize("row", [0, 8, 99])
def test_a_header_row_that_is_not_there_is_told(tmp_path: Path, row: int) -> None:
    table = table_of(make(tmp_path / "a.xlsx", NUMBERS))
    with pytest.raises(InputProblem, match=f"没有第 {row} 行.*1 到 7"):
        table.with_header(row)


def test_a_chosen_column_stays_chosen_when_the_header_row_changes(tmp_path: Path) -> None:
    rows = [["手机", "备用"], ["13800000001", "13900000001"], ["13800000002", ""]]
    table = table_of(make(tmp_path / "a.xlsx", rows)).with_column(1)
    assert "您" in table.layout.reason.zh
    assert recipients(table).column == "备用"
    assert mobiles(recipients(table.with_header(None))) == ["13900000001"]


# -- pasted ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers", "rows"),
    [
        ("13800000001\n13800000002\n", 2, 2),  # a column copied from a spreadsheet
        ("13800000001\r\n\r\n13800000002\r\n", 2, 3),
        ("手机号\t姓名\n13800000001\t甲\n13800000002\t乙", 2, 3),
        ("13800000001\t13900000001\n13800000002\t13900000002", 2, 2),  # cells: one column is the numbers
        ("张三 13800000001，李四：138 0000 0002；王五+86-13800000003", 3, 3),
        ("13800000001,13800000002,13800000003", 3, 3),
        ("13800000001、13800000002\n13800000003/13800000001", 3, 3),
        ("姓名,手机,座机\n甲,13800000001,010-62345678", 1, 2),
        ("甲,13800000001,010-62345678", 1, 2),
        ("13800000001，" * 200 + "13800000002", 2, 201),  # longer than a cell may be
        ("请通知 13800000001\n谢谢\n13800000002,1380000000", 2, 4),
        ("13800000001,13800000002,1380", 2, 3),  # cut short, and told
    ],
)
def test_pasted_numbers_are_found_wherever_they_stand(text: str, numbers: int, rows: int) -> None:
    table = paste(text)
    result = recipients(table)
    assert len(result.recipients) == numbers
    assert result.rows + (result.header_row or 0) == rows
    assert result.path.name == "剪贴板"
    assert table.encoding is None
    assert_adds_up(result)


def test_a_pasted_table_keeps_its_columns_and_cells_with_line_breaks() -> None:
    result = recipients(paste('姓名\t手机\t地址\n甲\t13800000001\t"一号\n二楼"\n'))
    assert [dict(one.fields) for one in result.recipients] == [{"姓名": "甲", "地址": "一号\n二楼"}]
    commas = recipients(paste("姓名,手机\n甲,13800000001\n乙,13800000002"))
    assert [one.fields["姓名"] for one in commas.recipients] == ["甲", "乙"]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_pasted_is_told(text: str) -> None:
    with pytest.raises(InputProblem, match="剪贴板里没有文字"):
        paste(text)


# -- formula errors, numbers abroad ------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#NAME?", "#REF!", "#VALUE!", "#SPILL!", "Err:502"])
def test_a_text_that_would_hold_a_formula_error_stops_the_plan_and_names_the_row(tmp_path: Path, error: str) -> None:
    (tmp_path / "a.csv").write_text(f"手机,姓名,等级\n13800000001,甲,x\n13800000002,{error},#1\n", encoding="utf-8")
    result = recipients(table_of(tmp_path / "a.csv"))
    assert (result.valid, result.invalid) == (2, 0)

    def texts(text: str) -> list[str]:
        order = Order(any_account(), "任务", text, "a", result.recipients)
        return [line.content for line in lines_of(order)[1]]

    with pytest.raises(InputProblem, match="第 3 行"):
        texts("{姓名}您好")
    assert texts("{姓名|客户}您好") == ["甲您好", "客户您好"]
    assert texts("{等级}") == ["x", "#1"]


@pytest.mark.parametrize("cell", ["#1", "N/A", "#", "##", "#N/A 见备注", "Err", "#话题#"])
def test_texts_that_begin_like_an_error_are_texts(cell: str) -> None:
    assert not is_error(cell)


def test_numbers_from_abroad_are_let_through_where_they_are_allowed(tmp_path: Path) -> None:
    rows = [["手机号"], ["+852 6123 4567"], ["0085261234567"], ["+1 380 000 0000"], ["13800000000"], ["+14155552671"]]
    table = table_of(make(tmp_path / "a.xlsx", rows))
    assert mobiles(recipients(table, "手机号")) == ["13800000000"]
    result = recipients(table, "手机号", abroad=True)
    assert_adds_up(result)
    assert mobiles(result)[0] == "+85261234567"
    assert {"13800000000", "+14155552671"} <= set(mobiles(result))
    assert result.problems[0].mobile == "+85261234567"
    assert [one.mobile for one in result.recipients] == mobiles(result)


# -- rejects of several files ------------------------------------------------------------------------------


def test_rejects_of_files_that_agree_are_laid_out_as_the_first(tmp_path: Path) -> None:
    for name, number in (("一", "138"), ("二", "13800000001")):
        make(tmp_path / f"{name}.xlsx", [["名单"], ["姓名", "手机号"], ["甲", number], ["乙", "13800000001"]])
    result = recipients([table_of(tmp_path / "一.xlsx"), table_of(tmp_path / "二.xlsx")])
    assert save_rejects(result, tmp_path / "out.xlsx") == 3
    assert [list(row) for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].values] == [
        ["名单", None, None, None, None],
        ["姓名", "手机号", "文件", "行号", "原因"],
        ["甲", "138", "一.xlsx", "3", "位数不足 11 位，请补全号码。"],
        ["甲", "13800000001", "二.xlsx", "3", "与“一.xlsx”第 4 行的号码重复。"],
        ["乙", "13800000001", "二.xlsx", "4", "与“一.xlsx”第 4 行的号码重复。"],
    ]


def test_rejects_of_files_that_differ_have_the_columns_of_all_and_can_be_imported(
    tmp_path: Path, may: Table, june: Table
) -> None:
    assert save_rejects(recipients([may, june]), tmp_path / "out.xlsx") == 3
    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book.worksheets[0]
    assert [list(row)[:5] for row in sheet.values] == [
        ["姓名", "手机号", "等级", "文件", "行号"],
        ["乙", "138", None, "五月.xlsx", "4"],
        [None, "+86 138 0000 0001", "金卡", "六月.xlsx", "2"],
        [None, "13800000002", None, "六月.xlsx", "4"],
    ]
    sheet["B2"] = "13800000009"
    book.save(tmp_path / "mended.xlsx")
    again = recipients([may, june, table_of(tmp_path / "mended.xlsx")])
    assert_adds_up(again)
    assert (again.parts[2].column, again.parts[2].valid, again.parts[2].duplicates) == ("手机号", 1, 2)
