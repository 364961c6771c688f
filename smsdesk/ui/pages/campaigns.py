"""All campaigns, and the one that is chosen in detail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from smsdesk.domain.campaign import Campaign, CampaignState
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, campaigns, tables_out
from smsdesk.jobs.blocklist import Added
from smsdesk.jobs.campaigns import Part
from smsdesk.jobs.sending import Sending
from smsdesk.ui import habits, printing, texts
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts, reporter
from smsdesk.ui.widgets.campaign_view import CampaignView
from smsdesk.ui.widgets.empty import Empty
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.reporter import ReportDialog
from smsdesk.ui.workplace import Changed, Workplace

_LIST_WIDTH: Final = 490
_NOT_COMPUTED: Final = Words(
    "统计还在计算，请稍候再试。", "The figures are still being computed; try again in a moment."
)


class CampaignsPage(Page):
    """The list on the left, the chosen one on the right."""

    again = Signal(object, object)
    """:class:`Campaign`, and :class:`Part` or None: its text and these of its people are wanted as a new draft."""

    reports = Signal(object)
    """:class:`Campaign`: its messages and their status reports are wanted."""

    write = Signal()
    """The person wants to begin a campaign."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        columns = (
            Column(self.tr("Name"), lambda c: c.name, stretches=True),
            Column(self.tr("State"), self._state, tone=lambda c: texts.tone(c.state), width=100),
            Column(self.tr("Total"), lambda c: texts.number(c.counts.total), is_number=True, width=70),
            Column(self.tr("Delivered"), lambda c: texts.number(c.counts.delivered), is_number=True, width=80),
            Column(self.tr("Made"), lambda c: texts.day_and_minute(c.created_at), width=100),
        )
        self.model = PagedModel(workplace, columns, campaigns.newest_but_answers, self)
        self.table = DataTable(self.tr("Campaigns"), self.model)
        self.again_button = parts.button(self.tr("Use again as a draft"), lambda: self._want(None), icon="copy")
        self.again_button.setToolTip(self.tr("Its text, and its people, on the page that sends. Nothing is sent."))
        self.block_button = parts.button(self.tr("Put its people on the blocklist…"), self._on_block, icon="ban")
        self.export_button = ExportButton(workplace, self.tr("Campaigns"), lambda: tables_out.save_campaigns)
        self.reports_button = parts.button(self.tr("Its status reports"), self._on_reports, icon="mail-check")
        self.reports_button.setToolTip(self.tr("Every message of the chosen campaign, on the page “Status reports”."))
        self.export_messages = ExportButton(workplace, self.tr("Messages of a campaign"), self._messages)
        self.export_messages.setText(self.tr("Export its messages…"))
        self.report_button = parts.button(self.tr("Report as PDF…"), self._on_report, icon="file-text")
        its = (self.again_button, self.export_messages, self.report_button, self.block_button)
        self.view = CampaignView(workplace, parts.row(*its, None))
        self.view.wanted.connect(self._want)
        self.view.said.connect(self.notice.say)
        halves = QSplitter()
        halves.setHandleWidth(3 * SPACE)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._list())
        halves.addWidget(self.view)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_LIST_WIDTH, 800])
        habits.keep(halves, halves.sizes, halves.setSizes, halves.splitterMoved, name="halves")
        self.column.addWidget(halves, 1)
        self.empty = Empty(
            "megaphone",
            self.tr("Nothing has been sent yet"),
            self.tr("Each send is a campaign. Here you follow how it goes, pause it, and see what came of it."),
            parts.button(self.tr("New campaign"), self.write.emit, primary=True, icon="plus"),
            instead=(halves,),
        )
        self.column.addWidget(self.empty, 1)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._compare())
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        self.model.not_read.connect(lambda _why: self._filled())
        workplace.changed.connect(self._changed)
        workplace.progressed.connect(self._progressed)
        self._to_show: int | None = None
        self._last: int | None = None  # the campaign that was chosen last
        self._chosen(QModelIndex())
        self.model.refresh()

    def show_campaign(self, campaign_id: int) -> None:
        """Choose a campaign, as soon as the list has it."""
        self._to_show = campaign_id
        self._filled()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while the page was out of sight is computed now."""
        super().showEvent(event)
        self._follow()

    def _list(self) -> QWidget:
        """All campaigns, and the way out for them."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(parts.row(self.reports_button, None, self.export_button))
        return made

    def _state(self, campaign: Campaign) -> str:
        """With the time at which one that waits goes on by itself."""
        if campaign.state is CampaignState.SCHEDULED and campaign.start_at:
            return texts.fill(self.tr("◷ Starts %1"), texts.day_and_minute(campaign.start_at))
        return texts.campaign_state(campaign.state, self.workplace.say)

    def _changed(self, what: Changed) -> None:
        if what.campaigns or what.replies:
            self.model.refresh()
            if self.isVisible():
                self.view.refresh()

    def _progressed(self, _news: Sending) -> None:
        if self.isVisible():
            self.model.refresh()
            self.view.refresh()

    def _filled(self) -> None:
        """The list is another one; the campaign that was chosen stays so, wherever it stands now."""
        self.empty.show_if(self.model.is_empty)
        ids = [campaign.id for campaign in self.model.rows]
        if self._to_show in ids:
            self.table.selectRow(ids.index(self._to_show))
            self._to_show = None
        elif ids and not self.table.currentIndex().isValid():
            self.table.selectRow(ids.index(self._last) if self._last in ids else 0)
        else:
            self._chosen(self.table.currentIndex())

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._last = self.model.rows[index.row()].id
        self.view.setVisible(index.isValid())
        self.reports_button.setEnabled(index.isValid())
        self._follow()

    def _follow(self) -> None:
        """Show the chosen campaign's figures as they are now; nobody computes for a page that is out of sight."""
        if self.isVisible():
            campaign = self._current()
            self.view.show_campaign(campaign.id if campaign else None)
            self._compare()

    def _compare(self) -> None:
        chosen = self.table.selected_rows() if self.isVisible() else []
        self.view.compare([self.model.rows[row].id for row in chosen])

    def _current(self) -> Campaign | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _messages(self) -> Job | None:
        campaign = self._current()
        return partial(tables_out.save_messages, campaign_id=campaign.id) if campaign else None

    def _want(self, part: Part | None) -> None:
        if campaign := self._current():
            self.again.emit(campaign, part)

    def _on_reports(self) -> None:
        if campaign := self._current():
            self.reports.emit(campaign)

    def _on_report(self) -> None:
        found = self.view.found
        if found is None:
            self.complain(_NOT_COMPUTED)
            return
        path = reporter.ask_for_path(self, self.workplace.folder, found.campaign.name)
        if path is None:
            return

        def saved(path: Path) -> None:
            self.notice.say(texts.fill(self.tr("The report is saved to %1."), path), "good")

        report = printing.report(found.campaign, self.view.charts, self.workplace.say)
        ReportDialog(self.workplace, report, path, saved, self.complain, self)

    def _on_block(self) -> None:
        campaign = self._current()
        if campaign is None:
            return
        question = self.tr("All people of “%2” (messages: %1) get no message any more, from no campaign.")
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
