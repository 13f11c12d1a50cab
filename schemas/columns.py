"""Every column once: its name in code, its title on paper, its kind and its width.

The template, the reader, the checks, the workbooks and the docs all ask this module. A name is English and
is also the column's name in the warehouse; a title is Chinese and is what officials and offices see.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "date", "flag", "choice", "choices", "unit", "country", "institution"]
"""What a cell means once read.

``text`` any text; ``whole`` an integer; ``number`` a decimal; ``date`` a day; ``flag`` 是/否; ``choice`` one word of a
vocabulary of the notice; ``choices`` several of them joined by 、; ``unit``, ``country`` and ``institution`` a name of
the reference workbook of that name, by any of its other names.
"""


@dataclass(frozen=True)
class Column:
    """One column of a sheet or table.

    ``width`` is in Excel's characters; ``vocabulary`` names a list of the notice (``[vocabularies]``).
    """

    name: str
    title: str
    kind: Kind
    doc: str
    required: bool = False
    width: float = 12
    vocabulary: str | None = None


def by_name(columns: tuple[Column, ...]) -> dict[str, Column]:
    """The columns by their names in code."""
    return {column.name: column for column in columns}


def titles(columns: tuple[Column, ...]) -> dict[str, str]:
    """Name in code → title on paper."""
    return {column.name: column.title for column in columns}


FILING: tuple[Column, ...] = (
    Column("seq", "序号", "whole", "序号，表内不得重复", required=True, width=6),
    Column("title", "项目名称", "text", "培训项目的完整名称", required=True, width=36),
    Column("organiser", "组团单位", "unit", "单位名录中的单位", required=True, width=20),
    Column(
        "priority_class",
        "立项类别",
        "choice",
        "通知二（一）、二（二）所列类别，或一般",
        required=True,
        width=9,
        vocabulary="priority_class",
    ),
    Column("training_type", "培训类型", "choice", "培训类型", required=True, width=14, vocabulary="training_type"),
    Column("theme", "培训领域", "text", "例如：现代农业、职业教育、医院管理", required=True, width=12),
    Column("cross_region", "是否双跨", "flag", "跨地区、跨部门组团填“是”", required=True, width=8),
    Column("country", "国家（地区）", "country", "拟前往国家（地区）", required=True, width=11),
    Column("institution", "境外培训机构", "institution", "接待培训的境外机构", required=True, width=24),
    Column("letter_no", "合作意向书编号", "text", "对接系统生成的合作意向书编号", width=18),
    Column("content", "培训内容", "text", "课程与培训安排", required=True, width=40),
    Column("necessity", "立项必要性（国内无法解决的原因）", "text", "为什么国内不能解决", required=True, width=36),
    Column("headcount", "申报人数", "whole", "全团人数（人）", required=True, width=8),
    Column("days", "培训天数", "whole", "境外培训天数（天）", required=True, width=8),
    Column("start_date", "拟出境日期", "date", "拟出境日期", required=True, width=11),
    Column("end_date", "拟入境日期", "date", "拟入境日期", required=True, width=11),
    Column("provincial_cadres", "省管干部人数", "whole", "其中省管干部人数（人），没有可不填", width=8),
    Column("degree_study", "是否学历教育", "flag", "是否学历教育", required=True, width=8),
    Column(
        "funding_source",
        "经费来源",
        "choices",
        "可填多项，用“、”分隔",
        required=True,
        width=14,
        vocabulary="funding_source",
    ),
    Column("budget", "经费预算（万元）", "number", "全团经费预算（万元）", required=True, width=10),
    Column("charges_fees", "是否向参训人员收费", "flag", "是否向参训人员收费", required=True, width=10),
    Column(
        "budgeted",
        "已列入因公出国（境）经费预算",
        "flag",
        "是否已列入本单位因公出国（境）经费预算",
        required=True,
        width=12,
    ),
    Column(
        "expert_review",
        "专家评审结论",
        "choice",
        "本单位专家评审结论",
        required=True,
        width=10,
        vocabulary="expert_review",
    ),
    Column(
        "green_channel",
        "绿色通道依据",
        "choice",
        "符合绿色通道的填依据，不符合的留空",
        width=12,
        vocabulary="green_channel",
    ),
    Column("otm_no", "系统项目编号", "text", "项目管理系统给出的编号", required=True, width=16),
    Column("contact", "联系人", "text", "联系人", required=True, width=9),
    Column("phone", "联系电话", "text", "手机或带区号的座机", required=True, width=15),
    Column("remarks", "备注", "text", "备注", width=16),
)
"""One row of the sheet 项目申报."""

PARTICIPANT: tuple[Column, ...] = (
    Column("seq", "序号", "whole", "所属项目在“项目申报”中的序号", required=True, width=6),
    Column("participant", "参团单位", "unit", "派人参团的单位", required=True, width=28),
    Column("region", "所在市州", "text", "该单位所在市（州），省级单位填“省级”", width=12),
    Column("system", "所属系统", "text", "该单位所属系统，例如：水利、卫生", width=10),
    Column("participants", "参团人数", "whole", "该单位派出人数（人）", required=True, width=9),
    Column("budgeted", "已列入因公出国（境）经费预算", "flag", "该单位是否已列入预算", required=True, width=12),
)
"""One row of the sheet 参团单位."""

FILING_SHEET = "项目申报"
PARTICIPANT_SHEET = "参团单位"
UNIT_LABEL = "填报单位："

UNIT: tuple[Column, ...] = (
    Column("unit", "单位名称", "text", "规范全称", required=True, width=32),
    Column("aliases", "别名", "text", "其他叫法，用“、”分隔", width=36),
    Column("level", "层级", "text", "省级、市级、县级", required=True, width=8),
    Column("region", "所在市州", "text", "所在市（州），省级单位填“省级”", width=16),
    Column("system", "所属系统", "text", "科技、农业、教育、卫生……", required=True, width=10),
    Column("nature", "单位性质", "text", "行政机关、党委组织部、事业单位、高等院校……", required=True, width=12),
    Column("foreign_affairs", "外事审批权", "flag", "有无外事审批权", required=True, width=10),
    Column("vertical", "垂直管理", "flag", "是否国务院部门垂直管理", required=True, width=10),
    Column("has_budget", "因公出国经费预算", "flag", "有无因公出国（境）经费预算", required=True, width=14),
)
"""One row of 单位名录.xlsx."""

INSTITUTION: tuple[Column, ...] = (
    Column("institution", "机构名称", "text", "规范中文名称", required=True, width=32),
    Column("foreign_name", "外文名称", "text", "外文全称", width=40),
    Column("aliases", "别名", "text", "其他叫法，用“、”分隔", width=30),
    Column("country", "国家（地区）", "text", "所在国家（地区）", required=True, width=12),
    Column("formal_cooperation", "正式合作关系", "flag", "与引智司有无正式合作关系", required=True, width=12),
)
"""One row of 境外机构名录.xlsx."""

COUNTRY: tuple[Column, ...] = (
    Column("country", "国家（地区）", "text", "规范名称", required=True, width=14),
    Column("aliases", "别名", "text", "其他叫法（含外文），用“、”分隔", width=40),
    Column("hot", "热点", "flag", "是否热点国家（地区）", required=True, width=8),
    Column("belt_road", "一带一路", "flag", "是否“一带一路”沿线", required=True, width=10),
)
"""One row of 国家地区.xlsx."""

LAST_YEAR: tuple[Column, ...] = (
    Column("otm_no", "系统项目编号", "text", "上年项目编号", required=True, width=18),
    Column("organiser", "组团单位", "text", "组团单位", required=True, width=28),
    Column("title", "项目名称", "text", "项目名称", required=True, width=40),
    Column("country", "国家（地区）", "text", "国家（地区）", required=True, width=12),
    Column("institution", "境外培训机构", "text", "境外培训机构", required=True, width=30),
    Column("approved", "批复人数", "whole", "批复人数（人）", required=True, width=10),
    Column("executed", "执行人数", "whole", "实际执行人数（人）", required=True, width=10),
    Column("summary_filed", "总结已报送", "flag", "总结是否已报送", required=True, width=10),
)
"""One row of 上年项目.xlsx."""

REFERENCES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "units": ("单位名录.xlsx", UNIT),
    "institutions": ("境外机构名录.xlsx", INSTITUTION),
    "countries": ("国家地区.xlsx", COUNTRY),
    "last_year": ("上年项目.xlsx", LAST_YEAR),
}
"""The reference workbooks: table name → file name and columns."""
