"""The warehouse: one DuckDB file of all years and nights. The only place that reads or writes it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd

import sql
from flows.errors import NightError, UnevenCountError, WarehouseBusyError
from schemas.tables import DataFrame, Members
from schemas.words import DISPOSITIONS

_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)(?: by user (\S+?)[.\s])?")


@dataclass(frozen=True)
class NightTables:
    """One night's frames by the name of their table; ``run`` is one row."""

    run_id: str
    year: int
    frames: Mapping[str, pd.DataFrame]


@contextmanager
def open_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that holds the warehouse for the night, with its tables and views in place.

    Raises:
        WarehouseBusyError: another program has it open; says which.
        NightError: the file is no DuckDB database or cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(path)
    except duckdb.IOException as error:
        raise _unopened(path, error) from error
    except duckdb.Error as error:
        raise NightError(f"数据库 {path} 打不开：{_first_line(error)}") from error
    try:
        _lay_out(connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def read_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that only reads the warehouse; others may read it at the same time.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database, or of a version that is not understood.
    """
    try:
        with duckdb.connect(path, read_only=True) as connection:
            yield connection
    except duckdb.Error as error:
        raise _unopened(path, error) from error


@dataclass(frozen=True)
class LastNight:
    """The night before of the same year: its id (None where there is none) and which filing was of which group."""

    run_id: str | None
    members: DataFrame[Members]


def last_night(connection: duckdb.DuckDBPyConnection, year: int) -> LastNight:
    """What tonight needs to know of the night before."""
    runs = connection.execute(sql.statement("ask", "last_run"), {"year": year}).df()
    run_id = str(runs["run_id"].iloc[0]) if len(runs) else None
    members = connection.execute(sql.statement("ask", "members"), {"run_id": run_id}).df()
    return LastNight(run_id, Members.validate(members.astype(Members.dtypes())))


def recall(connection: duckdb.DuckDBPyConnection, year: int, asked: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What reading decisions needs to know of earlier nights; ``asked``: ``about``, ``shown_in``, ``saved_at`` of each row
    that was written in. Gives ``nights``, ``decisions``, ``readings``, ``shown`` and ``compared`` (see ``sql/ask``)."""
    remembered: dict[str, pd.DataFrame] = {}
    connection.register("asked", asked)
    for name in ("nights", "decisions", "readings", "shown", "compared"):
        remembered[name] = connection.execute(sql.statement("ask", name), {"year": year}).df()
        if name == "shown":
            connection.register("asked_pairs", remembered["shown"].dropna(subset=["filing_id_l"]))
    for name in ("asked", "asked_pairs"):
        connection.unregister(name)
    return remembered


def findings_by_rule(path: Path, year: int) -> dict[tuple[str, str], int] | None:
    """Clause and rule → how many findings they made in the last night of ``year``; None where there was no night.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database.
    """
    if not path.is_file():
        return None
    try:
        with duckdb.connect(path, read_only=True) as connection:
            if connection.execute(sql.statement("ask", "last_run"), {"year": year}).df().empty:
                return None
            found = connection.execute(sql.statement("ask", "findings_by_rule"), {"year": year}).df()
    except duckdb.Error as error:
        raise _unopened(path, error) from error
    return {(clause, rule): int(count) for clause, rule, count in found.itertuples(index=False)}


def run_ids(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The ids of all nights that the warehouse has."""
    return set(view(connection, "run")["run_id"])


def new_run_id(connection: duckdb.DuckDBPyConnection, started_at: datetime) -> str:
    """An id that sorts by time and no other night has."""
    stem = f"{started_at:%Y%m%d-%H%M%S}"
    taken = run_ids(connection)
    return next(name for n in count(1) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def end_run(connection: duckdb.DuckDBPyConnection, run_id: str, ended_at: datetime) -> None:
    """Write down when the night was done."""
    connection.execute(sql.statement("ask", "end_run"), {"run_id": run_id, "ended_at": ended_at})


def load(connection: duckdb.DuckDBPyConnection, night: NightTables) -> None:
    """Add one night's rows. The caller holds the transaction.

    Raises:
        UnevenCountError: the filings read from a file are not the sum of where they went.
    """
    for table in sql.names("load"):
        connection.register(f"tonight_{table}", _as_kept(connection, table, night.frames[table]))
        connection.execute(sql.statement("load", table), {"run_id": night.run_id, "year": night.year})
        connection.unregister(f"tonight_{table}")
    uneven = view(connection, "reconciliation").query("not even")
    if len(uneven):
        worst = uneven.iloc[0]
        went = sum(int(worst[word]) for word in DISPOSITIONS)
        raise UnevenCountError(f"对账不平：“{worst['path']}”读到 {worst['filings']} 项，去向合计 {went} 项。本夜作废。")


def view(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """The rows of a table or view as a frame; dates as ``datetime64``, whole numbers as ``Int64``."""
    return connection.table(name).df()


def _as_kept(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that the table keeps."""
    kept = columns(connection, table)
    return frame[[name for name in kept if name in frame.columns]]


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commits at the end, rolls back when anything goes wrong."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """The columns of a table, without those that every table has."""
    return [name for name in connection.table(table).columns if name not in ("run_id", "year")]


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    for folder in ("macros", "tables"):
        for name in sql.names(folder):
            connection.execute(sql.statement(folder, name))
    current = [name for name in sql.names("views") if name.startswith("current_")]
    others = [name for name in sql.names("views") if name not in current and name != "current_run"]
    for name in ["current_run", *(name for name in current if name != "current_run"), *others]:
        connection.execute(sql.statement("views", name))
    connection.commit()


def _unopened(path: Path, error: duckdb.Error) -> NightError:
    holder = _HOLDER.search(str(error))
    if holder:
        user = f"，用户 {holder[3]}" if holder[3] else ""
        return WarehouseBusyError(
            f"数据库 {path} 正被占用：{holder[1]}（进程号 {holder[2]}{user}）。请关闭该程序后重新运行；昨夜的结果不受影响。"
        )
    if "lock" in str(error).lower() or "being used by another process" in str(error):
        return WarehouseBusyError(f"数据库 {path} 正被另一程序占用：{_first_line(error)}")
    return NightError(f"数据库 {path} 打不开：{_first_line(error)}")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
