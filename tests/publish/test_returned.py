"""Returns: a unit gets its own workbook back, as it was, with its own problems marked and nobody else's told."""

import io
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable

from flows.publish import write_returns, write_submission
from flows.publish.returned import FOLDER
from flows.publish.returned.in_kind import annotate
from flows.publish.returned.letter import AUTHOR, FILLS, Letter, Line, Mark
from flows.publish.returned.selection import UNKNOWN_UNIT
from flows.read import read
from flows.references import References
from flows.settings import Settings
from schemas.sheets import LETTER
from schemas.tables import TEXT, Countries, Files, Institutions, LastYearProjects, Units, empty
from schemas.yearbook import load_yearbook
from tests import formats, frames
from tests.year import FILING

UNIT, OTHER = "成都市科学技术局", "绵阳市水务局"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8d"
    "b00000000049454e44ae426082"
)
RED = FILLS["return"]


def letter(*texts: str) -> Letter:
    line = Line(
        ("退回修改", "四（三）", "项目申报", "C4", "某项目", "人数", "25", *(texts or ("超过。", "压缩。"))),
        "return",
        "项目申报",
        "C4",
    )
    return Letter("修改意见：a.xlsx", ("请更正。", f"制表：{AUTHOR}"), (line,))


def letter_about(marks: list[Mark]) -> Letter:
    lines = [Line(("退回修改", "四（三）", m.sheet, m.cell, *["…"] * 5), m.severity, m.sheet, m.cell) for m in marks]
    return Letter("修改意见：a.xlsx", (f"制表：{AUTHOR}",), tuple(lines))


def mark(cell: str, text: str = "超过 20 人。", sheet: str = "项目申报", severity: str = "return") -> Mark:
    return Mark(sheet, cell, severity, text)


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with everything that an office puts into one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "项目申报"
    thin = Side(style="thin", color="FF112233")
    for row in range(1, 12):
        for column in range(1, 7):
            cell = sheet.cell(row, column, row * column if row > 3 else f"标题{row}{column}")
            cell.font = Font(name="楷体", size=9 + column, bold=row < 4, color="FF334455")
            cell.border = Border(left=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, horizontal="center")
            cell.number_format = "0.00" if column == 3 else "General"
            cell.fill = PatternFill("solid", fgColor="FFEEDDAA") if column == 4 else PatternFill()
            cell.protection = Protection(locked=column != 5)
    sheet["F6"] = "=SUM(A6:E6)"
    sheet["B5"] = date(2020, 3, 5)
    sheet["B5"].number_format = "yyyy/m/d"
    sheet["B7"].hyperlink = "https://example.invalid/"
    sheet["C4"].comment = Comment("单位自己的批注", "某处")
    sheet.merge_cells("A13:C14")
    sheet["A13"] = "合并的格"
    drop_down = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    sheet.add_data_validation(drop_down)
    drop_down.add("E4:E20")
    sheet.conditional_formatting.add("C4:C11", CellIsRule(operator="greaterThan", formula=["20"], font=Font(bold=True)))
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = "A3:F11"
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.print_title_rows, sheet.print_area = "1:3", "A1:F14"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=4, max_row=11))
    sheet.add_chart(chart, "H2")
    people = book.create_sheet("参团单位")
    people.append(["序号", "参团单位"])
    people.append([1, "某局"])
    people.add_table(ExcelTable(displayName="Units", ref="A1:B2"))
    people.print_area = "A1:B9"
    book.create_sheet("选项").sheet_state = "hidden"
    book.defined_names["选项表"] = DefinedName("选项表", attr_text="选项!$A$1:$A$5")
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    kept = formats.parts(stream.getvalue())
    kept["customXml/item1.xml"] = b"<x/>"
    kept["xl/printerSettings/printerSettings1.bin"] = b"\0\1printer"
    return formats.package(kept)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """A workbook with what openpyxl would lose: pictures, text boxes, buttons, sparklines, comments already there."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("项目申报")
    sheet.write_column("A1", range(20))
    sheet.insert_image("D2", "pixel.png", {"image_data": io.BytesIO(PIXEL)})
    sheet.insert_textbox("D8", "请填写完整", {"fill": {"color": "#FFFFCC"}})
    sheet.insert_button("D14", {"caption": "检查"})
    sheet.add_sparkline("C1", {"range": "A1:A20"})
    sheet.write_comment("B2", "原有批注", {"author": "某处"})
    sheet.set_header("&L&G", {"image_left": "pixel.png", "image_data_left": io.BytesIO(PIXEL)})
    sheet.conditional_format("A1:A20", {"type": "data_bar", "data_bar_2010": True})
    book.add_chartsheet("图").set_chart(_chart(book))
    book.close()
    return stream.getvalue()


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=项目申报!$A$1:$A$20"})
    return chart


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = formats.parts(before), formats.parts(after)
    assert set(old) <= set(new), "a part was lost"
    return {name for name in old if old[name] != new[name]}


# In kind


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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


# What is sent back, and where to


class Office:
    """A season of files in a folder and what the warehouse says of it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(2020, folder / "inputs", folder / "outputs", folder / "state", workers=1)
        self.staging = folder / "staging"
        self.files: list[dict] = []
        self.findings: list[dict] = []
        self.filings: list[dict] = []
        self.participants: list[dict] = []

    def file(self, path: str, data: bytes, unit: str | None = UNIT, status: str = "read", reason: str | None = None):
        """A file that was dropped."""
        location = self.settings.inputs / path
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
        self.files.append(
            {"path": path, "unit": unit, "status": status, "reason": reason, "sha256": path, "size": 1, "filings": 0}
        )

    def find(self, file: str, **what: object) -> None:
        """A finding about a file."""
        self.findings.append(
            {"file": file, "unit": UNIT, "sheet": "项目申报", "cell": "C4", "value": "25", "filing_id": None, **what}
        )

    def back(self) -> dict[str, Path]:
        """Write the copies; path below 退回修改 → where it is."""
        files = pd.DataFrame(self.files, columns=Files.names()).astype(Files.dtypes())
        filings = frames.filings(self.filings).assign(group_id=[row.get("group_id") for row in self.filings])
        views = {
            "current_finding": frames.findings(self.findings),
            "current_file": files,
            "current_filing": filings.astype({"group_id": TEXT}),
            "current_participant": frames.participants(self.participants),
        }
        written = write_returns(self.staging, views.__getitem__, self.settings)
        found = {p.relative_to(self.staging / FOLDER).as_posix(): p for p in self.staging.rglob("*") if p.is_file()}
        assert len(found) == written
        return found


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.mark.parametrize(
    ("finding", "sent"),
    [
        ({"severity": "return"}, True),
        ({"severity": "hold"}, False),
        ({"severity": "advise"}, False),
        ({"severity": "prohibit"}, False),
        ({"severity": "return", "status": "accepted"}, False),
        ({"severity": "hold", "status": "returned"}, True),
        ({"severity": "return", "status": "excluded"}, False),
        ({"severity": "return", "rule_id": "decision-unclear"}, False),
    ],
)
def test_what_sends_a_file_back(office, rich, finding, sent):
    office.file("2020/成都市/申报表.xlsx", rich)
    office.find("2020/成都市/申报表.xlsx", **finding)
    assert bool(office.back()) is sent


def test_nothing_to_send_back_still_takes_the_place_of_yesterdays(office):
    assert office.back() == {}
    assert (office.staging / FOLDER).is_dir()


def test_the_copy_tells_every_open_finding_of_its_file_the_gravest_first(office, rich):
    path = "2020/成都市/申报表.xlsx"
    office.file(path, rich)
    office.filings = [{"filing_id": "f0", "file": path, "unit": UNIT, "title": "某培训"}]
    office.find(path, severity="advise", message="提示的。", cell="D4")
    office.find(path, severity="return", message="退回的。", filing_id="f0")
    office.find(path, severity="hold", message="评审退回的。", cell="E4", status="returned")
    office.find(path, severity="hold", message="已同意的。", cell="F4", status="accepted")
    office.find(path, severity="return", message="没有格子的。", cell=None, sheet=None)
    sheet = load_workbook(office.back()["成都市科学技术局/申报表.xlsx"])[LETTER.name]
    header = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "序号")
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert {row["问题"] for row in rows[:3]} == {"退回的。", "评审退回的。", "没有格子的。"}
    assert [row["问题"] for row in rows[3:]] == ["提示的。"]
    assert {row["级别"] for row in rows[:3]} == {"退回修改"}
    assert next(row["项目名称"] for row in rows if row["问题"] == "退回的。") == "某培训"
    assert "共 4 处" in sheet["A2"].value


def test_no_other_units_filing_and_no_reviewer_is_told(office, rich):
    mine, theirs = "2020/成都市/申报表.xlsx", "2020/绵阳市/水务局（秘密）.xlsx"
    office.file(mine, rich)
    office.file(theirs, rich, unit=OTHER)
    shared = {"group_id": "g1"}
    office.filings = [
        {"filing_id": "f0", "file": mine, "unit": UNIT, "organiser": UNIT, "title": "智慧水务培训", **shared},
        {"filing_id": "f1", "file": theirs, "unit": OTHER, "organiser": OTHER, "title": "水务信息化考察", **shared},
    ]
    office.participants = [
        {"filing_id": "f0", "file": mine, "participant": "德阳市水务局"},
        {"filing_id": "f1", "file": theirs, "participant": "宜宾市水务局"},
    ]
    office.find(
        mine,
        filing_id="f0",
        group_id="g1",
        message=f"与“{theirs}”第 4 行“水务信息化考察”为同一团组，{OTHER}、宜宾市水务局、德阳市水务局参团。",
        advice=f"请与{OTHER}商定。",
        note="张处说与绵阳重复",
        reviewer="张三",
        verdict="退回",
    )
    office.findings[-1] |= {"note": "张处说与绵阳重复", "reviewer": "张三"}
    office.find(theirs, unit=OTHER, severity="hold", message="他们的问题。")
    back = office.back()
    assert set(back) == {"成都市科学技术局/申报表.xlsx"}
    told = "".join(
        data.decode("utf-8", "ignore") for data in formats.parts(back["成都市科学技术局/申报表.xlsx"]).values()
    )
    for secret in (OTHER, "宜宾市水务局", "水务信息化考察", "秘密", "张三", "张处", "他们的问题"):
        assert secret not in told
    assert "德阳市水务局" in told, "what the unit wrote itself stays"
    assert "其他单位" in told


@pytest.mark.parametrize("unit", ["../../etc", "a/b\\c", "CON", "com1.局", " . ", "局" * 200, "科技局\u202e", "x\n=1"])
def test_no_name_leads_out_of_the_folder(office, rich, unit):
    office.file("2020/x/申报表.xlsx", rich, unit=unit)
    office.find("2020/x/申报表.xlsx", unit=unit)
    (name,) = office.back()
    folder, file = name.split("/")
    assert file == "申报表.xlsx"
    assert len(folder) <= 60
    assert not re.search(r'[\\:*?"<>|\x00-\x1f\u202e]', folder)
    assert folder.split(".")[0].upper() not in ("CON", "COM1", "")


def test_the_same_name_in_two_folders_of_one_unit(office, rich):
    for path in (
        "2020/成都市/一处/申报表.xlsx",
        "2020/成都市/二处/申报表.xlsx",
        "2020/成都市/二处/申报表.XLSX",
        "2020/成都市/三处/二处/申报表.xlsx",
    ):
        office.file(path, rich)
        office.find(path)
    assert (
        sorted(office.back())
        == [
            "成都市科学技术局/一处/申报表.xlsx",
            "成都市科学技术局/二处/申报表.xlsx",
            "成都市科学技术局/二处2/申报表.xlsx",
            "成都市科学技术局/申报表.xlsx",
        ]
        or len(office.back()) == 4
    )


def test_a_file_of_nobody_known(office, rich):
    office.file("2020/申报表.xlsx", rich, unit=None)
    office.find("2020/申报表.xlsx", unit=None)
    assert list(office.back()) == [f"{UNKNOWN_UNIT}/申报表.xlsx"]


def test_a_file_that_could_not_be_read_is_told_with_the_reason(office, rich):
    office.file("2020/成都市/好.xlsx", rich)
    office.file(
        "2020/成都市/坏.pdf", b"%PDF-1.4", unit=None, status="unreadable", reason="这是 PDF 文件，不是电子表格。"
    )
    office.file("2020/成都市/同.pdf", b"%PDF-1.4", unit=None, status="duplicate", reason="相同。")
    back = office.back()
    assert list(back) == ["成都市科学技术局/坏-修改意见.xlsx"], "its neighbours tell whose it is"
    texts = [
        cell.value for row in load_workbook(back["成都市科学技术局/坏-修改意见.xlsx"])[LETTER.name] for cell in row
    ]
    assert "这是 PDF 文件，不是电子表格。" in texts


@pytest.mark.parametrize(
    ("name", "made"), [("申报表.xls", "申报表.xlsx"), ("申报表.XLSX", "申报表.XLSX"), ("申报表", "申报表.xlsx")]
)
def test_an_xlsx_under_another_name_is_marked_in_kind(office, rich, name, made):
    office.file(f"2020/{name}", rich)
    office.find(f"2020/{name}")
    back = office.back()
    assert list(back) == [f"{UNIT}/{made}"]
    assert changed(rich, back[f"{UNIT}/{made}"].read_bytes())


def test_macros_stay(office, rich):
    parts = {**formats.parts(rich), "xl/vbaProject.bin": b"\xd0\xcf macros"}
    office.file("2020/申报表.xlsm", formats.package(parts))
    office.find("2020/申报表.xlsm")
    back = office.back()
    assert formats.parts(back[f"{UNIT}/申报表.xlsm"])["xl/vbaProject.bin"] == b"\xd0\xcf macros"


def test_a_package_that_cannot_be_marked_is_laid_out_anew(office, rich):
    parts = formats.parts(rich)
    parts["xl/drawings/commentsDrawing1.vml"] = b"<xml>"
    office.file("2020/申报表.xlsx", formats.package(parts))
    office.find("2020/申报表.xlsx")
    (path,) = office.back().values()
    book = load_workbook(path)
    assert "内部结构特殊" in book[LETTER.name]["A4"].value
    assert book["项目申报"]["C5"].value == 15


# Other kinds: the same layout, which says so


BOOK = load_yearbook(2020)
NOTICE = BOOK.notice
NOBODY = References(empty(Units), empty(Institutions), empty(Countries), empty(LastYearProjects))
ROWS = [{**frames.VALID, "seq": 1}, {**frames.VALID, "seq": 2, "otm_no": "OTM2", "headcount": 25, "budget": 33.5}]


def _table() -> list[list[object]]:
    titles = [column.title for column in FILING]
    words = {True: "是", False: "否"}
    values = [[words.get(v, v) if isinstance(v := row.get(c.name), bool) else v for c in FILING] for row in ROWS]
    return [["2020 年申报表"], [f"填报单位：{UNIT}"], titles, *values]


def as_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("项目申报")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(_table()):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, day) if isinstance(value, date) else sheet.write(r, c, value)
    sheet.write_merge(6, 6, 0, 3, "合并的说明")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="项目申报")
    for row in _table():
        line = TableRow()
        for value in row:
            if isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=value)
            elif isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            else:
                cell = TableCell(valuetype="string")
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell if value is not None else TableCell())
        table.addElement(line)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def as_csv() -> bytes:
    lines = [",".join("" if v is None else f'"{v}"' for v in row) for row in _table()]
    return "\r\n".join(lines).encode("gb18030")


def as_html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>" for row in _table())
    return f'<html><meta charset="utf-8"><table>{rows}</table></html>'.encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [("表.xls", as_xls), ("表.et", as_xls), ("表.ods", as_ods), ("表.csv", as_csv), ("表.xls", as_html)],
)
def test_other_kinds_keep_their_layout_and_say_so(office, name, make):
    path = f"2020/成都市/{name}"
    office.file(path, make())
    before = read([path], office.settings, BOOK, NOBODY).filings
    assert len(before) == 2
    office.find(path, sheet=before["sheet"][0], cell="M5", message="申报人数 25 人。")
    (copy,) = office.back().values()
    assert copy.name == "表.xlsx"
    book = load_workbook(copy)
    assert any("不是 xlsx 格式" in str(cell.value) for row in book[LETTER.name] for cell in row)
    sheet = book[before["sheet"][0]]
    assert sheet["M5"].comment.text.startswith(f"{AUTHOR}：\n【退回修改】")
    assert sheet["M5"].fill.fgColor.rgb == f"FF{RED}"
    again = _dropped_again(office, copy)
    values = [column.name for column in FILING]
    pd.testing.assert_frame_equal(again[values], before[values])
    assert again["row"].tolist() == before["row"].tolist()


def test_a_marked_copy_reads_as_the_original(office, tmp_path):
    original = tmp_path / "甲.xlsx"
    write_submission(original, BOOK, None, unit=UNIT, filings=ROWS)
    office.file("2020/成都市/甲.xlsx", original.read_bytes())
    before = read(["2020/成都市/甲.xlsx"], office.settings, BOOK, NOBODY).filings
    office.find("2020/成都市/甲.xlsx", cell="M5")
    (copy,) = office.back().values()
    again = _dropped_again(office, copy)
    pd.testing.assert_frame_equal(again.drop(columns=["file", "filing_id"]), before.drop(columns=["file", "filing_id"]))


def _dropped_again(office: Office, copy: Path) -> pd.DataFrame:
    """The filings of a copy that is dropped into ``inputs`` again."""
    (office.settings.inputs / "2020" / "再报.xlsx").write_bytes(copy.read_bytes())
    readings = read(["2020/再报.xlsx"], office.settings, BOOK, NOBODY)
    assert readings.files["status"].tolist() == ["read"]
    assert LETTER.name not in set(readings.filings["sheet"])
    return readings.filings
