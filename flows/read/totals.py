"""Rows of totals: what they state and what the rows above add up to."""

from flows.read import numbers
from flows.read.header import Header
from flows.read.numbers import has_unit
from flows.read.records import NOT_READ, Records, Total
from flows.read.sheet import Sheet
from schemas.cells import cell_code

SUMMED = {"headcount": "people", "days": "days", "provincial_cadres": "people", "budget": "money"}
"""Columns that a row of totals may add up, and what they count."""


def totals(
    sheet: Sheet,
    header: Header,
    records: Records,
    rows: list[tuple[int, bool, int]],
    before: list[Records],
    unit: str | None,
) -> list[Total]:
    """The figures of the rows of totals of one table.

    ``rows``: each row of totals, whether it is a subtotal, and how many records stand above it; ``before``: the records of
    the tables that this one goes on from. What a row adds up is not always said: where a smaller or a larger part of the
    table gives the figure stated, that part is meant.
    """
    found = []
    for name, sort in SUMMED.items():
        if name not in header.fields or not any(sheet.text(row, header.fields[name].column) for row, _, _ in rows):
            continue
        column = header.fields[name].column
        parts = [part for part in before if name in part.texts]
        earlier = [figure for part in parts for figure in _figures(part, name, sort)]
        figures = earlier + _figures(records, name, sort)
        since = base = len(earlier)
        for row, subtotal, above in rows:
            text = sheet.text(row, column)
            until = len(earlier) + above if above or earlier else len(figures)
            if text and (row, column) not in sheet.grid.unsaved:
                spans = [(since, until), (base, until), (len(earlier), until), (0, until)]
                sums = [round(sum(f for f in figures[a:b] if f), 6) for a, b in spans if None not in figures[a:b]]
                stated = _figure(text, sort, unit)
                if sums:
                    usual = (
                        sums[0] if subtotal else sums[1 if base > len(earlier) else -1] if len(sums) == 4 else sums[-1]
                    )
                    computed = next((s for s in sums if stated is not None and abs(s - stated) < 1e-6), usual)
                    found.append(Total(sheet.name, cell_code(row, column), name, text, stated, computed))
            since = until
            base = base if subtotal else until
    return found


def _figures(records: Records, name: str, sort: str) -> list[float | None]:
    """The figure of each record, 0 where it is empty, None where it cannot be read."""
    figures: list[float | None] = []
    for record in range(len(records)):
        text = records.meant(name, record)
        figures.append(0.0 if not text else None if text == NOT_READ else numbers.total(text, sort))
    return figures


def _figure(text: str, sort: str, unit: str | None) -> float | None:
    if sort == "money" and unit and not has_unit(text):
        text += unit
    return numbers.total(text, sort)
