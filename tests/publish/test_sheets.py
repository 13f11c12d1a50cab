"""A sheet is declared once: what writes it, what reads it back and what tells of it all follow the declaration."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import sql
from flows.decide.layout import layout_of
from flows.decide.written_rows import Reader
from flows.publish.exceptions import write_exceptions
from flows.publish.plan import write_plan
from flows.read import FoundFile
from flows.settings import PROJECT, ReadLimits
from schemas.columns import Column
from schemas.sheets import EXCEPTIONS, PLAN, WORKBOOKS, Sheet
from tests import looks
from tests.year import BOOK

pytestmark = pytest.mark.slow

DECLARED = {f"{book}: {sheet.name}": sheet for book, sheets in WORKBOOKS.items() for sheet in sheets}


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """The views of a made-up night and its settings."""
    with looks.loaded(tmp_path_factory.mktemp("night")) as loaded:
        yield loaded


@pytest.mark.parametrize("sheet", DECLARED.values(), ids=DECLARED)
def test_a_sheet_shows_a_view_that_has_its_columns(sheet, night):
    view, _ = night
    assert sheet.view in sql.names("views"), f"write sql/views/{sheet.view}.sql"
    shown = {column.name for column in sheet.columns}
    assert shown - set(view(sheet.view).columns) == set(sheet.made), "what the view lacks is made, and nothing else"


def test_every_view_is_asked_by_something():
    """By a sheet, a statement or the code; those of the current night are for people too."""
    statements = [
        sql.statement(folder, name)
        for folder in ("ask", "explain", "macros", "nights", "views")
        for name in sql.names(folder)
    ]
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "flows").rglob("*.py"))
    asked = {view for text in statements for view in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", text)}
    asked |= {sheet.view for sheet in DECLARED.values()} | set(re.findall(r"view\(\"(\w+)\"\)", code))
    idle = [name for name in sql.names("views") if name not in asked and not name.startswith("current_")]
    assert idle == [], "a view that nothing shows: declare its sheet in schemas/sheets"


@pytest.mark.parametrize("sheet", DECLARED.values(), ids=DECLARED)
def test_a_sheet_says_what_its_rows_are_and_every_column_what_it_is(sheet):
    assert sheet.row
    assert all(column.title and column.doc and column.width for column in sheet.columns)
    assert len({column.name for column in sheet.columns}) == len(sheet.columns)
    assert len(set(sheet.titles)) == len(sheet.columns)


def test_what_is_read_back_is_alike_in_every_sheet():
    deciding = [sheet for sheet in EXCEPTIONS if sheet.decides]
    assert [sheet.decides for sheet in deciding] == ["either", "finding", "pair"]
    assert deciding == [sheet for sheets in WORKBOOKS.values() for sheet in sheets if sheet.entries], "it is read back"
    assert len({sheet.title(sheet.identity) for sheet in EXCEPTIONS if sheet.identity}) == 1
    assert len({tuple(map(sheet.title, sheet.entries[:3])) for sheet in deciding}) == 1
    for sheet in deciding:
        names = [column.name for column in sheet.columns]
        first = names.index(sheet.entries[0])
        assert sheet.entries == tuple(names[first : first + len(sheet.entries)]), "they stand side by side"
        assert names[-1] == sheet.identity, "nobody needs the code to decide"
    for sheet in deciding[1:]:
        assert "项目名称" in sheet.columns[names_before(sheet)].title, "the name and the verdict stand together"


def names_before(sheet: Sheet) -> int:
    """The place of the column before the entries."""
    return [column.name for column in sheet.columns].index(sheet.entries[0]) - 1


@pytest.mark.parametrize(("sheets", "write"), [(PLAN, "plan"), (EXCEPTIONS, "exceptions")], ids=["plan", "exceptions"])
def test_a_workbook_has_the_sheets_that_are_declared_with_their_titles(sheets, write, night, tmp_path):
    written = written_with(sheets, night, tmp_path) if write == "exceptions" else plan_of(night, tmp_path)
    book = openpyxl.load_workbook(written)
    assert [name for name in book.sheetnames if name != "说明"] == [sheet.name for sheet in sheets]
    for sheet in sheets:
        rows = [tuple(cell.value for cell in row) for row in book[sheet.name].iter_rows(max_row=6)]
        assert sheet.titles in [row[: len(sheet.titles)] for row in rows]
        width = book[sheet.name].column_dimensions["A"].width
        assert width == pytest.approx(sheet.columns[0].width, abs=1)


def test_a_new_sheet_is_its_declaration(night, tmp_path):
    new = Sheet("单位", "一行一个单位", "current_unit", (Column("unit", "单位名称", "text", "规范全称", width=30),))
    book = openpyxl.load_workbook(written_with((*EXCEPTIONS, new), night, tmp_path))
    cells = [row[0].value for row in book["单位"].iter_rows()]
    assert cells[2:4] == ["单位名称", "四川省农业农村厅"]


ADDED = Column("rule_id", "规则", "text", "规则的编号", width=9)


def changed(sheet: Sheet, titles: dict[str, str]) -> Sheet:
    """``sheet`` with other titles, by name, where it is read back, and where it shows findings with one more column."""
    told = {name: title for name, title in titles.items() if sheet.decides or (sheet.tells and name != "value")}
    columns = tuple(replace(column, title=told.get(column.name, column.title)) for column in sheet.columns)
    added = (columns[0], ADDED) if sheet.decides == "finding" else columns[:1]
    return replace(sheet, columns=(*added, *columns[1:]))


@pytest.mark.parametrize(
    "titles",
    [
        {},
        {"note": "批注"},
        {"verdict": "裁定", "note": "理由", "reviewer": "经办人"},
        {"finding_id": "流水号", "pair_id": "流水号", "about": "流水号", "id": "流水号"},
        {"value": "原文"},
    ],
    ids=lambda titles: "、".join(titles.values()) or "a column more",
)
def test_a_title_or_a_column_that_changes_is_followed_by_writer_and_reader(titles, night, tmp_path):
    sheets = tuple(changed(sheet, titles) for sheet in EXCEPTIONS)
    before, after = (
        written_in(written_with(told, night, tmp_path / name), told)
        for name, told in (("before", EXCEPTIONS), ("after", sheets))
    )
    assert after.rows == before.rows
    assert len([row for row in after.rows if row.verdict]) > 2
    assert (after.sheets, after.shown_in, after.trouble) == (before.sheets, before.shown_in, None)


@pytest.mark.parametrize("lost", ["header", "titles"])
def test_a_header_that_was_lost_is_found_by_the_layout_that_was_written(lost, night, tmp_path):
    sheets = tuple(changed(sheet, {"verdict": "裁定"}) for sheet in EXCEPTIONS)
    path = written_with(sheets, night, tmp_path)
    kept = [(row.about, row.verdict, row.note, row.reviewer) for row in written_in(path, sheets).rows if not row.told]
    book = openpyxl.load_workbook(path)
    for sheet in (sheet for sheet in sheets if sheet.decides == "finding"):
        header = next(row for row in book[sheet.name].iter_rows() if row[0].value == sheet.titles[0])
        entries = set(map(sheet.title, sheet.entries))
        for cell in header if lost == "header" else [cell for cell in header if cell.value in entries]:
            cell.value = None
    book.save(path)
    found = [(row.about, row.verdict, row.note, row.reviewer) for row in written_in(path, sheets).rows if not row.told]
    assert found == kept


def plan_of(night, folder: Path) -> Path:
    view, _ = night
    write_plan(folder / "全省计划.xlsx", view, BOOK.notice)
    return folder / "全省计划.xlsx"


def written_with(sheets: Sequence[Sheet], night, folder: Path) -> Path:
    """The exceptions workbook as these sheets declare it."""
    view, settings = night
    folder.mkdir(exist_ok=True)
    write_exceptions(folder / "异常清单.xlsx", view, settings, BOOK, sheets)
    return folder / "异常清单.xlsx"


def written_in(path: Path, sheets: Sequence[Sheet]):
    """What is read from a workbook that these sheets declare."""
    reader = Reader(layout_of(sheets))
    return reader.read(reader.open(FoundFile(path), ReadLimits())).said
