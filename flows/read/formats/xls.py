"""Excel's old workbooks (xls) where calamine is no help: Excel 95 and before, bare streams, codepages, cells far away."""

import struct
from dataclasses import replace
from io import StringIO

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR
from xlrd.compdoc import CompDocError

from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.number_formats import serial
from flows.read.formats.refusal import damaged, too_many_cells
from flows.read.formats.shown.styles import Run, as_shown
from flows.read.formats.xls_records import ERRORS, Book, Sheet

_BREAKS = (
    *(xlrd.XLRDError, CompDocError, struct.error, AssertionError, IndexError, KeyError),
    *(TypeError, ValueError, LookupError, AttributeError, NotImplementedError, OverflowError),
)
"""How xlrd ends on a broken file."""


def grids(data: bytes, book: Book, cells_at_most: int) -> list[Grid]:
    """The worksheets of the workbook in ``data``, of which ``book`` tells what xlrd does not.

    Raises:
        Unreadable: it is broken, or a sheet has more than ``cells_at_most`` cells.
    """
    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=StringIO(), ragged_rows=True)
        sheets = workbook.sheets()
    except _BREAKS as error:
        raise damaged("内容有误或不完整") from error
    told = book.sheets + [Sheet()] * (len(sheets) - len(book.sheets))
    return [_grid(sheet, more, book, cells_at_most) for sheet, more in zip(sheets, told, strict=False)]


def _grid(sheet: xlrd.sheet.Sheet, more: Sheet, book: Book, cells_at_most: int) -> Grid:
    grid = Grid(sheet=sheet.name, rows=[], epoch_1904=book.epoch_1904, hidden=sheet.visibility != 0)
    grid = replace(grid, hidden_columns=frozenset(more.hidden_columns))
    if sum(sheet.row_len(row) for row in range(sheet.nrows)) > cells_at_most:
        return replace(grid, trouble=too_many_cells(cells_at_most))
    rows = [[_value(cell, book.epoch_1904) for cell in sheet.row(row)] for row in range(sheet.nrows)]
    for row, column in more.unsaved:
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = None
    errors = frozenset(
        (row + 1, column)
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == XL_CELL_ERROR
    )
    read = replace(grid, rows=rows, merged=more.merged, errors=errors, unsaved=more.unsaved)
    return as_shown(read, more.styles, {})


def marked_texts(data: bytes) -> list[dict[Place, list[Run]]]:
    """By sheet, the cells of the workbook in ``data`` of whose text a piece is struck through or raised; none where xlrd
    cannot tell."""
    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True)
        return [_runs(sheet, workbook) for sheet in workbook.sheets()]
    except _BREAKS:
        return []


def _runs(sheet: xlrd.sheet.Sheet, workbook: xlrd.Book) -> dict[Place, list[Run]]:
    found: dict[Place, list[Run]] = {}
    for (row, column), begins in sheet.rich_text_runlist_map.items():
        text = str(sheet.cell_value(row, column))
        own = workbook.xf_list[sheet.cell_xf_index(row, column)].font_index
        starts = [(0, own), *begins]
        ends = [*(at for at, _ in begins), len(text)]
        fonts = [workbook.font_list[font] for _, font in starts]
        pieces = [
            Run(text[at:end], struck=bool(font.struck_out), raised=font.escapement == 1)
            for (at, _), end, font in zip(starts, ends, fonts, strict=True)
            if end > at
        ]
        if any(piece.struck or piece.raised for piece in pieces):
            found[row + 1, column] = pieces
    return found


def _value(cell: xlrd.sheet.Cell, epoch_1904: bool) -> CellValue:
    if cell.ctype == XL_CELL_DATE:
        return serial(cell.value, "date", epoch_1904=epoch_1904)
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return ERRORS.get(cell.value, "#ERROR!")
    return None if cell.value == "" else cell.value
