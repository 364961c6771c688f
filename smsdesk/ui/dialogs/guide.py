"""The user guide inside the program: its headings on the left, its text with pictures on the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from smsdesk.ui import texts, theme
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.search_field import SearchField

_LIST_WIDTH: Final = 272
_LINE_HEIGHT: Final = 145.0
"""Percent: Chinese is read with ease only where its lines stand apart."""
_CELL_LINE_HEIGHT: Final = 115.0
_CHAPTER: Final = 2
"""The level of headings; those below it are set in."""
_MARGIN: Final = 5 * SPACE
_PICTURE: Final = "\ufffc"
"""What stands for a picture in the text."""
_IMAGE: Final = QTextDocument.ResourceType.ImageResource.value
_RESIZED_MS: Final = 120
"""So long after the last change of the window's size the pictures are made to fit."""


class GuideDialog(QDialog):
    """Not modal: one reads it beside the window. Enter in the search field goes to the next place, Shift+Enter back."""

    def __init__(self, file: Path, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("User guide"))
        self.resize(1080, 720)
        self.text = _Pages(file)
        self.text.setAccessibleName(self.tr("User guide"))
        self.search = SearchField(self.tr("Search the guide (Ctrl+F)"))
        self.search.setFixedWidth(_LIST_WIDTH)
        self.search.searched.connect(self._find)
        self.found = parts.quiet(wrap=False, name=self.tr("Places that were found"))
        self.headings = QListWidget()
        self.headings.setAccessibleName(self.tr("Contents"))
        self.headings.setFixedWidth(_LIST_WIDTH)
        self.headings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for block in self.text.headings:
            self._add(block)
        self.headings.setCurrentRow(0)
        self.headings.currentRowChanged.connect(self._go)
        self.headings.itemClicked.connect(lambda _item: self._go(self.headings.currentRow()))
        self.text.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._places: list[QTextCursor] = []
        self._at = 0
        self._is_going = False
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        for keys, by in (("Return", 1), ("Enter", 1), ("Shift+Return", -1), ("Shift+Enter", -1)):
            key = QShortcut(QKeySequence(keys), self.search, context=Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda by=by: self._step(by))
        self.text.setFocus()

    def _lay_out(self) -> None:
        column = parts.dialog_column(self)
        column.addLayout(parts.row(self.search, self.found, None))
        sides = QHBoxLayout()
        sides.setSpacing(4 * SPACE)
        sides.addWidget(self.headings)
        frame, inside = parts.card()
        inside.setContentsMargins(0, SPACE, 0, SPACE)  # the text has margins of its own
        inside.addWidget(self.text)
        sides.addWidget(frame, 1)
        column.addLayout(sides, 1)
        close = parts.button(self.tr("Close"), self.accept)
        close.setAutoDefault(False)
        column.addLayout(parts.row(None, close))

    # -- headings ------------------------------------------------------------------------------------------

    def _add(self, block: QTextBlock) -> None:
        depth = max(block.blockFormat().headingLevel() - _CHAPTER, 0)
        item = QListWidgetItem("\u2003" * depth + block.text())
        item.setData(Qt.ItemDataRole.AccessibleTextRole, block.text())
        item.setToolTip(block.text())
        self.headings.addItem(item)

    def _go(self, row: int) -> None:
        """Put a heading at the upper edge, or as near to it as the end of the text allows."""
        if row >= 0:
            self._is_going = True
            self.text.verticalScrollBar().setValue(self.text.top_of(self.text.headings[row]) - 2 * SPACE)
            self._is_going = False

    def _scrolled(self, top: int) -> None:
        """Mark the heading under which the upper edge stands."""
        if self._is_going:
            return
        above = [row for row, block in enumerate(self.text.headings) if self.text.top_of(block) <= top + 3 * SPACE]
        self.headings.blockSignals(True)
        self.headings.setCurrentRow(above[-1] if above else 0)
        self.headings.blockSignals(False)

    # -- search --------------------------------------------------------------------------------------------

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _find(self, wanted: str) -> None:
        self._places, self._at = self.text.places_of(wanted), 0
        if not wanted:
            self.found.setText("")
        elif not self._places:
            self.found.setText(self.tr("Not found. Try a shorter word."))
        self._show_place()

    def _step(self, by: int) -> None:
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._show_place()

    def _show_place(self) -> None:
        """Mark all places, and bring the present one into sight."""
        self.text.mark(self._places, self._at)
        if self._places:
            self.found.setText(texts.fill(self.tr("%1 of %2"), self._at + 1, len(self._places)))
        parts.announce(self.found, self.found.text())


class _Pages(QTextBrowser):
    """The text. Its pictures are those of the theme where there are such, and no wider than there is room."""

    def __init__(self, file: Path):
        super().__init__()
        self._folder = file.parent
        self._pictures: dict[str, QImage] = {}
        self._waiting: list[tuple[str, Path]] = []
        self._read = QTimer(self, singleShot=True, interval=0)
        self._read.timeout.connect(self._read_next)
        self._resized = QTimer(self, singleShot=True, interval=_RESIZED_MS)
        self._resized.timeout.connect(self._fit)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else it comes and goes with the fitting
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setIndentWidth(_MARGIN)
        self.document().setMarkdown(file.read_text(encoding="utf-8"))
        self._dress()
        self.headings = [block for block in self._blocks() if block.blockFormat().headingLevel()]

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def top_of(self, block: QTextBlock) -> int:
        """Where it begins, in pixels from the beginning of the text."""
        return round(self.document().documentLayout().blockBoundingRect(block).top())

    # -- search --------------------------------------------------------------------------------------------

    def places_of(self, wanted: str) -> list[QTextCursor]:
        """All places that have these words, whatever the case."""
        found: list[QTextCursor] = []
        at = self.document().find(wanted) if wanted else QTextCursor()
        while not at.isNull():
            found.append(at)
            at = self.document().find(wanted, at)
        return found

    def mark(self, places: list[QTextCursor], at: int) -> None:
        """Mark places, and bring one of them into sight."""
        tokens = theme.tokens_of(self.palette())
        marks = []
        for place, cursor in enumerate(places):
            one, is_chosen = QTextEdit.ExtraSelection(), place == at
            one.cursor = cursor
            one.format.setBackground(QColor(tokens.accent if is_chosen else tokens.accent_soft))
            one.format.setForeground(QColor(tokens.on_accent if is_chosen else tokens.text))
            marks.append(one)
        self.setExtraSelections(marks)
        if places:
            shown = QTextCursor(places[at])
            shown.clearSelection()
            self.setTextCursor(shown)

    # -- how it looks --------------------------------------------------------------------------------------

    def _dress(self) -> None:
        """Lines that stand apart, space above headings, and tables as elsewhere in the program."""
        tokens = theme.tokens_of(QApplication.palette())
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # laid out once, not after each of them
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format()
                table.setBorderCollapse(True)
                table.setBorder(1)
                table.setBorderBrush(QColor(tokens.line))
                table.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
                table.setCellPadding(2 * SPACE)
                table.setTopMargin(2 * SPACE)
                table.setBottomMargin(4 * SPACE)
                table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(table)
        for block in self._blocks():
            look = QTextBlockFormat()
            if _PICTURE in block.text():
                look.setBottomMargin(4 * SPACE)
            else:
                look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if block.blockFormat().headingLevel():
                look.setTopMargin(6 * SPACE)
                look.setBottomMargin(2 * SPACE)
            if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value):
                look.setBackground(QColor(tokens.raised))
                look.setNonBreakableLines(False)
            cursor.setPosition(block.position())
            if cursor.currentTable():  # the cells have space of their own
                look.setLineHeight(_CELL_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                look.setTopMargin(0)
                look.setBottomMargin(0)
            cursor.mergeBlockFormat(look)
        cursor.endEditBlock()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """See :class:`QTextBrowser`. Pictures are those beside the guide; blank ones of their size come first."""
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        named = QUrl(name).path()
        path = self._folder / named
        if theme.tokens_of(QApplication.palette()) is theme.DARK:
            dark = path.with_name(path.name.replace("-light.", "-dark."))
            path = dark if dark.is_file() else path
        blank = QImage(QImageReader(str(path)).size(), QImage.Format.Format_RGB32)
        blank.fill(QColor(theme.tokens_of(QApplication.palette()).raised))
        self._pictures[named] = blank
        self._waiting.append((named, path))
        self._read.start()
        return self._fitted(blank)

    def _read_next(self) -> None:
        """Put a picture where its blank is. One at a time: all of them at once would hold the window up."""
        named, path = self._waiting.pop(0)
        self._pictures[named] = picture = QImage(str(path))
        self.document().addResource(_IMAGE, QUrl(named), self._fitted(picture))
        self.viewport().update()
        if self._waiting:
            self._read.start()

    def _fitted(self, picture: QImage) -> QImage:
        """As wide as there is room, in the pixels of the screen, and never larger than it is."""
        scale = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * _MARGIN) * scale)
        if not 0 < room < picture.width() * scale:
            return picture
        fitted = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(scale)
        return fitted

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QTextBrowser`."""
        super().resizeEvent(event)
        self._resized.start()

    def _fit(self) -> None:
        """Make the pictures fit, and stay at what is being read."""
        top = self.cursorForPosition(QPoint(_MARGIN, _MARGIN)).block()
        past = self.verticalScrollBar().value() - self.top_of(top)
        for name, picture in self._pictures.items():
            self.document().addResource(_IMAGE, QUrl(name), self._fitted(picture))
        self.document().markContentsDirty(0, self.document().characterCount())
        self.verticalScrollBar().setValue(self.top_of(top) + past)
