"""XML Spreadsheet 2003, which old Office and some web systems save as ``.xls`` or ``.xml``."""

import re
from collections.abc import Callable
from datetime import datetime

from lxml import etree

from flows.read.formats.grid import CellValue, Grid
from flows.read.formats.refusal import Unreadable, damaged, too_many_cells
from flows.read.formats.safe_xml import parse

_FORBIDDEN = re.compile(rb"&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
"""References to control characters, which XML forbids and Excel writes."""


def grids(data: bytes, cells_at_most: int) -> list[Grid]:
    """The sheets of an XML Spreadsheet 2003.

    Raises:
        Unreadable: it is broken, or has more than ``cells_at_most`` cells in a sheet.
    """
    root = parse(_FORBIDDEN.sub(b"", data))
    epoch = root.find(".//{*}Date1904") is not None
    try:
        return [_worksheet(sheet, cells_at_most, epoch_1904=epoch) for sheet in root.iterfind("{*}Worksheet")]
    except ValueError as error:
        raise damaged("单元格位置有误") from error


def _worksheet(sheet: etree._Element, cells_at_most: int, *, epoch_1904: bool) -> Grid:
    rows: list[list[CellValue]] = []
    merged, unsaved, errors, total = [], {}, set(), 0
    for line in sheet.iterfind("{*}Table/{*}Row"):
        number = int(_ss(line, "Index") or len(rows) + 1)
        row: list[CellValue] = []
        for cell in line.iterfind("{*}Cell"):
            column = int(_ss(cell, "Index") or len(row) + 1) - 1
            total += max(0, column + 1 - len(row)) + max(0, number - len(rows) - 1)
            if total > cells_at_most:
                raise Unreadable(too_many_cells(cells_at_most))
            row.extend([None] * (column + 1 - len(row)))
            kind, row[column] = _datum(cell)
            if kind == "Error":
                errors.add((number, column))
            elif kind is None and (formula := _ss(cell, "Formula")):
                unsaved[number, column] = formula
            wide, high = int(_ss(cell, "MergeAcross") or 0), int(_ss(cell, "MergeDown") or 0)
            if wide or high:
                merged.append((number, column, number + high, column + wide))
                row.extend([None] * min(wide, cells_at_most - total))
        rows.extend([] for _ in range(number - len(rows) - 1))
        rows.append(row)
    visible = sheet.findtext(".//{*}WorksheetOptions/{*}Visible", "")
    return Grid(
        sheet=_ss(sheet, "Name") or "Sheet1",
        rows=rows,
        merged=merged,
        unsaved=unsaved,
        errors=frozenset(errors),
        epoch_1904=epoch_1904,
        hidden=visible in ("SheetHidden", "SheetVeryHidden"),
    )


def _ss(element: etree._Element, name: str) -> str | None:
    return element.get("{urn:schemas-microsoft-com:office:spreadsheet}" + name)


def _datum(cell: etree._Element) -> tuple[str | None, CellValue]:
    """A cell's type and value; no type where nothing is saved."""
    data = cell.find("{*}Data")
    if data is None:
        return None, None
    kind, shown = _ss(data, "Type"), "".join(data.itertext())
    try:
        return kind, (_READ.get(kind or "", str)(shown) if shown else None)
    except ValueError:
        return kind, shown


def _truth(shown: str) -> CellValue:
    return shown == "1"


def _moment(shown: str) -> CellValue:
    moment = datetime.fromisoformat(shown)
    return moment.date() if moment.time() == datetime.min.time() else moment


_READ: dict[str, Callable[[str], CellValue]] = {"Number": float, "Boolean": _truth, "DateTime": _moment}
