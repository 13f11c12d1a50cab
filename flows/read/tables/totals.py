"""Rows of totals (合计, 小计): how they are recognised, what they state, and what the rows above them add up to."""

from bisect import bisect_left

from flows.read.tables.heads.header import Header
from flows.read.tables.patterns import Patterns
from flows.read.tables.records import NOT_READ, Records, Total
from flows.read.tables.sheet import Sheet
from flows.read.values import numbers
from flows.read.values.characters import fold
from flows.read.values.marks import raised_number, with_raised_digits, without_marks
from flows.read.values.numbers import has_unit
from schemas.cells import cell_code

SUMMED = {"headcount": "people", "days": "days", "provincial_cadres": "people", "budget": "money"}
"""Columns that a row of totals may add up, and what they count."""


Figures = list[float | None]


def totals(
    sheet: Sheet,
    header: Header,
    records: Records,
    rows: list[tuple[int, bool, int]],
    again: list[int],
    before: list[Records],
    goes_on_from: int,
    unit: str | None,
    patterns: Patterns,
) -> list[Total]:
    """The figures of the rows of totals of one table.

    ``rows``: each row of totals, whether it is a subtotal, and how many records of the table stand above it; ``again`` the
    rows where its header is printed again; ``before`` the records of the file's tables above, of which the last
    ``goes_on_from`` are the beginning of this one. What a row adds up is not always said: where a smaller or a larger part
    gives the figure stated, that part is meant.
    """
    found: list[Total] = []
    for name, sort in SUMMED.items():
        if name not in header.fields or not any(sheet.text(row, header.fields[name].column) for row, _, _ in rows):
            continue
        figures = [_figures(part, name, sort) for part in (*before, records)]
        begin = sum(map(len, figures[: len(before) - goes_on_from]))
        own = sum(map(len, figures[:-1]))
        parts = _Parts([figure for part in figures for figure in part], begin, own)
        for row, subtotal, above in rows:
            if header.fields[name].column not in sheet.grid.table_totals.get(row, {header.fields[name].column}):
                continue
            place = (row, header.fields[name].column)
            text = sheet.text(*place)
            stated = _stated(text, sort, unit)
            header_above = max((line for line in again if line < row), default=0)
            page = own + bisect_left(records.rows, header_above)
            computed = parts.sum(own + above, page, stated, subtotal=subtotal)
            is_figure = (
                bool(text) and place not in sheet.grid.unsaved and total_label([(place[1], text)], patterns) is None
            )
            if is_figure and computed is not None:
                found.append(Total(sheet.name, cell_code(*place), name, text, stated, computed))
    return found


class _Parts:
    """The parts of a table that a row of totals may add up: since the last such row, since the last 合计, the table."""

    def __init__(self, figures: Figures, begin: int, own: int) -> None:
        self._figures, self._begin = figures, begin
        self._last, self._last_total = own, begin

    def sum(self, until: int, page: int, stated: float | None, *, subtotal: bool) -> float | None:
        """What the row below the first ``until`` figures adds up; None where one of them cannot be read.

        ``page`` is the first figure below the header that was last printed.
        """
        if until == self._begin:
            until = len(self._figures)
        usual = self._sum(self._last if subtotal else self._last_total, until)
        starts = (self._last, self._last_total, page, self._begin, 0)
        others = (self._sum(start, until) for start in starts)
        met = next((s for s in others if s is not None and stated is not None and abs(s - stated) < 1e-6), None)
        self._last = until
        self._last_total = self._last_total if subtotal else until
        return usual if met is None else met

    def _sum(self, start: int, until: int) -> float | None:
        part = self._figures[start:until]
        return None if None in part else round(sum(figure or 0.0 for figure in part), 6)


def _figures(records: Records, name: str, sort: str) -> Figures:
    """The figure of each record, 0 where it is empty, None where it cannot be read."""
    return [_figure(records.meant(name, record), sort) for record in range(len(records))]


def _figure(text: str, sort: str) -> float | None:
    if not text or text == NOT_READ:
        return None if text else 0.0
    figure = numbers.total(without_marks(text), sort)
    return figure if raised_number(text) is None or figure == numbers.total(with_raised_digits(text), sort) else None


def _stated(text: str, sort: str, unit: str | None) -> float | None:
    text = without_marks(text)
    return numbers.total(text + unit if sort == "money" and unit and not has_unit(text) else text, sort)


def total_label(cells: list[tuple[int, str]], patterns: Patterns) -> str | None:
    """The label of a row of totals, None where it is none."""
    for _, text in cells[:4]:
        folded = fold(text)
        if len(folded) <= 24 and patterns.total.match(folded):
            return folded
    return None
