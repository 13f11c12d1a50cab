"""Small workbooks of every kind, made by code, and their grids by place."""

import io
from collections.abc import Iterable
from datetime import date

import openpyxl
import xlsxwriter
import xlwt
from odf import opendocument as odf
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import P

from flows.read.formats.grid import CellValue, Grid
from flows.settings import ReadLimits

LIMITS = ReadLimits()
ROWS = [["序号", "项目名称", "日期"], [1, "马铃薯繁育", date(2020, 3, 5)], [2, "医院管理", date(2020, 4, 1)]]


def cells(grid: Grid) -> dict[tuple[int, int], CellValue]:
    """The filled cells by row as Excel counts and column from 0."""
    return {
        (grid.top + r, grid.left + c): value
        for r, row in enumerate(grid.rows)
        for c, value in enumerate(row)
        if value is not None
    }


def placed(rows: Iterable[Iterable[CellValue]], top: int = 1, left: int = 0) -> dict[tuple[int, int], CellValue]:
    return {(top + r, left + c): v for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None}


def written(fill, options: dict[str, object] | None = None) -> bytes:
    """What XlsxWriter makes of ``fill(book)``."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **(options or {})}) as book:
        fill(book)
    return memory.getvalue()


def rows_at(row: int, column: int):
    """Fills a sheet with ROWS, the first cell at ``row`` and ``column`` (both from 0)."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("申报")
        day = book.add_format({"num_format": "yyyy/m/d"})
        for r, line in enumerate(ROWS):
            for c, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(row + r, column + c, value, day)
                else:
                    sheet.write(row + r, column + c, value)

    return fill


def old_excel(fill) -> bytes:
    """What xlwt makes of ``fill(book)``."""
    book, memory = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    fill(book)
    book.save(memory)
    return memory.getvalue()


def open_document(*tables: Table, styles: Iterable[Style] = ()) -> bytes:
    document, memory = odf.OpenDocumentSpreadsheet(), io.BytesIO()
    for style in styles:
        document.automaticstyles.addElement(style)
    for table in tables:
        document.spreadsheet.addElement(table)
    document.write(memory)
    return memory.getvalue()


def ods_cell(text: str | None = None, **attributes: object) -> TableCell:
    cell = TableCell(**attributes)
    if text is not None:
        cell.addElement(P(text=text))
    return cell


def ods_row(*made: TableCell, **attributes: object) -> TableRow:
    row = TableRow(**attributes)
    for cell in made:
        row.addElement(cell)
    return row


def ods_table(*rows: TableRow, name: str = "申报", **attributes: object) -> Table:
    table = Table(name=name, **attributes)
    for row in rows:
        table.addElement(row)
    return table


def xlwt_rows(book: xlwt.Workbook) -> None:
    sheet, day = book.add_sheet("申报"), xlwt.easyxf(num_format_str="yyyy/m/d")
    for r, line in enumerate(ROWS):
        for c, value in enumerate(line):
            sheet.write(r, c, value, day if isinstance(value, date) else xlwt.Style.default_style)


def formulas(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["A1"], sheet["A2"], sheet["C3"], sheet["F9"] = 1, "=A1*2", '=A1&"人"', "=SUM(A1:A2)"


def errors_in_xlsx(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("申报")
    sheet.write_formula(1, 1, "=Z9/0", None, "#DIV/0!")
    sheet.write_formula(2, 4, "=VLOOKUP(1,A1,2)", None, "#N/A")
    sheet.write(1, 2, "甲")


MERGED_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="申报"><Table>'
    '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">题</Data></Cell></Row>'
    '<Row><Cell ss:MergeDown="2"><Data ss:Type="String">甲</Data></Cell></Row>'
    '<Row ss:Index="4"><Cell ss:Index="3"><Data ss:Type="String">尾</Data></Cell></Row></Table></Worksheet></Workbook>'
)
