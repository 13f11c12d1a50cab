"""A table laid out: its rows are made and compressed, only what stands above them is still to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flows.publish.workbook.sheet import Rows
from flows.publish.workbook.table import Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Look = tuple[Mapping[str, Any], int]
"""The properties of a format and its number in the workbook."""


@dataclass(frozen=True)
class Stretch:
    """Rows that stand together, the first of them at the place ``start`` of the table, with the ``looks`` that their cells name."""

    start: int
    rows: Rows
    looks: Sequence[Look]


@dataclass(frozen=True)
class LaidOut:
    """A sheet with the table ``above``, which has no rows but says where they stand in blocks, and ``size`` rows in ``stretches``.
    Of the rows in which there is something written ``said`` has the cells, at their ``places``; ``heights`` of the rows, in points,
    where they stand in blocks."""

    above: Table
    size: int
    stretches: Sequence[Stretch]
    said: Table
    places: Sequence[int]
    heights: Sequence[float]

    def under(self, line: str) -> LaidOut:
        """The same with another first line above it."""
        return replace(self, above=replace(self.above, remarks=(line, *self.above.remarks[1:])))


def without_rows(table: Table) -> Table:
    """What of a table stands above its rows, or is told of all of them."""
    return replace(table.part([]), across=table.across, other_lists=table.other_lists)


def look(properties: Mapping[str, Any], style: Format) -> Look:
    """A format as it counts in its workbook."""
    return properties, style._get_xf_index()
