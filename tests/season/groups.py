"""Groups that several offices file, and pairs that only look as if they were one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tests.season.institutions import INSTITUTION
from tests.season.offices import OFFICE, of_city, phone
from tests.season.projects import Filing, Office2020, Row, money


@dataclass(frozen=True)
class Joining:
    """A city's office that sends ``people`` and files the group too, in its own words.

    ``kind`` is the office's short name; ``institution`` how it writes the host; ``slip`` by how many days its dates are
    off; ``number`` whose 系统项目编号 it gives; ``organiser`` whom it names as 组团单位; ``cross`` what it puts for 是否双跨.
    """

    city: str
    kind: str
    people: int
    title: str
    institution: Literal["name", "foreign", "alias"] = "foreign"
    slip: int = 0
    number: Literal["lead", "own"] = "own"
    organiser: Literal["lead", "short", "own"] = "lead"
    cross: bool = True

    @property
    def office(self) -> str:
        """Its full name."""
        return of_city(self.city, self.kind)


@dataclass(frozen=True)
class Group:
    """A real group: the lead files it with ``people`` of its own besides those who join."""

    lead: str
    subject: str
    people: int
    joining: tuple[Joining, ...]


GROUPS = (
    Group(
        "四川省水利厅",
        "中小河流洪水预报",
        5,
        (
            Joining("绵阳", "水利局", 4, "赴国外学习中小河流短历时洪水预报方法（绵阳）", "foreign", 1),
            Joining("泸州", "水利局", 4, "中小河流洪水预报预警技术培训", "alias", 0, "lead"),
            Joining("达州", "水利局", 3, "中小河流洪水预报技术人员出国培训", "foreign", 2, cross=False),
        ),
    ),
    Group(
        "四川省水利厅",
        "农村供水工程水质提升",
        9,
        (Joining("南充", "水利局", 6, "乡村供水工程水质提升研修", "foreign", 2, organiser="short"),),
    ),
    Group(
        "四川省农业农村厅",
        "农药残留快速筛查",
        8,
        (
            Joining("成都", "农业局", 5, "农产品农药残留快速检测技术培训", "name", 0, "lead"),
            Joining("眉山", "农业局", 4, "农药残留筛查方法培训（省厅组团）", "foreign", 3),
        ),
    ),
    Group(
        "四川省农业科学院",
        "节水灌溉自动控制",
        7,
        (
            Joining("凉山", "农业局", 4, "节水灌溉自动化控制培训", "foreign", 1),
            Joining("攀枝花", "农业局", 3, "赴国外节水灌溉自动控制技术研修", "alias", 0),
            Joining("资阳", "农业局", 3, "丘陵区节水灌溉自动控制技术培训", "name", 3, "lead"),
        ),
    ),
    Group(
        "四川省卫生健康委员会",
        "传染病监测预警",
        10,
        (
            Joining("宜宾", "卫健委", 4, "传染病症状监测与预警培训", "foreign", 2),
            Joining("广安", "卫健委", 3, "传染病监测预警骨干人员培训", "name", 0, organiser="short"),
        ),
    ),
    Group(
        "四川省卫生健康委员会",
        "慢性病社区综合干预",
        12,
        (Joining("德阳", "卫健委", 6, "社区慢性病综合干预技术培训", "alias", 1, "lead"),),
    ),
    Group(
        "四川省生态环境厅",
        "流域水质断面溯源",
        6,
        (
            Joining("宜宾", "环保局", 4, "流域断面水质污染溯源技术培训", "foreign", 0, "lead"),
            Joining("泸州", "环保局", 4, "水质断面溯源研修", "name", 2),
            Joining("乐山", "环保局", 3, "赴国外开展流域水质断面溯源培训", "foreign", 1, organiser="own", cross=False),
        ),
    ),
    Group(
        "四川省教育厅",
        "孤独症儿童融合教育",
        9,
        (
            Joining("自贡", "教育局", 4, "孤独症学生融合教育教师培训", "foreign", 1),
            Joining("内江", "教育局", 3, "孤独症儿童融合教育专题研修（内江）", "alias", 0),
        ),
    ),
    Group(
        "四川省住房和城乡建设厅",
        "历史城区保护与更新",
        12,
        (Joining("南充", "住建局", 5, "历史城区保护更新培训", "foreign", 3, "lead"),),
    ),
    Group(
        "四川省应急管理厅",
        "山区泥石流灾害应急处置",
        6,
        (
            Joining("阿坝", "应急局", 4, "泥石流灾害应急处置技术培训", "foreign", 2),
            Joining("甘孜", "应急局", 4, "山区泥石流应急处置研修", "name", 0, "lead"),
            Joining("雅安", "应急局", 3, "雅安山区泥石流灾害应急处置培训", "foreign", 1, organiser="own"),
        ),
    ),
    Group(
        "四川省文化和旅游厅",
        "山地度假旅游产品开发",
        11,
        (Joining("阿坝", "文旅局", 5, "高山度假旅游产品开发培训", "foreign", 2),),
    ),
    Group(
        "四川省科学技术厅",
        "科技成果转移转化",
        14,
        (
            Joining("德阳", "科技局", 4, "科技成果转化技术经理人培训", "foreign", 1, "lead"),
            Joining("绵阳", "科技局", 4, "赴国外科技成果转移转化能力建设", "name", 0),
        ),
    ),
)
GROUP = {group.subject: group for group in GROUPS}


def lead_filing(made: Office2020, group: Group, **wanted: object) -> Filing:
    """What the lead files: the whole group, with those who join."""
    people = group.people + sum(joining.people for joining in group.joining)
    filing = made.filing(group.subject, group.lead, headcount=people, cross_region=True, **wanted)
    filing.participants = [participant(joining.office, joining.people) for joining in group.joining]
    return filing


def joining_filing(made: Office2020, lead: Filing, joining: Joining) -> Filing:
    """What an office that sends people files of the lead's group: its own share, in its own words."""
    own = made.filing(lead.subject, joining.office).values
    values = lead.values
    place = INSTITUTION[str(values["institution"])]
    written = {"name": place.name, "foreign": place.foreign, "alias": place.aliases.split("、")[0]}
    organiser = {
        "lead": values["organiser"],
        "short": OFFICE[str(values["organiser"])].aliases[0],
        "own": joining.office,
    }
    start = values["start_date"]
    assert isinstance(start, date)
    days = int(str(values["days"]))
    changes: Row = {
        "title": joining.title,
        "organiser": organiser[joining.organiser],
        "cross_region": joining.cross,
        "institution": written[joining.institution],
        "content": str(values["content"]).replace("主要课程：", "围绕以下课程学习："),
        "necessity": f"{values['necessity']}我单位承担相应业务，拟派人参加。",
        "headcount": joining.people,
        "start_date": start + timedelta(joining.slip),
        "end_date": start + timedelta(joining.slip + days - 1),
        "funding_source": own["funding_source"],
        "budget": money(place.country, joining.people, days),
        "expert_review": "通过",
        "otm_no": values["otm_no"] if joining.number == "lead" else own["otm_no"],
        "contact": own["contact"],
        "phone": phone(joining.office, 2000 + joining.people),
        "remarks": f"由{values['organiser']}组团",
    }
    joined = [participant(joining.office, joining.people)] if joining.cross else []
    return Filing(f"{lead.subject}@{joining.city}", values | changes, joined)


def participant(office: str, people: int, **wanted: object) -> Row:
    """A row of the sheet 参团单位."""
    known = OFFICE[office]
    return {
        "participant": office,
        "region": known.region,
        "system": known.system,
        "participants": people,
        "budgeted": True,
    } | wanted


APART = (
    ("卒中早期筛查", "卒中影像判读", "同一机构、日期相近，一为筛查，一为影像判读"),
    ("中小学科学探究教学", "中小学科学探究教学#2", "第一期、第二期"),
    ("重症医学多学科救治", "重症医学多学科救治#2", "第一期、第二期"),
    ("城市高层建筑火灾防控", "城市高层建筑火灾防控#2", "一班、二班"),
    ("柑橘黄龙病综合防控", "柑橘黄龙病综合防控#2", "两市各自组团，国家不同"),
    ("森林火灾扑救指挥", "森林火灾扑救指挥#2", "同一单位同一主题，国家不同"),
    ("博物馆展陈叙事", "博物馆展陈叙事#2", "两市各自组团，相隔两个月"),
    ("餐厨垃圾厌氧消化", "餐厨垃圾厌氧消化#2", "两市各自组团，相隔六周"),
    ("太赫兹器件设计", "钒钛新材料表征", "同一机构、同样日期，主题不同"),
    ("实景三维测绘", "地下水数值模拟", "同一机构、日期相近，主题不同"),
)
"""Pairs of filings that are not the same group, and why."""
