"""Countries with their other names, and what a day abroad costs there."""

TITLES = ("国家（地区）", "别名", "热点", "一带一路")

# name, aliases, hot, belt and road, 万元 a person and day (0: nobody goes there)
_COUNTRIES = (
    ("德国", "德意志联邦共和国、Germany", False, False, 0.26),
    ("美国", "美利坚合众国、USA、United States、America", True, False, 0.30),
    ("英国", "大不列颠及北爱尔兰联合王国、UK、United Kingdom、Britain", True, False, 0.29),
    ("法国", "法兰西共和国、France", True, False, 0.28),
    ("日本", "日本国、Japan", True, False, 0.25),
    ("加拿大", "Canada", True, False, 0.27),
    ("澳大利亚", "澳洲、Australia", True, False, 0.27),
    ("意大利", "意大利共和国、Italy", True, True, 0.25),
    ("荷兰", "荷兰王国、Netherlands、Holland", False, False, 0.25),
    ("以色列", "以色列国、Israel", False, True, 0.24),
    ("新加坡", "新加坡共和国、Singapore", False, True, 0.23),
    ("韩国", "大韩民国、Korea、South Korea", False, True, 0.22),
    ("瑞士", "瑞士联邦、Switzerland", False, False, 0.33),
    ("丹麦", "丹麦王国、Denmark", False, False, 0.29),
    ("瑞典", "瑞典王国、Sweden", False, False, 0.28),
    ("芬兰", "芬兰共和国、Finland", False, False, 0.27),
    ("挪威", "挪威王国、Norway", False, False, 0.30),
    ("奥地利", "奥地利共和国、Austria", False, True, 0.25),
    ("新西兰", "New Zealand", False, True, 0.26),
    ("西班牙", "西班牙王国、Spain", False, False, 0.23),
    ("葡萄牙", "葡萄牙共和国、Portugal", False, True, 0.22),
    ("波兰", "波兰共和国、Poland", False, True, 0.20),
    ("捷克", "捷克共和国、Czech Republic、Czechia", False, True, 0.20),
    ("匈牙利", "Hungary", False, True, 0.20),
    ("俄罗斯", "俄罗斯联邦、俄国、Russia", False, True, 0.19),
    ("白俄罗斯", "白俄罗斯共和国、Belarus", False, True, 0.17),
    ("泰国", "泰王国、Thailand", False, True, 0.16),
    ("马来西亚", "大马、Malaysia", False, True, 0.17),
    ("比利时", "比利时王国、Belgium", False, False, 0.27),
    ("爱尔兰", "Ireland", False, False, 0.27),
    ("希腊", "希腊共和国、Greece", False, True, 0.0),
    ("冰岛", "冰岛共和国、Iceland", False, False, 0.0),
    ("卢森堡", "卢森堡大公国、Luxembourg", False, True, 0.0),
    ("塞尔维亚", "塞尔维亚共和国、Serbia", False, True, 0.0),
    ("罗马尼亚", "Romania", False, True, 0.0),
    ("保加利亚", "保加利亚共和国、Bulgaria", False, True, 0.0),
    ("斯洛文尼亚", "斯洛文尼亚共和国、Slovenia", False, True, 0.0),
    ("越南", "越南社会主义共和国、Vietnam", False, True, 0.0),
    ("印度尼西亚", "印尼、Indonesia", False, True, 0.0),
    ("菲律宾", "菲律宾共和国、Philippines", False, True, 0.0),
    ("斯里兰卡", "Sri Lanka", False, True, 0.0),
    ("尼泊尔", "Nepal", False, True, 0.0),
    ("哈萨克斯坦", "哈萨克斯坦共和国、哈国、Kazakhstan", False, True, 0.0),
    ("土耳其", "土耳其共和国、Turkey", False, True, 0.0),
    ("阿联酋", "阿拉伯联合酋长国、UAE", False, True, 0.0),
    ("埃及", "阿拉伯埃及共和国、Egypt", False, True, 0.0),
    ("南非", "南非共和国、South Africa", False, True, 0.0),
    ("巴西", "巴西联邦共和国、Brazil", False, False, 0.0),
    ("智利", "智利共和国、Chile", False, True, 0.0),
    ("古巴", "古巴共和国、Cuba", False, True, 0.0),
    ("中国香港", "香港、香港特别行政区、Hong Kong", False, False, 0.0),
    ("中国台湾", "台湾、台湾地区、Taiwan", False, False, 0.0),
)


def rows() -> list[tuple[str, ...]]:
    """The rows of 国家地区."""
    return [
        (name, aliases, "是" if hot else "否", "是" if belt else "否") for name, aliases, hot, belt, _ in _COUNTRIES
    ]


HOT = frozenset(name for name, _, hot, _, _ in _COUNTRIES if hot)
BELT_ROAD = frozenset(name for name, _, _, belt, _ in _COUNTRIES if belt)
DAY_RATE = {name: rate for name, _, _, _, rate in _COUNTRIES}
"""万元 a person and day."""
