"""The workbooks and the office of the tests of returned workbooks."""

import io
from datetime import date

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable

from tests import formats
from tests.publish.cases import PIXEL, Office


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with everything that an office puts into one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "项目申报"
    thin = Side(style="thin", color="FF112233")
    for row in range(1, 12):
        for column in range(1, 7):
            cell = sheet.cell(row, column, row * column if row > 3 else f"标题{row}{column}")
            cell.font = Font(name="楷体", size=9 + column, bold=row < 4, color="FF334455")
            cell.border = Border(left=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, horizontal="center")
            cell.number_format = "0.00" if column == 3 else "General"
            cell.fill = PatternFill("solid", fgColor="FFEEDDAA") if column == 4 else PatternFill()
            cell.protection = Protection(locked=column != 5)
    sheet["F6"] = "=SUM(A6:E6)"
    sheet["B5"] = date(2020, 3, 5)
    sheet["B5"].number_format = "yyyy/m/d"
    sheet["B7"].hyperlink = "https://example.invalid/"
    sheet["C4"].comment = Comment("单位自己的批注", "某处")
    sheet.merge_cells("A13:C14")
    sheet["A13"] = "合并的格"
    drop_down = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    sheet.add_data_validation(drop_down)
    drop_down.add("E4:E20")
    sheet.conditional_formatting.add("C4:C11", CellIsRule(operator="greaterThan", formula=["20"], font=Font(bold=True)))
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = "A3:F11"
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.print_title_rows, sheet.print_area = "1:3", "A1:F14"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=4, max_row=11))
    sheet.add_chart(chart, "H2")
    people = book.create_sheet("参团单位")
    people.append(["序号", "参团单位"])
    people.append([1, "某局"])
    people.add_table(ExcelTable(displayName="Units", ref="A1:B2"))
    people.print_area = "A1:B9"
    book.create_sheet("选项").sheet_state = "hidden"
    book.defined_names["选项表"] = DefinedName("选项表", attr_text="选项!$A$1:$A$5")
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    kept = formats.parts(stream.getvalue())
    kept["customXml/item1.xml"] = b"<x/>"
    kept["xl/printerSettings/printerSettings1.bin"] = b"\0\1printer"
    return formats.package(kept)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """A workbook with what openpyxl would lose: pictures, text boxes, buttons, sparklines, comments already there."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("项目申报")
    sheet.write_column("A1", range(20))
    sheet.insert_image("D2", "pixel.png", {"image_data": io.BytesIO(PIXEL)})
    sheet.insert_textbox("D8", "请填写完整", {"fill": {"color": "#FFFFCC"}})
    sheet.insert_button("D14", {"caption": "检查"})
    sheet.add_sparkline("C1", {"range": "A1:A20"})
    sheet.write_comment("B2", "原有批注", {"author": "某处"})
    sheet.set_header("&L&G", {"image_left": "pixel.png", "image_data_left": io.BytesIO(PIXEL)})
    sheet.conditional_format("A1:A20", {"type": "data_bar", "data_bar_2010": True})
    book.add_chartsheet("图").set_chart(_chart(book))
    book.close()
    return stream.getvalue()


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=项目申报!$A$1:$A$20"})
    return chart


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)
