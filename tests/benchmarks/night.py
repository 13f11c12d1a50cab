"""The fixed cost of a night: one small workbook, beside a bare Prefect flow of eight tasks, each in its own process.

Several runs of each in turn, since the machine's speed drifts; the first of each, which makes Prefect's database, is told
apart.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.settings import STATE_VARIABLE

PROJECT = Path(__file__).resolve().parents[2]
RUNS = 4

_BARE = """
from flows.prefect_home import settle_prefect
from flows.settings import state_folder
if temporary := settle_prefect(state_folder()):
    temporary.wait()
from prefect import flow, task

@task
def step(number):
    return number

@flow
def bare():
    for number in range(8):
        step(number)

bare()
"""

_SUBMISSION = """
import sys
from pathlib import Path
from flows.publish import write_submission
from schemas.yearbook import load_yearbook
from tests.frames import VALID
write_submission(Path(sys.argv[1]), load_yearbook(2020), None, unit="四川省农业农村厅", filings=[{**VALID, "seq": 1}])
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder / "inputs"
        shutil.copytree(PROJECT / "inputs" / "reference", inputs / "reference")
        (inputs / "2020").mkdir()
        _run(folder / "write", "-c", _SUBMISSION, str(inputs / "2020" / "a.xlsx"))
        night = ("-m", "flows.cli", "nightly", "--inputs", str(inputs), "--outputs", str(folder / "outputs"))
        told = [(_run(folder / "bare", "-c", _BARE), _run(folder / "night", *night)) for _ in range(RUNS + 1)]
    table = Table("seconds", "bare flow of 8 tasks", "night over one workbook", "difference")
    for title, rows in (("first start", told[:1]), (f"later, median of {RUNS}", told[1:])):
        bare, whole = (statistics.median(column) for column in zip(*rows, strict=True))
        table.add_row(title, f"{bare:.1f}", f"{whole:.1f}", f"{whole - bare:.1f}")
    Console().print(table)


def _run(state: Path, *arguments: str) -> float:
    """Seconds that a Python process took, with a state folder of its own."""
    environment = {**os.environ, STATE_VARIABLE: str(state)}
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
