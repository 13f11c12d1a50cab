"""Workbooks with the same bytes each time: written as usual, then without what the clock put into them."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HEAD = PatternFill("solid", fgColor="FFDCE6F1")
LINE = Border(*(Side("thin", color="FF999999"),) * 4)
_ZIP_TIME = (2020, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<(dcterms:created|dcterms:modified|dc:date|meta:creation-date)[^>]*>)[^<]*(<)")


def write_table(path: Path, title: str, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One sheet named ``title``: a header, then ``rows``."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    sheet.append(list(titles))
    widths = [_width(name) for name in titles]
    for row in rows:
        sheet.append(list(row))
        widths = [max(width, _width(value)) for width, value in zip(widths, row, strict=True)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(46, width + 2)
        head = sheet.cell(1, number)
        head.font, head.fill, head.border = Font(bold=True), HEAD, LINE
        head.alignment = Alignment(horizontal="center", vertical="center")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    still(path, datetime(2019, 10, 14, 9))


def still(path: Path, saved: datetime) -> None:
    """Make a zipped workbook say that it was saved at ``saved``, and forget the clock of this machine."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    said = f"{saved:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            if name in ("docProps/core.xml", "meta.xml"):
                data = _CLOCK.sub(rb"\g<1>" + said + rb"\g<3>", data)
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            stored = name == "mimetype"
            archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def _width(value: object) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in str(value))
