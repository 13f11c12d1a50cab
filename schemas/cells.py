"""Where a value stands, as one number: a cell code. Without pandas, which the reading workers do not need."""

from functools import cache

from schemas.words import NO_CELL

COLUMNS_A_SHEET = 16384


def cell_code(row: int, column: int) -> int:
    """The code of the cell at ``row`` (as Excel counts, from 1) and ``column`` (from 0)."""
    return row * COLUMNS_A_SHEET + column


def a1(code: int) -> str | None:
    """``H7`` for a cell code; None where there is no cell."""
    if code == NO_CELL:
        return None
    row, column = divmod(int(code), COLUMNS_A_SHEET)
    return f"{column_letters(column)}{row}"


@cache
def column_letters(column: int) -> str:
    """``AA`` for column 26 (counted from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
