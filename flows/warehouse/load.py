"""A night's rows into the warehouse, in one transaction with the hand-over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pandas as pd
import pyarrow as pa

import sql
from flows.errors import LayoutError, UnevenCountError
from flows.warehouse.ask import Night, view
from schemas.tables import DataFrame, DecisionReadings, DecisionWorkbooks, Steps
from schemas.warehouse import OF_A_NIGHT, TABLES
from schemas.words import DISPOSITIONS

_ROWS_AT_ONCE = 100_000


@dataclass(frozen=True)
class NightTables:
    """One night's frames by the name of their table, one for each of :data:`schemas.warehouse.TABLES`; ``run`` is one row.
    ``in_full`` makes of some rows of a table those that are kept: what is long is told no earlier."""

    run_id: str
    year: int
    frames: Mapping[str, pd.DataFrame]
    in_full: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = field(default_factory=dict)


def load(connection: duckdb.DuckDBPyConnection, night: NightTables) -> None:
    """Add one night's rows. The caller holds the transaction.

    Raises:
        LayoutError: a frame and its table have not the same columns, or one of the two is not there.
        UnevenCountError: the filings read from a file are not the sum of where they went.
    """
    if told := [*_unlike(connection, night.frames)]:
        raise LayoutError(f"本夜的数据与数据库的表对不上：{'；'.join(told)}")
    for table, frame in night.frames.items():
        for start in range(0, len(frame), _ROWS_AT_ONCE):
            rows = frame.iloc[start : start + _ROWS_AT_ONCE]
            rows = night.in_full[table](rows) if table in night.in_full else rows
            _add(connection, table, rows, night.run_id, night.year)
    _assert_even(connection)


def load_again(
    connection: duckdb.DuckDBPyConnection,
    *,
    night: Night,
    before: str,
    year: int,
    readings: DataFrame[DecisionReadings],
    workbooks: DataFrame[DecisionWorkbooks],
) -> None:
    """Add the rows of a night that are those of the night ``before``, but for what it found typed and in which workbooks. It has read
    no decision for the first time. The caller holds the transaction.

    Raises:
        UnevenCountError: the filings read from a file are not the sum of where they went.
    """
    fresh: dict[str, pd.DataFrame] = {"decision_reading": readings, "decision_workbook": workbooks}
    told = {"run_id": night.run_id, "number": night.number, "started_at": night.started_at.replace(tzinfo=None)}
    connection.execute(sql.statement("ask", "run_again"), {**told, "before": before})
    tonight = duckdb.ConstantExpression(night.run_id).alias("run_id")
    for table in TABLES.keys() - {"run", "decision", "step", *fresh}:
        rows = connection.table(table).filter(duckdb.ColumnExpression("run_id") == duckdb.ConstantExpression(before))
        columns = connection.table(table).columns
        rows.select(*(tonight if name == "run_id" else duckdb.ColumnExpression(name) for name in columns)).insert_into(
            table
        )
    for table, frame in fresh.items():
        if len(frame):
            _add(connection, table, frame, night.run_id, year)
    _assert_even(connection)


def _add(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, run_id: str, year: int) -> None:
    """Add rows of a night to a table, by way of Arrow: from pandas itself a few rows cost what thousands cost."""
    told = pa.Table.from_pandas(rows.drop(columns=[*OF_A_NIGHT], errors="ignore"), preserve_index=False)
    for name, value in (("run_id", run_id), ("year", year)):
        told = told.append_column(name, pa.repeat(value, len(told)))
    connection.from_arrow(told.select(connection.table(table).columns)).insert_into(table)


def _assert_even(connection: duckdb.DuckDBPyConnection) -> None:
    uneven = view(connection, "reconciliation").query("not even")
    if len(uneven):
        worst = uneven.iloc[0]
        went = sum(int(worst[word]) for word in DISPOSITIONS)
        raise UnevenCountError(f"对账不平：“{worst['path']}”读到 {worst['filings']} 项，去向合计 {went} 项。本夜作废。")


def _unlike(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """What a night gives and the tables lack, and the other way round."""
    for table in sorted({*frames, *TABLES}):
        if table not in TABLES:
            yield f"没有表 {table}"
        elif table not in frames:
            yield f"表 {table} 没有数据"
        else:
            given, kept = set(frames[table].columns) - set(OF_A_NIGHT), set(columns(connection, table))
            yield from (f"表 {table} 没有栏目 {name}" for name in sorted(given - kept))
            yield from (f"表 {table} 的栏目 {name} 没有数据" for name in sorted(kept - given))


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """The columns of a table, without those that every table has."""
    return [name for name in connection.table(table).columns if name not in OF_A_NIGHT]


def end_run(
    connection: duckdb.DuckDBPyConnection, run_id: str, year: int, ended_at: datetime, steps: DataFrame[Steps]
) -> None:
    """Write down when the night was done, and what its steps took."""
    connection.execute(sql.statement("ask", "end_run"), {"run_id": run_id, "ended_at": ended_at})
    _add(connection, "step", steps, run_id, year)
