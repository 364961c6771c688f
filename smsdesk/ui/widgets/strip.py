"""Strips along a text editor, which say something of each line that is visible, and a head that names them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from smsdesk.ui import theme

PADDING = 8
"""Pixels between what is drawn and the strip's edge."""

PaintLine = Callable[[QPainter, QTextBlock, QRect, theme.Tokens], None]
"""Draws what is said of a line into a rectangle beside it."""


class Strip(QWidget):
    """Draws each visible line, and tells its `tip` under the mouse."""

    def __init__(
        self,
        editor: QWidget,
        visible: Callable[[], list[tuple[QTextBlock, int, int]]],
        paint_line: PaintLine,
        tip: Callable[[QTextBlock], str],
    ):
        """`visible` gives the lines that are in sight, each with its top and its height in pixels."""
        super().__init__(editor)
        self._visible, self._paint_line, self._tip = visible, paint_line, tip
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        tokens = theme.tokens_of(QApplication.palette())
        area = event.rect()
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.fillRect(area, QColor(tokens.raised))
        for block, top, height in self._visible():
            if top <= area.bottom() and top + height >= area.top():
                self._paint_line(painter, block, QRect(0, top, self.width(), height), tokens)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what there is to tell of the line under the mouse."""
        y = event.position().toPoint().y()
        tips = (self._tip(block) for block, top, height in self._visible() if top <= y < top + height)
        QToolTip.showText(event.globalPosition().toPoint(), next(tips, ""), self)


class Head(QWidget):
    """Names the columns: of the strip on the left, of the text, of the strip on the right."""

    def __init__(self, editor: QWidget, left: str, text: str, right: str):
        super().__init__(editor)
        self._left, self._text, self._right = left, text, right
        self._text_at = 0

    def needed(self) -> tuple[int, int, int]:
        """Pixels: the width of the name on the left and of that on the right, and the height."""
        metrics = self.fontMetrics()
        left, right = (metrics.horizontalAdvance(name) + 2 * PADDING for name in (self._left, self._right))
        return left, right, metrics.height() + PADDING

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        tokens = theme.tokens_of(QApplication.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.raised))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.setPen(QColor(tokens.quiet))
        inside = self.rect().adjusted(PADDING, 0, -PADDING, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, self._left)
        painter.drawText(self.rect().adjusted(self._text_at, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self._text)
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, self._right)
        painter.end()

    def place(self, area: QRect, text_at: int) -> None:
        """Cover `area`, with the text's name at `text_at`."""
        self._text_at = text_at
        self.setGeometry(area)
