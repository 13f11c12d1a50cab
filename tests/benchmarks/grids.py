"""Opening files: every kind beside a bare calamine pass, many files behind the wall, and the hostile ones.

``python -m tests.benchmarks.grids``; times of one core but for the wall, which uses two.
"""

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from rich.console import Console
from rich.table import Table

from flows.read.failures import Failure
from flows.read.formats.open import open_grids
from flows.settings import ReadLimits
from tests.formats import compound, excel_95, strict, xlsb
from tests.frames import VALID
from tests.hostile import NOT_TABLES, READABLE, write
from tests.read.deeds import Opening, walled
from tests.year import FILING

FILES, ROWS, TIMES = 1000, 50, 20
LIMITS = ReadLimits()
TITLES = [column.title for column in FILING]


def rows(file: int) -> list[list[object]]:
    """The cells of one submission, most of them its own."""
    line = [
        {True: "是", False: "否"}.get(value, value) if isinstance(value, bool) else value for value in VALID.values()
    ]
    return [TITLES] + [[row + 1, f"{line[0]}{file}-{row}", *line[1:]] for row in range(ROWS)]


def xlsx(file: int) -> bytes:
    """One submission as xlsx."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet("项目申报"), book.add_format({"num_format": "yyyy-mm-dd"})
        for r, line in enumerate(rows(file)):
            for c, value in enumerate(line):
                sheet.write(r, c, value, day if isinstance(value, date) else None)
    return memory.getvalue()


def kinds(folder: Path) -> list[list[str]]:
    """One row a kind: file size, then milliseconds a file for calamine alone and for its grids."""
    made: dict[str, bytes] = {
        "xlsx": xlsx(0),
        "strict": strict(xlsx(0)),
        "xlsb": xlsb(rows(0)),
        "excel 95": compound({"Book": excel_95({"项目申报": rows(0)})}),
        "csv": "\n".join(",".join("" if v is None else str(v) for v in line) for line in rows(0)).encode("gb18030"),
        "html": (
            "<table>" + "".join(f"<tr>{''.join(f'<td>{v}</td>' for v in r)}</tr>" for r in rows(0)) + "</table>"
        ).encode(),
    }
    made |= _converted(folder, made["xlsx"], ("xls", "ods", "fods"))
    table = []
    for kind, data in made.items():
        path = folder / f"{kind}.bin"
        path.write_bytes(data)
        table.append([kind, f"{len(data) / 1024:.0f} KB", _milliseconds(_bare, path), _milliseconds(_grids, path)])
    return table


def wall(folder: Path) -> list[list[str]]:
    """Seconds for all files: calamine alone in this process, and their grids behind the wall with two workers."""
    paths = [folder / f"{number:04}.xlsx" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_bytes(xlsx(number))
    bare = _seconds(lambda: [_bare(path) for path in paths])
    behind = _seconds(lambda: walled(Opening(_count), paths, LIMITS, 2))
    one = _seconds(lambda: walled(Opening(_count), paths[:1], LIMITS, 2))
    return [[f"{FILES:,}", f"{bare:.2f}", f"{behind:.2f}", f"{behind / bare:.1f}", f"{one * 1000:.0f} ms"]]


def hostile(folder: Path) -> list[list[str]]:
    """One row a hostile file: its size, seconds behind the wall, and what is said of it."""
    table = []
    for path in write(folder, {name: make for name, (make, _) in NOT_TABLES.items()} | READABLE):
        started = time.perf_counter()
        (result,) = walled(Opening(_count), [path], LIMITS, 1)
        said = result.reason if isinstance(result, Failure) else f"读出 {result} 个单元格"
        table.append(
            [
                repr(path.name)[1:-1][:24],
                f"{path.stat().st_size / 1024:.0f} KB",
                f"{time.perf_counter() - started:.2f}",
                said,
            ]
        )
    return table


def _converted(folder: Path, data: bytes, targets: tuple[str, ...]) -> dict[str, bytes]:
    office = shutil.which("soffice")
    if office is None:
        return {}
    source = folder / "甲.xlsx"
    source.write_bytes(data)
    for target in targets:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", target, "--outdir", folder / "converted", source]
        subprocess.run(command, check=True, capture_output=True)
    return {target: (folder / "converted" / f"甲.{target}").read_bytes() for target in targets}


def _bare(path: Path) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _grids(path: Path) -> None:
    open_grids(path, LIMITS)


def _count(path: Path, limits: ReadLimits) -> int:
    return sum(value is not None for grid in open_grids(path, limits) for row in grid.rows for value in row)


def _milliseconds(read: Callable[[Path], None], path: Path) -> str:
    started = time.process_time()
    for _ in range(TIMES):
        with suppress(CalamineError):
            read(path)
    spent = (time.process_time() - started) / TIMES * 1000
    return f"{spent:.1f}"


def _seconds(run: Callable[[], object]) -> float:
    run()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def main() -> None:
    """Print the tables."""
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        for title, headings, table in (
            ("ms a file of 50 rows, one core", ("kind", "size", "calamine", "grids"), kinds(Path(name))),
            ("seconds, two cores", ("files", "calamine", "wall", "times", "one file"), wall(Path(name))),
            ("hostile", ("file", "size", "seconds", "said"), hostile(Path(name) / "hostile")),
        ):
            shown = Table(*headings, title=title)
            for row in table:
                shown.add_row(*row)
            console.print(shown)


if __name__ == "__main__":
    main()
