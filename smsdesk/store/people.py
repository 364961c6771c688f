"""The address book: people, each number once, and the groups that they are in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from more_itertools import batched
from sqlalchemy import Connection, Row, bindparam, func, or_, select

from smsdesk.store.pages import page
from smsdesk.store.schema import members, people, people_groups
from smsdesk.store.statements import among, insert_new, listed, many

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the address book. `fields` is what the files that they came from say of them, by column."""

    id: int
    mobile: str
    name: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A group and how many people are in it."""

    id: int
    name: str
    size: int


class Member(NamedTuple):
    """A person in a group, by the names that both have for people."""

    group: str
    mobile: str


# -- groups ------------------------------------------------------------------------------------------------


def groups(conn: Connection) -> list[Group]:
    """All groups, by name."""
    rows = conn.execute(
        select(people_groups.c.id, people_groups.c.name, func.count(members.c.person_id))
        .outerjoin(members, members.c.group_id == people_groups.c.id)
        .group_by(people_groups.c.id, people_groups.c.name)
        .order_by(people_groups.c.name)
    )
    return [Group(*row) for row in rows]


def group_named(conn: Connection, name: str) -> int | None:
    """The id of the group with this name."""
    return conn.execute(select(people_groups.c.id).where(people_groups.c.name == name)).scalar()


def group_for(conn: Connection, name: str) -> int:
    """The id of the group with this name, which is made where there is none."""
    conn.execute(insert_new(conn.dialect.name, people_groups).values(name=name))
    return int(conn.execute(select(people_groups.c.id).where(people_groups.c.name == name)).scalar_one())


def rename_group(conn: Connection, group_id: int, name: str) -> None:
    """Give a group another name."""
    conn.execute(people_groups.update().where(people_groups.c.id == group_id).values(name=name))


def remove_group(conn: Connection, group_id: int) -> None:
    """Let go of a group; its people stay."""
    conn.execute(members.delete().where(members.c.group_id == group_id))
    conn.execute(people_groups.delete().where(people_groups.c.id == group_id))


def groups_of(conn: Connection, person_id: int) -> list[str]:
    """The names of the groups that a person is in."""
    query = (
        select(people_groups.c.name)
        .join(members, members.c.group_id == people_groups.c.id)
        .where(members.c.person_id == person_id)
        .order_by(people_groups.c.name)
    )
    return list(conn.execute(query).scalars())


def join_group(conn: Connection, group_id: int, person_ids: Iterable[int]) -> int:
    """Put people into a group; returns how many were not in it."""
    statement = _join(conn.dialect.name)
    rows = [(group_id, person_id) for person_id in person_ids]
    return many(conn, statement, ("group_id", "person_id"), rows) if rows else 0


@cache
def _join(dialect: str) -> Any:
    return insert_new(dialect, members).values(group_id=bindparam("group_id"), person_id=bindparam("person_id"))


def leave_group(conn: Connection, group_id: int, person_ids: Sequence[int]) -> None:
    """Take people out of a group; they stay in the address book."""
    for some in batched(person_ids, _AT_ONCE):
        conn.execute(members.delete().where(members.c.group_id == group_id, members.c.person_id.in_(some)))


def memberships(conn: Connection, person_ids: Sequence[int] | None = None, group_id: int | None = None) -> list[Member]:
    """Which of these people, or all, are in which groups, or in this one."""
    query = (
        select(people_groups.c.name, people.c.mobile)
        .join(members, members.c.group_id == people_groups.c.id)
        .join(people, people.c.id == members.c.person_id)
    )
    given = {}
    if group_id is not None:
        query = query.where(members.c.group_id == group_id)
    if person_ids is not None:
        query = query.where(among(conn.dialect.name, people.c.id, "ids"))
        given = {"ids": listed(conn, person_ids)}
    return [Member(*row) for row in conn.execute(query, given)]


# -- people ------------------------------------------------------------------------------------------------


def known(conn: Connection, mobiles: Iterable[str]) -> dict[str, Person]:
    """Those of these numbers that are in the address book."""
    rows = conn.execute(
        select(people).where(among(conn.dialect.name, people.c.mobile, "mobiles")), {"mobiles": listed(conn, mobiles)}
    )
    return {row.mobile: _person(row) for row in rows}


def with_ids(conn: Connection, person_ids: Iterable[int]) -> list[Person]:
    """Those of these people who are in the address book."""
    query = select(people).where(among(conn.dialect.name, people.c.id, "ids")).order_by(people.c.id)
    return [_person(row) for row in conn.execute(query, {"ids": listed(conn, person_ids)})]


def ids(conn: Connection, mobiles: Iterable[str]) -> list[int]:
    """The ids of these numbers, as far as they are in the address book."""
    query = select(people.c.id).where(among(conn.dialect.name, people.c.mobile, "mobiles"))
    return list(conn.execute(query, {"mobiles": listed(conn, mobiles)}).scalars())


def add(conn: Connection, new: Sequence[Person]) -> None:
    """Store people who are not in the address book; somebody else may have done so meanwhile."""
    if new:
        many(conn, _new(conn.dialect.name), _STORED, [tuple(_values(one).values()) for one in new])


@cache
def _new(dialect: str) -> Any:
    return insert_new(dialect, people).values({name: bindparam(name) for name in _STORED})


_STORED = ("mobile", "name", "tags", "note", "fields")


def change(conn: Connection, changed: Sequence[Person]) -> None:
    """Store what is said now of people who are in it."""
    if changed:
        many(conn, _CHANGE, (*_STORED, "_id"), [(*_values(one).values(), one.id) for one in changed])


_CHANGE = people.update().where(people.c.id == bindparam("_id")).values({name: bindparam(name) for name in _STORED})


def remove(conn: Connection, person_ids: Sequence[int]) -> None:
    """Let go of people. What was sent to them stays."""
    for some in batched(person_ids, _AT_ONCE):
        conn.execute(members.delete().where(members.c.person_id.in_(some)))
        conn.execute(people.delete().where(people.c.id.in_(some)))


def rows(
    conn: Connection, group_id: int | None = None, search: str = "", before: int | None = None, limit: int = 200
) -> list[Person]:
    """People of a group, or all, the last to come first; `before` is the id that the page before ended with.

    `search` is looked for at the beginning of numbers, and anywhere in names, tags and notes.
    """
    query, by = select(people), people.c.id
    if group_id is not None:  # by the index of members: a page would else sort the whole group
        query = query.join(members, members.c.person_id == people.c.id).where(members.c.group_id == group_id)
        by = members.c.person_id
    if search:
        texts = (column.icontains(search, autoescape=True) for column in (people.c.name, people.c.tags, people.c.note))
        query = query.where(or_(people.c.mobile.startswith(search, autoescape=True), *texts))
    return [_person(row) for row in conn.execute(page(query, by, before, limit))]


def size(conn: Connection) -> int:
    """How many people there are."""
    return conn.execute(select(func.count()).select_from(people)).scalar_one()


def _values(one: Person) -> dict[str, str]:
    return {
        "mobile": one.mobile,
        "name": one.name,
        "tags": " ".join(one.tags),
        "note": one.note,
        "fields": json.dumps(dict(one.fields), ensure_ascii=False),
    }


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.mobile, row.name, tuple(row.tags.split()), row.note, json.loads(row.fields))
