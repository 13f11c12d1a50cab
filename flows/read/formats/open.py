"""From a file to its grids, one a sheet: which reader takes which kind of file."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from flows.read.formats import html, ods, text, xls, xls_records, xlsb, xlsx, xlsx_marks, xlsx_shown, xml2003
from flows.read.formats.as_seen import as_seen, with_error_texts, with_marks
from flows.read.formats.calamine import calamine_workbook, sheet_values
from flows.read.formats.detect import Source, open_source
from flows.read.formats.grid import Grid
from flows.read.formats.refusal import SAVE_AGAIN, Unreadable, too_many_cells
from flows.read.formats.safe_xml import refuse_doctype
from flows.read.formats.shown.styles import as_shown
from flows.read.formats.signatures import Kind
from flows.read.formats.xlsx_tables import table_totals
from flows.settings import ReadLimits

_SHEET_BROKEN = "工作表内容已损坏，无法读取。" + SAVE_AGAIN


def open_grids(path: Path, limits: ReadLimits) -> list[Grid]:
    """The sheets of the file at ``path``, in their order; of a workbook readable in part, the others say what troubles them.

    Raises:
        Unreadable: it is no table, or a broken one; says what it is and what to do.
    """
    return grids_of(open_source(path, limits), path, limits)


def grids_of(source: Source, path: Path, limits: ReadLimits) -> list[Grid]:
    """The sheets of a file in memory, as :func:`open_grids` gives them; the name of ``path`` is that of a sheet without one.

    Raises:
        Unreadable: it is a broken one.
    """
    read = READERS[source.kind](source, path.stem[:31] or "Sheet1", limits.cells)
    grids = [as_seen(grid) for grid in read]
    if grids and all(grid.trouble for grid in grids):
        raise Unreadable(str(grids[0].trouble))
    return [replace(g, trouble=f"工作表“{g.sheet}”：{g.trouble}") if g.trouble else g for g in grids]


def _xlsx(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    book = xlsx.Workbook(package)
    quick = calamine_workbook(source.data) if book.honest_strings else None
    for part in book.sheets:
        if not part.worksheet:
            continue
        grid = Grid(sheet=part.name, rows=[], epoch_1904=book.epoch_1904, hidden=part.hidden)
        try:
            xml = package.read_xml(part.path)
            grid = replace(
                grid,
                table_totals=table_totals(package, part.path, xml),
                hidden_columns=xlsx_marks.hidden_columns(xml),
                may_name_pictures=book.names_pictures or xlsx_marks.names_pictures(xml),
            )
            yield _xlsx_sheet(grid, book, quick, xml, cells)
        except Unreadable as error:
            yield Grid(part.name, [], epoch_1904=book.epoch_1904, hidden=part.hidden, trouble=str(error))


def _xlsx_sheet(grid: Grid, book: xlsx.Workbook, quick: CalamineWorkbook | None, xml: bytes, cells: int) -> Grid:
    rows = sheet_values(grid, quick) if quick and xlsx_marks.calamine_may_read(xml, cells) else None
    if rows is None:
        read, marks = book.read(xml, cells)
        rows = replace(grid, rows=read, merged=xlsx_marks.merged(xml))
    else:
        marks = xlsx_marks.marks(xml, recalculates=book.recalculates)
    seen = as_shown(rows, xlsx_shown.styles_of(xml, book), xlsx_shown.runs_of(xml, book))
    seen = replace(seen, pictures=frozenset(marks.pictures)) if marks.pictures else seen
    return with_marks(seen, marks.errors, marks.unsaved)


def _xls(source: Source, _: str, cells: int) -> Iterator[Grid]:
    book = source.book
    assert book is not None  # noqa: S101
    workbook = calamine_workbook(source.data) if book.calamine_may_read(cells) else None
    if workbook is None:
        yield from xls.grids(source.data, book, cells)
        return
    worksheets = (sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)
    marked = xls.marked_texts(source.data) if book.marked_texts else []
    for sheet, more, runs in zip_longest(worksheets, book.sheets, marked, fillvalue=None):
        if sheet is not None:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            more = more or xls_records.Sheet()
            columns = frozenset(more.hidden_columns)
            grid = Grid(sheet.name, [], epoch_1904=book.epoch_1904, hidden=hidden, hidden_columns=columns)
            read = sheet_values(grid, workbook)
            if read is None:
                yield replace(grid, trouble=_SHEET_BROKEN)
            else:
                yield with_marks(as_shown(read, more.styles, runs or {}), more.errors, more.unsaved)


def _xlsb(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    book = xlsb.Workbook(package)
    quick = calamine_workbook(source.data)
    for part in book.sheets:
        if not part.worksheet:
            continue
        grid = Grid(sheet=part.name, rows=[], epoch_1904=book.epoch_1904, hidden=part.hidden)
        try:
            yield _xlsb_sheet(grid, book, quick, package.read(part.path), cells)
        except Unreadable as error:
            yield replace(grid, trouble=str(error))


def _xlsb_sheet(grid: Grid, book: xlsb.Workbook, quick: CalamineWorkbook | None, part: bytes, cells: int) -> Grid:
    more = xlsb.marks(part, book.telling_styles)
    if more.area > cells:
        raise Unreadable(too_many_cells(cells))
    read = sheet_values(grid, quick) if quick else None
    if read is None:
        read = replace(grid, rows=book.read(part))
    return with_marks(
        as_shown(replace(read, merged=more.merged, hidden_columns=frozenset(more.hidden)), more.styles, {}),
        more.errors,
        {},
    )


def _ods(source: Source, _: str, cells: int) -> Iterator[Grid]:
    package = source.package
    assert package is not None  # noqa: S101
    yield from ods.grids(io.BytesIO(package.read_xml("content.xml")), cells)


def _fods(source: Source, _: str, cells: int) -> Iterator[Grid]:
    refuse_doctype(source.data)
    yield from ods.grids(io.BytesIO(source.data), cells)


def _text(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield with_error_texts(Grid(sheet=name, rows=text.rows(source.text, cells)))


def _html(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield with_error_texts(html.html_grid(source.text, name, cells))


def _mht(source: Source, name: str, cells: int) -> Iterator[Grid]:
    yield from map(with_error_texts, html.mht_grids(source.data, name, cells))


def _xml_2003(source: Source, _: str, cells: int) -> Iterator[Grid]:
    yield from xml2003.grids(source.data, cells)


READERS: dict[Kind, Callable[[Source, str, int], Iterator[Grid]]] = {
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
"""What reads each kind: from the file, a name for a sheet that has none, and how many cells a sheet may have."""
