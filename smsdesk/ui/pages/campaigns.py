"""All campaigns, and the one that is chosen in detail."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from smsdesk.domain.campaign import Campaign, CampaignState, Kind
from smsdesk.jobs import blocklist, campaigns, tables_out
from smsdesk.jobs.blocklist import Added
from smsdesk.jobs.sending import Sending
from smsdesk.ui import texts
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.campaign_progress import CampaignProgress
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.workplace import Changed, Workplace


class CampaignsPage(Page):
    """The list on the left, the chosen one on the right."""

    again = Signal(object)
    """:class:`Campaign`: its text and people are wanted as a new draft."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        columns = (
            Column(self.tr("Name"), lambda c: c.name, width=160),
            Column(self.tr("State"), self._state, tone=lambda c: texts.tone(c.state), width=140),
            Column(self.tr("Kind"), self._kind, width=95),
            Column(self.tr("Total"), lambda c: texts.number(c.counts.total), is_number=True, width=70),
            Column(self.tr("Delivered"), lambda c: texts.number(c.counts.delivered), is_number=True, width=80),
            Column(self.tr("Failed"), lambda c: texts.number(c.counts.failed), is_number=True, width=70),
            Column(self.tr("Made"), lambda c: texts.day_and_minute(c.created_at)),
        )
        self.model = PagedModel(workplace, columns, campaigns.newest_but_answers, self)
        self.table = DataTable(self.tr("Campaigns"), self.model)
        self.detail = CampaignProgress(workplace)
        self.hint = parts.quiet(self.tr("Nothing has been sent yet. Start on the page “Bulk send”."))
        right = QVBoxLayout()
        right.addWidget(self.hint)
        right.addWidget(self.detail)
        self.again_button = parts.button(self.tr("Use again as a draft"), self._on_again)
        self.again_button.setToolTip(self.tr("Its text, and its people, on the page that sends. Nothing is sent."))
        self.block_button = parts.button(self.tr("Put its people on the blocklist…"), self._on_block)
        right.addLayout(parts.row(self.again_button, self.block_button, None))
        self.export_button = ExportButton(workplace, self.tr("Campaigns"), lambda: tables_out.save_campaigns)
        self.export_messages = ExportButton(workplace, self.tr("Messages of a campaign"), self._messages)
        self.export_messages.setText(self.tr("Export its messages…"))
        right.addLayout(parts.row(self.export_messages, self.export_button, None))
        right.addStretch(1)
        columns_box = QHBoxLayout()
        columns_box.setSpacing(4 * SPACE)
        columns_box.addWidget(self.table, 3)
        columns_box.addLayout(right, 2)
        self.column.addLayout(columns_box, 1)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        workplace.changed.connect(self._changed)
        workplace.progressed.connect(self._progressed)
        self._chosen(QModelIndex())
        self.model.refresh()

    def _state(self, campaign: Campaign) -> str:
        """With the time at which one that waits goes on by itself."""
        if campaign.state is CampaignState.SCHEDULED and campaign.start_at:
            return texts.fill(self.tr("◷ Starts %1"), texts.day_and_minute(campaign.start_at))
        return texts.campaign_state(campaign.state)

    def _kind(self, campaign: Campaign) -> str:
        if campaign.kind is Kind.BULK:
            return self.tr("Bulk send")
        return self.tr("Bulk, own texts") if campaign.text else self.tr("Point-to-point")

    def _changed(self, what: Changed) -> None:
        if what.campaigns:
            self.model.refresh()

    def _progressed(self, _news: Sending) -> None:
        if self.isVisible():
            self.model.refresh()

    def _filled(self) -> None:
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _chosen(self, index: QModelIndex) -> None:
        chosen = index.isValid()
        self.hint.setVisible(not self.model.rows)
        for button in (self.again_button, self.block_button, self.export_messages):
            button.setVisible(chosen)
        self.detail.show_campaign(self.model.rows[index.row()].id if chosen else None)

    def _current(self) -> Campaign | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _messages(self) -> Job | None:
        campaign = self._current()
        return partial(tables_out.save_messages, campaign_id=campaign.id) if campaign else None

    def _on_again(self) -> None:
        if campaign := self._current():
            self.again.emit(campaign)

    def _on_block(self) -> None:
        campaign = self._current()
        if campaign is None:
            return
        question = self.tr("All people of “%2” (%1 messages) get no message any more, from no campaign.")
        filled = texts.fill(question, texts.number(campaign.counts.total), campaign.name)
        if not parts.sure(self, self.tr("Put on the blocklist"), filled):
            return

        def blocked(added: Added) -> None:
            self.notice.say(texts.added(added), "good")

        self.workplace.work_long(
            lambda desk, stop, tell: blocklist.add_campaign(desk, campaign, stop, tell),
            blocked,
            self.complain,
            changes=Changed(blocklist=True),
        )
