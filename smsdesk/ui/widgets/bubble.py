"""One message of a conversation in a bubble: plain text that can be selected, however long and whatever is in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPlainTextEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from smsdesk.domain.invisible import visible
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

MOST_SHOWN: Final = 2_000
"""Characters in a bubble; a longer text is opened by a button."""


class PlainText(QTextEdit):
    """As wide and as high as its text, which breaks anywhere rather than be cut."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setObjectName("said")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)

    def fit(self, most: int) -> None:
        """Take as little room as the text needs, `most` pixels wide at the most."""
        document = self.document()
        document.setTextWidth(most)
        width = min(most, int(document.idealWidth()) + 2)
        document.setTextWidth(width)
        self.setFixedSize(QSize(width, int(document.size().height()) + 2))


class Bubble(QFrame):
    """What was said, and what :meth:`tell` tells about it."""

    def __init__(self, text: str, *, is_ours: bool):
        super().__init__()
        self.setObjectName("ours" if is_ours else "theirs")
        whole = visible(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        self.above = parts.quiet()
        column.addWidget(self.above)
        said = self.tr("What we wrote") if is_ours else self.tr("What they wrote")
        self.text = PlainText(whole[:MOST_SHOWN] + ("…" if len(whole) > MOST_SHOWN else ""), said)
        column.addWidget(self.text)
        self.whole_button = parts.button(self.tr("Show the whole text"), lambda: self._show_whole(whole))
        self.whole_button.setVisible(len(whole) > MOST_SHOWN)
        column.addWidget(self.whole_button)
        self.below = QLabel()
        self.below.setTextFormat(Qt.TextFormat.PlainText)
        self.below.setWordWrap(True)
        column.addWidget(self.below)

    def tell(self, above: str, below: str, tone: str) -> None:
        """Say above it what it belongs to, and below it when it was and what became of it."""
        self.above.setText(above)
        self.above.setVisible(bool(above))
        self.below.setText(below)
        self.below.setProperty("quiet", not tone)
        parts.tone(self.below, tone)

    def fit(self, most: int) -> None:
        """Be `most` pixels wide at the most."""
        inner = most - 6 * SPACE
        self.text.fit(inner)
        self.setMaximumWidth(most)
        for label in (self.above, self.below):
            needed = label.fontMetrics().horizontalAdvance(label.text()) + 2 * SPACE
            label.setMinimumWidth(min(inner, needed))

    def _show_whole(self, text: str) -> None:
        """In an editor, which draws only what is in sight of lines that it is given apart."""
        dialog = _Whole(text, self.window())
        parts.ask(dialog)


class _Whole(QDialog):
    def __init__(self, text: str, parent: QWidget):
        super().__init__(parent)
        self.setWindowTitle(self.tr("The whole text"))
        self.resize(640, 480)
        shown = QPlainTextEdit("\n".join(text[at : at + 1_000] for at in range(0, len(text), 1_000)))
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("The whole text"))
        column = parts.dialog_column(self)
        column.addWidget(shown)
        column.addLayout(parts.row(None, parts.button(self.tr("Close"), self.accept)))
