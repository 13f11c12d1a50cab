"""A sheet of formulas that are filled down: each is written once, with the rows that share it, as office programs write them.

A formula that is shared may not name cells of other sheets; names that are defined in the workbook it may.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from flows.publish.workbook.sheet import RowSheet


class FilledDown(RowSheet):
    """A sheet that holds nothing but formulas, from its second row on; above each stands what it is called."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: Sequence[tuple[str, str]] = ()
        self._last = 1

    def fill_down(self, columns: Sequence[tuple[str, str]], rows: int) -> None:
        """Fill ``columns``, each what it is called and its formula in the second row, over so many ``rows``."""
        self._columns, self._last = columns, rows + 1
        for row, column in ((0, 0), (rows, len(columns) - 1)):
            self._check_dimensions(row, column)

    def _write_rows(self) -> None:
        """What XlsxWriter calls where the rows of a sheet stand."""
        letters = [xl_col_to_name(place) for place in range(len(self._columns))]
        titles = (
            f'<c r="{letter}1" t="inlineStr"><is><t>{escape(called)}</t></is></c>'
            for letter, (called, _) in zip(letters, self._columns, strict=True)
        )
        first = (
            f'<c r="{letter}2" t="str"><f t="shared" ref="{letter}2:{letter}{self._last}" si="{place}">{escape(formula)}</f><v></v></c>'
            for place, (letter, (_, formula)) in enumerate(zip(letters, self._columns, strict=True))
        )
        rows = [f'<row r="1">{"".join(titles)}</row>', f'<row r="2">{"".join(first)}</row>']
        for row in range(3, self._last + 1):
            shared = (
                f'<c r="{letter}{row}" t="str"><f t="shared" si="{place}"/><v></v></c>'
                for place, letter in enumerate(letters)
            )
            rows.append(f'<row r="{row}">{"".join(shared)}</row>')
        self.fh.write("".join(rows))
