"""A small register of units, institutions, countries and last year's projects for the rules to ask."""

import pandas as pd

from flows.references import References
from schemas.columns import COUNTRY, INSTITUTION, LAST_YEAR, UNIT, Column
from schemas.tables import DTYPES, Countries, Institutions, LastYearProjects, Units

_UNITS = """
单位名称                     层级  所在市州 系统     性质       外事 垂直 预算
四川省农业农村厅             省级  省级     农业     行政机关   是   否   是
四川省水利厅                 省级  省级     水利     行政机关   是   否   是
四川省教育厅                 省级  省级     教育     行政机关   是   否   是
四川省卫生健康委员会         省级  省级     卫生     行政机关   是   否   是
四川省公安厅                 省级  省级     公安     行政机关   是   否   是
四川省司法厅                 省级  省级     综合     行政机关   是   否   是
四川省民族宗教事务委员会     省级  省级     民族宗教 行政机关   是   否   是
四川省国资委                 省级  省级     国资     行政机关   是   否   是
四川省档案馆                 省级  省级     档案     事业单位   否   否   否
四川省气象局                 省级  省级     气象     事业单位   否   是   是
四川省农业科学院             省级  省级     农业     事业单位   是   否   是
四川省畜牧科学研究院         省级  省级     农业     事业单位   否   否   是
四川省人民医院               省级  省级     卫生     事业单位   否   否   是
四川农业大学                 省级  省级     教育     高等院校   否   否   是
西南民族大学                 省级  省级     教育     高等院校   是   否   是
四川省农学会                 省级  省级     农业     学会       否   否   是
四川省水利学会               省级  省级     水利     学会       是   否   是
四川农垦集团有限公司         省级  省级     国资     国有企业   否   否   是
中共四川省委组织部           省级  省级     组织     党委组织部 是   否   是
中共绵阳市委组织部           市级  绵阳市   组织     党委组织部 否   否   是
绵阳市农业农村局             市级  绵阳市   农业     行政机关   否   否   是
绵阳市农业科学研究院         市级  绵阳市   农牧     事业单位   否   否   是
绵阳市水务局                 市级  绵阳市   水务     行政机关   否   否   是
绵阳市教育局                 市级  绵阳市   教育     行政机关   否   否   是
绵阳市科学技术局             市级  绵阳市   科技     行政机关   否   否   是
绵阳市农业信息中心           市级  绵阳市   农业     事业单位   否   否   否
德阳市农业农村局             市级  德阳市   农业     行政机关   否   否   是
三台县农业农村局             县级  绵阳市   农业     行政机关   否   否   是
中共三台县委组织部           县级  绵阳市   组织     党委组织部 否   否   是
公安县农业农村局             县级  荆州市   农业     行政机关   否   否   是
"""
_INSTITUTIONS = """
机构名称             外文名称     国家 正式
瓦赫宁根农业培训中心 Wageningen   荷兰 是
慕尼黑农业学校       Muenchen     德国 否
加州农业推广学院     California   美国 是
"""
_COUNTRIES = """
国家 热点 沿线
荷兰 否   否
德国 否   否
美国 是   否
智利 否   是
"""
_LAST_YEAR = """
编号        单位             名称         国家 机构                 批复 执行 总结
OTM20190001 四川省农业农村厅 种薯培训     荷兰 Wageningen           20   10   是
OTM20190002 四川省水利厅     灌区培训     荷兰 代尔夫特水利学院     20   9    是
OTM20190003 四川省教育厅     双元制培训   德国 慕尼黑职业学校       20   20   否
OTM20190004 四川省农业科学院 土壤培训     德国 慕尼黑农业学校       20   0    否
OTM20190005 四川省农业科学院 育种培训     德国 慕尼黑农业学校       20   20   是
"""


def registers() -> References:
    """The four reference tables."""
    return References(
        units=Units.validate(
            _table(
                _UNITS, UNIT, "unit", "level", "region", "system", "nature", "foreign_affairs", "vertical", "has_budget"
            )
        ),
        institutions=Institutions.validate(
            _table(_INSTITUTIONS, INSTITUTION, "institution", "foreign_name", "country", "formal_cooperation")
        ),
        countries=Countries.validate(_table(_COUNTRIES, COUNTRY, "country", "hot", "belt_road")),
        last_year=LastYearProjects.validate(_table(_LAST_YEAR, LAST_YEAR, *(column.name for column in LAST_YEAR))),
    )


def _table(text: str, columns: tuple[Column, ...], *names: str) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()[1:]]
    table = pd.DataFrame(rows, columns=list(names)).reindex(columns=[column.name for column in columns])
    flags = {"是": True, "否": False}
    for column in columns:
        if column.kind == "flag":
            table[column.name] = table[column.name].map(flags)
        table[column.name] = (
            pd.to_numeric(table[column.name]) if column.kind == "whole" else table[column.name]
        ).astype(DTYPES[column.kind])
    return table
