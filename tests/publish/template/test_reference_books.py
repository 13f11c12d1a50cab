"""Empty reference workbooks: with a row filled in they are what the night reads."""

import openpyxl
import pytest

from flows.publish import write_reference_books
from flows.references import load_references
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES
from schemas.words import LEVELS, NATURES
from tests.year import BOOK

ROWS = {
    "单位名录.xlsx": ["四川省农业农村厅", "省农业农村厅", "省级", "省级", "农业", "行政机关", "是", "否", "是"],
    "境外机构名录.xlsx": ["瓦尔河农业培训中心", "Waal", None, "荷兰", "是"],
    "国家地区.xlsx": ["荷兰", "尼德兰", "否", "否"],
    "上年项目.xlsx": [
        "OTM2019510001",
        "四川省农业农村厅",
        "奶牛饲养技术培训",
        "荷兰",
        "瓦尔河农业培训中心",
        16,
        16,
        "是",
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    written, there = write_reference_books(folder, BOOK)
    assert [path.name for path in written] == [name for name, _ in (REFERENCES | OPTIONAL_REFERENCES).values()]
    assert not there
    return folder


def test_the_first_row_has_the_titles_of_the_columns(folder):
    for name, columns in (REFERENCES | OPTIONAL_REFERENCES).values():
        sheet = openpyxl.load_workbook(folder / name).worksheets[0]
        assert [cell.value for cell in sheet[1]] == [column.title for column in columns]
        assert sheet.max_row == 1


def test_filled_in_they_are_read_without_a_problem(folder, tmp_path):
    for name, row in ROWS.items():
        book = openpyxl.load_workbook(folder / name)
        for place, value in enumerate(row, start=1):
            book.worksheets[0].cell(2, place, value)
        book.save(tmp_path / name)
    references = load_references(tmp_path)
    assert references.problems.empty, references.problems.to_string()
    assert references.units["unit"].tolist() == ["四川省农业农村厅"]
    assert len(references.last_year) == len(references.institutions) == len(references.countries) == 1


def test_what_may_be_chosen_is_offered_and_says_what_it_is_for(folder):
    book = openpyxl.load_workbook(folder / "单位名录.xlsx")
    rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in book.worksheets[0].data_validations.dataValidation}
    for place, words in ((3, LEVELS), (6, NATURES)):
        _, cells = next(book.defined_names[rules[place].formula1].destinations)
        assert tuple(cell.value for (cell,) in book["选项"][cells.replace("$", "")]) == words
        assert "据此核对通知" in rules[place].prompt


def test_a_workbook_that_is_there_stays(folder):
    (folder / "单位名录.xlsx").write_bytes(b"the province's own")
    written, there = write_reference_books(folder, BOOK)
    assert not written
    assert len(there) == len(REFERENCES) + 1
    assert (folder / "单位名录.xlsx").read_bytes() == b"the province's own"
