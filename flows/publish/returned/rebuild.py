"""A workbook with the layout of a file that cannot be marked in kind (xls, et, ods, csv, html …): its cells where they were."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from flows.publish.returned.letter import AUTHOR, FILLS, Letter, Mark, said_of
from flows.publish.workbook import Book, height, safe
from flows.publish.workbook.style import HEADER_FILL, LINK, RULED, STYLES, WIDTH_A_PAGE
from flows.read import CellValue, Grid
from schemas.sheets import LETTER

_MADE = datetime(2000, 1, 1)
_WIDEST, _NARROWEST = 40.0, 6.0
_LOWEST = 18.0
"""Points of a row with one line."""
_FORMATS: tuple[tuple[type, str], ...] = (
    (datetime, "yyyy-mm-dd hh:mm"),
    (date, "yyyy-mm-dd"),
    (time, "hh:mm"),
    (timedelta, "[h]:mm"),
)


def rebuild(grids: Sequence[Grid], marks: Sequence[Mark], letter: Letter) -> bytes:
    """``letter`` and then ``grids`` as sheets of an xlsx, the cells of ``marks`` filled and commented.

    The same input gives the same bytes.
    """
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    workbook.set_properties({"author": AUTHOR, "created": _MADE})
    book = Book(workbook)
    _letter(book, letter)
    taken = {LETTER.name}
    for grid in grids:
        if _is_letter(grid):
            continue
        name = _sheet_name(grid.sheet, taken)
        _sheet(book, name, grid, [mark for mark in marks if mark.sheet == grid.sheet])
    workbook.close()
    return written.getvalue()


def _is_letter(grid: Grid) -> bool:
    """Whether the sheet is a letter of an earlier night, which the unit sent along."""
    return grid.sheet == LETTER.name and any(
        AUTHOR in value for row in grid.rows for value in row if isinstance(value, str)
    )


def _sheet_name(name: str, taken: set[str]) -> str:
    kept = "".join("_" if c in "[]:*?/\\" else c for c in name).strip("'")[:31] or "Sheet"
    found = next(n for n in (kept, *(f"{kept[:28]}{i}" for i in range(2, 999))) if n.lower() not in taken)
    taken.add(found.lower())
    return found


def _letter(book: Book, letter: Letter) -> None:
    sheet = book.sheet(LETTER.name, "#C00000")
    last = (0, len(LETTER.columns) - 1)
    width = sum(column.width for column in LETTER.columns)
    book.heading(sheet, 0, last, letter.title)
    for row, remark in enumerate(letter.remarks, start=1):
        book.remark(sheet, row, last, remark, width)
    header = 1 + len(letter.remarks)
    sheet.set_row(header, _LOWEST)
    for place, column in enumerate(LETTER.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(
            header, place, column.title, book.style(bold=True, align="center", bg_color=HEADER_FILL, **RULED)
        )
    plain = book.style(text_wrap=True, **RULED)
    for row, line in enumerate(letter.lines, start=header + 1):
        sheet.set_row(row, max(_LOWEST, height(line.texts, [column.width for column in LETTER.columns[1:]])))
        sheet.write_number(row, 0, row - header, plain)
        for place, (column, text) in enumerate(zip(LETTER.columns[1:], line.texts, strict=True), start=1):
            style = plain
            if column.name == "severity" and line.severity in STYLES:
                style = book.style(text_wrap=True, **RULED, **STYLES[line.severity])
            if column.name == "cell" and line.location and text:
                linked = book.style(**LINK, **RULED)
                sheet.write_url(row, place, f"internal:{line.location}", linked, string=safe(text))
            else:
                sheet.write_string(row, place, safe(text), style)
    sheet.freeze_panes(header + 1, 0)


def _sheet(book: Book, name: str, grid: Grid, marks: Sequence[Mark]) -> None:
    sheet = book.sheet(name)
    if grid.trouble:
        sheet.write_string(0, 0, safe(grid.trouble))
    anchors = _merge(book, sheet, grid)
    by_cell: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        place = xl_cell_to_rowcol(mark.cell)
        by_cell[anchors.get(place, place)].append(mark)
    said = {place: said_of(about) for place, about in by_cell.items()}
    for row, values in enumerate(grid.rows, start=grid.top - 1):
        for column, value in enumerate(values, start=grid.left):
            formula = grid.unsaved.get((row + 1, column))
            if value is not None or formula:
                value = _plain(value, grid.numbers.get((row + 1, column)))
                style = _style(book, value, said.get((row, column)))
                _write(sheet, row, column, formula if value is None else value, style)
    for (row, column), about in said.items():
        if not _value_at(grid, row, column):
            sheet.write_blank(row, column, None, _style(book, None, about))
        text = about[1]
        high = 20 * sum(1 + len(line) // 20 for line in text.split("\n")) + 20
        sheet.write_comment(row, column, safe(f"{AUTHOR}：\n{text}"), {"author": AUTHOR, "width": 300, "height": high})
    widths = _widths(grid)
    for column, width in enumerate(widths, start=grid.left):
        sheet.set_column(column, column, width)
    for row, points in enumerate(_heights(grid, widths), start=grid.top - 1):
        sheet.set_row(row, points)
    sheet.fit_to_pages(max(1, ceil(sum(widths) / WIDTH_A_PAGE)), 0)
    if grid.hidden:
        sheet.hide()


def _plain(value: CellValue, number: float | None) -> CellValue:
    """What a cell shows, or where that is its number and nothing else (15.00, 1,000) the number itself."""
    if number is None or not isinstance(value, str):
        return value
    try:
        return number if float(value.replace(",", "")) == number else value
    except ValueError:
        return value


def _merge(book: Book, sheet: Worksheet, grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Merge what was merged; each place in a merged area → its first cell."""
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in grid.merged:
        places = [(row, column) for row in range(top - 1, bottom) for column in range(left, right + 1)]
        if len(places) < 2 or any(place in anchors for place in places):
            continue
        sheet.merge_range(top - 1, left, bottom - 1, right, "", _style(book, None))
        anchors |= dict.fromkeys(places, (top - 1, left))
    return anchors


def _style(book: Book, value: CellValue, said: tuple[str, str] | None = None) -> Format:
    whole_day = isinstance(value, datetime) and value.time() == time.min
    kind = date if whole_day else type(value)
    number_format = next((form for known, form in _FORMATS if kind is known), None)
    return book.style(
        text_wrap=True,
        **RULED,
        **({"num_format": number_format} if number_format else {}),
        **({"bg_color": f"#{FILLS[said[0]]}"} if said else {}),
    )


def _write(sheet: Worksheet, row: int, column: int, value: CellValue, style: Format) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, safe(value), style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, datetime | date | time | timedelta):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)


def _value_at(grid: Grid, row: int, column: int) -> bool:
    inside = 0 <= row - grid.top + 1 < len(grid.rows)
    values = grid.rows[row - grid.top + 1] if inside else []
    return 0 <= column - grid.left < len(values) and values[column - grid.left] is not None


def _heights(grid: Grid, widths: Sequence[float]) -> Iterator[float]:
    """Points that each row needs; a text that is merged over several columns has the room of all of them, one that is merged
    over several rows needs none of its own."""
    room = {(top - grid.top, left - grid.left): (bottom, right - grid.left) for top, left, bottom, right in grid.merged}
    for number, row in enumerate(grid.rows):
        texts, wide = [], []
        for column, value in enumerate(row):
            bottom, right = room.get((number, column), (number + grid.top, column))
            if isinstance(value, str) and bottom == number + grid.top:
                texts.append(value)
                wide.append(sum(widths[column : right + 1]))
        yield max(_LOWEST, height(texts, wide))


def _widths(grid: Grid) -> list[float]:
    """As wide as the widest text that is not a title over everything."""
    widths: list[float] = []
    for row in grid.rows:
        filled = sum(value is not None for value in row)
        for column, value in enumerate(row):
            if column >= len(widths):
                widths.append(_NARROWEST)
            if isinstance(value, str) and filled > 1:
                widths[column] = max(widths[column], min(_WIDEST, 2.0 + 2 * max(map(len, value.split("\n")))))
            elif value is not None and not isinstance(value, str):
                widths[column] = max(widths[column], 11.0)
    return widths
