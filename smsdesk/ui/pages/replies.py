"""Replies as they come in. Those that ask to be left alone are marked, and are on the blocklist already."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal

from smsdesk.domain.chinatime import written
from smsdesk.jobs import blocklist, inbox, tables_out
from smsdesk.jobs.blocklist import Added
from smsdesk.jobs.inbox import ReplyRow
from smsdesk.ui import texts
from smsdesk.ui.pages.inbox_page import InboxPage
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Changed, Workplace


class RepliesPage(InboxPage):
    """The last to arrive first."""

    unread = Signal(int)
    """How many replies nobody has seen."""

    def __init__(self, workplace: Workplace):
        columns = (
            Column("", lambda r: "" if r.read else "●", tone=lambda _r: "accent", width=30),
            Column(self.tr("Time"), lambda r: written(r.received_at), width=160),
            Column(self.tr("Number"), lambda r: r.mobile, width=120),
            Column(self.tr("Reply"), lambda r: r.content, width=320),
            Column(self.tr("Note"), self._note, tone=lambda _r: "warn", width=120),
            Column(self.tr("Campaign"), lambda r: r.campaign or "", width=160),
            Column(self.tr("The text that it answers"), lambda r: r.answers or ""),
        )
        empty = self.tr("No replies yet. They are fetched by themselves.")
        self.block_button = parts.button(self.tr("Put on the blocklist"), self._on_block)
        super().__init__(workplace, self.tr("Replies"), columns, inbox.replies, tables_out.save_replies, empty)
        self.buttons.insertWidget(self.buttons.indexOf(self.person_button), self.block_button)
        workplace.changed.connect(self._changed)
        self.table.selectionModel().currentRowChanged.connect(self._seen)
        self._count()

    def _enable(self) -> None:
        super()._enable()
        self.block_button.setEnabled(self.person_button.isEnabled())

    def _on_block(self) -> None:
        """Those who wrote the selected replies get nothing more."""
        ids = [row.id for row in self.selected()]

        def blocked(added: Added) -> None:
            self.notice.say(texts.added(added), "good")

        self.workplace.work(
            lambda desk, _stop, _tell: blocklist.add_senders(desk, ids),
            blocked,
            self.complain,
            changes=Changed(blocklist=True),
        )

    def _note(self, row: ReplyRow) -> str:
        return "⊘ " + self.tr("Opted out") if row.opt_out else ""

    def _changed(self, what: Changed) -> None:
        if what.replies:
            self.model.refresh()
            self._count()

    def _count(self) -> None:
        self.workplace.read(inbox.unread, self.unread.emit)

    def _seen(self, index: QModelIndex) -> None:
        """A reply that is looked at is read."""
        if index.isValid() and not self.model.rows[index.row()].read:
            reply_id = self.model.rows[index.row()].id
            self.workplace.work(
                lambda desk, _stop, _tell: inbox.mark_read(desk, [reply_id]),
                lambda _none: self._changed(Changed(replies=True)),
            )
