"""An editor of `Mobile#Content` lines: what is a number and what a text, what is wrong, and how long each text is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from more_itertools import consecutive_groups
from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from smsdesk.domain.lines import OneLine, shown_line, unquoted
from smsdesk.domain.text import segments, utf16_units
from smsdesk.domain.words import Words
from smsdesk.jobs.reviewing import WRONG, Rules
from smsdesk.ui import texts, theme
from smsdesk.ui.widgets.file_drop import files_of
from smsdesk.ui.widgets.selecting import select
from smsdesk.ui.widgets.strip import PADDING, Head, Strip

_PARAGRAPH: Final = "\u2029"
"""Qt's end of a line in a selected text."""

_NUMBER: Final = re.compile(r"\s*\+?[0-9][0-9 -]{6,}")
"""What a TAB may stand behind."""

_NO_COLOURS: Final = -1
"""The state of a block that is not coloured: Qt's own, of a new one."""

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LinesEditor(QPlainTextEdit):
    """A text editor with a margin on either side. Lines count from 1.

    It keeps its lines as values while they change, because asking a large document for its text takes long.
    """

    pasted = Signal(int)
    """So many line breaks inside of cells became spaces as they were pasted."""
    filed = Signal(list)
    """Files were pasted."""

    def __init__(self, say: Callable[[Words], str], parent: QWidget | None = None):
        super().__init__(parent)
        self._say = say
        self._lines = [""]
        self._marks = [0]
        self._rules = Rules()
        self._read = lru_cache(maxsize=1000)(shown_line)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._numbers = Strip(self, self._visible, self._paint_number, self.matter)
        self._lengths = Strip(self, self._visible, self._paint_length, self.length)
        self._head = Head(self, self.tr("Line"), self.tr("Number # content"), self.tr("Characters · segments"))
        for strip in (self._numbers, self._lengths):
            strip.setFont(self.font())
        self.document().contentsChange.connect(self._changed)
        self.blockCountChanged.connect(self._fit_strips)
        self.updateRequest.connect(self._scroll_strips)
        self._fit_strips()

    # -- its lines -----------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The lines as they are now; a list of the caller's own."""
        return self._lines.copy()

    def _changed(self, at: int, _removed: int, added: int) -> None:
        document = self.document()
        first, last = document.findBlock(at), document.findBlock(at + added)
        if not last.isValid():
            last = document.lastBlock()
        cursor = QTextCursor(first)
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        new = cursor.selectedText().split(_PARAGRAPH)
        more = document.blockCount() - len(self._lines)
        start = first.blockNumber()
        end = start + len(new) - more
        self._lines[start:end] = new
        if more:
            self._marks[start:end] = [0] * len(new)

    def set_rules(self, rules: Rules) -> None:
        """What the account says of numbers and lengths."""
        self._rules = rules
        self.viewport().update()

    def set_marks(self, marks: Sequence[int]) -> None:
        """For each line: WRONG, the first line with the same number, or 0."""
        self._marks = list(marks)
        self._numbers.update()

    def append(self, text: str) -> None:
        """Put lines behind those that are there, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        _insert(cursor, text if cursor.atBlockStart() else f"\n{text}")

    def replace_all(self, text: str) -> None:
        """Put other lines in place of those that are there, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def remove(self, lines: Sequence[int]) -> None:
        """Take these lines out, in order and without the first, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for run in reversed([list(run) for run in consecutive_groups(lines)]):
            first, last = (self.document().findBlockByNumber(line - 1) for line in (run[0], run[-1]))
            cursor.setPosition(first.position() - 1)  # with the end of the line above
            cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.endEditBlock()

    # -- moving about --------------------------------------------------------------------------------------

    def go_to(self, line: int) -> None:
        """Put the cursor on a line and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self.document().findBlockByNumber(line - 1).position())
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    def select(self, line: int, text: str, start: int, end: int) -> None:
        """Go to where a line says something: from one place of its text to another; to the line, if it was changed."""
        block = self.document().findBlockByNumber(line - 1)
        if not block.text().endswith(text):
            self.go_to(line)
            return
        before = block.length() - 1 - utf16_units(text)
        select(self, text, start, end, block.position() + before)

    def go_to_wrong(self, *, forward: bool) -> None:
        """Go to the next of the wrong lines or the one before, round the ends."""
        here, count = self.textCursor().blockNumber(), len(self._marks)
        steps = range(1, count + 1) if forward else range(-1, -count - 1, -1)
        line = next((at for step in steps if self._marks[at := (here + step) % count] == WRONG), None)
        if line is not None:
            self.go_to(line + 1)

    # -- what comes in -------------------------------------------------------------------------------------

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Cells of a spreadsheet become a line each; what is pasted or dropped is one step that can be undone."""
        if files := files_of(source):
            self.filed.emit(files)
            return
        text, joined = unquoted(source.text())
        _insert(self.textCursor(), text)
        self.ensureCursorVisible()
        if joined:
            self.pasted.emit(joined)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Shift+Enter begins a new line, as Enter does; Qt would break this one where nobody sees it."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's name
        """Tab goes on, but behind a number: only there a TAB means something, and is written."""
        cursor = self.textCursor()
        if next and _NUMBER.fullmatch(cursor.block().text()[: cursor.positionInBlock()]):
            cursor.insertText("\t")
            return True
        return super().focusNextPrevChild(next)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """While characters are composed, Qt puts its own formats in place of the line's colours."""
        super().inputMethodEvent(event)
        if not event.preeditString():
            self.textCursor().block().setUserState(_NO_COLOURS)

    # -- the text ------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Colour the lines in sight that are not yet, then draw. All lines at once would take seconds."""
        tokens = theme.tokens_of(QApplication.palette())
        for block, _, _ in self._visible():
            state = block.revision() << 2 | (tokens is theme.DARK) << 1 | self._rules.abroad
            if block.userState() != state:
                block.setUserState(state)
                block.layout().setFormats(self._colours(block.text(), tokens))
                self.document().markContentsDirty(block.position(), block.length())
        super().paintEvent(event)

    def _colours(self, text: str, tokens: theme.Tokens) -> list[QTextLayout.FormatRange]:
        one = self._one(text)
        if one is None:
            return []
        end = utf16_units(text[: one.at] if one.at >= 0 else text)
        ranges = [_range(0, end, tokens.bad if one.problem else tokens.accent, is_bold=True)]
        return ranges if one.at < 0 else [*ranges, _range(end, 1, tokens.quiet)]

    def _one(self, text: str) -> OneLine | None:
        return self._read(text, abroad=self._rules.abroad)

    def _visible(self) -> list[tuple[QTextBlock, int, int]]:
        """The lines in sight, with top and height."""
        found = []
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= bottom:
            height = self.blockBoundingRect(block).height()
            found.append((block, round(top), round(height)))
            block, top = block.next(), top + height
        return found

    # -- the margins ---------------------------------------------------------------------------------------

    def matter(self, block: QTextBlock) -> str:
        """What is the matter with a line; empty where nothing is."""
        one = self._one(block.text())
        if one is None:
            return ""
        return self.matter_of(one.problem, self._marks[block.blockNumber()])

    def matter_of(self, problem: Words | None, first: int | None) -> str:
        """A sign and a sentence for a problem, or for a number that stands in line `first` already."""
        if problem:
            return "✗ " + self._say(problem)
        if not first or first == WRONG:
            return ""
        return "= " + texts.fill(self.tr("The number stands in line %1 already."), texts.number(first))

    def length(self, block: QTextBlock) -> str:
        """How long the text of a line is."""
        one = self._one(block.text())
        if one is None or one.at < 0:
            return ""
        units = utf16_units(one.content)
        line = self.tr("Characters %1 · segments %2")
        if units != len(one.content):
            line = self.tr("Characters %1 · UTF-16 units %3 · segments %2")
        return texts.fill(line, len(one.content), segments(one.content, gsm7=self._rules.gsm7), units)

    def _paint_number(self, painter: QPainter, block: QTextBlock, area: QRect, tokens: theme.Tokens) -> None:
        matter = self.matter(block)
        colour = tokens.quiet
        if matter:
            colour, soft = (tokens.bad, tokens.bad_soft) if matter[0] == "✗" else (tokens.warn, tokens.warn_soft)
            painter.fillRect(area, QColor(soft))
        inside = area.adjusted(PADDING, 0, -PADDING, 0)
        painter.setPen(QColor(colour))
        painter.drawText(inside, _LEFT, matter[:1])
        painter.drawText(inside, _RIGHT, str(block.blockNumber() + 1))

    def _paint_length(self, painter: QPainter, block: QTextBlock, area: QRect, tokens: theme.Tokens) -> None:
        one = self._one(block.text())
        if one is None or one.at < 0:
            return
        count = segments(one.content, gsm7=self._rules.gsm7)
        inside = area.adjusted(PADDING, 0, -PADDING, 0)
        badge = QRect(inside)
        badge.setLeft(inside.right() - self.fontMetrics().horizontalAdvance("00") - PADDING)
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(inside.adjusted(0, 0, -badge.width() - PADDING, 0), _RIGHT, str(len(one.content)))
        if count > 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tokens.warn_soft))
            painter.setPen(QColor(tokens.warn))
            painter.drawRoundedRect(badge.adjusted(0, 1, 0, -2), 6, 6)
        painter.setFont(theme.large(self.font(), 1, bold=count > 1))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(count))
        painter.setFont(self.font())

    def _fit_strips(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("9")
        left, right, height = self._head.needed()
        left = max(left, digit * (len(str(max(99, self.blockCount()))) + 2) + 2 * PADDING)
        self.setViewportMargins(left, height, max(right, digit * 8 + 3 * PADDING), 0)
        self._place_strips()

    def _place_strips(self) -> None:
        margins, inside = self.viewportMargins(), self.viewport().geometry()
        whole = inside.marginsAdded(margins)
        self._numbers.setGeometry(whole.left(), inside.top(), margins.left(), inside.height())
        self._lengths.setGeometry(inside.right() + 1, inside.top(), margins.right(), inside.height())
        text_at = margins.left() + round(self.document().documentMargin())
        self._head.place(QRect(whole.left(), whole.top(), whole.width(), margins.top()), text_at)

    def _scroll_strips(self, rect: QRect, dy: int) -> None:
        for strip in (self._numbers, self._lengths):
            if dy:
                strip.scroll(0, dy)
            else:
                strip.update(0, rect.y(), strip.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The margins are as high as the text."""
        super().resizeEvent(event)
        self._place_strips()


def _insert(cursor: QTextCursor, text: str) -> None:
    """As a step of its own: Qt would undo a short text together with what was typed before it."""
    cursor.beginEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()


def _range(start: int, length: int, colour: str, *, is_bold: bool = False) -> QTextLayout.FormatRange:
    shape = QTextCharFormat()
    shape.setForeground(QColor(colour))
    if is_bold:
        shape.setFontWeight(QFont.Weight.Bold)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, shape
    return made
