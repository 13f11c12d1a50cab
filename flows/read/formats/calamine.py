"""The quick reader: calamine, which gives values and merged cells, kept from what it refuses or breaks on."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from flows.read.formats.grid import CellValue, Grid

T = TypeVar("T")


def calamine_workbook(data: bytes) -> CalamineWorkbook | None:
    """The workbook in ``data`` as calamine opens it; None where it cannot.

    Given bytes calamine goes by content; given a path it would go by the extension.
    """
    return _unless_broken(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def sheet_values(grid: Grid, workbook: CalamineWorkbook) -> Grid | None:
    """``grid`` with the values of the sheet of its name; None where calamine cannot read it."""
    sheet = _unless_broken(lambda: workbook.get_sheet_by_name(grid.sheet))
    if sheet is None:
        return None
    top, left = sheet.start or (0, 0)
    rows: list[list[CellValue]] = [[None if value == "" else value for value in row] for row in sheet.to_python()]
    merged = [(first + 1, west, last + 1, east) for (first, west), (last, east) in sheet.merged_cell_ranges or ()]
    return replace(grid, rows=rows, top=top + 1, left=left, merged=merged)


def _unless_broken(read: Callable[[], T]) -> T | None:
    """What ``read`` gives; None where calamine refuses or, as its errors in Rust do, panics."""
    try:
        return read()
    except CalamineError:
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return None
