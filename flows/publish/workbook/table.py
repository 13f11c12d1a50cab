"""What one sheet with a table shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from schemas.columns import Column

if TYPE_CHECKING:
    import pandas as pd

USUAL_LINES, WHOLE = 26, 100_000
"""Lines that a text may take in a row, and that of a text which is never cut."""


@dataclass(frozen=True)
class Table:
    """One sheet: a title, remarks under it, a header row, and ``frame``'s columns of the same names.

    ``marks`` and ``links`` are by the name of the column they are about, a value a row: the name of a style
    (``style.STYLES``), and where a link goes. ``entries`` are the columns, the last ones, that a reader fills in, with
    ``lists`` of the words to choose from; where there are any the sheet is protected. ``shares`` are columns of numbers to
    show as percentages, ``exact`` those to show to two places and never as a round 100 that they are not. Text is cut to
    ``most_lines`` of its column (usually ``USUAL_LINES``), but never in the entries. Of those, and of the columns
    ``cropped``, a row shows the first lines of a long text. The first ``frozen`` columns stay in sight and are printed on
    every page. ``nothing`` is said where there is no row. Where one sheet does not hold all rows, those with the same value in
    ``together`` are not parted.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    remarks: Sequence[str] = ()
    marks: Mapping[str, pd.Series] = field(default_factory=dict)
    links: Mapping[str, pd.Series] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    cropped: tuple[str, ...] = ()
    most_lines: Mapping[str, int] = field(default_factory=dict)
    frozen: int = 1
    nothing: str = "无。"
    colour: str | None = None
    together: str | None = None

    @property
    def width(self) -> float:
        """All columns together, in characters."""
        return sum(column.width for column in self.columns)

    def part(self, rows: slice) -> Table:
        """Some of the rows."""
        return replace(
            self,
            frame=self.frame.iloc[rows],
            marks={name: column.iloc[rows] for name, column in self.marks.items()},
            links={name: column.iloc[rows] for name, column in self.links.items()},
        )
