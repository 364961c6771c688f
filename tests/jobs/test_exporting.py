"""Tables as files: what is in them, how far they are, and what a cancel or a fault leaves behind."""

from __future__ import annotations

import csv
import threading
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from checks import new_campaign, numbers, plan
from conftest import stored_account
from sqlalchemy import insert

from smsdesk.ctl.output import Output
from smsdesk.ctl.shown import show_campaign
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.inbox import Balance, ChargeType
from smsdesk.domain.message import Skip, State, Status
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import blocklist, campaigns, explaining, polling, sending, spending, statistics, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Exporting, Target, save_rows
from smsdesk.jobs.inbox import Filter, ReplyFilter
from smsdesk.jobs.listing import Order, Wanted
from smsdesk.simulator.server import Practice
from smsdesk.store import balances as balance_rows
from smsdesk.store import messages as message_rows
from smsdesk.store.messages import Planned
from smsdesk.store.schema import balance_readings, people
from smsdesk.ui import texts


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
    assert {(row[3], row[7]) for row in rows} == {("delivered", "DELIVRD")}
    assert tables_out.save_messages(both_desks, target, campaign_id, State.REJECTED) == 0
    assert tables_out.save_reports(both_desks, target, Filter()) == 5
    assert tables_out.save_reports(both_desks, target, Filter(mobile=numbers(2)[1])) == 1
    assert [row[0] for row in cells(target.path)[1:]] == [numbers(2)[1]]
    assert tables_out.save_replies(both_desks, target, Filter()) == 1
    assert cells(target.path)[1][1] == ("=1+1" if ending == "xlsx" else "'=1+1")
    assert tables_out.save_campaigns(both_desks, target) == 1
    assert cells(target.path)[1][1:9] == ("任务", "练习", "bulk", "done", "5", "0", "5", "0")


@pytest.mark.parametrize("language", list(Language))
def test_every_message_that_is_left_out_says_why(
    both_desks: Desk, account: Account, tmp_path: Path, stop: threading.Event, language: Language
) -> None:
    with both_desks.database.write() as conn:
        new = new_campaign(conn, [], account.id)
        message_rows.plan(conn, new, [Planned(numbers(9)[skip], None, 1, skip, skip) for skip in Skip])
    why = [(numbers(9)[skip], explaining.of_skip(skip).text(language)) for skip in Skip]
    assert len({words for _, words in why}) == len(Skip)
    target = Target(tmp_path / "out.csv", language)
    tables_out.save_messages(both_desks, target, new)
    assert [(row[0], row[4]) for row in cells(target.path)[1:]] == why
    tables_out.save_listing(both_desks, target, Wanted(status=Status.SKIPPED), Order())
    assert sorted((row[1], row[5]) for row in cells(target.path)[1:]) == sorted(why)
    reasons = {one.meaning.text(language) for one in statistics.of_campaign(both_desks, new, stop).skips}
    assert reasons == {words for _, words in why}


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


def test_many_readings_are_saved_without_being_held(both_desks: Desk, account: Account, tmp_path: Path) -> None:
    with both_desks.database.write() as conn:
        conn.execute(
            insert(balance_readings),
            [
                {"account_id": account.id, "balance_li": li, "asked_at": now(), "since": now(), "change_li": -1}
                for li in range(40_000, 0, -1)
            ],
        )
    target = Target(tmp_path / "out.csv", Language.EN)
    tracemalloc.start()
    assert tables_out.save_balances(both_desks, target, account) == 40_000
    _size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6_000_000, peak  # all of them take 9
    rows = cells(target.path)[1:]
    assert [rows[0][1], rows[-1][1]] == ["0.001", "40.000"]
    assert len({row[1] for row in rows}) == 40_000


def test_what_is_typed_into_the_search_narrows_the_replies_that_are_saved(
    both_desks: Desk, account: Account, practice: Practice, tmp_path: Path, stop: threading.Event
) -> None:
    asked, named, other = numbers(3)
    with both_desks.database.write() as conn:
        conn.execute(insert(people).values(mobile=named, name="王小明", tags="", note="", fields="{}"))
    for mobile, said in ((asked, "几点开始？"), (asked, "谢谢"), (named, "好的"), (other, "OK")):
        practice.reply(mobile, said)
    polling.pull(both_desks, account, stop, lambda _news: None)
    target = Target(tmp_path / "out.csv", Language.EN)
    for text, expected in (
        ("几点", {(asked, "几点开始？")}),
        ("小明", {(named, "好的")}),
        (other[-8:], {(other, "OK")}),
        ("ok", {(other, "OK")}),
        ("100%", set()),
    ):
        assert tables_out.save_replies(both_desks, target, ReplyFilter(text=text)) == len(expected), text
        assert {row[:2] for row in cells(target.path)[1:]} == expected, text


def test_what_each_campaign_cost_is_saved_with_how_it_is_known(
    both_desks: Desk, account: Account, tmp_path: Path, stop: threading.Event
) -> None:
    for _ in range(3):
        sending.send(both_desks, plan(both_desks, account, 2), stop, lambda _news: None)
    target = Target(tmp_path / "out.csv", Language.EN)
    assert tables_out.save_costs(both_desks, target, account) == 3
    header, *rows = cells(target.path)
    shown = list(spending.every_campaign(both_desks, account))
    assert [int(str(row[0])) for row in rows] == [one.id for one in shown]
    assert header[2:] == ("State", "Made", "Charged segments", "Cost (yuan)", "How it is known")
    assert {row[2] for row in rows} == {"done"}
    assert {row[6] for row in rows} <= {"measured by the balance", "segments × price", "no price is known"}


def test_a_state_is_one_word_in_the_window_in_files_and_on_the_command_line(
    both_desks: Desk, account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign_id = plan(both_desks, account, 1)
    target = Target(tmp_path / "out.csv", Language.ZH)
    tables_out.save_messages(both_desks, target, campaign_id)
    assert cells(target.path)[1][3] == Status.WAITING.words.zh == "待发送"
    tables_out.save_campaigns(both_desks, target)
    (campaign,) = campaigns.every(both_desks)
    assert cells(target.path)[1][4] == campaign.state.words.zh
    show_campaign(Output(Language.ZH, as_json=False), campaign)
    assert f"：{campaign.state.words.zh}\n" in capsys.readouterr().out
    assert texts.campaign_state(campaign.state, lambda words: words.zh).endswith(campaign.state.words.zh)


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
