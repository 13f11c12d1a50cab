"""Several values where one is asked for are all told; what is one value in several words is one."""

import pytest

from flows.read.values import Institutions, Unclear
from schemas.columns import FILING, by_name
from tests.reading import KNOWN

COLUMNS = by_name(FILING)


@pytest.mark.parametrize(
    ("column", "text", "values"),
    [
        ("priority_class", "重点1、重点3", ("重点1", "重点3")),
        ("priority_class", "优先2或一般", ("优先2", "一般")),
        ("training_type", "综合管理类/专业技术类", ("综合管理类", "专业技术类")),
        ("cross_region", "是/否", ("是", "否")),
        ("start_date", "2020-03-01、2020-04-01", ("2020年3月1日", "2020年4月1日")),
        ("start_date", "2020/3/1 2020/4/1", ("2020年3月1日", "2020年4月1日")),
        ("end_date", "2020年3月1日至3月20日", ("2020年3月1日", "2020年3月20日")),
        ("headcount", "15人、18人", ("15人", "18人")),
        ("days", "14天和21天", ("14天", "21天")),
        ("budget", "60万元；50万元", ("60万元", "50万元")),
        ("seq", "3、4", ("3", "4")),
        ("otm_no", "OTM2020510101、OTM2020510102", ("OTM2020510101", "OTM2020510102")),
    ],
)
def test_all_values_are_told(column, text, values):
    assert KNOWN.values.reader(COLUMNS[column])(text) == Unclear(values, several=True)


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("priority_class", "重点1、重点1", "重点1"),
        ("headcount", "15、若干", None),
        ("headcount", "1,500", 1500),
        ("budget", "财政30万元、自筹20万元", None),
        ("funding_source", "省级财政、单位自筹", "省级财政、单位自筹"),
        ("expert_review", "经专家评审，通过", "通过"),
    ],
)
def test_what_is_one_value_or_none_is_not_several(column, text, meant):
    assert KNOWN.values.reader(COLUMNS[column])(text) == meant


def test_institutions_that_are_known_are_several():
    known = Institutions({"莱茵河谷农业学院": "莱茵河谷农业学院", "怀卡托草地畜牧学院": "怀卡托草地畜牧学院"})
    assert known.read("莱茵河谷农业学院、怀卡托草地畜牧学院") == Unclear(
        ("莱茵河谷农业学院", "怀卡托草地畜牧学院"), several=True
    )
    assert known.read("莱茵河谷农业学院、某处") == "莱茵河谷农业学院、某处"
