"""Invented projects: what a subject of ``subjects.csv`` becomes when an office files it."""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.season.countries import BELT_ROAD, DAY_RATE, HOT
from tests.season.institutions import INSTITUTION, INSTITUTIONS, Institution
from tests.season.offices import OFFICE, Office, phone

Row = dict[str, object]
"""A row of the sheet 项目申报 or 参团单位 by the names of its columns."""


@dataclass(frozen=True)
class Subject:
    """One line of ``subjects.csv``; ``kind``: 技 technical, 研 research, 管 managerial, 政 party and government."""

    system: str
    theme: str
    name: str
    courses: str
    gap: str
    kind: str


@dataclass
class Filing:
    """One project row before it is written: ``subject`` names it in the season's own lists."""

    subject: str
    values: Row
    participants: list[Row] = field(default_factory=list)


def _read_subjects() -> dict[str, Subject]:
    with (Path(__file__).parent / "subjects.csv").open(encoding="utf-8", newline="") as opened:
        lines = csv.reader(opened)
        next(lines)
        return {line[2]: Subject(*line) for line in lines}


SUBJECTS = _read_subjects()

_TITLES = ("{}技术培训", "{}专题培训", "赴{country}{}培训", "{}研修", "{}骨干培训")
_MANAGERIAL_TITLES = ("{}专题培训", "赴{country}{}培训", "{}研修班")
_FORMS = (
    "采取课堂讲授、案例研讨与实训相结合的方式，每周安排学习小结。",
    "理论课程占四成，其余为实验室操作和小组作业，结业前提交报告。",
    "由承训机构专家授课，分组完成专题作业并答辩。",
    "前段集中授课，后段在合作实验室跟班实训，全程有考核。",
    "以模块化课程为主，穿插现场教学和模拟演练，课程结束进行测试。",
)
_CLOSINGS = (
    "需系统学习对方多年积累的方法。",
    "对方在该领域起步早、标准齐全，国内暂无同类课程。",
    "拟引进成套技术规程，回国后在全省示范。",
    "国内同类机构尚不能提供完整训练。",
    "亟需掌握关键环节，形成本地技术规范。",
)
_CLASSES = {
    "技": ("重点1", "重点1", "优先3", "一般"),
    "研": ("优先2", "优先2", "重点1"),
    "管": ("重点2", "一般"),
    "政": ("优先4",),
}
_CLASSES_OF_SYSTEM = {
    "农业": ("重点3", "重点3", "重点3", "优先3", "一般"),
    "林草": ("重点4", "重点4", "一般"),
    "生态环境": ("重点4", "重点4", "重点4", "一般"),
    "能源": ("重点4", "优先3"),
    "水利": ("重点2", "重点4", "优先3", "一般"),
    "卫生": ("重点2", "重点2", "优先3", "一般"),
    "粮食": ("重点3",),
}
_SURNAMES = "张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_FIRST_MONDAY = date(2020, 3, 2)
_WEEKS = 33
_APART = 35
"""Days between the starts of two trips of one organiser to one institution: more than 四（三） asks."""


class Office2020:
    """Makes the season's projects one after another; the same ``seed``, the same projects."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._chance = random.Random(seed)
        self._made = 0
        self._trips: dict[tuple[str, str], list[date]] = {}

    def filing(self, subject: str, organiser: str, **wanted: object) -> Filing:
        """A filing of ``subject`` by ``organiser`` that no rule has anything against; ``wanted`` values are fixed."""
        about, office = SUBJECTS[subject], OFFICE[organiser]
        # Chance of its own for each project, so that one more does not change the others.
        self._chance = random.Random(f"{self._seed} {subject} {organiser}")
        place = INSTITUTION[str(wanted["institution"])] if "institution" in wanted else self._place(about, office)
        days = wanted.get("days") or self._days(about)
        start = wanted.get("start_date") or self._start(organiser, place.name, int(str(days)))
        assert isinstance(start, date)
        self._trips.setdefault((organiser, place.name), []).append(start)
        values = self._project(about, office, place) | {"days": days, "start_date": start} | wanted
        return Filing(subject, self._complete(values, organiser))

    def _project(self, about: Subject, office: Office, place: Institution) -> Row:
        chance = self._chance
        titles = _MANAGERIAL_TITLES if about.kind in "管政" else _TITLES
        training_type = {
            "技": "专业技术类",
            "研": "科研生产类",
            "管": chance.choice(("综合管理类", "一般性专业类")),
            "政": "党政综合管理类",
        }[about.kind]
        return {
            "title": chance.choice(titles).format(about.name, country=place.country),
            "organiser": office.name,
            "priority_class": self._class(about, place),
            "training_type": training_type,
            "theme": about.theme,
            "cross_region": False,
            "country": place.country,
            "institution": place.name,
            "content": f"主要课程：{about.courses}。{chance.choice(_FORMS)}",
            "necessity": f"{about.gap}，{chance.choice(_CLOSINGS)}",
            "headcount": chance.randint(8, 12) if about.kind == "研" else chance.randint(10, 20),
            "provincial_cadres": None,
            "degree_study": False,
            "funding_source": self._funding(office),
            "charges_fees": False,
            "budgeted": True,
            "expert_review": "通过",
            "green_channel": self._green_channel(about),
            "remarks": None,
        }

    def _complete(self, values: Row, organiser: str) -> Row:
        self._made += 1
        number, chance = self._made, self._chance
        people, days = int(str(values["headcount"])), int(str(values["days"]))
        start = values["start_date"]
        assert isinstance(start, date)
        return {
            "letter_no": f"YX2020-{number:04}",
            "end_date": start + timedelta(days - 1),
            "budget": money(str(values["country"]), people, days, chance.uniform(0.9, 1.1)),
            "otm_no": f"OTM2020510{number:03}",
            "contact": f"{chance.choice(_SURNAMES)}老师",
            "phone": phone(organiser, 1000 + number),
        } | values

    def _place(self, about: Subject, office: Office) -> Institution:
        general = [place for place in INSTITUTIONS if "综合" in place.teaches]
        places = [place for place in INSTITUTIONS if about.theme in place.teaches]
        places = places or [place for place in INSTITUTIONS if about.system in place.teaches] or general
        if about.kind in "管政":
            places = [place for place in places if place.formal] or [place for place in general if place.formal]
        if about.kind == "政":
            places = [place for place in places if place.country not in HOT]
        busy = {place.name: len(self._trips.get((office.name, place.name), [])) for place in places}
        free = [place for place in places if busy[place.name] == min(busy.values())]
        return self._chance.choice(free)

    def _start(self, organiser: str, place: str, days: int) -> date:
        trips = self._trips.get((organiser, place), [])
        latest = (date(2020, 12, 20) - _FIRST_MONDAY).days - days
        mondays = [_FIRST_MONDAY + timedelta(7 * week) for week in range(max(1, min(_WEEKS, latest // 7)))]
        free = [monday for monday in mondays if all(abs((monday - trip).days) >= _APART for trip in trips)]
        return self._chance.choice(free)

    def _days(self, about: Subject) -> int:
        choices = {"技": (14, 18, 21, 21, 21, 28, 30), "研": (28, 42, 60, 90), "管": (14, 14, 20, 21), "政": (14, 21)}
        return self._chance.choice(choices[about.kind])

    def _class(self, about: Subject, place: Institution) -> str:
        classes = _CLASSES[about.kind]
        if about.kind in "技管":
            classes = _CLASSES_OF_SYSTEM.get(about.system, classes)
        if place.country in BELT_ROAD and about.kind in "技管":
            classes = (*classes, "重点5", "重点5")
        return self._chance.choice(classes)

    def _funding(self, office: Office) -> str:
        own = {"高等院校": "单位自筹", "国有企业": "企业自筹", "事业单位": "单位自筹"}
        source = own.get(office.nature) or ("市县财政" if office.level != "省级" else "省级财政")
        mixed = source if source.endswith("自筹") else f"{source}、单位自筹"
        return self._chance.choice((source, source, source, source, mixed, f"中央财政资助、{source}"))

    def _green_channel(self, about: Subject) -> str | None:
        if about.kind != "研":
            return None
        return self._chance.choice((None, None, "科研开发", "基础研究", "卡脖子技术"))


def money(country: str, people: int, days: int, factor: float = 1.0) -> float:
    """What so many people for so many days cost in a country (万元, to a tenth)."""
    return round(DAY_RATE[country] * people * days * factor, 1)
