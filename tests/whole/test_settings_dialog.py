"""The settings: found by name and sentence in both languages, reached by keys."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from test_window import Answering, click
from ui_windows import opened

from smsdesk.domain.words import Language
from smsdesk.jobs.desk import Desk
from smsdesk.settings.settings import Notify, Settings, Theme
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.data import DataDialog
from smsdesk.ui.dialogs.opt_out_words import OptOutWordsDialog
from smsdesk.ui.dialogs.receiver import ReceiverDialog
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path / "data", qtbot) as found:
        yield found


@pytest.fixture
def settings(window: MainWindow, qtbot: QtBot) -> Iterator[SettingsDialog]:
    shown = SettingsDialog(window.bulk.workplace, window)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()


def hits(dialog: SettingsDialog) -> list[str]:
    return [dialog.list.item(row).text().split("\n")[0] for row in range(dialog.list.count())]


def choose(box: object, value: object) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark", "Light or dark"),
        ("深色", "Light or dark"),
        ("主题", "Light or dark"),
        ("敏感词", "Sensitive words"),
        ("PORT", "Receive pushes"),
        ("below nothing", None),
        ("短信 营销", "Marketing messages end with"),
        ("whoever replies", "Opt-out words"),
    ],
)
def test_a_setting_is_found_in_either_language(
    qtbot: QtBot, settings: SettingsDialog, typed: str, found: str | None
) -> None:
    settings.search.setText(typed)
    assert (found in hits(settings)) is (found is not None)
    assert settings.found.isVisible() is (found is None)
    assert len(hits(settings)) < sum(len(topic.settings) for topic in settings.topics)
    settings.search.clear()
    assert len(hits(settings)) == len(settings.topics)


def test_a_hit_is_gone_to_by_keys_alone(qtbot: QtBot, settings: SettingsDialog) -> None:
    qtbot.keyClick(settings, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert settings.search.hasFocus()
    qtbot.keyClicks(settings.search, "words")
    assert len(hits(settings)) > 1
    while (settings.list.currentItem().text().split("\n")[0]) != "Sensitive words":
        before = settings.list.currentRow()
        qtbot.keyClick(settings.search, Qt.Key.Key_Down)
        assert settings.list.currentRow() == before + 1
    qtbot.keyClick(settings.search, Qt.Key.Key_Return)
    assert settings.isVisible()
    assert settings.pages.currentWidget() is settings.sending
    assert settings.sending.sensitive.hasFocus()
    qtbot.keyClick(settings, Qt.Key.Key_Escape)
    assert not settings.isVisible()


def test_up_and_down_go_through_the_topics(qtbot: QtBot, settings: SettingsDialog) -> None:
    assert settings.list.hasFocus()
    for topic in settings.topics:
        assert settings.pages.currentWidget() is topic
        qtbot.keyClick(settings.list, Qt.Key.Key_Down)


@pytest.mark.parametrize("language", list(Language))
def test_every_setting_has_a_sentence_and_fits(desk: Desk, tmp_path: Path, qtbot: QtBot, language: Language) -> None:
    with opened(desk, tmp_path / "data", qtbot, language=language) as window:
        settings = SettingsDialog(window.bulk.workplace, window)
        settings.show()
        for topic in settings.topics:
            settings.pages.setCurrentWidget(topic)
            QApplication.processEvents()
            body = topic.widget()
            assert body is not None
            assert body.width() <= topic.viewport().width(), topic.name
            for one in topic.settings:
                assert one.about.zh.endswith("。"), one.name
                assert one.about.en.endswith("."), one.name
                assert one.field.accessibleDescription() == one.about.text(language)
        settings.close()


def test_the_theme_changes_at_once_and_other_choices_are_kept(settings: SettingsDialog) -> None:
    workplace = settings.appearance.workplace
    seen: list[Settings] = []
    workplace.kept.connect(seen.append)
    choose(settings.appearance.theme, Theme.DARK)
    assert seen[-1].theme is Theme.DARK
    choose(settings.replies.notify, Notify.OFF)
    choose(settings.appearance.language, Language.ZH)
    assert (workplace.settings.notify, workplace.settings.language) == (Notify.OFF, Language.ZH)
    assert "started the next time" in settings.notice.text
    choose(settings.appearance.language, None)
    assert workplace.settings.language is None


def test_the_dialogs_open_from_their_topics(qtbot: QtBot, settings: SettingsDialog) -> None:
    for button, kind in (
        (settings.replies.words_button, OptOutWordsDialog),
        (settings.data.backup_button, DataDialog),
        (settings.data.old_button, DataDialog),
        (settings.advanced.push_button, ReceiverDialog),
    ):
        answering = Answering(kind, lambda dialog: dialog.reject())
        button.click()
        qtbot.waitUntil(partial(getattr, answering, "answered"))


def test_a_support_bundle_is_saved_by_one_click(qtbot: QtBot, settings: SettingsDialog, tmp_path: Path) -> None:
    path = tmp_path / "给支持"
    settings.pages.setCurrentWidget(settings.data)
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")):
        click(qtbot, settings.data.bundle_button)
    qtbot.waitUntil(lambda: "给支持.zip" in settings.notice.text, timeout=10_000)
    assert zipfile.is_zipfile(tmp_path / "给支持.zip")
    assert sorted(one.name for one in tmp_path.glob("给支持*")) == ["给支持.zip"]
