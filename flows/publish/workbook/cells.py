"""From the rows of a table to the cells of a sheet: value, look and link of each, and how high each row is."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from xlsxwriter.format import Format

from flows.publish.workbook.rows import CellsOfColumn, Places, Values
from flows.publish.workbook.style import CENTRED, LINK, NUMBER_FORMATS, POINTS_A_LINE, RULED, STYLES, TALLEST
from flows.publish.workbook.table import USUAL_LINES, USUAL_POINTS, WHOLE, Table
from flows.publish.workbook.texts import like_formulas, lines_of, safe_texts, shortened_texts
from schemas.columns import Column
from schemas.tables import TEXT, as_objects

CROPPED_LINES = 12
"""Lines that a row shows of what somebody typed; the whole of it is in the cell."""

_NO_TEXT = {"date", "flag", "whole", "number"}
"""Kinds of columns whose values are no texts."""
_COUNTABLE = (61, 2_958_465)
"""From the first day that Excel and everyone else count alike to its last."""
_EPOCH = pd.Timestamp("1899-12-30")


def cells_of(table: Table, style: Callable[..., Format]) -> tuple[list[float], list[CellsOfColumn]]:
    """Height in points of each row, and the cells of each column; ``style`` gives the format with these properties."""
    values = [values_of(table, column) for column in table.columns]
    heights = _heights(values, table)
    return heights, [_cells(*of, table, column, style) for of, column in zip(values, table.columns, strict=True)]


def heights_of(table: Table) -> list[float]:
    """Height in points of each row."""
    return _heights([values_of(table, column) for column in table.columns], table)


def values_of(table: Table, column: Column) -> tuple[Values, Places]:
    """The different values of a column as cells hold them, text or numbers (a day counts from Excel's first), and of each row
    the place of its value among them, -1 where it is missing."""
    values = table.frame[column.name]
    if column.kind in _NO_TEXT or column.name in table.exact:
        value, different = pd.factorize(values)
        shown = _numbers(pd.Series(different), table, column)
        blank = [place for place, one in enumerate(shown) if one is None]
        return shown, np.where(np.isin(value, blank), -1, value) if blank else value
    held = pa.table({"value": values.astype(TEXT)})["value"].combine_chunks().cast(pa.string()).dictionary_encode()
    value = held.indices.fill_null(-1).to_numpy().astype(np.intp)
    texts = safe_texts(held.dictionary)
    if column.name in table.entries:
        return texts, value
    return shortened_texts(texts, column.width, table.most_lines.get(column.name, USUAL_LINES)), value


def _numbers(values: pd.Series, table: Table, column: Column) -> list[Any]:
    """``values`` of a column that is no text as cells hold them."""
    if column.kind == "date":
        return _days(values)
    if column.kind == "flag":
        return as_objects(values.map({True: "是", False: "否"})).tolist()
    if column.name in table.exact:
        values = (values * 10_000).floordiv(1) / 10_000
    return as_objects(values.replace([float("inf"), float("-inf")], None)).tolist()


def _cells(values: Values, value: Places, table: Table, column: Column, style: Callable[..., Format]) -> CellsOfColumn:
    none = pd.Series(None, index=table.frame.index, dtype=object)
    marked, marks = pd.factorize(table.marks.get(column.name, none))
    links = table.links.get(column.name, none)
    linked = links.notna().to_numpy().astype(int)
    quotable = np.append(like_formulas(values) if isinstance(values, pa.Array) else np.zeros(len(values), bool), False)
    kinds, look = np.unique(4 * marked + 2 * linked + quotable[value].astype(int), return_inverse=True)
    looks = [
        style(**_look(table, column, None if kind < 0 else marks[kind // 4], bool(kind & 2), bool(kind & 1)))
        for kind in kinds
    ]
    leading = np.flatnonzero((linked > 0) & (value >= 0))
    leads = dict(zip(leading.tolist(), links.iloc[leading], strict=True))
    return CellsOfColumn(values, value, looks, look, leads)


def _look(table: Table, column: Column, mark: str | None, linked: bool, quoted: bool) -> dict[str, Any]:
    share = column.name in (*table.shares, *table.exact)
    centred = share or column.kind in CENTRED
    properties: dict[str, Any] = {
        "text_wrap": True,
        "font_size": table.points,
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
        properties |= LINK if "font_color" not in properties else {"underline": LINK["underline"]}
    if quoted:
        properties["quote_prefix"] = True
    return properties


def _heights(values: Sequence[tuple[Values, Places]], table: Table) -> list[float]:
    """Points that each row needs for its wrapped text; a text over all columns has their room."""
    needed = np.ones(len(values[0][1]))
    cropped = {*table.entries, *table.cropped}
    across = None if table.across is None else table.across.to_numpy(bool)
    for place, ((texts, value), column) in enumerate(zip(values, table.columns, strict=True)):
        if isinstance(texts, pa.Array) and column.kind not in NUMBER_FORMATS:
            most = CROPPED_LINES if column.name in cropped else WHOLE
            lines = np.append(np.minimum(lines_of(texts, column.width), most), 1)[value]
            if across is not None and not place:
                lines = np.where(across, np.append(lines_of(texts, table.width), 1)[value], lines)
            needed = np.maximum(needed, lines)
    a_line = POINTS_A_LINE * table.points / USUAL_POINTS
    return np.clip(a_line * needed + 4 + (needed - 1) / 2, 18.0, TALLEST).tolist()


def _days(values: pd.Series) -> list[Any]:
    """Days as Excel counts them; what it cannot count as text."""
    dates = pd.to_datetime(values)
    days = (dates.dt.normalize() - _EPOCH).dt.days.astype("Int64").astype(object)
    return as_objects(days.where(days.between(*_COUNTABLE), dates.dt.strftime("%Y-%m-%d"))).tolist()
