"""The text of formulas: what begins with = or - and was typed as a sentence is a formula to an office program.

Kept in xlsx, ods and their single-file forms. In xls the text of a formula is not kept as text, and web pages and plain
text have no formulas: of these only what a cell shows can be had.
"""

import io
import re
from collections.abc import Iterator

from lxml import etree

from flows.read.formats.detect import Source
from flows.read.formats.grid import Place
from flows.read.formats.package import Package
from flows.read.formats.refusal import Unreadable
from flows.read.formats.safe_xml import refuse_doctype, walk
from flows.read.formats.signatures import Kind
from flows.read.formats.xlsx import Workbook, cells
from flows.read.formats.xlsx_marks import COLUMNS_AT_MOST, ROWS_AT_MOST

_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PREFIX = re.compile("^[a-z]+:(?==)")
_REFERENCE = re.compile(r"\[\.?([^\[\]]*)\]")
"""A cell as OpenDocument names it in formulas: ``[.K5]``."""

Formulas = dict[str, dict[Place, str]]
"""Sheet → the text of each formula in it, with its equals sign, by row (as Excel counts) and column (from 0)."""


def formulas(source: Source) -> Formulas:
    """The formulas of a workbook that reading has found sound."""
    try:
        if source.kind == Kind.XLSX and source.package is not None:
            return _of_xlsx(source.package)
        if source.kind == Kind.ODS and source.package is not None:
            return _of_ods(source.package.read_xml("content.xml"))
        if source.kind == Kind.FODS:
            refuse_doctype(source.data)
            return _of_ods(source.data)
    except (Unreadable, etree.XMLSyntaxError):  # a sheet that cannot be read has said so already
        return {}
    return {}


def _of_xlsx(package: Package) -> Formulas:
    found: Formulas = {}
    for part in Workbook(package).sheets:
        xml = package.read_xml(part.path) if part.worksheet else b""
        if _HAS_FORMULA.search(xml):
            found[part.name] = dict(_of_sheet(xml))
    return found


def _of_sheet(xml: bytes) -> Iterator[tuple[Place, str]]:
    """The formulas of one sheet; one that was filled down is written out once and moves with its cell."""
    from openpyxl.formula.translate import Translator
    from openpyxl.utils import get_column_letter

    origins: dict[str, Translator] = {}
    for place, cell in cells(xml):
        formula = cell.find("{*}f")
        if formula is None:
            continue
        here, group = f"{get_column_letter(place[1] + 1)}{place[0]}", formula.get("si", "")
        if formula.text and group:
            origins[group] = Translator("=" + formula.text, here)
        if formula.text:
            yield place, "=" + formula.text
        elif group in origins:
            yield place, str(origins[group].translate_formula(here))


def _of_ods(xml: bytes) -> Formulas:
    found: Formulas = {}
    for _, table in walk(io.BytesIO(xml), ("end",), _TABLE + "table"):
        row = 1
        here = found.setdefault(table.get(_TABLE + "name", ""), {})
        for line in table.iter(_TABLE + "table-row"):
            column = 0
            for cell in line.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                formula = cell.get(_TABLE + "formula")
                if formula:
                    here[row, column] = _REFERENCE.sub(r"\1", _PREFIX.sub("", formula))
                column += _times(cell, "number-columns-repeated", COLUMNS_AT_MOST)
            row += _times(line, "number-rows-repeated", ROWS_AT_MOST)
        table.clear()
    return found


def _times(element: etree._Element, name: str, most: int) -> int:
    given = element.get(_TABLE + name, "1")
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 12 else 1
