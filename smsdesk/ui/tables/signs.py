"""States in tables: the sign that a state's words begin with is drawn as an icon, in the colour of the state.

The words keep their sign wherever they are copied, exported or read aloud; only what is painted differs.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.ui import theme
from smsdesk.ui.tables.columns import ColumnsModel

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

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """See :class:`QStyledItemDelegate`."""
        super().initStyleOption(option, index)
        model = index.model()
        if not isinstance(model, ColumnsModel) or model.columns[index.column()].tone is None:
            return
        sign, _, words = option.text.partition(" ")
        if words and (name := _ICONS.get(sign)):
            option.icon = theme.icon(name, model.tone_at(index) or "text")
            option.decorationSize = QSize(theme.ICON, theme.ICON)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.text = words
