"""Returns: a unit gets its own workbook back, as it was, with its own problems marked and nobody else's told."""

import re

import openpyxl
import pytest
from openpyxl import load_workbook

from flows.publish.returned import FOLDER
from flows.publish.returned.selection import UNKNOWN_UNIT
from flows.validate import RULES
from schemas.sheets import LETTER
from tests import formats
from tests.publish.cases import OTHER, UNIT, changed


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
        ({"severity": "hold", "to_unit": "请补材料"}, True),
        ({"severity": "hold", "to_unit": "已同意，注意人数", "status": "accepted"}, True),
        ({"severity": "hold", "to_unit": "不予支持", "status": "excluded"}, True),
    ],
)
def test_what_sends_a_file_back(office, rich, finding, sent):
    office.file("2020/成都市/申报表.xlsx", rich)
    office.find("2020/成都市/申报表.xlsx", **finding)
    assert bool(office.back()) is sent


def test_what_is_said_to_the_unit_stands_behind_the_advice_and_in_the_comment_and_the_note_nowhere(office, rich):
    office.file("2020/成都市/申报表.xlsx", rich)
    said = "=HYPERLINK(1)请补合作函" + "长" * 3_000
    office.find(
        "2020/成都市/申报表.xlsx", status="returned", verdict="退回", note="内部的话", reviewer="张三", to_unit=said
    )
    (path,) = office.back().values()
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book[LETTER.name].iter_rows() for cell in row if isinstance(cell.value, str)]
    (advice,) = [cell for cell in cells if "审核意见：=HYPERLINK(1)请补合作函" in cell.value]
    assert advice.data_type != "f"
    assert len(advice.value) < 1_200
    assert "审核意见：=HYPERLINK(1)请补合作函" in book["项目申报"]["C4"].comment.text
    told = "".join(data.decode("utf-8", "ignore") for data in formats.parts(path.read_bytes()).values())
    assert "内部的话" not in told
    assert "张三" not in told


def test_an_order_leaves_no_other_way_and_a_project_taken_out_has_nothing_to_correct(office, rich):
    office.file("2020/成都市/申报表.xlsx", rich)
    whole = RULES["headcount"].whole_advice
    office.find("2020/成都市/申报表.xlsx", rule_id="headcount", advice=whole, status="returned", to_unit="压缩到 20 人")
    office.find("2020/成都市/申报表.xlsx", rule_id="headcount", advice=whole)
    office.find("2020/成都市/申报表.xlsx", rule_id="headcount", advice=whole, status="excluded", to_unit="明年再报")
    (path,) = office.back().values()
    book = openpyxl.load_workbook(path)
    place = [column.name for column in LETTER.columns].index("advice")
    told = {row[place].value for row in book[LETTER.name].iter_rows() if row[place].value}
    assert {"请压缩人数。\n审核意见：压缩到 20 人", whole, "该项目经评审不列入本次计划。\n审核意见：明年再报"} <= told


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
