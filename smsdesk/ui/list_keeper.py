"""The list of recipients as a draft: kept as it is put together, and there again at the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject

from smsdesk.domain.origin import FromFile
from smsdesk.settings import list_draft
from smsdesk.settings.list_draft import ListDraft
from smsdesk.ui.importer import Importer
from smsdesk.ui.widgets.list_offer import ListOffer
from smsdesk.ui.workplace import Workplace

_EMPTY = ListDraft()


class ListKeeper(QObject):
    """Keeps what an importer has. What it had when the program ended is opened at once, or offered.

    Files may have changed since, or be far away: a list with any is only offered. What is offered stays kept until it
    is opened or refused, or something else takes its place.
    """

    def __init__(self, workplace: Workplace, name: str, importer: Importer, offer: ListOffer):
        super().__init__(importer)
        self._workplace, self._name, self._importer, self._offer = workplace, name, importer, offer
        self._waiting = self._sent = self._kept = _EMPTY
        offer.accepted.connect(self._open)
        offer.refused.connect(self._forget)
        workplace.load_draft(name, self._loaded)

    def sent(self, draft: ListDraft) -> None:
        """This list was sent: it is kept no longer, unless it is changed."""
        self._sent = draft
        self._keep()

    def _loaded(self, text: str) -> None:
        # A million pasted numbers take a moment to be read.
        self._workplace.beside(lambda _stop, _tell: list_draft.from_text(text), self._found)

    def _found(self, draft: ListDraft) -> None:
        self._waiting = self._kept = draft
        self._importer.changed.connect(self._keep)
        self._keep()
        if not draft.entries:
            return
        self._offer.show_draft(draft)
        has_files = any(isinstance(entry.origin, FromFile) for entry in draft.entries)
        if not (has_files or self._importer.sources or self._importer.is_reading):
            self._open()

    def _open(self) -> None:
        self._importer.open_again(self._waiting, self._opened)

    def _opened(self) -> None:
        self._waiting = _EMPTY

    def _forget(self) -> None:
        self._waiting = _EMPTY
        self._keep()

    def _keep(self) -> None:
        """Keep the list if it is another one than before: `changed` tells more than that."""
        self._offer.setVisible(bool(self._waiting.entries) and not self._importer.is_reading)
        draft = self._importer.draft
        if not draft.entries or draft == self._sent:
            draft = self._waiting
        if draft != self._kept:
            self._kept = draft
            self._workplace.keep_draft(self._name, lambda: list_draft.to_text(draft))
