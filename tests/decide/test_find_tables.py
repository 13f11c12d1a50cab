"""The tables of a workbook that people have touched, and which column is which."""

import pytest

from flows.decide.find_tables import verdict_word
from flows.decide.layout import LAYOUT
from flows.decide.written_rows import find
from flows.read import Grid
from tests.decide.cases import HOLD, ID, KNOWN, OTHER_ID, PAIR, entry, status, told
from tests.desk import FINDING_TITLES, PAIR_TITLES, opened, type_in

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]


# A header that was touched


def touched(desk, change) -> None:
    """A night, a decision on the first finding, and then ``change`` on the sheet, of which the header is row 2."""
    desk.night(KNOWN)
    type_in(desk.workbook, ID, "同意", "已核", "张三")
    with opened(desk.workbook) as book:
        change(book["问题清单"])


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
