"""Rows written a block at a time are those that XlsxWriter writes cell by cell."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from xlsxwriter.format import Format

from flows.publish.workbook import Book, new_book
from flows.publish.workbook.rows import CellsOfColumn, rows_of
from flows.publish.workbook.sheet import RowSheet

TEXTS = ["平", " 前后空格 ", "<a & b>", "两\n行", "制\t表", "_x0041_", "\x07", "　全角空格", None]
NUMBERS = [1, 2.5, 1e21, -0.0, None, 12345678.125, 0.1, 3, "1899-12-30"]
HEIGHTS = [18.0, 18.5, 32.0, 400.0, 18.0, 18.0, 46.0, 18.0, 18.0]
LINKS = {0: "https://example.org/甲.xlsx#'表'!A1", 3: "internal:'表'!B2"}


def parts(path: Path, write: Callable[[RowSheet, Book], None]) -> dict[str, bytes]:
    """The parts of a workbook at ``path`` with one sheet, below whose first row ``write`` has written."""
    with new_book(path, "", "", datetime(2020, 1, 1), many_rows=True) as book:
        sheet = book.sheet("表")
        sheet.write_string(0, 0, "标题")
        write(sheet, book)
        sheet.write_string(len(TEXTS) + 1, 1, "合计")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def looks_of(book: Book) -> list[Format]:
    return [book.style(bold=True), book.style(italic=True)]


def column(values: list, looks: list[Format], links: dict[int, str]) -> CellsOfColumn:
    value, different = pd.factorize(pd.Series(values, dtype=object))
    texts = all(isinstance(one, str) for one in different)
    return CellsOfColumn(
        pa.array(different) if texts else list(different), value, looks, np.array([0, 1] * 4 + [0]), links
    )


def test_blocks_are_what_cell_by_cell_gives(tmp_path):
    look = [0, 1] * 4 + [0]

    def block(sheet: RowSheet, book: Book) -> None:
        looks = looks_of(book)
        texts, numbers = column(TEXTS, looks, LINKS), column(NUMBERS, looks, {})
        sheet.write_rows(1, rows_of(1, HEIGHTS[:4], [part(texts, 0, 4), part(numbers, 0, 4)]))
        texts = replace(texts, links={})
        sheet.write_rows(5, rows_of(5, HEIGHTS[4:], [part(texts, 4), part(numbers, 4)]))

    def by_cell(sheet: RowSheet, book: Book) -> None:
        looks = looks_of(book)
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

    one, other = parts(tmp_path / "one.xlsx", block), parts(tmp_path / "other.xlsx", by_cell)
    assert same_links(one) == same_links(other)
    linked = {"xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
    assert {name: part for name, part in one.items() if name not in linked} == {
        name: part for name, part in other.items() if name not in linked
    }


def same_links(parts: dict[str, bytes]) -> tuple[str, str]:
    """The sheet and its relationships, these under a number each."""
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("&#10;", "&#xA;")
    related = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    for number, identity in enumerate(re.findall(r'Id="(\w+)"', related)):
        sheet, related = (text.replace(f'"{identity}"', f'"{number}"') for text in (sheet, related))
    return sheet, related


def part(column: CellsOfColumn, first: int, last: int | None = None) -> CellsOfColumn:
    return replace(column, value=column.value[first:last], look=column.look[first:last])
