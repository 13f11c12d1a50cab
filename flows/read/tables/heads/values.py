"""The values beneath a header, and how well those of a column fit a field."""

from collections.abc import Callable, Sequence

from flows.read.tables.plausible import Plausible
from flows.read.tables.sheet import Sheet

SAMPLE_ROWS = 30
"""Rows below a header whose values help to tell what a title means."""

_RECORD = 0.3
"""The share of a header's columns that a record fills: a heading, a note and most totals fill less."""


def sample(sheet: Sheet, last: int, width: int, begins: Callable[[int], bool]) -> list[int]:
    """The rows below a header of ``width`` columns that look like records, as far as the next header ``begins``."""
    found = []
    for row in range(last + 1, min(last + SAMPLE_ROWS, sheet.bottom) + 1):
        cells = sheet.row(row)
        if len(cells) - cells.count(None) >= min(max(3, width * _RECORD), width):
            if begins(row):
                break
            found.append(row)
    return found


def fit(sheet: Sheet, rows: Sequence[int], name: str, column: int, plausible: Plausible) -> float:
    """The share of the values in ``rows`` of a column that may be of the field ``name``; 1 where that cannot be told."""
    told = [fits for row in rows if (text := sheet.text(row, column)) and (fits := plausible(name, text)) is not None]
    return sum(told) / len(told) if told else 1.0
