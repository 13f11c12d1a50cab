"""OpenDocument spreadsheets (ods, and fods in one XML file): read with their spans, formulas and repeats.

calamine reads their values too, but neither merged cells nor formulas, and lays out every repeated row.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import IO

from lxml import etree

from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.refusal import Unreadable, damaged, too_many_cells
from flows.read.formats.safe_xml import walk
from flows.read.formats.shown.number_text import general
from flows.read.formats.shown.styles import Run, as_shown

ROWS_AT_MOST, COLUMNS_AT_MOST = 2**24, 2**14

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_VALUE_TYPES = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_DURATION = re.compile(r"-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_PREFIX = re.compile(r"^[a-z]+:=")
_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|N/A|NUM|NULL)[!?]?|Err:\d+")
_RAISED = re.compile(r"super|[1-9]\d*%")
_ROUNDED = re.compile(r"-?\d(?:[.,]\d+)?[eE][+-]?\d+")
_NOTES = {_OFFICE + "annotation", _TEXT + "note", _TEXT + "ruby-text"}


def grids(content: IO[bytes], cells_at_most: int) -> list[Grid]:
    """The sheets of an OpenDocument spreadsheet, from its ``content.xml`` or from the one file that it is.

    Raises:
        Unreadable: it is broken, or a sheet has more than ``cells_at_most`` cells.
    """
    unseen: set[str] = set()
    marks = _Marks()
    found: list[Grid] = []
    sheet: _Sheet | None = None
    epoch_1904 = False
    try:
        for event, element in walk(content, ("start", "end"), _WANTED):
            if event == "start":
                if element.tag == _TABLE + "table" and sheet is None:
                    sheet = _Sheet(element, cells_at_most, marks)
            elif element.tag == _STYLE + "style":
                marks.learn(element)
                properties = element.find(_STYLE + "table-properties")
                if properties is not None and properties.get(_TABLE + "display") == "false":
                    unseen.add(element.get(_STYLE + "name", ""))
            elif element.tag == _TABLE + "table-column" and sheet is not None:
                sheet.add_column(element)
            elif element.tag == _TABLE + "null-date":
                epoch_1904 = element.get(_TABLE + "date-value", "").startswith("1904")
            elif element.tag == _TABLE + "table-row" and sheet is not None and sheet.owns(element):
                sheet.add(element)
                element.clear()
            elif element.tag == _TABLE + "table" and sheet is not None and element is sheet.element:
                found.append(sheet.grid(hidden=sheet.style in unseen, epoch_1904=epoch_1904))
                sheet = None
                element.clear()
    except etree.XMLSyntaxError as error:
        raise damaged("XML 内容有误或不完整") from error
    return found


_WANTED = (_TABLE + "table", _TABLE + "table-row", _TABLE + "table-column", _STYLE + "style", _TABLE + "null-date")


class _Marks:
    """The styles that strike through what they style, or raise it."""

    def __init__(self) -> None:
        self._struck: set[str] = set()
        self._raised: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._struck or self._raised)

    def learn(self, style: etree._Element) -> None:
        """Note a style that strikes through or raises."""
        properties = style.find(_STYLE + "text-properties")
        if properties is None:
            return
        line = properties.get(_STYLE + "text-line-through-style") or properties.get(_STYLE + "text-line-through-type")
        if line not in (None, "none"):
            self._struck.add(style.get(_STYLE + "name", ""))
        if _RAISED.match(properties.get(_STYLE + "text-position", "")):
            self._raised.add(style.get(_STYLE + "name", ""))

    def runs(self, cell: etree._Element) -> list[Run]:
        """The pieces of a cell's text, where one is struck through or raised; none where none is."""
        whole = cell.get(_TABLE + "style-name") in self._struck
        found: list[Run] = []
        for number, part in enumerate(cell.iterchildren(_TEXT + "p", _TEXT + "h")):
            if number:
                found.append(Run("\n", whole))
            found += self._pieces(part, struck=whole, raised=False)
        return found if any(run.struck or run.raised for run in found) else []

    def _pieces(self, element: etree._Element, *, struck: bool, raised: bool) -> Iterator[Run]:
        style = element.get(_TEXT + "style-name")
        struck, raised = struck or style in self._struck, raised or style in self._raised
        if element.text:
            yield Run(element.text, struck, raised)
        for child in element:
            if child.tag not in _NOTES and isinstance(child.tag, str):
                yield from self._pieces(child, struck=struck, raised=raised)
            if child.tail:
                yield Run(child.tail, struck, raised)


class _Sheet:
    """Collects one sheet's rows."""

    def __init__(self, element: etree._Element, cells_at_most: int, marks: "_Marks") -> None:
        self.element = element
        self.style = element.get(_TABLE + "style-name", "")
        self._name = element.get(_TABLE + "name", "")
        self._left = self._most = cells_at_most
        self._row = 0
        self._rows: list[list[CellValue]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._unsaved: dict[tuple[int, int], str] = {}
        self._errors: set[tuple[int, int]] = set()
        self._column = 0
        self._hidden: set[int] = set()
        self._marks = marks
        self._numbers: dict[Place, float] = {}
        self._runs: dict[Place, list[Run]] = {}

    def owns(self, row: etree._Element) -> bool:
        """Whether ``row`` is of this table and not of one inside a cell of it."""
        return next(row.iterancestors(_TABLE + "table")) is self.element

    def add_column(self, column: etree._Element) -> None:
        """A column, as often as it is repeated."""
        again = _times(column, "number-columns-repeated", COLUMNS_AT_MOST)
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            self._hidden |= set(range(self._column, self._column + again))
        self._column += again

    def add(self, row: etree._Element) -> None:
        """A row, as often as it is repeated: empty ones only where something follows."""
        again = _times(row, "number-rows-repeated", ROWS_AT_MOST)
        places = list(self._cells(row))
        if not places:
            self._row += again
            return
        line: list[CellValue] = []
        for column, value in places:
            line.extend([None] * (column + 1 - len(line)))
            line[column] = value
        self._spend(len(line) * again + self._row - len(self._rows))
        self._rows.extend([] for _ in range(self._row - len(self._rows)))
        self._rows.extend(line.copy() for _ in range(again))
        self._row += again

    def grid(self, *, hidden: bool, epoch_1904: bool) -> Grid:
        grid = Grid(
            sheet=self._name,
            rows=self._rows,
            merged=self._merged,
            unsaved=self._unsaved,
            errors=frozenset(self._errors),
            epoch_1904=epoch_1904,
            hidden=hidden,
            numbers=self._numbers,
            hidden_columns=frozenset(self._hidden),
        )
        return as_shown(grid, {}, self._runs)

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, CellValue]]:
        """The filled cells of a row, by column; what is covered by a merged cell is not seen and does not count."""
        column = 0
        for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            again = _times(cell, "number-columns-repeated", COLUMNS_AT_MOST)
            if cell.tag == _TABLE + "table-cell":
                value = self._cell(cell, column)
                if value is not None:
                    self._spend(again)
                    yield from ((column + number, value) for number in range(again))
            column += again

    def _cell(self, cell: etree._Element, column: int) -> CellValue:
        place = self._row + 1, column
        wide, high = _times(cell, "number-columns-spanned", 2**14), _times(cell, "number-rows-spanned", 2**20)
        if wide > 1 or high > 1:
            self._merged.append((place[0], column, place[0] + high - 1, column + wide - 1))
        formula = cell.get(_TABLE + "formula")
        kind = cell.get(_OFFICE + "value-type")
        value = _value(cell, kind)
        if isinstance(value, float) and (shown := _otherwise(value, _shown(cell))):
            self._numbers[place] = value
            value = shown
        if self._marks and (runs := self._marks.runs(cell)):
            self._runs[place] = runs
        if isinstance(value, str) and (cell.get(_VALUE_TYPES) == "error" or (formula and _ERROR.fullmatch(value))):
            self._errors.add(place)
        elif formula is not None and kind is None and value is None:
            self._unsaved[place] = "=" + _PREFIX.sub("", formula).removeprefix("=")
        return value

    def _spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise Unreadable(too_many_cells(self._most))


def _times(element: etree._Element, name: str, most: int) -> int:
    given = element.get(_TABLE + name, "1")
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 12 else 1


def _value(cell: etree._Element, kind: str | None) -> CellValue:
    shown = _shown(cell)
    if not shown and kind is not None and cell.find(_TEXT + "p") is not None:
        return None  # its number format shows nothing, as ;;; does
    try:
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(_OFFICE + "value", ""))
        if kind == "date":
            return _date(cell.get(_OFFICE + "date-value", ""))
        if kind == "time":
            return _span(cell.get(_OFFICE + "time-value", ""))
    except ValueError:
        return shown or None
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value") == "true"
    return shown or cell.get(_OFFICE + "string-value") or None


def _otherwise(number: float, shown: str) -> str | None:
    """What a cell shows for a number, where that is not the number itself."""
    bare = general(Decimal(repr(number)))
    if not shown or _ROUNDED.fullmatch(shown) or shown.replace(",", "") == bare or shown == str(number):
        return None
    return shown


def _date(given: str) -> CellValue:
    if "T" not in given:
        return date.fromisoformat(given)
    moment = datetime.fromisoformat(given)
    return moment.date() if moment.time() == datetime.min.time() else moment


def _span(given: str) -> timedelta:
    found = _DURATION.fullmatch(given)
    if found is None:
        raise ValueError(given)
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds) * (-1 if given.startswith("-") else 1)


def _shown(cell: etree._Element) -> str:
    """The text of a cell: its paragraphs as lines, without notes."""
    return "\n".join("".join(_pieces(part)) for part in cell.iterchildren(_TEXT + "p", _TEXT + "h"))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            yield " " * (min(int(count), 1000) if count.isdecimal() else 1)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag not in _NOTES and isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
