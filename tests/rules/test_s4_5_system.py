"""四（五）: a number from the national system, and one for each project."""

import pandas as pd
import pytest

from flows.validate import validate
from tests import frames
from tests.rules.cases import BOOK, REFERENCES, Case, counted, filing, group

SAME = {"otm_no": "OTM1"}
OTHER = {"file": "2020/乙.xlsx"}
HALL = {"organiser": "四川省农业农村厅", "country": "德国", "institution": "慕尼黑农业学校"}
TRIP = [
    {**SAME, "headcount": 8},
    {**SAME, **OTHER, "headcount": 7, "start_date": "2020-05-18", "end_date": "2020-06-07"},
]

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
    # within one file it is said of the filings
    group(rows=[{**SAME, "headcount": 10}, {**SAME, "headcount": 10, "title": "水稻育种技术培训", "theme": "水利"}]),
    # last year's project is its own unit's
    filing(otm_no="OTM20190001"),
    filing("otm-of-another", otm_no="OTM20190001", organiser="四川省农业科学院"),
    filing("empty-cell", otm_no="OTM20190001", organiser=None),
    filing("otm-of-another", otm_no=" otm20190003", **HALL),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


@pytest.mark.parametrize(("asked", "found"), [(True, []), (False, ["group-otm-twice"] * 2)], ids=["asked", "answered"])
def test_what_is_perhaps_one_group_waits_for_the_reviewer_and_no_longer(asked, found):
    readings = Case(TRIP).readings()
    members, groups = frames.grouped(readings.filings)
    groups = counted(groups, members, readings)
    pairs = pd.DataFrame({"filing_id_l": ["f1"], "filing_id_r": ["f0"]}) if asked else None
    judged = validate(readings, BOOK, REFERENCES, ("group",), groups, members, pairs)
    assert judged["rule_id"].tolist() == found
    assert all("还用于另外的团组：“" in message and "见“2020/" in message for message in judged["message"])


def test_whose_number_it_is_is_told():
    (found,) = filing(otm_no="OTM20190001", organiser="四川省农业科学院").findings().to_dict("records")
    assert "OTM20190001 上年是四川省农业农村厅的项目“种薯培训”，本次由四川省农业科学院填报" in found["message"]


def test_the_other_projects_with_a_number_are_named():
    told = Case([SAME, {**SAME, "title": "水稻育种技术培训", "headcount": 9}]).findings()["message"]
    of_second = "“水稻育种技术培训”（9 人，2020-05-11 至 2020-05-31），见“2020/甲.xlsx”第 5 行"
    assert told.iloc[0] == f"每个项目只有一个系统项目编号，OTM1 在本文件中还用于另外的项目：{of_second}。"
    assert f"“{frames.VALID['title']}”（15 人，" in told.iloc[1]
