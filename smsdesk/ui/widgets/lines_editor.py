"""An editor of `Mobile#Content` lines: numbers in the margin, a mark and a reason at every line that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolTip, QWidget

from smsdesk.ui import theme

_PADDING = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What is the matter with a line: an error stops it, a warning is worth a look."""

    reason: str
    is_error: bool


class LinesEditor(QPlainTextEdit):
    """A text editor with a margin. Lines count from 1."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._marks: Mapping[int, Mark] = {}
        self._margin = _Margin(self)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(False)  # a TAB may stand between number and content
        self.blockCountChanged.connect(self._fit_margin)
        self.updateRequest.connect(self._scroll_margin)
        self._fit_margin()

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """Mark these lines, and no others."""
        self._marks = marks
        self._margin.update()

    def go_to(self, line: int) -> None:
        """Put the cursor on a line and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self.document().findBlockByNumber(line - 1).position())
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    # -- the margin ----------------------------------------------------------------------------------------

    def margin_width(self) -> int:
        """Pixels that the margin needs for the largest line number and a sign."""
        digits = len(str(max(99, self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * (digits + 2) + 2 * _PADDING

    def paint_margin(self, event: QPaintEvent) -> None:
        """Draw the numbers and signs of the lines that are visible."""
        tokens = theme.tokens_of(QApplication.palette())
        painter = QPainter(self._margin)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), QColor(tokens.raised))
        block = self.firstVisibleBlock()
        top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
        while block.isValid() and top <= event.rect().bottom():
            height = round(self.blockBoundingRect(block).height())
            if block.isVisible() and top + height >= event.rect().top():
                self._paint_line(painter, block, top, height, tokens)
            block, top = block.next(), top + height
        painter.end()

    def _paint_line(self, painter: QPainter, block: QTextBlock, top: int, height: int, tokens: theme.Tokens) -> None:
        number = block.blockNumber() + 1
        mark = self._marks.get(number)
        width = self._margin.width()
        if mark:
            colour, soft = (tokens.bad, tokens.bad_soft) if mark.is_error else (tokens.warn, tokens.warn_soft)
            painter.fillRect(QRect(0, top, width, height), QColor(soft))
            painter.setPen(QColor(colour))
            sign = "✗" if mark.is_error else "="
            painter.drawText(QRect(_PADDING, top, width, height), Qt.AlignmentFlag.AlignLeft, sign)
        else:
            painter.setPen(QColor(tokens.quiet))
        painter.drawText(QRect(0, top, width - _PADDING, height), Qt.AlignmentFlag.AlignRight, str(number))

    def margin_tip(self, y: int) -> str:
        """What is the matter with the line at this height."""
        block = self.cursorForPosition(QPoint(0, y)).block()
        mark = self._marks.get(block.blockNumber() + 1)
        return mark.reason if mark else ""

    def _fit_margin(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)

    def _scroll_margin(self, rect: QRect, dy: int) -> None:
        if dy:
            self._margin.scroll(0, dy)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The margin is as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._margin.setGeometry(QRect(inside.left(), inside.top(), self.margin_width(), inside.height()))


class _Margin(QWidget):
    """The strip left of the text."""

    def __init__(self, editor: LinesEditor):
        super().__init__(editor)
        self._editor = editor
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        return QSize(self._editor.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        self._editor.paint_margin(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the reason of the line under the mouse."""
        tip = self._editor.margin_tip(event.position().toPoint().y())
        QToolTip.showText(event.globalPosition().toPoint(), tip, self)
