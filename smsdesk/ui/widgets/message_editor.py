"""An editor for the text of a message: placeholders are completed, and what nobody sees is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QCompleter, QListView, QPlainTextEdit, QWidget

from smsdesk.domain.invisible import Invisible, invisibles
from smsdesk.domain.text import TOKEN, with_ending
from smsdesk.ui import theme

_ENDS: Final = frozenset("{}|\n")
_CHOOSING: Final = (Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class MessageEditor(QPlainTextEdit):
    """A text with placeholders such as `{姓名}`."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._breaks: Sequence[int] = ()
        self.invisible: Sequence[Invisible] = ()
        """What nobody sees in the text, in order."""
        self._highlighter = _Highlighter(self.document())
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setWidget(self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._complete)
        self.popup = QListView()
        self._completer.setPopup(self.popup)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._find_invisible)  # the first to be told

    def _find_invisible(self) -> None:
        self.invisible = list(invisibles(self.toPlainText()))

    def set_columns(self, names: Sequence[str]) -> None:
        """The columns that a placeholder can name."""
        self._names.setStringList(list(names))
        self._highlighter.set_columns(names)

    def mark_segments(self, starts: Sequence[int]) -> None:
        """Draw a line before these places of the text: a further segment begins there."""
        self._breaks = starts
        self.viewport().update()

    def insert_place(self, name: str) -> None:
        """Put a placeholder where the cursor is."""
        self.insertPlainText(f"{{{name}}}")
        self.setFocus()

    def replace_all(self, text: str) -> None:
        """Put another text in place of this one, as a step that can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def add_ending(self, ending: str) -> None:
        """Put `ending` behind the text, as a step that can be undone."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text = self.toPlainText()
        cursor.insertText(with_ending(text, ending).removeprefix(text))

    def clean(self) -> None:
        """Take out what nobody sees, as one step that can be undone."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        text = self.toPlainText()
        for found in reversed(self.invisible):
            cursor.setPosition(_units(text, found.start))
            cursor.setPosition(_units(text, found.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(found.instead)
        cursor.endEditBlock()
        self.setFocus()  # the button that was pressed goes with what it took out

    # -- completing ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """While names are offered, Enter and Escape are for them."""
        popup = self.popup
        if popup.isVisible() and event.key() in _CHOOSING:
            event.ignore()
            return
        super().keyPressEvent(event)
        self._offer(self._begun() if event.text() else None)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Chinese names are not typed key by key: what an input method writes is looked for as well."""
        super().inputMethodEvent(event)
        if event.commitString():
            self._offer(self._begun())

    def _offer(self, begun: str | None) -> None:
        """Offer the names that have `begun` in them; none where it is None."""
        popup = self.popup
        self._completer.setCompletionPrefix(begun or "")
        if begun is None or not self._completer.completionCount():
            popup.hide()
            return
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        place = self.cursorRect()
        place.setWidth(popup.sizeHintForColumn(0) + 2 * popup.frameWidth() + 24)
        self._completer.complete(place)

    def _begun(self) -> str | None:
        """What is typed of a name since its brace; None where no brace is open before the cursor."""
        line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        at = next((place for place in range(len(line) - 1, -1, -1) if line[place] in _ENDS), -1)
        is_open = at >= 0 and line[at] == "{" and not line[:at].endswith("{")
        return line[at + 1 :] if is_open else None

    def _complete(self, name: str) -> None:
        cursor, begun = self.textCursor(), self._begun() or ""
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, _units(begun, len(begun)))
        cursor.insertText(f"{name}}}")
        self.setTextCursor(cursor)

    # -- drawing -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The text, and over it where segments begin and where there is what nobody sees."""
        super().paintEvent(event)
        text = self.toPlainText()
        tokens = theme.tokens_of(QApplication.palette())
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(tokens.accent), 1, Qt.PenStyle.DashLine))
        for place in self._breaks:
            at = self._at(text, place)
            painter.drawLine(at.topLeft() - QPoint(1, 0), at.bottomLeft() - QPoint(1, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.warn))
        for found in self.invisible:
            at = self._at(text, found.start)
            painter.drawRect(QRect(at.left() - 1, at.top(), 3, at.height()))
        painter.end()

    def _at(self, text: str, place: int) -> QRect:
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text, place))
        return self.cursorRect(cursor)


def _units(text: str, place: int) -> int:
    """A place in `text` as Qt counts it: an emoji is two."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


class _Highlighter(QSyntaxHighlighter):
    """Colours placeholders, and underlines those that name no column."""

    def __init__(self, document: QTextDocument):
        super().__init__(document)
        self._columns: frozenset[str] | None = None

    def set_columns(self, names: Sequence[str]) -> None:
        """The columns there are; none where no list has been imported."""
        self._columns = frozenset(names) or None
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See :class:`QSyntaxHighlighter`."""
        tokens = theme.tokens_of(QApplication.palette())
        for found in TOKEN.finditer(text):
            if found[1] is None:
                continue  # a brace that is written twice
            is_known = self._columns is None or found[1].strip() in self._columns
            shape = QTextCharFormat()
            shape.setForeground(QColor(tokens.accent if is_known else tokens.bad))
            shape.setFontWeight(QFont.Weight.DemiBold)
            if not is_known:
                shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                shape.setUnderlineColor(QColor(tokens.bad))
            start = _units(text, found.start())
            self.setFormat(start, _units(text, found.end()) - start, shape)
