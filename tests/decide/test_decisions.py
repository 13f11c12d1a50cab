"""Decide: what reviewers typed is read, kept for good, and holds for as long as the value it was made about stands."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from flows.decide.find_tables import verdict_word
from flows.decide.layout import LAYOUT
from flows.decide.written_rows import find
from flows.link import pair_id
from flows.read import Grid
from schemas.decisions import VERDICTS
from tests.desk import FINDING_TITLES, PAIR_TITLES, Desk, opened, type_in, without_wall, written_in

HOLD = {"finding_id": "a1", "severity": "hold", "value": "25", "file": "2020/甲.xlsx", "cell": "M4"}
OTHER = {"finding_id": "b2", "severity": "hold", "value": "x", "filing_id": "f1"}
PAIR = ("f0", "f1")
PAIR_ID = pair_id(*PAIR)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    for room in ("workbooks", "own_workbooks"):
        monkeypatch.setattr(f"flows.decide.{room}.read_behind_wall", without_wall)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.close()


def status(decided, about="a1"):
    return decided.findings.set_index("finding_id").at[about, "status"]


def entry(decided, about="a1"):
    row = decided.findings.set_index("finding_id").loc[about]
    return tuple(None if pd.isna(row[name]) else row[name] for name in ("verdict", "note", "reviewer"))


def told(decided, rule="decision-unclear"):
    """What the findings about decisions themselves say."""
    return decided.findings.loc[decided.findings["rule_id"].eq(rule), "message"].tolist()


def history(desk):
    """(verdict, applied tonight, why not) in the order in which they were read."""
    state = desk.view("decision_state").iloc[::-1]
    return [(v, bool(a), w) for v, a, w in zip(state["verdict"], state["applied"], state["why_not"], strict=True)]


# One decision


def test_a_verdict_is_done_the_next_night(desk):
    becomes = {"同意": "accepted", "退回": "returned", "剔除": "excluded"}
    findings = [{**HOLD, "finding_id": verdict} for verdict in becomes] + [OTHER]
    desk.night(findings)
    for verdict in becomes:
        type_in(desk.workbook, verdict, verdict, f"{verdict}的理由", "张三")
    decided = desk.night(findings)
    assert {verdict: status(decided, verdict) for verdict in becomes} == becomes
    assert status(decided, "b2") == "open"
    kept = desk.view("decision")
    assert len(kept) == 3
    row = kept.set_index("about").loc["同意"]
    assert (row["verdict"], row["note"], row["reviewer"], row["value"]) == ("同意", "同意的理由", "张三", "25")
    assert row["applied"]
    assert (row["shown_in"], row["run_id"]) == tuple(desk.nights)
    assert (row["source"], row["sheet"], row["row"]) == ("异常清单.xlsx", "问题清单", 3)


def test_reading_the_same_words_again_adds_nothing(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "一行\n又一行", "张三")
    shutil.copy(desk.workbook, desk.copies / "副本.xlsx")
    for _ in range(3):
        assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1
    assert desk.view("change").empty


def test_a_night_with_nothing_new_changes_nothing(desk):
    desk.night([HOLD], pairs=[PAIR])
    first = desk.night([HOLD], pairs=[PAIR])
    second = desk.night([HOLD], pairs=[PAIR])
    pd.testing.assert_frame_equal(first.findings, second.findings)
    pd.testing.assert_frame_equal(first.pairs, second.pairs)
    assert desk.view("decision").empty
    assert desk.view("change").empty


def test_a_blank_is_no_decision(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "  ", "", None)
    assert status(desk.night([HOLD])) == "open"
    assert desk.view("decision").empty


def test_spaces_and_a_full_stop_do_not_matter(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", " 同 意。", " 好 ", "张三\u200b")
    assert entry(desk.night([HOLD])) == ("同意", "好", "张三")


# The value it was made about


def test_when_the_value_changes_the_finding_is_open_again_and_says_so(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    decided = desk.night([{**HOLD, "value": "30"}])
    assert status(decided) == "open"
    assert entry(decided) == (None, None, None)
    assert history(desk) == [("同意", False, "填报值由“25”变为“30”，重新列为待处理。")]


def test_what_changed_between_writing_and_reading_is_about_the_value_that_was_seen(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([{**HOLD, "value": "30"}])) == "open"
    assert desk.view("decision")["value"].tolist() == ["25"]
    assert status(desk.night([HOLD])) == "accepted"


def test_deciding_again_on_the_new_value_holds(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([{**HOLD, "value": "30"}])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([{**HOLD, "value": "30"}])) == "accepted"
    assert desk.view("decision")["value"].tolist() == ["25", "30"]


def test_a_decision_about_another_value_does_not_end_one_that_stands(desk):
    """A copy of the first night comes late: what is said in it is about the value that stood there."""
    first, then = HOLD | {"value": "13"}, HOLD | {"value": "12"}
    desk.night([first])
    copy = desk.settings.season / "首夜.xlsx"
    shutil.copy(desk.workbook, copy)
    desk.night([then])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([then])
    type_in(copy, "a1", "剔除", None, "李四")
    shutil.move(copy, desk.copies / "首夜.xlsx")
    assert status(desk.night([then])) == "accepted"
    assert history(desk) == [("同意", True, None), ("剔除", False, "填报值由“13”变为“12”，重新列为待处理。")]
    assert status(desk.night([then])) == "accepted"
    assert desk.view("change").empty
    assert status(desk.night([first])) == "excluded"


def test_verdicts_about_different_values_do_not_contradict_each_other(desk):
    first, then = HOLD | {"value": "13"}, HOLD | {"value": "12"}
    desk.night([first])
    shutil.copy(desk.workbook, desk.copies / "首夜.xlsx")
    desk.night([then])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    type_in(desk.copies / "首夜.xlsx", "a1", "剔除", None, "李四")
    decided = desk.night([then])
    assert status(decided) == "accepted"
    assert told(decided) == []


def test_what_was_taken_back_does_not_come_back_with_its_value(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.night([{**HOLD, "value": "30"}])
    type_in(desk.workbook, "a1", "撤销", None, "张三")
    desk.night([{**HOLD, "value": "30"}])
    assert status(desk.night([HOLD])) == "open"
    assert history(desk) == [("同意", False, "已撤销。"), ("撤销", True, None)]


def test_a_decision_on_a_pair_about_other_fields_does_not_end_one_that_stands(desk):
    desk.night(pairs=[PAIR])
    copy = desk.settings.season / "首夜.xlsx"
    shutil.copy(desk.workbook, copy)
    changed = [{}, {"headcount": 18}]
    desk.night(filings=changed, pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    desk.night(filings=changed, pairs=[PAIR])
    type_in(copy, PAIR_ID, "不合并", None, "李四")
    shutil.move(copy, desk.copies / "首夜.xlsx")
    assert desk.night(filings=changed, pairs=[PAIR]).pairs["outcome"].tolist() == ["merged"]
    assert [(verdict, holds) for verdict, holds, _ in history(desk)] == [("合并", True), ("不合并", False)]


def test_an_empty_value_is_a_value(desk):
    empty = {**HOLD, "value": None}
    desk.night([empty])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([empty])) == "accepted"
    assert status(desk.night([HOLD])) == "open"


def test_a_finding_that_is_gone_is_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "退回", None, "张三")
    desk.night([])
    assert history(desk) == [("退回", False, "这个问题已不再出现（已更正、已撤回或已有新版）。")]


def test_when_a_finding_is_gone_the_value_told_is_that_of_tonight(desk):
    about_headcount = {**HOLD, "filing_id": "f0", "value": "25"}
    desk.night([about_headcount], filings=[{"headcount": 25}])
    type_in(desk.workbook, "a1", "退回", None, "张三")
    desk.night([about_headcount], filings=[{"headcount": 25}])
    assert desk.view("decision_state")["value_now"].tolist() == ["25"]
    desk.night([], filings=[{"headcount": 18}])
    assert desk.view("decision_state")["value_now"].tolist() == ["18"]
    desk.night([], filings=[{"headcount": 18, "superseded_by": "已有新版“乙.xlsx”"}])
    assert desk.view("decision_state")["value_now"].tolist() == [None]


# Changing one's mind


def test_the_later_decision_replaces_the_earlier_and_both_are_kept(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "剔除", None, "李四")
    assert status(desk.night([HOLD])) == "excluded"
    assert history(desk) == [("同意", False, "已由后来的意见“剔除”取代。"), ("剔除", True, None)]


def test_changing_ones_mind_back_is_a_decision_of_its_own(desk):
    desk.night([HOLD])
    for verdict, becomes in (("同意", "accepted"), ("剔除", "excluded"), ("同意", "accepted"), ("剔除", "excluded")):
        type_in(desk.workbook, "a1", verdict, None, "张三")
        assert status(desk.night([HOLD])) == becomes
    assert [verdict for verdict, _, _ in history(desk)] == ["同意", "剔除", "同意", "剔除"]


def test_changing_ones_mind_back_in_a_copy_is_read_too(desk):
    desk.night([HOLD])
    copy = desk.copies / "张三.xlsx"
    shutil.copy(desk.workbook, copy)
    for verdict, becomes in (("同意", "accepted"), ("剔除", "excluded"), ("同意", "accepted")):
        type_in(copy, "a1", verdict, None, "张三")
        assert status(desk.night([HOLD])) == becomes
        assert status(desk.night([HOLD])) == becomes
    assert len(desk.view("decision")) == 3


def test_taking_back_opens_again_and_stays_history(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "撤销", "看错了", "张三")
    assert status(desk.night([HOLD])) == "open"
    assert history(desk) == [("同意", False, "已撤销。"), ("撤销", True, None)]
    assert status(desk.night([HOLD])) == "open"
    assert len(desk.view("decision")) == 2


def test_taking_back_nothing_is_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "撤销", None, "张三")
    assert "没有可以撤销的意见" in told(desk.night([HOLD]))[0]


def test_clearing_the_verdict_takes_nothing_back_and_says_so(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", None, None, "张三")
    assert status(desk.night([HOLD])) == "accepted"
    assert "撤销" in history(desk)[-1][2]


def test_clearing_all_three_is_a_blank(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1")
    assert entry(desk.night([HOLD])) == ("同意", None, "张三")
    assert len(desk.view("decision")) == 1


def test_an_old_copy_does_not_speak_over_a_newer_decision(desk):
    desk.night([HOLD, OTHER])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD, OTHER])
    old = desk.settings.season / "old.xlsx"
    shutil.copy(desk.workbook, old)
    type_in(desk.workbook, "a1", "剔除", None, "李四")
    desk.night([HOLD, OTHER])
    shutil.move(old, desk.copies / "old.xlsx")
    type_in(desk.copies / "old.xlsx", "b2", "退回", None, "张三")
    decided = desk.night([HOLD, OTHER])
    assert status(decided) == "excluded", "the copy only shows what an earlier night had put there"
    assert status(decided, "b2") == "returned"


# What cannot be understood is kept and said


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


def test_what_was_not_understood_can_be_noted_and_is_then_done_with(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        book["问题清单"]["O9"] = "不知放在哪里的一句"
    decided = desk.night([HOLD])
    about = decided.findings.loc[decided.findings["rule_id"].eq("decision-unclear"), "finding_id"].item()
    type_in(desk.workbook, about, "同意", None, "张三")
    assert status(desk.night([HOLD]), about) == "accepted"
    assert desk.night([HOLD]).findings["status"].tolist() == ["open", "accepted"]


def test_a_row_without_an_id(desk):
    desk.night([HOLD])
    with opened(desk.workbook) as book:
        book["问题清单"]["O9"] = "这里也有一句"
    decided = desk.night([HOLD])
    assert "没有编号" in told(decided)[0]
    assert desk.view("decision")["note"].tolist() == ["这里也有一句"]
    desk.night([HOLD])
    assert len(desk.view("decision")) == 1


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


def test_two_copies_that_agree(desk):
    desk.night([HOLD])
    for name in ("张三", "下级文件夹/李四"):
        copy = desk.copies / f"{name}.xlsx"
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(desk.workbook, copy)
        type_in(copy, "a1", "同意", None, name)
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 2


def test_a_decision_that_is_not_understood_leaves_the_earlier_one(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意了", None, "张三")
    assert status(desk.night([HOLD])) == "accepted"


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


@pytest.mark.parametrize("typed", [" 00AB34CD00AB34CD ", "００ab３４cd００ab３４cd", "00ab34cd00ab34cd\u200b"])
def test_an_id_in_other_letters_is_known(desk, typed):
    known = {**HOLD, "finding_id": "00ab34cd00ab34cd"}
    desk.night([known])
    with opened(desk.workbook) as book:
        book["问题清单"]["A3"], book["问题清单"]["N3"] = typed, "同意"
    assert status(desk.night([known]), known["finding_id"]) == "accepted"


# What begins with = or - becomes a formula


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


# A header that was touched

ID, OTHER_ID = "00ab34cd00ab34cd", "11ab34cd11ab34cd"
KNOWN = [{**HOLD, "finding_id": ID}, {**OTHER, "finding_id": OTHER_ID}]


def touched(desk, change) -> None:
    """A night, a decision on the first finding, and then ``change`` on the sheet, of which the header is row 2."""
    desk.night(KNOWN)
    type_in(desk.workbook, ID, "同意", "已核", "张三")
    with opened(desk.workbook) as book:
        change(book["问题清单"])


@pytest.mark.parametrize("titles", [{"处理人": "经办人"}, {"处理说明": "说明"}, {"处理意见": "意见"}, {"编号": "序号"}])
def test_a_title_that_was_renamed(desk, titles):
    touched(desk, lambda sheet: [_retitle(sheet, *renamed) for renamed in titles.items()])
    assert entry(desk.night(KNOWN), ID) == ("同意", "已核", "张三")


def test_all_three_titles_renamed(desk):
    new = {"处理意见": "处理\n意见（必填）", "处理说明": "怎么说", "处理人": "经办人"}
    touched(desk, lambda sheet: [_retitle(sheet, *renamed) for renamed in new.items()])
    assert entry(desk.night(KNOWN), ID) == ("同意", "已核", "张三")


def test_the_header_deleted(desk):
    touched(desk, lambda sheet: sheet.delete_rows(1, 2))
    decided = desk.night(KNOWN)
    assert entry(decided, ID) == ("同意", "已核", "张三")
    assert told(decided, "decision-workbook") == []


def test_the_header_sorted_into_the_middle(desk):
    touched(desk, lambda sheet: sheet.move_range("A3:P3", rows=-1) or _put(sheet, 3, FINDING_TITLES))
    assert entry(desk.night(KNOWN), ID) == ("同意", "已核", "张三")


def test_words_over_the_header_are_kept(desk):
    touched(desk, lambda sheet: sheet.__setitem__("O1", "写在标题行"))
    decided = desk.night(KNOWN)
    assert status(decided, ID) == "accepted"
    assert "没有编号" in told(decided)[0]
    assert "写在标题行" in set(desk.view("decision")["note"])


def test_a_sheet_of_the_reviewers_own(desk):
    desk.night(KNOWN)
    with opened(desk.workbook) as book:
        own = book.create_sheet("我的", 0)
        own.append(["编号", "处理意见", "处理说明", "处理人"])
        own.append([OTHER_ID, "退回", "另记", "李四"])
    assert entry(desk.night(KNOWN), OTHER_ID) == ("退回", "另记", "李四")


def test_a_column_that_cannot_be_found_is_said_and_its_words_are_kept(desk):
    def moved(sheet):
        sheet["S2"], sheet["S3"] = "批示", "请厅领导阅"
        sheet.delete_cols(15)

    touched(desk, moved)
    decided = desk.night(KNOWN)
    assert status(decided, ID) == "accepted"
    assert "批示：请厅领导阅" in entry(decided, ID)[1]
    assert "没有找到“处理说明”栏" in told(decided, "decision-workbook")[0]
    assert told(desk.night(KNOWN), "decision-workbook") == []


def test_tables_one_below_the_other(desk):
    """As a copy saved as a web page has them: the header of one does not hold for the next."""
    desk.night(KNOWN, pairs=[PAIR])
    with opened(desk.workbook) as book:
        first, second = book["问题清单"], book["疑似重复"]
        for place, row in enumerate(second.iter_rows(values_only=True)):
            first.append([*row[:8], *[("", "栏目", "某培训机构")[place]] * 8, *row[8:]])
        book.remove(second)
    desk.night(KNOWN, pairs=[PAIR])
    assert desk.view("decision").empty


def test_a_column_of_something_else_is_told_once(desk):
    findings = [{**HOLD, "finding_id": f"id{n}"} for n in range(8)]
    desk.night(findings)
    for number in range(8):
        type_in(desk.workbook, f"id{number}", f"第{number}农业大学")
    decided = desk.night(findings)
    assert len(desk.view("decision")) == 8
    (message,) = told(decided)
    assert "8 处" in message
    about = decided.findings.loc[decided.findings["rule_id"].eq("decision-unclear"), "finding_id"].item()
    type_in(desk.workbook, about, "同意", None, "张三")
    assert status(desk.night(findings), about) == "accepted"


def _retitle(sheet, old: str, new: str) -> None:
    next(cell for cell in sheet[2] if cell.value == old).value = new


def _put(sheet, row: int, values) -> None:
    for column, value in enumerate(values, 1):
        sheet.cell(row, column).value = value


# Workbooks that are not as they should be


@pytest.mark.parametrize("name", ["异常清单（我改的）.xlsx", "成都市/报送.xlsx"])
def test_a_copy_dropped_among_the_submissions_is_one_of_the_copies(desk, name):
    desk.night(KNOWN)
    stray = desk.settings.season / name
    stray.parent.mkdir(exist_ok=True)
    shutil.copy(desk.workbook, stray)
    type_in(stray, ID, "退回", "请补", "李四")
    assert entry(desk.night(KNOWN), ID) == ("退回", "请补", "李四")
    assert desk.view("decision")["source"].tolist() == [f"2020/{name}"]


@pytest.mark.parametrize("name", ["问题清单王处.xlsx", "王处/已看.xlsx"])
def test_a_copy_in_the_outputs_under_another_name_is_read(desk, name):
    desk.night([HOLD, OTHER])
    copy = desk.settings.published / name
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(desk.workbook, copy)
    type_in(copy, "a1", "退回", None, "王处")
    type_in(desk.workbook, "b2", "同意", None, "张三")
    decided = desk.night([HOLD, OTHER])
    assert (status(decided), status(decided, "b2")) == ("returned", "accepted")
    assert copy.exists()


def test_other_workbooks_among_the_outputs_are_nobodys_business(desk):
    desk.night([HOLD])
    book = Workbook()
    book.active.append(["通讯录", "电话"])
    book.save(desk.settings.published / "通讯录.xlsx")
    assert told(desk.night([HOLD]), "decision-workbook") == []


def test_a_broken_workbook_is_said_once_and_in_words_for_a_reviewer(desk):
    desk.night([HOLD])
    desk.workbook.write_bytes(b"PK\x03\x04 cut off")
    (message,) = told(desk.night([HOLD]), "decision-workbook")
    assert "处理意见没有读到" in message
    assert "报送" not in message
    assert told(desk.night([HOLD]), "decision-workbook") == []


def test_broken_workbooks_stop_nothing_and_are_said(desk):
    broken = [b"", b"PK\x03\x04 cut off", b"just text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.workbook.write_bytes(broken[1])
    for number, content in enumerate(broken):
        (desk.copies / f"坏{number}.xlsx").write_bytes(content)
    decided = desk.night([HOLD])
    assert status(decided) == "accepted", "what the warehouse has still holds"
    said = told(decided, "decision-workbook")
    assert len(said) == 5
    assert "异常清单.xlsx" in said[0]
    assert any(path.read_bytes() == broken[1] for path in desk.settings.published.glob("历史/*/异常清单.xlsx"))


def test_a_missing_workbook_is_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.workbook.unlink()
    decided = desk.night([HOLD])
    assert status(decided) == "accepted"
    assert "不在原处" in told(decided, "decision-workbook")[0]
    assert told(desk.night([HOLD]), "decision-workbook") == []


def test_the_first_night_misses_nothing(desk):
    assert told(desk.night([HOLD]), "decision-workbook") == []


def test_an_older_workbook_in_place_of_the_last_is_read_and_said(desk):
    desk.night([HOLD, OTHER])
    kept = desk.settings.season / "kept.xlsx"
    shutil.copy(desk.workbook, kept)
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD, OTHER])
    shutil.copy(kept, desk.workbook)
    type_in(desk.workbook, "b2", "退回", None, "李四")
    decided = desk.night([HOLD, OTHER])
    assert status(decided) == "accepted"
    assert status(decided, "b2") == "returned"
    assert "旧表" in told(decided, "decision-workbook")[0]


def test_a_copy_without_the_sheets_is_said(desk):
    desk.night([HOLD])
    (desk.copies / "别的.csv").write_text("单位,人数\n甲,3\n", "utf-8")
    assert "不是异常清单的副本" in told(desk.night([HOLD]), "decision-workbook")[0]


def test_a_workbook_that_outlived_its_warehouse_still_decides(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    desk.close()
    desk.settings.warehouse.unlink()
    assert entry(desk.night([HOLD])) == ("同意", "已核", "张三")


# Pairs


def test_pairs_are_law_for_linking_and_stay_so(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "不合并", "两期", "张三")
    for _ in range(2):
        decided = desk.night(pairs=[PAIR])
        assert decided.pairs["outcome"].tolist() == ["kept_apart"]
        assert decided.pairs["reviewer"].tolist() == ["张三"]
    assert len(desk.view("decision")) == 1
    assert "甲·项目名称：" in desk.view("decision").at[0, "value"]


def test_a_pair_is_offered_again_when_a_compared_field_changes_and_only_then(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    assert desk.night(filings=[{}, {"phone": "028-1"}], pairs=[PAIR]).pairs["outcome"].tolist() == ["merged"]
    changes = {
        "headcount": (18, "申报人数"),
        "title": ("别的培训", "项目名称"),
        "start_date": (date(2020, 5, 12), "拟出境日期"),
    }
    for field, (value, title) in changes.items():
        decided = desk.night(filings=[{}, {field: value}], pairs=[PAIR])
        assert decided.pairs["outcome"].tolist() == ["offered"]
        assert f"乙·{title}由“" in history(desk)[0][2]


def test_a_pair_one_of_which_is_gone(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    desk.night(filings=[{}])
    assert history(desk)[0][1:] == (False, "其中一项申报已不再有效，重新列为待判定。")


def test_a_pair_is_taken_back(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "不合并", None, "张三")
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "撤销", None, "张三")
    assert desk.night(pairs=[PAIR]).pairs["outcome"].tolist() == ["offered"]


def test_pairs_that_contradict_each_other_do_not_hold_and_are_said(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    decided = desk.night(pairs=[PAIR], contradictions=[(*PAIR, "评审意见相互矛盾。")])
    assert told(decided, "decision-contradiction") == ["评审意见相互矛盾。"]
    assert history(desk)[0] == ("合并", False, "与其他疑似重复的处理意见相互矛盾，改正前不生效。")
    assert desk.night(pairs=[PAIR]).pairs["outcome"].tolist() == ["merged"]


def test_a_note_on_a_pair_is_put_back(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, None, "再看", None)
    assert desk.night(pairs=[PAIR]).pairs["note"].tolist() == ["再看"]
    desk.night(pairs=[PAIR])
    assert len(desk.view("decision")) == 1


# While somebody has it open


def test_decisions_saved_during_the_night_are_read_the_next(desk):
    desk.night([HOLD, OTHER])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    decided = desk.night([HOLD, OTHER], during=lambda: type_in(desk.workbook, "b2", "剔除", None, "张三"))
    assert status(decided, "b2") == "open"
    assert "又被保存过" in desk.notes[0]
    beside = desk.settings.published / f"异常清单-{desk.nights[1]}.xlsx"
    assert beside.exists()
    assert "旧表和新表" in beside.with_suffix(".txt").read_text("utf-8-sig")
    type_in(beside, "a1", "退回", None, "李四")
    decided = desk.night([HOLD, OTHER])
    assert (status(decided), status(decided, "b2")) == ("returned", "excluded")
    assert {path.name for path in desk.settings.published.glob("异常清单*")} == {"异常清单.xlsx"}


def test_a_workbook_that_is_open_is_left_alone(desk):
    desk.night([HOLD])
    lock = "~$异常清单.xlsx"
    (desk.settings.published / lock).write_text("张三")
    type_in(desk.workbook, "a1", "同意", None, "张三")
    before = desk.workbook.read_bytes()
    assert status(desk.night([HOLD])) == "accepted"
    assert desk.workbook.read_bytes() == before
    assert lock in desk.notes[0]
    assert status(desk.night([HOLD])) == "accepted"
    beside = sorted(path.name for path in desk.settings.published.glob("异常清单-*"))
    assert beside == [f"异常清单-{desk.nights[2]}.txt", f"异常清单-{desk.nights[2]}.xlsx"], "only the newest stays"
    (desk.settings.published / lock).unlink()
    assert status(desk.night([HOLD])) == "accepted"
    assert not desk.notes
    assert not list(desk.settings.published.glob("异常清单-*"))
    assert len(desk.view("decision")) == 1


def test_a_workbook_that_cannot_be_replaced(desk, monkeypatch):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    rename = Path.rename

    def in_use(self, target):
        if self == desk.workbook:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", in_use)
    assert status(desk.night([HOLD])) == "accepted"
    assert "正被占用" in desk.notes[0]
    assert (desk.settings.published / f"异常清单-{desk.nights[1]}.xlsx").exists()
    monkeypatch.undo()
    desk.night([HOLD])
    assert {path.name for path in desk.settings.published.glob("异常清单*")} == {"异常清单.xlsx"}


def test_what_was_saved_into_the_history_is_read(desk):
    """A program that had the workbook open may save into the file that was moved away under it."""
    desk.night([HOLD])
    desk.night([HOLD])
    moved = desk.settings.published / "历史" / desk.nights[0] / "异常清单.xlsx"
    type_in(moved, "a1", "同意", None, "张三")
    assert status(desk.night([HOLD])) == "accepted"


def test_a_night_that_fails_reads_the_same_again(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    before = desk.workbook.read_bytes()
    desk.night([HOLD], fail=True)
    assert desk.workbook.read_bytes() == before
    assert desk.view("decision").empty
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1


# Nothing typed is lost

WORDS = st.none() | st.sampled_from([*VERDICTS["finding"], "合并", "可以", " 同意 ", "?"]) | st.text(max_size=5)


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(rounds=st.lists(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=3, max_size=3), min_size=1, max_size=2))
def test_nothing_typed_is_ever_lost(tmp_path_factory, rounds):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    findings = [{**HOLD, "finding_id": f"id{n}"} for n in range(3)]
    shown = {f"id{n}": (None, None, None) for n in range(3)}
    desk.night(findings)
    for typed in rounds:
        for about, words in zip(shown, typed, strict=True):
            type_in(desk.workbook, about, *(None if w is None else _storable(w) for w in words))
        said = _typed(desk.workbook)
        decided = desk.night(findings)
        kept = desk.view("decision").astype(object)
        kept = {
            tuple(None if pd.isna(v) else v for v in row)
            for row in kept[["about", "verdict", "note", "reviewer"]].to_numpy()
        }
        for about, words in said.items():
            if any(words) and words != shown[about]:
                assert (about, *words) in kept
        shown = {about: entry(decided, about) for about in shown}


def _storable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _typed(path: Path) -> dict[str, tuple]:
    said = {row.about: (row.verdict, row.note, row.reviewer) for row in written_in(path).rows}
    return {f"id{n}": said.get(f"id{n}", (None, None, None)) for n in range(3)}


# One sheet


def test_sheets_are_found_by_their_titles():
    decided = Grid(
        "已处理",
        [["编号", "处理意见", "处理说明", "处理人", "是否有效", "条款"], ["a1", "同意", None, "张", "有效", "x"]],
    )
    findings = Grid(
        "随便", [["批次：20200101-010203"], [], FINDING_TITLES, ["a1", *[None] * 12, "同意", None, "张"]], top=3
    )
    pairs = Grid("疑似", [PAIR_TITLES, ["p1", *[None] * 7, None, None, 7.0]])
    other = Grid("说明", [["处理意见", "含义"], ["同意", "放行"]])
    found = find([other, findings, decided, pairs], LAYOUT)
    assert found.shown_in == "20200101-010203"
    assert found.sheets == 2
    assert [(row.kind, row.about, row.verdict, row.reviewer, row.row, row.told) for row in found.rows] == [
        ("finding", "a1", "同意", "张", 6, False),
        ("finding", "a1", "同意", "张", 2, True),
        ("pair", "p1", None, "7", 2, False),
    ]


def test_a_formula_of_which_only_the_result_can_be_had_is_said():
    """As in xls, which keeps no formula as text."""
    row = [ID, *[None] * 12, "同意", "#NAME?", "张"]
    found = find([Grid("问题清单", [FINDING_TITLES, row], errors=frozenset({(2, 14)}))], LAYOUT)
    assert [row.note for row in found.rows] == ["#NAME?"]
    assert "第 2 行填写的内容成了公式" in found.trouble


@pytest.mark.parametrize("text", ["同意", " 同意", "同 意", "同意。", "“同意”", "同意\n", "同\u3000意！"])
def test_a_verdict_in_many_hands(text):
    assert verdict_word(text) == "同意"
