"""一: theme and business, hot countries, green channel, last year's execution."""

import pytest

from tests.rules.cases import NOTICE, REFERENCES, Case, filing

AGRICULTURE = {"organiser": "四川省农业农村厅"}
WATER = {"organiser": "四川省水利厅", "otm_no": "OTM20209999"}

CASES = [
    # 一（三）: the theme is of the organiser's business
    filing(theme="现代农业"),
    filing("theme-of-organiser", theme="智能制造"),
    filing(theme="畜牧兽医"),
    filing(theme="没有列出的领域"),
    *(filing("theme-of-organiser", theme=theme) for theme in ("水利工程", "水利工程建设", "森林防火", "智能制造技术")),
    *(filing(theme=theme) for theme in ("现代农业技术", "节水灌溉技术", "种业发展", "水利人工智能", "建设管理")),
    filing(theme="现代农业、智能制造"),
    filing(theme="智能制造、没有列出的领域"),
    filing("theme-of-organiser", theme="智能制造、审计"),
    filing("execution-rate", "theme-of-organiser", **WATER),
    filing("execution-rate", **WATER, theme="水利工程"),
    filing(organiser="绵阳市水务局", theme="水资源管理"),
    filing(organiser="绵阳市农业科学研究院", theme="现代农业"),
    filing(organiser="四川农业大学", theme="现代农业"),
    filing("theme-of-organiser", organiser="四川农业大学", theme="现代农业", training_type="综合管理类"),
    filing(organiser="四川农垦集团有限公司", theme="现代农业"),
    filing(organiser="四川省国资委", theme="智能制造"),
    filing(organiser="中共四川省委组织部", theme="现代农业"),
    # everyone's business tells nothing; a theme or a title of another system's words does
    filing(theme="应急管理"),
    filing(theme="人工智能"),
    filing(organiser="四川省畜牧科学研究院", theme="康养新业态", title="奶牛胚胎移植技术"),
    filing("theme-of-organiser", theme="智慧城市", title="桥梁健康监测"),
    filing("theme-of-organiser", theme="人工智能", title="心脏介入手术模拟训练"),
    filing(theme="没有列出的领域", title="智能灌溉与水稻栽培"),
    # what was approved last year is the unit's business too
    filing(organiser="四川省农业科学院", theme="土壤修复与地下水", title="土壤重金属钝化"),
    filing(organiser="绵阳市科学技术局", theme="智能制造"),
    # a theme that 二（三）3 or 二（三）4 judges is not judged again
    filing("reserved-theme", theme="宗教"),
    filing("unified-theme", theme="职业教育"),
    # 一（三）: hot countries
    filing("hot-country", country="美国", institution="加州农业推广学院"),
    filing(country="德国", institution="慕尼黑农业学校"),
    # 一（四）: green channel
    filing(green_channel="科研开发"),
    filing(green_channel="政府间协议"),
    filing("green-channel-basis", green_channel_filed="招商引资"),
    filing(green_channel_filed="无"),
    filing(green_channel_filed="/"),
    filing("green-channel-type", green_channel="科研开发", training_type="综合管理类"),
    filing("green-channel-type", green_channel="卡脖子技术", training_type="党政综合管理类"),
    filing(green_channel="政府间协议", training_type="综合管理类"),
    filing(green_channel="生产试制", training_type="一般性专业类"),
    # 一（五）: exactly half is not under half; a unit without projects last year has no rate
    filing(),
    filing("execution-rate", **WATER, theme="防洪减灾"),
    filing(organiser="绵阳市农业农村局"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_execution_is_told_once_a_unit_at_its_first_filing():
    case = Case([{**WATER, "theme": "水利", "row": 9}, {**WATER, "theme": "水利", "row": 5, "otm_no": "OTM20208888"}])
    (found,) = case.findings().query("rule_id == 'execution-rate'").to_dict("records")
    assert found["filing_id"] == "f1"
    assert found["cell"] == "C5"
    assert found["value"] == "四川省水利厅"
    assert "批复 20 人，执行 9 人，执行率 45.0%，低于 50%" in found["message"]


def test_every_theme_is_of_a_system_that_the_year_knows():
    known = set(NOTICE.system_names)
    assert {system for theme in NOTICE.themes for system in theme.systems} <= known
    assert len({name for theme in NOTICE.themes for name in (theme.name, *theme.also)}) == sum(
        1 + len(theme.also) for theme in NOTICE.themes
    ), "a theme is listed twice"


def test_rate_is_over_all_projects_of_the_unit():
    science = REFERENCES.last_year.query("organiser == '四川省农业科学院'")
    assert science[["approved", "executed"]].sum().tolist() == [40, 20]
    assert filing(organiser="四川省农业科学院").findings().empty
