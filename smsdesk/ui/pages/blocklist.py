"""The blocklist: who gets nothing, since when, why and by whom; and those who were taken off it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QInputDialog, QLineEdit

from smsdesk.domain.chinatime import now, written
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, tables_out
from smsdesk.jobs.blocklist import Added, Adding, Blocked
from smsdesk.jobs.desk import Desk
from smsdesk.ui import texts
from smsdesk.ui.dialogs.numbers import NumbersDialog
from smsdesk.ui.dialogs.opt_out_words import OptOutWordsDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.empty import Empty
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Changed, Workplace


class BlocklistPage(Page):
    """A table with a search; numbers are put on it and taken off it."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self._mobile: str | None = None
        self._task: Task | None = None
        self.search = SearchField(self.tr("Search by the number's beginning"))
        self.search.searched.connect(self._search)
        self.which = parts.drop_down(self.tr("Which numbers are shown"))
        self.which.addItems([self.tr("On the blocklist"), self.tr("Taken off it")])
        self.which.activated.connect(lambda _place: self._show_which())
        self.count = parts.quiet(wrap=False)
        self.add_button = parts.button(self.tr("Add numbers…"), self._on_add, primary=True, icon="plus")
        self.export_button = ExportButton(workplace, self.tr("Blocklist"), self._export)
        self.words_button = parts.button(self.tr("Opt-out words…"), self._on_words)
        self.remove_button = parts.button(self.tr("Take off…"), self._on_remove, icon="undo-2")
        self.person_button = parts.button(self.tr("History…"), self._on_person, icon="history")
        self.column.addLayout(
            parts.row(
                self.search,
                self.which,
                self.count,
                None,
                self.person_button,
                self.remove_button,
                self.words_button,
                self.export_button,
                self.add_button,
            )
        )
        self.bar = Progress(self.tr("Adding numbers"))
        self.stop_button = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        self.column.addLayout(parts.row(self.bar, self.stop_button))
        self._show_adding(0, 0)
        self.model = PagedModel(workplace, self._columns(), self._fetch, self)
        self.table = DataTable(self.tr("Blocklist"), self.model)
        self.table.activated.connect(lambda _index: self._on_person())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        self.column.addWidget(self.table, 1)
        self.empty = Empty(
            "shield-ban",
            self.tr("Nobody is on the blocklist"),
            self.tr(
                "Who is on it gets no message, not even from a campaign that is on its way. Who replies TD or 退订 "
                "comes here by itself; add the numbers that another system has."
            ),
            parts.button(self.tr("Add numbers…"), self._on_add, icon="plus"),
            instead=(self.table,),
        )
        self.column.addWidget(self.empty, 1)
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        self.model.not_read.connect(lambda _why: self._filled())
        workplace.changed.connect(self._changed)
        self._show_which()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Number"), lambda b: b.mobile, width=130),
            Column(self.tr("Since"), lambda b: written(b.added_at), width=160),
            Column(self.tr("Why"), lambda b: self.workplace.say(b.reason), width=220),
            Column(self.tr("By"), lambda b: b.added_by or self.tr("by itself"), width=100),
            Column(self.tr("Reply"), lambda b: b.reply or "", width=200),
            Column(self.tr("Taken off"), self._removal),
        )

    def _removal(self, one: Blocked) -> str:
        if one.removed_at is None:
            return ""
        return " · ".join(part for part in (written(one.removed_at), one.removed_by, one.removed_why) if part)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def _is_former(self) -> bool:
        return self.which.currentIndex() == 1

    def _fetch(self, desk: Desk, before: int | None, limit: int) -> Sequence[Blocked]:
        return blocklist.rows(desk, self._mobile, former=self._is_former, before=before, limit=limit)

    def _search(self, text: str) -> None:
        self._mobile = "".join(text.split()) or None
        self.model.reload()

    def _show_which(self) -> None:
        self.table.setColumnHidden(len(self.model.columns) - 1, not self._is_former)
        self.model.reload()
        self._count()
        self._enable()

    def _changed(self, what: Changed) -> None:
        if what.blocklist:
            self.model.refresh()
            self._count()

    def _count(self) -> None:
        line = self.tr("Numbers on the blocklist: %1")
        self.workplace.read(blocklist.count, lambda n: self.count.setText(texts.fill(line, texts.number(n))))

    def _filled(self) -> None:
        self.empty.show_if(self.model.is_empty and not self._mobile and not self._is_former)
        self._enable()

    def _enable(self) -> None:
        any_number = self.table.selectionModel().hasSelection()
        self.person_button.setEnabled(any_number)
        self.remove_button.setEnabled(any_number and not self._is_former)
        self.add_button.setEnabled(self._task is None)

    # -- putting on ----------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        reason = QLineEdit()
        reason.setPlaceholderText(self.tr("for example: complained by phone"))
        dialog = NumbersDialog(
            self.workplace,
            self.tr("Add to the blocklist"),
            self.tr("Why"),
            reason,
            self.tr("Put on the blocklist: %1"),
            self,
        )
        if parts.ask(dialog) and dialog.numbers:
            numbers, why = dialog.numbers.recipients, reason.text().strip()
            said = Words(why, why) if why else blocklist.BY_HAND
            self._show_adding(0, len(numbers))
            self._task = self.workplace.work_long(
                lambda desk, stop, tell: blocklist.add(desk, numbers.mobiles(), said, stop, tell),
                self._added,
                self._failed,
                lambda news: self._show_adding(news.done if isinstance(news, Adding) else 0, len(numbers)),
            )
            self._enable()

    def _added(self, added: Added) -> None:
        self._end_adding()
        self.notice.say(texts.added(added), "good")

    def _failed(self, words: Words) -> None:
        self._end_adding()
        self.complain(words)

    def _end_adding(self) -> None:
        self._task = None
        self._show_adding(0, 0)
        self._enable()
        self.workplace.changed.emit(Changed(blocklist=True))

    def _show_adding(self, done: int, total: int) -> None:
        self.bar.tell(done, total)
        for widget in (self.bar, self.stop_button):
            widget.setVisible(total > 0)

    def _on_stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _on_person(self) -> None:
        if rows := self.table.selected_rows():
            parts.ask(PersonDialog(self.workplace, self.model.rows[rows[0]].mobile, self))

    # -- taking off ----------------------------------------------------------------------------------------

    def _on_remove(self) -> None:
        mobiles = [self.model.rows[row].mobile for row in self.table.selected_rows()]
        if not mobiles:
            return
        question = self.tr("Numbers that get messages again: %1. Why? It is kept with your name and the time.")
        opted_out = sum(self.model.rows[row].from_reply for row in self.table.selected_rows())
        if opted_out:
            warning = self.tr("! Of these, asked by a reply to get no more: %1.")
            question = f"{texts.fill(warning, texts.number(opted_out))}\n{question}"
        why, is_given = QInputDialog.getText(
            self, self.tr("Take off the blocklist"), texts.fill(question, texts.number(len(mobiles)))
        )
        if not is_given:
            return
        if not why.strip():
            self.complain(blocklist.NO_REASON)
            return

        def removed(count: int) -> None:
            line = texts.fill(self.tr("Taken off the blocklist: %1."), texts.number(count))
            self.notice.say(line, "good", self.tr("Undo"), undo)

        def undo() -> None:
            self.workplace.work(
                lambda desk, _stop, _tell: blocklist.put_back(desk, mobiles, at),
                on_error=self.complain,
                changes=Changed(blocklist=True),
            )

        at = now()
        self.workplace.work(
            lambda desk, _stop, _tell: blocklist.remove(desk, mobiles, why.strip(), at),
            removed,
            self.complain,
            changes=Changed(blocklist=True),
        )

    # -- the rest ------------------------------------------------------------------------------------------

    def _on_words(self) -> None:
        parts.ask(OptOutWordsDialog(self.workplace, self))

    def _export(self) -> Job:
        return partial(tables_out.save_blocklist, mobile=self._mobile, former=self._is_former)
