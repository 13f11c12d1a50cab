"""What one sheet with a table shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from schemas.columns import Column

if TYPE_CHECKING:
    import pandas as pd

USUAL_LINES, WHOLE = 26, 100_000
"""Lines that a text may take in a row, and that of a text which is never cut."""
USUAL_POINTS = 10.0
"""The size of the text in a table."""


@dataclass(frozen=True)
class Table:
    """One sheet: a title, remarks under it, a header row, and ``frame``'s columns of the same names.

    ``marks`` and ``links`` are by the name of the column they are about, a value a row: the name of a style
    (``style.STYLES``), and where a link goes. ``entries`` are the columns, side by side, that a reader fills in, with
    ``lists`` of the words to choose from, and in some rows ``other_lists``; where there are any the sheet is
    protected. ``shares`` are columns of numbers to
    show as percentages, ``exact`` those to show to two places and never as a round 100 that they are not. Text is cut to
    ``most_lines`` of its column (usually ``USUAL_LINES``), but never in the entries. Of those, and of the columns
    ``cropped``, a row shows the first lines of a long text. The first ``frozen`` columns stay in sight and are printed on
    every page. ``nothing`` is said where there is no row. ``font`` is another than that of the house, ``points`` the size of
    the text. Where rows stand in blocks, ``across`` says in which of them the first column's text stands over all columns;
    such a table is neither sorted nor filtered.
    Where one sheet does not hold all rows, those with the same value in ``together`` are not parted.
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
    other_lists: Mapping[str, tuple[pd.Series, Sequence[str]]] = field(default_factory=dict)
    across: pd.Series | None = None
    points: float = USUAL_POINTS
    frozen: int = 1
    nothing: str = "无。"
    colour: str | None = None
    font: str | None = None
    together: str | None = None

    @property
    def width(self) -> float:
        """All columns together, in characters."""
        return sum(column.width for column in self.columns)

    @property
    def filled_in(self) -> tuple[int, int]:
        """The places of the first and the last of the columns that a reader fills in."""
        places = [place for place, column in enumerate(self.columns) if column.name in self.entries]
        return places[0], places[-1]

    @property
    def content(self) -> list[object]:
        """All that the cells of its rows depend on, besides where they stand."""
        import pandas as pd

        shown = self.frame[[column.name for column in self.columns]].reset_index(drop=True)
        beside = [
            pd.DataFrame({name: column.to_numpy() for name, column in these.items()}, dtype=object)
            for these in (self.marks, self.links)
        ]
        told = (
            self.columns,
            self.entries,
            self.shares,
            self.exact,
            self.cropped,
            self.most_lines,
            self.font,
            self.points,
        )
        return [shown, *beside, None if self.across is None else self.across.tolist(), *told]

    def part(self, rows: slice | Sequence[int]) -> Table:
        """Some of the rows, by their places."""
        return replace(
            self,
            frame=self.frame.iloc[rows],
            marks={name: column.iloc[rows] for name, column in self.marks.items()},
            links={name: column.iloc[rows] for name, column in self.links.items()},
            other_lists={name: (where.iloc[rows], words) for name, (where, words) in self.other_lists.items()},
            across=None if self.across is None else self.across.iloc[rows],
        )


@dataclass(frozen=True)
class Placed:
    """What of a table that was written somebody may decide in: the row of its sheet, from nought, with its ``header``, and at which
    ``places`` among its rows those of ``table`` stand."""

    table: Table
    places: Sequence[int]
    header: int

    def values(self, name: str) -> list[Any]:
        """What the cells of a column hold in these rows."""
        import pyarrow as pa

        from flows.publish.workbook.cells import values_of  # workers that mark workbooks write no tables: no pandas

        column = next(column for column in self.table.columns if column.name == name)
        values, value = values_of(self.table, column)
        listed = [*values.to_pylist(), None] if isinstance(values, pa.Array) else [*values, None]
        return [listed[place] for place in value]
