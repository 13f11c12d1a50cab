"""From a file to its grids: one a sheet, every value in its cell."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from flows.read.formats import html as markup
from flows.read.formats import ods as opendocument
from flows.read.formats import text, xls, xlsb
from flows.read.formats import xls_records as biff
from flows.read.formats import xlsx as ooxml
from flows.read.formats.detect import Kind, Source, Unreadable, open_source
from flows.read.formats.grid import CellValue, Grid
from flows.read.formats.package import refuse_doctype
from flows.read.formats.refusal import SAVE_AGAIN
from flows.settings import ReadLimits

T = TypeVar("T")

_SHEET_BROKEN = "工作表内容已损坏，无法读取。" + SAVE_AGAIN

FILLED_IN_A_ROW = 1_000
"""A row with more filled cells belongs to no form, and looking for titles in it takes long."""

ERROR_TEXTS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A"})


def open_grids(path: Path, limits: ReadLimits) -> list[Grid]:
    """The sheets of the file at ``path``, in their order; of a workbook readable in part, the others say what troubles them.

    Raises:
        Unreadable: it is no table, or a broken one; says what it is and what to do.
    """
    source = open_source(path, limits)
    read = _READERS[source.kind](source, path.stem[:31] or "Sheet1", limits.cells)
    grids = [_unless_too_wide(_trimmed(_uncovered(grid))) for grid in read]
    if grids and all(grid.trouble for grid in grids):
        raise Unreadable(str(grids[0].trouble))
    return [replace(g, trouble=f"工作表“{g.sheet}”：{g.trouble}") if g.trouble else g for g in grids]


def _xlsx(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    book = ooxml.Workbook(package)
    quick = _calamine(source.data) if book.honest_strings else None
    for part in book.sheets:
        if not part.worksheet:
            continue
        grid = Grid(sheet=part.name, rows=[], epoch_1904=book.epoch_1904, hidden=part.hidden)
        try:
            yield _xlsx_sheet(grid, book, quick, package.read_xml(part.path), cells)
        except Unreadable as error:
            yield replace(grid, trouble=str(error))


def _xlsx_sheet(grid: Grid, book: ooxml.Workbook, quick: CalamineWorkbook | None, xml: bytes, cells: int) -> Grid:
    rows = _calamine_sheet(grid, quick) if quick and ooxml.calamine_may_read(xml, cells) else None
    if rows is None:
        read, marks = book.read(xml, cells)
        rows = replace(grid, rows=read, merged=ooxml.merged(xml))
    else:
        marks = ooxml.marks(xml, recalculates=book.recalculates)
    return _marked(rows, marks.errors, marks.unsaved)


def _xls(source: Source, _: str, cells: int) -> Iterator[Grid]:
    book = source.book
    assert book is not None  # noqa: S101
    workbook = _calamine(source.data) if book.calamine_may_read(cells) else None
    if workbook is None:
        yield from xls.grids(source.data, book, cells)
        return
    worksheets = (sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)
    for sheet, more in zip_longest(worksheets, book.sheets, fillvalue=None):
        if sheet is not None:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            grid = Grid(sheet=sheet.name, rows=[], epoch_1904=book.epoch_1904, hidden=hidden)
            read = _calamine_sheet(grid, workbook)
            more = more or biff.Sheet()
            yield _marked(read, more.errors, more.unsaved) if read else replace(grid, trouble=_SHEET_BROKEN)


def _xlsb(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    book = xlsb.Workbook(package)
    quick = _calamine(source.data)
    for part in book.sheets:
        if not part.worksheet:
            continue
        grid = Grid(sheet=part.name, rows=[], epoch_1904=book.epoch_1904, hidden=part.hidden)
        try:
            yield _xlsb_sheet(grid, book, quick, package.read(part.path), cells)
        except Unreadable as error:
            yield replace(grid, trouble=str(error))


def _xlsb_sheet(grid: Grid, book: xlsb.Workbook, quick: CalamineWorkbook | None, part: bytes, cells: int) -> Grid:
    more = xlsb.survey(part)
    if more.area > cells:
        raise Unreadable(ooxml.too_many_cells(cells))
    read = _calamine_sheet(grid, quick) if quick else None
    if read is None:
        read = replace(grid, rows=book.read(part))
    return _marked(replace(read, merged=more.merged), more.errors, {})


def _ods(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    yield from opendocument.grids(io.BytesIO(package.read_xml("content.xml")), cells)


def _fods(source: Source, _: str, cells: int) -> Iterator[Grid]:
    refuse_doctype(source.data)
    yield from opendocument.grids(io.BytesIO(source.data), cells)


def _text(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield _with_error_texts(Grid(sheet=name, rows=text.rows(source.text, cells)))


def _html(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield _with_error_texts(markup.html_grid(source.text, name, cells))


def _mht(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield from map(_with_error_texts, markup.mht_grids(source.data, name, cells))


def _xml_2003(source: Source, _: str, cells: int) -> Iterator[Grid]:
    yield from markup.spreadsheet_2003_grids(source.data, cells)


_READERS: dict[Kind, Callable[[Source, str, int], Iterator[Grid]]] = {
    Kind.XLSX: _xlsx,
    Kind.XLSB: _xlsb,
    Kind.XLS: _xls,
    Kind.ODS: _ods,
    Kind.FODS: _fods,
    Kind.TEXT: _text,
    Kind.HTML: _html,
    Kind.MHT: _mht,
    Kind.XML_2003: _xml_2003,
}


def _calamine(data: bytes) -> CalamineWorkbook | None:
    """The workbook in ``data`` as calamine opens it; None where it cannot.

    Given bytes calamine goes by content; given a path it would go by the extension.
    """
    return _unless_broken(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _calamine_sheet(grid: Grid, workbook: CalamineWorkbook) -> Grid | None:
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


def _marked(grid: Grid, errors: dict[ooxml.Place, str], unsaved: dict[ooxml.Place, str]) -> Grid:
    """``grid`` with its errors as text in their cells and no value where a formula was never calculated."""
    if not errors and not unsaved:
        return grid
    grid = _reaching(grid, errors.keys() | unsaved.keys())
    for (row, column), value in [*errors.items(), *((place, None) for place in unsaved)]:
        line = grid.rows[row - grid.top]
        line.extend([None] * (column - grid.left + 1 - len(line)))
        line[column - grid.left] = value
    return replace(grid, errors=frozenset(errors), unsaved=unsaved)


def _reaching(grid: Grid, places: Iterable[ooxml.Place]) -> Grid:
    """``grid`` with empty rows and columns added so that it reaches every one of ``places``."""
    rows, columns = zip(*places, strict=True)
    top, left = (min(grid.top, *rows), min(grid.left, *columns)) if grid.rows else (min(rows), min(columns))
    lines = [[None] * (grid.left - left) + line if line else line for line in grid.rows]
    above: list[list[CellValue]] = [[] for _ in range(grid.top - top)] if lines else []
    below: list[list[CellValue]] = [[] for _ in range(max(rows) - top + 1 - len(above) - len(lines))]
    return replace(grid, rows=[*above, *lines, *below], top=top, left=left)


def _with_error_texts(grid: Grid) -> Grid:
    """``grid``, whose format keeps everything as mere text, with the errors marked."""
    errors = frozenset(
        (grid.top + number, grid.left + column)
        for number, row in enumerate(grid.rows)
        for column, value in enumerate(row)
        if value in ERROR_TEXTS
    )
    return replace(grid, errors=errors, mere_text=True)


def _uncovered(grid: Grid) -> Grid:
    """``grid`` without the values that merged cells cover: nobody sees them."""
    marked = grid.errors | grid.unsaved.keys()
    covered: set[ooxml.Place] = set()
    for first, west, last, east in grid.merged:
        for row in range(max(first, grid.top), min(last + 1, grid.top + len(grid.rows))):
            line = grid.rows[row - grid.top]
            start, end = max(west + (row == first) - grid.left, 0), min(east + 1 - grid.left, len(line))
            if any(value is not None for value in line[start:end]):
                line[start:end] = [None] * (end - start)
        if marked:
            covered |= {(r, c) for r, c in marked if first <= r <= last and west <= c <= east} - {(first, west)}
    if not covered:
        return grid
    unsaved = {place: text for place, text in grid.unsaved.items() if place not in covered}
    return replace(grid, errors=grid.errors - covered, unsaved=unsaved)


def _unless_too_wide(grid: Grid) -> Grid:
    """``grid`` without its rows where one of them has more filled cells than any form; a stray cell far out is none."""
    wide = (row for row in grid.rows if len(row) > FILLED_IN_A_ROW)
    most = max((len(row) - row.count(None) for row in wide), default=0)
    if most <= FILLED_IN_A_ROW:
        return grid
    trouble = f"一行有 {most} 格内容，不是申报表（申报表一行不超过 {FILLED_IN_A_ROW} 格），不予读取。请删除多余的列后重新报送。"
    return replace(grid, rows=[], trouble=trouble)


def _trimmed(grid: Grid) -> Grid:
    """``grid`` without the empty rows before its first and after its last filled one."""
    kept = {row - grid.top for row, _ in grid.unsaved}
    filled = (n for n, row in enumerate(grid.rows) if n in kept or any(value is not None for value in row))
    first = next(filled, None)
    if first is None:
        return replace(grid, rows=[])
    last = next(n for n in reversed(range(len(grid.rows))) if n in kept or any(v is not None for v in grid.rows[n]))
    if first == 0 and last == len(grid.rows) - 1:
        return grid
    return replace(grid, rows=grid.rows[first : last + 1], top=grid.top + first)
