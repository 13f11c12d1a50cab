"""A grid as a person sees it: errors as their text, nothing under merged cells, no empty rows around, no stray columns."""

import re
from collections.abc import Iterable
from dataclasses import replace

from flows.read.formats.grid import CellValue, Grid, Place

FILLED_IN_A_ROW = 1_000
"""A row with more filled cells belongs to no form, and looking for titles in it takes long."""

_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\([^()]*\)", re.IGNORECASE)

ERROR_TEXTS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A"})


def as_seen(grid: Grid) -> Grid:
    """``grid`` without what nobody sees of it; without its rows, and why, where it is far too wide for a form."""
    return _unless_too_wide(_trimmed(_with_pictures(_uncovered(grid))))


def with_marks(grid: Grid, errors: dict[Place, str], unsaved: dict[Place, str]) -> Grid:
    """``grid`` with its errors as text in their cells and no value where a formula was never calculated."""
    if not errors and not unsaved:
        return grid
    grid = _reaching(grid, errors.keys() | unsaved.keys())
    for (row, column), value in [*errors.items(), *((place, None) for place in unsaved)]:
        line = grid.rows[row - grid.top]
        line.extend([None] * (column - grid.left + 1 - len(line)))
        line[column - grid.left] = value
    return replace(grid, errors=frozenset(errors), unsaved=unsaved)


def _reaching(grid: Grid, places: Iterable[Place]) -> Grid:
    """``grid`` with empty rows and columns added so that it reaches every one of ``places``."""
    rows, columns = zip(*places, strict=True)
    top, left = (min(grid.top, *rows), min(grid.left, *columns)) if grid.rows else (min(rows), min(columns))
    lines = [[None] * (grid.left - left) + line if line else line for line in grid.rows]
    above: list[list[CellValue]] = [[] for _ in range(grid.top - top)] if lines else []
    below: list[list[CellValue]] = [[] for _ in range(max(rows) - top + 1 - len(above) - len(lines))]
    return replace(grid, rows=[*above, *lines, *below], top=top, left=left)


def with_error_texts(grid: Grid) -> Grid:
    """``grid``, whose format keeps everything as mere text, with the errors marked."""
    errors = frozenset(
        (grid.top + number, grid.left + column)
        for number, row in enumerate(grid.rows)
        for column, value in enumerate(row)
        if value in ERROR_TEXTS
    )
    return replace(grid, errors=errors, mere_text=True)


def _with_pictures(grid: Grid) -> Grid:
    """``grid`` with nothing but a picture in the cells that hold one, and in those that WPS keeps as DISPIMG("…")."""
    pictures = set(grid.pictures)
    if grid.may_name_pictures:
        pictures |= {
            (grid.top + number, grid.left + column)
            for number, row in enumerate(grid.rows)
            for column, value in enumerate(row)
            if type(value) is str and "DISPIMG(" in value and _PICTURE.fullmatch(value.strip())
        }
    pictures |= {place for place, formula in grid.unsaved.items() if _PICTURE.fullmatch(formula)}
    if not pictures:
        return grid
    rows = [list(row) for row in grid.rows]
    for at, column in pictures:
        line, place = at - grid.top, column - grid.left
        if 0 <= line < len(rows) and 0 <= place < len(rows[line]):
            rows[line][place] = None
    unsaved = {place: formula for place, formula in grid.unsaved.items() if place not in pictures}
    return replace(grid, rows=rows, pictures=frozenset(pictures), unsaved=unsaved)


def _uncovered(grid: Grid) -> Grid:
    """``grid`` without the values that merged cells cover: nobody sees them."""
    marked = grid.errors | grid.unsaved.keys()
    covered: set[Place] = set()
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
