"""One table of everything: each step beside the least that its work can cost, whole nights beside what one would use instead.

``python -m tests.benchmarks`` measures seasons of 5,000, 50,000 and 500,000 filings (the largest once), ``… quick`` one of
5,000 within two minutes. Each figure is the median of several runs, each a process of its own, taken in turn since a
machine's speed drifts. Read the ratios: seconds are the machine's. The libraries that are only measured here are in
``requirements.txt``; what is not installed is left out.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook
from rich.console import Console
from rich.table import Table

from schemas.sheets import ID, REVIEWER, VERDICT
from tests.benchmarks.big_season import write_big_season
from tests.benchmarks.ways import (
    CALAMINE,
    FRICTIONLESS,
    INTO_DUCKDB,
    NIGHT,
    PANDAS,
    PREDICT,
    SPLINK,
    SQL,
    WRITER,
    Figures,
)
from tests.year import YEAR

SIZES, QUICK_SIZES = (5_000, 50_000, 500_000), (5_000,)
RUNS, QUICK_RUNS = 3, 2
_ONCE_FROM = 200_000
"""Filings from which on one run is enough, and the ways beside are left out."""
_PREFECT = "start of Prefect apart"


@dataclass(frozen=True)
class _Beside:
    """A row of the table: what the night's steps ``steps`` take, beside the ``way`` (a figure of a way, or of the night)."""

    what: str
    steps: tuple[str, ...]
    way: str


_ROWS = (
    _Beside("collect and read", ("collect_files", "read_batch"), CALAMINE),
    _Beside("versions", ("identify_filings",), ""),
    _Beside("validate", ("validate_filings", "validate_groups"), SQL),
    _Beside("validate", ("validate_filings", "validate_groups"), FRICTIONLESS),
    _Beside("link", ("link_filings",), PREDICT),
    _Beside("link", ("link_filings",), SPLINK),
    _Beside("form groups, decide, settle", ("form_training_groups", "apply_decisions", "settle_filings"), ""),
    _Beside("load", ("load_night",), INTO_DUCKDB),
    _Beside("plan and exceptions workbooks", ("publish",), WRITER),
    _Beside("return copies, marked meanwhile", ("write_returns",), ""),
    _Beside("the whole night", (NIGHT,), PANDAS),
)
_WAYS = (PANDAS, CALAMINE, WRITER, INTO_DUCKDB, SQL, FRICTIONLESS, SPLINK)


def main(quick: bool) -> None:
    """Print the table."""
    console = Console(width=130)
    console.print(
        f"{date.today()}, {os.cpu_count()} cores, {_memory():.0f} GiB of memory, Python {sys.version.split()[0]}; {_PREFECT}"
    )
    nights = Table(
        "filings",
        "workbooks",
        "cold night, s",
        "µs / (n log₂ n)",
        "largest process, GiB",
        "unchanged / cold",
        "one file changed / cold",
        "one decision / cold",
    )
    for size in QUICK_SIZES if quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            inputs, outputs = Path(folder) / "inputs", Path(folder) / "outputs"
            files = write_big_season(inputs, size)
            runs = 1 if size >= _ONCE_FROM else QUICK_RUNS if quick else RUNS
            told = [_figures(NIGHT, inputs, _emptied(outputs / str(run))) for run in range(runs)]
            if runs > 1:
                console.print(_steps(f"{size:,} filings in {files:,} workbooks", told, inputs, outputs / "0", quick))
            cold = _median(told)
            again = _figures(NIGHT, inputs, outputs / "0")
            _change_one(inputs)
            changed = _figures(NIGHT, inputs, outputs / "0")
            later = [again, changed]
            if size < _ONCE_FROM:  # a workbook of a million rows is for no library to write in
                _decide_one(outputs / "0" / str(YEAR) / "异常清单.xlsx")
                later.append(_figures(NIGHT, inputs, outputs / "0"))
            nights.add_row(
                f"{size:,}",
                f"{files:,}",
                f"{cold[NIGHT]:.1f}",
                f"{cold[NIGHT] * 1e6 / (size * log2(size)):.1f}",
                f"{cold['GiB']:.2f}",
                *(f"{figures[NIGHT] / cold[NIGHT]:.2f}" for figures in later),
            )
    console.print(nights)


def _steps(title: str, nights: Sequence[Figures], inputs: Path, outputs: Path, quick: bool) -> Table:
    runs = 1 if quick else RUNS
    beside = {way: _median([_figures(way, inputs, outputs) for _ in range(runs)]) for way in _WAYS}
    night = _median(nights)
    table = Table("step", "seconds", "beside", "its seconds", "times", title=f"{title}, median of {len(nights)}")
    for row in _ROWS:
        seconds = sum(night.get(step, 0.0) for step in row.steps)
        other = night.get(row.way) or beside.get(row.way, {}).get(row.way)
        shown = (row.way, f"{other:.2f}", f"{seconds / other:.2f}") if other else (row.way, "", "")
        table.add_row(row.what, f"{seconds:.2f}", *shown)
    return table


def _figures(way: str, inputs: Path, outputs: Path) -> Figures:
    command = [sys.executable, "-m", "tests.benchmarks.ways", way, str(inputs), str(outputs)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def _median(figures: Sequence[Mapping[str, float]]) -> Figures:
    return {name: statistics.median(each[name] for each in figures) for name in figures[0]}


def _emptied(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _change_one(inputs: Path) -> None:
    """One workbook is taken away and another put in its place, of nothing but a title."""
    path = min((inputs / str(YEAR)).rglob("*.xlsx"))
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "零申报")


def _decide_one(exceptions: Path) -> None:
    """A reviewer lets the first finding pass."""
    book = load_workbook(exceptions)
    sheet = book["问题清单"]
    head = next(row for row in sheet.iter_rows(max_row=9) if any(cell.value == ID for cell in row))
    for title, said in ((VERDICT, "同意"), (REVIEWER, "张三")):
        place = next(cell for cell in head if cell.value == title)
        sheet.cell(place.row + 1, place.column).value = said
    book.save(exceptions)


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
