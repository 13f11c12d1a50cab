"""A sheet that takes many whole rows at once, without a call for each of its cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_NOT_PLAIN = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\\s|\\s$", re.MULTILINE)
"""In text that XML or Excel would take for something else, or would lose."""


@dataclass(frozen=True)
class CellsOfColumn:
    """Some rows of a column: their ``values`` (text, numbers, None: blank), the ``look`` of each by its place in ``looks``, and
    where those that are ``links`` lead, by the place of the row among them."""

    values: Sequence[Any]
    look: Sequence[int]
    looks: Sequence[Format]
    links: Mapping[int, str]


class RowSheet(Worksheet):
    """A sheet of a workbook whose rows go to disk as they come."""

    def write_rows(self, first: int, heights: Sequence[float], columns: Sequence[CellsOfColumn]) -> None:
        """Write rows from ``first`` on, ``heights`` in points, below all that was written before.

        What is written is what ``set_row``, ``write_string``, ``write_number``, ``write_blank`` and ``write_url`` write.
        """
        if not heights:
            return
        last = first + len(heights) - 1
        for row, column in ((first, 0), (last, len(columns) - 1)):
            self._check_dimensions(row, column)
        self._link(first, columns)
        self._write_single_row(last + 1)  # the row before waits for more cells
        rows = range(first + 1, last + 2)
        cells = [_cells(xl_col_to_name(position), rows, column) for position, column in enumerate(columns)]
        begin = (
            f'<row r="{row}" ht="{_in_pixels(tall):.16g}" customHeight="1">'
            for row, tall in zip(rows, heights, strict=True)
        )
        self.row_data_fh.writelines("".join((*row, "</row>")) for row in zip(begin, *cells, strict=True))

    def _link(self, first: int, columns: Sequence[CellsOfColumn]) -> None:
        """Say where the links of cells lead."""
        self.ignore_write_string = True
        for position, column in enumerate(columns):
            for place, link in column.links.items():
                self.write_url(
                    first + place, position, link, column.looks[column.look[place]], string=column.values[place]
                )
        self.ignore_write_string = False


def _cells(letters: str, rows: Sequence[int], column: CellsOfColumn) -> list[str]:
    styles = [f'" s="{look._get_xf_index()}"' for look in column.looks]
    return [
        f'<c r="{letters}{row}{styles[look]}{content}'
        for row, look, content in zip(rows, column.look, _contents(column.values), strict=True)
    ]


def _contents(values: Sequence[Any]) -> list[str]:
    """The rest of each cell behind its place and style."""
    plain = _NOT_PLAIN.search("\n".join([value for value in values if isinstance(value, str)])) is None
    return [
        "/>"
        if value is None
        else f' t="inlineStr"><is>{f"<t>{value}</t>" if plain else _text(value)}</is></c>'
        if isinstance(value, str)
        else f"><v>{value:.16G}</v></c>"
        for value in values
    ]


def _text(text: str) -> str:
    if _NOT_PLAIN.search(text) is None:
        return f"<t>{text}</t>"
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    held = Worksheet._escape_control_characters(text)
    return f"<t{kept}>{held.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t>"


def _in_pixels(points: float) -> float:
    """Points that are whole pixels of a screen, as Excel has the heights of rows."""
    return int(points * 4 / 3 + 0.5) * 0.75
