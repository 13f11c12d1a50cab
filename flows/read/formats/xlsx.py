"""Excel's XML workbooks (xlsx, xlsm): what calamine does not tell, and a slow reader for the sheets that it cannot read."""

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from html import unescape
from itertools import count
from urllib.parse import unquote

from lxml import etree

from flows.read.formats.grid import CellValue
from flows.read.formats.package import Package, refuse_doctype
from flows.read.formats.refusal import Unreadable, damaged

COLUMNS_AT_MOST, ROWS_AT_MOST = 16_384, 1_048_576
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How every XML part is parsed: nothing outside of it is fetched, nothing in it is expanded."""

_CHINESE_DATES = (*range(27, 37), *range(50, 59))
"""Numbers of date formats that Excel has in Chinese and does not write out."""

Place = tuple[int, int]
"""A cell by row (as Excel counts, from 1) and column (from 0)."""

_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""\bsi=["']([0-9]+)["']""")
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)(.*?)</c>", re.DOTALL)
_RESULT = re.compile(rb"<v[^>]*>([^<]*)</v>|<v[^>]*/>|<is>")
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
_ERROR = re.compile(rb"""<c ([^>]*\bt=["']e["'][^>]*)>.*?<v>([^<]*)</v>.*?</c>""", re.DOTALL)
_LAST_ROW = re.compile(rb"""<row [^>]*?\br=["']([0-9]+)["']""")
_WIDE = re.compile(rb""" r=["'][A-Z]{3}[0-9]""")
_TOO_WIDE = re.compile(rb""" r=["'][A-Z]{4}""")
_FILLED = re.compile(rb"""<c [^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell [^>]*?\bref=["']([^"']+)["']""")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNIQUE = re.compile(rb"""\buniqueCount=["']([0-9]+)["']""")


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it; ``path`` is its part in the package."""

    name: str
    path: str
    hidden: bool
    worksheet: bool


@dataclass
class Marks:
    """Cells that calamine shows as empty: ``errors`` with their text, ``unsaved`` formulas without a saved result."""

    errors: dict[Place, str] = field(default_factory=dict)
    unsaved: dict[Place, str] = field(default_factory=dict)


class Workbook:
    """The parts of an Excel workbook."""

    def __init__(self, package: Package) -> None:
        """Read the list of sheets.

        Raises:
            Unreadable: it is missing or broken.
        """
        self._package = package
        self._path = _main_part(package)
        root = _parse(package.read_xml(self._path))
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
        refuse_doctype(beginning)
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
        return [] if path is None else [_text(item) for item in _elements(self._package.read_xml(path), "si")]

    @cached_property
    def _formats(self) -> list[str]:
        """What each cell style makes of a number; see :func:`forms`."""
        path = next((path for path, kind in self._parts.values() if kind == "styles"), None)
        if path is None:
            return []
        root = _parse(self._package.read_xml(path))
        written = root.iterfind("{*}numFmts/{*}numFmt")
        codes = {int(element.get("numFmtId", -1)): element.get("formatCode", "") for element in written}
        return forms(codes, [int(xf.get("numFmtId", 0)) for xf in root.iterfind("{*}cellXfs/{*}xf")])

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
        if formula is not None and _unsaved(kind, text if result is not None else None, self.recalculates):
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
        form = self._formats[int(style)] if style and style.isdecimal() and int(style) < len(self._formats) else ""
        return serial(number, form, epoch_1904=self.epoch_1904) if form else number


def too_many_cells(limit: int) -> str:
    """The sentence about a sheet with more cells than may be read."""
    return (
        f"工作表的单元格超过 {limit // 10_000} 万个（可能有内容误填在很远的行或列），不予读取。"
        "请删除多余的行列后重新报送。"
    )


def forms(codes: dict[int, str], styles: list[int]) -> list[str]:
    """What each of ``styles``, given by its number format, makes of a number: ``date``, ``duration`` or nothing.

    ``codes`` are the workbook's own formats by number.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    known = {**BUILTIN_FORMATS, **dict.fromkeys(_CHINESE_DATES, "yyyy/m/d"), **codes}
    shown = [known.get(style, "General") for style in styles]
    return ["duration" if is_timedelta_format(c) else "date" if is_date_format(c) else "" for c in shown]


def serial(number: float, form: str, *, epoch_1904: bool) -> CellValue:
    """A serial number as the date, time or (``form`` is ``duration``) time span that it stands for."""
    if number < 0:
        return number
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        value = from_excel(number, MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH, timedelta=form == "duration")
    except (OverflowError, ValueError):
        return number
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def marks(xml: bytes, *, recalculates: bool) -> Marks:
    """The cells of the sheet ``xml`` that hold errors or formulas without a saved result.

    ``recalculates``: the workbook asks to be calculated when opened, so a result of 0 is only what its writer put there.
    """
    found, end = Marks(), xml.rfind(b"sheetData>")
    if xml.find(b"<f", 0, end) >= 0:
        body = xml[:end]
        origins: dict[bytes, tuple[str, Place]] = {}
        for cell, attributes, text, rest in _FORMULA.findall(body):
            place = _place(cell)
            shown = "=" + unescape(text.decode("utf-8", "replace"))
            group = _SHARED.search(attributes)
            if group and text:
                origins[group[1]] = shown, place
            result = _RESULT.search(rest)
            value = None if result is None else (result[1] or b"").decode("ascii", "replace")
            kind = "str" if _TEXT_RESULT.search(cell) else "inlineStr" if b"<is>" in rest else "n"
            if _unsaved(kind, value, recalculates):
                found.unsaved[place] = shown if text or not group else _shared(origins.get(group[1]), place)
    if xml.find(b't="e"', 0, end) >= 0 or xml.find(b"t='e'", 0, end) >= 0:
        found.errors = {_place(cell): text.decode("utf-8", "replace") for cell, text in _ERROR.findall(xml[:end])}
    return found


def merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """The merged ranges of the sheet ``xml``: first row, first column, last row, last column."""
    ranges = (re.findall(rb"([A-Z]{1,3})([0-9]{1,7})", found) for found in _MERGED.findall(xml))
    corners = ((pair[0], pair[-1]) for pair in ranges if pair)
    return [(int(a[1]), _column(a[0]), int(z[1]), _column(z[0])) for a, z in corners]


def calamine_may_read(xml: bytes, cells_at_most: int) -> bool:
    """Whether the rectangle around the filled cells, which calamine holds whole, has at most ``cells_at_most``."""
    if b"<sheetData" not in xml or b"<dimension>" in xml or b"<dimension/>" in xml or _TOO_WIDE.search(xml):
        return False
    last = xml.rfind(b"<row ")
    named = _LAST_ROW.match(xml, last) if last >= 0 else None
    rows = max(int(named[1]) if named else 0, xml.count(b"<row"))
    if rows * COLUMNS_AT_MOST <= cells_at_most or (rows * 702 <= cells_at_most and not _WIDE.search(xml)):
        return True
    filled = [(_column(letters), int(row)) for letters, row in set(_FILLED.findall(xml))]
    if not filled:
        return True
    columns, numbers = [c for c, _ in filled], [r for _, r in filled]
    return (max(columns) - min(columns) + 1) * (max(numbers) - min(numbers) + 1) <= cells_at_most


def _unsaved(kind: str, result: str | None, recalculates: bool) -> bool:
    """A formula's result is missing: none, or empty though it is no text, or a 0 that nobody has calculated."""
    if result is None:
        return kind != "inlineStr"
    return (not result and kind not in ("str", "inlineStr")) or (
        recalculates and kind == "n" and result in ("0", "0.0")
    )


def _shared(origin: tuple[str, Place] | None, place: Place) -> str:
    """The text of a formula that shares that of another cell."""
    if origin is None:
        return "=…"
    from openpyxl.formula.translate import Translator

    return str(Translator(origin[0], _a1(origin[1])).translate_formula(_a1(place)))


def _place(attributes: bytes) -> Place:
    found = _REFERENCE.search(attributes)
    return (int(found[2]), _column(found[1])) if found else (0, 0)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _a1(place: Place) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(place[1] + 1)}{place[0]}"


def cells(xml: bytes) -> Iterator[tuple[Place, etree._Element]]:
    """Every cell with its place; a row or cell without one follows the one before it."""
    row = 0
    for line in _elements(xml, "row"):
        number = line.get("r", "")
        row = int(number) if number.isdecimal() else row + 1
        column = -1
        for cell in line.iterfind("{*}c"):
            found = re.fullmatch("([A-Za-z]+)([0-9]+)", cell.get("r", ""))
            column = _column(found[1].upper().encode()) if found else column + 1
            yield (int(found[2]) if found else row, column), cell


def _elements(xml: bytes, name: str) -> Iterator[etree._Element]:
    """The elements called ``name``, each forgotten when the next is asked for."""
    try:
        for _, element in etree.iterparse(io.BytesIO(xml), events=("end",), tag="{*}" + name, **PARSER):
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        raise damaged("XML 内容有误或不完整") from error


def _parse(xml: bytes) -> etree._Element:
    try:
        return etree.fromstring(xml, etree.XMLParser(**PARSER))
    except etree.XMLSyntaxError as error:
        raise damaged("XML 内容有误或不完整") from error


def _text(item: etree._Element) -> str:
    """The text of a string item: plain or in runs, without the reading aids for pronunciation."""
    runs = [element.text or "" for element in item.iter("{*}t") if next(element.iterancestors("{*}rPh"), None) is None]
    return _ESCAPED.sub(_unescaped, "".join(runs))


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


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


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id → (path of the target, kind).

    Raises:
        Unreadable: they are missing or broken.
    """
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", name + ".rels")
    root = _parse(package.read_xml(path))
    return {
        element.get("Id", str(number)): (
            _target(folder, element.get("Target", "")),
            element.get("Type", "").rsplit("/", 1)[-1],
        )
        for number, element in zip(count(), root.iterfind("{*}Relationship"), strict=False)
        if element.get("TargetMode") != "External"
    }


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(unquote(joined.replace("\\", "/"))).lstrip("/")
