"""From the rows of a table to the cells of a sheet: value, look and link of each, and how high each row is."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.format import Format

from flows.publish.workbook.style import CENTRED, LINK, NUMBER_FORMATS, POINTS_A_LINE, RULED, STYLES, TALLEST
from flows.publish.workbook.table import USUAL_LINES, WHOLE, Table
from flows.publish.workbook.text import LIKE_A_FORMULA, lines, safe, shortened
from schemas.columns import Column

CROPPED_LINES = 12
"""Lines that a row shows of what somebody typed; the whole of it is in the cell."""

Cell = tuple[Any, Format, str | None]
"""Value (None: blank), look, and where a link leads (None: nowhere)."""

_COUNTABLE = (61, 2_958_465)
"""From the first day that Excel and everyone else count alike to its last."""
_EPOCH = pd.Timestamp("1899-12-30")


def rows_of(table: Table, style: Callable[..., Format]) -> Iterator[tuple[float, tuple[Cell, ...]]]:
    """Height in points and cells of each row; ``style`` gives the format with these properties."""
    values = [_values(table, column) for column in table.columns]
    heights = _heights(values, table.columns, {*table.entries, *table.cropped})
    cells = [_cells(values[position], table, column, style) for position, column in enumerate(table.columns)]
    return zip(heights, zip(*cells, strict=True), strict=True)


def _values(table: Table, column: Column) -> list[Any]:
    """The values of a column as cells hold them: text, numbers (a day counts from Excel's first), None where missing."""
    values = table.frame[column.name]
    if column.kind == "date":
        return _days(values)
    if column.kind == "flag":
        return _objects(values.map({True: "是", False: "否"}))
    if column.name in table.exact:
        values = (values * 10_000).floordiv(1) / 10_000
    if column.kind in ("whole", "number"):
        return _objects(values.replace([float("inf"), float("-inf")], None))
    texts = [None if value is None else safe(str(value)) for value in _objects(values)]
    if column.name in table.entries:
        return texts
    most = table.most_lines.get(column.name, USUAL_LINES)
    return [None if text is None else shortened(text, column.width, most) for text in texts]


def _cells(values: list[Any], table: Table, column: Column, style: Callable[..., Format]) -> Iterator[Cell]:
    size = len(values)
    marks = _objects(table.marks[column.name]) if column.name in table.marks else [None] * size
    links = _objects(table.links[column.name]) if column.name in table.links else [None] * size
    looks: dict[tuple[str | None, bool, bool], Format] = {}
    for value, mark, link in zip(values, marks, links, strict=True):
        key = (mark, link is not None, isinstance(value, str) and value.startswith(LIKE_A_FORMULA))
        if key not in looks:
            looks[key] = style(**_look(table, column, *key))
        yield value, looks[key], link


def _look(table: Table, column: Column, mark: str | None, linked: bool, quoted: bool) -> dict[str, Any]:
    share = column.name in (*table.shares, *table.exact)
    centred = share or column.kind in CENTRED
    properties: dict[str, Any] = {
        "text_wrap": True,
        "align": "center" if centred else "right" if column.kind == "number" else "left",
        "locked": column.name not in table.entries,
        **RULED,
        **(STYLES[mark] if mark else {}),
    }
    percent = "exact" if column.name in table.exact else "share"
    number_format = NUMBER_FORMATS.get(percent if share else column.kind)
    if number_format:
        properties["num_format"] = number_format
    if linked:
        properties |= LINK
    if quoted:
        properties["quote_prefix"] = True
    return properties


def _heights(values: Sequence[list[Any]], columns: tuple[Column, ...], cropped: Collection[str]) -> Iterator[float]:
    """Points that each row needs for its wrapped text."""
    wrapped = [p for p, column in enumerate(columns) if column.kind not in NUMBER_FORMATS]
    widths = [columns[position].width for position in wrapped]
    most = [CROPPED_LINES if columns[position].name in cropped else WHOLE for position in wrapped]
    for row in zip(*(values[position] for position in wrapped), strict=True):
        needed = max(
            min(lines(text or "", width), at_most) for text, width, at_most in zip(row, widths, most, strict=True)
        )
        yield max(18.0, min(TALLEST, POINTS_A_LINE * needed + 4))


def _days(values: pd.Series) -> list[Any]:
    """Days as Excel counts them; what it cannot count as text."""
    dates = pd.to_datetime(values)
    days = (dates.dt.normalize() - _EPOCH).dt.days.astype("Int64").astype(object)
    return _objects(days.where(days.between(*_COUNTABLE), dates.dt.strftime("%Y-%m-%d")))


def _objects(values: pd.Series) -> list[Any]:
    return values.astype(object).where(values.notna(), None).tolist()
