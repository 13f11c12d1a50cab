"""Rows to fill the form in with: of each rule rows that just pass and that just fail, and rows made up at random."""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from schemas.words import NATURES
from tests.frames import VALID
from tests.reference_folder import registers_in
from tests.year import NOTICE

Row = Mapping[str, object]

LIMITS = NOTICE.limits
_DAY = timedelta(days=1)
_START = date(2020, 5, 11)
_GOOD = {**VALID, "institution": "瓦尔河农业培训中心", "budget": 60}


def stay(days: int, spare: int = 0, start: date = _START) -> dict[str, object]:
    """So many days of training, with ``spare`` more abroad."""
    return {"days": days, "start_date": start, "end_date": start + (days + spare - 1) * _DAY}


_MANAGING = {"training_type": "综合管理类"}
_POLITICAL = {"training_type": "党政综合管理类"}
_ACROSS = {"cross_region": True}

CHANGES: tuple[dict[str, object], ...] = (
    {},
    *({name: None} for name in VALID),
    # 四（三）
    *(stay(days) for days in (LIMITS.days_least - 1, LIMITS.days_least, LIMITS.days_most, LIMITS.days_most + 1)),
    *({"headcount": people} for people in (0, 1, LIMITS.headcount, LIMITS.headcount + 1)),
    {"degree_study": True},
    # 四（二）: days and dates, figures, texts that say nothing
    *(stay(21, spare) for spare in (-1, 0, LIMITS.travel_days, LIMITS.travel_days + 1, -21, -20)),
    *({**stay(30, spare), "country": "智利"} for spare in (5, 6)),
    *(stay(21, start=date(year, month, day)) for year, month, day in ((2019, 12, 31), (2020, 1, 1), (2020, 12, 31), (2021, 1, 1),
        (2021, 12, 31), (2022, 1, 1))),
    {"budget": 0}, {"budget": 6000},
    {"budget": 12000}, {"budget": 0.5}, {"budget": -1}, {"headcount": -1}, {"headcount": 7.5},
    {"provincial_cadres": 15}, {"provincial_cadres": 16}, {"provincial_cadres": 2, "organiser": "中共四川省委组织部"},
    {"title": "无"}, {"contact": "待定"}, {"necessity": "待定"}, {"letter_no": "办理中"}, {"otm_no": "待生成"}, {"content": "略"},
    {"expert_review": "未评审"}, {"expert_review": "未通过"}, {"expert_review": "部分通过审核"},
    {"organiser": "没有这个单位的局"}, {"organiser": "省农业农村厅"}, {"country": "火星"}, {"country": "Germany"},
    {"otm_no": "OTM-甲"}, {"otm_no": "otm-甲", "title": "甜樱桃设施栽培技术培训"}, {"otm_no": "OTM-乙"}, {"otm_no": "OTM-乙"},
    {"seq": 500}, {"seq": 500},
    # 一, 三
    {"country": "美国"}, {"green_channel": "科研开发"}, {"green_channel": "领导关心"}, {"green_channel": "科研开发", **_MANAGING},
    {"green_channel": "政府间协议", **_MANAGING}, {"funding_source": "中央财政资助、单位自筹"}, {"funding_source": "向人借"},
    {"organiser": "德阳市教育局", "theme": "教育"}, {"organiser": "四川省商务厅", "theme": "商务"},
    # 二（一）, 二（二）
    {"priority_class": "优先1"}, {"priority_class": "优先1", **stay(90)}, {"priority_class": "优先1", **stay(91)},
    {"priority_class": "优先2"}, {"priority_class": "优先2", **_MANAGING}, {"priority_class": "优先5"}, {"priority_class": "重点9"},
    {"priority_class": "优先4"}, {"priority_class": "优先4", "organiser": "绵阳市农业农村局"}, {"priority_class": "甲类"},
    # 二（三）
    {"provincial_cadres": 1}, {"organiser": "中共成都市委组织部"}, {"organiser": "绵阳市农业农村局", **_POLITICAL},
    {"country": "法国", **_POLITICAL}, {"country": "德国", **_POLITICAL},
    *({"theme": theme} for theme in ("公安", "司法鉴定", "公司法实务", "民族", "民族医药", "民族工作", "民族、宗教",
        "独立法人治理", "医院管理", "动物医院管理", "宗教建筑", "职业教育")),
    {"theme": "公安", "organiser": "四川省公安厅"}, {"organiser": "四川省司法厅"}, {"organiser": "国家税务总局四川省税务局"},
    {"theme": "医院管理", "organiser": "四川省卫生健康委员会"}, {"theme": "医院管理", "organiser": "四川大学"},
    {"theme": "医院管理", "organiser": "四川大学", **_MANAGING}, {"theme": "职业教育", "organiser": "成都市科学技术局"},
    # 二（五）
    *({"necessity": text} for text in ("国内没有这门技术吗", "国内没有这门技术吧吧", "国内没有这门技术。。。",
        "国内 没有 这门 技术呢", "国内没有这门技术。吗？")),
    *({"content": text} for text in ("课" * 19, "课" * 20, "课" * 18 + "！！！", "课" * 18 + "。。" + "课" * 2)),
    {"charges_fees": True}, {"budget": 180}, {"budget": 180.5}, {**stay(31), "budget": 600.5}, {**stay(91), "budget": 1200.5},
    # 四（一）
    {"budgeted": False}, {"organiser": "广安市应急管理局", "theme": "应急"}, {"organiser": "广安市应急管理局", "budgeted": False},
    # 四（四）
    *({**_MANAGING, "institution": name, "country": country} for name, country in (("瓦尔河农业培训中心", "荷兰"),
        ("内盖夫旱作农业研究所", "以色列"), ("无名学院", "德国"))),
    {**_MANAGING, "letter_no": None}, {"institution": "莱茵河谷农业学院"}, {"institution": "四川大学"}, {"institution": "RAA",
        "country": "德国"},
    {"otm_no": "OTM2019510001", "institution": "怀卡托草地畜牧学院", "country": "新西兰"}, {"otm_no": "otm2019510001"},
    {"otm_no": "OTM2019510002"},
)  # fmt: skip
"""What a row differs in from a valid one."""

_JOINED: tuple[tuple[dict[str, object], tuple[tuple[str, object], ...]], ...] = (
    (_ACROSS, ()),
    (_ACROSS, (("绵阳市农业农村局", 3), ("德阳市农业农村局", 12))),
    (_ACROSS, (("四川省农业农村厅", 5), ("绵阳市农业农村局", 9))),
    (_ACROSS, (("四川省农业农村厅", 5), ("绵阳市农业农村局", 10))),
    (_ACROSS, (("四川省农业农村厅", 6), ("绵阳市农业农村局", 10))),
    (_ACROSS, (("四川省农业农村厅", 15),)),
    (
        _ACROSS,
        (
            ("金堂县农业农村局", 2),
            ("绵阳市教育和体育局", 2),
            ("四川省教育厅", 1),
            ("没有的单位", 1),
            ("德阳市农业农村局", 0),
        ),
    ),
    ({**_ACROSS, "cross_region": False}, (("绵阳市农业农村局", 3), ("德阳市农业农村局", 2))),
    ({**_ACROSS, "organiser": "四川省茶叶流通协会"}, (("绵阳市农业农村局", 3),)),
    ({**_ACROSS, "organiser": "四川大学"}, (("绵阳市农业农村局", 3),)),
    ({**_ACROSS, "organiser": "绵阳市农业农村局"}, (("德阳市农业农村局", 3),)),
    ({**_ACROSS, "organiser": "四川省茶叶流通协会", "cross_region": False}, (("绵阳市农业农村局", 3),)),
    (_ACROSS, (("广安市应急管理局", 2), ("绵阳市农业农村局", None))),
    ({"organiser": "四川省农业农村厅"}, (("绵阳市农业农村局", 20),)),
)

CASES: list[Row] = [
    {**_GOOD, "seq": number, "otm_no": f"OTM2020{number:04}", **change}
    for number, change in enumerate((*CHANGES, *(change for change, _ in _JOINED)), start=1)
]

JOINING: list[Row] = [
    {"seq": seq, "participant": name, "participants": people, "budgeted": True, "region": None, "system": None}
    for seq, (_, joined) in enumerate(_JOINED, start=len(CHANGES) + 1)
    for name, people in joined
] + [
    {"seq": 900, "participant": "绵阳市水利局", "participants": 1, "budgeted": True},
    {"seq": len(CASES), "participant": "绵阳市农业农村局", "participants": 1, "budgeted": False},
    {"seq": len(CASES), "participant": None, "participants": 1, "budgeted": None},
    {"seq": None, "participant": "绵阳市农业农村局", "participants": 1.5, "budgeted": True},
]


def random_rows(chance: random.Random, count: int = 60) -> tuple[list[Row], list[Row]]:
    """Filings of any values that the form's cells take, and participants of some of them."""
    registers = registers_in()
    units = [
        part.sample(1, random_state=chance.randrange(2**31))["unit"].iloc[0]
        for _, part in registers.units.groupby(["level", "nature"])
    ]
    countries, institutions = registers.countries["country"].tolist(), registers.institutions["institution"].tolist()
    words = NOTICE.vocabularies
    themes = [
        "现代农业",
        "水利",
        "公安",
        "民族医药",
        "民族工作",
        "医院管理",
        "职业教育",
        "司法鉴定",
        "",
        "教学管理和宗教",
    ]
    numbers = registers.last_year["otm_no"].tolist()
    assert len({*NATURES}) <= len(units)

    def some(*values: object) -> object:
        return chance.choice(values)

    def row(seq: int) -> Row:
        start = date(2020, 1, 1) + chance.randrange(-20, 760) * _DAY
        days = some(13, 14, 21, 30, 60, 90, 91, 360, 361, None)
        made: dict[str, object] = {
            **_GOOD,
            "seq": seq,
            "organiser": some(*units, "某某单位"),
            "priority_class": some(*words["priority_class"]),
            "training_type": some(*words["training_type"]),
            "theme": some(*themes),
            "cross_region": some(True, False, False),
            "country": some(*countries),
            "institution": some(*institutions, "无名学院"),
            "letter_no": some("YX1", "无", None),
            "necessity": "难" * chance.randrange(7, 14) + some("", "。", "。。", " ", "！？"),
            "content": "课" * chance.randrange(17, 23) + some("", "。", "。。", "……"),
            "headcount": some(0, 1, 15, 20, 21, None),
            "days": days,
            "start_date": start,
            "end_date": start + ((days or 20) - 1 + chance.randrange(-2, 9)) * _DAY,
            "provincial_cadres": some(None, 0, 0, 3, 25),
            "degree_study": some(False, False, True),
            "funding_source": "、".join(chance.sample(words["funding_source"], 2)),
            "budget": some(60, 180, 500.5, 2000, None),
            "charges_fees": some(False, False, True),
            "budgeted": some(True, True, False),
            "expert_review": some(*words["expert_review"]),
            "green_channel": some(None, None, *words["green_channel"]),
            "otm_no": some(f"OTM{seq}", f"OTM{seq}", f"OTM{seq // 2}X", chance.choice(numbers)),
        }
        if chance.random() < 0.3:
            made[chance.choice(sorted(set(made) - {"seq"}))] = None
        return (
            {"title": "甜樱桃设施栽培技术培训" if seq % 2 else "脱毒种薯繁育技术培训", **made}
            if chance.random() < 0.9
            else {**_GOOD, "seq": seq, "otm_no": f"OTM{seq}"}
        )

    filings = [row(seq) for seq in range(1, count + 1)]
    joining = [
        {
            "seq": chance.randrange(1, count + 3),
            "participant": some(*units, "某某单位", None),
            "participants": some(0, 1, 5, 15, None),
            "budgeted": some(True, True, False, None),
        }
        for _ in range(count)
    ]
    return filings, joining
