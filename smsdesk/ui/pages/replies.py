"""Replies as an inbox: conversations by number on the left; on the right what was said, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QInputDialog, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from smsdesk.domain.chinatime import day_begin, now
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.invisible import visible
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, conversations, inbox, people, tables_out
from smsdesk.jobs.conversations import Conversation, Found, Label, Marking, Only, Thread
from smsdesk.jobs.inbox import ReplyFilter
from smsdesk.jobs.people import Group
from smsdesk.ui import texts
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.conversations import ConversationDelegate, ConversationsModel
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import not_read, parts
from smsdesk.ui.widgets.answer_box import AnswerBox
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.widgets.thread_view import ThreadView
from smsdesk.ui.workplace import Changed, Workplace

_ENTRIES: Final = 50
"""What was said last; a button shows so many more."""


class RepliesPage(Page):
    """The last to write first. Who opts out is marked, and is on the blocklist already."""

    unread = Signal(int)
    """How many replies nobody has seen."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._mobile: str | None = None
        self._thread: Thread | None = None
        self._entries = _ENTRIES
        self._looked_at = 0  # the last reply that was marked as read by being shown
        self._labels: list[Label] = []
        self._search: Task | None = None
        self._marking: Task | None = None
        self._filters()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(3 * SPACE)
        split.addWidget(self._list_side())
        split.addWidget(self._thread_side())
        split.setSizes([380, 840])
        self.column.addWidget(split, 1)
        self._keys()
        workplace.changed.connect(self._changed)
        self._read_labels()
        self._reload()
        self._count()

    # -- how it is put together ----------------------------------------------------------------------------

    def _filters(self) -> None:
        self.search = SearchField(self.tr("Search numbers, names and texts (Ctrl+F)"))
        self.search.searched.connect(lambda _text: self._reload())
        self.only_unread = parts.choice(self.tr("Unread"))
        self.only_opted_out = parts.choice(self.tr("Opted out"))
        self.only_today = parts.choice(self.tr("Today"))
        chips = (self.only_unread, self.only_opted_out, self.only_today)
        for chip in chips:
            chip.toggled.connect(lambda _on: self._reload())
        self.label_box = QComboBox()
        self.label_box.setAccessibleName(self.tr("Only with the label"))
        self.label_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label_box.activated.connect(lambda _place: self._reload())
        self.all_read_button = parts.button(self.tr("Mark all as read"), self._on_all_read, icon="check")
        self.fetch_button = parts.button(self.tr("Fetch now"), self.workplace.poll_now, icon="refresh-cw")
        self.export_button = ExportButton(self.workplace, self.tr("Replies"), self._export)
        buttons = (self.all_read_button, self.export_button, self.fetch_button)
        self.column.addLayout(parts.row(self.search, *chips, self.label_box, None, *buttons))
        self.found = parts.quiet()
        self.found.setAccessibleName(self.tr("How the search goes"))
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        self.column.addLayout(parts.row(self.found, None, self.stop_button))
        self._show_search("", is_on=False)

    def _list_side(self) -> QWidget:
        self.model = ConversationsModel(self.workplace, self)
        self.list = QListView()
        self.list.setObjectName("conversations")
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConversationDelegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumWidth(300)
        self.not_read = not_read.over(self.list, self._reload)
        self.model.not_read.connect(self._say_not_read)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.answer.text.setFocus())
        self.hint = parts.quiet(self.tr("No replies yet. They are fetched by themselves."))
        side, column = _column()
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        return side

    def _thread_side(self) -> QWidget:
        self.who = parts.heading("")
        self.label_button, self._label_menu = parts.menu_button(self.tr("Label"), "tag")
        self.more_button, menu = parts.menu_button(self.tr("More"))
        self.unread_action = self._action(menu.addAction, self.tr("Mark as unread"), "Ctrl+U", self._on_unread)
        self.person_action = self._action(menu.addAction, self.tr("History of the number…"), "Ctrl+H", self._on_person)
        self.block_action = self._action(menu.addAction, self.tr("Put on the blocklist"), "Ctrl+B", self._on_block)
        self.group_action = self._action(menu.addAction, self.tr("Add to a group…"), "Ctrl+G", self._on_group)
        self.view = ThreadView(self.workplace)
        self.view.earlier.connect(self._on_earlier)
        self.answer = AnswerBox(self.workplace)
        frame, inner = parts.card()
        inner.addLayout(parts.row(self.who, None, self.label_button, self.more_button))
        inner.addWidget(self.view, 1)
        inner.addWidget(self.answer)
        nothing, column = _column()
        choose = parts.quiet(self.tr("Choose a conversation on the left."), wrap=False)
        choose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(choose)
        self.sides = QStackedWidget()
        self.sides.addWidget(nothing)
        self.sides.addWidget(frame)
        return self.sides

    def _action(self, add: Callable[[str], QAction], name: str, key: str, act: Callable[[], None]) -> QAction:
        action = add(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked: act() if self._mobile else None)
        self.addAction(action)
        return action

    def _keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+L", self.label_button.click),
            ("Ctrl+Shift+U", self._on_all_read),
            ("F5", self.workplace.poll_now),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- the list ------------------------------------------------------------------------------------------

    def _only(self) -> Only:
        return Only(
            unread=self.only_unread.isChecked(),
            opted_out=self.only_opted_out.isChecked(),
            since=day_begin(now()) if self.only_today.isChecked() else None,
            label_id=self.label_box.currentData(),
        )

    def _export(self) -> Job:
        """Saves the replies of what is shown; of a search those in which it finds what was typed."""
        only, text = self._only(), self.search.text().strip()
        wanted = ReplyFilter(
            since=only.since, unread=only.unread, opt_outs=only.opted_out, label_id=only.label_id, text=text
        )
        return partial(tables_out.save_replies, only=wanted)

    def _reload(self) -> None:
        """Another filter, another search, or other replies."""
        self._end_search()
        text = self.search.text().strip()
        if not text:
            self.model.reload(self._only(), self._listed)
            return
        only = self._only()
        self.model.forget()
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
                self.not_read.say(self.workplace.say(words))

        task = self.workplace.search(
            lambda desk, stop, tell: conversations.search(desk, text, only, stop, tell), done, failed, told
        )
        self._search = task

    def _show_found(self, found: Found) -> None:
        self.not_read.say("")
        self.model.show(found.rows)
        self._listed()

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

    def _say_not_read(self, why: str) -> None:
        self.not_read.say(why)
        if why:
            self.hint.hide()  # nobody knows whether there are any

    def _listed(self) -> None:
        """The rows are others; the number that is open stays chosen where it is among them."""
        is_all = self._only() == Only() and not self.search.text().strip()
        self.hint.setVisible(is_all and not self.model.rows)
        place = self.model.place_of(self._mobile) if self._mobile else None
        selection = self.list.selectionModel()
        selection.blockSignals(True)  # nobody has chosen anything
        self.list.setCurrentIndex(self.model.index(place) if place is not None else QModelIndex())
        selection.blockSignals(False)
        self.list.viewport().update()

    # -- the conversation ----------------------------------------------------------------------------------

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open(self.model.rows[index.row()].mobile)

    def open(self, mobile: str) -> None:
        """Show what was said with a number; it is read by that."""
        self._mobile, self._entries, self._looked_at = mobile, _ENTRIES, 0
        self._read_thread()

    def _read_thread(self) -> None:
        mobile, entries = self._mobile, self._entries
        if mobile is None:
            return

        def read(thread: Thread | None) -> None:
            if mobile == self._mobile and thread:
                self._show_thread(thread)
            elif mobile == self._mobile:  # its replies are gone
                self._mobile = self._thread = None
                self.sides.setCurrentIndex(0)

        self.workplace.read(lambda desk: conversations.thread(desk, mobile, entries), read)

    def _show_thread(self, thread: Thread) -> None:
        found = thread.conversation
        self._thread = thread
        self.who.setText(f"{visible(found.name)} · {found.mobile}" if found.name else found.mobile)
        self.label_button.setText(visible(self.workplace.say(found.label)) if found.label else self.tr("Label"))
        self.block_action.setEnabled(not found.is_blocked)
        self._fill_label_menu(found)
        self.sides.setCurrentIndex(1)
        self.view.show_thread(thread)
        self.answer.show_conversation(found)
        is_seen = self.isVisible() and (self._looked_at == 0 or self.isActiveWindow())
        if found.unread and is_seen and self._looked_at != found.last_id:
            self._change(lambda desk: conversations.mark_read(desk, found.mobile))
        if is_seen:
            self._looked_at = found.last_id

    def _on_earlier(self) -> None:
        self._entries *= 2
        self._read_thread()

    # -- labels --------------------------------------------------------------------------------------------

    def _read_labels(self) -> None:
        def read(labels: list[Label]) -> None:
            if labels == self._labels:
                return  # a menu that is open keeps its place
            self._labels = labels
            chosen = self.label_box.currentData()
            self.label_box.clear()
            self.label_box.addItem(self.tr("All labels"), None)
            for label in labels:
                self.label_box.addItem(visible(self.workplace.say(label.name)), label.id)
            self.label_box.setCurrentIndex(max(0, self.label_box.findData(chosen)))
            if self.label_box.currentData() != chosen:
                self._reload()
            if self._thread:
                self._fill_label_menu(self._thread.conversation)

        self.workplace.read(conversations.every_label, read)

    def _fill_label_menu(self, found: Conversation) -> None:
        menu, mobile = self._label_menu, found.mobile
        menu.clear()
        for id_, name in (
            (None, self.tr("No label")),
            *((one.id, self.workplace.say(one.name)) for one in self._labels),
        ):
            action = menu.addAction(visible(name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(id_ == found.label_id)
            action.triggered.connect(
                lambda _on, id_=id_: self._change(lambda desk: conversations.set_label(desk, mobile, id_))
            )
        menu.addSeparator()
        menu.addAction(self.tr("New label…")).triggered.connect(lambda _on: self._on_new_label(mobile))
        if found.label_id is not None and found.label:
            id_, name = found.label_id, self.workplace.say(found.label)
            menu.addAction(self.tr("Rename this label…")).triggered.connect(lambda _on: self._on_rename(id_, name))
            menu.addAction(self.tr("Remove this label…")).triggered.connect(lambda _on: self._on_remove(id_, name))

    def _on_new_label(self, mobile: str) -> None:
        name, is_given = QInputDialog.getText(self, self.tr("New label…"), self.tr("Its name:"))
        if is_given:
            self._change(lambda desk: conversations.set_label(desk, mobile, conversations.make_label(desk, name)))

    def _on_rename(self, label_id: int, name: str) -> None:
        new, is_given = QInputDialog.getText(self, self.tr("Rename this label…"), self.tr("Its name:"), text=name)
        if is_given:
            self._change(lambda desk: conversations.rename_label(desk, label_id, new))

    def _on_remove(self, label_id: int, name: str) -> None:
        question = self.tr("Remove the label “%1”? The conversations that have it stay, without it.")
        if parts.sure(self, self.tr("Remove"), texts.fill(question, visible(name))):
            self._change(lambda desk: conversations.remove_label(desk, label_id))

    # -- what a person does --------------------------------------------------------------------------------

    def _change(self, work: Callable[[Any], Any], changes: Changed | None = None) -> None:
        changes = changes or Changed(replies=True)
        self.workplace.work(lambda desk, _stop, _tell: work(desk), None, self.complain, changes=changes)

    def _on_unread(self) -> None:
        if mobile := self._mobile:
            self._change(lambda desk: conversations.mark_unread(desk, mobile))

    def _on_all_read(self) -> None:
        def ended(_result: object) -> None:
            self._marking = None
            self._show_search("", is_on=False)
            self.workplace.changed.emit(Changed(replies=True))  # also where it was stopped: some are read

        def failed(words: Words) -> None:
            ended(None)
            if words != Cancelled().words:
                self.complain(words)

        def told(news: Marking) -> None:
            self._show_search(texts.fill(self.tr("Marking as read… %1 %"), news.percent), is_on=True)

        if self._marking:
            return
        self._marking = self.workplace.work_long(conversations.mark_all_read, ended, failed, told)
        self._show_search(self.tr("Marking as read…"), is_on=True)

    def _on_person(self) -> None:
        if self._mobile:
            parts.ask(PersonDialog(self.workplace, self._mobile, self))

    def _on_block(self) -> None:
        """With the last reply as the reason."""
        if self._thread and self._thread.conversation.mobile == self._mobile:  # not the one that was open before
            ids = [self._thread.conversation.last_id]
            self._change(lambda desk: blocklist.add_senders(desk, ids), Changed(blocklist=True))

    def _on_group(self) -> None:
        mobile = self._mobile

        def ask(groups: list[Group]) -> None:
            names = [group.name for group in groups]
            line = self.tr("The group; another name makes a new one:")
            name, is_given = QInputDialog.getItem(self, self.tr("Add to a group…"), line, names)
            if is_given and mobile:
                self._change(lambda desk: conversations.join_group(desk, mobile, name), Changed(people=True))

        self.workplace.read(people.groups, ask)

    # -- news ----------------------------------------------------------------------------------------------

    def _changed(self, what: Changed) -> None:
        if what.replies:
            self._count()
            self._read_labels()
        if what.replies or what.people or what.blocklist:
            self._refresh()
        if what.replies or what.people or what.blocklist or what.campaigns or what.reports or what.accounts:
            self._read_thread()

    def _refresh(self) -> None:
        """Of a search only what it has found is read again: going through all replies anew would take seconds."""
        if not self.search.text().strip():
            self.model.reload(self._only(), self._listed)
            return
        if self._search is None:
            mobiles = [row.mobile for row in self.model.rows]
            self.workplace.read(lambda desk: conversations.of(desk, mobiles), self._read_again)

    def _read_again(self, rows: list[Conversation]) -> None:
        if {row.mobile for row in rows} == {row.mobile for row in self.model.rows}:
            self.model.show(rows)
            self._listed()

    def _count(self) -> None:
        self.workplace.read(inbox.unread, self.unread.emit)


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * SPACE)
    return side, column
