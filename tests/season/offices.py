"""The units of the season: every city and prefecture, the provincial departments and what hangs below them."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class City:
    """A city or prefecture: full name, short name, telephone area code, and what its water office is called."""

    name: str
    short: str
    code: str
    water: str = "水利局"


CITIES = (
    City("成都市", "成都", "028", "水务局"),
    City("自贡市", "自贡", "0813", "水务局"),
    City("攀枝花市", "攀枝花", "0812"),
    City("泸州市", "泸州", "0830", "水务局"),
    City("德阳市", "德阳", "0838"),
    City("绵阳市", "绵阳", "0816"),
    City("广元市", "广元", "0839"),
    City("遂宁市", "遂宁", "0825"),
    City("内江市", "内江", "0832"),
    City("乐山市", "乐山", "0833", "水务局"),
    City("南充市", "南充", "0817", "水务局"),
    City("眉山市", "眉山", "028"),
    City("宜宾市", "宜宾", "0831"),
    City("广安市", "广安", "0826", "水务局"),
    City("达州市", "达州", "0818", "水务局"),
    City("雅安市", "雅安", "0835"),
    City("巴中市", "巴中", "0827"),
    City("资阳市", "资阳", "028", "水务局"),
    City("阿坝藏族羌族自治州", "阿坝", "0837", "水务局"),
    City("甘孜藏族自治州", "甘孜", "0836"),
    City("凉山彝族自治州", "凉山", "0834"),
)
CITY = {city.short: city for city in CITIES}

YES, NO = "是", "否"
TITLES = (
    "单位名称",
    "别名",
    "层级",
    "所在市州",
    "所属系统",
    "单位性质",
    "外事审批权",
    "垂直管理",
    "因公出国经费预算",
)


@dataclass(frozen=True)
class Office:
    """One row of 单位名录."""

    name: str
    aliases: tuple[str, ...]
    level: str
    region: str
    system: str
    nature: str = "行政机关"
    foreign_affairs: bool = False
    vertical: bool = False
    budget: bool = True

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the row."""
        flags = (YES if flag else NO for flag in (self.foreign_affairs, self.vertical, self.budget))
        return (self.name, "、".join(self.aliases), self.level, self.region, self.system, self.nature, *flags)


# name without 四川省, aliases, system
_ORGANS = (
    ("发展和改革委员会", "省发展改革委、省发改委、四川省发改委", "发改"),
    ("经济和信息化厅", "省经济和信息化厅、省经信厅、四川省经信厅", "经信"),
    ("教育厅", "省教育厅、四川教育厅", "教育"),
    ("科学技术厅", "省科学技术厅、省科技厅、四川省科技厅", "科技"),
    ("公安厅", "省公安厅", "公安"),
    ("民政厅", "省民政厅", "民政"),
    ("司法厅", "省司法厅", "司法"),
    ("财政厅", "省财政厅", "财政"),
    ("人力资源和社会保障厅", "省人力资源社会保障厅、省人社厅、四川省人社厅", "人社"),
    ("自然资源厅", "省自然资源厅、省国土厅", "自然资源"),
    ("生态环境厅", "省生态环境厅、省环保厅、四川省环境保护厅", "生态环境"),
    ("住房和城乡建设厅", "省住房城乡建设厅、省住建厅、四川省住建厅", "住建"),
    ("交通运输厅", "省交通运输厅、省交通厅、四川省交通厅", "交通"),
    ("水利厅", "省水利厅、四川水利厅", "水利"),
    ("农业农村厅", "省农业农村厅、省农业厅、四川省农业厅", "农业"),
    ("商务厅", "省商务厅", "商务"),
    ("文化和旅游厅", "省文化和旅游厅、省文旅厅、四川省文旅厅", "文旅"),
    ("卫生健康委员会", "省卫生健康委、省卫健委、四川省卫健委、四川省卫生健康委", "卫生"),
    ("退役军人事务厅", "省退役军人事务厅、省退役军人厅", "退役军人"),
    ("应急管理厅", "省应急管理厅、省应急厅", "应急"),
    ("审计厅", "省审计厅", "审计"),
    ("政府国有资产监督管理委员会", "省国资委、四川省国资委", "国资"),
    ("市场监督管理局", "省市场监管局、四川省市场监管局", "市场监管"),
    ("广播电视局", "省广播电视局、省广电局", "广电"),
    ("体育局", "省体育局", "体育"),
    ("统计局", "省统计局", "统计"),
    ("林业和草原局", "省林业和草原局、省林草局、四川省林草局、省林业厅", "林草"),
    ("地方金融监督管理局", "省地方金融监管局、省金融局", "金融"),
    ("医疗保障局", "省医疗保障局、省医保局", "医保"),
    ("粮食和物资储备局", "省粮食和物资储备局、省粮食局", "粮食"),
    ("能源局", "省能源局", "能源"),
    ("药品监督管理局", "省药监局、四川省药监局", "药监"),
    ("中医药管理局", "省中医药局、四川省中医药局", "卫生"),
    ("民族宗教事务委员会", "省民族宗教委、省民宗委", "民族宗教"),
    ("人民检察院", "省检察院", "司法"),
)
_OTHER_PROVINCIAL = (
    Office("中共四川省委组织部", ("省委组织部", "四川省委组织部"), "省级", "省级", "组织", "党委组织部", True),
    Office("国家税务总局四川省税务局", ("省税务局", "四川省税务局"), "省级", "省级", "税务", vertical=True),
    Office("四川省气象局", ("省气象局",), "省级", "省级", "气象", "事业单位", vertical=True),
    Office("中华人民共和国成都海关", ("成都海关",), "省级", "省级", "海关", vertical=True),
    Office("四川省地震局", ("省地震局",), "省级", "省级", "地震", "事业单位", vertical=True),
    Office("四川省邮政管理局", ("省邮政管理局",), "省级", "省级", "邮政", vertical=True),
)
# name, aliases, system, has the right to approve visits
_UNIVERSITIES = (
    ("四川大学", "川大", True),
    ("电子科技大学", "电子科大、成电", True),
    ("西南交通大学", "西南交大", True),
    ("西南财经大学", "西南财大", True),
    ("西南石油大学", "西油大", False),
    ("成都理工大学", "成都理工、成理", False),
    ("四川农业大学", "川农大、川农", False),
    ("成都中医药大学", "成都中医大", False),
    ("西华大学", "西华大", False),
    ("四川师范大学", "川师大", False),
    ("西南科技大学", "西科大", False),
    ("四川工程职业技术学院", "四川工程职院", False),
    ("四川交通职业技术学院", "四川交职院", False),
)
_ATTACHED = (
    ("四川大学华西医院", "华西医院", "卫生", True),
    ("四川省人民医院", "省人民医院、省医院", "卫生", False),
    ("四川省肿瘤医院", "省肿瘤医院", "卫生", False),
    ("四川省妇幼保健院", "省妇幼保健院、省妇幼", "卫生", False),
    ("四川省疾病预防控制中心", "省疾控中心、四川省疾控中心", "卫生", False),
    ("四川省骨科医院", "省骨科医院", "卫生", False),
    ("四川省农业科学院", "省农科院、四川省农科院", "农业", True),
    ("四川省畜牧科学研究院", "省畜科院、四川省畜科院", "农业", False),
    ("四川省林业科学研究院", "省林科院、四川省林科院", "林草", False),
    ("四川省水利科学研究院", "省水科院、四川省水科院", "水利", False),
    ("四川省生态环境科学研究院", "省环科院、四川省环科院", "生态环境", False),
    ("四川省地质矿产勘查开发局", "省地矿局、四川省地矿局", "自然资源", False),
    ("四川省测绘地理信息中心", "省测绘地信中心", "自然资源", False),
    ("四川省计量测试研究院", "省计量院、四川省计量院", "市场监管", False),
    ("四川省建筑科学研究院", "省建科院、四川省建科院", "住建", False),
    ("四川省文物考古研究院", "省考古院、四川省考古院", "文旅", False),
    ("四川省科学技术信息研究所", "省科技信息所", "科技", False),
    ("四川省交通运输发展战略研究所", "省交通战略所", "交通", False),
)
_COMPANIES = (
    ("四川电力装备集团有限公司", "川电装备", "经信"),
    ("四川航空发动机制造有限公司", "川航发公司", "经信"),
    ("四川轨道交通装备有限公司", "川轨装备", "经信"),
    ("四川清洁能源投资集团有限公司", "川清能集团", "能源"),
    ("四川高速公路建设集团有限公司", "川高建设", "交通"),
    ("四川钒钛钢铁股份有限公司", "川钒钛", "经信"),
    ("四川水务环保集团有限公司", "川水务集团", "水利"),
    ("四川粮油食品集团有限公司", "川粮油", "粮食"),
)
_SOCIETIES = (
    ("四川省水利学会", "省水利学会", "水利", "学会"),
    ("四川省护理学会", "省护理学会", "卫生", "学会"),
    ("四川省环境科学学会", "省环境科学学会", "生态环境", "学会"),
    ("四川省企业管理协会", "省企业管理协会", "经信", "协会"),
    ("四川省茶叶流通协会", "省茶叶协会", "农业", "协会"),
    ("四川省科技人才发展基金会", "省科技人才基金会", "科技", "基金会"),
    ("四川省乡村教师发展基金会", "省乡村教师基金会", "教育", "基金会"),
    ("四川省国际人才培训中心", "省国际人才培训中心", "科技", "培训中心"),
    ("四川省建设人才培训中心", "省建设人才培训中心", "住建", "培训中心"),
)
# what a city has: office name, short name, system
_BUREAUS = (
    ("农业农村局", "农业局", "农业"),
    ("卫生健康委员会", "卫健委", "卫生"),
    ("教育局", "教育局", "教育"),
    ("生态环境局", "环保局", "生态环境"),
    ("住房和城乡建设局", "住建局", "住建"),
    ("文化广播电视和旅游局", "文旅局", "文旅"),
    ("经济和信息化局", "经信局", "经信"),
    ("应急管理局", "应急局", "应急"),
    ("交通运输局", "交通局", "交通"),
    ("自然资源和规划局", "自然资源局", "自然资源"),
    ("林业和草原局", "林草局", "林草"),
)
_COUNTY = (
    ("金堂县农业农村局", "金堂县农业局", "成都市", "农业", "行政机关"),
    ("大邑县水务局", "大邑水务局", "成都市", "水利", "行政机关"),
    ("富顺县教育和体育局", "富顺县教体局", "自贡市", "教育", "行政机关"),
    ("米易县农业农村局", "米易县农业局", "攀枝花市", "农业", "行政机关"),
    ("三台县水利局", "三台水利局", "绵阳市", "水利", "行政机关"),
    ("安岳县农业农村局", "安岳县农业局", "资阳市", "农业", "行政机关"),
    ("洪雅县林业局", "洪雅林业局", "眉山市", "林草", "行政机关"),
    ("宣汉县卫生健康局", "宣汉县卫健局", "达州市", "卫生", "行政机关"),
    ("射洪县经济和信息化局", "射洪县经信局", "遂宁市", "经信", "行政机关"),
    ("汶川县应急管理局", "汶川县应急局", "阿坝藏族羌族自治州", "应急", "行政机关"),
    ("中共江油市委组织部", "江油市委组织部", "绵阳市", "组织", "党委组织部"),
    ("会理县农业农村局", "会理县农业局", "凉山彝族自治州", "农业", "行政机关"),
)
_CITY_HOSPITALS = (
    ("成都", "第三人民医院", "市三医院"),
    ("绵阳", "中心医院", "中心医院"),
    ("泸州", "人民医院", "市医院"),
    ("南充", "中心医院", "中心医院"),
    ("乐山", "人民医院", "市医院"),
)
NO_BUDGET = frozenset(("四川省茶叶流通协会", "巴中市林业和草原局", "广安市应急管理局", "四川省企业管理协会"))
"""Units without a budget for visits abroad."""


def of_city(short: str, kind: str) -> str:
    """The full name of a city's office: ``kind`` is its short name (``科技局``, ``水利局``, ``卫健委`` …)."""
    city = CITY[short]
    if kind == "科技局":
        return f"{city.name}科学技术局"
    if kind == "水利局":
        return f"{city.name}{city.water}"
    return f"{city.name}{next(name for name, alias, _ in _BUREAUS if alias == kind)}"


def _provincial() -> list[Office]:
    offices = [
        Office(f"四川省{name}", tuple(aliases.split("、")), "省级", "省级", system, foreign_affairs=True)
        for name, aliases, system in _ORGANS
    ]
    offices += _OTHER_PROVINCIAL
    offices += [
        Office(name, tuple(aliases.split("、")), "省级", "省级", "教育", "高等院校", right)
        for name, aliases, right in _UNIVERSITIES
    ]
    offices += [
        Office(name, tuple(aliases.split("、")), "省级", "省级", system, "事业单位", right)
        for name, aliases, system, right in _ATTACHED
    ]
    offices += [Office(name, (alias,), "省级", "省级", system, "国有企业") for name, alias, system in _COMPANIES]
    offices += [Office(name, (alias,), "省级", "省级", system, nature) for name, alias, system, nature in _SOCIETIES]
    return offices


def _of_cities() -> list[Office]:
    offices: list[Office] = []
    for city in CITIES:
        offices.append(
            Office(
                f"{city.name}科学技术局",
                tuple(dict.fromkeys((f"{city.name}科技局", f"{city.short}科技局", f"{_region(city)}外专局"))),
                "市级",
                city.name,
                "科技",
            )
        )
        offices.append(
            Office(f"{city.name}{city.water}", (f"{city.short}{city.water}",), "市级", city.name, "水利"),
        )
        for name, alias, system in _BUREAUS:
            offices.append(Office(f"{city.name}{name}", _aliases(city, name, alias), "市级", city.name, system))
        offices.append(
            Office(f"中共{city.name}委组织部", (f"{_region(city)}委组织部",), "市级", city.name, "组织", "党委组织部")
        )
    offices += [
        Office(f"{CITY[short].name}{name}", (f"{short}{alias}",), "市级", CITY[short].name, "卫生", "事业单位")
        for short, name, alias in _CITY_HOSPITALS
    ]
    offices.append(Office("凉山彝族自治州民族宗教事务委员会", ("凉山州民宗委",), "市级", "凉山彝族自治州", "民族宗教"))
    offices.append(Office("绵阳市公安局", ("绵阳公安局",), "市级", "绵阳市", "公安"))
    offices += [
        Office(name, (alias,), "县级", region, system, nature) for name, alias, region, system, nature in _COUNTY
    ]
    return offices


def _region(city: City) -> str:
    return f"{city.short}州" if city.name.endswith("自治州") else city.name


def _aliases(city: City, name: str, alias: str) -> tuple[str, ...]:
    found = [f"{_region(city)}{alias}", f"{city.short}{alias}", f"{city.short}{name}"]
    return tuple(other for other in dict.fromkeys(found) if other != f"{city.name}{name}")


def _with_budgets(offices: list[Office]) -> tuple[Office, ...]:
    return tuple(replace(office, budget=office.name not in NO_BUDGET) for office in offices)


OFFICES: tuple[Office, ...] = _with_budgets(_provincial() + _of_cities())
OFFICE = {office.name: office for office in OFFICES}


def phone(office: str, number: int) -> str:
    """A telephone number that nobody has: the office's area code and a 555 exchange."""
    code = next((city.code for city in CITIES if city.name == OFFICE[office].region), "028")
    return f"{code}-{5550000 + number % 10000}" if code != "028" else f"028-{55500000 + number % 10000}"
