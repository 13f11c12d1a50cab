"""A reference workbook is an input like any other: whatever lies there is read within limits, or refused in a sentence."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from flows.errors import SettingError
from flows.references import load_references
from flows.settings import ReadLimits
from tests.hostile import NOT_TABLES, READABLE, with_sheet
from tests.references.books import Books

UNITS = "单位名录.xlsx"


def changed(folder: Path, change) -> Path:
    """The reference workbooks with the sheet of the units changed."""
    path = Books().write(folder) / UNITS
    book = load_workbook(path)
    change(book.active)
    book.save(path)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_workbook_is_refused_in_a_sentence(name, tmp_path):
    make, reason = NOT_TABLES[name]
    (Books().write(tmp_path) / UNITS).write_bytes(make())
    with pytest.raises(SettingError, match=r"参考表 单位名录\.xlsx (?:打不开|没有表头行)") as refused:
        load_references(tmp_path)
    assert reason in str(refused.value) or "没有表头行" in str(refused.value)
    assert "报送" not in str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", READABLE)
def test_a_workbook_of_something_else_is_refused_for_its_header(name, tmp_path):
    (Books().write(tmp_path) / UNITS).write_bytes(READABLE[name]())
    with pytest.raises(SettingError, match="没有表头行"):
        load_references(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD3"])
def test_a_stray_cell_far_away_is_told_and_the_rest_is_read(cell, tmp_path):
    references = load_references(changed(tmp_path, lambda sheet: sheet.__setitem__(cell, "误填")))
    assert len(references.units) == 6 + (cell == "A1048576")
    assert references.problems["cell"].tolist() == ([] if cell == "XFD3" else [cell])


@pytest.mark.slow
def test_what_takes_too_long_is_stopped(tmp_path):
    cells = '<c t="inlineStr"><is><t>单位</t></is></c>' * 9
    (Books().write(tmp_path) / UNITS).write_bytes(
        with_sheet(f"<sheetData>{f'<row>{cells}</row>' * 60_000}</sheetData>")
    )
    with pytest.raises(SettingError, match=r"参考表 单位名录\.xlsx 打不开：读取超过"):
        load_references(tmp_path, ReadLimits(seconds=0.2))


@pytest.mark.slow
def test_a_name_merged_over_rows_is_seen_in_each(tmp_path):
    def merge(sheet):
        sheet["C3"] = sheet["C4"] = None
        sheet.merge_cells("C2:C4")

    references = load_references(changed(tmp_path, merge))
    assert references.units["level"].tolist()[:3] == ["省级"] * 3
    assert references.problems.empty


@pytest.mark.slow
def test_hidden_rows_and_columns_are_read_like_any_other(tmp_path):
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    assert load_references(changed(tmp_path, hide)).units["unit"].tolist()[0] == "四川省教育厅"


@pytest.mark.slow
def test_the_sheet_with_the_header_is_read_wherever_it_stands_and_a_second_one_is_told(tmp_path):
    path = Books().write(tmp_path) / UNITS
    book = load_workbook(path)
    book.copy_worksheet(book.active).title = "旧表"
    book.create_sheet("说明", 0).append(["本表由省科技厅维护"])
    book.save(path)
    references = load_references(tmp_path)
    assert len(references.units) == 6
    assert references.problems[["sheet", "cell"]].astype(object).to_numpy().tolist()[0][0] == "旧表"


@pytest.mark.slow
def test_names_are_read_without_what_nobody_sees(tmp_path):
    def dirty(sheet):
        sheet["A2"] = "四川省\u202e教\u200b育厅\n"

    assert load_references(changed(tmp_path, dirty)).units["unit"].tolist()[0] == "四川省教育厅"


@pytest.mark.slow
def test_a_shifted_column_is_counted_and_not_told_a_thousand_times_over(tmp_path):
    path = Books().write(tmp_path) / UNITS
    book = Workbook(write_only=True)
    sheet = book.create_sheet("单位名录")
    for row in Books().rows["units"]:
        sheet.append(row)
    for number in range(400):
        sheet.append([f"单位{number}", None, *"级级系性权直算"])
    book.save(path)
    problems = load_references(tmp_path).problems
    assert len(problems) == 1001
    assert problems["message"].tolist()[-1].startswith("另有 1400 处")


@pytest.mark.slow
def test_a_register_of_everybody_is_no_register(tmp_path):
    folder = changed(tmp_path, lambda sheet: [sheet.append([f"单位{n}", "别" * 1000]) for n in range(6_000)])
    with pytest.raises(SettingError, match="不是正常的参考表"):
        load_references(folder)


@pytest.mark.slow
def test_a_workbook_may_be_kept_elsewhere(tmp_path):
    Books().write(tmp_path / "共享盘")
    (tmp_path / "reference").mkdir()
    for path in (tmp_path / "共享盘").iterdir():
        (tmp_path / "reference" / path.name).symlink_to(path)
    assert len(load_references(tmp_path / "reference").units) == 6


@pytest.mark.slow
def test_strays_without_end_are_told_in_part(tmp_path):
    def scatter(sheet):
        for row in range(20, 400):
            sheet.cell(row, 30, "误填")

    assert len(load_references(changed(tmp_path, scatter)).problems) == 100
