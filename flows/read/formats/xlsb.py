"""Excel's binary workbooks (xlsb): what calamine does not tell, and a slow reader for those that it cannot read."""

import posixpath
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from flows.read.formats.grid import CellValue
from flows.read.formats.number_formats import code_of, forms, serial
from flows.read.formats.package import Package
from flows.read.formats.refusal import damaged
from flows.read.formats.relations import relations
from flows.read.formats.shown.styles import Style
from flows.read.formats.xls_records import ERRORS
from flows.read.formats.xlsx import SheetPart
from flows.read.formats.xlsx_marks import COLUMNS_AT_MOST

_PATH = "xl/workbook.bin"
_BUNDLE_SHEET, _WORKBOOK_PROPERTIES, _MERGED = 0x9C, 0x99, 0xB0
_ROW, _BLANK, _ERROR, _FORMULA_ERROR = 0x00, 0x01, 0x03, 0x0B
_STRING_ITEM, _FORMAT, _STYLES, _STYLES_END, _STYLE = 0x13, 0x2C, 0x0269, 0x026A, 0x2F
_COLUMN = 0x3C
_FONT, _STRUCK = 0x2B, 0x08
_RK, _TRUTHS, _REALS, _TEXTS, _SHARED = 0x02, {0x04, 0x0A}, {0x05, 0x09}, {0x06, 0x08}, 0x07


@dataclass
class Marks:
    """What a sheet says besides its values, by (row as Excel counts, column from 0)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    area: int = 0


class Workbook:
    """The list of sheets of a binary workbook."""

    def __init__(self, package: Package) -> None:
        """Read it.

        Raises:
            Unreadable: it is missing or broken.
        """
        self._package = package
        parts = relations(package, _PATH)
        self._paths = {kind: path for path, kind in parts.values() if path in package}
        self.epoch_1904 = False
        self.sheets: list[SheetPart] = []
        for kind, record in _records(package.read(_PATH)):
            if kind == _WORKBOOK_PROPERTIES and record:
                self.epoch_1904 = bool(record[0] & 1)
            elif kind == _BUNDLE_SHEET:
                state = struct.unpack_from("<I", record)[0]
                identity, after = _text(record, 8)
                name, _ = _text(record, after)
                path, form = parts.get(identity, ("", ""))
                form = form or posixpath.basename(posixpath.dirname(path)).removesuffix("s")
                self.sheets.append(SheetPart(name, path, hidden=state != 0, worksheet=form == "worksheet"))
        if not self.sheets:
            raise damaged("工作簿里没有工作表")

    def read(self, sheet: bytes) -> list[list[CellValue]]:
        """A sheet's rows from its first, read cell by cell.

        Raises:
            Unreadable: broken.
        """
        rows: list[list[CellValue]] = []
        row = 0
        for kind, record in _records(sheet):
            if kind == _ROW and len(record) >= 4:
                row = struct.unpack_from("<I", record)[0]
            elif _BLANK < kind < _FORMULA_ERROR and kind != _ERROR and len(record) >= 9:
                column = struct.unpack_from("<I", record)[0]
                rows.extend([] for _ in range(row + 1 - len(rows)))
                rows[row].extend([None] * (column + 1 - len(rows[row])))
                rows[row][column] = self._value(kind, record)
        return rows

    def _value(self, kind: int, record: bytes) -> CellValue:
        try:
            if kind in _TRUTHS:
                return record[8] != 0
            if kind in _TEXTS:
                return _text(record, 8)[0] or None
            if kind == _SHARED:
                return self._strings[struct.unpack_from("<I", record, 8)[0]] or None
            number = (
                _rk(struct.unpack_from("<I", record, 8)[0]) if kind == _RK else struct.unpack_from("<d", record, 8)[0]
            )
        except (struct.error, IndexError) as error:
            raise damaged("单元格内容有误") from error
        style = int.from_bytes(record[4:7], "little")
        form = self._formats[style] if style < len(self._formats) else ""
        return serial(number, form, epoch_1904=self.epoch_1904) if form else number

    @cached_property
    def _strings(self) -> list[str]:
        path = self._paths.get("sharedStrings")
        records = _records(self._package.read(path)) if path else ()
        return [_text(record, 1)[0] for kind, record in records if kind == _STRING_ITEM]

    @cached_property
    def _formats(self) -> list[str]:
        return forms(self._written.codes, [code for code, _ in self._written.styles])

    @cached_property
    def telling_styles(self) -> dict[int, Style]:
        """The cell styles, by number, whose cells may show something else than their bare value."""
        written = self._written
        styles = {
            number: Style(code_of(code, written.codes), struck=font < len(written.struck) and written.struck[font])
            for number, (code, font) in enumerate(written.styles)
        }
        return {number: style for number, style in styles.items() if style.tells}

    @cached_property
    def _written(self) -> "_Styles":
        path, found, within = self._paths.get("styles"), _Styles(), False
        for kind, record in _records(self._package.read(path)) if path else ():
            if kind == _FORMAT and len(record) >= 6:
                found.codes[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
            elif kind == _FONT and len(record) >= 4:
                found.struck.append(bool(record[2] & _STRUCK))
            elif kind in (_STYLES, _STYLES_END):
                within = kind == _STYLES
            elif kind == _STYLE and within and len(record) >= 6:
                found.styles.append(struct.unpack_from("<HH", record, 2))
        return found


@dataclass
class _Styles:
    """What the part of styles says: number formats, which fonts are struck through, and of each cell style the number of its
    format and of its font."""

    codes: dict[int, str] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    styles: list[tuple[int, int]] = field(default_factory=list)


def marks(sheet: bytes, styles: dict[int, Style]) -> Marks:
    """What ``sheet`` says besides its values; ``styles`` are those that are noted.

    Raises:
        Unreadable: it is cut off.
    """
    found, row = Marks(), 0
    top, left, bottom, right = 2**32, 2**32, -1, -1
    for kind, record in _records(sheet):
        if kind == _ROW and len(record) >= 4:
            row = struct.unpack_from("<I", record)[0]
        elif _BLANK < kind <= _FORMULA_ERROR and len(record) >= 9:
            column = struct.unpack_from("<I", record)[0]
            top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
            if (style := int.from_bytes(record[4:7], "little")) in styles:
                found.styles[row + 1, column] = styles[style]
            if kind in (_ERROR, _FORMULA_ERROR):
                found.errors[row + 1, column] = ERRORS.get(record[8], "#ERROR!")
        elif kind == _COLUMN and len(record) >= 18 and record[16] & 1:
            first, last = struct.unpack_from("<II", record)
            found.hidden |= set(range(first, min(last, COLUMNS_AT_MOST) + 1))
        elif kind == _MERGED and len(record) >= 16:
            first, last, west, east = struct.unpack_from("<IIII", record)
            found.merged.append((first + 1, west, last + 1, east))
    found.area = max(0, bottom - top + 1) * max(0, right - left + 1)
    return found


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(part)
    try:
        while at < end:
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
                at += 1
            length = shift = 0
            more = True
            while more and shift < 28:
                byte = part[at]
                length |= (byte & 0x7F) << shift
                shift, more, at = shift + 7, bool(byte & 0x80), at + 1
            yield kind, part[at : at + length]
            at += length
    except IndexError as error:
        raise damaged("内容不完整") from error


def _rk(packed: int) -> float:
    """A number in 30 bits: a whole one or the upper half of a float, perhaps a hundredfold."""
    whole = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    number = float(whole) if packed & 2 else struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 1 else number


def _text(record: bytes, at: int) -> tuple[str, int]:
    """The text at ``at`` and where it ends."""
    try:
        length = struct.unpack_from("<I", record, at)[0]
    except struct.error as error:
        raise damaged("工作表目录有误") from error
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le", "replace"), end
