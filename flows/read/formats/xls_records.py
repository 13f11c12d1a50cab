"""What a BIFF stream (xls) says besides its values: the password, the epoch, errors, formulas never calculated."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.read.formats.number_formats import code_of
from flows.read.formats.shown.styles import Style

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
NO_TEXT = "=…"
"""Shown for a formula whose text the format keeps only as tokens."""

_BOF, _EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
_CODEPAGE = 0x0042
_FORMULA, _STRING, _BOOLERR, _MULRK = 0x0006, 0x0207, 0x0205, 0x00BD
_COLUMNS = 0x007D
_FONT, _FORMAT, _STYLE = 0x0031, 0x041E, 0x00E0
_STRUCK, _RAISED, _STYLE_OF_STYLES, _NO_FONT = 0x08, b"\x01\x00", 0x0004, 4
_MERGED, _DIMENSIONS = 0x00E5, 0x0200
_OLD_FORMULAS = {0x0206, 0x0406}
_BIFF8, _UNICODE = 0x0600, 1200
_CELLS = {_FORMULA, _BOOLERR, _MULRK, 0x0203, 0x0204, 0x00D6, 0x00FD, 0x027E}
_CALCULATE_ON_LOAD = 0x0002

_CONCATENATE, _PARENTHESES, _SUM = 0x08, 0x15, b"\x19\x10"
_FUNCTIONS, _VARIABLE_FUNCTIONS = {0x21, 0x41, 0x61}, {0x22, 0x42, 0x62}
_NUMBER_OPERATORS = {*range(0x03, 0x08), *range(0x09, 0x0F), 0x12, 0x13, 0x14}

# Functions by their numbers in BIFF. DOLLAR, FIXED, REPT, MID, TEXT, CHAR, LOWER, UPPER, PROPER, LEFT, RIGHT, TRIM, REPLACE,
# SUBSTITUTE, CLEAN, CONCATENATE:
_TEXT_FUNCTIONS = {13, 14, 30, 31, 48, *range(111, 117), 118, 119, 120, 162, 336}
# COUNT, SUM to MAX, STDEV, ABS to ROUND, LEN, VALUE, MOD, DATE, DAY to YEAR, COUNTA, PRODUCT, ROUNDUP, ROUNDDOWN,
# SUMPRODUCT, SUBTOTAL to COUNTBLANK:
_NUMBER_FUNCTIONS = {
    0,
    *range(4, 8),
    12,
    *range(24, 28),
    32,
    33,
    39,
    65,
    67,
    68,
    69,
    169,
    183,
    212,
    213,
    228,
    *range(344, 348),
}


@dataclass
class Sheet:
    """One sheet: errors by (row as Excel counts, column from 0), formulas without a result, and the filled area.

    ``styles`` are those of cells that may show something else than their bare value; ``claimed`` are the cells that the sheet
    says it has; ``old`` where it keeps formulas as older versions did.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved: dict[tuple[int, int], str] = field(default_factory=dict)
    first: tuple[int, int] = (2**20, 2**20)
    last: tuple[int, int] = (0, -1)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    claimed: int = 0
    old: bool = False
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def area(self) -> int:
        """Cells in the rectangle around everything filled."""
        return max(0, self.last[0] - self.first[0] + 1) * max(0, self.last[1] - self.first[1] + 1)


@dataclass
class Book:
    """A workbook's globals and its worksheets in their order.

    ``styles`` are those, by number, whose cells may show something else than their bare value; ``marked_texts`` where a font is
    struck through or raised, as a piece of a text may be.
    """

    encrypted: bool = False
    epoch_1904: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    version: int = 0
    codepage: int = _UNICODE
    styles: dict[int, Style] = field(default_factory=dict)
    marked_texts: bool = False

    def calamine_may_read(self, cells_at_most: int) -> bool:
        """Whether calamine reads the texts right and can hold the sheets.

        It takes the codepage for that of BIFF8's Unicode, cannot decode the two-byte codepages of BIFF5, skips formulas
        kept as in older versions, and makes room for the whole rectangle that is filled or that the sheet claims.
        """
        plain = self.version == _BIFF8 and self.codepage == _UNICODE and not any(sheet.old for sheet in self.sheets)
        return plain and all(max(sheet.area, sheet.claimed) <= cells_at_most for sheet in self.sheets)


def starts_like_biff(data: bytes) -> bool:
    """Whether ``data`` begins with the record that begins a BIFF workbook or sheet outside of any container."""
    if len(data) < 8 or data[0] != 0x09 or data[1] not in (0x00, 0x02, 0x04, 0x08):
        return False
    length, version, kind = struct.unpack_from("<HHH", data, 2)
    return 4 <= length <= 16 and kind in (0x0005, 0x0010, 0x0020, 0x0040, 0x0100) and version in _VERSIONS


_VERSIONS = {0x0000, 0x0002, 0x0007, 0x0200, 0x0300, 0x0400, 0x0500, 0x0600}


def read_records(stream: bytes, *, trusted: bool) -> Book:
    """What the workbook in ``stream`` says besides its values.

    ``trusted`` is for files by Excel and WPS. Others leave 0 or an empty text as the result of a formula that they have
    not calculated, and 0 as that of one that gives text.
    """
    book = Book(version=struct.unpack_from("<H", stream, 4)[0] if len(stream) > 6 else 0)
    offsets: list[int] = []
    codes: dict[int, str] = {}
    fonts: list[bytes] = []
    formats: list[bytes] = []
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            book.encrypted = True
            return book
        if kind == _DATEMODE and length >= 2:
            book.epoch_1904 = stream[at] == 1
        elif kind == _FONT and length >= 10:
            fonts.append(stream[at : at + length])
        elif kind == _STYLE and length >= 6:
            formats.append(stream[at : at + length])
        elif kind == _FORMAT and length >= 5 and book.version == _BIFF8:
            codes[struct.unpack_from("<H", stream, at)[0]] = _format_code(stream[at + 2 : at + length])
        elif kind == _CODEPAGE and length >= 2:
            book.codepage = struct.unpack_from("<H", stream, at)[0]
        elif kind == _BOUNDSHEET and length >= 6 and stream[at + 5] == 0:
            offsets.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _EOF:
            break
    book.marked_texts = any(font[2] & _STRUCK or font[8:10] == _RAISED for font in fonts)
    book.styles = _telling(formats, fonts, codes)
    book.sheets = [_sheet(stream, offset, book.styles, trusted=trusted) for offset in offsets]
    return book


def _format_code(record: bytes) -> str:
    """The number format in a record of BIFF8: its length, a flag for two bytes a character, the characters."""
    wide = record[2] & 1
    return record[3:].decode("utf-16-le" if wide else "latin-1", "replace")


def _telling(formats: list[bytes], fonts: list[bytes], codes: dict[int, str]) -> dict[int, Style]:
    """The cell styles, by number, whose cells may show something else than their bare value."""
    found = {}
    for number, style in enumerate(formats):
        font, code, options = struct.unpack_from("<HHH", style)
        if options & _STYLE_OF_STYLES:
            continue
        place = font - (font > _NO_FONT)  # there is no font of number 4
        told = Style(code_of(code, codes), struck=place < len(fonts) and bool(fonts[place][2] & _STRUCK))
        if told.tells:
            found[number] = told
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    unpack, end = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, length = unpack(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheet(stream: bytes, offset: int, styles: dict[int, Style], *, trusted: bool) -> Sheet:
    sheet, waiting, depth = Sheet(), None, 0
    place = struct.Struct("<HH").unpack_from
    top, left, bottom, right = 2**20, 2**20, 0, -1
    for kind, at, length in _records(stream, offset):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth != 1:
            continue  # a chart inside the sheet has cells of its own
        elif kind in _CELLS and length >= 6 and at + length <= len(stream):
            row, column = place(stream, at)
            top, left, bottom = min(top, row), min(left, column), max(bottom, row)
            right = max(right, column if kind != _MULRK else place(stream, at + length - 4)[1])
            if styles:
                _note_styles(sheet, stream[at : at + length], styles, several=kind == _MULRK)
            if waiting:
                sheet.unsaved[waiting] = NO_TEXT
            waiting = None
            if kind == _FORMULA and length >= 22:
                waiting = _formula(sheet, stream[at : at + length], trusted=trusted)
            elif kind == _BOOLERR and length >= 8 and stream[at + 7] == 1:
                sheet.errors[row + 1, column] = ERRORS.get(stream[at + 6], "#ERROR!")
        elif kind == _STRING:
            waiting = None
        elif kind == _DIMENSIONS and length >= 12 and at + 12 <= len(stream):
            first, last, west, east = struct.unpack_from("<IIHH", stream, at)
            sheet.claimed = max(0, last - first) * max(0, east - west)
        elif kind == _COLUMNS and length >= 10 and at + 10 <= len(stream):
            first, last, _, _, options = struct.unpack_from("<5H", stream, at)
            if options & 1:
                sheet.hidden_columns |= set(range(first, last + 1))
        elif kind in _OLD_FORMULAS:
            sheet.old = True
        elif kind == _MERGED and at + length <= len(stream):
            for first, last, west, east in struct.iter_unpack("<4H", stream[at + 2 : at + 2 + (length - 2) // 8 * 8]):
                sheet.merged.append((first + 1, west, last + 1, east))
    if waiting:
        sheet.unsaved[waiting] = NO_TEXT
    sheet.first, sheet.last = (top + 1, left), (bottom + 1, right)
    return sheet


def _note_styles(sheet: Sheet, record: bytes, styles: dict[int, Style], *, several: bool) -> None:
    """Note the styles of the cells of a record that tell something."""
    row, column = struct.unpack_from("<HH", record)
    numbers = [n for n, _ in struct.iter_unpack("<HI", record[4 : 4 + (len(record) - 6) // 6 * 6])] if several else []
    for place, number in enumerate(numbers or struct.unpack_from("<H", record, 4)):
        if number in styles:
            sheet.styles[row + 1, column + place] = styles[number]


def _formula(sheet: Sheet, record: bytes, *, trusted: bool) -> tuple[int, int] | None:
    """Note a formula's error or missing result; its place where its result is a text that has yet to follow."""
    row, column = struct.unpack_from("<HH", record)
    place, result = (row + 1, column), record[6:14]
    options, size = struct.unpack_from("<H", record, 14)[0], struct.unpack_from("<H", record, 20)[0]
    if result[6:] == b"\xff\xff":
        if result[0] == 2:
            sheet.errors[place] = ERRORS.get(result[2], "#ERROR!")
        if result[0] == 3 and not trusted:
            sheet.unsaved[place] = NO_TEXT
        return place if result[0] == 0 else None
    if result == bytes(8) and (options & _CALCULATE_ON_LOAD or not _gives_number(record[22 : 22 + size], trusted)):
        sheet.unsaved[place] = NO_TEXT
    return None


def _gives_number(tokens: bytes, trusted: bool) -> bool:
    """Whether 0 can be the result of a formula with these tokens, judged by the last and, in doubt, by the program."""
    tokens = tokens.rstrip(bytes([_PARENTHESES]))
    if not tokens or tokens[-4:-2] == _SUM:
        return True
    if tokens[-1] == _CONCATENATE:
        return False
    if len(tokens) >= 4 and tokens[-4] in _VARIABLE_FUNCTIONS:
        function = struct.unpack_from("<H", tokens, len(tokens) - 2)[0] & 0x7FFF
    elif len(tokens) >= 3 and tokens[-3] in _FUNCTIONS:
        function = struct.unpack_from("<H", tokens, len(tokens) - 2)[0]
    else:
        return trusted or tokens[-1] in _NUMBER_OPERATORS
    return function not in _TEXT_FUNCTIONS and (trusted or function in _NUMBER_FUNCTIONS)
