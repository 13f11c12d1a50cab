"""Filings that a file itself says no longer count, and cells that hold a picture."""

from dataclasses import replace

from flows.read.formats.as_seen import as_seen
from flows.read.tables import FileReading, read_sheets
from flows.versions import current, identify
from tests.layouts.page import grid
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import COLUMNS, form
from tests.reading import KNOWN, reading_of


def kinds(reading: FileReading) -> list[str]:
    return sorted(remark.kind for remark in reading.remarks)


def test_a_row_that_is_struck_out_is_withdrawn():
    reading = read_sheets([replace(grid(form()), withdrawn=frozenset({5}))], KNOWN)
    assert reading.gone == {1: "工作表“项目申报”第 5 行整行划有删除线，按撤回处理。"}
    assert kinds(reading) == ["struck_out"]


def test_a_hidden_sheet_that_repeats_a_visible_one_is_an_older_copy(references):
    hidden = form(filings=[FOUR[0] | {"headcount": 3}, FOUR[1]])
    hidden.name, hidden.hidden = "旧稿", True
    readings = identify(reading_of(references, form(filings=FOUR[:2]), hidden))
    assert readings.filings["superseded_by"].notna().tolist() == [False, False, True, True]
    assert current(readings).remarks["kind"].tolist() == ["hidden_copy", "hidden_copy"]
    assert current(readings).filings["headcount"].tolist() == [18, 15]
    assert readings.files["status"].tolist() == ["read"]


def test_a_hidden_sheet_with_other_projects_counts_and_is_told():
    hidden = form(filings=FOUR[2:])
    hidden.name, hidden.hidden = "备用", True
    reading = read_sheets([grid(form(filings=FOUR[:2])), grid(hidden)], KNOWN)
    assert (reading.gone, kinds(reading)) == ({}, ["hidden_sheet"])


def test_of_two_columns_of_one_title_the_visible_one_is_read():
    page = form(columns=[*COLUMNS, "headcount"])
    page.cells[4, len(COLUMNS)] = 99
    sheet = replace(grid(page), hidden_columns=frozenset({COLUMNS.index("headcount")}))
    (records,) = read_sheets([sheet], KNOWN).filings
    assert records.texts["headcount"].split("\x1f")[0] == "99"


def test_a_picture_is_no_text_of_a_value():
    page = form(written={"phone": {1: '=DISPIMG("ID_0123456789ABCDEF",1)'}})
    reading = read_sheets([as_seen(grid(page))], KNOWN)
    assert reading.filings[0].texts["phone"].split("\x1f")[0] == ""
    assert [(remark.kind, remark.column) for remark in reading.remarks] == [("picture", "phone")]
