"""Grids as a person sees them: merged cells, cells at the ends of the sheet, rows too wide for a form."""

import io

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.table import CoveredTableCell, Table

from tests.formats import package, parts, xlsb
from tests.read.workbooks import (
    MERGED_XML,
    ROWS,
    cells,
    ods_cell,
    ods_row,
    ods_table,
    old_excel,
    open_document,
    placed,
    rows_at,
    written,
)


def merged_in_xlsx(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("申报")
    sheet.merge_range(0, 0, 0, 2, "题")
    sheet.merge_range(1, 0, 3, 0, "甲")
    sheet.write(3, 2, "尾")


def merged_in_xls(book: xlwt.Workbook) -> None:
    sheet = book.add_sheet("申报")
    sheet.write_merge(0, 0, 0, 2, "题")
    sheet.write_merge(1, 3, 0, 0, "甲")
    sheet.write(3, 2, "尾")


def merged_in_ods() -> Table:
    return ods_table(
        ods_row(ods_cell("题", numbercolumnsspanned=3), CoveredTableCell(numbercolumnsrepeated=2)),
        ods_row(ods_cell("甲", numberrowsspanned=3)),
        ods_row(CoveredTableCell()),
        ods_row(CoveredTableCell(), ods_cell(), ods_cell("尾")),
    )


MERGED_HTML = (
    "<table><tr><td colspan=3>题</td></tr><tr><td rowspan=3>甲</td></tr><tr></tr><tr><td></td><td>尾</td></tr></table>"
)


MERGED = {
    "xlsx": lambda: written(merged_in_xlsx),
    "xlsb": lambda: xlsb([["题"], ["甲"], [], [None, None, "尾"]], merged=[(0, 0, 0, 2), (1, 0, 3, 0)]),
    "xls": lambda: old_excel(merged_in_xls),
    "ods": lambda: open_document(merged_in_ods()),
    "html": lambda: MERGED_HTML.encode(),
    "xml 2003": lambda: MERGED_XML.encode(),
}


@pytest.mark.parametrize("kind", MERGED)
def test_merged_cells_are_known_in_every_kind(kind: str, opened) -> None:
    (grid,) = opened(MERGED[kind]())
    assert sorted(grid.merged) == [(1, 0, 1, 2), (2, 0, 4, 0)]
    assert cells(grid) == {(1, 0): "题", (2, 0): "甲", (4, 2): "尾"}


def test_values_under_a_merged_cell_are_not_seen(opened) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["B2"] = "见", "不见", "也见"
    memory = io.BytesIO()
    book.save(memory)
    held = parts(memory.getvalue())
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    (grid,) = opened(package(held))
    assert cells(grid) == {(1, 0): "见", (2, 1): "也见"}


@pytest.mark.slow
def test_cells_at_the_ends_of_the_sheet_cost_nothing(opened) -> None:
    held = parts(written(rows_at(0, 0)))
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="9"><c r="XFD9"><v>7</v></c></row><row r="1048576"><c r="A1048576"><v>8</v></c></row></sheetData>'
    held[name] = held[name].replace(b"</sheetData>", far)
    (grid,) = opened(package(held))
    assert cells(grid) == placed(ROWS) | {(9, 16383): 7, (1_048_576, 0): 8}


def test_a_row_with_more_cells_than_any_form_is_said(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("甲").write(0, 0, 1)
        wide = book.add_worksheet("乙")
        for row in range(3):
            wide.write_row(row, 0, ["序号"] * 16_384)

    first, second = opened(written(fill))
    assert cells(first) == {(1, 0): 1}
    assert second.rows == []
    assert str(second.trouble).startswith("工作表“乙”：一行有 16384 格内容")
