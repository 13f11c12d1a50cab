"""What is true of a layout: four filings and who takes part in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.layouts.page import Book, Value
from tests.year import FILING

Filing = dict[str, Value]
"""One filing by the template's column names: its values as they must be read, None where there is none."""

UNIT = "四川省水利厅"
HEAD_CARD = "因公出国（境）培训项目申报表"

FILINGS: tuple[Filing, ...] = (
    {
        "seq": 1,
        "title": "高原河谷流域山洪预警与应急调度技术培训",
        "organiser": "四川省水利厅",
        "priority_class": "重点4",
        "training_type": "专业技术类",
        "theme": "水利",
        "cross_region": True,
        "country": "荷兰",
        "institution": "鹿特丹三角洲水利学院",
        "letter_no": "YX2020-0101",
        "content": "山洪预警指标体系、雨量雷达组网、水库群联合调度模型及桌面演练。",
        "necessity": "国内山洪小流域预报精度不足，缺少成体系的实训课程和案例库。",
        "headcount": 18,
        "days": 21,
        "start_date": date(2020, 3, 5),
        "end_date": date(2020, 3, 25),
        "provincial_cadres": 2,
        "degree_study": False,
        "funding_source": "省级财政、单位自筹",
        "budget": 72.5,
        "charges_fees": False,
        "budgeted": True,
        "expert_review": "通过",
        "green_channel": None,
        "otm_no": "OTM2020510101",
        "contact": "李老师",
        "phone": "028-55501001",
        "remarks": "与绵阳、宜宾联合组团",
    },
    {
        "seq": 2,
        "title": "奶牛养殖场粪污资源化利用技术培训",
        "organiser": "四川省农业农村厅",
        "priority_class": "重点3",
        "training_type": "一般性专业类",
        "theme": "现代农业",
        "cross_region": False,
        "country": "新西兰",
        "institution": "怀卡托草地畜牧学院",
        "letter_no": "YX2020-0102",
        "content": "干清粪工艺、厌氧发酵、沼液还田与养分平衡管理课程及牧场实训。",
        "necessity": "规模牧场粪污处理成本高，国内缺少养分平衡管理的成熟教学牧场。",
        "headcount": 15,
        "days": 20,
        "start_date": date(2020, 10, 11),
        "end_date": date(2020, 10, 30),
        "provincial_cadres": None,
        "degree_study": False,
        "funding_source": "单位自筹",
        "budget": 60.0,
        "charges_fees": False,
        "budgeted": True,
        "expert_review": "通过",
        "green_channel": None,
        "otm_no": "OTM2020510102",
        "contact": "王老师",
        "phone": "13900000002",
        "remarks": None,
    },
    {
        "seq": 3,
        "title": "卒中早期筛查与影像判读骨干医师研修",
        "organiser": "四川省卫生健康委员会",
        "priority_class": "优先1",
        "training_type": "专业技术类",
        "theme": "临床医学",
        "cross_region": False,
        "country": "德国",
        "institution": "海德堡临床医学培训院",
        "letter_no": None,
        "content": "卒中绿色通道流程、多模影像判读、取栓指征评估及模拟训练。",
        "necessity": "基层卒中中心影像判读能力薄弱，国内规范化模拟训练课程不足。",
        "headcount": 8,
        "days": 120,
        "start_date": date(2020, 4, 1),
        "end_date": date(2020, 7, 29),
        "provincial_cadres": None,
        "degree_study": False,
        "funding_source": "中央财政资助、其他",
        "budget": 96.0,
        "charges_fees": False,
        "budgeted": True,
        "expert_review": "通过",
        "green_channel": "卡脖子技术",
        "otm_no": "OTM2020510103",
        "contact": "张老师",
        "phone": "028-55501003",
        "remarks": None,
    },
    {
        "seq": 4,
        "title": "航空发动机叶片精密加工工艺研修",
        "organiser": "成都市科学技术局",
        "priority_class": "一般",
        "training_type": "科研生产类",
        "theme": "智能制造",
        "cross_region": False,
        "country": "美国",
        "institution": "底特律轨道车辆工程中心",
        "letter_no": "YX2020-0104",
        "content": "五轴加工、在线测量、复杂叶型误差补偿课程与车间实训。",
        "necessity": "复杂叶型在线测量精度不足，需系统学习误差补偿工艺。",
        "headcount": 11,
        "days": 14,
        "start_date": date(2020, 6, 15),
        "end_date": date(2020, 6, 28),
        "provincial_cadres": None,
        "degree_study": False,
        "funding_source": "企业自筹",
        "budget": 55.25,
        "charges_fees": False,
        "budgeted": False,
        "expert_review": "未评审",
        "green_channel": "生产试制",
        "otm_no": "OTM2020510104",
        "contact": "刘老师",
        "phone": "028-55501004",
        "remarks": "首次申报",
    },
)

TAKING_PART: tuple[tuple[int, str, int], ...] = (
    (1, "绵阳市水利局", 4),
    (1, "宜宾市水利局", 3),
)
"""序号 of the filing, the unit that takes part, how many it sends."""

TEMPLATE = tuple(column for column in FILING if column.name in FILINGS[0])
"""The columns of the form that layouts have; a column that the form gets later stands in none of them."""

TITLES = {column.name: column.title for column in TEMPLATE}


@dataclass
class Layout:
    """A file as an office sends it: ``book`` as written, ``name`` says what is odd about it.

    ``filings`` and ``taking_part`` are what must be read; columns in ``absent`` are not in the file; ``remarks`` are the
    kinds of remark that must be made, and no others; ``totals`` how many figures of totals it has.
    """

    name: str
    book: Book
    filings: Sequence[Mapping[str, Value]] = FILINGS
    taking_part: Sequence[tuple[int, str, int | None]] = ()
    unit: str | None = UNIT
    absent: frozenset[str] = frozenset()
    remarks: frozenset[str] = frozenset()
    totals: int = 0
    extra: dict[str, object] = field(default_factory=dict)


def changed(**changes: Mapping[int, Value] | Value) -> list[Filing]:
    """The four filings with, by column, a value for all or values by 序号."""
    filings = [dict(filing) for filing in FILINGS]
    for column, change in changes.items():
        for filing in filings:
            if not isinstance(change, Mapping):
                filing[column] = change
            elif filing["seq"] in change:
                filing[column] = change[filing["seq"]]
    return filings


def without(*columns: str) -> list[Filing]:
    """The four filings without these columns."""
    return [{name: value for name, value in filing.items() if name not in columns} for filing in FILINGS]
