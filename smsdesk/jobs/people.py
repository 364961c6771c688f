"""The address book: people in named groups, taken from any recipient file, and written to like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from more_itertools import batched
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.words import Words, plain
from smsdesk.jobs import names
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.importing import Import, Table
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.store import people
from smsdesk.store.people import Group as Group
from smsdesk.store.people import Member
from smsdesk.store.people import Person as Person

_AT_ONCE = 1_000
"""People a transaction."""

NAME: Final = "姓名"
"""The column that a group has for the names of its people."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What was let go of, for :func:`put_back`."""

    people: tuple[Person, ...] = ()
    groups: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


_NAME_COLUMNS: Final = re.compile(
    r"(客户|会员|联系人|收件人|学生|员工|用户)?(姓名|名字|称呼)|联系人|(full.?)?name", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many people are new in the address book, how many were in it, and how many joined the group.

    `repeats` are further rows of numbers among them, whose values are not kept.
    """

    new: int
    known: int
    joined: int
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Keeping:
    """Progress: so many people are in it."""

    done: int
    total: int


# -- groups ------------------------------------------------------------------------------------------------


def groups(desk: Desk) -> list[Group]:
    """All groups with their sizes, by name."""
    with desk.database.read() as conn:
        return people.groups(conn)


def size(desk: Desk) -> int:
    """How many people there are."""
    with desk.database.read() as conn:
        return people.size(conn)


def rename_group(desk: Desk, group_id: int, name: str) -> None:
    """Give a group another name.

    Raises:
        InputProblem: it is empty, or another group has it.
    """
    name = names.of_group(name)
    with desk.database.write() as conn:
        if people.group_named(conn, name) not in (None, group_id):
            raise InputProblem(_TAKEN.fill(name=name))
        people.rename_group(conn, group_id, name)


def remove_group(desk: Desk, group_id: int) -> Removed:
    """Let go of a group; its people stay."""
    with desk.database.write() as conn:
        names = [group.name for group in people.groups(conn) if group.id == group_id]
        members = people.memberships(conn, group_id=group_id)
        people.remove_group(conn, group_id)
    return Removed(groups=tuple(names), members=tuple(members))


def group_named(desk: Desk, name: str) -> Group:
    """The group with this name.

    Raises:
        InputProblem: there is none; the sentence names those that there are.
    """
    found = groups(desk)
    for group in found:
        if group.name == names.one_line(name):
            return group
    known = "、".join(group.name for group in found) or "-"
    raise InputProblem(
        Words("没有名为“{name}”的分组。现有：{names}。", "There is no group “{name}”. There are: {names}.").fill(
            name=name, names=known
        )
    )


_TAKEN: Final = Words("已有名为“{name}”的分组。", "There is a group “{name}” already.")


# -- people ------------------------------------------------------------------------------------------------


def rows(
    desk: Desk, group_id: int | None = None, search: str = "", before: int | None = None, limit: int = 200
) -> list[Person]:
    """A page of people of a group, or of all, the last to come first; `before` is where the page before ended.

    `search` is looked for at the beginning of numbers, and anywhere in names, tags and notes.
    """
    with desk.database.read() as conn:
        return people.rows(conn, group_id, search, before, limit)


def every(desk: Desk, group_id: int | None = None, search: str = "") -> Iterator[Person]:
    """All people that :func:`rows` tells page by page."""
    before: int | None = None
    while found := rows(desk, group_id, search, before, _AT_ONCE):
        yield from found
        before = found[-1].id


def keep(desk: Desk, found: Import, group: str, stop: Stop, tell: Tell) -> Kept:
    """Put the people of an import into the address book and into a group, which is made where there is none.

    Who is known keeps tags and note; name and columns become those of the file where it has a value. Tells
    :class:`Keeping`.

    Raises:
        InputProblem: the group has no name.
        Cancelled: `stop` was set; who has been kept by then stays.
    """
    name = names.of_group(group)
    named = [one for one in found.columns if _NAME_COLUMNS.fullmatch(one.strip())]
    name_column = NAME if NAME in named else next(iter(named), None)
    with desk.database.write() as conn:
        group_id = people.group_for(conn, name)
    throttle, total = Throttle(tell), len(found.recipients)
    new = joined = done = 0
    for some in batched(found.recipients, _AT_ONCE):
        if stop.is_set():
            raise Cancelled
        try:
            with desk.database.write() as conn:
                ids, known = _keep_some(conn, some, name_column)
                joined += people.join_group(conn, group_id, ids)
        except IntegrityError:
            raise InputProblem(_GONE.fill(name=name)) from None
        new += len(some) - known
        done += len(some)
        throttle(Keeping(done, total))
    throttle.flush()
    return Kept(new, total - new, joined, len(found.repeats))


_GONE: Final = Words(
    "分组“{name}”刚刚被删除，没有全部加入。请重试。",
    "The group “{name}” was removed meanwhile, and not all are in it. Try again.",
)


def _keep_some(conn: Connection, some: Sequence[Recipient], name_column: str | None) -> tuple[list[int], int]:
    """The ids of these people in the address book, and how many of them were in it before."""
    before = people.known(conn, (one.mobile for one in some))
    new, changed = list[Person](), list[Person]()
    for one in some:
        fields = {column: value.strip() for column, value in one.fields.items() if value.strip()}
        name = fields.get(name_column or "", "")
        if old := before.get(one.mobile):
            changed.append(replace(old, name=name or old.name, fields={**old.fields, **fields}))
        else:
            new.append(Person(0, one.mobile, name, fields=fields))
    people.add(conn, new)
    people.change(conn, changed)
    return people.ids(conn, (one.mobile for one in some)), len(before)


def edit(
    desk: Desk, mobile: str, *, name: str | None = None, tags: Sequence[str] | None = None, note: str | None = None
) -> None:
    """Store another name, other tags or another note; None stays as it is.

    Columns that had the name before have the new one now: a text that names them means it.
    """
    with desk.database.write() as conn:
        person = people.known(conn, [mobile]).get(mobile)
        if person is None:
            return
        if tags is not None:
            person = replace(person, tags=tuple(map(plain, tags)))
        if note is not None:
            person = replace(person, note=plain(note))
        if name is not None and (new := plain(name)) != person.name:
            fields = {column: new if value == person.name else value for column, value in person.fields.items()}
            person = replace(person, name=new, fields=fields)
        people.change(conn, [person])


def leave_group(desk: Desk, group_id: int, person_ids: Sequence[int]) -> Removed:
    """Take people out of a group; they stay in the address book."""
    with desk.database.write() as conn:
        members = people.memberships(conn, person_ids, group_id)
        people.leave_group(conn, group_id, person_ids)
    return Removed(members=tuple(members))


def remove(desk: Desk, person_ids: Sequence[int]) -> Removed:
    """Let go of people. What was sent to them stays, and so does their place on the blocklist."""
    with desk.database.write() as conn:
        found, members = people.with_ids(conn, person_ids), people.memberships(conn, person_ids)
        people.remove(conn, person_ids)
    return Removed(tuple(found), members=tuple(members))


def put_back(desk: Desk, removed: Removed) -> None:
    """Let it be as if these had not been removed. Who or what is there again by now stays as it is."""
    with desk.database.write() as conn:
        people.add(conn, removed.people)
        for group in removed.groups:
            people.group_for(conn, group)
        for name in dict.fromkeys(member.group for member in removed.members):
            group_id = people.group_named(conn, name)
            if group_id is not None:  # else it was removed meanwhile, which nobody wants undone
                mobiles = (member.mobile for member in removed.members if member.group == name)
                people.join_group(conn, group_id, people.ids(conn, mobiles))


def remove_numbers(desk: Desk, mobiles: Iterable[str]) -> int:
    """Let go of the people with these numbers; returns how many there were."""
    with desk.database.write() as conn:
        ids = people.ids(conn, mobiles)
        people.remove(conn, ids)
    return len(ids)


def as_table(desk: Desk, group: Group | None, name: str) -> Table:
    """The people of a group, or all, as a list to send to; `name` is what the list is called.

    Its columns are those of the files that they came from, and :data:`NAME`.
    """
    group_id = group.id if group else None
    columns = dict.fromkeys(column for one in every(desk, group_id) for column in one.fields)
    columns.pop(NAME, None)
    named = [_NUMBER, NAME, *columns]
    return Table.listed(name, named, (_cells(one, columns) for one in every(desk, group_id)))


def known_as_table(desk: Desk, mobiles: Sequence[str], name: str) -> Table:
    """These numbers, each with what the address book says of it, as a list to send to."""
    found = dict[str, Person]()
    for some in batched(mobiles, _AT_ONCE):
        with desk.database.read() as conn:
            found.update(people.known(conn, some))
    columns = dict.fromkeys(column for one in found.values() for column in one.fields)
    columns.pop(NAME, None)
    named = [_NUMBER, NAME, *columns] if found else [_NUMBER]
    rows = (_cells(found.get(mobile) or Person(0, mobile), columns)[: len(named)] for mobile in mobiles)
    return Table.listed(name, named, rows)


_NUMBER: Final = "手机号"


def _cells(one: Person, columns: Iterable[str]) -> list[str]:
    return [one.mobile, one.name or one.fields.get(NAME, ""), *(one.fields.get(column, "") for column in columns)]
