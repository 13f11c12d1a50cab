"""Web pages saved as workbooks, single-file pages and XML Spreadsheet 2003."""

from datetime import date

import pytest

from flows.read.formats.refusal import Unreadable
from tests.formats import single_file_page
from tests.read.workbooks import MERGED_XML

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"><title>导出</title>
<xml><x:ExcelWorkbook><x:ExcelWorksheet><x:Name>申报</x:Name></x:ExcelWorksheet></x:ExcelWorkbook></xml>
<style>td{mso-number-format:"\\@"}</style></head><body><h3>2020年申报表</h3>填报单位：某厅
<table border=1><thead><tr><th rowspan=2>序号<th colspan=2>项目</tr><tr><th>名称<th>国家</tr></thead>
<tr><td x:num="1">1</td><td>马铃薯<br>繁育&nbsp;</td><td>荷兰</td></tr>
<tr style="display:none"><td x:num="1.25">1.3<td>医院
   管理<td></tr></table><p>联系人：某某</p></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_saved_as_xls_is_laid_out_as_office_programs_do(encoding: str, opened) -> None:
    (grid,) = opened(PAGE.encode(encoding), "导出.xls")
    assert grid.sheet == "申报"
    assert grid.rows == [
        ["2020年申报表"],
        ["填报单位：某厅"],
        ["序号", "项目"],
        [None, "名称", "国家"],
        [1.0, "马铃薯\n繁育\xa0", "荷兰"],
        [1.25, "医院 管理", None],
        ["联系人：某某"],
    ]
    assert grid.merged == [(3, 0, 4, 0), (3, 1, 3, 2)]


def test_tables_that_only_arrange_the_page_are_looked_through(opened) -> None:
    page = "<table><tr><td>页头</td></tr><tr><td><table><tr><td>序号<td>名称<tr><td>1<td>甲</table></td></tr></table>"
    assert opened(page.encode())[0].rows == [["页头"], ["序号", "名称"], ["1", "甲"]]


def test_spans_that_claim_the_world_are_refused(opened) -> None:
    page = "<table><tr>" + '<td colspan="999999999" rowspan="999999999">x</td>' * 50 + "</tr></table>"
    with pytest.raises(Unreadable, match="单元格"):
        opened(page.encode())


def test_a_single_file_page_has_a_grid_a_sheet(opened) -> None:
    table = "<table><tr><td>序号</td><td>{}</td></tr></table>"
    grids = opened(single_file_page({"申报": table.format("甲"), "参团单位": table.format("乙")}), "a.xls")
    assert [(grid.sheet, grid.rows) for grid in grids] == [("申报", [["序号", "甲"]]), ("参团单位", [["序号", "乙"]])]


def test_xml_2003_values(opened) -> None:
    row = (
        '<Row ss:Index="2"><Cell><Data ss:Type="Number">12.5</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2020-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>'
        '<Cell ss:Index="6"><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=RC[-1]"/>'
        '<Cell><Data ss:Type="String">甲&#7;</Data></Cell></Row>'
    )
    (grid,) = opened(
        MERGED_XML.replace("<Table>", f"<Table>{row}").split("<Row><Cell ss:Merge")[0].encode()
        + b"</Table></Worksheet></Workbook>"
    )
    assert grid.top == 2
    assert grid.rows == [[12.5, date(2020, 3, 5), True, None, None, "#REF!", None, "甲"]]
    assert (grid.errors, grid.unsaved) == ({(2, 5)}, {(2, 6): "=RC[-1]"})
