"""Tables as files: what is in them, how far they are, and what a cancel or a fault leaves behind."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import openpyxl
import pytest
from checks import numbers, plan
from conftest import stored_account

from smsdesk.domain.account import Account
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.domain.message import State
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import blocklist, polling, sending, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Exporting, Target, save_rows
from smsdesk.jobs.inbox import Filter
from smsdesk.simulator.server import Practice
from smsdesk.store import balances as balance_rows


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice)


def cells(path: Path) -> list[tuple[object, ...]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [tuple(row) for row in csv.reader(file)]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [tuple("" if value is None else value for value in row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_came_of_a_campaign_is_in_the_files(
    both_desks: Desk, account: Account, practice: Practice, tmp_path: Path, stop: threading.Event, ending: str
) -> None:
    campaign_id = plan(both_desks, account, 5)
    sending.send(both_desks, campaign_id, stop, lambda _news: None)
    practice.reply(numbers(1)[0], "=1+1")
    polling.pull(both_desks, account, stop, lambda _news: None)
    target = Target(tmp_path / f"out.{ending}", Language.EN)

    assert tables_out.save_messages(both_desks, target, campaign_id) == 5
    header, *rows = cells(target.path)
    assert header[:4] == ("Mobile", "Content", "Segments", "State")
    assert [row[0] for row in rows] == numbers(5)
    assert {(row[3], row[7]) for row in rows} == {("accepted", "DELIVRD")}
    assert tables_out.save_messages(both_desks, target, campaign_id, State.REJECTED) == 0
    assert tables_out.save_reports(both_desks, target, Filter()) == 5
    assert tables_out.save_reports(both_desks, target, Filter(mobile=numbers(2)[1])) == 1
    assert [row[0] for row in cells(target.path)[1:]] == [numbers(2)[1]]
    assert tables_out.save_replies(both_desks, target, Filter()) == 1
    assert cells(target.path)[1][1] == ("=1+1" if ending == "xlsx" else "'=1+1")
    assert tables_out.save_campaigns(both_desks, target) == 1
    assert cells(target.path)[1][1:9] == ("任务", "练习", "bulk", "done", "5", "0", "5", "0")


def test_the_blocklist_is_saved_as_it_stands_or_stood(both_desks: Desk, tmp_path: Path) -> None:
    one, two = numbers(2)
    blocklist.add(both_desks, [one, two], Words("投诉", "complained"))
    blocklist.remove(both_desks, [one], "来电要求恢复")
    target = Target(tmp_path / "out.csv", Language.ZH)
    assert tables_out.save_blocklist(both_desks, target) == 1
    assert [row[0] for row in cells(target.path)] == ["手机号", two]
    assert tables_out.save_blocklist(both_desks, target, former=True) == 1
    assert (cells(target.path)[1][0], cells(target.path)[1][7]) == (one, "来电要求恢复")


def test_readings_of_the_balance_are_saved_in_yuan(both_desks: Desk, account: Account, tmp_path: Path) -> None:
    for li in (1_234_567, -5):
        with both_desks.database.write() as conn:
            balance_rows.add(conn, account.id, Balance(li, ChargeType.POSTCHARGE))
    target = Target(tmp_path / "out.csv", Language.EN)
    assert tables_out.save_balances(both_desks, target, account) == 2
    assert [row[1:] for row in cells(target.path)[1:]] == [("-0.005", "postpaid"), ("1234.567", "postpaid")]


def test_how_far_it_is_is_told_to_the_end(tmp_path: Path) -> None:
    news: list[object] = []
    target = Target(tmp_path / "out.csv", Language.EN, tell=news.append)
    assert save_rows(target, [Words("列", "Column")], (["x"] for _ in range(1000)), 1000) == 1000
    assert news[0] == Exporting(0, 1000)
    assert news[-1] == Exporting(1000, 1000)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("after", [0, 700, 1000])
def test_a_cancel_leaves_the_file_that_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, after: int
) -> None:
    """Before the first row, among them, and (a workbook) while it is packed after the last one."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    target = Target(tmp_path / f"out.{ending}", Language.EN)
    target.path.write_text("old")

    def rows() -> object:
        for n in range(1000):
            if n == after:
                target.stop.set()
            yield [str(n)]
        target.stop.set()

    if ending == "csv" and after == 1000:
        return  # there is nothing after the last row
    with pytest.raises(Cancelled):
        save_rows(target, [Words("列", "Column")], rows(), 1000)  # type: ignore[arg-type]
    assert target.path.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"out.{ending}", "temporary"]
    assert list(temporary.iterdir()) == []


def test_another_ending_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"xlsx or \.csv"):
        save_rows(Target(tmp_path / "out.pdf", Language.EN), [Words("列", "Column")], [], 0)
