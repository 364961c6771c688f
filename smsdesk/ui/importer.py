"""The list of recipients that a page puts together: files, pasted texts and groups, those left out among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from smsdesk.domain.account import Account
from smsdesk.domain.errors import Cancelled, Problem
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, importing, pasting
from smsdesk.ui.lane import Task
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.importing import Import, LeftOut, Part, Table
    from smsdesk.jobs.news import Stop, Tell


class Origin(Enum):
    """Where a source comes from."""

    FILE = auto()
    PASTED = auto()
    STORE = auto()
    """A group, or the people of a campaign: there is nothing to be read otherwise."""


_TYPED: Final = ("typed",)
"""The key of the numbers that were typed."""


@dataclass(slots=True, eq=False)
class Source:
    """A part of the list, as it is read now; or one whose numbers are left out of it."""

    table: Table
    origin: Origin
    key: object
    """What it is, however it is called: the same again takes its place."""
    make: Callable[[Desk], Table] | None = None
    """Reads a list of the store."""
    is_left_out: bool = False

    @property
    def name(self) -> str:
        """What the person calls it."""
        return self.table.path.name


class Importer(QObject):
    """What the list is made of and what became of it. `changed` tells that any of it is other than before."""

    changed = Signal()
    progressed = Signal(object)
    """:class:`Opening`, :class:`RowsRead` or :class:`RowsCleaned` of `jobs.importing`."""
    failed = Signal(object)
    """:class:`Words`: why a file was not read."""
    unclear = Signal(object)
    """:class:`Source` that was read and has no column that looks like mobile numbers, or the first of several."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None, *, any_number: bool = False):
        """`any_number`: numbers from abroad are good, whatever the account may send to."""
        super().__init__(parent)
        self.sources: list[Source] = []
        self.result: Import | None = None
        self.blocked = 0
        """How many of the recipients are on the blocklist, as far as that is known."""
        self.visible_only: bool | None = None
        """Whether hidden rows are left out; None until the person has said so."""
        self._parts: dict[Source, Part] = {}
        self._left_out: dict[Source, LeftOut] = {}
        self._pasted: Counter[str] = Counter()
        self._typed: list[str] = []
        self._workplace = workplace
        self._tasks: set[Task] = set()
        self._cleaning: Task | None = None
        self._counting: Task | None = None
        self._any_number = self._abroad = any_number
        workplace.chosen.connect(self._account_chosen)
        workplace.changed.connect(self._changed)

    @property
    def is_busy(self) -> bool:
        """Whether files are being read or their numbers cleaned."""
        return self.is_reading or self._cleaning is not None

    @property
    def is_reading(self) -> bool:
        """Whether files are being read, which :meth:`cancel` ends."""
        return bool(self._tasks)

    def part_of(self, source: Source) -> Part | None:
        """What became of a source's rows; None until that is known."""
        return self._parts.get(source)

    def left_out_of(self, source: Source) -> LeftOut | None:
        """What is left out for a source; None where it is not, or that is not known yet."""
        return self._left_out.get(source)

    # -- what a person does --------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and add them to the list; one that is in it already is read anew."""

        def read(stop: Stop, tell: Tell) -> tuple[list[Source], list[Words]]:
            found, wrong = list[Source](), list[Words]()
            for path in paths:
                try:
                    found.append(Source(importing.read_table(path, stop=stop, tell=tell), Origin.FILE, path.resolve()))
                except Cancelled:
                    raise
                except Problem as exc:
                    wrong.append(exc.words)
            return found, wrong

        self._run(read, self._added)

    def paste(self, text: str, name: str) -> None:
        """Add a text from the clipboard; `name` is what it is called."""
        self._pasted[name] += 1
        count = self._pasted[name]
        free = name if count == 1 else f"{name} {count}"

        def read(stop: Stop, tell: Tell) -> tuple[list[Source], list[Words]]:
            return [Source(pasting.pasted(text, free, stop=stop, tell=tell), Origin.PASTED, object())], []

        self._run(read, self._added)

    def type_in(self, text: str, name: str) -> None:
        """Add numbers that were typed, to those that were typed before; `name` is what they are called."""
        self._typed += _pieces(text)
        rows = [[piece] for piece in self._typed]
        self.add_list(_TYPED, lambda _desk: importing.Table.listed(name, [name], rows))

    def add_list(self, key: object, make: Callable[[Desk], Table]) -> None:
        """Add people that the store knows; `key` tells one such list from another."""

        def read(desk: Desk, _stop: Stop, _tell: Tell) -> tuple[list[Source], list[Words]]:
            return [Source(make(desk), Origin.STORE, key, make)], []

        self._run(read, self._added, put=self._workplace.work_long)

    def clear(self) -> None:
        """Take everything off the list."""
        self.cancel()
        self.sources.clear()
        self.visible_only = None
        self._clean()

    def leave_out(self, source: Source, *, is_left_out: bool) -> None:
        """Let the numbers of a source be left out of the list, or be part of it again."""
        source.is_left_out = is_left_out
        self._clean()

    def replace(self, source: Source, table: Table) -> None:
        """Read a source otherwise: another sheet, header row or column."""
        source.table = table
        self._clean()

    def read_again(
        self,
        source: Source,
        sheet: str,
        encoding: str | None,
        separator: str | None,
        on_done: Callable[[Table], None],
        on_error: Callable[[Words], None],
    ) -> Task:
        """Read a file again: a sheet that was not read along, or a text file in another encoding or separator."""
        path = source.table.path

        def read(stop: Stop, tell: Tell) -> Table:
            return importing.read_table(path, sheet=sheet, encoding=encoding, separator=separator, stop=stop, tell=tell)

        def done(table: Table) -> None:
            self.replace(source, table)
            on_done(table)

        return self._run(read, done, on_error)

    def remove(self, source: Source) -> None:
        """Take a source off the list."""
        self.sources.remove(source)
        if source.key == _TYPED:
            self._typed.clear()
        if not self.sources:
            self.visible_only = None  # the next list is another question
        self._clean()

    def choose_hidden(self, *, visible_only: bool) -> None:
        """Leave hidden rows out, or take them like any other."""
        self.visible_only = visible_only
        self._clean()

    def cancel(self) -> None:
        """Stop reading; the list stays as it was before."""
        for task in self._tasks:
            task.cancel()

    # -- how it goes on ------------------------------------------------------------------------------------

    def _run(
        self,
        work: Callable[..., Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Words], None] | None = None,
        put: Callable[..., Task] | None = None,
    ) -> Task:
        def done(value: Any) -> None:
            self._tasks.discard(task)
            on_done(value)
            self.changed.emit()

        def failed(words: Words) -> None:
            self._tasks.discard(task)
            (on_error or self.failed.emit)(words)
            self.changed.emit()

        task = (put or self._workplace.open_file)(work, done, failed, self.progressed.emit)
        self._tasks.add(task)
        self.changed.emit()
        return task

    def _added(self, read: tuple[list[Source], list[Words]]) -> None:
        found, wrong = read
        for place, new in enumerate(found):
            same = next((one for one in self.sources if one.key == new.key), None)
            if same is None:
                self.sources.append(new)
            else:
                same.table = new.table
                found[place] = same
        if wrong:
            self.failed.emit(Words("".join(one.zh for one in wrong), " ".join(one.en for one in wrong)))
        if found:
            self._clean()
            unclear = next((one for one in found if one.table.layout.column is None), None)
            if unclear is not None:
                self.unclear.emit(unclear)  # one question is enough; the list shows the others

    def _account_chosen(self, account: Account | None) -> None:
        abroad = self._any_number or (account is not None and account.abroad)
        if abroad != self._abroad:
            self._abroad = abroad
            self._clean()

    def _changed(self, what: Changed) -> None:
        if what.blocklist and self.result is not None:
            self._count_blocked(self.result)
        if what.people:  # who is in a group is another question now
            for source in self.sources:
                if source.make:
                    self.add_list(source.key, source.make)

    def _clean(self) -> None:
        """Clean all numbers anew. What was under way for an earlier state of the list ends without a word."""
        for task in (self._cleaning, self._counting):
            if task:
                task.cancel()
        self._cleaning = self._counting = None
        known = [source for source in self.sources if source.table.layout.column is not None]
        taken = [source for source in known if not source.is_left_out]
        left_out = [source for source in known if source.is_left_out]
        tables, without = [one.table for one in taken], [one.table for one in left_out]
        self._parts, self._left_out = {}, {}
        if not tables:
            self._cleaned(None)
            return
        visible_only, abroad = bool(self.visible_only), self._abroad

        def clean(stop: Stop, tell: Tell) -> Import:
            return importing.recipients(
                tables, without=without, visible_only=visible_only, abroad=abroad, stop=stop, tell=tell
            )

        def done(result: Import) -> None:
            if task is self._cleaning:
                self._parts = dict(zip(taken, result.parts, strict=True))
                self._left_out = dict(zip(left_out, result.left_out, strict=True))
                self._cleaned(result)

        def failed(words: Words) -> None:
            if task is self._cleaning:
                self._cleaning = None
                self.failed.emit(words)
                self.changed.emit()

        task = self._workplace.open_file(clean, done, failed, self.progressed.emit)
        self._cleaning = task
        self.changed.emit()

    def _cleaned(self, result: Import | None) -> None:
        self._cleaning = None
        self.result, self.blocked = result, 0
        self.changed.emit()
        if result is not None:
            self._count_blocked(result)

    def _count_blocked(self, result: Import) -> None:
        def counted(count: int) -> None:
            if result is self.result:
                self.blocked = count
                self.changed.emit()

        self._counting = self._workplace.work(
            lambda desk, stop, _tell: blocklist.count_among(desk, result.recipients.mobiles(), stop),
            counted,
            lambda _words: None,  # only told; sending looks again, and says what is wrong
        )


def _pieces(text: str) -> list[str]:
    """The numbers that are typed in one line; blanks divide them where each part is a whole one."""
    pieces: list[str] = []
    for part in re.split(r"[,，;；、]", text):
        words = part.split()
        whole = len(words) > 1 and not any(isinstance(clean(word, abroad=True), Reason) for word in words)
        pieces += words if whole else [part.strip()]
    return [piece for piece in pieces if piece]
