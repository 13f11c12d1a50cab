"""What cells show: number formats as Excel applies them, and what is struck through, in every kind of file."""

import base64
import io
import subprocess
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import xlsxwriter
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from flows.read.formats.grid import Grid
from flows.read.formats.open import open_grids
from flows.read.formats.shown.number_text import shown_number, shown_text
from flows.read.formats.shown.styles import Run, Style, as_shown
from flows.read.formats.xlsx_marks import marks
from flows.read.formats.xlsx_shown import runs_of
from tests.formats import xlsb
from tests.read.workbooks import LIMITS, written

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STRUCK, RAISED = InlineFont(strike=True), InlineFont(vertAlign="superscript")

NUMBERS = [
    (0.355, "General", "0.355"), (510196, '"OTM2020"000000', "OTM2020510196"), (8, '"YX2020-"0000', "YX2020-0008"),
    (8325552003, "0000-0000000", "0832-5552003"), (2, '[=1]"是";[=2]"否"', "否"), (0, '[=0]"是";"否"', "是"), (-1, '[>0]"是";"否"', "否"),
    (7, '[=1]"是";[=2]"否"', "7"), (7, '[>=10]"大"0;[>=5]"中"0;"小"0', "中7"), (355, '0"千元"', "355千元"),
    (0.00355, '0.00000"亿元"', "0.00355亿元"),
    (355000, '0!.0,"万元"', "35.5万元"), (355000, '#,##0.00"元"', "355,000.00元"), (1234567.891, '0.00,,"百万"', "1.23百万"),
    (5.2, '[$$-409]#,##0.00"万"', "$5.20万"), (5.2, "[$€-2] #,##0.00", "€ 5.20"), (0.355, "0.0%", "35.5%"), (3, '0"周"', "3周"),
    (7.1, "0.00", "7.10"), (-5, "0;(0)", "(5)"), (0, '0;-0;"无"', "无"), (0, "0;-0;;@", ""), (2.5, "0", "3"), (-0.2, "0", "0"),
    (12, "#,##0", "12"), (9800, "#,##0,", "10"), (5, "0.0#", "5.0"), (35.5, "0\\人", "36人"), (355000, "0.00E+00", "3.55E+05"),
    (355, "[DBNum1]General", "三百五十五"), (2020, "[DBNum1]0", "二〇二〇"), (12, "[DBNum2]General", "壹拾贰"), (12, '"OTM"@', "12"),
    (12345, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12,345.00"), (3, ";;;", ""), (43915, "yyyy/m/d", None),
]  # fmt: skip
"""What LibreOffice shows as well, but for ! and [DBNum], which it knows in a Chinese locale only."""


@pytest.mark.parametrize(("number", "code", "shown"), NUMBERS)
def test_a_number_in_its_format(number: float, code: str, shown: str | None) -> None:
    found = shown_number(float(number), code)
    assert (found if found is None else found.strip()) == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("教育厅", '"四川省"@', "四川省教育厅"),
        ("甲", '0;0;0;"文本："@', "文本：甲"),
        ("甲", "0", "甲"),
        ("甲", "@", "甲"),
        ("甲", ";;;", ""),
        ("甲", "0;0;0", "甲"),
    ],
)
def test_a_text_in_its_format(text: str, code: str, shown: str) -> None:
    assert shown_text(text, code) == shown


@pytest.mark.parametrize("code", ["[=1.1.1]0", "[>.]0", "[=1E9999999]0"])
def test_a_condition_that_is_no_number_is_none(code: str) -> None:
    assert shown_number(15, code) == "15"


def test_a_piece_without_a_font_of_its_own_is_struck_with_its_cell() -> None:
    grid = Grid("表", [["20", "15人", "a"]], 1, 0)
    pieces = {(1, 0): [Run("20", struck=None)], (1, 1): [Run("1", struck=None), Run("5人")]}
    styles = dict.fromkeys(pieces, Style(struck=True))
    assert as_shown(grid, styles, pieces).rows == [[None, "5人", "a"]]


def test_inline_texts_and_errors_are_looked_at_cell_by_cell() -> None:
    strange = b"<c r='A1' t='inlineStr'><is><r><rPr><strike/></rPr><t>x</t></r></is><x/></c>"
    broken = b"<c r='B1' t='e'/><c r='C1' t='e'><f>1/0</f></c><c r='D1'><v>7</v></c>"
    xml = b"<sheetData>" + strange + broken + b"</sheetData>"
    assert not marks(xml, recalculates=False).errors
    book = SimpleNamespace(marked_strings={})
    assert runs_of(xml, cast("Any", book)) == {(1, 0): [Run("x", struck=True)]}


def book() -> bytes:
    """Formats, struck cells and pieces, a raised piece, and a row that is struck out as a whole."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["编号", "是否", "预算", "人数", "国家"])
    sheet.append([510196, 2, 9800.4, 15, "德国"])
    for column, code in ((1, '"OTM2020"000000'), (2, '[=1]"是";[=2]"否"'), (3, '0"元"')):
        sheet.cell(2, column).number_format = code
    sheet.cell(2, 4).value = CellRichText(TextBlock(STRUCK, "20"), TextBlock(InlineFont(), "15"))
    sheet.cell(2, 5).value = CellRichText("德国", TextBlock(RAISED, "2"))
    sheet.append(["OTM1", "是", 3, 12, "法国"])
    sheet.cell(3, 4).font = Font(strike=True)
    sheet.append(["OTM2", "否", 4, 13, "美国"])
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


SHOWN = [
    ["OTM2020510196", "否", "9800元", "15", "德国²"],
    ["OTM1", "是", 3, None, "法国"],
    ["OTM2", "否", 4, 13, "美国"],
]


def test_xlsx(opened) -> None:
    (grid,) = opened(book())
    assert grid.rows[1:] == SHOWN
    assert grid.numbers == {(2, 0): 510196.0, (2, 1): 2.0, (2, 2): 9800.4}
    assert grid.withdrawn == {4}


@pytest.mark.parametrize("kind", ["xls", "ods", "fods"])
def test_what_libreoffice_makes_of_it(tmp_path: Path, soffice: str, kind: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(book())
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.xlsx"], check=True, capture_output=True)
    (grid,) = open_grids(tmp_path / f"a.{kind}", LIMITS)
    assert grid.rows[1:] == SHOWN
    assert grid.withdrawn == {4}


def test_xls_by_another_library(opened) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    struck = xlwt.Font()
    struck.struck_out = True
    sheet.write(0, 0, 510196, xlwt.easyxf(num_format_str='"OTM2020"000000'))
    sheet.write(0, 1, "法国", xlwt.easyxf("font: struck_out true"))
    sheet.write_rich_text(0, 2, (("20", struck), "15"))
    sheet.write(0, 3, datetime(2020, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    buffer = io.BytesIO()
    workbook.save(buffer)
    (grid,) = opened(buffer.getvalue())
    assert [str(value) for value in grid.rows[0]] == ["OTM2020510196", "None", "15", "2020-03-05"]


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="a"><NumberFormat ss:Format="&quot;OTM2020&quot;000000"/></Style>
<Style ss:ID="b"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="c"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="表"><Table><Row><Cell ss:StyleID="a"><Data ss:Type="Number">510196</Data></Cell>
<Cell ss:StyleID="b"><Data ss:Type="String">法国</Data></Cell>
<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>20</S><Font>15</Font><Sup>2</Sup></ss:Data></Cell>
<Cell ss:StyleID="c"><Data ss:Type="Number">0.355</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_xml_2003(opened) -> None:
    (grid,) = opened(XML_2003.encode())
    assert grid.rows == [["OTM2020510196", None, "15²", "35.50%"]]


def test_xml_2003_by_column(opened) -> None:
    column = '<Table><Column ss:Width="60"/><Column ss:Index="3" ss:StyleID="a" ss:Span="1"/><Row>'
    cells = "".join('<Cell><Data ss:Type="Number">510196</Data></Cell>' for _ in range(5))
    page = f"{XML_2003[: XML_2003.index('<Table>')]}{column}{cells}</Row></Table></Worksheet></Workbook>"
    (grid,) = opened(page.encode())
    assert grid.rows == [[510196.0, 510196.0, "OTM2020510196", "OTM2020510196", 510196.0]]


def test_xlsb(opened) -> None:
    codes = ('"OTM2020"000000', '[=1]"是";[=2]"否"', '0"元"', "0.00", ";;;", '@"（拟）"')
    row: list[object] = [510196, 2, 9800.4, 7.1, 15, "德国", 36]
    (grid,) = opened(xlsb([row], formats={(0, column): code for column, code in enumerate(codes)}))
    assert grid.rows == [["OTM2020510196", "否", "9800元", "7.10", None, "德国（拟）", 36.0]]


@pytest.mark.parametrize(("shown", "value"), [("<text:p/>", None), ("", 15.0), ("<text:p>15人</text:p>", "15人")])
def test_ods_shows_what_stands_in_its_text(opened, shown: str, value: object) -> None:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cell = f'<table:table-cell office:value-type="float" office:value="15">{shown}</table:table-cell>'
    named = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    table = f'<table:table table:name="表"><table:table-row>{cell}{named}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    (grid,) = opened(f'<?xml version="1.0"?><office:document{spaces}>{body}</office:document>'.encode())
    assert grid.rows == [[value, "甲"]]


def test_a_web_page(opened) -> None:
    page = (
        "<table><tr><td>名称<td>人数<td>国家<tr><td>甲<td><s>20</s>15<sup>2</sup>"
        "<td><span style='text-decoration:line-through'>法国</span>德国"
        "<tr><td><del>乙</del><td><strike>3</strike><td><s>美国</s></table>"
    )
    (grid,) = opened(page.encode())
    assert grid.rows[1:] == [["甲", "15²", "德国"], ["乙", "3", "美国"]]
    assert grid.withdrawn == {3}


def test_a_table_within_a_cell_is_text_of_it(opened) -> None:
    cells = "".join(f"<td>{number}" for number in range(6))
    page = f"<table><tr>{cells}<tr><td><table><tr><td>15</table>{cells[5:]}</table>"
    (grid,) = opened(page.encode())
    assert grid.rows[1][0] == "15"


def test_a_picture_in_a_cell_is_no_error(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "甲")
        sheet.embed_image(0, 1, "a.png", {"image_data": io.BytesIO(PICTURE)})
        sheet.insert_checkbox(0, 2, True)
        sheet.write_url(0, 3, "http://example.org/", string="联系人")

    (grid,) = opened(written(fill))
    assert [row[:1] + row[2:] for row in grid.rows] == [["甲", True, "联系人"]]
    assert (grid.pictures, grid.errors) == ({(1, 1)}, set())


@pytest.mark.parametrize("result", [0, '=DISPIMG("ID_1",1)'])
def test_what_wps_keeps_as_a_formula_is_a_picture(opened, result: object) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "甲")
        sheet.write_formula(0, 1, '=DISPIMG("ID_1",1)', None, result)

    (grid,) = opened(written(fill))
    assert (grid.pictures, dict(grid.unsaved), grid.rows[0][0]) == ({(1, 1)}, {}, "甲")
