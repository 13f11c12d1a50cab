"""One reference workbook as it stands, read in a worker behind the wall: where its header is, and the texts under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from flows.read import CellValue, Grid, open_grids
from flows.settings import ReadLimits
from schemas.cells import cell_code
from schemas.columns import Column

_TITLES_OF_A_HEADER = 2
"""A row with so many of the titles is the header."""

ROWS_AT_MOST, CHARACTERS_AT_MOST = 50_000, 5_000_000
"""More in one table is no register of offices: what is read is held in the night's own process."""

STRAYS_AT_MOST = 100
"""More strays are not worth telling one by one."""

_TOO_MUCH = f"表头下超过 {ROWS_AT_MOST} 行或 {CHARACTERS_AT_MOST // 10_000} 万字，不是正常的参考表"


@dataclass(frozen=True)
class Written:
    """One filled cell: its code and its text; ``trouble`` is why the text is no value (an error, a formula never calculated)."""

    cell: int
    text: str
    trouble: str | None = None


@dataclass(frozen=True)
class Register:
    """The table of one workbook.

    ``header`` are the titles' cells by title, a title that stands twice with all of them; ``rows`` the cells of each row by
    title; ``strays`` what stands under no title in rows that are otherwise empty; ``others`` further sheets with such a
    header, which are not read; ``trouble`` why there is no table: a sheet could not be read, or has far too much in it.
    """

    sheet: str = ""
    header: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rows: Sequence[Mapping[str, tuple[Written, ...]]] = ()
    strays: Sequence[Written] = ()
    others: Sequence[str] = ()
    trouble: str | None = None


@dataclass(frozen=True)
class Workbook:
    """One workbook to read: where it is, and the columns that it should have."""

    path: Path
    columns: tuple[Column, ...]

    def __str__(self) -> str:
        return str(self.path)


class RegisterReader:
    """Reads reference workbooks."""

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, workbook: Workbook, limits: ReadLimits) -> tuple[tuple[Column, ...], list[Grid]]:
        """The columns that the workbook should have, and its sheets.

        Raises:
            Unreadable: it is no workbook, or a broken one.
        """
        return workbook.columns, open_grids(workbook.path, limits)

    def read(self, opened: tuple[tuple[Column, ...], Sequence[Grid]]) -> Register:
        """The table in the first sheet that has a header, one that is seen before one that is hidden."""
        columns, grids = opened
        titles = {column.title for column in columns}
        ordered = sorted(grids, key=lambda grid: grid.hidden)
        found = [(grid, header) for grid in ordered if (header := _header(grid, titles)) is not None]
        if not found:
            return Register(trouble=next((grid.trouble for grid in grids if grid.trouble), None))
        grid, header = found[0]
        return _register(grid, header, titles, [other.sheet for other, _ in found[1:]])


def _header(grid: Grid, titles: set[str]) -> int | None:
    """The place of the header among the rows of ``grid``."""
    rows = (len(titles & {_title(value) for value in row}) for row in grid.rows)
    return next((place for place, known in enumerate(rows) if known >= _TITLES_OF_A_HEADER), None)


def _register(grid: Grid, header: int, titles: set[str], others: list[str]) -> Register:
    columns: dict[str, list[int]] = {}
    for place, value in enumerate(grid.rows[header]):
        if _title(value) in titles:
            columns.setdefault(_title(value), []).append(place)
    lines = _with_merged(grid, [place for places in columns.values() for place in places])
    rows: list[Mapping[str, tuple[Written, ...]]] = []
    strays: list[Written] = []
    characters = 0
    unsaved = {row for row, _ in grid.unsaved}
    for number in range(header + 1, len(grid.rows)):
        line = lines.get(number, grid.rows[number])
        if line.count(None) == len(line) and grid.top + number not in unsaved:
            continue  # before a stray cell at the end of the sheet there are a million of these
        row = {title: _cells(grid, number, line, places) for title, places in columns.items()}
        row = {title: cells for title, cells in row.items() if cells}
        if row and not _is_header(row):
            rows.append(row)
            characters += sum(len(cell.text) for cells in row.values() for cell in cells)
        elif not row:
            strays += _cells(grid, number, line, range(len(line)))
        if len(rows) > ROWS_AT_MOST or characters > CHARACTERS_AT_MOST:
            return Register(trouble=_TOO_MUCH)
    at = {title: tuple(_code(grid, header, place) for place in places) for title, places in columns.items()}
    return Register(grid.sheet, at, rows, strays[:STRAYS_AT_MOST], others)


def _with_merged(grid: Grid, columns: list[int]) -> dict[int, list[CellValue]]:
    """The rows over which a cell of ``columns`` is merged downwards, with its value in each, as a reader sees them."""
    lines: dict[int, list[CellValue]] = {}
    for first, west, last, _ in grid.merged:
        top, column = first - grid.top, west - grid.left
        if column in columns and 0 <= top < len(grid.rows):
            value = grid.rows[top][column] if column < len(grid.rows[top]) else None
            for number in range(top + 1, min(last - grid.top + 1, len(grid.rows))):
                line = lines.setdefault(number, list(grid.rows[number]))
                line.extend([None] * (column + 1 - len(line)))
                line[column] = value
    return lines


def _is_header(row: Mapping[str, tuple[Written, ...]]) -> bool:
    """Whether a row is the header once more, as over each page."""
    said = list(chain.from_iterable(((title, cell.text) for cell in cells) for title, cells in row.items()))
    return len(said) >= _TITLES_OF_A_HEADER and all(title == _title(text) for title, text in said)


def _cells(grid: Grid, number: int, line: Sequence[CellValue], places: Sequence[int]) -> tuple[Written, ...]:
    found = (_written(grid, number, place, line[place] if place < len(line) else None) for place in places)
    return tuple(cell for cell in found if cell)


def _written(grid: Grid, number: int, place: int, value: CellValue) -> Written | None:
    row, column = grid.top + number, grid.left + place
    code = cell_code(row, column)
    if (row, column) in grid.unsaved:
        return Written(code, grid.unsaved[row, column], "是公式，文件中没有保存计算结果")
    if (row, column) in grid.errors:
        return Written(code, str(value), "是公式的出错值")
    text = _text(value).strip()
    return Written(code, text) if text else None


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return str(value)


def _title(value: CellValue) -> str:
    return "".join(_text(value).split())


def _code(grid: Grid, number: int, place: int) -> int:
    return cell_code(grid.top + number, grid.left + place)
