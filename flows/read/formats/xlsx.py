"""Excel's XML workbooks (xlsx, xlsm): their list of sheets, and a slow reader for the sheets that calamine cannot read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from lxml import etree

from flows.read.formats.grid import CellValue, Place
from flows.read.formats.number_formats import serial
from flows.read.formats.package import Package
from flows.read.formats.refusal import Unreadable, damaged, too_many_cells
from flows.read.formats.relations import relations
from flows.read.formats.safe_xml import elements, parse
from flows.read.formats.shown.styles import Run, Style
from flows.read.formats.xlsx_marks import (
    COLUMNS_AT_MOST,
    ROWS_AT_MOST,
    Marks,
    column_number,
    lacks_result,
    names_pictures,
)
from flows.read.formats.xlsx_styles import Styles, is_on, styles_in

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNIQUE = re.compile(rb"""\buniqueCount=["']([0-9]+)["']""")


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it; ``path`` is its part in the package."""

    name: str
    path: str
    hidden: bool
    worksheet: bool


class Workbook:
    """The parts of an Excel workbook."""

    def __init__(self, package: Package) -> None:
        """Read the list of sheets.

        Raises:
            Unreadable: it is missing or broken.
        """
        self._package = package
        self._path = _main_part(package)
        root = parse(package.read_xml(self._path))
        properties = root.find("{*}workbookPr")
        calculation = root.find("{*}calcPr")
        self.epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.recalculates = calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")
        self._parts = relations(package, self._path)
        self.sheets = [self._sheet(element) for element in root.iterfind("{*}sheets/{*}sheet")]
        if not self.sheets:
            raise damaged("工作簿里没有工作表")

    def _sheet(self, element: etree._Element) -> SheetPart:
        identity = next((value for key, value in element.attrib.items() if etree.QName(key).localname == "id"), "")
        path, kind = self._parts.get(identity, ("", "worksheet" if identity else "module"))
        return SheetPart(
            name=element.get("name", ""),
            path=path,
            hidden=element.get("state", "visible") != "visible",
            worksheet=kind == "worksheet",
        )

    @property
    def honest_strings(self) -> bool:
        """Whether the shared strings are whole and as many as they claim; calamine makes room for what they claim."""
        path = self._shared_strings
        if path is None:
            return True
        packed, beginning = self._package.beginning(path)
        self._package.refuse_doctype_of(path)
        claimed = _UNIQUE.search(beginning)
        if claimed is None or int(claimed[1]) * 4 <= packed:
            return True
        return int(claimed[1]) * 4 <= len(self._package.read_xml(path)) + 4096

    @property
    def _shared_strings(self) -> str | None:
        named = (path for path, kind in self._parts.values() if kind == "sharedStrings")
        return next((path for path in named if path in self._package), None)

    @cached_property
    def _strings(self) -> list[str]:
        path = self._shared_strings
        return [] if path is None else [_text(item) for item in elements(self._package.read_xml(path), "si")]

    @cached_property
    def _styles(self) -> Styles:
        path = next((path for path, kind in self._parts.values() if kind == "styles"), None)
        return Styles() if path is None or path not in self._package else styles_in(self._package.read_xml(path))

    @cached_property
    def telling_styles(self) -> Mapping[str, Style]:
        """The cell styles, by their numbers, whose cells may show something else than their bare values; none where the part
        that holds them is broken."""
        try:
            return self._styles.telling
        except (Unreadable, ValueError):
            return {}

    @property
    def names_pictures(self) -> bool:
        """Whether a shared string may name a picture as WPS does."""
        return self._strings_tell[1]

    @cached_property
    def _strings_tell(self) -> tuple[bool, bool]:
        """Whether any shared string may be struck through or raised in part, and whether any may name a picture."""
        path = self._shared_strings
        xml = b"" if path is None else self._package.read_xml(path)
        return b"strike" in xml or b"superscript" in xml, names_pictures(xml)

    @cached_property
    def marked_strings(self) -> dict[str, list[Run]]:
        """The shared strings, by their numbers, of which a piece is struck through or raised."""
        path = self._shared_strings
        if path is None or not self._strings_tell[0]:
            return {}
        listed = ((str(n), runs(item)) for n, item in enumerate(elements(self._package.read_xml(path), "si")))
        return {number: found for number, found in listed if any(run.struck or run.raised for run in found)}

    def read(self, xml: bytes, cells_at_most: int) -> tuple[list[list[CellValue]], Marks]:
        """A sheet's rows from its first, read cell by cell: memory goes by the cells that are filled.

        Raises:
            Unreadable: broken, or more than ``cells_at_most``.
        """
        marks, total = Marks(), 0
        rows: list[list[CellValue]] = []
        for place, cell in cells(xml):
            value = self._value(cell, place, marks)
            if value is None:
                continue
            row, column = place
            if not 1 <= row <= ROWS_AT_MOST or not 0 <= column < COLUMNS_AT_MOST:
                raise damaged(f"单元格位置超出 Excel 的范围（第 {row} 行）")
            while len(rows) < row:
                rows.append([])
            line = rows[row - 1]
            total += max(0, column + 1 - len(line))
            if total > cells_at_most:
                raise Unreadable(too_many_cells(cells_at_most))
            line.extend([None] * (column + 1 - len(line)))
            line[column] = value
        return rows, marks

    def _value(self, cell: etree._Element, place: Place, marks: Marks) -> CellValue:
        kind = cell.get("t", "n")
        formula, result = cell.find("{*}f"), cell.find("{*}v")
        text = "" if result is None or result.text is None else result.text
        if formula is not None and lacks_result(kind, text if result is not None else None, self.recalculates):
            marks.unsaved[place] = "=" + (formula.text or "…")
            return None
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return (_text(inline) if inline is not None else text) or None
        if not text:
            return None
        if kind == "s":
            return self._string(text) or None
        if kind == "e":
            marks.errors[place] = text
            return text
        if kind in ("str", "d"):
            return _iso(text) if kind == "d" else _ESCAPED.sub(_unescaped, text)
        if kind == "b":
            return text != "0"
        return self._number(text, cell.get("s"))

    def _string(self, index: str) -> str:
        if not index.isdecimal() or int(index) >= len(self._strings):
            raise damaged("共享字符串缺失")
        return self._strings[int(index)]

    def _number(self, text: str, style: str | None) -> CellValue:
        try:
            number = float(text)
        except ValueError:
            return text
        known = self._styles.forms
        form = known[int(style)] if style and style.isdecimal() and int(style) < len(known) else ""
        return serial(number, form, epoch_1904=self.epoch_1904) if form else number


def cells(xml: bytes) -> Iterator[tuple[Place, etree._Element]]:
    """Every cell with its place; a row or cell without one follows the one before it."""
    row = 0
    for line in elements(xml, "row"):
        number = line.get("r", "")
        row = int(number) if number.isdecimal() else row + 1
        column = -1
        for cell in line.iterfind("{*}c"):
            found = re.fullmatch("([A-Za-z]+)([0-9]+)", cell.get("r", ""))
            column = column_number(found[1].upper().encode()) if found else column + 1
            yield (int(found[2]) if found else row, column), cell


def _text(item: etree._Element) -> str:
    """The text of a string item: plain or in runs, without the reading aids for pronunciation."""
    runs = [element.text or "" for element in item.iter("{*}t") if next(element.iterancestors("{*}rPh"), None) is None]
    return _ESCAPED.sub(_unescaped, "".join(runs))


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def runs(item: etree._Element) -> list[Run]:
    """The pieces of a string item, each with whether it is struck through or raised; one that has no font of its own is as its
    cell."""
    found = []
    for element in item.iter("{*}t"):
        if next(element.iterancestors("{*}rPh"), None) is not None:
            continue
        parent = element.getparent()
        properties = None if parent is None else parent.find("{*}rPr")
        text = _ESCAPED.sub(_unescaped, element.text or "")
        if properties is None:
            found.append(Run(text, struck=None))
            continue
        raised = properties.find("{*}vertAlign")
        found.append(
            Run(
                text,
                struck=is_on(properties.find("{*}strike")),
                raised=raised is not None and raised.get("val") == "superscript",
            )
        )
    return found


def _iso(text: str) -> CellValue:
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            value = read(text)
        except ValueError:
            continue
        return value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
    return text


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for path, kind in relations(package, "").values():
            if kind == "officeDocument":
                return path
    return "xl/workbook.xml"
