"""States in tables: the sign that a state's words begin with is drawn as an icon, in the colour of the state.

The words keep their sign wherever they are copied, exported or read aloud; only what is painted differs.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.ui import theme
from smsdesk.ui.tables.columns import UNREAD, ColumnsModel

_Feature = QStyleOptionViewItem.ViewItemFeature

_ICONS: Final = {
    "✓": "circle-check",
    "✗": "circle-x",
    "!": "triangle-alert",
    "?": "circle-question-mark",
    "◷": "clock",
    "…": "loader",
    "→": "send",
    "➤": "send",
    "▶": "play",
    "❚❚": "pause",
    "■": "circle-stop",
    "○": "circle-minus",
    "=": "copy",
}


class SignDelegate(QStyledItemDelegate):
    """Draws the cells of a :class:`ColumnsModel`."""

    def __init__(self, model: ColumnsModel, parent: QObject):
        super().__init__(parent)
        self._model = model

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """In one step what Qt would ask the model for in seven: each waits for other threads to let Python go."""
        column, row = self._model.columns[index.column()], self._model.row_at(index.row())
        if isinstance(index, QModelIndex):
            option.index = index
        option.displayAlignment = column.alignment
        option.features |= _Feature.HasDisplay
        if row is None:
            option.text = UNREAD if index.column() == 0 else ""
            return
        option.text = column.shown(row)
        if column.tone is not None:
            self._colour(option, column.tone(row) or "text")

    def _colour(self, option: QStyleOptionViewItem, tone: str) -> None:
        palette = option.palette
        palette.setColor(QPalette.ColorRole.Text, getattr(theme.tokens_of(palette), tone))
        option.palette = palette
        sign, _, words = option.text.partition(" ")
        if words and (name := _ICONS.get(sign)):
            option.icon = theme.icon(name, tone)
            option.decorationSize = QSize(theme.ICON, theme.ICON)
            option.features |= _Feature.HasDecoration
            option.text = words
