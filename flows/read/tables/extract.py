"""From a table's place to its records: the text of every column in every row, and the cell that holds it."""

from itertools import zip_longest

from flows.read.formats.grid import CellValue
from flows.read.tables.heads.header import Header, Title
from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet, as_filed, shown_number
from schemas.cells import cell_code

_BESIDE = "␟"
"""A character that is printable and stands in no cell worth the name: texts joined by it are looked at as one."""


def table_records(sheet: Sheet, header: Header, rows: list[int]) -> Records:
    """The records of a table in ``rows``."""
    fields = header.fields
    columns = _columns(sheet, rows)
    nothing = [""] * len(rows)
    texts = {
        name: _texts(columns[title.column]) if title.column in columns else nothing.copy()
        for name, title in fields.items()
    }
    records = Records(header.table, sheet.name, rows, texts, {name: title.column for name, title in fields.items()})
    spread = {name: title for name, title in fields.items() if title.more}
    if sheet.merged_down or spread:
        for name, title in fields.items():
            _from_other_cells(sheet, records, name, title)
    return records


def _columns(sheet: Sheet, rows: list[int]) -> dict[int, tuple[CellValue, ...]]:
    """The cells of ``rows`` by column."""
    cells = [sheet.grid.rows[row - sheet.top] for row in rows]
    return dict(enumerate(zip_longest(*cells), start=sheet.left))


def _texts(cells: tuple[CellValue, ...]) -> list[str]:
    """The texts of a column's cells; where all are plain text, which is most often, they are looked at as one."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        joined = _BESIDE.join(cells)  # type: ignore[arg-type]
        padded = f"{_BESIDE} " in joined or f" {_BESIDE}" in joined or joined[:1] == " " or joined[-1:] == " "
        return list(cells) if joined.isprintable() and not padded else list(map(as_filed, cells))  # type: ignore[arg-type]
    if kinds == {float}:
        return list(map(shown_number, cells))
    return [""] * len(cells) if kinds == {type(None)} else list(map(as_filed, cells))


def _from_other_cells(sheet: Sheet, records: Records, name: str, title: Title) -> None:
    """Values of merged cells and of titles that span several columns."""
    texts = records.texts[name]
    for record, row in enumerate(records.rows):
        if texts[record]:
            continue
        for column in (title.column, *title.more):
            place = sheet.anchor(row, column)
            if place[0] == row and place[1] not in (title.column, *title.more):
                continue
            if text := sheet.text(*place):
                texts[record] = text
                records.moved[name, record] = cell_code(*place)
                break
