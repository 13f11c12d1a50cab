"""Warehouses as each version of the program left them, one ``.sql`` file a version: tables, rows, macros and views.

``python -m tests.warehouses`` writes the newest version's: the warehouse after two nights over :data:`FILES`, with a
reviewer's decision between them; of the reference tables only the first rows. Once written, a version's file stays as it
is: it is what nights of that version have left on disks, so a layout that differs from it needs a version of its own.

The files of earlier versions were written by the same steps with the program as it then was. Versions 0 and 1 are older than
the first whole night: their tables and views are made by their own program, their rows are those of version 2 as far as
they had the columns.
"""

import re
import shutil
from datetime import date, datetime
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows import warehouse

FOLDER = Path(__file__).parent
_ROOT = TemporaryDirectory()
FILES = (
    "省级部门/省水利厅/水利厅申报表.xlsx",
    "省级部门/省商务厅/商务厅申报表.xlsx",
    "绵阳市/绵阳市水利局申报表.xlsx",
)
"""Below ``inputs/2020``: three small submissions, some of whose rows are one group."""

_A_FEW = {"unit": 5, "institution": 5, "country": 5, "last_year": 5}
"""Rows that are enough of the reference tables."""


def recorded() -> list[int]:
    """The versions that there are files of."""
    return sorted(int(path.stem) for path in FOLDER.glob("*.sql"))


def restore(version: int, path: Path) -> None:
    """Make a warehouse of ``version`` at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made(version), path)


def lay_out(path: Path) -> None:
    """Make a warehouse of no nights at ``path``, with the tables and views of the program as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_laid_out(), path)


@cache
def _laid_out() -> Path:
    path = Path(_ROOT.name) / "new.duckdb"
    with warehouse.open_warehouse(path):
        return path


@cache
def _made(version: int) -> Path:
    """A warehouse of ``version``, made once."""
    path = Path(_ROOT.name) / f"{version}.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute((FOLDER / f"{version}.sql").read_text("utf-8"))
    return path


def dump(connection: duckdb.DuckDBPyConnection) -> str:
    """Statements that make the same macros, tables, rows and views."""
    lines = [
        f"CREATE MACRO {name}({', '.join(parameters)}) AS {body};"
        for name, parameters, body in connection.execute(
            "SELECT function_name, parameters, macro_definition FROM duckdb_functions() "
            "WHERE function_type = 'macro' AND NOT internal ORDER BY function_name"
        ).fetchall()
    ]
    for table, made in connection.execute("SELECT table_name, sql FROM duckdb_tables() ORDER BY table_name").fetchall():
        rows = connection.execute(f"FROM {table} ORDER BY ALL LIMIT {_A_FEW.get(table, 10**6)}").fetchall()
        lines.append(made)
        if rows:
            lines.append(f"INSERT INTO {table} VALUES")
            lines.append(",\n".join(f"({', '.join(map(_literal, row))})" for row in rows) + ";")
    asking = {
        name: f"CREATE MACRO {name}({', '.join(parameters)}) AS TABLE {body};"
        for name, parameters, body in connection.execute(
            "SELECT function_name, parameters, macro_definition FROM duckdb_functions() "
            "WHERE function_type = 'table_macro' AND NOT internal"
        ).fetchall()
    }
    views = dict(connection.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall())
    return "\n".join([*lines, *_each_after_what_it_asks(asking), *_each_after_what_it_asks(views)]) + "\n"


def _each_after_what_it_asks(made: dict[str, str]) -> list[str]:
    asks = {name: made.keys() & (set(re.findall(r"\w+", text)) - {name}) for name, text in sorted(made.items())}
    return [made[name] for name in TopologicalSorter(asks).static_order()]


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value}'"
    if isinstance(value, date):
        return f"DATE '{value}'"
    return "'" + str(value).replace("'", "''") + "'"
