"""四（五）: a number from the national system, and one for each project."""

import pytest

from tests.rules.cases import Case, filing, group

SAME = {"otm_no": "OTM1"}
OTHER = {"file": "2020/乙.xlsx"}

CASES = [
    filing("otm-missing", otm_no=None),
    filing("otm-missing", otm_no="待定"),
    filing(otm_no="OTM1"),
    Case([SAME, {**SAME, "title": "水稻育种技术培训"}], ("otm-twice", "otm-twice")),
    Case([SAME, {"otm_no": "otm 1", "title": "水稻育种技术培训"}], ("otm-twice", "otm-twice")),
    Case([SAME, SAME]),
    Case([SAME, {**SAME, **OTHER, "title": "水稻育种技术培训"}]),
    Case([{"otm_no": None}, {"otm_no": None, "title": "水稻育种技术培训"}], ("otm-missing", "otm-missing")),
    # after linking: different groups, one number
    group(rows=[SAME, {**SAME, **OTHER}], together=[("f0", "f1")]),
    group("group-otm-twice", "group-otm-twice", rows=[SAME, {**SAME, **OTHER, "organiser": "四川省水利厅"}]),
    group("group-otm-twice", "group-otm-twice", rows=[SAME, {**SAME, **OTHER, "start_date": "2020-06-11"}]),
    # the same trip, perhaps the same group: for the reviewer of 疑似重复
    group(rows=[SAME, {**SAME, **OTHER, "theme": "水利", "start_date": "2020-06-10"}]),
    group(rows=[SAME, {**SAME, "title": "水稻育种技术培训", "theme": "水利"}]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)
