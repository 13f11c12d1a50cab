"""二（五）: solved at home, sightseeing, no subject, societies, fees."""

from dataclasses import replace

import pandas as pd
import pytest

from flows.lineage import Lineage
from flows.validate.tables.titles import without_names
from tests import frames
from tests.rules.cases import REFERENCES, Case, filing

TEN = "国内没有这项关键技术"
TWENTY = "脱毒种薯三级繁育体系和病毒检测技术课程实"
COUNTRYWIDE = {"country": "德国", "institution": "慕尼黑农业学校"}


def budgets(*budgets: float, breaks: tuple[str, ...] = (), **change: object) -> Case:
    """Filings of 10 people and 20 days with these budgets (万元): 2 万元 are 100 元 a person and day."""
    shape = {"headcount": 10, "days": 20, "start_date": "2020-05-11", "end_date": "2020-05-30", **change}
    return Case([{**shape, "budget": budget, "letter_no": f"YX{n}"} for n, budget in enumerate(budgets)], breaks)


SOLVED_AT_HOME = [
    filing(necessity=TEN),
    filing("necessity", necessity=TEN[:9]),
    filing("necessity", necessity=f"{TEN[:5]}　 {TEN[5:9]}"),
    filing("necessity", necessity=f"{TEN[:9]}！！"),
    filing("necessity", necessity="......................"),
    filing(necessity=f"{TEN}。"),
    filing("necessity-empty", necessity=None),
    filing("necessity-empty", necessity="无", necessity_filed="无"),
]

SIGHTSEEING = [
    filing("sightseeing-title", title="赴荷兰现代农业考察"),
    filing("sightseeing-title", title="马铃薯种薯企业参观学习"),
    filing("sightseeing-content", content="课程三天，其余时间走访当地农业企业，了解经营情况。"),
    filing("sightseeing-content", content="与当地农业部门开展交流访问，听取情况介绍和工作座谈。"),
    filing("sightseeing-content", content="赴农场观摩种薯生产流程，与当地农户座谈交流种植经验。"),
    filing(
        "sightseeing-content",
        "sightseeing-title",
        title="农业参观",
        content="赴各地农场参观考察，并与当地农业协会座谈交流情况。",
    ),
    # other words with the same characters
    filing(title="干部考察队伍建设方法培训"),
    filing(title="马铃薯科学考察数据处理技术培训"),
    filing(title="休闲观光农业经营技术培训"),
    filing(content="手术观摩与模拟操作相结合，课程含围术期管理和并发症处理实训。"),
    filing(content="野外考察队伍的记录规范、采样方法与数据整理，前段授课后段实训。"),
    # denied
    filing(content="全程课堂教学与实训，课程期间不得安排与培训内容无关的参观。"),
    filing(content="全程课堂教学与实训，不得安排参观、考察等与培训无关的活动。"),
    filing(content="全程课堂教学与实训，严禁任何形式的参观考察和走访，结业考核。"),
    filing("sightseeing-content", content="严禁景区游览，安排走访当地农业企业五家并与负责人座谈。"),
    filing("sightseeing-content", content="不安排观光，而是参观当地农业企业五家并与负责人座谈。"),
    *(
        filing(content=f"全程课堂教学与跟班实训，分组完成作业，{denied}，结业考核。")
        for denied in (
            "不去景区参观",
            "不再安排走访",
            "未安排参观",
            "原则上不参观",
            "无参观考察内容",
            "全程无参观、考察安排",
            "非参观考察类项目",
            "并非参观考察性质",
            "绝无参观考察行程",
            "无实质参观考察",
            "不去景点观光",
            "剔除参观环节",
            "参考察尔汗盐湖提锂工艺",
            "数据交流访问控制技术实训",
            "测定客观摩擦系数",
            "人参观赏栽培",
            "不参观景点",
            "无走访",
            "课程考察合格后结业",
            "考察学员学习成效",
            "学习民情走访工作法",
        )
    ),
    *(
        filing("sightseeing-content", content=f"全程课堂教学与跟班实训，分组完成作业，{said}，结业考核。")
        for said in (
            "不仅参观农场",
            "赴不同企业参观",
            "无花果基地考察",
            "无核葡萄园参观",
            "非开挖工程参观",
            "未建成场馆参观",
            "无偿参观企业",
            "不虚此行地参观三家企业",
            "培训不收费并参观农场",
            "不懂外语的学员可参观农场",
            "不得不走访农户",
            "未来农场参观",
            "不住校，参观企业",
            "参访企业",
            "两地学员互访",
        )
    ),
    filing("empty-cell", content=None),
]

TEXTS = [
    # what else the same part of the sentence says counts
    *(
        filing(content=f"全程课堂教学与跟班学习，分组完成作业，{said}，结业考核。")
        for said in (
            "课堂教学12天、实训与现场观摩9天",
            "参观其中试车间并上机操作",
            "实地考察固定样地并采集样品",
            "田间性状考察指标",
            "病例考察与讨论",
            "博物馆观众参观动线优化",
            "滑雪赛道防护网设计",
            "温泉水化学采样",
        )
    ),
    # tourism and favours without the word
    *(
        filing("sightseeing-content", content=f"全程课堂教学与跟班学习，分组完成作业，{said}，结业考核。")
        for said in (
            "自由活动及城市走读",
            "返程经停迪拜休整",
            "城堡文化体验",
            "滑雪体验与温泉体验",
            "友城推介会与座谈",
        )
    ),
    *(
        filing("sightseeing-content", remarks=said)
        for said in ("可安排家属随行", "面向即将退居二线的同志", "作为对一线人员的慰问", "劳模疗休养")
    ),
    filing("sightseeing-content", necessity="国内无此技术；并为激励先进，安排年度考核优秀人员参加。"),
    filing(remarks="家属照护指导课程两天"),
    filing(remarks="不安排家属随行"),
    # a necessity that denies itself, or says nothing
    *(
        filing("necessity-weak", necessity=said)
        for said in (
            "国内培训机构虽能开展同类培训，但境外氛围更好。",
            "此项技术在国内已十分普及，可再作了解。",
            "开阔视野，学习先进经验，提高水平。",
            "高原特色马铃薯脱毒种薯繁育技术培训",
            "根据领导批示精神，需组织本次培训。",
        )
    ),
    filing(necessity="国内虽有机构开展常规检测，但无症状期快速检测尚属空白，无法解决。"),
    filing(necessity="按领导批示要求攻克种薯退化，国内缺少病毒检测的标准和技术。"),
    filing("necessity", necessity="开阔视野"),
]

SUBJECT = [
    filing("title-subject", title="赴荷兰培训"),
    filing(title="5G技术培训"),
    filing(title="赴荷兰项目管理培训班"),
    filing(title="培训师培训"),
    filing("title-subject", title="2020年四川省农业农村厅赴荷兰专题培训班"),
    filing("title-subject", title="农业农村厅干部能力提升培训项目（第二期）"),
    filing("title-subject", title="骨干人员综合素质提升研修班"),
    filing("title-subject", organiser="绵阳市农业农村局", title="绵阳市农业农村局赴荷兰学习"),
    *(
        filing("title-subject", title=title)
        for title in (
            "赴荷兰、德国培训",
            "赴欧洲培训",
            "赴荷兰慕尼黑农业学校培训",
            "20人赴荷兰21天培训",
            "绵阳市水务局赴荷兰培训",
        )
    ),
    filing(title="赴荷兰、德国种薯培训"),
    filing(title="慕尼黑农业学校种薯培训"),
    filing(title="赴荷兰马铃薯培训"),
    filing(title="种薯"),
    filing(title="四川省农业农村厅赴荷兰种薯培训班"),
    filing("empty-cell", title=None),
    filing(content=TWENTY),
    filing("content-length", content=TWENTY[:19]),
    filing("content-length", content=f"{TWENTY[:19]}……"),
    filing("content-length", content="  " + TWENTY[:19] + "　"),
]

SOCIETIES = [
    filing(
        "society-cross-region",
        organiser="四川省农学会",
        cross_region=True,
        joining=({"participant": "绵阳市农业农村局"},),
    ),
    filing(organiser="四川省农学会"),
    filing(organiser="四川省水利学会", theme="水利", cross_region=True, joining=({"participant": "绵阳市水务局"},)),
    filing(
        "cross-region-declared",
        "society-cross-region",
        organiser="四川省农学会",
        joining=({"participant": "绵阳市农业农村局"},),
    ),
]

FEES = [
    filing("charges-fees", charges_fees=True),
    filing("unread-cell", charges_fees=None, charges_fees_filed="视情况"),
    # 2 万元 are 100 元 a person and day; seven filings say nothing, eight do
    budgets(38, 39, 40, 40, 40, 41, 42, 120, breaks=("budget-outlier",)),
    budgets(38, 39, 40, 40, 41, 42, 120),
    # median 40, MAD 1: 3.5 is reached at 45.2, but half as much again at 60
    budgets(38, 39, 40, 40, 40, 41, 42, 59.9),
    budgets(38, 39, 40, 40, 40, 41, 42, 60, breaks=("budget-outlier",)),
    # median 40, MAD 10: 3.5 is reached over 91.9
    budgets(10, 20, 30, 40, 40, 50, 60, 91.8),
    budgets(20, 30, 30, 40, 40, 50, 50, 92, breaks=("budget-outlier",)),
    # all alike: only what is half as much again
    budgets(40, 40, 40, 40, 40, 40, 40, 41),
    budgets(40, 40, 40, 40, 40, 40, 40, 60, breaks=("budget-outlier",)),
    # what one person may cost, with nothing to compare
    budgets(120),
    budgets(120.1, breaks=("budget-per-head",)),
    budgets(38, 39, 40, 40, 40, 41, 42, 600000, breaks=("budget-per-head",)),
    filing(headcount=4, days=180, start_date="2020-03-01", end_date="2020-08-27", budget=320.0),
    filing("budget-per-head", headcount=4, days=180, start_date="2020-03-01", end_date="2020-08-27", budget=320.4),
    # low ones are not far out
    budgets(38, 39, 40, 40, 40, 41, 42, 1),
]

FEES_IN_TEXTS = [
    *(
        filing("fees-text", remarks=said)
        for said in (
            "每人交纳4.5万元",
            "培训费由学员自付部分，其余由单位负担",
            "按3万元/人缴纳培训费",
            "向参加人员收取报名费",
        )
    ),
    filing("charges-fees", charges_fees=True, remarks="每人交纳4.5万元"),
    filing(remarks="不向参训人员收取任何费用"),
    filing(remarks="费用由单位全额承担，个人不交费"),
    filing(content="种薯专利收费机制与评估模型，病毒检测和贮藏管理实训，分单元考核"),
]

CASES = [*SOLVED_AT_HOME, *SIGHTSEEING, *TEXTS, *SUBJECT, *SOCIETIES, *FEES, *FEES_IN_TEXTS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_breaks_exactly(found, case):
    assert sorted(found[case]["rule_id"]) == sorted(case.breaks)


def test_aliases_of_countries_and_units_are_no_subject():
    countries = pd.DataFrame({"country": ["荷兰"], "aliases": ["荷兰王国、Netherlands"]})
    units = pd.DataFrame({"unit": ["四川省农业农村厅"], "aliases": ["省农业厅、四川省农业厅"]})
    references = replace(
        REFERENCES,
        countries=REFERENCES.countries.assign(aliases=REFERENCES.countries["country"].map(dict(countries.to_numpy()))),
        units=REFERENCES.units.assign(aliases=REFERENCES.units["unit"].map(dict(units.to_numpy()))),
    )
    titles = ["赴荷兰王国培训", "赴NETHERLANDS培训", "省农业厅培训", "四川省农业厅赴荷兰王国学习班", "省农业厅种薯培训"]
    rows = [{"filing_id": f"f{n}", "row": 4 + n, "title": title} for n, title in enumerate(titles)]
    read = frames.readings(rows)
    filings = read.filings.assign(organiser_region=pd.Series("省级", index=read.filings.index))
    rest = without_names(filings, Lineage(read.cells).of(filings["filing_id"]), references)
    assert rest.tolist() == ["赴培训", "赴培训", "培训", "赴学习班", "种薯培训"]


def test_budgets_are_compared_within_a_country():
    dear = [{"budget": 120.0, **COUNTRYWIDE}] * 8
    assert Case([{"budget": 40.0}] * 8 + dear).findings().empty


def test_budgets_are_compared_with_those_of_about_as_many_days():
    short = {"headcount": 10, "budget": 40.0, "days": 20, "end_date": "2020-05-30"}
    long = {"headcount": 10, "budget": 120.0, "days": 200, "end_date": "2020-11-26"}
    assert Case([{**short, "budget": 55.0}, *[long] * 8]).findings().empty
    dear = Case([{**long, "budget": 250.0}, *[long] * 7, *[short] * 8]).findings()
    assert dear[["rule_id", "filing_id"]].to_numpy().tolist() == [["budget-outlier", "f0"]]


def test_the_outlier_is_told_with_figure_median_and_factor():
    (found,) = budgets(38, 39, 40, 40, 40, 41, 42, 120).findings().to_dict("records")
    assert found["message"] == (
        "经费预算 120 万元，折合每人每天 6000 元；赴荷兰 30 天以内的 8 项申报中位数为 2000 元，"
        "本项是其 3.0 倍，明显偏高（以 3000 元为界）。"
    )
    assert found["value"] == "120"


def test_a_short_reason_is_quoted():
    (found,) = filing(necessity="水平较低").findings().to_dict("records")
    assert found["message"] == "立项必要性填报为“水平较低”，不足 10 字，看不出国内为什么不能解决。"
