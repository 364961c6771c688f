"""The list that was open when the program ended, offered until somebody opens it or has no use for it any more."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel

from smsdesk.settings.list_draft import Entry, ListDraft
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_NAMED: Final = 5
"""Parts that are named."""


class ListOffer(QFrame):
    """Hidden while there is none."""

    accepted = Signal()
    refused = Signal()
    """It need not be kept any longer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.line = QLabel()
        self.line.setWordWrap(True)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.open_button = parts.button(self.tr("Open it again"), self.accepted.emit)
        self.forget_button = parts.button(self.tr("Forget it"), self._on_forget)
        row = parts.row(self.line, self.open_button, self.forget_button)
        row.setStretch(0, 1)
        row.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, SPACE)
        self.setLayout(row)
        self.hide()

    def show_draft(self, draft: ListDraft) -> None:
        """Say what was on the list."""
        entries = sorted(draft.entries, key=lambda entry: entry.is_left_out)
        named = [self._part(entry) for entry in entries[:_NAMED]]
        if len(entries) > _NAMED:
            named.append("…")
        line = texts.fill(self.tr("The list that was open: %1"), self.tr(", ").join(named))
        self.line.setText(line)
        parts.announce(self.line, line)

    def _part(self, entry: Entry) -> str:
        name = entry.origin.name
        if entry.rows:  # else it was still being read
            name = texts.fill(self.tr("%1 (%2 rows)"), name, texts.number(entry.rows))
        return texts.fill(self.tr("without %1"), name) if entry.is_left_out else name

    def _on_forget(self) -> None:
        question = self.tr("Forget this list? Its files stay where they are; numbers that were pasted are gone.")
        if parts.sure(self, self.forget_button.text(), question):
            self.refused.emit()
