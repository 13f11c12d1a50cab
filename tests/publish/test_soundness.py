"""Excel opens every workbook that the program writes without a complaint."""

from pathlib import Path
from shutil import copytree

import pytest
import xlsxwriter

from flows.publish import write_reference_books, write_submission
from tests import formats, looks
from tests.nights import INPUTS, night
from tests.publish.test_plan import LINE, set_numbers
from tests.reference_folder import registers_in
from tests.soundness import faults, unschematic, with_change
from tests.year import BOOK

pytestmark = pytest.mark.slow


def test_every_workbook_of_a_night_is_sound(tmp_path):
    copytree(INPUTS, tmp_path / "inputs")
    set_numbers(tmp_path / "inputs", LINE)
    night(tmp_path / "inputs", tmp_path / "outputs")
    written = [*(tmp_path / "outputs").rglob("*.xlsx")]
    names = {path.name for path in written}
    assert {"全省计划.xlsx", "异常清单.xlsx"} < names
    assert len(written) > 30, "the copies to send back are of every format that came in"
    assert {path.name: found for path in written if (found := faults(path))} == {}


def test_the_workbooks_of_odd_offices_are_sound(tmp_path):
    published = looks.write(tmp_path)
    assert {path.name: found for path in published.glob("*.xlsx") if (found := faults(path))} == {}


def test_the_forms_to_fill_in_are_sound(tmp_path):
    write_submission(tmp_path / "申报表.xlsx", BOOK, registers_in(INPUTS / "reference"))
    write_reference_books(tmp_path, BOOK)
    written = [*tmp_path.glob("*.xlsx")]
    assert {"申报表.xlsx", "指标控制数.xlsx", "单位名录.xlsx"} <= {path.name for path in written}
    assert {path.name: found for path in written if (found := faults(path))} == {}


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("甲")
    book.add_worksheet("乙")
    sheet.write_row("A1", ["一", "二"])
    sheet.write_row("A2", [1, 2])
    sheet.merge_range("D1:E2", "合")
    sheet.write_url("A4", "internal:乙!A1")
    sheet.data_validation("B4", {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format(
        "A1:A2", {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format({"bold": 1})}
    )
    book.define_name("名称", "=甲!$A$1")
    book.close()
    return path


SHEET, BOOK_PART = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
MENDED = [
    ("[Content_Types].xml", 'PartName="/xl/worksheets/sheet2.xml"', 'PartName="/xl/worksheets/sheet7.xml"'),
    (BOOK_PART, 'name="甲"', f'name="{"甲" * 32}"'),
    (BOOK_PART, 'name="甲"', 'name="甲/乙"'),
    (BOOK_PART, 'name="甲"', 'name="乙"'),
    (BOOK_PART, 'name="名称"', 'name="1 名称"'),
    (SHEET, '<c r="B2"', '<c r="A2"'),
    (SHEET, '<c r="B2"', '<c r="XFE2"'),
    (SHEET, '<row r="2"', '<row r="1"'),
    (SHEET, '<c r="B2"', '<c r="B2" s="99"'),
    (SHEET, 'dxfId="0"', 'dxfId="9"'),
    (SHEET, '<mergeCell ref="D1:E2"/>', '<mergeCell ref="D1:E2"/><mergeCell ref="E2:F3"/>'),
    (SHEET, '"是,否"', f'"{"是" * 300}"'),
    (SHEET, "</hyperlinks>", f"{'<hyperlink/>' * 65_530}</hyperlinks>"),
    ("xl/sharedStrings.xml", "<t>一", f"<t>{'一' * 40_000}"),
]


def test_a_sound_workbook_has_no_fault(small):
    assert faults(small) == []


@pytest.mark.parametrize(("part", "before", "after"), MENDED)
def test_what_no_schema_says_is_found(small, part, before, after):
    assert [*unschematic(with_change(small, part, before, after))]


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [(SHEET, "<sheetData>", "<sheetDatum/><sheetData>"), ("xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet8.xml")],
)
def test_what_breaks_the_schema_or_a_relation_is_found(small, tmp_path, part, before, after):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(formats.package(with_change(small, part, before, after)))
    assert faults(path)
