"""The user guide: whole in both languages, and shown inside the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from test_window import Answering
from ui_windows import dialog, opened

from smsdesk.domain.words import Language
from smsdesk.jobs.desk import Desk
from smsdesk.settings import paths
from smsdesk.settings.settings import Settings, Theme
from smsdesk.ui.dialogs.guide import GuideDialog
from smsdesk.ui.dialogs.welcome import WelcomeDialog
from smsdesk.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

FILES = {Language.ZH: "zh-CN", Language.EN: "en"}


def written(language: Language) -> tuple[Path, str]:
    file = paths.guide(FILES[language])
    assert file is not None
    return file, file.read_text(encoding="utf-8")


def pictures(text: str) -> list[str]:
    return re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)


def headings(text: str) -> list[tuple[int, str]]:
    return [(len(level), name) for level, name in re.findall(r"^(#+) (.+)$", text, re.MULTILINE)]


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    assert isinstance(request.param, Language)
    return request.param


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot, language: Language) -> Iterator[MainWindow]:
    with opened(desk, tmp_path / "data", qtbot, language=language) as found:
        yield found


@pytest.fixture
def guide(window: MainWindow, qtbot: QtBot) -> GuideDialog:
    window.help.show_guide()
    found = dialog(qtbot, GuideDialog)
    assert isinstance(found, GuideDialog)
    return found


def shown(guide: GuideDialog) -> list[str]:
    return [guide.headings.item(row).text().strip() for row in range(guide.headings.count())]


def test_every_picture_of_the_guide_is_there_in_both_themes(language: Language) -> None:
    file, text = written(language)
    assert len(pictures(text)) >= 15
    named = {name for one in pictures(text) for name in (one, one.replace("-light.", "-dark."))}
    assert {name for name in named if not (file.parent / name).is_file()} == set()


def test_both_languages_tell_the_same() -> None:
    chinese, english = written(Language.ZH)[1], written(Language.EN)[1]
    assert [level for level, _ in headings(chinese)] == [level for level, _ in headings(english)]
    assert [one.replace("-zh-", "-en-") for one in pictures(chinese)] == pictures(english)
    assert chinese.count("\n|") == english.count("\n|")


def test_the_guide_lists_its_headings_and_goes_to_them(guide: GuideDialog, language: Language, qtbot: QtBot) -> None:
    expected = [name.replace("`", "") for _, name in headings(written(language)[1])]
    assert shown(guide) == expected
    guide.headings.setFocus()
    qtbot.keyClick(guide.headings, Qt.Key.Key_End)
    row = len(expected) - 1
    assert guide.headings.currentRow() == row
    above = guide.text.verticalScrollBar().value()
    assert above <= guide.text.top_of(guide.text.headings[row]) < above + guide.text.viewport().height()
    guide.text.verticalScrollBar().setValue(0)
    assert guide.headings.currentRow() == 0


def test_pictures_are_no_wider_than_there_is_room(guide: GuideDialog, qtbot: QtBot, language: Language) -> None:
    name = next(one for one in pictures(written(language)[1]) if "bulk-text" in one)

    def fits() -> bool:
        picture = guide.text.document().resource(QTextDocument.ResourceType.ImageResource.value, name)
        room = guide.text.viewport().width()
        return bool(room - 100 < picture.width() / picture.devicePixelRatio() < room)

    for width in (700, 1200):
        guide.resize(width, 600)
        qtbot.waitUntil(fits)
        qtbot.waitUntil(lambda: guide.text.horizontalScrollBar().maximum() == 0)


def test_what_is_looked_for_is_found_from_place_to_place(guide: GuideDialog, language: Language, qtbot: QtBot) -> None:
    word, says, nothing = {
        Language.ZH: ("余额", "{} / {}", "没有找到"),
        Language.EN: ("Balance", "{} of {}", "Not found"),
    }[language]
    count = guide.text.document().toPlainText().casefold().count(word.casefold())
    qtbot.keyClick(guide.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(guide.search.hasFocus)
    guide.search.setText(word)
    qtbot.waitUntil(lambda: guide.found.text() == says.format(1, count))
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.found.text() == says.format(2, count)
    for _ in range(2):
        qtbot.keyClick(guide.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert guide.found.text() == says.format(count, count)
    assert guide.text.viewport().rect().contains(guide.text.cursorRect().topLeft())
    guide.search.setText("xyzzy")
    qtbot.waitUntil(lambda: guide.found.text().startswith(nothing))


@pytest.mark.parametrize("language", [Language.EN], indirect=True)
def test_the_guide_comes_to_the_front_when_it_is_open(guide: GuideDialog, window: MainWindow, qtbot: QtBot) -> None:
    window.help.show_guide()
    assert len(window.findChildren(GuideDialog)) == 1
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(GuideDialog))
    window.help.show_guide()
    assert dialog(qtbot, GuideDialog)


@pytest.mark.parametrize("language", [Language.EN], indirect=True)
def test_without_its_file_the_window_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "guide", lambda _language: None)
    window.help.show_guide()
    assert window.notice.text == "The user guide is not there. Install the program again."


def test_in_the_dark_the_pictures_are_dark(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path / "data", qtbot, settings=Settings(theme=Theme.DARK)) as window:
        window.help.show_guide()
        guide = dialog(qtbot, GuideDialog)
        assert isinstance(guide, GuideDialog)
        document = guide.text.document()
        qtbot.waitUntil(lambda: not guide.text._waiting)
        picture = document.resource(QTextDocument.ResourceType.ImageResource.value, "pictures/bulk-text-en-light.png")
        assert picture.pixelColor(2, picture.height() // 2).lightness() < 128


def test_the_first_steps_end_at_the_guide(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    def read_on(steps: QDialog) -> None:
        assert isinstance(steps, WelcomeDialog)
        steps.pages.setCurrentWidget(steps.done_step)
        qtbot.mouseClick(steps.done_step.guide_button, Qt.MouseButton.LeftButton)

    with opened(desk, tmp_path / "data", qtbot) as window:
        answering = Answering(WelcomeDialog, read_on)
        window.ask_for_account()
        assert answering.answered
        dialog(qtbot, GuideDialog)
