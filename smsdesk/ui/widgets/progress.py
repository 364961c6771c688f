"""How far long work is, and how long it still takes."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from smsdesk.ui import texts
from smsdesk.ui.widgets import parts

_SURE_S: Final = 2.0
"""Seconds before anything is said of the time left: before, it would jump about."""
_STEPS: Final = 1000


class Progress(QWidget):
    """A bar, and below it the time left once that can be told. What is hidden begins anew."""

    def __init__(self, name: str, parent: QWidget | None = None):
        """`name` is what a screen reader calls it."""
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.left = parts.quiet(wrap=False)
        self.left.hide()
        column = parts.column(self, spacing=1)
        column.addWidget(self.bar)
        column.addWidget(self.left)
        self._began: float | None = None
        self._done = 0
        self.tell(0, None)

    def tell(self, done: int, total: int | None) -> None:
        """So much is done, of so much; None or 0: nobody knows of how much."""
        if not total:
            self.bar.setRange(0, 0)
            self.left.hide()
            return
        if self._began is None or done < self._done:  # another part of the work
            self._began = time.monotonic()
        self._done = done
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(_STEPS * done // total)
        took = time.monotonic() - self._began
        if 0 < done < total and took > _SURE_S:
            left = texts.duration(took * (total - done) / done)
            self.left.setText(texts.fill(self.tr("about %1 left"), left))
            self.left.show()
        else:
            self.left.hide()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        super().hideEvent(event)
        if self.isHidden():  # and not only the page that it is on
            self._began = None
            self.tell(0, None)
