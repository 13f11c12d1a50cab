"""What is typed is understood by its id and its words; what is not is kept and said."""

import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.decide.cases import HOLD, OTHER, entry, history, status, told
from tests.desk import opened, type_in

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]


# What cannot be understood is kept and said


@pytest.mark.slow
def test_verdicts_that_are_not_in_the_list(desk):
    typed = ["可以", "合并", "ok", "同意吗"]
    findings = [{**HOLD, "finding_id": f"id{n}"} for n in range(4)]
    desk.night(findings)
    for number, verdict in enumerate(typed):
        type_in(desk.workbook, f"id{number}", verdict, "说明", "张三")
    decided = desk.night(findings)
    assert {status(decided, f"id{n}") for n in range(4)} == {"open"}
    for verdict in typed:
        assert sum(f"“{verdict}”" in text for text in told(decided)) == 1
    assert sorted(desk.view("decision")["verdict"]) == sorted(typed)
    type_in(desk.workbook, "id0", "同意", None, "张三")
    assert len(told(desk.night(findings))) == 3, "each is said until it is decided"


def test_an_id_that_is_not_known(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        book["问题清单"]["A3"] = "zz"
        book["问题清单"]["N3"] = "同意"
    decided = desk.night([HOLD])
    assert status(decided) == "open"
    assert "编号“zz”" in told(decided)[0]


@pytest.mark.slow
def test_what_was_not_understood_can_be_noted_and_is_then_done_with(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        book["问题清单"]["O9"] = "不知放在哪里的一句"
    decided = desk.night([HOLD])
    about = decided.findings.loc[decided.findings["rule_id"].eq("decision-unclear"), "finding_id"].item()
    type_in(desk.workbook, about, "同意", None, "张三")
    assert status(desk.night([HOLD]), about) == "accepted"
    assert desk.night([HOLD]).findings["status"].tolist() == ["open", "accepted"]


@pytest.mark.slow
def test_a_row_without_an_id(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        book["问题清单"]["O9"] = "这里也有一句"
    decided = desk.night([HOLD])
    assert "没有编号" in told(decided)[0]
    assert desk.view("decision")["note"].tolist() == ["这里也有一句"]
    desk.night([HOLD])
    assert len(desk.view("decision")) == 1


@pytest.mark.slow
def test_a_note_without_a_verdict_is_kept_and_put_back_into_its_row(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", None, "待与单位核实", "张三")
    decided = desk.night([HOLD])
    assert status(decided) == "open"
    assert entry(decided) == (None, "待与单位核实", "张三")
    assert "没有填处理意见" in history(desk)[0][2]
    assert entry(desk.night([HOLD])) == (None, "待与单位核实", "张三")
    assert len(desk.view("decision")) == 1
    type_in(desk.workbook, "a1", "同意", "已核实", "张三")
    assert entry(desk.night([HOLD])) == ("同意", "已核实", "张三")


def test_a_name_filled_down_decides_nothing_and_is_kept(desk):
    desk.night([HOLD, OTHER])
    for about in ("a1", "b2"):
        type_in(desk.workbook, about, None, None, "张三")
    decided = desk.night([HOLD, OTHER])
    assert status(decided) == status(decided, "b2") == "open"
    assert told(decided) == []
    assert desk.view("decision")["reviewer"].tolist() == ["张三", "张三"]


def test_two_verdicts_for_one_finding_in_one_workbook(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        sheet = book["问题清单"]
        again = [cell.value for cell in sheet[3]]
        again[13], sheet["N3"] = "剔除", "同意"
        sheet.append(again)
    decided = desk.night([HOLD])
    assert status(decided) == "open"
    assert len(told(decided)) == 2
    assert all("“剔除”、“同意”" in text for text in told(decided))
    assert len(desk.view("decision")) == 2


@pytest.mark.slow
def test_two_verdicts_in_a_copy_that_stays_are_read_once(desk):
    desk.night([HOLD])
    copy = desk.copies / "张三.xlsx"
    shutil.copy(desk.workbook, copy)
    with opened(copy) as book:
        sheet = book["问题清单"]
        again = [cell.value for cell in sheet[3]]
        again[13], sheet["N3"] = "剔除", "同意"
        sheet.append(again)
    for _ in range(3):
        assert status(desk.night([HOLD])) == "open"
    assert len(desk.view("decision")) == 2
    with opened(copy) as book:
        book["问题清单"]["N3"] = "退回"
    for _ in range(3):
        assert status(desk.night([HOLD])) == "returned"
    assert len(desk.view("decision")) == 3


@pytest.mark.slow
def test_two_copies_with_different_verdicts(desk):
    desk.night([HOLD])
    for name, verdict in (("张三", "同意"), ("李四", "退回")):
        shutil.copy(desk.workbook, desk.copies / f"{name}.xlsx")
        type_in(desk.copies / f"{name}.xlsx", "a1", verdict, None, name)
    decided = desk.night([HOLD])
    assert status(decided) == "open"
    assert [(v, a) for v, a, _ in history(desk)] == [("退回", False), ("同意", False)]
    assert len(told(desk.night([HOLD]))) == 2
    type_in(desk.workbook, "a1", "退回", "商定", "李四")
    decided = desk.night([HOLD])
    assert status(decided) == "returned"
    assert told(decided) == []


@pytest.mark.slow
def test_two_copies_that_agree(desk):
    desk.night([HOLD])
    for name in ("张三", "下级文件夹/李四"):
        copy = desk.copies / f"{name}.xlsx"
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(desk.workbook, copy)
        type_in(copy, "a1", "同意", None, name)
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 2


@pytest.mark.slow
def test_a_decision_that_is_not_understood_leaves_the_earlier_one(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意了", None, "张三")
    assert status(desk.night([HOLD])) == "accepted"


@pytest.mark.slow
def test_what_is_typed_into_the_history_is_read_too(desk):
    def tell(verdict: str, note: str) -> None:
        with opened(desk.workbook) as book:
            sheet = book.create_sheet("已处理")
            sheet.append(["编号", "处理意见", "处理说明", "处理人", "是否有效", "条款"])
            sheet.append(["a1", verdict, note, "张三", "有效", "四（三）"])

    note = "一个很长的说明" * 20
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", note, "张三")
    desk.night([HOLD])
    tell("同意", note[:30] + "……（共 140 字，其余见原件）")
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1, "what is only told there is known"
    tell("撤销", note)
    assert status(desk.night([HOLD])) == "open"
    assert len(desk.view("decision")) == 2


def test_words_typed_among_what_was_decided_are_read(desk):
    """A row of 已处理 that tells of no decision known says something new, with an id or without."""
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        sheet = book.create_sheet("已处理")
        sheet.append([f"批次：{desk.nights[0]}"])
        sheet.append(["编号", "处理意见", "处理说明", "处理人", "是否有效", "条款"])
        sheet.append(["a1", "剔除", "写在这里", "张三"])
        sheet.append([None, "同意", "没有编号", "李四"])
    assert status(desk.night([HOLD])) == "excluded"
    assert set(desk.view("decision")["note"]) == {"写在这里", "没有编号"}


def test_a_verdict_that_is_not_understood_is_kept_as_it_was_typed(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意，但请（补）材料！", None, "张三")
    assert "“同意，但请（补）材料！”" in told(desk.night([HOLD]))[0]
    assert desk.view("decision")["verdict"].tolist() == ["同意，但请（补）材料！"]


@pytest.mark.slow
@pytest.mark.parametrize("typed", [" 00AB34CD00AB34CD ", "００ab３４cd００ab３４cd", "00ab34cd00ab34cd\u200b"])
def test_an_id_in_other_letters_is_known(desk, typed):
    known = {**HOLD, "finding_id": "00ab34cd00ab34cd"}
    desk.night([known])
    with opened(desk.workbook) as book:
        book["问题清单"]["A3"], book["问题清单"]["N3"] = typed, "同意"
    assert status(desk.night([known]), known["finding_id"]) == "accepted"


# What begins with = or - becomes a formula


@pytest.mark.slow
def test_the_text_of_a_formula_is_kept(desk):
    findings = [{**HOLD, "finding_id": f"id{n}"} for n in range(4)]
    desk.night(findings)
    type_in(desk.workbook, "id0", "同意", "=请省厅核对", "张三")
    type_in(desk.workbook, "id1", "退回", '=HYPERLINK("http://a.cn","见附件")', "=张三")
    type_in(desk.workbook, "id2", "同意", "=1/0", "张三")
    type_in(desk.workbook, "id3", '="同"&"意"', "核过", "张三")
    _calculate(
        desk.workbook,
        {
            "请省厅核对": "#NAME?",
            'HYPERLINK("http://a.cn","见附件")': "见附件",
            "张三": "#NAME?",
            "1/0": "#DIV/0!",
            '"同"&"意"': "同意",
        },
    )
    decided = desk.night(findings)
    assert entry(decided, "id0") == ("同意", "=请省厅核对", "张三")
    assert entry(decided, "id1") == ("退回", '见附件（公式：=HYPERLINK("http://a.cn","见附件")）', "=张三")
    assert entry(decided, "id2") == ("同意", "=1/0", "张三")
    assert entry(decided, "id3") == ("同意", '核过\n（处理意见由公式得出：="同"&"意"）', "张三")
    desk.night(findings)
    assert len(desk.view("decision")) == 4


def test_a_formula_without_a_result_is_kept_as_typed(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "=同意", "=-待核实", None)
    decided = desk.night([HOLD])
    assert status(decided) == "open"
    assert desk.view("decision")[["verdict", "note"]].to_numpy().tolist() == [["=同意", "=-待核实"]]
    assert "“=同意”" in told(decided)[0]


def test_formulas_filled_down_and_of_other_programs():
    from flows.read.formats.formulas import _of_ods, _of_sheet

    cells = b'<c r="B1"><f t="shared" ref="B1:B2" si="0">A1&amp;"x"</f></c></row><row r="2"><c r="B2"><f t="shared" si="0"/></c>'
    xml = b'<s xmlns="m"><sheetData><row r="1">' + cells + b"</row></sheetData></s>"
    assert dict(_of_sheet(xml)) == {(1, 1): '=A1&"x"', (2, 1): '=A2&"x"'}
    ods = (
        '<d xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table table:name="清单">'
        '<table:table-row table:number-rows-repeated="3"/><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:formula="of:=[.K5]&amp;&quot;份&quot;"/></table:table-row></table:table></d>'
    )
    assert _of_ods(ods.encode()) == {"清单": {(4, 2): '=K5&"份"'}}


def _calculate(path: Path, results: dict[str, str]) -> None:
    """Put the results of formulas where an office program saves them."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    sheet = etree.fromstring(parts[name])
    for cell in sheet.iterfind(".//{*}c[{*}f]"):
        result = results[cell.findtext("{*}f")]
        cell.set("t", "e" if result.startswith("#") else "str")
        cell.find("{*}v").text = result
    parts[name] = etree.tostring(sheet)
    with zipfile.ZipFile(path, "w") as package:
        for part, data in parts.items():
            package.writestr(part, data)


# By id, not by row


@pytest.mark.slow
def test_sorted_filtered_widened_with_rows_deleted_and_columns_moved(desk):
    findings = [{**HOLD, "finding_id": f"id{n}", "value": str(n), "filing_id": f"f{n % 2}"} for n in range(20)]
    desk.night(findings)
    for number in range(0, 20, 2):
        type_in(desk.workbook, f"id{number}", "同意" if number % 4 else "剔除", f"说明{number}", "张三")
    with opened(desk.workbook) as book:
        sheet = book["问题清单"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        rows = sorted((row for row in rows if row[0] != "id5"), key=lambda row: str(row[9]), reverse=True)
        titles = [cell.value for cell in sheet[2]]
        order = list(reversed(range(len(titles))))
        order = [place for place in order if titles[place] not in ("首次出现", "修改建议")]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append([])
        sheet.append([titles[place] for place in order])
        for row in rows:
            sheet.append([row[place] for place in order])
        sheet.column_dimensions["A"].width = 80
        sheet.row_dimensions[5].hidden = True
        sheet.auto_filter.ref = f"A2:N{sheet.max_row}"
        sheet.insert_cols(1, 2)
        sheet.title = "改了名"
    decided = desk.night(findings)
    for number in range(20):
        expected = "open" if number % 2 else "accepted" if number % 4 else "excluded"
        assert status(decided, f"id{number}") == expected


def test_a_workbook_beside_under_any_name_is_read(desk):
    desk.night([HOLD, OTHER])
    beside = desk.settings.published / "异常清单 - 副本 (2).xlsx"
    shutil.copy(desk.workbook, beside)
    type_in(beside, "b2", "同意", None, "李四")
    type_in(desk.workbook, "a1", "同意", None, "张三")
    decided = desk.night([HOLD, OTHER])
    assert status(decided) == status(decided, "b2") == "accepted"
    assert beside.exists(), "what the program did not write it does not move"
