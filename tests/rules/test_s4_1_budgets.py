"""四（一）: no budget, no filing and no sending of people."""

import pytest

from tests.rules.cases import filing

NONE = {"organiser": "绵阳市农业信息中心"}
ACROSS = {"cross_region": True}

CASES = [
    filing(budgeted=True),
    filing("not-budgeted", budgeted=False),
    filing("unread-cell", budgeted=None, budgeted_filed="正在落实"),
    filing("organiser-without-budget", **NONE),
    filing("not-budgeted", budgeted=False, **NONE),
    filing("empty-cell", "organiser-without-budget", budgeted=None, **NONE),
    filing(**ACROSS, joining=({"participant": "绵阳市农业农村局"},)),
    filing("participant-not-budgeted", **ACROSS, joining=({"participant": "绵阳市农业农村局", "budgeted": False},)),
    filing("participant-without-budget", **ACROSS, joining=({"participant": "绵阳市农业信息中心"},)),
    filing("participant-not-budgeted", **ACROSS, joining=({"participant": "绵阳市农业信息中心", "budgeted": False},)),
    filing("empty-cell", **ACROSS, joining=({"participant": "绵阳市农业农村局", "budgeted": None},)),
    filing("organiser-without-budget", **NONE, joining=({"participant": "绵阳市农业信息中心", "participants": 15},)),
    # the text says otherwise than the cell
    *(
        filing("budget-text", remarks=said)
        for said in (
            "部门预算未安排，拟争取追加",
            "出国经费预算正在申请，暂未批复",
            "经费缺口较大",
            "本年度未编列因公出国经费",
        )
    ),
    filing("not-budgeted", budgeted=False, remarks="部门预算未安排，拟争取追加"),
    filing(remarks="经费已列入2020年部门预算"),
    filing(remarks="不存在经费缺口"),
    filing(content="未安排预算支出的识别算法、种薯补贴审计数据建模与案例演练，分单元考核"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)
