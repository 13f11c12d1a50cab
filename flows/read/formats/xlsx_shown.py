"""Which cells of a sheet of xlsx have a style or a text of which not all is said by the bare value."""

import re
from collections.abc import Collection

from lxml import etree

from flows.read.formats.grid import Place
from flows.read.formats.safe_xml import parse
from flows.read.formats.shown.styles import Run, Style
from flows.read.formats.xlsx import Workbook, runs
from flows.read.formats.xlsx_marks import column_number

_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_SHARED = re.compile(rb"""\bt=["']s["']""")
_FEW = 40
_INLINE = re.compile(rb"<c ([^<>]*)>\s*<is\b[^<>]*>((?:(?!</is>).)*)", re.DOTALL)
_PREFIX = re.compile(rb"</?\w+:")


def styles_of(xml: bytes, book: Workbook) -> dict[Place, Style]:
    """The cells of the sheet ``xml`` whose style tells something."""
    telling = book.telling_styles
    if not telling:
        return {}
    cells = re.findall(rb"""<c ((?=[^<>]*\bs=["'](?:%s)["'])[^<>]*[^<>/])>""" % _any(telling), xml)
    found = {}
    for cell in cells:
        place, style = _REFERENCE.search(cell), _STYLE.search(cell)
        if place and style and style[1].decode() in telling:
            found[int(place[2]), column_number(place[1])] = telling[style[1].decode()]
    return found


def runs_of(xml: bytes, book: Workbook) -> dict[Place, list[Run]]:
    """The cells of the sheet ``xml`` of whose text a piece is struck through or raised."""
    found: dict[Place, list[Run]] = {}
    if marked := book.marked_strings:
        for cell, number in re.findall(rb"<c ([^<>]*)>\s*<v>(%s)</v>" % _any(marked), xml):
            place = _REFERENCE.search(cell)
            if place and _SHARED.search(cell) and number.decode() in marked:
                found[int(place[2]), column_number(place[1])] = marked[number.decode()]
    if (b"<strike" in xml or b"superscript" in xml) and b"<is>" in xml:
        for cell, inside in _INLINE.findall(xml):
            place = _REFERENCE.search(cell)
            if place and (b"strike" in inside or b"superscript" in inside):
                found[int(place[2]), column_number(place[1])] = runs(_parsed(inside))
    return found


def _any(numbers: Collection[str]) -> bytes:
    """A pattern for one of ``numbers``; for any number at all where they are too many to be tried one after the other."""
    return b"[0-9]+" if len(numbers) > _FEW else "|".join(numbers).encode()


def _parsed(inside: bytes) -> etree._Element:
    return parse(b"<is>" + _PREFIX.sub(lambda tag: b"</" if tag[0].startswith(b"</") else b"<", inside) + b"</is>")
