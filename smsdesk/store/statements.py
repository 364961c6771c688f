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
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Subquery,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite


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


def table_of(dialect: str, parameter: str, *columns: Column[Any]) -> Subquery:
    """A table whose rows `parameter` will be, see :func:`as_rows`, with columns named and typed like `columns`.

    For some hundred rows, as a batch has: with two connections that was a little faster than :func:`many`, with one it
    made no difference. For thousands :func:`many` is.
    """
    given = bindparam(parameter, type_=Text)
    if dialect == "postgresql":
        each = func.json_array_elements(cast(given, JSON)).table_valued(column("value", JSON), name="given")
        values: list[ColumnElement[Any]] = [cast(_item(each.c.value, n), one.type) for n, one in enumerate(columns)]
    else:
        each = func.json_each(given).table_valued("value", name="given")
        values = [_item(each.c.value, n) for n in range(len(columns))]
    return select(*(value.label(one.name) for value, one in zip(values, columns, strict=True))).subquery("given_rows")


def _item(array: ColumnElement[Any], place: int) -> ColumnElement[Any]:
    return array.op("->>")(literal_column(str(place)))


def as_rows(values: Iterable[Iterable[Any]]) -> str:
    """Rows, each of integers, texts and None in the order of the columns, as the parameter of :func:`table_of`."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


def many(conn: Connection, statement: Insert | Update, values: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement once for each of `values`, which are what the driver takes: integers, texts, truth values.

    Returns how many rows it changed. SQLAlchemy's own way converts every value, which costs more than the database
    does; for a thousand rows and more it takes half as long as :func:`table_of`.
    """
    sql, names = _compiled(statement, conn.dialect)
    return conn.exec_driver_sql(sql, list(map(itemgetter(*names), values)) if names else list(values)).rowcount


@lru_cache(maxsize=32)
def _compiled(statement: Insert | Update, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The driver's SQL, and the names of its parameters in order where the driver counts them."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ())
