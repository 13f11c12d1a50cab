"""XML Spreadsheet 2003, which old Office and some web systems save as ``.xls`` or ``.xml``."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree

from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.refusal import Unreadable, damaged, too_many_cells
from flows.read.formats.safe_xml import parse
from flows.read.formats.shown.styles import Run, Style, as_shown

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
        styles = _styles(root)
        return [_worksheet(sheet, cells_at_most, styles, epoch_1904=epoch) for sheet in root.iterfind("{*}Worksheet")]
    except ValueError as error:
        raise damaged("单元格位置有误") from error


def _worksheet(sheet: etree._Element, cells_at_most: int, styles: dict[str, Style], *, epoch_1904: bool) -> Grid:
    rows: list[list[CellValue]] = []
    merged, unsaved, errors, total = [], {}, set(), 0
    styled: dict[Place, Style] = {}
    runs: dict[Place, list[Run]] = {}
    unseen, by_column = _columns(sheet)
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
            style = _ss(cell, "StyleID") or _ss(line, "StyleID") or by_column.get(column) or "Default"
            if style in styles:
                styled[number, column] = styles[style]
            if pieces := _marked(cell):
                runs[number, column] = pieces
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
    grid = Grid(
        sheet=_ss(sheet, "Name") or "Sheet1",
        rows=rows,
        merged=merged,
        unsaved=unsaved,
        errors=frozenset(errors),
        epoch_1904=epoch_1904,
        hidden_columns=frozenset(unseen),
        hidden=visible in ("SheetHidden", "SheetVeryHidden"),
    )
    return as_shown(grid, styled, runs)


def _columns(sheet: etree._Element) -> tuple[set[int], dict[int, str]]:
    """The columns that are hidden, and the style of those whose cells have one unless they say otherwise."""
    unseen: set[int] = set()
    styles: dict[int, str] = {}
    column = 0
    for element in sheet.iterfind("{*}Table/{*}Column"):
        column = int(_ss(element, "Index") or column + 1)
        span = min(int(_ss(element, "Span") or 0) + 1, _COLUMNS_AT_MOST)
        places = range(column - 1, column - 1 + span)
        if _ss(element, "Hidden") == "1":
            unseen.update(places)
        if style := _ss(element, "StyleID"):
            styles |= dict.fromkeys(places, style)
        column += span - 1
    return unseen, styles


def _styles(root: etree._Element) -> dict[str, Style]:
    """The styles, by their names, whose cells may show something else than their bare value; each takes what it does not say
    itself from its parent."""
    written = {_ss(style, "ID") or "": style for style in root.iterfind("{*}Styles/{*}Style")}

    def said(style: etree._Element | None, part: str, name: str, depth: int = 0) -> str | None:
        if style is None or depth > _DEPTH:
            return None
        element = style.find(f"{{*}}{part}")
        own = None if element is None else _ss(element, name)
        above = _ss(style, "Parent") or ("" if _ss(style, "ID") == "Default" else "Default")
        return own if own is not None else said(written.get(above), part, name, depth + 1)

    found = {
        name: Style(
            _NAMED.get(code := said(style, "NumberFormat", "Format") or "General", code),
            struck=said(style, "Font", "StrikeThrough") == "1",
        )
        for name, style in written.items()
    }
    return {name: style for name, style in found.items() if style.tells}


def _marked(cell: etree._Element) -> list[Run]:
    """The pieces of a cell's text, where one is struck through or raised; none where none is."""
    data = cell.find("{*}Data")
    if data is None or not len(data):
        return []
    pieces = list(_pieces(data, struck=False, raised=False))
    return pieces if any(piece.struck or piece.raised for piece in pieces) else []


def _pieces(element: etree._Element, *, struck: bool, raised: bool) -> Iterator[Run]:
    if element.text:
        yield Run(element.text, struck, raised)
    for child in element:
        name = etree.QName(child).localname
        yield from _pieces(child, struck=struck or name == "S", raised=raised or name == "Sup")
        if child.tail:
            yield Run(child.tail, struck, raised)


_NAMED = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": "¥#,##0.00",
    "Euro Currency": "[$€-2] #,##0.00",
    "Yes/No": '"是";"是";"否"',
    "True/False": '"真";"真";"假"',
    "On/Off": '"开";"开";"关"',
    **dict.fromkeys(("General Date", "Long Date", "Medium Date", "Short Date"), "yyyy/m/d"),
    **dict.fromkeys(("Long Time", "Medium Time", "Short Time"), "h:mm"),
}
"""Number formats that have a name here and no code."""

_DEPTH, _COLUMNS_AT_MOST = 8, 2**14


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
