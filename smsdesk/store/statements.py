"""SQL that differs between SQLite and PostgreSQL, or that SQLAlchemy would run slowly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves out rows which are there already."""
    if conn.dialect.name == "postgresql":
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


def many(conn: Connection, statement: Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run an UPDATE once for each of `rows`, whose values are what the driver takes: integers and texts.

    SQLAlchemy's own way converts every value of every row, which costs more than the database does.
    """
    sql, names = _compiled(statement, conn.dialect)
    conn.exec_driver_sql(sql, list(map(itemgetter(*names), rows)) if names else list(rows))


@lru_cache(maxsize=32)
def _compiled(statement: Update, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """The driver's SQL, and the names of its parameters in order where the driver counts them."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ())
