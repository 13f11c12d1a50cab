"""Reading 1,000 workbooks of 50 rows beside a bare pass over the same files and what an office would write.

``python -m tests.benchmarks.reading [--files 1000]``: workbooks as the template has them, everything read, values
normalised and cells kept, in two workers; a bare single-process pass with calamine that only opens every sheet; and,
with ``--naive``, pandas with openpyxl, which only stacks the rows.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from flows.read import read
from flows.references import References, load_references
from flows.settings import PROJECT, Settings
from schemas.yearbook import load_yearbook
from tests.year import FILING, FILING_SHEET, UNIT_LABEL

ROWS = 50
YEAR = 2020
WORKERS = 2


def table(files: int, naive: bool) -> list[list[str]]:
    """One line a way of reading: what it does, seconds, times the bare pass."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "inputs"
        references = load_references(PROJECT / "inputs" / "reference")
        paths = write_workbooks(inputs, files, references)
        settings = Settings(YEAR, inputs, Path(folder) / "outputs", Path(folder) / "state", workers=WORKERS)
        book = load_yearbook(YEAR)
        everything = [inputs / path for path in paths]
        bare = min(_seconds(lambda: [_open(path) for path in everything]) for _ in range(2))
        lines = [("bare calamine pass, one process, nothing kept", bare)]

        def ours() -> None:
            filings = read(paths, settings, book, references).filings
            assert len(filings) == files * ROWS, len(filings)

        lines += [(f"flows.read.read, {WORKERS} workers, run {run}", _seconds(ours)) for run in (1, 2)]
        if naive:
            lines.append(("pandas with openpyxl, rows stacked", _seconds(lambda: _stack(everything))))
    return [[what, f"{seconds:.2f}", f"{seconds / bare:.2f}"] for what, seconds in lines]


def write_workbooks(inputs: Path, files: int, references: References) -> list[str]:
    """Workbooks as the template has them; gives their paths relative to ``inputs``."""
    units = references.units["unit"].tolist()
    countries = references.countries["country"].tolist()
    institutions = references.institutions["institution"].tolist()
    folder = inputs / str(YEAR)
    folder.mkdir(parents=True)
    for number in range(files):
        unit = units[number % len(units)]
        with Workbook(folder / f"{number:04}.xlsx") as book:
            sheet = book.add_worksheet(FILING_SHEET)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write(0, 0, f"{YEAR}年因公出国（境）培训项目申报表")
            sheet.write(1, 0, f"{UNIT_LABEL}{unit}")
            sheet.write_row(2, 0, [column.title for column in FILING])
            for row in range(ROWS):
                start = date(YEAR, 3, 1) + timedelta(days=(number + row) % 200)
                values = _row(number, row, unit, countries, institutions, start)
                for place, column in enumerate(FILING):
                    value = values[column.name]
                    if isinstance(value, date):
                        sheet.write_datetime(row + 3, place, pd.Timestamp(value), day)
                    else:
                        sheet.write(row + 3, place, value)
    return [f"{YEAR}/{number:04}.xlsx" for number in range(files)]


def _row(
    number: int, row: int, unit: str, countries: list[str], institutions: list[str], start: date
) -> dict[str, object]:
    place = number * ROWS + row
    return {
        "seq": row + 1,
        "title": f"高原特色作物第{place}号脱毒繁育与病虫害绿色防控技术培训",
        "organiser": unit,
        "priority_class": "重点3",
        "training_type": "专业技术类",
        "theme": "现代农业",
        "cross_region": "否",
        "country": countries[place % len(countries)],
        "institution": institutions[place % len(institutions)],
        "letter_no": f"YX{YEAR}-{place:06}",
        "content": f"课程{place}：脱毒种薯三级繁育体系、病毒检测、贮藏与田间管理技术课程及实训。",
        "necessity": f"国内此类检测与繁育标准化技术尚有差距，需系统学习第{place}项。",
        "headcount": 10 + place % 10,
        "days": 21,
        "start_date": start,
        "end_date": start + timedelta(days=20),
        "provincial_cadres": None,
        "degree_study": "否",
        "funding_source": "单位自筹",
        "budget": 60 + place % 30 / 2,
        "charges_fees": "否",
        "budgeted": "是",
        "expert_review": "通过",
        "green_channel": None,
        "otm_no": f"OTM{YEAR}{place:07}",
        "contact": "王老师",
        "phone": f"028-555{place % 100000:05}",
        "remarks": None,
    }


def _open(path: Path) -> None:
    with CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _stack(paths: list[Path]) -> None:
    pd.concat([pd.read_excel(path, header=2, engine="openpyxl") for path in paths])


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--naive", action="store_true", help="also pandas with openpyxl (slow)")
    asked = parser.parse_args()
    print(f"{asked.files} workbooks of {ROWS} rows and {len(FILING)} columns, {os.cpu_count()} cores")
    for what, seconds, times in [["", "seconds", "times bare"], *table(asked.files, asked.naive)]:
        print(f"{what:<50}{seconds:>10}{times:>12}")


if __name__ == "__main__":
    main()
