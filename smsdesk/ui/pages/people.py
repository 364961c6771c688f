"""The address book: groups on the left, their people on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLineEdit, QVBoxLayout

from smsdesk.domain.words import Words
from smsdesk.jobs import people, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.people import Group, Keeping, Kept, Person, Removed
from smsdesk.ui import texts
from smsdesk.ui.dialogs.numbers import NumbersDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.empty import Empty
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Changed, Workplace


class PeoplePage(Page):
    """Groups are made from recipient files, and written to from here."""

    wanted = Signal(object)
    """:class:`Group`, or None for everybody: the person wants to write to them."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._search = ""
        self._group_id: int | None = None
        self._task: Task | None = None
        self._progress()
        sides = QHBoxLayout()
        sides.setSpacing(4 * SPACE)
        sides.addLayout(self._groups_side(), 2)
        sides.addLayout(self._people_side(), 5)
        self.column.addLayout(sides, 1)
        workplace.changed.connect(self._changed)
        self._read_groups()
        self.model.refresh()
        self._enable()

    def _progress(self) -> None:
        self.bar = Progress(self.tr("Adding people"))
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        self.column.addLayout(parts.row(self.bar, self.stop_button))
        self._show_keeping(None)

    def _groups_side(self) -> QVBoxLayout:
        columns = (
            Column(self.tr("Group"), lambda g: g.name if g.id else self.tr("Everybody"), width=180),
            Column(self.tr("People"), lambda g: texts.number(g.size), is_number=True),
        )
        self.groups = FixedModel(columns, self)
        self.groups_table = DataTable(self.tr("Groups"), self.groups)
        self.groups_table.setObjectName("groups")
        self.groups_table.selectionModel().currentRowChanged.connect(self._chosen)
        self.send_button = parts.button(self.tr("Write to them…"), self._on_send, icon="send")
        self.rename_button = parts.button(self.tr("Rename…"), self._on_rename, icon="pencil")
        self.drop_button = parts.button(self.tr("Remove"), self._on_drop, icon="trash-2")
        side = QVBoxLayout()
        side.setSpacing(2 * SPACE)
        side.addWidget(self.groups_table, 1)
        side.addLayout(parts.row(self.send_button, None, self.rename_button, self.drop_button))
        return side

    def _people_side(self) -> QVBoxLayout:
        self.search = SearchField(self.tr("Search numbers, names, tags, notes"))
        self.search.searched.connect(self._searched)
        self.add_button = parts.button(self.tr("Add people…"), self._on_add, primary=True, icon="user-plus")
        columns = (
            Column(self.tr("Number"), lambda p: p.mobile, width=130),
            Column(self.tr("Name"), lambda p: p.name, width=140),
            Column(self.tr("Tags"), lambda p: " ".join(p.tags), width=140),
            Column(self.tr("Note"), lambda p: p.note, width=160),
            Column(self.tr("What their files say"), self._said),
        )
        self.model = PagedModel(self.workplace, columns, self._fetch, self)
        self.table = DataTable(self.tr("People"), self.model)
        self.table.activated.connect(lambda index: self._open(self.model.rows[index.row()]))
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        self.open_button = parts.button(self.tr("History and notes…"), self._on_open, icon="history")
        self.leave_button = parts.button(self.tr("Take out of the group"), self._on_leave)
        self.remove_button = parts.button(self.tr("Remove people"), self._on_remove, icon="trash-2")
        side = QVBoxLayout()
        side.setSpacing(2 * SPACE)
        self.export_button = ExportButton(self.workplace, self.tr("People"), self._export)
        side.addLayout(parts.row(self.search, None, self.export_button, self.add_button))
        side.addWidget(self.table, 1)
        self.empty = Empty(
            "users",
            self.tr("Nobody is in the address book"),
            self.tr(
                "Keep people here whom you write to again and again. They come in from any recipient file, as a group "
                "that can be written to, or left out."
            ),
            parts.button(self.tr("Add people…"), self._on_add, icon="user-plus"),
            instead=(self.table,),
        )
        side.addWidget(self.empty, 1)
        side.addLayout(parts.row(self.open_button, None, self.leave_button, self.remove_button))
        return side

    def _said(self, person: Person) -> str:
        return " · ".join(f"{column}: {value}" for column, value in person.fields.items() if value != person.name)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def _group(self) -> Group | None:
        """The chosen group; None for everybody."""
        index = self.groups_table.currentIndex()
        group: Group | None = self.groups.rows[index.row()] if index.isValid() else None
        return group if group and group.id else None

    def _fetch(self, desk: Desk, before: int | None, limit: int) -> Sequence[Person]:
        return people.rows(desk, self._group_id, self._search, before, limit)

    def _export(self) -> Job:
        return partial(tables_out.save_people, group_id=self._group_id, search=self._search)

    def _changed(self, what: Changed) -> None:
        if what.people:
            self._read_groups()
            self.model.refresh()

    def _read_groups(self) -> None:
        self.workplace.read(lambda desk: (people.groups(desk), people.size(desk)), self._show_groups)

    def _show_groups(self, found: tuple[list[Group], int]) -> None:
        groups, everybody = found
        self.groups.show([Group(0, "", everybody), *groups])
        ids = [group.id for group in self.groups.rows]
        self.groups_table.selectRow(ids.index(self._group_id) if self._group_id in ids else 0)
        self.empty.show_if(everybody == 0)
        self._enable()

    def _chosen(self, _index: QModelIndex) -> None:
        group_id = self._group.id if self._group else None
        if group_id != self._group_id:
            self._group_id = group_id
            self.model.reload()
        self._enable()

    def _searched(self, text: str) -> None:
        self._search = text
        self.model.reload()

    def _enable(self) -> None:
        group, any_person = self._group, self.table.selectionModel().hasSelection()
        self.send_button.setEnabled(bool(self.groups.rows) and self.groups.rows[0].size > 0)
        for button in (self.rename_button, self.drop_button):
            button.setEnabled(group is not None)
        for button in (self.open_button, self.remove_button):
            button.setEnabled(any_person)
        self.leave_button.setEnabled(any_person and group is not None)
        self.add_button.setEnabled(self._task is None)

    # -- people in -----------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        name = QLineEdit(self._group.name if self._group else "")
        name.setPlaceholderText(self.tr("a new one, or one that is there"))
        title, action = self.tr("Add people"), self.tr("Add people: %1")
        dialog = NumbersDialog(self.workplace, title, self.tr("Group"), name, action, self, is_needed=True)
        if parts.ask(dialog) and dialog.numbers:
            numbers, group = dialog.numbers, name.text()
            self._task = self.workplace.work_long(
                lambda desk, stop, tell: people.keep(desk, numbers, group, stop, tell),
                self._kept,
                self._failed,
                self._show_keeping,
            )
            self._enable()

    def _kept(self, kept: Kept) -> None:
        self._end_keeping()
        line = self.tr("New people: %1, known: %2; joined the group: %3.")
        said = texts.fill(line, *map(texts.number, (kept.new, kept.known, kept.joined)))
        if kept.repeats:  # a family, or old values: one number is one person here
            more = self.tr("Further rows of the same numbers, which are not kept: %1. A number is one person.")
            self.notice.say(f"{said} {texts.fill(more, texts.number(kept.repeats))}", "warn")
        else:
            self.notice.say(said, "good")

    def _failed(self, words: Words) -> None:
        self._end_keeping()
        self.complain(words)

    def _end_keeping(self) -> None:
        self._task = None
        self._show_keeping(None)
        self._enable()
        self.workplace.changed.emit(Changed(people=True))

    def _show_keeping(self, news: Keeping | None) -> None:
        if news:
            self.bar.tell(news.done, news.total)
        for widget in (self.bar, self.stop_button):
            widget.setVisible(news is not None)

    def _on_stop(self) -> None:
        if self._task:
            self._task.cancel()

    # -- people and groups out -----------------------------------------------------------------------------

    def _selected(self) -> list[Person]:
        return [self.model.rows[row] for row in self.table.selected_rows()]

    def _on_open(self) -> None:
        if chosen := self._selected():
            self._open(chosen[0])

    def _open(self, person: Person) -> None:
        parts.ask(PersonDialog(self.workplace, person.mobile, self))

    def _on_leave(self) -> None:
        if (group := self._group) is not None:
            ids = [one.id for one in self._selected()]
            line = texts.fill(self.tr("People taken out of the group “%2”: %1."), texts.number(len(ids)), group.name)
            self._remove(lambda desk: people.leave_group(desk, group.id, ids), line)

    def _on_remove(self) -> None:
        ids = [one.id for one in self._selected()]
        line = self.tr("People taken out of the address book, with their tags and notes: %1. What was sent stays.")
        self._remove(lambda desk: people.remove(desk, ids), texts.fill(line, texts.number(len(ids))))

    def _on_rename(self) -> None:
        if (group := self._group) is None:
            return
        name, is_given = QInputDialog.getText(self, self.tr("Rename the group"), self.tr("Its name:"), text=group.name)
        if is_given:
            self._work(lambda desk: people.rename_group(desk, group.id, name))

    def _on_drop(self) -> None:
        if (group := self._group) is None:
            return
        line = texts.fill(self.tr("The group “%1” is removed. Its people stay in the address book."), group.name)
        self._remove(lambda desk: people.remove_group(desk, group.id), line)

    def _remove(self, work: Callable[[Desk], Removed], line: str) -> None:
        """Nobody is asked: it can be undone."""

        def done(removed: Removed) -> None:
            undo = partial(people.put_back, removed=removed)
            self.notice.say(line, "", self.tr("Undo"), lambda: self._work(undo))

        self.workplace.work(lambda desk, _stop, _tell: work(desk), done, self.complain, changes=Changed(people=True))

    def _on_send(self) -> None:
        self.wanted.emit(self._group)

    def _work(self, work: Callable[[Desk], None]) -> None:
        self.workplace.work(lambda desk, _stop, _tell: work(desk), on_error=self.complain, changes=Changed(people=True))
