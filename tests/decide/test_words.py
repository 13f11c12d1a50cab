"""Words that are no verdict, words for the unit, and what is written in two sheets of one workbook."""

import pytest
from openpyxl import load_workbook

from schemas.data_file import read_data_file
from schemas.decisions import VERDICTS
from schemas.errors import DataFileError
from schemas.verdict_words import CALLED, FILE, load_verdict_words, verdict_words
from tests.decide.cases import HOLD, PAIR, PAIR_ID, entry, history, status, told
from tests.desk import opened, type_in

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("同意 。", "同意"),
        ("准予", "同意"),
        ("退回修改", "退回"),
        ("不同意", None),
        ("OK", None),
        ("√", None),
        ("保留意见", None),
    ],
)
def test_a_word_is_taken_for_a_verdict_only_where_it_can_mean_nothing_else(word, meant):
    assert verdict_words().meant(word) == meant


@pytest.mark.parametrize(
    ("kind", "word", "choices"),
    [
        ("finding", "不同意", ("退回", "剔除")),
        ("pair", "不同意", ("不合并",)),
        ("finding", "OK", ("同意",)),
        ("pair", "同意", ("合并",)),
        ("finding", "保留意见", ()),
        ("finding", "另议一下再说", None),
    ],
)
def test_a_word_that_may_mean_a_verdict_is_asked_back_with_the_choices(kind, word, choices):
    assert verdict_words().choices(kind, word) == choices


def test_no_word_of_the_file_is_a_verdict_of_the_kind_that_it_is_asked_of():
    for kind, asked in verdict_words().asked.items():
        assert not [word for word, choices in asked.items() if choices and word in VERDICTS[kind]]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('"准予"', '"ok"', "“ok”已有别的意思"),
        ('"同意" = [', '"赞成" = [', "“赞成”不是处理意见"),
        ('finding = ["退回", "剔除"]', 'finding = ["合并"]', "“合并”不在可选项"),
        ("[taken]", "[took]", "应有且只有 taken、asked 两项"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(tmp_path, old, new, wrong):
    path = tmp_path / "words.toml"
    path.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert read_data_file(path, CALLED)
    with pytest.raises(DataFileError, match=wrong):
        load_verdict_words(path)


def written(desk, about="a1"):
    """What stands in the entries of a row of the published workbook."""
    sheet = load_workbook(desk.workbook)["问题清单"]
    titles = [cell.value for cell in sheet[2]]
    row = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0] == about)
    return row[titles.index("处理意见") :]


def test_a_word_that_is_no_verdict_stays_in_its_row_until_it_is_mended(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "不同意", "天数太长", "张三")
    for _ in range(2):
        decided = desk.night([HOLD])
        assert written(desk) == ("不同意", "天数太长", "张三", None)
        assert (status(decided), decided.findings["unclear"].iloc[0]) == ("open", "不同意")
        assert "是要“退回”，还是“剔除”？" in told(decided)[0]
    assert len(desk.view("decision")) == 1
    type_in(desk.workbook, "a1", "退回", "天数太长", "张三")
    decided = desk.night([HOLD])
    assert (status(decided), written(desk)[0], told(decided)) == ("returned", "退回", [])


def test_a_word_that_is_no_verdict_over_one_that_holds_takes_nothing_from_it(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "属实", "张三")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "保留意见", "再看看", "李四")
    decided = desk.night([HOLD])
    assert (status(decided), written(desk)) == ("accepted", ("保留意见", "再看看", "李四", None))
    type_in(desk.workbook, "a1", "撤销", None, "李四")
    decided = desk.night([HOLD])
    assert (status(decided), written(desk), told(decided)) == ("open", (None,) * 4, [])


def test_a_word_that_is_no_verdict_can_be_taken_back(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "ok")
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "撤销")
    decided = desk.night([HOLD])
    assert (written(desk), told(decided)) == ((None,) * 4, [])


def test_what_was_written_is_kept_beside_the_verdict_that_it_is_taken_for(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "准予", "已核实", "张三")
    decided = desk.night([HOLD])
    assert entry(decided) == ("同意", "已核实\n（处理意见原写作“准予”）", "张三")
    assert len(history(desk)) == 1
    desk.night([HOLD])
    assert len(history(desk)) == 1


def test_of_a_pair_too(desk):
    desk.night([], pairs=[PAIR])
    type_in(desk.workbook, PAIR_ID, "同意", None, "张三")
    decided = desk.night([], pairs=[PAIR])
    pair = decided.pairs.iloc[0]
    assert (pair["outcome"], pair["unclear"]) == ("offered", "同意")
    assert "是要“合并”吗" in told(decided)[0]


def test_what_is_said_to_the_unit_lives_with_the_decision(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "退回", "内部的话", "张三", "请补合作函")
    assert desk.night([HOLD]).findings["to_unit"].tolist() == ["请补合作函"]
    assert desk.view("decision")["to_unit"].tolist() == ["请补合作函"]
    assert '"to_unit": "请补合作函"' in desk.settings.decision_log.read_text("utf-8")
    type_in(desk.workbook, "a1", "撤销", None, "张三")
    assert desk.night([HOLD]).findings["to_unit"].isna().all()


def test_what_is_said_to_the_unit_needs_no_verdict(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", to_unit="请写详细")
    decided = desk.night([HOLD])
    assert (status(decided), decided.findings["to_unit"].tolist(), told(decided)) == ("open", ["请写详细"], [])
    assert written(desk) == (None, None, None, "请写详细")


def second_sheet(desk, verdict, note=None):
    """The finding stands in another sheet of the workbook too, where something else is typed."""
    with opened(desk.workbook) as book:
        other = book.create_sheet("待办", 0)
        other.append(["级别", "条款", "问题", "填报值", "处理意见", "处理说明", "处理人", "给单位的话", "编号"])
        other.append(["待核", "四（三）", "……", "25", verdict, note, "李四", None, "a1"])


def test_the_same_verdict_in_two_sheets_is_one_decision_with_all_that_was_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "属实", "张三")
    second_sheet(desk, "同意", "已电话核实")
    assert entry(desk.night([HOLD])) == ("同意", "已电话核实；属实", "李四；张三")
    assert history(desk) == [("同意", True, None)]
    desk.night([HOLD])
    assert len(history(desk)) == 1


def test_other_verdicts_in_two_sheets_contradict_each_other_and_both_stay_in_sight(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "退回", "天数太长", "张三")
    second_sheet(desk, "同意", "已电话核实")
    decided = desk.night([HOLD])
    assert (status(decided), len(desk.view("decision"))) == ("open", 2)
    assert written(desk) == ("同意／退回", "已电话核实；天数太长", "李四；张三", None)
    type_in(desk.workbook, "a1", "同意", "已电话核实；天数太长", "李四")
    assert status(desk.night([HOLD])) == "accepted"
