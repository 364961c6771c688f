"""The list of recipients that a page puts together: files, pasted texts and groups, those left out among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from smsdesk.domain.account import Account
from smsdesk.domain.errors import Cancelled, Problem
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.origin import READABLE, STORED, FromClipboard, FromKeyboard, How, Origin
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, importing, origins
from smsdesk.settings.list_draft import Entry, ListDraft
from smsdesk.ui.lane import Task
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.importing import Import, LeftOut, Part, Table
    from smsdesk.jobs.news import Stop, Tell
    from smsdesk.jobs.origins import Opened


@dataclass(slots=True, eq=False)
class Source:
    """A part of the list, as it is read now; or one whose numbers are left out of it."""

    table: Table
    origin: Origin
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
        self._pasted: set[str] = set()  # names that are taken
        self._typed: tuple[str, ...] = ()
        self._workplace = workplace
        self._tasks: dict[Task, Sequence[Entry]] = {}  # that read, and what they will add
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

    @property
    def draft(self) -> ListDraft:
        """The list as a draft, with what is still being read."""
        entries = {
            one.origin.key: Entry(one.origin, one.is_left_out, one.table.height - one.table.layout.first)
            for one in self.sources
        }
        for entry in chain.from_iterable(self._tasks.values()):
            entries.setdefault(entry.origin.key, entry)
        return ListDraft(tuple(entries.values()), self.visible_only)

    # -- what a person does --------------------------------------------------------------------------------

    def add(self, *parts: Origin) -> None:
        """Read parts of the list and add them to it; one that is in it already is read anew."""
        entries = [Entry(self._apart(part)) for part in parts]
        self._run(lambda *given: _read(entries, *given), lambda read: self._added(*read), adds=entries)

    def type_in(self, text: str, name: str) -> None:
        """Add numbers that were typed, to those that were typed before; `name` is what they are called."""
        self.add(FromKeyboard(name, tuple(_pieces(text))))

    def open_again(self, draft: ListDraft, on_opened: Callable[[], None]) -> None:
        """Add the parts of a list that was open before; `on_opened` is called unless there is none left of it."""

        def done(read: tuple[list[Source], list[Words]]) -> None:
            found, wrong = read
            if found:
                # That hidden rows are taken is asked again: others may be hidden by now, or are so in the list beside.
                leaves = draft.visible_only is True and (not self.sources or self.visible_only is True)
                self.visible_only = True if leaves else None
            self._added(found, wrong)
            if found:
                on_opened()

        entries = [replace(entry, origin=self._apart(entry.origin)) for entry in draft.entries]
        self._run(lambda *given: _read(entries, *given, is_again=True), done)

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
        if isinstance(source.origin, READABLE):
            source.origin = replace(source.origin, how=origins.chosen(source.origin.how, source.table, table))
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
        origin = source.origin
        if isinstance(origin, READABLE):
            origin = replace(origin, how=How(sheet, encoding, separator))

        def done(opened: Opened) -> None:
            source.origin, source.table = opened.origin, opened.table
            self._clean()
            on_done(source.table)

        return self._run(lambda desk, stop, tell: origins.read(desk, origin, stop, tell), done, on_error)

    def remove(self, source: Source) -> None:
        """Take a source off the list."""
        self.sources.remove(source)
        if isinstance(source.origin, FromKeyboard):
            self._typed = ()
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

    def _apart(self, part: Origin) -> Origin:
        """What was pasted has a name of its own; what is typed is one part, with what was typed before."""
        match part:
            case FromClipboard(name):
                free, count = name, 1
                while free in self._pasted:
                    count += 1
                    free = f"{name} {count}"
                self._pasted.add(free)
                return replace(part, name=free)
            case FromKeyboard(_, numbers):
                self._typed += numbers
                return replace(part, numbers=self._typed)
        return part

    def _run(
        self,
        work: Callable[[Callable[[], Desk], Stop, Tell], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Words], None] | None = None,
        adds: Sequence[Entry] = (),
    ) -> Task:
        def done(value: Any) -> None:
            del self._tasks[task]
            on_done(value)
            ended()

        def failed(words: Words) -> None:
            del self._tasks[task]
            (on_error or self.failed.emit)(words)
            ended()

        def ended() -> None:
            if not self._tasks:  # what was typed and not read, since reading was stopped, does not come back
                typed = (one.origin.numbers for one in self.sources if isinstance(one.origin, FromKeyboard))
                self._typed = next(typed, ())
            self.changed.emit()

        task = self._workplace.open_list(work, done, failed, self.progressed.emit)
        self._tasks[task] = adds
        self.changed.emit()
        return task

    def _added(self, found: list[Source], wrong: list[Words]) -> None:
        for place, new in enumerate(found):
            same = next((one for one in self.sources if one.origin.key == new.origin.key), None)
            if same is None:
                self.sources.append(new)
            else:
                same.table, same.origin = new.table, new.origin
                same.is_left_out |= new.is_left_out  # as it was before, where a list is opened again
                found[place] = same
        if wrong:
            self.failed.emit(Words("".join(one.zh for one in wrong), " ".join(one.en for one in wrong)))
        if found:
            self._clean()
            unclear = next((one for one in found if one.table.layout.column is None), None)
            if unclear is not None:
                self.unclear.emit(unclear)  # one question is enough; the list shows the others

    def _read_anew(self, found: list[Source], wrong: list[Words]) -> None:
        there = {one.origin.key for one in self.sources}  # one that was taken off meanwhile does not come back
        self._added([one for one in found if one.origin.key in there], wrong)

    def _account_chosen(self, account: Account | None) -> None:
        abroad = self._any_number or (account is not None and account.abroad)
        if abroad != self._abroad:
            self._abroad = abroad
            self._clean()

    def _changed(self, what: Changed) -> None:
        if what.blocklist and self.result is not None:
            self._count_blocked(self.result)
        if what.people:  # who is in a group is another question now
            stored = [Entry(one.origin) for one in self.sources if isinstance(one.origin, STORED)]
            if stored:
                self._run(lambda *given: _read(stored, *given), lambda read: self._read_anew(*read))

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


def _read(
    entries: Sequence[Entry], desk: Callable[[], Desk], stop: Stop, tell: Tell, *, is_again: bool = False
) -> tuple[list[Source], list[Words]]:
    """On a lane: what was read, and what has to be said of the rest."""
    open_one = origins.open_again if is_again else origins.read
    found, wrong = list[Source](), list[Words]()
    for entry in entries:
        try:
            opened = open_one(desk, entry.origin, stop, tell)
        except Cancelled:
            raise
        except Problem as exc:
            wrong.append(exc.words)
            if entry.is_left_out:
                wrong.append(_NOT_LEFT_OUT.fill(name=entry.origin.name))
            continue
        found.append(Source(opened.table, opened.origin, entry.is_left_out))
        if opened.remark:
            wrong.append(opened.remark)
    return found, wrong


_NOT_LEFT_OUT = Words(
    "“{name}”里的号码本应剔除，现在没有剔除。",
    "The numbers in “{name}” were to be left out, and are not left out now.",
)


def _pieces(text: str) -> list[str]:
    """The numbers that are typed in one line; blanks divide them where each part is a whole one."""
    pieces: list[str] = []
    for part in re.split(r"[,，;；、]", text):
        words = part.split()
        whole = len(words) > 1 and not any(isinstance(clean(word, abroad=True), Reason) for word in words)
        pieces += words if whole else [part.strip()]
    return [piece for piece in pieces if piece]
