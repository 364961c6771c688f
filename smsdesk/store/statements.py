"""SQL that differs between SQLite and PostgreSQL, or that SQLAlchemy would run slowly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ClauseElement,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Select,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError


def insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves out rows which are there already; `dialect` is the name of the connection's."""
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def among(dialect: str, column: Column[Any], parameter: str) -> ColumnElement[bool]:
    """`column IN` the list that `parameter` will be, see :func:`listed`; `dialect` is the name of the connection's.

    One parameter, however long the list, so that a statement is put together once a dialect and kept: that costs
    more than running it.
    """
    if dialect == "postgresql":
        return column == any_(bindparam(parameter, type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(bindparam(parameter, type_=Text)).table_valued("value").c.value))


def listed(conn: Connection, values: Iterable[Any]) -> Any:
    """Numbers or texts, as the parameter of :func:`among`."""
    return list(values) if conn.dialect.name == "postgresql" else json.dumps(list(values))


def keyed(dialect: str, parameter: str) -> Any:
    """A table of `key`, an integer, and `value`, a text: the dict that `parameter` will be, see :func:`as_keyed`.

    For the some hundred rows of a batch: one statement, which leaves Python free for other threads while it runs.
    """
    given = bindparam(parameter, type_=Text)
    each = func.json_each_text(cast(given, JSON)) if dialect == "postgresql" else func.json_each(given)
    pairs = each.table_valued("key", "value", name="given")
    return select(cast(pairs.c.key, BigInteger).label("key"), pairs.c.value.label("value")).subquery("pairs")


def as_keyed(values: Mapping[int, str | None]) -> str:
    """A dict, as the parameter of :func:`keyed`."""
    return json.dumps(values)


def in_one(dialect: str, rows: Select[Any]) -> Select[Any]:
    """A SELECT whose one value holds all of the rows, for :func:`from_one`.

    Each row that is fetched lets go of Python for a moment, and has to wait for it where other threads are at work.
    """
    inner = rows.subquery("one")
    if dialect == "postgresql":
        return select(cast(func.json_agg(func.json_build_array(*inner.c)), Text))
    return select(func.json_group_array(func.json_array(*inner.c)))


def from_one(value: str | None) -> list[list[Any]]:
    """The rows in the value of a statement made by :func:`in_one`: numbers, texts, None and truth values."""
    return list(json.loads(value or "[]"))


def driven(conn: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> Any:
    """Run a statement by the driver and return its cursor; `values` are what it takes: integers, texts, truth values.

    For the few statements of each batch: SQLAlchemy's own way, which converts every value, takes longer than SQLite
    does to run them.
    """
    sql, names, fixed = _compiled(statement, conn.dialect)
    given = {**fixed, **values}
    cursor = conn.connection.cursor()
    try:
        cursor.execute(sql, [given[name] for name in names] if names else given)
    except conn.dialect.loaded_dbapi.Error as exc:
        raise DBAPIError(None, None, exc) from None
    return cursor


def many(conn: Connection, statement: Insert | Update, values: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement once for each of `values`, which are what the driver takes: integers, texts, truth values.

    Returns how many rows it changed. SQLAlchemy's own way converts every value, which costs more than the database
    does; for a thousand rows and more it takes half as long as one statement over :func:`keyed` rows.
    """
    sql, names, _ = _compiled(statement, conn.dialect)
    return conn.exec_driver_sql(sql, list(map(itemgetter(*names), values)) if names else list(values)).rowcount


@lru_cache(maxsize=64)
def _compiled(statement: ClauseElement, dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """The driver's SQL, the names of its parameters in order where the driver counts them, and those that it fixes."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), dict(compiled.params)
