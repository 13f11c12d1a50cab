"""Every sheet is as it is declared: its view has what it shows, the workbook has it, and what is written in it is read back."""

import re

import openpyxl
import pytest

import sql
from flows import warehouse
from flows.decide.layout import LAYOUT
from flows.decide.written_rows import find
from flows.read import Grid
from flows.settings import PROJECT
from schemas.decisions import VERDICTS
from schemas.sheets import EXCEPTIONS, PLAN, WORKBOOKS, Sheet
from tests.looks import Night, write

SHEETS = [sheet for sheets in WORKBOOKS.values() for sheet in sheets]
WRITTEN_IN = [sheet for sheet in SHEETS if sheet.entries]
EACH = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    """View of a new warehouse → its columns."""
    with warehouse.open_warehouse(tmp_path_factory.mktemp("new") / "warehouse.duckdb") as connection:
        names = {sheet.view for sheet in SHEETS}
        known = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
        assert names <= known, "sql/views lacks what a sheet shows"
        return {name: set(connection.table(name).columns) for name in names}


@EACH
def test_the_view_has_every_column_that_the_sheet_shows(views, sheet: Sheet):
    shown = {column.name for column in sheet.columns} - set(sheet.made)
    assert shown <= views[sheet.view]


@EACH
def test_a_sheet_is_declared_in_full(sheet: Sheet):
    names = [column.name for column in sheet.columns]
    assert len(sheet.name) <= 31
    assert sheet.row
    assert len(set(names)) == len(names)
    assert len(set(sheet.titles)) == len(names)
    assert {*sheet.made, *sheet.entries, *sheet.tells, *([sheet.identity] if sheet.identity else [])} <= set(names)
    assert names[len(names) - len(sheet.entries) :] == list(sheet.entries)


@pytest.mark.parametrize(
    ("workbook", "before", "sheets"), [("全省计划.xlsx", [], PLAN), ("异常清单.xlsx", ["说明"], EXCEPTIONS)]
)
def test_a_workbook_has_the_declared_sheets_in_their_order(tmp_path, workbook, before, sheets):
    book = openpyxl.load_workbook(write(tmp_path, [Night([{}])]) / workbook)
    assert book.sheetnames == [*before, *(sheet.name for sheet in sheets)]
    for sheet in sheets:
        rows = [[cell.value for cell in row] for row in book[sheet.name].iter_rows(max_row=8)]
        assert list(sheet.titles) in rows, sheet.name


@pytest.mark.parametrize("sheet", WRITTEN_IN, ids=lambda sheet: sheet.name)
def test_what_is_written_in_a_sheet_is_read_back(sheet: Sheet):
    assert sheet in EXCEPTIONS
    about = {"finding": "9f1c22aa01de4477", "pair": "p9f1c22aa01de447"}[sheet.decides]
    row = {sheet.identity: about, "verdict": VERDICTS[sheet.decides][0], "reviewer": "张三"}
    read = find([Grid(sheet.name, [list(sheet.titles), [row.get(column.name) for column in sheet.columns]])], LAYOUT)
    assert [(row.kind, row.about, row.verdict, row.reviewer, row.told) for row in read.rows] == [
        (sheet.decides, about, VERDICTS[sheet.decides][0], "张三", False)
    ]


def test_every_view_is_asked_by_something():
    """By a sheet, a statement or the code; those of the current night are for people too."""
    statements = [sql.statement(folder, name) for folder in ("ask", "explain", "views") for name in sql.names(folder)]
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "flows").rglob("*.py"))
    asked = {view for text in statements for view in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", text)}
    asked |= {sheet.view for sheet in SHEETS} | set(re.findall(r"view\(\"(\w+)\"\)", code))
    idle = [name for name in sql.names("views") if name not in asked and not name.startswith("current_")]
    assert idle == [], "a view that nothing shows: declare its sheet in schemas/sheets"
