"""A decision holds as long as the value it was made about stands, or until somebody changes their mind."""

import shutil
from datetime import date

import pandas as pd
import pytest

from tests.decide.cases import HOLD, OTHER, PAIR, PAIR_ID, entry, history, status, told
from tests.desk import type_in

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]


# One decision


@pytest.mark.slow
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


@pytest.mark.slow
def test_reading_the_same_words_again_adds_nothing(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "一行\n又一行", "张三")
    shutil.copy(desk.workbook, desk.copies / "副本.xlsx")
    for _ in range(3):
        assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1
    assert desk.view("change")["what"].tolist().count("decision") == 1, "since the night in whose workbook it was typed"


@pytest.mark.slow
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


@pytest.mark.slow
def test_when_the_value_changes_the_finding_is_open_again_and_says_so(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    decided = desk.night([{**HOLD, "value": "30"}])
    assert status(decided) == "open"
    assert entry(decided) == (None, None, None)
    assert history(desk) == [("同意", False, "填报值由“25”变为“30”，重新列为待处理。")]


@pytest.mark.slow
def test_what_changed_between_writing_and_reading_is_about_the_value_that_was_seen(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([{**HOLD, "value": "30"}])) == "open"
    assert desk.view("decision")["value"].tolist() == ["25"]
    assert status(desk.night([HOLD])) == "accepted"


@pytest.mark.slow
def test_deciding_again_on_the_new_value_holds(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([{**HOLD, "value": "30"}])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([{**HOLD, "value": "30"}])) == "accepted"
    assert desk.view("decision")["value"].tolist() == ["25", "30"]


@pytest.mark.slow
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
    assert len(history(desk)) == 2
    assert status(desk.night([first])) == "excluded"


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_was_taken_back_does_not_come_back_with_its_value(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.night([{**HOLD, "value": "30"}])
    type_in(desk.workbook, "a1", "撤销", None, "张三")
    desk.night([{**HOLD, "value": "30"}])
    assert status(desk.night([HOLD])) == "open"
    assert history(desk) == [("同意", False, "已撤销。"), ("撤销", True, None)]


@pytest.mark.slow
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


@pytest.mark.slow
def test_an_empty_value_is_a_value(desk):
    empty = {**HOLD, "value": None}
    desk.night([empty])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    assert status(desk.night([empty])) == "accepted"
    assert status(desk.night([HOLD])) == "open"


@pytest.mark.slow
def test_a_finding_that_is_gone_is_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "退回", None, "张三")
    desk.night([])
    assert history(desk) == [("退回", False, "这个问题已不再出现（已更正、已撤回或已有新版）。")]


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_later_decision_replaces_the_earlier_and_both_are_kept(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "剔除", None, "李四")
    assert status(desk.night([HOLD])) == "excluded"
    assert history(desk) == [("同意", False, "已由后来的意见“剔除”取代。"), ("剔除", True, None)]


@pytest.mark.slow
def test_changing_ones_mind_back_is_a_decision_of_its_own(desk):
    desk.night([HOLD])
    for verdict, becomes in (("同意", "accepted"), ("剔除", "excluded"), ("同意", "accepted"), ("剔除", "excluded")):
        type_in(desk.workbook, "a1", verdict, None, "张三")
        assert status(desk.night([HOLD])) == becomes
    assert [verdict for verdict, _, _ in history(desk)] == ["同意", "剔除", "同意", "剔除"]


@pytest.mark.slow
def test_changing_ones_mind_back_in_a_copy_is_read_too(desk):
    desk.night([HOLD])
    copy = desk.copies / "张三.xlsx"
    shutil.copy(desk.workbook, copy)
    for verdict, becomes in (("同意", "accepted"), ("剔除", "excluded"), ("同意", "accepted")):
        type_in(copy, "a1", verdict, None, "张三")
        assert status(desk.night([HOLD])) == becomes
        assert status(desk.night([HOLD])) == becomes
    assert len(desk.view("decision")) == 3


@pytest.mark.slow
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


@pytest.mark.slow
def test_clearing_the_verdict_takes_nothing_back_and_says_so(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", None, None, "张三")
    assert status(desk.night([HOLD])) == "accepted"
    assert "撤销" in history(desk)[-1][2]


@pytest.mark.slow
def test_clearing_all_three_is_a_blank(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1")
    assert entry(desk.night([HOLD])) == ("同意", None, "张三")
    assert len(desk.view("decision")) == 1


@pytest.mark.slow
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


# Pairs


@pytest.mark.slow
def test_pairs_are_law_for_linking_and_stay_so(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "不合并", "两期", "张三")
    for _ in range(2):
        decided = desk.night(pairs=[PAIR])
        assert decided.pairs["outcome"].tolist() == ["kept_apart"]
        assert decided.pairs["reviewer"].tolist() == ["张三"]
    assert len(desk.view("decision")) == 1
    assert "甲·项目名称：" in desk.view("decision").at[0, "value"]


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_pair_is_taken_back(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "不合并", None, "张三")
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "撤销", None, "张三")
    assert desk.night(pairs=[PAIR]).pairs["outcome"].tolist() == ["offered"]


@pytest.mark.slow
def test_pairs_that_contradict_each_other_do_not_hold_and_are_said(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "合并", None, "张三")
    decided = desk.night(pairs=[PAIR], contradictions=[(*PAIR, "评审意见相互矛盾。")])
    assert told(decided, "decision-contradiction") == ["评审意见相互矛盾。"]
    assert history(desk)[0] == ("合并", False, "与其他疑似重复的处理意见相互矛盾，改正前不生效。")
    assert desk.night(pairs=[PAIR]).pairs["outcome"].tolist() == ["merged"]


@pytest.mark.slow
def test_a_note_on_a_pair_is_put_back(desk):
    desk.night(pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, None, "再看", None)
    assert desk.night(pairs=[PAIR]).pairs["note"].tolist() == ["再看"]
    desk.night(pairs=[PAIR])
    assert len(desk.view("decision")) == 1
