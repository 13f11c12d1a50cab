"""A grid: one sheet as it stands, before anyone asks what it means."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

CellValue = str | int | float | bool | datetime | date | time | timedelta | None
"""A cell as the file has it; None where it is empty."""

Place = tuple[int, int]
"""A cell by row (as Excel counts, from 1) and column (from 0)."""


@dataclass(frozen=True)
class Grid:
    """One sheet of one file, trimmed to the filled area.

    ``rows[i][j]`` stands in row ``top + i`` (as Excel counts, from 1) and column ``left + j`` (from 0); rows may differ in
    length. ``merged`` are (first row, first column, last row, last column) in the same absolute counts, the value of each
    standing in its first cell. ``unsaved`` are the formulas without a saved result by (row, column); an error such as
    ``#REF!`` stands in ``rows`` as that text and its place in ``errors``. ``epoch_1904`` says from when serial days
    count. ``mere_text``: the format keeps only what was shown, so that 3.1 may have been the number 3.10. ``hidden`` is
    for the sheet itself; hidden rows and columns are in ``rows`` like any other, ``hidden_columns`` are known. ``table_totals``
    are the rows that a table of Excel says are its totals, each with the columns that it sums. ``rows`` hold what cells show;
    where that is not the bare number, ``numbers`` keep it; cells that hold a picture alone are ``pictures``; where it is known that
    no text names one, as WPS does, ``may_name_pictures`` is False. What is struck
    through is not in ``rows``, but for the rows ``withdrawn``, in which everything is. ``trouble`` is why a sheet of a workbook
    that is otherwise read could not be, in a Chinese sentence; it has no rows then.
    """

    sheet: str
    rows: list[list[CellValue]]
    top: int = 1
    left: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unsaved: dict[Place, str] = field(default_factory=dict)
    errors: frozenset[Place] = frozenset()
    epoch_1904: bool = False
    mere_text: bool = False
    hidden: bool = False
    numbers: dict[Place, float] = field(default_factory=dict)
    withdrawn: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    pictures: frozenset[Place] = frozenset()
    may_name_pictures: bool = True
    table_totals: dict[int, frozenset[int]] = field(default_factory=dict)
    trouble: str | None = None
