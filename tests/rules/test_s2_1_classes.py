"""二（一）, 二（二）: the classes and what each asks."""

import pytest

from tests.rules.cases import filing

LONG = {"days": 91, "start_date": "2020-03-02", "end_date": "2020-05-31"}
CITY = {"organiser": "绵阳市农业农村局"}

CASES = [
    filing(priority_class="一般"),
    filing(priority_class="优先3"),
    filing(priority_class="重点5"),
    # the class exists
    filing("priority-class-exists", priority_class=None, priority_class_filed="优先5"),
    filing("priority-class-exists", priority_class=None, priority_class_filed="优先项目（6）"),
    filing("key-class-exists", priority_class=None, priority_class_filed="重点6"),
    filing("unread-cell", priority_class=None, priority_class_filed="甲类"),
    filing("empty-cell", priority_class=None),
    # 优先1: mid-to-long-term, over 90 days, for specialists
    filing(priority_class="优先1", **LONG),
    filing(priority_class="优先1", training_type="科研生产类", **LONG),
    filing("class-long-term", priority_class="优先1", days=90, start_date="2020-03-02", end_date="2020-05-30"),
    filing("class-type", priority_class="优先1", training_type="一般性专业类", **LONG),
    filing("class-long-term", "class-type", priority_class="优先1", training_type="综合管理类"),
    # 优先2: for specialists, of any length
    filing(priority_class="优先2"),
    filing(priority_class="优先2", training_type="科研生产类"),
    filing("class-type", priority_class="优先2", training_type="一般性专业类"),
    # 优先4: no city or county unit
    filing(priority_class="优先4", training_type="党政综合管理类"),
    filing("class-level", priority_class="优先4", **CITY),
    filing("class-level", priority_class="优先4", organiser="三台县农业农村局"),
    filing(priority_class="优先3", **CITY),
    # what could not be read breaks nothing else
    filing("unread-cell", priority_class="优先1", days=None, days_filed="三个多月"),
    filing("unread-cell", priority_class="优先2", training_type=None, training_type_filed="技术类"),
    filing("unknown-organiser", priority_class="优先4", organiser="绵阳市新办"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ({"priority_class": "优先1"}, "二（一）1"),
        ({"priority_class": "优先2", "training_type": "综合管理类"}, "二（一）2"),
        ({"priority_class": "优先4", **CITY}, "二（一）4"),
        ({"priority_class": None, "priority_class_filed": "优先5"}, "二（一）"),
        ({"priority_class": None, "priority_class_filed": "重点 6"}, "二（二）"),
    ],
)
def test_each_class_has_its_own_clause(change, clause):
    assert filing(**change).findings()["clause"].tolist() == [clause]
