"""What became of every message: each with its state, the code and its meaning in plain words, among millions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import written
from smsdesk.domain.message import Status
from smsdesk.domain.mobile import beginning
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, explaining, tables_out
from smsdesk.jobs.campaigns import Part, Which
from smsdesk.jobs.listing import By, MessageRow, Wanted
from smsdesk.ui import habits, texts
from smsdesk.ui.dialogs.foreign_reports import ForeignReportsDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.listed import MOST, ListedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.days_field import DaysField
from smsdesk.ui.widgets.empty import Empty
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Changed, Workplace

_CAMPAIGNS: Final = 500
"""The newest, in the list to choose from."""

_NONE_FAILED: Final = Words("这个任务没有发送失败的短信。", "No message of this campaign has failed.")


class ReportsPage(Page):
    """Filters on top, which hold together; a click on a column's head sorts by it."""

    again = Signal(object, object)
    """:class:`Campaign` and :class:`Part`: its text and these of its people are wanted as a new draft."""
    write = Signal()
    """The person wants to begin a campaign."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._is_stale = True
        self._filters()
        keys, columns = zip(*self._columns(), strict=True)
        self.model = ListedModel(workplace, columns, keys, self)
        self.table = DataTable(self.tr("Messages and their status reports"), self.model)
        self.table.sort_by_head()
        self.table.activated.connect(lambda _index: self._on_person())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        self.column.addWidget(self.table, 1)
        self.detail = parts.quiet()
        self.detail.setAccessibleName(self.tr("What became of the chosen message"))
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.detail)
        self.part = parts.quiet(wrap=False)
        self.back_button = parts.icon_button("chevron-left", self.tr("The rows before"), lambda: self._on_part(-1))
        self.on_button = parts.icon_button("chevron-right", self.tr("The rows after"), lambda: self._on_part(1))
        self.column.addLayout(parts.row(None, self.back_button, self.part, self.on_button))
        self.empty = Empty(
            "mail-check",
            self.tr("Nothing has been sent yet"),
            self.tr("Here is every message that was sent: whether it arrived, and if not, why not and what to do."),
            parts.button(self.tr("New campaign"), self.write.emit, primary=True, icon="plus"),
            instead=(self.table,),
        )
        self.column.addWidget(self.empty, 1)
        self.model.found.connect(self._found)
        self.model.dataChanged.connect(lambda _first, _last: self._enable())
        self.model.not_read.connect(lambda _why: self._found())
        workplace.changed.connect(self._changed)
        self._enable()

    def _columns(self) -> Sequence[tuple[By, Column]]:
        return (
            (By.SUBMITTED, Column(self.tr("Submitted"), lambda r: written(r.submitted_at), width=150)),
            (By.MOBILE, Column(self.tr("Number"), lambda r: r.mobile, width=120)),
            (
                By.STATUS,
                Column(
                    self.tr("State"),
                    lambda r: texts.status(Status.of(r.state, r.delivery), self.workplace.say),
                    tone=lambda r: texts.tone(Status.of(r.state, r.delivery)),
                    width=120,
                ),
            ),
            (By.STAT, Column(self.tr("Code"), _code, width=90)),
            (By.STAT, Column(self.tr("What it means"), self._meaning, width=230)),
            (By.REPORTED, Column(self.tr("Reported"), lambda r: written(r.reported_at), width=150)),
            (By.CAMPAIGN, Column(self.tr("Campaign"), lambda r: r.campaign, width=130)),
            (By.SEGMENTS, Column(self.tr("Segments"), lambda r: str(r.segments), is_number=True, width=80)),
            (By.TEXT, Column(self.tr("Text"), lambda r: r.content)),
        )

    def _filters(self) -> None:
        self.mobile = SearchField(self.tr("The number's beginning"))
        self.text = SearchField(self.tr("A part of the text"))
        self.stat = SearchField(self.tr("Code"))
        self.campaign = parts.drop_down(self.tr("Campaign"))
        self.status = parts.drop_down(self.tr("State"))
        self.days = DaysField(self.tr("Submitted"))
        self.days.changed.connect(self._show)
        self._fill_status()
        habits.keep_choice(self.status, "status")
        self.mobile.setFixedWidth(170)
        self.text.setFixedWidth(170)
        self.stat.setFixedWidth(110)
        self.campaign.setMinimumContentsLength(14)
        self.campaign.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for field in (self.mobile, self.text, self.stat):
            field.searched.connect(lambda _text: self._show())
        for box in (self.campaign, self.status):
            box.activated.connect(lambda _place: self._show())
        self.count = parts.quiet(wrap=False)
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="circle-stop")
        self.stop_button.hide()
        self.clear_button = parts.button(self.tr("Show all"), self._on_clear, icon="x")
        self.foreign_button = parts.button(self.tr("Not sent from here…"), self._on_foreign)
        self.person_button = parts.button(self.tr("History of the number…"), self._on_person, icon="history")
        self.fetch_button = parts.button(self.tr("Fetch now"), self.workplace.poll_now, icon="refresh-cw")
        self.again_button = parts.button(self.tr("Failed ones as a new list"), self._on_again, icon="copy")
        self.again_button.setToolTip(
            self.tr("Everyone whom the chosen campaign did not reach, on the page that sends. Nothing is sent.")
        )
        self.column.addLayout(parts.row(self.mobile, self.campaign, self.status, self.stat, self.text, None))
        self.column.addLayout(parts.row(self.days, self.clear_button, None, self.again_button))
        self.export_button = ExportButton(self.workplace, self.tr("Status reports"), self._export)
        buttons = (self.foreign_button, self.person_button, self.export_button, self.fetch_button)
        self.column.addLayout(parts.row(self.count, self.stop_button, None, *buttons))
        self.column.setSpacing(2 * SPACE)

    def _fill_status(self) -> None:
        self.status.addItem(self.tr("Every state"), None)
        for status in Status:
            self.status.addItem(texts.status(status, self.workplace.say), status)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """What the filters ask for."""
        since, until = self.days.span()
        status: Status | None = self.status.currentData()
        return Wanted(
            campaign_id=self.campaign.currentData(),
            status=Status(status) if status else None,
            stat=self.stat.text().strip(),
            mobile=beginning(self.mobile.text()),
            text=self.text.text().strip(),
            since=since,
            until=until,
        )

    def _show(self) -> None:
        self._is_stale = False
        self.count.setText(self.tr("Searching…"))
        self.stop_button.show()
        self.model.show(self.wanted)

    def show_campaign(self, campaign: Campaign) -> None:
        """All messages of one campaign, however old it is."""
        if self.campaign.findData(campaign.id) < 0:
            self.campaign.addItem(_name(campaign), campaign.id)
        self._clear_filters()
        self.campaign.setCurrentIndex(self.campaign.findData(campaign.id))
        self._read()

    def showEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Read when it comes into sight, and not for every report that comes in meanwhile."""
        if self._is_stale:
            self._read()

    def _read(self) -> None:
        self.workplace.read(lambda desk: campaigns.newest_but_answers(desk, None, _CAMPAIGNS), self._fill_campaigns)
        self._show()

    def _fill_campaigns(self, found: Sequence[Campaign]) -> None:
        chosen, name = self.campaign.currentData(), self.campaign.currentText()
        self.campaign.clear()
        self.campaign.addItem(self.tr("Every campaign"), None)
        for campaign in found:
            self.campaign.addItem(_name(campaign), campaign.id)
        if chosen is not None and self.campaign.findData(chosen) < 0:
            self.campaign.addItem(name, chosen)  # an older one, from the page of campaigns
        self.campaign.setCurrentIndex(max(self.campaign.findData(chosen), 0))
        if len(found) == _CAMPAIGNS:
            self.campaign.addItem(self.tr("Older ones: on the page “Campaigns”, “Its status reports”"))
            if isinstance(model := self.campaign.model(), QStandardItemModel):
                model.item(self.campaign.count() - 1).setEnabled(False)

    def _changed(self, what: Changed) -> None:
        """Its states are read again where it is in sight; whether there are new ones, when it comes into sight."""
        if what.campaigns or what.reports:
            self._is_stale = True
            if self.isVisible():
                self.model.refresh()
                if self.model.total < MOST:
                    self.model.relist()

    def _found(self) -> None:
        count = self.model.total
        self.stop_button.setVisible(self.model.is_searching)
        self.count.setText("" if self.model.is_unlisted else self._how_many(count))
        self.empty.show_if(self.model.is_whole and not count and self.wanted == Wanted())
        self._show_part(count)
        self._enable()

    def _how_many(self, count: int) -> str:
        if self.model.is_whole:
            return self.tr("1 message") if count == 1 else texts.fill(self.tr("%1 messages"), texts.number(count))
        if self.model.is_stopped:
            return texts.fill(self.tr("The search was stopped; messages found until then: %1."), texts.number(count))
        found = texts.number(0 if self.model.is_of_before else count)
        if self.model.share is None:
            return texts.fill(self.tr("Messages so far: %1; searching…"), found)
        return texts.fill(self.tr("Messages so far: %1; %2 % searched…"), found, int(100 * self.model.share))

    def _show_part(self, total: int) -> None:
        first = self.model.part * MOST
        last = first + self.model.rowCount()
        self.part.setText(texts.fill(self.tr("%1 to %2"), texts.number(first + 1), texts.number(last)))
        for widget in (self.back_button, self.part, self.on_button):
            widget.setVisible(total > MOST)
        self.back_button.setEnabled(first > 0)
        self.on_button.setEnabled(last < total)

    def _on_part(self, step: int) -> None:
        self.model.show_part(self.model.part + step)
        self.table.scrollToTop()

    def _meaning(self, row: MessageRow) -> str:
        return self.workplace.say(explaining.of_message(row))

    def _enable(self) -> None:
        has_chosen = self.table.selectionModel().hasSelection()
        self.person_button.setEnabled(has_chosen)
        self.again_button.setEnabled(self.campaign.currentData() is not None)
        index = self.table.currentIndex()
        row = self.model.row_at(index.row()) if has_chosen and index.isValid() else None
        self.detail.setText(f"{row.mobile} · {self._meaning(row)}" if row else "")
        self.detail.setVisible(row is not None)

    # -- what a person does --------------------------------------------------------------------------------

    def _on_stop(self) -> None:
        self.model.stop()

    def _on_clear(self) -> None:
        self._clear_filters()
        self._show()

    def _clear_filters(self) -> None:
        for field in (self.mobile, self.text, self.stat):
            field.clear()
        for box in (self.campaign, self.status):
            box.setCurrentIndex(0)
        self.days.clear()
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)

    def _on_again(self) -> None:
        campaign_id: int = self.campaign.currentData()

        def known(campaign: Campaign) -> None:
            if campaign.counts.failed:
                self.again.emit(campaign, Part(Which.FAILED))
            else:
                self.complain(_NONE_FAILED)

        self.workplace.read(lambda desk: campaigns.get(desk, campaign_id), known, self.complain)

    def _on_person(self) -> None:
        rows = self.table.selected_rows()
        row = self.model.row_at(rows[0]) if rows else None
        if row:
            parts.ask(PersonDialog(self.workplace, row.mobile, self))

    def _export(self) -> Job:
        """Saves what is listed, in the order shown."""
        return partial(tables_out.save_listing, wanted=self.model.wanted, order=self.model.order)

    def _on_foreign(self) -> None:
        parts.ask(ForeignReportsDialog(self.workplace, self))


def _name(campaign: Campaign) -> str:
    return f"{campaign.name} · {texts.day_and_minute(campaign.created_at)}"


def _code(row: MessageRow) -> str:
    if row.stat:
        return row.stat
    return str(row.result) if row.result else ""
