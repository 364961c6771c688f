"""SQL that differs between SQLite and PostgreSQL, or that SQLAlchemy would run slowly."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from threading import Event
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Select,
    Subquery,
    Table,
    TableValuedAlias,
    Text,
    Update,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError


def insert_new(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves out rows which are there already; `dialect` is the name of the connection's."""
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def among(dialect: str, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """`column IN` the list that `parameter` will be, see :func:`listed`; `dialect` is the name of the connection's.

    One parameter, however long the list, so that a statement is put together once a dialect and kept: that costs
    more than running it.
    """
    if dialect == "postgresql":
        return column == any_(bindparam(parameter, type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(bindparam(parameter, type_=Text)).table_valued("value").c.value))


def listed(conn: Connection, values: Iterable[Any]) -> Any:
    """Numbers or texts, as the parameter of :func:`among`."""
    return list(values) if conn.dialect.name == "postgresql" else orjson.dumps(list(values)).decode()


def keyed(dialect: str, parameter: str) -> TableValuedAlias:
    """A table of `key` and `value`, both texts: the dict that `parameter` will be, see :func:`as_keyed`.

    For the rows of a batch or of an answer: one statement, which leaves Python free for other threads while it runs.
    """
    given = bindparam(parameter, type_=Text)
    each = func.json_each_text(cast(given, JSON)) if dialect == "postgresql" else func.json_each(given)
    return each.table_valued(column("key", Text), column("value", Text), name=parameter)


def as_keyed(values: Mapping[int, str | None] | Mapping[str, str]) -> str:
    """A dict, as the parameter of :func:`keyed`."""
    return orjson.dumps(values, option=orjson.OPT_NON_STR_KEYS).decode()


def paired(dialect: str, parameter: str) -> Subquery:
    """A table of `first` and `second`, both texts: the pairs that `parameter` will be, see :func:`as_paired`."""
    given = bindparam(parameter, type_=Text)
    each = func.json_array_elements(cast(given, JSON)) if dialect == "postgresql" else func.json_each(given)
    pair = each.table_valued(column("value", JSON)).c.value
    return select(pair[0].as_string().label("first"), pair[1].as_string().label("second")).subquery(parameter)


def as_paired(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of texts, as the parameter of :func:`paired`."""
    return orjson.dumps(list(pairs)).decode()


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
    return list(orjson.loads(value or "[]"))


def driven(conn: Connection, statement: ClauseElement, values: Mapping[str, Any]) -> Any:
    """Run a statement by the driver and return its cursor; `values` are what it takes: integers, texts, truth values.

    For the few statements of each batch: SQLAlchemy's own way, which converts every value, takes longer than SQLite
    does to run them.
    """
    sql, names, fixed = _compiled(statement, conn.dialect)
    given = {**fixed, **values}
    with _driver(conn) as cursor:
        return cursor.execute(sql, [given[name] for name in names] if names else given)


def many(conn: Connection, statement: Insert | Update, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Run a statement by the driver once for each of `rows`, whose values have these names; as :func:`driven`.

    Returns how many rows it changed. For a thousand rows and more it takes half as long as one statement over
    :func:`keyed` rows.
    """
    sql, order, _ = _compiled(statement, conn.dialect)
    given: Iterable[Any] = rows
    if not order:
        given = [dict(zip(names, row, strict=True)) for row in rows]
    elif order != tuple(names):
        given = map(itemgetter(*map(names.index, order)), rows)
    with _driver(conn) as cursor:
        cursor.executemany(sql, given)
        return int(cursor.rowcount)


@contextmanager
def _driver(conn: Connection) -> Iterator[Any]:
    """The driver's cursor; its errors become those of SQLAlchemy."""
    try:
        yield conn.connection.cursor()
    except conn.dialect.loaded_dbapi.Error as exc:
        raise DBAPIError(None, None, exc) from None


@lru_cache(maxsize=64)
def _compiled(statement: ClauseElement, dialect: Dialect) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """The driver's SQL, the names of its parameters in order where the driver counts them, and those that it fixes."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), dict(compiled.params)


def column_of(conn: Connection, query: Select[Any], first: int, most: int) -> Generator[Sequence[Any]]:
    """The one column of a long result: `first` values, then `most` at a time.

    On SQLite by the driver's rows, since SQLAlchemy's take three times as long; PostgreSQL would send all of them at
    once to a cursor that is not asked to stream.
    """
    if conn.dialect.name == "postgresql":
        with conn.execute(query, execution_options={"yield_per": most}) as result:
            values = result.scalars()
            yield values.fetchmany(first)
            yield from iter(lambda: values.fetchmany(most), [])
        return
    cursor: Any = conn.execute(query).cursor
    yield list(chain.from_iterable(cursor.fetchmany(first)))
    yield from iter(lambda: list(chain.from_iterable(cursor.fetchmany(most))), [])


@contextmanager
def interruptible(conn: Connection, stop: Event) -> Iterator[None]:
    """While `stop` is not set, statements run; when it is, the one that runs ends with an error, which is none here.

    On PostgreSQL a statement that is sorting runs on to its first row.
    """
    if conn.dialect.name != "sqlite":
        yield
        return
    driver: Any = conn.connection.driver_connection
    driver.set_progress_handler(stop.is_set, _STEPS)
    try:
        yield
    except (OperationalError, sqlite3.OperationalError):  # the latter where rows are read, see `column_of`
        if not stop.is_set():
            raise
    finally:
        driver.set_progress_handler(None, 0)


_STEPS = 100_000
"""Steps of SQLite between two looks at whether it is to stop: some milliseconds."""
