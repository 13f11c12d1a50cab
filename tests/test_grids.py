"""Every kind of file gives the same grids: each value in its cell, errors and formulas told apart, nothing lost."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf import opendocument as odf
from odf.office import Annotation
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from flows.read.formats import open as reading
from flows.read.formats import xlsx
from flows.read.formats.grid import CellValue, Grid
from flows.read.formats.open import open_grids
from flows.read.formats.refusal import Unreadable
from flows.settings import ReadLimits
from tests.formats import compound, excel_95, package, parts, single_file_page, strict, xlsb
from tests.office import Office

LIMITS = ReadLimits()
ROWS = [["序号", "项目名称", "日期"], [1, "马铃薯繁育", date(2020, 3, 5)], [2, "医院管理", date(2020, 4, 1)]]


@pytest.fixture
def opened(tmp_path: Path):
    """Opens bytes as a file of any name."""

    def open_bytes(data: bytes, name: str = "表.bin", limits: ReadLimits = LIMITS) -> list[Grid]:
        path = tmp_path / name
        path.write_bytes(data)
        return open_grids(path, limits)

    return open_bytes


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


EVERYWHERE = {
    "xlsx": lambda: written(rows_at(0, 0)),
    "strict": lambda: strict(written(rows_at(0, 0))),
    "xlsb": lambda: xlsb(ROWS),
    "xls": lambda: old_excel(xlwt_rows),
    "excel 95": lambda: compound({"Book": excel_95({"申报": ROWS})}),
    "bare biff": lambda: excel_95({"申报": ROWS}),
}


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_every_kind_of_workbook_gives_the_same_cells(kind: str, opened) -> None:
    (grid,) = opened(EVERYWHERE[kind](), "名不副实.csv")
    assert grid.sheet == "申报"
    assert cells(grid) == placed(ROWS)


def test_a_table_keeps_its_place_on_the_sheet(opened) -> None:
    (grid,) = opened(written(rows_at(6, 3)))
    assert (grid.top, grid.left) == (7, 3)
    assert cells(grid) == placed(ROWS, 7, 3)


def test_sheets_come_in_their_order_with_hidden_ones_and_without_charts(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("甲").write(0, 0, 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=甲!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        hidden = book.add_worksheet("乙")
        hidden.hide()
        hidden.write(0, 0, 2)
        hidden.set_row(0, None, None, {"hidden": True})
        book.add_worksheet("空")

    grids = opened(written(fill))
    assert [(grid.sheet, grid.hidden, cells(grid)) for grid in grids] == [
        ("甲", False, {(1, 0): 1}),
        ("乙", True, {(1, 0): 2}),
        ("空", False, {}),
    ]


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
MERGED_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="申报"><Table>'
    '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">题</Data></Cell></Row>'
    '<Row><Cell ss:MergeDown="2"><Data ss:Type="String">甲</Data></Cell></Row>'
    '<Row ss:Index="4"><Cell ss:Index="3"><Data ss:Type="String">尾</Data></Cell></Row></Table></Worksheet></Workbook>'
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


def test_dates_times_and_truths_are_what_they_are(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row, (value, form) in enumerate(
            [
                (date(2020, 3, 5), "yyyy年m月d日"),
                (datetime(2020, 3, 5, 9, 30), "yyyy-mm-dd hh:mm"),
                (time(9, 30), "hh:mm"),
                (timedelta(hours=30), "[h]:mm"),
            ]
        ):
            sheet.write_datetime(row, 0, value, book.add_format({"num_format": form}))
        sheet.write_boolean(4, 0, True)
        sheet.write_number(5, 0, 43895)

    (grid,) = opened(written(fill))
    assert [row[0] for row in grid.rows] == [
        date(2020, 3, 5),
        datetime(2020, 3, 5, 9, 30),
        time(9, 30),
        timedelta(hours=30),
        True,
        43895,
    ]


def test_the_epoch_of_1904_is_counted_with_and_said(opened) -> None:
    (grid,) = opened(written(rows_at(0, 0), {"date_1904": True}))
    assert grid.epoch_1904
    assert cells(grid) == placed(ROWS)

    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = True
        xlwt_rows(book)

    (grid,) = opened(old_excel(fill))
    assert grid.epoch_1904
    assert cells(grid) == placed(ROWS)
    assert not opened(written(rows_at(0, 0)))[0].epoch_1904


def test_strict_workbooks_may_write_dates_as_text(opened) -> None:
    held = parts(strict(written(rows_at(0, 0))))
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace(b'<c r="C2" s="1"><v>43895</v></c>', b'<c r="C2" s="1" t="d"><v>2020-03-05</v></c>')
    assert cells(opened(package(held))[0]) == placed(ROWS)


def errors_in_xlsx(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("申报")
    sheet.write_formula(1, 1, "=Z9/0", None, "#DIV/0!")
    sheet.write_formula(2, 4, "=VLOOKUP(1,A1,2)", None, "#N/A")
    sheet.write(1, 2, "甲")


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


def formulas(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["A1"], sheet["A2"], sheet["C3"], sheet["F9"] = 1, "=A1*2", '=A1&"人"', "=SUM(A1:A2)"


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


def test_the_slow_reader_gives_what_calamine_gives(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        errors_in_xlsx(book)
        merged_in_xlsx_named(book)
        rich = book.add_worksheet("富文本")
        rich.write_rich_string(0, 0, book.add_format({"bold": True}), "粗", "细\n行")
        rich.write_formula(1, 1, "=1+1")
        rich.write_boolean(2, 2, False)
        rich.write_datetime(3, 3, datetime(2020, 3, 5, 9, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        rich.write(4, 4, "=不是公式", None) if False else rich.write_string(4, 4, "_x0041_ <&>")

    def merged_in_xlsx_named(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("合并").merge_range(1, 1, 2, 3, "甲")

    data, binary = written(fill), xlsb([*ROWS, [True, "#REF!", 1.5]], merged=[(0, 0, 0, 1)])
    quick = [opened(data), opened(binary)]
    monkeypatch.setattr(reading, "calamine_workbook", lambda _: None)
    slow = [opened(data), opened(binary)]
    for here, there in zip(quick, slow, strict=True):
        for one, other in zip(here, there, strict=True):
            assert cells(one) == cells(other)
            assert (one.merged, one.errors, one.unsaved) == (other.merged, other.errors, other.unsaved)


def test_a_sheet_that_cannot_be_read_is_said_and_the_others_are_read(opened) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("甲").write(0, 0, 1)
        book.add_worksheet("乙").write(0, 0, 2)

    held = parts(written(fill))
    held["xl/worksheets/sheet2.xml"] = held["xl/worksheets/sheet2.xml"][:-200]
    first, second = opened(package(held))
    assert (cells(first), first.trouble) == ({(1, 0): 1}, None)
    assert second.rows == []
    assert str(second.trouble).startswith("工作表“乙”：")
    assert "损坏" in str(second.trouble)


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


def test_more_cells_than_the_limit_are_refused_in_every_kind(opened) -> None:
    few = ReadLimits(cells=5)
    for data in (
        written(rows_at(0, 0)),
        old_excel(xlwt_rows),
        open_document(ods_table(ods_row(ods_cell("x", numbercolumnsrepeated=9)))),
        b"1,2,3\n4,5,6\n",
        b"<table><tr><td>1<td>2<td>3<tr><td>1<td>2<td>3</table>",
    ):
        with pytest.raises(Unreadable, match="单元格"):
            opened(data, limits=few)


def test_ods_repeats_notes_spaces_and_hidden_sheets(opened) -> None:
    hidden = Style(name="ta9", family="table")
    hidden.addElement(TableProperties(display="false"))
    noted = ods_cell("甲")
    noted.addElement(Annotation())
    noted.childNodes[-1].addElement(P(text="批注"))
    table = ods_table(
        ods_row(noted, ods_cell(numbercolumnsrepeated=3), ods_cell("乙")),
        ods_row(ods_cell(), numberrowsrepeated=4),
        ods_row(ods_cell("丙", numbercolumnsrepeated=2), numberrowsrepeated=2),
        ods_row(ods_cell(), numberrowsrepeated=1_048_569),
        name="隐藏",
        stylename=hidden,
    )
    (grid,) = opened(open_document(table, styles=[hidden]))
    assert grid.hidden
    expected = {(1, 0): "甲", (1, 4): "乙", **dict.fromkeys([(6, 0), (6, 1), (7, 0), (7, 1)], "丙")}
    assert cells(grid) == expected


def test_ods_values(opened) -> None:
    row = ods_row(
        ods_cell("2020年3月5日", valuetype="date", datevalue="2020-03-05"),
        ods_cell("x", valuetype="date", datevalue="2020-03-05T09:30:00"),
        ods_cell("9:30", valuetype="time", timevalue="PT09H30M00S"),
        ods_cell("真", valuetype="boolean", booleanvalue="true"),
        ods_cell("￥12.30", valuetype="currency", value=12.3),
        ods_cell("0817", valuetype="string"),
    )
    (grid,) = opened(open_document(ods_table(row)))
    nine = timedelta(hours=9, minutes=30)
    assert grid.rows == [[date(2020, 3, 5), datetime(2020, 3, 5, 9, 30), nine, True, 12.3, "0817"]]


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


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("序号\t名称\n1\t甲，乙\n", [["序号", "名称"], ["1", "甲，乙"]]),
        ("序号;名称\n1;甲,乙\n2;丙\n", [["序号", "名称"], ["1", "甲,乙"], ["2", "丙"]]),
        ("题\n\n序号,名称,国家\n1,甲,荷兰\n", [["题"], [], ["序号", "名称", "国家"], ["1", "甲", "荷兰"]]),
        ('序号,名称\n1,"甲\n乙,丙"\n2,""\n', [["序号", "名称"], ["1", "甲\n乙,丙"], ["2", None]]),
        ('序号,名称\n1,5" 屏\n2,"甲\n3,乙\n', [["序号", "名称"], ["1", '5" 屏'], ["2", '"甲'], ["3", "乙"]]),
        ("sep=;\n序号;名称\n1;甲\n", [["序号", "名称"], ["1", "甲"]]),
        ('编号,名称\n="007",甲\n', [["编号", "名称"], ["007", "甲"]]),
        ("序号,名称\r1,甲\r", [["序号", "名称"], ["1", "甲"]]),
    ],
)
def test_text_tables_in_every_dialect(text: str, rows: list[list[str | None]], opened) -> None:
    (grid,) = opened(text.encode(), "甲.csv")
    assert (grid.sheet, grid.rows) == ("甲", rows)


def test_old_workbooks_that_misname_their_encoding_are_read_right(opened) -> None:
    data = bytearray(old_excel(lambda book: book.add_sheet("申报").write(0, 0, "马铃薯 A")))
    at = data.index(b"\x42\x00\x02\x00\xb0\x04")
    data[at + 4 : at + 6] = (936).to_bytes(2, "little")
    assert cells(opened(bytes(data))[0]) == {(1, 0): "马铃薯 A"}


def test_the_reference_of_a_cell_may_be_in_single_quotes(opened) -> None:
    held = parts(written(errors_in_xlsx))
    name = "xl/worksheets/sheet1.xml"
    body = held[name].index(b"<sheetData")
    held[name] = held[name][:body] + held[name][body:].replace(b'"', b"'")
    assert opened(package(held))[0].errors == {(2, 1), (3, 4)}


def test_cells_without_a_reference_follow_each_other() -> None:
    xml = b"<w><sheetData><row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row><row r='4'><c><v>4</v></c></row></sheetData></w>"
    assert [place for place, _ in xlsx.cells(xml)] == [(1, 0), (1, 2), (1, 3), (4, 0)]


@pytest.mark.parametrize("kind", ["xls", "ods", "fods", "xlsx"])
def test_what_an_office_program_saves_is_read_alike(kind: str, libreoffice: Office, opened, tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        rows_at(2, 1)(book)
        sheet = book.get_worksheet_by_name("申报")
        sheet.merge_range("B1:D1", "2020年申报表")
        sheet.write_formula("E4", '=C4&"项目"', None, "马铃薯繁育项目")
        sheet.write_formula("F4", "=B4+B5", None, 3)

    (tmp_path / "源.xlsx").write_bytes(written(fill))
    saved = tmp_path / f"甲.{kind}"
    libreoffice.work(tmp_path / "源.xlsx", [], saved)
    (grid,) = opened(saved.read_bytes())
    expected = placed(ROWS, 3, 1) | {(1, 1): "2020年申报表", (4, 4): "马铃薯繁育项目", (4, 5): 3}
    if kind == "xls":  # LibreOffice leaves texts that formulas give out of an xls: said, not read as 0
        assert list(grid.unsaved) == [(4, 4)]
        del expected[4, 4]
    assert cells(grid) == expected
    assert grid.merged == [(1, 1, 1, 3)]
