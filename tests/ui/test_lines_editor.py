"""The editor of point-to-point lines by itself."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from smsdesk.domain.words import Words
from smsdesk.jobs.reviewing import WRONG, Rules
from smsdesk.settings import paths
from smsdesk.settings.settings import Theme
from smsdesk.ui import theme
from smsdesk.ui.widgets.lines_editor import LinesEditor


@pytest.fixture
def editor(qtbot: QtBot) -> LinesEditor:
    made = LinesEditor(lambda words: words.en)
    made.resize(600, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def blocks(editor: LinesEditor) -> list[str]:
    block, found = editor.document().firstBlock(), []
    while block.isValid():
        found.append(block.text())
        block = block.next()
    return found


def colours(editor: LinesEditor, line: int) -> list[tuple[int, int, str, bool]]:
    """Start, length, colour and whether it is bold, of what is drawn otherwise than text."""
    editor.grab()
    formats = editor.document().findBlockByNumber(line - 1).layout().formats()
    return [
        (one.start, one.length, one.format.foreground().color().name(), one.format.fontWeight() > 500)
        for one in formats
    ]


def wear(which: Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, which, paths.resources() / "icons")


@pytest.mark.parametrize("seed", range(20))
def test_its_lines_are_those_of_the_document_whatever_is_done(editor: LinesEditor, seed: int) -> None:
    chance = random.Random(seed)
    texts = ["", "a", "😊", "\n", "x\ny", "\n\n", "13800000000#\u2028\u00a0b", "\r\nz\r", "一\n二\n三\n"]
    for _ in range(60):
        cursor = editor.textCursor()
        cursor.setPosition(chance.randrange(editor.document().characterCount()))
        if chance.random() < 0.5:
            cursor.setPosition(chance.randrange(editor.document().characterCount()), QTextCursor.MoveMode.KeepAnchor)
        match chance.randrange(8):
            case 0:
                editor.undo()
            case 1:
                editor.redo()
            case 2:
                cursor.removeSelectedText()
            case 3:
                editor.setPlainText(chance.choice(texts))
            case 4:
                editor.append("1\n2")
            case 5 if editor.blockCount() > 3:
                editor.remove([2, 3])
            case _:
                cursor.insertText(chance.choice(texts))
        assert editor.lines == blocks(editor)
    editor.clear()
    assert editor.lines == [""]


@pytest.mark.parametrize(("which", "tokens"), [(Theme.LIGHT, theme.LIGHT), (Theme.DARK, theme.DARK)])
def test_number_separator_and_content_are_told_apart(editor: LinesEditor, which: Theme, tokens: theme.Tokens) -> None:
    editor.setPlainText("13800000000#您好\n😊138#您好\n没有\n\n13800000001\t好")
    editor.grab()
    changes: list[bool] = []
    editor.textChanged.connect(lambda: changes.append(True))
    try:
        wear(which)
        assert colours(editor, 1) == [(0, 11, tokens.accent, True), (11, 1, tokens.quiet, False)]
        assert colours(editor, 2) == [(0, 5, tokens.bad, True), (5, 1, tokens.quiet, False)]
        assert colours(editor, 3) == [(0, 2, tokens.bad, True)]
        assert colours(editor, 4) == []
        assert colours(editor, 5) == [(0, 11, tokens.accent, True), (11, 1, tokens.quiet, False)]
    finally:
        wear(Theme.LIGHT)
    assert not changes
    assert not editor.document().isUndoAvailable()


def test_colours_follow_what_is_typed_and_the_account(qtbot: QtBot, editor: LinesEditor) -> None:
    editor.setPlainText("1380000000#您好\n+852 6123 4567#您好")
    wrong, right = theme.LIGHT.bad, theme.LIGHT.accent
    assert colours(editor, 1)[0] == (0, 10, wrong, True)
    cursor = editor.textCursor()
    cursor.setPosition(10)
    editor.setTextCursor(cursor)
    qtbot.keyClicks(editor, "0")
    assert colours(editor, 1)[0] == (0, 11, right, True)
    assert colours(editor, 2)[0][2] == wrong
    editor.set_rules(Rules(abroad=True))
    assert colours(editor, 2)[0][2] == right


def test_colours_come_back_after_composing_characters(editor: LinesEditor) -> None:
    editor.setPlainText("13800000000#您好")
    before = colours(editor, 1)
    QApplication.sendEvent(editor, QInputMethodEvent("ni hao", []))
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert colours(editor, 1) == before


def test_shift_and_enter_begins_a_line_like_any_other(qtbot: QtBot, editor: LinesEditor) -> None:
    editor.setPlainText("13800000000#一13800000001#二")
    cursor = editor.textCursor()
    cursor.setPosition(13)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.lines == ["13800000000#一", "13800000001#二"]


def test_cells_that_are_dropped_become_lines_in_one_step(editor: LinesEditor) -> None:
    editor.setPlainText("旧")
    data = QMimeData()
    data.setText('13800000000\t"一\r\n二"\r\n13800000001\t三')
    told: list[int] = []
    editor.pasted.connect(told.append)
    editor.selectAll()
    editor.insertFromMimeData(data)
    assert editor.lines == ["13800000000\t一 二", "13800000001\t三"]
    assert told == [1]
    editor.undo()
    assert editor.lines == ["旧"]


@pytest.mark.parametrize("text", ["cd", "cd\nef"])
def test_what_is_pasted_or_imported_is_undone_without_what_was_typed(
    qtbot: QtBot, editor: LinesEditor, text: str
) -> None:
    qtbot.keyClicks(editor, "ab")
    data = QMimeData()
    data.setText(text)
    for put_in in (lambda: editor.insertFromMimeData(data), lambda: editor.append(text)):
        put_in()
        editor.undo()
        assert editor.lines == ["ab"]


def test_marks_stay_with_their_lines_until_there_are_new_ones(editor: LinesEditor) -> None:
    editor.setPlainText("1#a\n13800000000#一\n13800000000#二")
    editor.set_marks([WRONG, 0, 2])
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.insertPlainText("\n\n")
    last = editor.document().lastBlock()
    assert editor.matter(last) == "= The number stands in line 2 already."
    assert editor.matter(editor.document().findBlockByNumber(2)).startswith("✗ ")


def test_the_words_of_a_line_say_its_length_as_the_carriers_count(editor: LinesEditor) -> None:
    editor.setPlainText("13800000000#您好\n13800000000#" + "好" * 70 + "😊\n\n没有")
    said = [editor.length(editor.document().findBlockByNumber(line)) for line in range(4)]
    assert said[:3] == ["Characters 2 · segments 1", "Characters 71 · UTF-16 units 72 · segments 2", ""]


def test_the_next_wrong_line_is_looked_for_round_the_ends(editor: LinesEditor) -> None:
    editor.setPlainText("\n".join("abcde"))
    editor.set_marks([0, WRONG, 0, WRONG, 1])
    seen = []
    for forward in (True, True, True, False, False):
        editor.go_to_wrong(forward=forward)
        seen.append(editor.textCursor().blockNumber() + 1)
    assert seen == [2, 4, 2, 4, 2]
    editor.set_marks([0] * 5)
    editor.go_to_wrong(forward=True)
    assert editor.textCursor().blockNumber() + 1 == 2


def test_a_reason_under_the_mouse_is_a_sentence(editor: LinesEditor) -> None:
    assert editor.matter_of(Words("错", "wrong"), None) == "✗ wrong"
    assert editor.matter_of(None, WRONG) == editor.matter_of(None, 0) == editor.matter_of(None, None) == ""


def test_a_tab_stands_behind_a_number_only_and_leaves_the_editor_elsewhere(qtbot: QtBot) -> None:
    box = QWidget()
    layout = QVBoxLayout(box)
    editor, other = LinesEditor(lambda words: words.en), QPushButton("other")
    layout.addWidget(editor)
    layout.addWidget(other)
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    editor.setFocus()
    qtbot.keyClicks(editor, "13800000000")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "text")
    assert editor.toPlainText() == "13800000000\ttext"
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "13800000000\ttext"
    assert box.focusWidget() is other
