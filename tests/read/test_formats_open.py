"""Every kind of file gives the same grids: each value in its cell, nothing lost."""

from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from flows.read.formats import open as reading
from flows.read.formats.refusal import Unreadable
from flows.settings import ReadLimits
from tests.formats import compound, excel_95, package, parts, strict, xlsb
from tests.office import Office
from tests.read.workbooks import (
    ROWS,
    cells,
    errors_in_xlsx,
    ods_cell,
    ods_row,
    ods_table,
    old_excel,
    open_document,
    placed,
    rows_at,
    written,
    xlwt_rows,
)

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


@pytest.mark.slow
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
