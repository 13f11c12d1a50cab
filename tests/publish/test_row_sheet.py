"""Rows written a block at a time are those that XlsxWriter writes cell by cell."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.format import Format

from flows.publish.workbook.sheet import CellsOfColumn, RowSheet

TEXTS = ["平", " 前后空格 ", "<a & b>", "两\n行", "制\t表", "_x0041_", "\x07", "", None]
NUMBERS = [1, 2.5, 1e21, -0.0, None, 12345678.125, 0.1, 3, "1899-12-30"]
HEIGHTS = [18.0, 18.5, 32.0, 400.0, 18.0, 18.0, 46.0, 18.0, 18.0]
LINKS = {0: "https://example.org/甲.xlsx#'表'!A1", 3: "internal:'表'!B2"}


def parts(write: Callable[[RowSheet, list[Format]], None]) -> dict[str, bytes]:
    """The parts of a workbook with one sheet, below whose first row ``write`` has written."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("表", RowSheet)
        sheet.write_string(0, 0, "标题")
        write(sheet, [book.add_format({"bold": True}), book.add_format({"italic": True})])
        sheet.write_string(len(TEXTS) + 1, 1, "合计")
    with zipfile.ZipFile(memory) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_block_is_what_cell_by_cell_gives():
    look = [0, 1] * 4 + [0]

    def block(sheet: RowSheet, looks: list[Format]) -> None:
        sheet.write_rows(
            1, HEIGHTS, [CellsOfColumn(TEXTS, look, looks, LINKS), CellsOfColumn(NUMBERS, look, looks, {})]
        )

    def by_cell(sheet: RowSheet, looks: list[Format]) -> None:
        for place, (tall, text, number) in enumerate(zip(HEIGHTS, TEXTS, NUMBERS, strict=True)):
            style = looks[look[place]]
            sheet.set_row(1 + place, tall)
            if place in LINKS:
                sheet.write_url(1 + place, 0, LINKS[place], style, text)
            elif text is None:
                sheet.write_blank(1 + place, 0, None, style)
            else:
                sheet.write_string(1 + place, 0, text, style)
            if number is None:
                sheet.write_blank(1 + place, 1, None, style)
            elif isinstance(number, str):
                sheet.write_string(1 + place, 1, number, style)
            else:
                sheet.write_number(1 + place, 1, number, style)

    one, other = parts(block), parts(by_cell)
    assert {name for name in other if one.get(name) != other[name]} <= {"docProps/core.xml"}
