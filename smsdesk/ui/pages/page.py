"""What all pages have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Words
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace


class Page(QWidget):
    """A page with a notice on top, hidden until there is something to say."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self.workplace = workplace
        self.notice = Notice()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        self.column.setSpacing(3 * SPACE)
        self.column.addWidget(self.notice)

    def complain(self, words: Words) -> None:
        """Show a problem in the page."""
        self.notice.complain(words, self.workplace.language)

    def not_done(self, words: Words) -> None:
        """Show why something was not done: a problem, unless the person has cancelled it."""
        if words == Cancelled().words:
            self.notice.say(self.workplace.say(words))
        else:
            self.complain(words)
