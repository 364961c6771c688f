"""Replies as an inbox: conversations by number on the left; on the right what was said, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QInputDialog, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from smsdesk.domain.invisible import visible
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, conversations, people
from smsdesk.jobs.conversations import Conversation, Label, Thread
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.people import Group
from smsdesk.ui import habits, texts, theme
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.conversations import ConversationDelegate, ConversationsModel
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import not_read, parts
from smsdesk.ui.widgets.answer_box import AnswerBox
from smsdesk.ui.widgets.conversation_filters import ConversationFilters
from smsdesk.ui.widgets.thread_view import ThreadView
from smsdesk.ui.workplace import Changed, Workplace

_ENTRIES: Final = 30
"""What was said last; a button shows so many more, again and again."""


class RepliesPage(Page):
    """The last to write first. Who opts out is marked, and is on the blocklist already."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._mobile: str | None = None
        self._thread: Thread | None = None
        self._entries = _ENTRIES
        self._looked_at = 0  # the last reply that was marked as read by being shown
        self._labels: list[Label] = []
        self._missed = Changed(replies=True)  # while it was out of sight
        self.model = ConversationsModel(workplace, self)
        self.filters = ConversationFilters(workplace, self.model)
        self.filters.listed.connect(self._listed)
        self.filters.failed.connect(lambda words: self._say_not_read(workplace.say(words)))
        self.column.addWidget(self.filters)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(3 * SPACE)
        split.addWidget(self._list_side())
        split.addWidget(self._thread_side())
        split.setSizes([380, 840])
        habits.keep(split, split.sizes, split.setSizes, split.splitterMoved, name="split")
        self.column.addWidget(split, 1)
        self._keys()
        workplace.changed.connect(self._changed)

    # -- how it is put together ----------------------------------------------------------------------------

    def _list_side(self) -> QWidget:
        self.list = QListView()
        self.list.setObjectName("conversations")
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ConversationDelegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumWidth(300)
        self.not_read = not_read.over(self.list, self.filters.reload)
        self.model.not_read.connect(self._say_not_read)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.answer.text.setFocus())
        self.hint = parts.quiet(self.tr("No conversation is as the filters want it."))
        self.hint.hide()
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
        self.sides = QStackedWidget()
        self.sides.addWidget(self._nothing_chosen())
        self.sides.addWidget(frame)
        return self.sides

    def _nothing_chosen(self) -> QWidget:
        """What the page is for, as long as it shows no conversation."""
        self.purpose, self.purpose_more = parts.heading(""), parts.quiet()
        side, column = _column()
        column.addStretch(1)
        column.addWidget(parts.icon_label("inbox", size=theme.ICON_LARGE), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.purpose, self.purpose_more):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)
        return side

    def _action(self, add: Callable[[str], QAction], name: str, key: str, act: Callable[[], None]) -> QAction:
        action = add(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked: act() if self._mobile else None)
        self.addAction(action)
        return action

    def _keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("Ctrl+L", self.label_button.click),
            ("Ctrl+Shift+U", self.filters.mark_all_read),
            ("Esc", self._on_escape),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _on_escape(self) -> None:
        """Back to the list; out of the search field all are listed again."""
        if self.filters.search.hasFocus():
            self.filters.search.clear()
        self.list.setFocus()

    def _say_not_read(self, why: str) -> None:
        self.not_read.say(why)
        if why:  # nobody knows whether there are any
            self.hint.hide()
            self._show_purpose(is_empty=False)

    def _show_purpose(self, *, is_empty: bool) -> None:
        if is_empty:
            self.purpose.setText(self.tr("Nobody has replied yet"))
            more = self.tr(
                "What people write back comes in here by itself, and can be answered right here.\n"
                "Whoever opts out is put on the blocklist by itself."
            )
        else:
            self.purpose.setText(self.tr("Choose a conversation on the left."))
            more = self.tr("↑ ↓ choose · Enter: answer · Ctrl+Enter: send · Esc: back to the list")
        self.purpose_more.setText(more)

    def _listed(self) -> None:
        """The rows are others; the number that is open stays chosen where it is among them."""
        self.not_read.say("")
        is_empty, is_open = not self.model.rows, self.filters.is_open
        self.hint.setVisible(is_empty and not is_open)
        self._show_purpose(is_empty=is_empty and is_open)
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
        self._entries += _ENTRIES
        self._read_thread()

    # -- labels --------------------------------------------------------------------------------------------

    def _read_labels(self) -> None:
        def read(labels: list[Label]) -> None:
            if labels == self._labels:
                return  # a menu that is open keeps its place
            self._labels = labels
            self.filters.show_labels(labels)
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
            id_, words, name = found.label_id, found.label, self.workplace.say(found.label)
            menu.addAction(self.tr("Rename this label…")).triggered.connect(lambda _on: self._on_rename(id_, name))
            menu.addAction(self.tr("Remove this label")).triggered.connect(lambda _on: self._on_remove(id_, words))

    def _on_new_label(self, mobile: str) -> None:
        name, is_given = QInputDialog.getText(self, self.tr("New label…"), self.tr("Its name:"))
        if is_given:
            self._change(lambda desk: conversations.set_label(desk, mobile, conversations.make_label(desk, name)))

    def _on_rename(self, label_id: int, name: str) -> None:
        new, is_given = QInputDialog.getText(self, self.tr("Rename this label…"), self.tr("Its name:"), text=name)
        if is_given:
            self._change(lambda desk: conversations.rename_label(desk, label_id, new))

    def _on_remove(self, label_id: int, name: Words) -> None:
        """Nobody is asked: it can be undone."""

        def removed(mobiles: list[str]) -> None:
            line = texts.fill(
                self.tr("The label “%1” is removed. Conversations that had it: %2."), visible(said), len(mobiles)
            )
            self.notice.say(line, "", self.tr("Undo"), lambda: self._change(undo(mobiles)))

        def undo(mobiles: list[str]) -> Callable[[Desk], None]:
            return lambda desk: conversations.put_label_back(desk, name, mobiles)

        said = self.workplace.say(name)
        self.workplace.work(
            lambda desk, _stop, _tell: conversations.remove_label(desk, label_id),
            removed,
            self.complain,
            changes=Changed(replies=True),
        )

    # -- what a person does --------------------------------------------------------------------------------

    def _change(self, work: Callable[[Any], Any], changes: Changed | None = None) -> None:
        changes = changes or Changed(replies=True)
        self.workplace.work(lambda desk, _stop, _tell: work(desk), None, self.complain, changes=changes)

    def _on_unread(self) -> None:
        if mobile := self._mobile:
            self._change(lambda desk: conversations.mark_unread(desk, mobile))

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

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while the page was out of sight is read now; the open conversation is read by being seen."""
        super().showEvent(event)
        missed, self._missed = self._missed, Changed()
        self._read_again(missed)
        self._read_thread()

    def _changed(self, what: Changed) -> None:
        if self.isVisible():
            self._read_again(what)
        else:
            self._missed |= what

    def _read_again(self, what: Changed) -> None:
        if what.replies:
            self._read_labels()
        if what.replies or what.people or what.blocklist:
            self.filters.refresh()
        if what.replies or what.people or what.blocklist or what.campaigns or what.reports or what.accounts:
            self._read_thread()


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    column = parts.column(side)
    return side, column
