"""What is measured, each in a process of its own: a night, and what one would use instead of it or of one of its steps.

``python -m tests.benchmarks.ways WAY INPUTS OUTPUTS`` does one over a season that
:func:`~tests.benchmarks.big_season.write_big_season` wrote and prints the figures, as JSON: name → seconds, and ``GiB``, the
most memory that the process had.
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from python_calamine import CalamineWorkbook

from flows import nightly as page
from flows import warehouse
from tests import nights
from tests.year import FILING, FILING_SHEET, NOTICE, YEAR

sys.path.append(
    str(Path(__file__).resolve().parents[2] / ".venv" / "peers")
)  # last: what the program itself uses stays

Figures = dict[str, float]
"""Seconds by what took them."""

NIGHT, PANDAS, CALAMINE, WRITER, INTO_DUCKDB, SQL, FRICTIONLESS, SPLINK = (
    "night",
    "pandas and openpyxl, only stacked and written",
    "calamine, only opened",
    "rustpy-xlsxwriter, the same cells",
    "DuckDB, the same rows",
    "SQL script, some of the rules",
    "frictionless, some of the rules",
    "Splink's example model",
)
PREDICT = "predict"
"""The figure of a night that is Splink's own part of linking."""


def night(inputs: Path, outputs: Path) -> Figures:
    """A night without Prefect's frame, and its steps by their names."""
    from splink.internals.linker_components.inference import LinkerInference

    spent: Figures = {}
    timed = _Timed(spent)
    nights._Plain.__call__ = lambda step, *given: timed(step.step.__name__, step.step)(*given)  # type: ignore[method-assign]
    nights._Plain.map = lambda step, batches, *others: nights._Results(  # type: ignore[method-assign]
        [step(batch, *(other.value for other in others)) for batch in batches]
    )
    for name in ("publish", "write_returns", "keep_as_shown"):
        setattr(page, name, timed(name, getattr(page, name)))
    LinkerInference.predict = timed(PREDICT, LinkerInference.predict)  # type: ignore[method-assign]
    with timed.of(NIGHT):
        nights.night(inputs, outputs, accept_fall=True)
    return spent


class _Timed:
    """Adds up what calls take, by a name."""

    def __init__(self, spent: Figures) -> None:
        self._spent = spent

    def __call__(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            with self.of(name):
                return function(*given, **named)

        return called

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Within, time is counted under ``name``."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._spent[name] = self._spent.get(name, 0.0) + time.perf_counter() - started


def pandas_script(inputs: Path, outputs: Path) -> None:
    """What an office without the program does first: all workbooks one below the other, in one sheet."""
    frames = [
        pd.read_excel(path, sheet_name=FILING_SHEET, header=2, engine="openpyxl").assign(文件=path.name)
        for path in sorted((inputs / str(YEAR)).rglob("*.xlsx"))
    ]
    pd.concat(frames, ignore_index=True).to_excel(outputs / "stacked.xlsx", index=False, engine="openpyxl")


def calamine(inputs: Path, outputs: Path) -> None:
    """Every sheet opened, nothing kept."""
    for path in (inputs / str(YEAR)).rglob("*.xlsx"):
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def prepared_writer(inputs: Path, outputs: Path) -> Callable[[], None]:
    """The cells of the workbooks of the night in ``outputs`` (plan and exceptions), without look, link or height."""
    from rustpy_xlsxwriter import write_worksheets  # type: ignore[import-not-found]

    sheets: list[tuple[str, pd.DataFrame]] = []
    for workbook in ("全省计划.xlsx", "异常清单.xlsx"):
        book = CalamineWorkbook.from_path(outputs / str(YEAR) / workbook)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            width = max(map(len, rows), default=0)
            frame = pd.DataFrame(rows, columns=[f"c{number}" for number in range(width)]).astype(str)
            sheets.append((f"{workbook[:2]}{name}", frame))
    return partial(write_worksheets, sheets, str(outputs / "cells.xlsx"))


def prepared_duckdb(inputs: Path, outputs: Path) -> Callable[[], None]:
    """The rows of the night in ``outputs`` into an empty database."""
    with warehouse.read_warehouse(outputs / "warehouse.duckdb") as connection:
        names = ("filing", "participant", "finding", "filing_cell", "pair", "training_group", "file")
        tables = {name: warehouse.view(connection, f"current_{name}") for name in names}

    def read() -> None:
        target = outputs / "rows.duckdb"
        target.unlink(missing_ok=True)
        with duckdb.connect(target) as connection:
            for name, frame in tables.items():
                connection.register("rows", frame)
                connection.execute(f"create table {name} as select * from rows")
                connection.unregister("rows")

    return read


def prepared_sql(inputs: Path, outputs: Path) -> Callable[[], None]:
    """A script of a few of the rules and a join for duplicates over the filings of the night in ``outputs``."""
    filings = _filings(outputs)
    limits = NOTICE.limits
    script = f"""
        select filing_id, 'headcount' as rule from filings where headcount > {limits.headcount}
        union all select filing_id, 'days' from filings where days not between {limits.days_least} and {limits.days_most}
        union all select filing_id, 'content' from filings where length(content) < {limits.content_characters}
        union all select filing_id, 'dates' from filings where date_diff('day', start_date, end_date) + 1 < days
        union all select filing_id, 'fees' from filings where charges_fees
        union all select a.filing_id, 'twice' from filings a join filings b
            on a.title = b.title and a.country = b.country and a.filing_id < b.filing_id
    """

    def run() -> None:
        with duckdb.connect() as connection:
            connection.register("filings", filings)
            connection.execute(script).df()

    return run


def prepared_frictionless(inputs: Path, outputs: Path) -> Callable[[], None]:
    """The kinds, required cells and limits that a frictionless schema can say, over the filings of the night in ``outputs``."""
    from frictionless import Resource, Schema  # type: ignore[import-not-found]

    kinds = {"whole": "integer", "number": "number", "flag": "boolean"}
    fields = [
        {
            "name": column.name,
            "type": kinds.get(column.kind, "string"),
            "constraints": {"required": column.required}
            | ({"maximum": NOTICE.limits.headcount} if column.name == "headcount" else {}),
        }
        for column in FILING
    ]
    filings = _filings(outputs)[[column.name for column in FILING]]
    for name in ("start_date", "end_date"):
        filings[name] = filings[name].astype(str)
    plain = filings.astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")

    def check() -> None:
        Resource(data=rows, schema=Schema.from_descriptor({"fields": fields})).validate()

    return check


def prepared_splink(inputs: Path, outputs: Path) -> Callable[[], None]:
    """The model that Splink's own examples would make of the filings of the night in ``outputs``."""
    from tests.benchmarks.linking import splinks_example_model

    return partial(splinks_example_model, _filings(outputs))


def _filings(outputs: Path) -> pd.DataFrame:
    with warehouse.read_warehouse(outputs / "warehouse.duckdb") as connection:
        return warehouse.view(connection, "current_filing")


_PREPARED: dict[str, Callable[[Path, Path], Callable[[], None]]] = {
    PANDAS: lambda inputs, outputs: partial(pandas_script, inputs, outputs),
    CALAMINE: lambda inputs, outputs: partial(calamine, inputs, outputs),
    WRITER: prepared_writer,
    INTO_DUCKDB: prepared_duckdb,
    SQL: prepared_sql,
    FRICTIONLESS: prepared_frictionless,
    SPLINK: prepared_splink,
}
"""Way → what makes everything ready, and gives what is timed."""


def measured(way: str, inputs: Path, outputs: Path) -> Figures:
    """The figures of one way; none where a library that it needs is not installed."""
    if way == NIGHT:
        figures = night(inputs, outputs)
    else:
        try:
            run = _PREPARED[way](inputs, outputs)
        except ModuleNotFoundError as error:
            sys.stderr.write(f"{way}: {error}\n")
            return {}
        started = time.perf_counter()
        run()
        figures = {way: time.perf_counter() - started}
    return figures | {"GiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
