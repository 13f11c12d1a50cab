"""The projects approved for 2019: what each unit got, how much of it was carried out, which summaries came in."""

import random
from collections.abc import Iterator

from tests.season.institutions import INSTITUTIONS
from tests.season.offices import OFFICE, OFFICES

TITLES = ("系统项目编号", "组团单位", "项目名称", "国家（地区）", "境外培训机构", "批复人数", "执行人数", "总结已报送")

SLOW = ("四川省统计局", "四川省审计厅", "四川省民政厅", "德阳市教育局", "四川师范大学", "南充市农业农村局")
"""Units that carried out less than half of what was approved."""

OUTSTANDING = ("四川省商务厅", "四川省林业和草原局", "西华大学", "泸州市卫生健康委员会", "雅安市科学技术局")
"""Units with a summary still outstanding."""

CONTINUED = "OTM2019510001"
"""A project of 四川省农业农村厅 that goes on in 2020 with the institution it was approved with."""

MOVED = "OTM2019510002"
"""A project of 四川省水利厅 that its office means to move to another institution in 2020."""

_FIXED = (
    (CONTINUED, "四川省农业农村厅", "奶牛精准饲养与牧场数据管理技术培训", "新西兰", "怀卡托草地畜牧学院", 16, 16, "是"),
    (MOVED, "四川省水利厅", "大型灌区现代化改造技术培训", "荷兰", "鹿特丹三角洲水利学院", 18, 17, "是"),
)
_SUBJECTS = {
    "农业": ("设施蔬菜水肥一体化", "生猪疫病净化", "茶园病虫绿色防控", "水稻机插秧", "农产品冷链保鲜", "果园机械化"),
    "卫生": ("早产儿救治", "肿瘤放射治疗", "糖尿病综合管理", "院前急救", "康复治疗", "医院感染监测"),
    "教育": ("学前教育课程", "中小学科学教育", "高校实验室安全", "教师信息素养", "学生心理辅导"),
    "水利": ("山洪预警", "水库大坝安全监测", "河湖生态修复", "农村供水水质"),
    "生态环境": ("挥发性有机物监测", "土壤修复", "危险废物处置", "城市噪声治理"),
    "住建": ("装配式建筑", "城市排水防涝", "历史建筑修缮", "建筑节能改造"),
    "文旅": ("石窟壁画保护", "乡村民宿品质", "公共图书馆服务"),
    "经信": ("数控机床精度", "工业机器人集成", "集成电路封装", "节能电机设计"),
    "交通": ("高速公路养护", "桥梁健康监测", "城乡物流配送"),
    "科技": ("科技成果评价", "技术经理人", "科技金融服务"),
    "林草": ("森林病虫害监测", "退化草地恢复"),
    "自然资源": ("地质灾害监测", "国土空间遥感监测"),
}
_OTHERS = ("公共服务标准化", "数据治理", "绩效评价", "风险评估")


def rows() -> list[tuple[object, ...]]:
    """The rows of 上年项目."""
    return [*_FIXED, *_approved(random.Random("2019"))]


def _approved(chance: random.Random) -> Iterator[tuple[object, ...]]:
    units = [o.name for o in OFFICES if o.system in _SUBJECTS and o.level != "县级" and o.budget]
    units = [*SLOW, *OUTSTANDING, *(u for u in chance.sample(units, 118) if u not in SLOW and u not in OUTSTANDING)]
    for number, unit in enumerate(units[:118], start=3):
        system = OFFICE[unit].system
        places = [i for i in INSTITUTIONS if system in i.teaches] or [i for i in INSTITUTIONS if "综合" in i.teaches]
        place = chance.choice(places)
        subject = chance.choice(_SUBJECTS.get(system, _OTHERS))
        approved = chance.randint(8, 20)
        share = chance.choice((0, 0.2, 0.3, 0.4)) if unit in SLOW else chance.choice((1, 1, 1, 0.9, 0.8, 0.7))
        yield (
            f"OTM2019510{number:03}",
            unit,
            f"{subject}培训",
            place.country,
            place.name,
            approved,
            round(approved * share),
            "否" if unit in OUTSTANDING else "是",
        )
