"""待办: what waits for the office, a project a block, and what is read back from it."""

from importlib import import_module

import openpyxl
import pytest

from flows.publish.workbook.breaks import page_ends
from schemas.sheets.exceptions import TODO
from tests import looks
from tests.desk import written_in
from tests.looks import A, Night, write

pytestmark = pytest.mark.slow

room = import_module("flows.publish.exceptions.todo")  # the package has the function of this name

HOLD = {
    "severity": "hold",
    "clause": "四（三）",
    "message": "申报人数 25 人，超过 20 人。",
    "file": A,
    "sheet": "项目申报",
}
HELD = {"disposition": "held", "filing_id": "f0", "necessity": "国内没有。", "content": "讲课。", "title": "某项目"}
PAIR = looks.PAIRS_FOUND[0] | {"outcome": "offered", "verdict": None, "note": None, "reviewer": None}


def desk(folder, **about):
    """The sheet's rows under its header, by title, of a night of these rows."""
    path = write(folder, [Night(**about)])
    sheet = openpyxl.load_workbook(path / "异常清单.xlsx")["待办"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(place for place, row in enumerate(rows) if row[-1] == "编号")
    assert tuple(rows[top]) == TODO.titles
    return sheet, [dict(zip(TODO.titles, row, strict=True)) for row in rows[top + 1 :]], rows[:top]


def test_only_what_waits_for_the_office_stands_there(tmp_path):
    findings = [
        HOLD | {"finding_id": "h0", "filing_id": "f0"},
        HOLD | {"finding_id": "r0", "severity": "return", "filing_id": "f1"},
        HOLD | {"finding_id": "h1", "filing_id": "f2"},
        HOLD | {"finding_id": "p1", "severity": "prohibit", "filing_id": "f2"},
        HOLD | {"finding_id": "h3", "filing_id": "f3"},
        HOLD | {"finding_id": "s0", "filing_id": None},
    ]
    filings = [
        HELD,
        {"filing_id": "f1", "disposition": "returned"},
        {"filing_id": "f2", "disposition": "prohibited"},
        {"filing_id": "f3", "disposition": "merged", "group_id": "g-f4"},
    ]
    _, rows, above = desk(tmp_path, filings=filings, findings=findings)
    assert {row["编号"] for row in rows if row["编号"]} == {"s0", "h0"}
    assert above[2][0].startswith("等待处理：2 项，其中问题 2 条")


def test_a_block_tells_the_project_and_what_letting_it_in_would_do(tmp_path):
    findings = [
        HOLD | {"finding_id": "h0", "filing_id": "f0"},
        HOLD | {"finding_id": "a0", "severity": "advise", "filing_id": "f0", "message": "提醒。"},
    ]
    sheet, rows, _ = desk(tmp_path, filings=[HELD], findings=findings)
    heading, facts, held, remark = rows
    assert heading["级别"].startswith("1. 某项目")
    assert "立项必要性：国内没有。\n培训内容：讲课。" in facts["级别"]
    assert held["选“同意”后"].startswith("纳入计划")
    assert (remark["编号"], remark["选“同意”后"]) == (None, "只作提醒。")
    assert len([merged for merged in sheet.merged_cells.ranges if merged.max_col == len(TODO.columns)]) == 3 + 2 + 1


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"severity": "hold", "clause": "四（四）"}, "还须同意另外 1 条（四（四））。"),
        ({"severity": "return", "clause": "四（二）"}, "仍须单位修改：另有 1 条（四（二））。"),
        ({"severity": "return", "filing_id": None}, "仍须单位修改：另有 1 条"),
        ({"severity": "hold", "status": "accepted", "verdict": "同意"}, "纳入计划"),
    ],
)
def test_what_else_keeps_a_project_out_is_told(tmp_path, other, told):
    findings = [HOLD | {"finding_id": "h0", "filing_id": "f0"}, HOLD | {"finding_id": "x1", "filing_id": "f0"} | other]
    _, rows, _ = desk(tmp_path, filings=[HELD | {"file": A}], findings=findings)
    assert next(row for row in rows if row["编号"] == "h0")["选“同意”后"].startswith(told)


def test_only_rows_with_a_code_are_to_be_filled_in_and_each_offers_its_own_words(tmp_path):
    findings = [HOLD | {"finding_id": "h0", "filing_id": "f-a1"}]
    filings = [one | {"disposition": "held"} for one in looks.FILINGS]
    sheet, _, _ = desk(tmp_path, filings=filings, findings=findings, pairs=[PAIR])
    unlocked = {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    first = TODO.titles.index("处理意见") + 1
    by_code = {sheet.cell(row, len(TODO.columns)).value: row for row in range(6, sheet.max_row + 1)}
    assert unlocked == {(by_code["h0"], first + n) for n in range(4)} | {
        (by_code[PAIR["pair_id"]], first + n) for n in range(3)
    }
    lists = {rule.formula1: rule.sqref for rule in sheet.data_validations.dataValidation}
    assert sheet.cell(by_code["h0"], first).coordinate in lists['"同意,退回,剔除,撤销"']
    assert sheet.cell(by_code[PAIR["pair_id"]], first).coordinate in lists['"合并,不合并,撤销"']


def test_it_is_as_wide_as_a_screen_and_printed_at_nine_points():
    pixels = sum(int(column.width * 8 + 5) for column in TODO.columns)
    assert pixels <= 1250
    assert room._POINTS * (11.69 - 0.8) * 96 / pixels >= 9


def test_what_is_no_verdict_stands_first_and_is_counted_on_the_first_page(tmp_path):
    findings = [
        HOLD | {"finding_id": "h0", "filing_id": "f0"},
        HOLD | {"finding_id": "h1", "filing_id": "f1", "unclear": "不同意", "note": "太长", "status": "open"},
    ]
    filings = [HELD, HELD | {"filing_id": "f1", "title": "另一项目"}]
    sheet, rows, above = desk(tmp_path, filings=filings, findings=findings)
    assert next(row["处理意见"] for row in rows if row["编号"]) == "不同意"
    assert "有 1 处填写的不是可选的意见" in above[2][0]
    book = sheet.parent
    guide = [cell.value for row in book["说明"].iter_rows() for cell in row if cell.value]
    assert "意见待明确" in guide
    first = next(row for row in book["问题清单"].iter_rows(values_only=True) if "不同意" in row)
    assert first[-1] == "h1"


def test_what_a_verdict_broke_says_so(tmp_path):
    filings = [
        HELD | {"otm_no": "O1", "disposition": "returned"},
        {"filing_id": "f1", "otm_no": "O1", "disposition": "returned", "title": "乙"},
    ]
    findings = [
        HOLD
        | {
            "finding_id": f"t{n}",
            "severity": "return",
            "rule_id": "group-otm-twice",
            "filing_id": f"f{n}",
            "group_id": f"g-f{n}",
        }
        for n in range(2)
    ]
    pair = PAIR | {
        "filing_id_l": "f0",
        "filing_id_r": "f1",
        "outcome": "kept_apart",
        "verdict": "不合并",
        "reviewer": "李四",
    }
    _, rows, _ = desk(tmp_path, filings=filings, findings=findings, pairs=[pair])
    told = next(row for row in rows if row["编号"] == "t0")["选“同意”后"]
    assert "由“不合并”（李四）引起：与“乙”编号相同。" in told


def test_what_is_filled_in_there_is_read(tmp_path):
    findings = [HOLD | {"finding_id": "00ab34cd00ab34cd", "filing_id": "f0", "value": "25"}]
    path = write(tmp_path, [Night([HELD], findings)]) / "异常清单.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["待办"]
    row = next(row for row in sheet.iter_rows() if row[-1].value == "00ab34cd00ab34cd")
    for title, word in {"处理意见": "同意", "处理说明": "属实", "处理人": "张三", "给单位的话": "=1+1"}.items():
        row[TODO.titles.index(title)].value = word
        row[TODO.titles.index(title)].data_type = "s"
    book.save(path)
    (said,) = written_in(path).rows
    assert (said.sheet, said.about, said.value) == ("待办", "00ab34cd00ab34cd", "25")
    assert (said.verdict, said.note, said.reviewer, said.to_unit) == ("同意", "属实", "张三", "=1+1")


def test_more_than_it_shows_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MOST_BLOCKS", 2)
    filings = [HELD | {"filing_id": f"f{n}"} for n in range(4)]
    findings = [HOLD | {"finding_id": f"h{n}", "filing_id": f"f{n}"} for n in range(4)]
    _, rows, above = desk(tmp_path, filings=filings, findings=findings)
    assert len([row for row in rows if row["编号"]]) == 2
    assert "等待处理：4 项" in above[2][0]
    assert "本表列前 2 项" in above[2][0]


@pytest.mark.parametrize(
    ("heights", "starts", "ends"),
    [([200.0] * 4, [0, 2], [2]), ([100.0] * 3, [0, 1, 2], []), ([2000.0, 500.0], [0, 1], [1]), ([], [], [])],
)
def test_no_block_is_parted_in_print_unless_it_is_longer_than_a_page(heights, starts, ends):
    assert page_ends(heights, starts, 60.0, 30.0, [140.0]) == ends
