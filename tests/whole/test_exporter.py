"""Exporting what a page shows, as a person does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from checks import numbers
from conftest import stored_account
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import dialog, opened

from smsdesk.jobs import accounts, blocklist, receiving
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.dialogs.raw_answers import RawAnswersDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.widgets.exporter import ExportDialog

A, B, C = numbers(3)
WORKBOOK, TEXT = "Excel workbook (*.xlsx)", "CSV file (*.csv)"


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    blocklist.add(desk, [A, B, C])
    with opened(desk, tmp_path, qtbot) as found:
        found.tabs.setCurrentWidget(found.blocklist)
        yield found


def export(qtbot: QtBot, button: QWidget, path: Path, kind: str) -> tuple[ExportDialog, str]:
    """Click, choose a file, and give the window that shows what comes of it, and the name that was proposed."""
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), kind)) as asked:
        click(qtbot, button)
    shown = dialog(qtbot, ExportDialog)
    assert isinstance(shown, ExportDialog)
    qtbot.waitUntil(lambda: shown.close_button.text() == "Close")
    return shown, Path(asked.call_args.args[2]).name


def test_what_is_filtered_is_what_is_saved_and_the_folder_is_remembered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.blocklist.search.setText(A)
    qtbot.waitUntil(lambda: window.blocklist.model.rowCount() == 1)
    shown, proposed = export(qtbot, window.blocklist.export_button, tmp_path / "out", TEXT)
    assert proposed.startswith("Blocklist-20")
    assert shown.line.text() == f"✓ Saved to {tmp_path / 'out.csv'}. Rows: 1."
    assert shown.open_button.isVisible()
    content = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert A in content
    assert B not in content
    assert window.blocklist.workplace.settings.export_folder == str(tmp_path)


def test_the_kind_that_was_chosen_counts_and_no_other_file_is_replaced_unasked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "out.csv").write_text("old")
    answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Back")))
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(tmp_path / "out.xlsx"), TEXT)):
        click(qtbot, window.blocklist.export_button)
    assert answering.answered
    assert (tmp_path / "out.csv").read_text() == "old"


def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    shown, _ = export(qtbot, window.blocklist.export_button, tmp_path / "no" / "out.xlsx", WORKBOOK)
    assert "cannot be written" in shown.line.text()
    assert not shown.open_button.isVisible()


@pytest.mark.parametrize("page", ["campaigns", "reports", "replies", "people", "balance"])
def test_every_page_with_a_table_exports_it(qtbot: QtBot, window: MainWindow, tmp_path: Path, page: str) -> None:
    shown_page = getattr(window, page)
    window.tabs.setCurrentWidget(shown_page)
    button = shown_page.filters.export_button if page == "replies" else shown_page.export_button
    shown, _ = export(qtbot, button, tmp_path / "out.xlsx", WORKBOOK)
    assert "✓ Saved to" in shown.line.text()
    assert (tmp_path / "out.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(("place", "view"), list(enumerate(["history", "days", "costs", "gateway"])))
def test_every_view_of_the_balance_exports_what_it_shows(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, place: int, view: str
) -> None:
    page = window.balance
    window.tabs.setCurrentWidget(page)
    page.views.setCurrentIndex(place)
    shown_view = getattr(page, view)
    holder = getattr(shown_view, "chart", shown_view)
    if view == "history":
        click(qtbot, page.ask_button)
    if view in ("history", "days"):
        qtbot.waitUntil(lambda: bool(holder.model.rows))
    qtbot.waitUntil(holder.export_button.isVisible)
    export(qtbot, holder.export_button, tmp_path / "out.csv", TEXT)
    header, *rows = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert header.startswith({"history": "Time,Balance,Change", "costs": "Number,Campaign"}.get(view, "Day,"))
    assert len(rows) == len(holder.model.rows)


def has_rows(model: FixedModel) -> Callable[[], bool]:
    return lambda: bool(model.rows)


def test_the_history_of_a_number_and_answers_that_could_not_be_read_are_exported(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    (account,) = accounts.every(desk)
    receiving.take_in(desk, receiving.keep(desk, account.id, receiving.PUSH, b"no answer at all"))
    person, raw = PersonDialog(window.bulk.workplace, A, window), RawAnswersDialog(window.bulk.workplace, window)
    for opened_dialog, model in ((person, person.events), (raw, raw.model)):
        qtbot.addWidget(opened_dialog)
        opened_dialog.show()
        qtbot.waitUntil(has_rows(model))
        shown, _ = export(qtbot, opened_dialog.export_button, tmp_path / "out.csv", TEXT)
        shown.close()
        content = (tmp_path / "out.csv").read_text("utf-8-sig")
        assert len(content.splitlines()) == 1 + len(model.rows)
        assert model.index(0, 1).data().removeprefix("⊘ ").lower() in content
        opened_dialog.close()
