"""四（三）: people, days, degrees, and groups cut in several."""

import re

import pandas as pd
import pytest

from flows.validate import validate
from tests import frames
from tests.rules.cases import BOOK, REFERENCES, Case, counted, filing, group

OTHER_CONTENT = "水稻机插秧的育秧、整地与机械调试课程，田间操作与考核，共二十一天。"
JOINING = [
    {"participant": "绵阳市农业农村局", "participants": 9},
    {"participant": "德阳市农业农村局", "participants": 9},
]


def lasting(days: int, end: str, *breaks: str) -> Case:
    """A filing of so many days from 2 March 2020 on."""
    return filing(*breaks, days=days, start_date="2020-03-02", end_date=end)


def trips(*trips: tuple[int, str], breaks: tuple[str, ...] = (), **change: object) -> Case:
    """Groups of so many people that leave on these days for three weeks."""
    rows = [
        {"headcount": people, "start_date": start, "days": None, "end_date": None, **(change if n else {})}
        for n, (people, start) in enumerate(trips)
    ]
    return group(*breaks, rows=rows)


CASES = [
    filing(headcount=20),
    filing("headcount", headcount=21),
    filing("unread-cell", headcount=None, headcount_filed="二十余人"),
    lasting(14, "2020-03-15"),
    lasting(13, "2020-03-14", "days"),
    lasting(360, "2021-02-24"),
    lasting(361, "2021-02-25", "days"),
    filing("degree-study", degree_study=True),
    filing("unread-cell", degree_study=None, degree_study_filed="部分"),
    # the text says otherwise than the cell
    *(
        filing("degree-text", remarks=said)
        for said in ("联合培养博士", "修满学分可申请硕士学位", "结业后授予农学硕士学位", "按MBA核心课程安排")
    ),
    filing("degree-study", degree_study=True, remarks="攻读硕士学位"),
    filing(remarks="参训人员均具有博士学位"),
    filing(remarks="由获得博士学位五年以上的骨干参加，不攻读学位"),
    filing(remarks="博士后研究人员为主"),
    *(
        filing("people-text", headcount=20, remarks=said)
        for said in ("另有随团翻译2人不占名额", "另带工作人员3名", "分两批派出，每批20人")
    ),
    filing("headcount", headcount=21, remarks="另有随团翻译2人不占名额"),
    filing(headcount=20, remarks="每批供体20头，另加受体10头"),
    # after filings were brought together
    group(rows=[{"headcount": 18, "cross_region": True}], joining=JOINING),
    group(
        "group-headcount",
        rows=[{"headcount": 18, "cross_region": True}, {"headcount": 18, "cross_region": True, "file": "2020/乙.xlsx"}],
        together=[("f0", "f1")],
        joining=[*JOINING, {"filing_id": "f1", "participant": "绵阳市农业科学研究院", "participants": 5}],
    ),
    # of two lists the lead's counts, and the whole group is no share
    group(
        rows=[{"headcount": 18, "cross_region": True}, {"headcount": 18, "cross_region": True, "file": "2020/乙.xlsx"}],
        together=[("f0", "f1")],
        joining=[*JOINING, {"filing_id": "f1", "participant": "绵阳市农业农村局", "participants": 18}],
    ),
    # the lead contradicts itself, which is said of its filing
    group(
        rows=[{"headcount": 18, "cross_region": True}],
        joining=[*JOINING, {"participant": "三台县农业农村局"}],
    ),
    group(rows=[{"headcount": 21, "cross_region": True}], joining=[*JOINING, {"participant": "三台县农业农村局"}]),
    # one group cut in several
    trips((12, "2020-05-11"), (12, "2020-06-10"), breaks=("group-split", "group-split")),
    trips((12, "2020-05-11"), (12, "2020-06-11")),
    trips((10, "2020-05-11"), (10, "2020-06-01")),
    trips((10, "2020-05-11"), (11, "2020-06-01"), breaks=("group-split", "group-split")),
    trips((12, "2020-05-11"), (12, "2020-06-10"), theme="智能制造", content=OTHER_CONTENT),
    trips((12, "2020-05-11"), (12, "2020-06-10"), institution="某农业学校", content=OTHER_CONTENT),
    # renamed: the same content, told under another theme or at another institution
    trips((12, "2020-05-11"), (12, "2020-06-10"), theme="种业", breaks=("group-split",) * 2),
    trips((12, "2020-05-11"), (12, "2020-05-11"), institution="某农业学校", title="乙团", breaks=("group-split",) * 2),
    trips((12, "2020-05-11"), (12, "2020-06-11"), theme="种业"),
    trips((10, "2020-05-11"), (10, "2020-05-11"), theme="种业"),
    trips((12, "2020-05-11"), (12, "2020-06-10"), organiser="四川省水利厅"),
    trips((8, "2020-05-11"), (8, "2020-06-05"), (8, "2020-07-01")),
    trips((8, "2020-05-11"), (8, "2020-05-18"), (8, "2020-05-25"), breaks=("group-split",) * 3),
    trips((25, "2020-05-11"), (8, "2020-05-18")),
    group(rows=[{"headcount": 12}, {"headcount": 12, "file": "2020/乙.xlsx"}], together=[("f0", "f1")]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_what_was_cut_is_told_and_where_the_other_part_stands():
    same, renamed = (
        trips((12, "2020-05-11"), (12, "2020-06-10"), **change).findings()["message"].tolist()
        for change in ({}, {"theme": "种业", "title": "种薯培训B团"})
    )
    assert same[0] == (
        "申报人数 12；四川省农业农村厅就同一领域赴同一机构，30 天内共 2 个团组、24 人，超过每团 20 人的原则上限，可能是一个团组拆分。"
        "另外的团组：“高原特色马铃薯脱毒种薯繁育技术培训”（12 人，2020-06-10 出境），见“2020/甲.xlsx”第 5 行。"
    )
    assert "四川省农业农村厅用同样的培训内容，30 天内共 2 个团组、24 人" in renamed[0]
    assert renamed[0].endswith("另外的团组：“种薯培训B团”（12 人，2020-06-10 出境），见“2020/甲.xlsx”第 5 行。")


def test_only_those_that_leave_at_about_the_time_are_named():
    found = trips(*((11, day) for day in ("2020-01-10", "2020-02-05", "2020-09-01", "2020-09-20"))).findings()
    named = [re.findall(r"第 (\d) 行", message) for message in found["message"]]
    assert named == [["5"], ["4"], ["7"], ["6"]]


@pytest.mark.parametrize(
    ("unit", "found"),
    [("四川省农业农村厅", 2), ("绵阳市农业农村局", 0)],
    ids=["filed by the organiser both times", "once by an office about the organiser's"],
)
def test_what_is_perhaps_one_group_told_twice_is_not_called_cut(unit, found):
    readings = trips((12, "2020-05-11"), (10, "2020-05-13"), unit=unit).readings()
    members, groups = frames.grouped(readings.filings)
    groups = counted(groups, members, readings)
    offered = pd.DataFrame({"filing_id_l": ["f0"], "filing_id_r": ["f1"]})
    judged = [validate(readings, BOOK, REFERENCES, ("group",), groups, members, pairs) for pairs in (None, offered)]
    assert [judgement["rule_id"].eq("group-split").sum() for judgement in judged] == [2, found]


def test_people_over_the_limit_are_told_with_limit():
    (found,) = filing(headcount=25).findings().to_dict("records")
    assert found["message"] == "申报人数 25 人，超过每团 20 人的原则上限。"
    assert found["advice"] == "请压缩人数；确需增加人数的，请书面说明理由。"
    assert (found["cell"], found["value"], found["column"]) == ("M4", "25", "申报人数")
