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
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)
