"""Files dropped anywhere on a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_DRAGGING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrop(QObject):
    """Takes files that are dropped on a window, on its text fields too: these would write the file's address."""

    def __init__(self, window: QWidget, on_files: Callable[[list[Path]], None]):
        super().__init__(window)
        self._on_files = on_files
        window.setAcceptDrops(True)
        fields = [edit.viewport() for edit in window.findChildren(QPlainTextEdit)]
        for widget in (window, *fields, *window.findChildren(QLineEdit)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See :class:`QObject`."""
        if isinstance(event, QDropEvent) and (files := files_of(event.mimeData())):
            if event.type() in _DRAGGING:
                event.acceptProposedAction()
                return True
            if event.type() == QEvent.Type.Drop:
                event.acceptProposedAction()
                self._on_files(files)
                return True
        return super().eventFilter(watched, event)


def files_of(data: QMimeData) -> list[Path]:
    """The local files that were dragged or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
