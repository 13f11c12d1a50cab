"""What calamine does not tell of a sheet of xlsx: errors, formulas without a saved result, merged cells, how far it reaches."""

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from flows.read.formats.grid import Place

COLUMNS_AT_MOST, ROWS_AT_MOST = 16_384, 1_048_576

_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""\bsi=["']([0-9]+)["']""")
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f\b([^>]*?)(?:/>|>([^<]*)</f>)(.*?)</c>", re.DOTALL)
_RESULT = re.compile(rb"<v[^>]*>([^<]*)</v>|<v[^>]*/>|<is>")
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
_ERROR = re.compile(rb"""<c ([^<>]*\bt=["']e["'][^<>]*)(?<!/)>(?:(?!</c>|<v>).)*<v>([^<]*)</v>""", re.DOTALL)
_RICH_VALUE = re.compile(rb"""\bvm=["'][0-9]""")
"""A picture in a cell is a value that Excel's older versions show as #VALUE!."""
_OF_TWO_LETTERS = 702
"""Columns whose names have two letters at most."""

_LAST_ROW = re.compile(rb"""<row [^>]*?\br=["']([0-9]+)["']""")
_EMPTY_DIMENSION = re.compile(b"<dimension/?>")
_TOO_WIDE = re.compile(rb""" r=["'][A-Z]{4}""")
_FILLED = re.compile(rb"""<c [^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>""")
_COLUMN = re.compile(rb"<(?:\w+:)?col ([^>]*)>")
_FIRST, _LAST = (re.compile(rb"""\b%s=["']([0-9]{1,7})["']""" % name) for name in (b"min", b"max"))
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell [^>]*?\bref=["']([^"']+)["']""")


@dataclass
class Marks:
    """Cells that calamine shows as empty: ``errors`` with their text, ``unsaved`` formulas without a saved result, and
    ``pictures``."""

    errors: dict[Place, str] = field(default_factory=dict)
    unsaved: dict[Place, str] = field(default_factory=dict)
    pictures: set[Place] = field(default_factory=set)


def marks(xml: bytes, *, recalculates: bool) -> Marks:
    """The cells of the sheet ``xml`` that hold errors or formulas without a saved result.

    ``recalculates``: the workbook asks to be calculated when opened, so a result of 0 is only what its writer put there.
    """
    found, end = Marks(), xml.rfind(b"sheetData>")
    if xml.find(b"<f", 0, end) >= 0:
        body = xml[:end]
        origins: dict[bytes, tuple[bytes, bytes]] = {}
        for cell, attributes, text, rest in _FORMULA.findall(body):
            group = _SHARED.search(attributes)
            if group and text:
                origins[group[1]] = text, cell
            result = _RESULT.search(rest)
            value = None if result is None else (result[1] or b"").decode("ascii", "replace")
            kind = "str" if _TEXT_RESULT.search(cell) else "inlineStr" if b"<is>" in rest else "n"
            if lacks_result(
                kind, value, recalculates
            ):  # few do: a form that checks itself has thousands of long formulas
                place = _place(cell)
                found.unsaved[place] = (
                    _formula(text) if text or not group else _shared_text(origins.get(group[1]), place)
                )
    if xml.find(b't="e"', 0, end) >= 0 or (b"'" in xml and xml.find(b"t='e'", 0, end) >= 0):
        for cell, text in _ERROR.findall(xml[:end]):
            if _RICH_VALUE.search(cell):
                found.pictures.add(_place(cell))
            else:
                found.errors[_place(cell)] = text.decode("utf-8", "replace")
    return found


def names_pictures(xml: bytes) -> bool:
    """Whether a text of the part ``xml`` may name a picture as WPS does."""
    return b"DISPIMG(" in xml or b"\0" in xml


def hidden_columns(xml: bytes) -> frozenset[int]:
    """The columns of the sheet ``xml`` that are hidden."""
    end = xml.find(b"sheetData")
    found: set[int] = set()
    for attributes in _COLUMN.findall(xml, 0, max(end, 0)):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if _HIDDEN.search(attributes) and first and last:
            found |= set(range(int(first[1]) - 1, min(int(last[1]), COLUMNS_AT_MOST)))
    return frozenset(found)


def merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """The merged ranges of the sheet ``xml``: first row, first column, last row, last column."""
    ranges = (re.findall(rb"([A-Z]{1,3})([0-9]{1,7})", found) for found in _MERGED.findall(xml))
    corners = ((pair[0], pair[-1]) for pair in ranges if pair)
    return [(int(a[1]), column_number(a[0]), int(z[1]), column_number(z[0])) for a, z in corners]


def calamine_may_read(xml: bytes, cells_at_most: int) -> bool:
    """Whether the rectangle around the filled cells, which calamine holds whole, has at most ``cells_at_most``."""
    begin = xml.find(b"<sheetData")
    if begin < 0 or _EMPTY_DIMENSION.search(xml, 0, begin) or _TOO_WIDE.search(xml, begin):
        return False
    last = xml.rfind(b"<row ")
    named = _LAST_ROW.match(xml, last) if last >= 0 else None
    rows = max(int(named[1]) if named else 0, xml.count(b"<row"))
    widest = cells_at_most // max(rows, 1)
    if widest >= COLUMNS_AT_MOST or (widest and not _wider_than(min(widest, _OF_TWO_LETTERS)).search(xml)):
        return True  # also where some of the cells are blank
    filled = [(column_number(letters), int(row)) for letters, row in set(_FILLED.findall(xml))]
    if not filled:
        return True
    columns, numbers = [c for c, _ in filled], [r for _, r in filled]
    return (max(columns) - min(columns) + 1) * (max(numbers) - min(numbers) + 1) <= cells_at_most


@cache
def _wider_than(columns: int) -> re.Pattern[bytes]:
    """Finds a cell that stands behind the first ``columns``, of which there are at most those of two letters."""
    whole, rest = divmod(columns - 26, 26)
    names = ["[A-Z]{3}"]
    if columns < 26:
        names += [f"[{_letter(columns)}-Z]", "[A-Z]{2}"]
    elif columns < _OF_TWO_LETTERS:
        names += [f"{_letter(whole)}[{_letter(rest)}-Z]"]
        names += [f"[{_letter(whole + 1)}-Z][A-Z]"] if whole < 25 else []
    return re.compile(rf""" r=["'](?:{"|".join(names)})[0-9]""".encode())


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def lacks_result(kind: str, result: str | None, recalculates: bool) -> bool:
    """A formula's result is missing: none, or empty though it is no text, or a 0 that nobody has calculated."""
    if result is None:
        return kind != "inlineStr"
    return (not result and kind not in ("str", "inlineStr")) or (
        recalculates and kind == "n" and result in ("0", "0.0")
    )


def column_number(letters: bytes) -> int:
    """The number of a column, from 0, by its letters."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _formula(text: bytes) -> str:
    return "=" + unescape(text.decode("utf-8", "replace"))


def _shared_text(origin: tuple[bytes, bytes] | None, place: Place) -> str:
    """The text of a formula that shares that of another cell, by its text and the attributes of that cell."""
    if origin is None:
        return "=…"
    from openpyxl.formula.translate import Translator

    text, cell = origin
    return str(Translator(_formula(text), _a1(_place(cell))).translate_formula(_a1(place)))


def _place(attributes: bytes) -> Place:
    found = _REFERENCE.search(attributes)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def _a1(place: Place) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(place[1] + 1)}{place[0]}"
