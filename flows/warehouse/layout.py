"""Which version a warehouse is, and how a new or an older one gets today's tables and views.

``sql/tables`` is today's layout, ``sql/migrations`` how a warehouse gets there, one step a file: version 5 is what has had
the steps up to ``0005_….sql``. The first nights wrote no version down; what their tables hold says which they are.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

import sql
from flows.errors import ForeignWarehouseError, LayoutError, NightError
from flows.warehouse.vocabulary import give_words_to_older_nights
from schemas.warehouse import VERSION_TABLE, Kept, differences

_MIGRATIONS = {int(name[:4]): name for name in sql.names("migrations")}

NEWEST = max(_MIGRATIONS)
"""The version of a warehouse that this program writes."""

_FIRST_TABLES = {
    *("run", "file", "filing", "filing_cell", "participant", "finding", "pair", "training_group"),
    *("unit", "institution", "country", "last_year"),
}
"""The tables of version 0."""

_ASKED = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
"""A table or view that a statement asks."""

_BROUGHT = (
    ("training_group", "lead_reason"),
    ("decision_standing", "applied"),
    ("decision_reading", "about"),
    ("notice_limit", "value"),
)
"""A column that version 1, 2, 3 and 4 brought, in this order."""


def version_of(connection: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """The version of the warehouse at ``path``; None where it has no tables yet.

    Raises:
        NightError: it is newer than this program, or no warehouse at all.
    """
    found = found_tables(connection)
    if VERSION_TABLE in found:
        version = connection.execute(sql.statement("ask", "version")).fetchall()[0][0]
        if version is None:
            raise NightError(f"数据库 {path} 没有写明版本，不能使用。请从备份恢复，或改用另一个 --outputs 文件夹。")
        if version > NEWEST:
            raise NightError(
                f"数据库 {path} 是第 {version} 版，本程序只认得到第 {NEWEST} 版：它由更新的程序写过。"
                "请改用更新的程序，或改用另一个 --outputs 文件夹；数据库没有改动。"
            )
        return int(version)
    if not found:
        return None
    if missing := sorted(_FIRST_TABLES - set(found)):
        raise ForeignWarehouseError(
            f"数据库 {path} 不是汇总程序的数据库：有表 {'、'.join(sorted(found))}，"
            f"没有表 {'、'.join(missing)}。请执行 huizong doctor --mend 把它放到一旁，或改用另一个 --outputs 文件夹；数据库没有改动。"
        )
    versions = (place for place, (table, column) in enumerate(_BROUGHT) if column not in found.get(table, {}))
    return next(versions, len(_BROUGHT))


def lay_out(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the warehouse to today's tables and views, all at once or not at all.

    Raises:
        LayoutError: its tables are then not what the schemas declare.
    """
    with transaction(connection):
        version = version_of(connection, path)
        if version is None:
            _run_all(connection, "tables", sql.names("tables"))
        else:
            _run_all(connection, "migrations", [name for to, name in sorted(_MIGRATIONS.items()) if to > version])
        if version != NEWEST:
            connection.execute(sql.statement("ask", "reach_version"), {"version": NEWEST})
        hold_against_schemas(connection, path)
        give_words_to_older_nights(connection)
        _run_all(connection, "macros", _in_order("macros"))
        _run_all(connection, "views", _in_order("views"))


def hold_against_schemas(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """See that the tables are those of today.

    Raises:
        LayoutError: they are not.
    """
    if differing := differences(found_tables(connection)):
        told = "；".join(differing)
        raise LayoutError(f"数据库 {path} 的表与程序所说的不一致：{told}")


@contextmanager
def begun(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A transaction that the caller commits afterwards; rolls back when anything goes wrong."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commits at the end, rolls back when anything goes wrong."""
    with begun(connection):
        yield
    connection.commit()


def found_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Kept]]:
    """The tables that the database has → their columns."""
    found: dict[str, dict[str, Kept]] = {}
    for table, column, sql_type, nullable in connection.execute(sql.statement("ask", "layout")).fetchall():
        found.setdefault(table, {})[column] = Kept(sql_type, nullable)
    return found


def _in_order(folder: str) -> list[str]:
    """The views, or the macros, in an order in which each finds those that it asks."""
    statements = {name: sql.statement(folder, name) for name in sql.names(folder)}
    asked = {name: {*_ASKED.findall(text)} & statements.keys() for name, text in statements.items()}
    return list(TopologicalSorter(asked).static_order())


def _run_all(connection: duckdb.DuckDBPyConnection, folder: str, names: list[str] | tuple[str, ...]) -> None:
    for name in names:
        connection.execute(sql.statement(folder, name))
