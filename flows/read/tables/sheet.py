"""A sheet to look at: a grid with its cells as a person sees them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice

from flows.read.formats.grid import CellValue, Grid
from flows.read.values.characters import plain

LARGEST_MERGE = 20_000
"""Cells of the largest merged area that is taken for more than decoration."""

Place = tuple[int, int]
"""A cell by its row (as Excel counts) and its column (from 0)."""


class Sheet:
    """A grid by absolute rows (as Excel counts) and columns (from 0)."""

    def __init__(self, grid: Grid) -> None:
        """Look at ``grid``."""
        self.grid = grid
        self.name = printable(grid.sheet)
        self.top = grid.top
        self.left = grid.left
        self.bottom = grid.top + len(grid.rows) - 1
        self.width = grid.left + max(map(len, grid.rows), default=0)
        self.whole = self

    def within(self, first: int, last: int) -> "Sheet":
        """Columns ``first`` to ``last`` as a sheet of their own."""
        start, end = max(0, first - self.left), max(0, last + 1 - self.left)
        merged = [area for area in self.grid.merged if area[1] <= last and area[3] >= first]
        rows = [row[start:end] for row in self.grid.rows]
        part = Sheet(replace(self.grid, rows=rows, left=max(first, self.left), merged=merged))
        part.whole = self.whole
        return part

    def row(self, row: int) -> list[CellValue]:
        """The cells of ``row`` from column ``left`` on; empty outside the filled area."""
        place = row - self.top
        return self.grid.rows[place] if 0 <= place < len(self.grid.rows) else []

    def value(self, row: int, column: int) -> CellValue:
        """What stands in the cell itself; None where it is empty."""
        cells, place = self.row(row), column - self.left
        return cells[place] if 0 <= place < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The cell's text as a person sees it; empty where it is empty."""
        line, place = row - self.top, column - self.left
        if not 0 <= line < len(self.grid.rows) or not 0 <= place < len(self.grid.rows[line]):
            return ""
        value = self.grid.rows[line][place]
        return "" if value is None else as_filed(value)

    def anchor(self, row: int, column: int) -> Place:
        """The cell that holds this cell's value: itself, or the first of the merged area that it is in."""
        area = self.areas.get((row, column))
        return area[:2] if area else (row, column)

    def end(self, row: int, column: int) -> int:
        """The last column of the merged area that begins here, else the column itself."""
        area = self.areas.get((row, column))
        return area[3] if area else column

    @cached_property
    def areas(self) -> dict[Place, tuple[int, int, int, int]]:
        """Every cell of a merged area within the filled part → first row, first column, last row, last column."""
        areas: dict[Place, tuple[int, int, int, int]] = {}
        for first_row, first, last_row, last in self.grid.merged:
            rows = range(max(first_row, self.top), min(last_row, self.bottom) + 1)
            columns = range(max(first, self.left), min(last, self.width - 1) + 1)
            if len(rows) * len(columns) <= LARGEST_MERGE:
                area = (first_row, first, last_row, last)
                areas |= {(row, column): area for row in rows for column in columns}
        return areas

    @cached_property
    def _rows_in_areas(self) -> dict[int, int]:
        """Row → the last column of the merged areas that reach into it."""
        last: dict[int, int] = {}
        for row, column in self.areas:
            last[row] = max(column, last.get(row, 0))
        return last

    @cached_property
    def merged_down(self) -> bool:
        """Whether any merged area spans several rows."""
        return any(last_row > first_row for first_row, _, last_row, _ in self.grid.merged)

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Column and text of every cell of ``row`` that holds something."""
        return [
            (self.left + place, text)
            for place, value in enumerate(self.row(row))
            if value is not None and (text := as_filed(value))
        ]

    def beginning(self, row: int, number: int) -> list[str]:
        """The texts of the first ``number`` cells of ``row`` that hold something."""
        texts = (text for value in self.row(row) if value is not None and (text := as_filed(value)))
        return list(islice(texts, number))

    def distinct(self, row: int) -> list[tuple[int, int, str]]:
        """The cells of ``row`` as a person sees them: first column, last column, text; merged cells as one.

        What lies beyond the last filled cell of the row, and of the areas that reach into it, is left out.
        """
        end = self.left + len(self.row(row))
        if row not in self._rows_in_areas:
            cells = self.row(row)
            return [(c, c, "" if v is None else as_filed(v)) for c, v in enumerate(cells, start=self.left)]
        end = max(end, self._rows_in_areas[row] + 1)
        found = []
        column = self.left
        while column < end:
            area = self.areas.get((row, column))
            last = min(area[3], self.width - 1) if area else column
            at = area[:2] if area else (row, column)
            found.append((column, last, self.text(*at)))
            column = last + 1
        return found

    def own_cells(self, row: int) -> list[tuple[int, int, str]]:
        """Those of :meth:`distinct` that are filled and do not reach down from a row above."""
        return [cell for cell in self.distinct(row) if cell[2] and self.anchor(row, cell[0])[0] == row]


def printable(text: str) -> str:
    """The text without control characters, line breaks apart, and without halves of characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c >= " " or c in "\t\n\r")


def _shown_text(text: str) -> str:
    shown = printable(text).strip()
    return shown if plain(shown).strip("\u00a0 \n") else ""


@lru_cache(maxsize=10_000)
def shown_number(value: float) -> str:
    """A number as a person sees it: 20 for 20.0."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")


def as_filed(value: CellValue) -> str:
    """A cell's text as a person sees it: 20 for 20.0, 2020-03-05 for a date; empty for blanks only."""
    if type(value) is str:
        text = value.strip()
        return text if text.isprintable() else _shown_text(text)
    if value is None:
        return ""
    if type(value) is float:
        return shown_number(value)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (date, time, timedelta)):
        return value.isoformat() if not isinstance(value, timedelta) else str(value)
    return str(value)
