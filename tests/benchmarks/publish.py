"""Writing the exceptions workbook: seconds of one core, memory and size by the number of findings.

Beside it what one would use instead: pandas' ``to_excel`` of the same frame, which formats, protects and links nothing.
Each in a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from flows import warehouse
from flows.publish.exceptions import write_exceptions
from flows.settings import Settings
from tests import looks
from tests.year import BOOK

SIZES = (1_000, 10_000, 100_000)
WAYS = ("exceptions workbook", "to_excel, xlsxwriter", "to_excel, openpyxl")


def table() -> list[list[str]]:
    """One row a size: findings, then seconds, peak MB of the process and MB of file for each way."""
    return [[f"{size:,}", *(_measured(way, size) for way in range(len(WAYS)))] for size in SIZES]


def _measured(way: int, size: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.publish", str(way), str(size)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def _write(way: int, size: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        looks.write(folder)
        settings = Settings(looks.YEAR, folder / "inputs", folder / "outputs", folder / "state")
        with warehouse.open_warehouse(settings.warehouse) as connection:
            many = _many(warehouse.view(connection, "open_finding"), size)
            view = partial(_view, partial(warehouse.view, connection), many)
            path = folder / "out.xlsx"
            started = time.process_time()
            if way == 0:
                write_exceptions(path, view, settings, BOOK)
            else:
                many.to_excel(path, index=False, engine=WAYS[way].rpartition(" ")[2])
            seconds = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return f"{seconds:.1f} s, {peak:.0f} MB, {path.stat().st_size / 2**20:.1f} MB"


def _many(findings: pd.DataFrame, size: int) -> pd.DataFrame:
    many = pd.concat([findings] * (size // len(findings) + 1), ignore_index=True).iloc[:size]
    titles = many["title"].str.replace("\x07", "")  # openpyxl refuses it
    return many.assign(finding_id=[f"{number:016x}" for number in range(size)], title=titles)


def _view(view: Callable[[str], pd.DataFrame], findings: pd.DataFrame, name: str) -> pd.DataFrame:
    return findings if name == "open_finding" else view(name)


def main() -> None:
    """Print the table."""
    shown = Table("findings", *(f"{way}: time, peak memory, file" for way in WAYS))
    for row in table():
        shown.add_row(*row)
    Console().print(shown)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.stdout.write(_write(int(sys.argv[1]), int(sys.argv[2])))
    else:
        main()
