"""The tables about files and sheets: what was found, the sheets with filings, their 合计 rows, what reading remarked."""

import pandas as pd

from flows.lineage import Lineage
from flows.validate.tables.rows import CellRows, FileRows, RemarkRows, SheetRows, TotalRows
from schemas.form import Form
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Files, Filings, Readings, empty
from schemas.words import NO_CELL

CELL_REMARKS = ("ambiguous", "several_values", "no_cached_value", "error_value", "picture")
"""Kinds of remark that are about one cell; the others are about a header or a file."""
_NOWHERE = {"cell": NO_CELL, "value": None, "column": None}


def files_found(files: DataFrame[Files]) -> DataFrame[FileRows]:
    """Every file found."""
    files = files.reset_index(drop=True)
    rows = files.assign(file=files["path"], sheet=None, filing_id=None, subject=files["path"], **_NOWHERE)
    return FileRows.validate(rows.astype(FileRows.dtypes()))


def sheets_with_filings(filings: DataFrame[Filings], lineage: Lineage, notice: Notice) -> DataFrame[SheetRows]:
    """Every sheet with filings."""
    has_column = lineage.of(filings["filing_id"]).cell("letter_no").ne(NO_CELL)
    advised = ~filings["training_type"].isin(notice.meanings.formal_types)
    places = filings[["file", "sheet", "unit"]].assign(letter_column=has_column, letter_advised=advised)
    sheets = places.groupby(["file", "sheet"], sort=False)
    told = {
        "letter_column": ("letter_column", "all"),
        "letter_advised": ("letter_advised", "any"),
        "unit": ("unit", "first"),
    }
    rows = sheets.agg(**told).reset_index()
    return SheetRows.validate(
        rows.assign(filing_id=None, subject=of_sheet(rows), **_NOWHERE).astype(SheetRows.dtypes())
    )


def totals_stated(
    readings: Readings, unit_of_file: pd.Series, cells: DataFrame[CellRows], form: Form
) -> DataFrame[TotalRows]:
    """Every figure of a 合计 row; ``cells`` are those of the filings."""
    totals = readings.totals.reset_index(drop=True)
    if totals.empty:
        return empty(TotalRows)
    unread = cells[~cells["blank"] & cells["filing_id"].notna()]
    unread = pd.MultiIndex.from_frame(unread[["file", "sheet", "column"]])
    rows = totals.assign(
        title=totals["column"].map(form.titles).astype(TEXT),
        unread_above=pd.MultiIndex.from_frame(totals[["file", "sheet", "column"]]).isin(unread),
        unit=totals["file"].map(unit_of_file).astype(TEXT),
        filing_id=pd.Series(None, index=totals.index, dtype=TEXT),
        subject=of_sheet(totals),
    )
    return TotalRows.validate(rows)


def remarks_made(
    readings: Readings, filings: DataFrame[Filings], unit_of_file: pd.Series, form: Form
) -> DataFrame[RemarkRows]:
    """Everything that reading remarked, about cells too."""
    remarks = readings.remarks.reset_index(drop=True)
    if remarks.empty:
        return empty(RemarkRows)
    unit = remarks["filing_id"].map(filings.set_index("filing_id")["unit"])
    rows = remarks.assign(
        unit=unit.fillna(remarks["file"].map(unit_of_file)).astype(TEXT),
        subject=remarks["filing_id"].fillna(of_sheet(remarks)),
        title=remarks["column"].map(form.titles).astype(TEXT),
    )
    return RemarkRows.validate(rows)


def of_sheet(rows: pd.DataFrame) -> pd.Series:
    """The subject of what is about a sheet, or about a file where no sheet is named."""
    return rows["file"] + "\x1f" + rows["sheet"].fillna("")
