"""From the rows of a table to the cells of a sheet: value, look and link of each, and how high each row is."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from xlsxwriter.format import Format

from flows.publish.workbook.sheet import CellsOfColumn
from flows.publish.workbook.style import CENTRED, LINK, NUMBER_FORMATS, POINTS_A_LINE, RULED, STYLES, TALLEST
from flows.publish.workbook.table import USUAL_LINES, WHOLE, Table
from flows.publish.workbook.text import LIKE_A_FORMULA, lines, safe, shortened, wide
from schemas.columns import Column

CROPPED_LINES = 12
"""Lines that a row shows of what somebody typed; the whole of it is in the cell."""

_COUNTABLE = (61, 2_958_465)
"""From the first day that Excel and everyone else count alike to its last."""
_EPOCH = pd.Timestamp("1899-12-30")


def cells_of(table: Table, style: Callable[..., Format]) -> tuple[list[float], list[CellsOfColumn]]:
    """Height in points of each row, and the cells of each column; ``style`` gives the format with these properties."""
    values = [_values(table, column) for column in table.columns]
    heights = _heights(values, table.columns, {*table.entries, *table.cropped})
    return heights, [_cells(of, table, column, style) for of, column in zip(values, table.columns, strict=True)]


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


def _cells(values: list[Any], table: Table, column: Column, style: Callable[..., Format]) -> CellsOfColumn:
    none = pd.Series(None, index=table.frame.index, dtype=object)
    marked, marks = pd.factorize(table.marks.get(column.name, none))
    links = _objects(table.links.get(column.name, none))
    leads = {place: link for place, link in enumerate(links) if link is not None}
    linked, quoted = np.zeros(len(values), int), np.zeros(len(values), int)
    linked[list(leads)] = 1
    quoted[
        [place for place, value in enumerate(values) if isinstance(value, str) and value.startswith(LIKE_A_FORMULA)]
    ] = 1
    kinds, look = np.unique(4 * marked + 2 * linked + quoted, return_inverse=True)
    looks = [
        style(**_look(table, column, None if kind < 0 else marks[kind // 4], bool(kind & 2), bool(kind & 1)))
        for kind in kinds
    ]
    filled = {place: link for place, link in leads.items() if values[place] is not None}
    return CellsOfColumn(values, look.tolist(), looks, filled)


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


def _heights(values: Sequence[list[Any]], columns: tuple[Column, ...], cropped: Collection[str]) -> list[float]:
    """Points that each row needs for its wrapped text."""
    needed = np.ones(len(values[0]))
    for texts, column in zip(values, columns, strict=True):
        if column.kind not in NUMBER_FORMATS:
            most = CROPPED_LINES if column.name in cropped else WHOLE
            needed = np.maximum(needed, np.minimum(_lines(texts, column.width), most))
    return np.clip(POINTS_A_LINE * needed + 4, 18.0, TALLEST).tolist()


def _lines(texts: list[str | None], width: float) -> npt.NDArray[np.float64]:
    """:func:`lines` of each text; few take more than one."""
    room = max(2.0, width - 1)
    long = [place for place, text in enumerate(texts) if text and (2 * len(text) > room or "\n" in text)]
    needed = np.ones(len(texts))
    needed[long] = np.maximum(1, np.ceil(np.array([wide(texts[place] or "") for place in long]) / room))
    broken = [place for place in long if "\n" in (texts[place] or "")]
    needed[broken] = [lines(texts[place] or "", width) for place in broken]
    return needed


def _days(values: pd.Series) -> list[Any]:
    """Days as Excel counts them; what it cannot count as text."""
    dates = pd.to_datetime(values)
    days = (dates.dt.normalize() - _EPOCH).dt.days.astype("Int64").astype(object)
    return _objects(days.where(days.between(*_COUNTABLE), dates.dt.strftime("%Y-%m-%d")))


def _objects(values: pd.Series) -> list[Any]:
    return values.astype(object).where(values.notna(), None).tolist()
