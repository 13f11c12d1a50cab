"""Reading without files or without workers."""

from pathlib import Path

import pandas as pd

from flows.read import FileReader, FoundFile, gather
from flows.read.tables import FileReading, Knowledge, read_sheets, words_of
from flows.read.tables.find import Layout, layout
from flows.read.tables.heads.best import header_at
from flows.read.tables.heads.header import Header
from flows.read.tables.sheet import Sheet
from flows.references import References
from flows.settings import ReadLimits
from schemas.tables import Ages, Cells, Files, Filings, Participants, Readings, Remarks, Totals
from tests.frames import with_cells
from tests.layouts.page import Page, grid
from tests.year import BOOK, FILING

READER = FileReader(words_of(BOOK))
KNOWN = Knowledge(words_of(BOOK))


def read_pages(*pages: Page) -> FileReading:
    """What the pages of one file give."""
    return read_sheets([grid(page) for page in pages], KNOWN)


def read_file(path: Path) -> FileReading:
    """What the file at ``path`` gives."""
    return READER.read(READER.open(FoundFile(path), ReadLimits()))


def reading_of(references: References, *pages: Page, path: str = "2020/申报表.xlsx") -> Readings:
    """What pages give, without a file."""
    reading = read_pages(*pages)
    readings = gather([path], [reading], BOOK, references)
    for schema, frame in (
        (Files, readings.files), (Filings, readings.filings), (Participants, readings.participants),
        (Cells, readings.cells), (Remarks, readings.remarks), (Totals, readings.totals), (Ages, readings.ages),
    ):  # fmt: skip
        schema.validate(frame)
    return readings


def filings_with_cells(readings: Readings) -> pd.DataFrame:
    """The filings with what stands in the form for each value, and where (:func:`tests.frames.with_cells`)."""
    return with_cells(readings.filings, readings.cells)


def participants_with_cells(readings: Readings) -> pd.DataFrame:
    """The participants, the same."""
    return with_cells(readings.participants, readings.cells)


def laid_out(*pages: Page) -> Layout:
    """Where the tables and cards of the pages of one file are."""
    return layout([Sheet(grid(page)) for page in pages], KNOWN)


def header(page: Page, row: int = 1) -> Header:
    """The one header that begins at ``row``."""
    (found,) = header_at(Sheet(grid(page)), row, KNOWN)
    return found


def column_title(name: str) -> str:
    """What the form calls the column ``name``."""
    return next(column.title for column in FILING if column.name == name)
