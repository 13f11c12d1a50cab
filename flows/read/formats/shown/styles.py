"""How cells are styled, as far as that changes what they say, and grids with what their cells show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.shown.number_text import LONGEST, general, is_plain, shown_number, shown_text
from flows.read.formats.shown.sections import sections

_FEW, _MANY = 2, 5
"""A row with fewer struck cells is none that is struck out as a whole; one with more may have its 序号 left."""

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


@dataclass(frozen=True)
class Style:
    """The number format of a cell, and whether its font is struck through."""

    code: str = "General"
    struck: bool = False

    @property
    def tells(self) -> bool:
        """Whether a cell of this style may show something else than its bare value."""
        if self.struck or is_plain(self.code) or len(self.code) > LONGEST:
            return self.struck
        return not any(section.moment for section in sections(self.code))


@dataclass(frozen=True)
class Run:
    """A piece of a cell's text: ``struck`` through, or ``raised`` above the line; ``struck`` is None where it is as the cell."""

    text: str
    struck: bool | None = False
    raised: bool = False


def plain_text(runs: list[Run]) -> str:
    """What is left of a text without its struck runs; raised ones in raised characters."""
    return "".join(run.text.translate(_RAISED) if run.raised else run.text for run in runs if not run.struck)


def as_shown(grid: Grid, styles: Mapping[Place, Style], runs: Mapping[Place, list[Run]]) -> Grid:
    """``grid`` with what its cells show; the numbers behind it are kept, and rows that are struck out as a whole stay."""
    if not styles and not runs:
        return grid
    rows, numbers = [list(row) for row in grid.rows], dict(grid.numbers)
    struck: dict[int, set[int]] = {}
    for (row, column), style in styles.items():
        value = _at(rows, grid, row, column)
        if value is None or isinstance(value, bool):
            continue
        if style.struck and (row, column) not in runs:  # of a text in pieces each says for itself
            struck.setdefault(row, set()).add(column)
        shown = _shown(value, style.code)
        if shown is not None:
            rows[row - grid.top][column - grid.left] = shown or None
            if isinstance(value, int | float):
                numbers[row, column] = float(value)
    for (row, column), pieces in runs.items():
        if _at(rows, grid, row, column) is None:
            continue
        pieces = _as_cell(pieces, styles.get((row, column), Style()))
        if all(run.struck or not run.text.strip() for run in pieces):
            struck.setdefault(row, set()).add(column)
        else:
            rows[row - grid.top][column - grid.left] = plain_text(pieces)
    withdrawn = frozenset(row for row, columns in struck.items() if _all_struck(rows[row - grid.top], grid, columns))
    for row, columns in struck.items():
        if row not in withdrawn:
            for column in columns:
                rows[row - grid.top][column - grid.left] = None
    return replace(grid, rows=rows, numbers=numbers, withdrawn=withdrawn)


def _as_cell(pieces: list[Run], style: Style) -> list[Run]:
    """The pieces of a cell of that style, each with whether it is struck through."""
    return [replace(run, struck=style.struck) if run.struck is None else run for run in pieces]


def _at(rows: list[list[CellValue]], grid: Grid, row: int, column: int) -> CellValue:
    line, place = row - grid.top, column - grid.left
    return rows[line][place] if 0 <= line < len(rows) and 0 <= place < len(rows[line]) else None


def _shown(value: CellValue, code: str) -> str | None:
    """What is shown in place of ``value``; None where that says the same."""
    if isinstance(value, str):
        shown = shown_text(value, code)
        return shown if shown != value else None
    if not isinstance(value, int | float):
        return None
    number = shown_number(float(value), code)
    bare = _bare(value)
    if number is None or number.strip().replace(",", "") == bare:
        return None
    return number.strip()


def _bare(value: float) -> str:
    return general(Decimal(repr(float(value))))


def _all_struck(row: list[CellValue], grid: Grid, columns: set[int]) -> bool:
    """Whether a row is struck out: every cell of it, or every one but its number where there are several."""
    left = {grid.left + place for place, value in enumerate(row) if value is not None} - columns
    return len(columns) >= _FEW and (not left or (len(left) == 1 and len(columns) >= _MANY))
