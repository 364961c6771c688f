"""Which conversations the inbox lists: the filters, the search, and what is done to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from smsdesk.domain.chinatime import day_begin, now
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.invisible import visible
from smsdesk.domain.words import Words
from smsdesk.jobs import conversations, tables_out
from smsdesk.jobs.conversations import Conversation, Found, Label, Marking, Only
from smsdesk.jobs.inbox import ReplyFilter
from smsdesk.ui import habits, texts
from smsdesk.ui.lane import Task
from smsdesk.ui.tables.conversations import ConversationsModel
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Changed, Workplace


class ConversationFilters(QWidget):
    """Fills the model of the list."""

    listed = Signal()
    """The rows are others."""
    failed = Signal(object)
    """:class:`Words`: the search could not be made."""

    def __init__(self, workplace: Workplace, model: ConversationsModel, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self._model = workplace, model
        self._search: Task | None = None
        self._marking: Task | None = None
        self.search = SearchField(self.tr("Number, name or text (Ctrl+F)"))
        self.search.searched.connect(lambda _text: self.reload())
        self.only_unread = parts.choice(self.tr("Unread"))
        self.only_opted_out = parts.choice(self.tr("Opted out"))
        self.only_today = parts.choice(self.tr("Today"))
        chips = (self.only_unread, self.only_opted_out, self.only_today)
        for chip in chips:
            chip.toggled.connect(lambda _on: self.reload())
        habits.keep_switch(self.only_unread, "unread")
        habits.keep_switch(self.only_opted_out, "opted out")
        self.label_box = parts.drop_down(self.tr("Only with the label"))
        self.label_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label_box.activated.connect(lambda _place: self.reload())
        self.all_read_button = parts.button(self.tr("Mark all as read"), self.mark_all_read, icon="check")
        self.fetch_button = parts.button(self.tr("Fetch now"), workplace.poll_now, icon="refresh-cw")
        self.export_button = ExportButton(workplace, self.tr("Replies"), self._export)
        self.found = parts.quiet(name=self.tr("How the search goes"))
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        column = parts.column(self)
        buttons = (self.all_read_button, self.export_button, self.fetch_button)
        column.addLayout(parts.row(self.search, *chips, self.label_box, None, *buttons))
        column.addLayout(parts.row(self.found, None, self.stop_button))
        self._show_search("", is_on=False)

    @property
    def only(self) -> Only:
        """What is chosen, but for the search."""
        return Only(
            unread=self.only_unread.isChecked(),
            opted_out=self.only_opted_out.isChecked(),
            since=day_begin(now()) if self.only_today.isChecked() else None,
            label_id=self.label_box.currentData(),
        )

    @property
    def is_open(self) -> bool:
        """Whether all conversations are listed."""
        return self.only == Only() and not self.search.text().strip()

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Offer these; the one that is chosen stays so where it is among them."""
        chosen = self.label_box.currentData()
        self.label_box.clear()
        self.label_box.addItem(self.tr("All labels"), None)
        for label in labels:
            self.label_box.addItem(visible(self._workplace.say(label.name)), label.id)
        self.label_box.setCurrentIndex(max(0, self.label_box.findData(chosen)))
        if self.label_box.currentData() != chosen:
            self.reload()

    def _export(self) -> Job:
        """Saves the replies of what is shown; of a search those in which it finds what was typed."""
        only, text = self.only, self.search.text().strip()
        wanted = ReplyFilter(
            since=only.since, unread=only.unread, opt_outs=only.opted_out, label_id=only.label_id, text=text
        )
        return partial(tables_out.save_replies, only=wanted)

    # -- the search ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Another filter, another search, or other replies."""
        self._end_search()
        text = self.search.text().strip()
        if not text:
            self._model.reload(self.only, self.listed.emit)
            return
        only = self.only
        self._model.forget()
        self._show_search(self.tr("Searching…"), is_on=True)

        def told(found: Found) -> None:
            if self._search is task:
                self._show_found(found)
                self._show_search(texts.fill(self.tr("Searching… %1 %"), found.percent), is_on=True)

        def done(found: Found) -> None:
            if self._search is task:
                self._search = None
                self._show_found(found)
                line = self.tr("Found: %1")
                if len(found.rows) >= conversations.MOST_FOUND:
                    line = self.tr("The first %1 are shown; type more to find fewer.")
                self._show_search(texts.fill(line, texts.number(len(found.rows))), is_on=False)

        def failed(words: Words) -> None:
            if self._search is task:
                self._search = None
                self._show_search("", is_on=False)
                self.failed.emit(words)

        task = self._workplace.search(
            lambda desk, stop, tell: conversations.search(desk, text, only, stop, tell), done, failed, told
        )
        self._search = task

    def refresh(self) -> None:
        """Of a search only what it has found is read again: going through all replies anew would take seconds."""
        if not self.search.text().strip():
            self._model.reload(self.only, self.listed.emit)
        elif self._search is None:
            mobiles = [row.mobile for row in self._model.rows]
            self._workplace.read(lambda desk: conversations.of(desk, mobiles), self._read_again)

    def _read_again(self, rows: list[Conversation]) -> None:
        if {row.mobile for row in rows} == {row.mobile for row in self._model.rows}:
            self._model.show(rows)
            self.listed.emit()

    def _show_found(self, found: Found) -> None:
        self._model.show(found.rows)
        self.listed.emit()

    def _show_search(self, text: str, *, is_on: bool) -> None:
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self.stop_button.setVisible(is_on or self._marking is not None)

    def _on_stop(self) -> None:
        if self._marking:
            self._marking.cancel()
        self._end_search()

    def _end_search(self) -> None:
        """What has been found by now stays in sight."""
        if self._search:
            self._search.cancel()
            self._search = None
        self._show_search("", is_on=False)

    # -- all of them ---------------------------------------------------------------------------------------

    def mark_all_read(self) -> None:
        """Every reply has been seen, whatever the filters show."""

        def ended(_result: object) -> None:
            self._marking = None
            self._show_search("", is_on=False)
            self._workplace.changed.emit(Changed(replies=True))  # also where it was stopped: some are read

        def failed(words: Words) -> None:
            ended(None)
            if words != Cancelled().words:
                self._workplace.told.emit(words)

        def told(news: Marking) -> None:
            self._show_search(texts.fill(self.tr("Marking as read… %1 %"), news.percent), is_on=True)

        if self._marking:
            return
        self._marking = self._workplace.work_long(conversations.mark_all_read, ended, failed, told)
        self._show_search(self.tr("Marking as read…"), is_on=True)
