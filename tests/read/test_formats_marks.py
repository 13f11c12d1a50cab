"""Errors, and formulas without a saved result, in every kind of workbook that has them."""

import io

import openpyxl
import xlsxwriter
import xlwt

from tests.formats import package, parts, xlsb
from tests.read.workbooks import (
    cells,
    errors_in_xlsx,
    formulas,
    ods_cell,
    ods_row,
    ods_table,
    old_excel,
    open_document,
    written,
)


def test_errors_stand_as_text_in_their_cells(opened) -> None:
    (grid,) = opened(written(errors_in_xlsx))
    assert cells(grid) == {(2, 1): "#DIV/0!", (2, 2): "甲", (3, 4): "#N/A"}
    assert grid.errors == {(2, 1), (3, 4)}


def test_errors_are_known_in_other_kinds(opened) -> None:
    (binary,) = opened(xlsb([["甲", "#REF!"], [None, None, "#REF!"]]))
    assert binary.errors == {(1, 1), (2, 2)}
    assert cells(binary) == {(1, 0): "甲", (1, 1): "#REF!", (2, 2): "#REF!"}
    (page,) = opened("<table><tr><td>甲<td>#REF!</table>".encode())
    assert page.errors == {(1, 1)}
    (text,) = opened("甲,#REF!\n乙,1\n".encode())
    assert text.errors == {(1, 1)}
    cell = ods_cell("#DIV/0!", formula="of:=1/0", valuetype="string", stringvalue="")
    (sheet,) = opened(open_document(ods_table(ods_row(cell))))
    assert sheet.errors == {(1, 0)}


def test_an_error_that_calamine_does_not_know_costs_no_sheet(opened) -> None:
    held = parts(written(errors_in_xlsx))
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace(b"#N/A", b"#SPILL!")
    (grid,) = opened(package(held))
    assert cells(grid) == {(2, 1): "#DIV/0!", (2, 2): "甲", (3, 4): "#SPILL!"}


def test_formulas_without_a_saved_result_are_told(opened) -> None:
    book, memory = openpyxl.Workbook(), io.BytesIO()
    formulas(book.active)
    book.save(memory)
    (grid,) = opened(memory.getvalue())
    assert grid.unsaved == {(2, 0): "=A1*2", (3, 2): '=A1&"人"', (9, 5): "=SUM(A1:A2)"}
    assert cells(grid) == {(1, 0): 1}


def test_formulas_with_a_saved_result_give_it(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", '="甲"&"乙"', None, "甲乙")
        sheet.write_formula("A3", "=1+1")
        sheet.write_formula("A4", '=IF(A1>5,"是","")', None, "空")
        sheet.write("A5", "尾")

    held = parts(written(fill))
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace("<v>空</v>".encode(), b"<v></v>")
    (grid,) = opened(package(held))
    assert cells(grid) == {(1, 0): 2, (2, 0): "甲乙", (5, 0): "尾"}
    assert list(grid.unsaved) == [(3, 0)], (
        "XlsxWriter writes 0 for what it has not calculated; an empty text is a result"
    )


def test_shared_formulas_show_what_each_cell_would_calculate(opened) -> None:
    book, memory = openpyxl.Workbook(), io.BytesIO()
    formulas(book.active)
    book.save(memory)
    held = parts(memory.getvalue())
    name = "xl/worksheets/sheet1.xml"
    shared = '<row r="20"><c r="A20"><f t="shared" ref="A20:A21" si="0">B20+1</f></c></row>'
    shared += '<row r="21"><c r="A21"><f t="shared" si="0"/><v></v></c></row>'
    held[name] = held[name].replace(b"</sheetData>", shared.encode() + b"</sheetData>")
    (grid,) = opened(package(held))
    assert {place: text for place, text in grid.unsaved.items() if place[0] >= 20} == {
        (20, 0): "=B20+1",
        (21, 0): "=B21+1",
    }


def test_formulas_in_xls_and_ods_without_a_result_are_told(opened) -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("申报")
        sheet.write(0, 0, 3)
        sheet.write(1, 0, xlwt.Formula("A1*2"))

    (grid,) = opened(old_excel(fill))
    assert (list(grid.unsaved), cells(grid)) == ([(2, 0)], {(1, 0): 3})
    saved = ods_cell("6", formula="of:=[.A1]*2", valuetype="float", value=6)
    (grid,) = opened(open_document(ods_table(ods_row(saved, ods_cell(formula="of:=[.A1]*3")))))
    assert (grid.unsaved, cells(grid)) == ({(1, 1): "=[.A1]*3"}, {(1, 0): 6})
