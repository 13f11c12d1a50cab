"""A unit's own xlsx is marked in kind: every other part stays as it was."""

import io
import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from flows.publish.returned.in_kind import annotate
from flows.publish.returned.letter import AUTHOR, FILLS
from schemas.sheets import LETTER
from tests import formats
from tests.examples import examples
from tests.publish.cases import RED, changed, letter, letter_about, mark


def test_every_part_but_those_that_must_change_is_the_same_byte_for_byte(rich):
    after = annotate(rich, [mark("C5"), mark("F8")], letter())
    assert changed(rich, after) == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }
    assert set(formats.parts(after)) - set(formats.parts(rich)) == {"xl/worksheets/sheet4.xml"}


def test_pictures_buttons_and_sparklines_are_passed_on(drawn):
    after = annotate(drawn, [mark("A3"), mark("B2")], letter())
    assert changed(drawn, after) == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    parts = formats.parts(after)
    old, new = (etree.fromstring(p["xl/worksheets/sheet1.xml"]) for p in (formats.parts(drawn), parts))
    assert [part.tag for part in new] == [part.tag for part in old]
    assert b"sparkline" in parts["xl/worksheets/sheet1.xml"]
    drawing = parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.count('ObjectType="Note"') == 2
    assert drawing.count('ObjectType="Button"') == 1
    numbers = re.findall(r'<v:shape [^>]*?\bid="([^"]+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 3


def test_every_cell_format_formula_drop_down_and_sheet_is_still_there(rich):
    marked = {"C5", "F8", "A13", "H40"}
    after = annotate(rich, [mark(cell) for cell in marked], letter())
    old, new = load_workbook(io.BytesIO(rich)), load_workbook(io.BytesIO(after))
    assert new.sheetnames == [LETTER.name, *old.sheetnames]
    assert [new[name].sheet_state for name in old.sheetnames] == [sheet.sheet_state for sheet in old]
    assert {name: defined.attr_text for name, defined in new.defined_names.items()} == {
        name: defined.attr_text for name, defined in old.defined_names.items()
    }
    for sheet in old:
        same_sheet(sheet, new[sheet.title], marked if sheet.title == "项目申报" else set())


def same_sheet(old, new, marked: set[str]) -> None:
    for row in old.iter_rows():
        for cell in row:
            there = new[cell.coordinate]
            assert there.value == cell.value
            for what in ("number_format", "font", "border", "alignment", "protection", "hyperlink"):
                assert repr(getattr(there, what)) == repr(getattr(cell, what)), (cell.coordinate, what)
            if cell.coordinate in marked:
                assert there.fill.fgColor.rgb == f"FF{RED}"
            else:
                assert repr(there.fill) == repr(cell.fill)
                assert (there.comment and there.comment.text) == (cell.comment and cell.comment.text)
    for what in ("print_area", "print_title_rows", "freeze_panes", "merged_cells"):
        assert str(getattr(new, what)) == str(getattr(old, what)), what
    for what in ("data_validations", "auto_filter", "page_setup", "page_margins", "protection"):
        assert repr(getattr(new, what)) == repr(getattr(old, what)), what
    assert new.oddFooter.center.text == old.oddFooter.center.text
    assert repr(list(new.conditional_formatting)) == repr(list(old.conditional_formatting))
    assert {k: (v.width, v.hidden) for k, v in new.column_dimensions.items()} == {
        k: (v.width, v.hidden) for k, v in old.column_dimensions.items()
    }
    assert {k for k, v in new.row_dimensions.items() if v.hidden} == {
        k for k, v in old.row_dimensions.items() if v.hidden
    }
    assert (len(new._charts), len(new.tables)) == (
        len(old._charts),
        len(old.tables),
    )


def test_problem_cells_say_what_is_wrong_and_what_to_do(rich):
    marks = [
        mark("C4", "甲。"),
        mark("D5", "乙。", severity="hold"),
        mark("D5", "丙。", severity="advise"),
        mark("B14", "丁。"),
        mark("Z99", "戊。", sheet="参团单位"),
    ]
    book = load_workbook(io.BytesIO(annotate(rich, marks, letter())))
    sheet = book["项目申报"]
    assert sheet["C4"].comment.text.startswith("单位自己的批注")
    assert sheet["C4"].comment.text.endswith("甲。")
    assert sheet["D5"].comment.text == f"{AUTHOR}：\n乙。\n\n丙。"
    assert sheet["D5"].fill.fgColor.rgb == f"FF{FILLS['hold']}", "the gravest gives the colour"
    assert sheet["A13"].comment.text == f"{AUTHOR}：\n丁。", "in a merged area what is said stands at its first cell"
    assert book["参团单位"]["Z99"].comment.text == f"{AUTHOR}：\n戊。"


def test_the_letter_comes_first_is_shown_and_leads_to_the_cells(rich):
    after = annotate(rich, [mark("C4")], letter("=不是公式", "压缩。"))
    book = load_workbook(io.BytesIO(after))
    sheet = book[LETTER.name]
    assert book.active.title == LETTER.name
    assert [s.title for s in book if s.sheet_view.tabSelected] == [LETTER.name], (
        "with two selected, both are typed into"
    )
    assert sheet["A1"].value == "修改意见：a.xlsx"
    assert [cell.value for cell in sheet[5]][:4] == [1, "退回修改", "四（三）", "项目申报"]
    assert sheet["E5"].hyperlink.location == "'项目申报'!C4"
    assert (sheet["I5"].value, sheet["I5"].data_type) == ("=不是公式", "s")


def test_names_that_belong_to_a_sheet_still_do(rich):
    book = load_workbook(io.BytesIO(annotate(rich, [], letter())))
    assert book["项目申报"].print_area == "'项目申报'!$A$1:$F$14"
    assert book["参团单位"].print_area == "'参团单位'!$A$1:$B$9"


def test_sent_back_again_the_old_marks_are_gone_and_the_fills_as_they_were(rich):
    marks = [mark("C4"), mark("D5"), mark("B6", severity="hold"), mark("B14")]
    once = annotate(rich, marks, letter_about(marks))
    once = _as_saved_elsewhere(once)
    twice = annotate(once, [mark("B6", "还是不对。")], letter("还是不对。", "再改。"))
    book, was = load_workbook(io.BytesIO(twice)), load_workbook(io.BytesIO(rich))
    assert book.sheetnames == [LETTER.name, *was.sheetnames]
    assert book[LETTER.name]["I5"].value == "还是不对。"
    sheet, before = book["项目申报"], was["项目申报"]
    assert sheet["B6"].comment.text == f"{AUTHOR}：\n还是不对。"
    assert sheet["B6"].fill.fgColor.rgb == f"FF{RED}"
    assert sheet["C4"].comment.text == "单位自己的批注"
    for cell in ("D5", "A13"):
        assert sheet[cell].comment is None
    for cell in ("C4", "D5", "A13"):
        assert sheet[cell].fill.fill_type == before[cell].fill.fill_type
        assert sheet[cell].fill.fgColor.rgb == before[cell].fill.fgColor.rgb
    assert formats.parts(twice)["xl/drawings/commentsDrawing1.vml"].count(b"ClientData ") == 2
    assert sheet.print_area == before.print_area


def _as_saved_elsewhere(data: bytes) -> bytes:
    """Without the authors of comments, which LibreOffice drops."""
    parts = formats.parts(data)
    parts = {name: re.sub(rb"<author>[^<]*</author>", b"<author/>", part) for name, part in parts.items()}
    return formats.package(parts)


def test_sent_back_again_from_a_program_that_writes_character_references(rich):
    """Where 四 is ``&#22235;`` the old letter and its comments are still known for what they are."""
    marks = [mark("D5")]
    parts = formats.parts(annotate(rich, marks, letter_about(marks)))
    referred = {
        name: part.decode().encode("ascii", "xmlcharrefreplace")
        for name, part in parts.items()
        if ("comments" in name and name.endswith(".xml"))
        or "sheets/sheet" in name
        or name.endswith("sharedStrings.xml")
    }
    assert any(b"&#22235;" in part for part in referred.values())
    twice = annotate(formats.package(parts | referred), [], letter("再改。", "压缩。"))
    book = load_workbook(io.BytesIO(twice))
    assert book.sheetnames.count(LETTER.name) == 1
    assert not [name for name in book.sheetnames if name.startswith(f"{LETTER.name}2")]
    assert book["项目申报"]["D5"].comment is None


def test_a_sheet_of_the_units_own_with_that_name_is_not_taken_away(rich):
    book = load_workbook(io.BytesIO(rich))
    book.create_sheet(LETTER.name)["A1"] = "本单位的修改意见"
    stream = io.BytesIO()
    book.save(stream)
    after = load_workbook(io.BytesIO(annotate(stream.getvalue(), [], letter())))
    assert after.sheetnames[0] == f"{LETTER.name}2"
    assert after[LETTER.name]["A1"].value == "本单位的修改意见"


def test_strict_workbooks_stay_strict(rich):
    strict = formats.strict(rich)
    after = annotate(strict, [mark("D5"), mark("A1", sheet="参团单位")], letter())
    for name in ("xl/workbook.xml", "xl/worksheets/sheet4.xml", "xl/worksheets/sheet2.xml"):
        root = etree.fromstring(formats.parts(after)[name])
        assert "purl.oclc.org" in root.tag
    rels = formats.parts(after)["xl/_rels/workbook.xml.rels"].decode()
    assert "purl.oclc.org/ooxml/officeDocument/relationships/worksheet" in rels
    assert "schemas.openxmlformats.org/officeDocument" not in rels


def test_cells_without_addresses_and_no_styles(rich):
    """What a web system writes by hand: nothing but values."""
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    bare = formats.package(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlforma'
            f'ts-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {ns} xmlns:r="{rel}"><sheets><sheet name="项目申报" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {ns}><sheetData><row><c><v>1</v></c><c><v>2</v></c></row>"
            '<row r="4"><c r="B4"><v>3</v></c><c><v>4</v></c></row></sheetData></worksheet>',
        }
    )
    sheet = load_workbook(io.BytesIO(annotate(bare, [mark(c) for c in ("B1", "D1", "A4", "C4", "B3")], letter())))[
        "项目申报"
    ]
    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert values == {"A1": 1, "B1": 2, "B4": 3, "C4": 4}
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == {"B1", "D1", "A4", "C4", "B3"}


@pytest.mark.slow
@examples(4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), max_size=12, unique=True))
def test_wherever_the_marks_are_no_value_moves(rich, places):
    cells = [f"{chr(65 + column) if column < 26 else 'A' + chr(39 + column)}{row}" for row, column in places]
    after = load_workbook(io.BytesIO(annotate(rich, [mark(cell) for cell in cells], letter())))["项目申报"]
    before = load_workbook(io.BytesIO(rich))["项目申报"]
    for row in before.iter_rows(max_row=30, max_col=31):
        for cell in row:
            assert after[cell.coordinate].value == cell.value
    numbers = [int(row.get("r")) for row in _rows(annotate(rich, [mark(cell) for cell in cells], letter()))]
    assert numbers == sorted(set(numbers))


def _rows(data: bytes) -> list[etree._Element]:
    root = etree.fromstring(formats.parts(data)["xl/worksheets/sheet1.xml"])
    return list(root.iterfind("{*}sheetData/{*}row"))


def test_the_same_input_gives_the_same_bytes(rich):
    assert annotate(rich, [mark("C5")], letter()) == annotate(rich, [mark("C5")], letter())
