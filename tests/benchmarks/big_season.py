"""Large seasons as folders of workbooks: the invented filings of a labelled season, as their offices would send them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd
from xlsxwriter import Workbook

from schemas.columns import REFERENCES, Column
from tests.labelled.season import Season, season, world
from tests.year import FILING, FILING_SHEET, PARTICIPANT, PARTICIPANT_SHEET, UNIT_LABEL, YEAR

ROWS_A_FILE = 50
"""Projects that an office lists in one workbook before it begins another."""
SENT_AGAIN = 9
"""Of so many workbooks one was sent again, corrected, and with one project less."""
_SEED = 7
_FILINGS_A_GROUP = 1.5


def write_big_season(inputs: Path, filings: int) -> int:
    """Write a season of about ``filings`` projects below ``inputs`` and its reference workbooks; the number of files."""
    made = season(_SEED, round(filings / _FILINGS_A_GROUP), replace(world(_SEED), compound=1.0))
    _write_references(inputs / "reference", made)
    (inputs / str(YEAR)).mkdir(parents=True)
    listed = dict(iter(made.participants.groupby("filing_id")))
    files = 0
    for path, rows in _files(made.filings.head(filings)):
        _write_file(inputs / path, rows, listed)
        files += 1
    return files


def _files(filings: pd.DataFrame) -> Iterator[tuple[PurePosixPath, pd.DataFrame]]:
    """Each workbook and its filings: those of one unit, ``ROWS_A_FILE`` at most; some of them twice."""
    files = 0
    for unit, own in filings.groupby("unit"):
        for part, start in enumerate(range(0, len(own), ROWS_A_FILE)):
            rows = own.iloc[start : start + ROWS_A_FILE]
            name = f"{unit}申报表" + "甲乙丙丁戊己庚辛壬癸"[part % 10] * (1 + part // 10)
            yield PurePosixPath(str(YEAR), str(unit), f"{name}.xlsx"), rows
            files += 1
            if files % SENT_AGAIN == 0 and len(rows) > 1:
                corrected = rows.iloc[1:].assign(headcount=12)
                yield PurePosixPath(str(YEAR), str(unit), f"{name}（修改版）.xlsx"), corrected
                files += 1


def _write_file(path: Path, filings: pd.DataFrame, participants: dict[str, pd.DataFrame]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    numbered = filings.assign(seq=range(1, len(filings) + 1))
    taking_part = [
        participants[filing].assign(seq=seq)
        for filing, seq in zip(numbered["filing_id"], numbered["seq"], strict=True)
        if filing in participants
    ]
    with Workbook(path) as book:
        _write_sheet(book, FILING_SHEET, f"{UNIT_LABEL}{filings['unit'].iloc[0]}", FILING, numbered)
        if taking_part:
            _write_sheet(book, PARTICIPANT_SHEET, None, PARTICIPANT, pd.concat(taking_part))


def _write_sheet(
    book: Workbook, name: str, filed_by: str | None, columns: tuple[Column, ...], rows: pd.DataFrame
) -> None:
    """A title, who files it, the header, and the rows as an office writes them."""
    sheet, day = book.add_worksheet(name), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, f"{YEAR}年因公出国（境）培训项目申报表" if filed_by else "双跨团组参团单位")
    if filed_by:
        sheet.write(1, 0, filed_by)
    header = 2 if filed_by else 1
    sheet.write_row(header, 0, [column.title for column in columns])
    for place, column in enumerate(columns):
        for row, value in enumerate(_as_filed(rows[column.name]), header + 1):
            if isinstance(value, date):
                sheet.write_datetime(row, place, value, day)
            elif value is not None:
                sheet.write(row, place, value)


def _as_filed(values: pd.Series) -> list[object]:
    filed = values.astype(object).where(values.notna(), None).tolist()
    return [{True: "是", False: "否"}[value] if isinstance(value, bool) else value for value in filed]


def _write_references(folder: Path, made: Season) -> None:
    folder.mkdir(parents=True)
    for table, (name, columns) in REFERENCES.items():
        rows = getattr(made.references, table)
        with Workbook(folder / name) as book:
            sheet = book.add_worksheet(Path(name).stem)
            sheet.write_row(0, 0, [column.title for column in columns])
            for place, column in enumerate(columns):
                sheet.write_column(1, place, _as_filed(rows[column.name]))
