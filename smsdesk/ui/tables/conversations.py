"""The list of conversations: a model that reads a page at a time, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.domain.invisible import beside_others, visible
from smsdesk.domain.words import Words
from smsdesk.jobs import conversations
from smsdesk.jobs.conversations import Conversation, Only
from smsdesk.ui import texts, theme
from smsdesk.ui.theme import SPACE
from smsdesk.ui.workplace import Workplace

PAGE: Final = 100

Index = QModelIndex | QPersistentModelIndex


class ConversationsModel(QAbstractListModel):
    """Conversations, the last to write first; more are read when the view comes to the end of those that are there."""

    not_read = Signal(str)
    """Why the rows could not be read; empty when they are there again."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.rows: list[Conversation] = []
        self._more = False
        self._only = Only()
        self._then: Callable[[], None] = lambda: None
        self._generation = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """See :class:`QAbstractListModel`."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The conversation as a sentence, for a screen reader and for copying; the row itself is the user data."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(filter(None, self._said(row)))
        return row if role == Qt.ItemDataRole.UserRole else None

    def _said(self, row: Conversation) -> list[str]:
        unread = texts.fill(self.tr("%1 unread"), texts.number(row.unread)) if row.unread else ""
        label = self._workplace.say(row.label) if row.label else ""
        words = " ".join(beside_others(row.words).split("\n"))
        return [unread, row.name, row.mobile, words, texts.moment(row.last_at), label, self.mark(row)]

    def mark(self, row: Conversation) -> str:
        """Whether they want no more, as a sign and a word."""
        if row.is_blocked:
            return "⊘ " + (self.tr("Opted out") if row.opted_out else self.tr("Blocked"))
        return "○ " + self.tr("Opted out once") if row.opted_out else ""

    def say(self, words: Words) -> str:
        """A sentence in the window's language."""
        return self._workplace.say(words)

    def place_of(self, mobile: str) -> int | None:
        """Where a number stands among the rows that are there."""
        return next((place for place, row in enumerate(self.rows) if row.mobile == mobile), None)

    # -- reading -------------------------------------------------------------------------------------------

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """See :class:`QAbstractListModel`."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """See :class:`QAbstractListModel`."""
        if not self.canFetchMore(parent) or not self.rows:
            return
        self._more = False  # until these are there
        last = self.rows[-1]
        self._read(self._only, (last.last_at, last.last_id), PAGE, self._append)

    def reload(self, only: Only, then: Callable[[], None]) -> None:
        """Read the rows of a filter, as many as there are now."""
        self._only, self._then = only, then
        self._generation += 1
        limit = max(PAGE, len(self.rows))

        def loaded(rows: list[Conversation]) -> None:
            self.show(rows, more=len(rows) == limit)
            then()

        self._read(only, None, limit, loaded)

    def _read(self, only: Only, before: Any, limit: int, then: Callable[[list[Conversation]], None]) -> None:
        generation = self._generation

        def loaded(rows: list[Conversation]) -> None:
            if generation == self._generation:
                self.not_read.emit("")
                then(rows)

        def failed(words: Words) -> None:
            if generation == self._generation:
                self.not_read.emit(self._workplace.say(words))

        self._workplace.read(lambda desk: conversations.rows(desk, only, before, limit), loaded, failed)

    def read_again(self) -> None:
        """Try once more what could not be read."""
        self.reload(self._only, self._then)

    def _append(self, rows: list[Conversation]) -> None:
        self._more = len(rows) == PAGE
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def show(self, rows: Sequence[Conversation], *, more: bool = False) -> None:
        """Show these rows; whoever selects keeps the number, not the place."""
        self._more = more
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def forget(self) -> None:
        """What is still being read is not wanted any more: the rows come from elsewhere."""
        self._generation += 1
        self._more = False


class ConversationDelegate(QStyledItemDelegate):
    """Name and time; below them the last words, a label, a mark, and how many are unread."""

    def __init__(self, model: ConversationsModel, parent: QObject):
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 - Qt's name
        """See :class:`QStyledItemDelegate`."""
        return QSize(200, 2 * option.fontMetrics.height() + 6 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See :class:`QStyledItemDelegate`."""
        row: Conversation = index.data(Qt.ItemDataRole.UserRole)
        model = self._model
        area: QRect = option.rect
        tokens = theme.tokens_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(area, QColor(tokens.accent_soft))
        soft = tokens.surface if is_chosen else tokens.accent_soft
        _Row(painter, area.adjusted(3 * SPACE, 2 * SPACE, -3 * SPACE, -2 * SPACE), tokens, option.font, soft).draw(
            row, model.mark(row), model.say(row.label) if row.label else ""
        )
        painter.setPen(QColor(tokens.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


class _Row:
    """Draws one row, from the right to the left: what is left over is the words'."""

    def __init__(self, painter: QPainter, area: QRect, tokens: theme.Tokens, font: Any, soft: str):
        self._painter, self._area, self._tokens, self._font = painter, area, tokens, font
        self._soft = soft
        self._half = area.height() // 2

    def draw(self, row: Conversation, mark: str, label: str) -> None:
        tokens = self._tokens
        face = self._area.height()
        self._face(row, face)
        top = QRect(self._area.left() + face + 3 * SPACE, self._area.top(), self._area.width() - face, self._half)
        top.setRight(self._area.right())
        bottom = top.translated(0, self._half)
        self._text(top, texts.moment(row.last_at), tokens.quiet, right=True)
        name = f"{beside_others(row.name)}  {row.mobile}" if row.name else row.mobile
        self._text(top, name, tokens.text, bold=row.unread > 0)
        if row.unread:
            self._chip(bottom, texts.number(row.unread), tokens.on_accent, tokens.accent)
        if mark:
            self._chip(bottom, mark, tokens.warn, tokens.warn_soft)
        if label:
            self._chip(bottom, visible(label)[:12], tokens.accent, self._soft)
        words = " ".join(beside_others(row.words).split("\n"))
        self._text(bottom, words, tokens.text if row.unread else tokens.quiet)

    def _face(self, row: Conversation, size: int) -> None:
        """A disc with the first sign of the name, or the number's last two figures."""
        area = QRect(self._area.left(), self._area.top(), size, size).adjusted(1, 1, -1, -1)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._soft))
        self._painter.drawEllipse(area)
        self._painter.setFont(theme.large(self._font, theme.HEADING))
        self._painter.setPen(QColor(self._tokens.accent))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, visible(row.name)[:1] or row.mobile[-2:])

    def _text(self, area: QRect, text: str, colour: str, *, bold: bool = False, right: bool = False) -> None:
        self._painter.setFont(theme.large(self._font, 1.0, bold=bold))
        self._painter.setPen(QColor(colour))
        metrics = self._painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if right:
            area.setRight(area.right() - metrics.horizontalAdvance(shown) - 2 * SPACE)

    def _chip(self, area: QRect, text: str, colour: str, ground: str) -> None:
        self._painter.setFont(theme.large(self._font, theme.SMALL, bold=False))
        metrics = self._painter.fontMetrics()
        width = max(metrics.horizontalAdvance(text) + 3 * SPACE, metrics.height() + 2)
        chip = QRect(area.right() - width, area.center().y() - metrics.height() // 2 - 1, width, metrics.height() + 3)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(ground))
        self._painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        area.setRight(chip.left() - 2 * SPACE)
