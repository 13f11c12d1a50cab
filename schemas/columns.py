"""Every column once: its name in code and its kind; of the reference workbooks also its title and its width.

A name is English and is also the column's name in the warehouse; a title is Chinese and is what officials and offices see.
What a year's form calls its columns, in which order and which must be filled in, says the year's form
(:mod:`schemas.form`); here stands every column that any year's form has ever had, so that tables and warehouse have them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

Kind = Literal["text", "whole", "number", "date", "flag", "choice", "choices", "unit", "country", "institution"]
"""What a cell means once read.

``text`` any text; ``whole`` an integer; ``number`` a decimal; ``date`` a day; ``flag`` 是/否; ``choice`` one word of a
vocabulary of the notice; ``choices`` several of them joined by 、; ``unit``, ``country`` and ``institution`` a name of
the reference workbook of that name, by any of its other names.
"""


@dataclass(frozen=True)
class Field:
    """A column of a form as code knows it; ``vocabulary`` names a list of the notice (``[vocabularies]``)."""

    name: str
    kind: Kind
    vocabulary: str | None = None


@dataclass(frozen=True)
class Column:
    """One column of a sheet or table.

    ``width`` is in Excel's characters; ``vocabulary`` names a list of the notice (``[vocabularies]``). ``required_for`` are the
    training types of the filings in which a column that is not ``required`` must be filled in all the same. ``example`` is what
    stands there in the worked example, where ``{year}`` is the plan year; empty where it is left empty.
    """

    name: str
    title: str
    kind: Kind
    doc: str
    required: bool = False
    width: float = 12
    vocabulary: str | None = None
    required_for: tuple[str, ...] = ()
    example: str = ""

    @property
    def asked(self) -> str:
        """Whether it must be filled in, as the form says it."""
        if self.required:
            return "必填"
        return f"{'、'.join(self.required_for)}必填，其他选填" if self.required_for else "选填"


T = TypeVar("T", Field, Column)


def by_name(columns: Iterable[T]) -> dict[str, T]:
    """The columns by their names in code."""
    return {column.name: column for column in columns}


def titles(columns: tuple[Column, ...]) -> dict[str, str]:
    """Name in code → title on paper."""
    return {column.name: column.title for column in columns}


FILING: tuple[Field, ...] = (
    Field("seq", "whole"),
    Field("title", "text"),
    Field("organiser", "unit"),
    Field("priority_class", "choice", "priority_class"),
    Field("training_type", "choice", "training_type"),
    Field("theme", "text"),
    Field("cross_region", "flag"),
    Field("country", "country"),
    Field("institution", "institution"),
    Field("letter_no", "text"),
    Field("content", "text"),
    Field("necessity", "text"),
    Field("headcount", "whole"),
    Field("days", "whole"),
    Field("start_date", "date"),
    Field("end_date", "date"),
    Field("provincial_cadres", "whole"),
    Field("degree_study", "flag"),
    Field("funding_source", "choices", "funding_source"),
    Field("budget", "number"),
    Field("charges_fees", "flag"),
    Field("budgeted", "flag"),
    Field("expert_review", "choice", "expert_review"),
    Field("green_channel", "choice", "green_channel"),
    Field("otm_no", "text"),
    Field("contact", "text"),
    Field("phone", "text"),
    Field("remarks", "text"),
)
"""One row of the sheet 项目申报: every column that any year's form has ever had."""

PARTICIPANT: tuple[Field, ...] = (
    Field("seq", "whole"),
    Field("participant", "unit"),
    Field("region", "text"),
    Field("system", "text"),
    Field("participants", "whole"),
    Field("budgeted", "flag"),
)
"""One row of the sheet 参团单位: every column that any year's form has ever had."""

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

QUOTA: tuple[Column, ...] = (
    Column("scope", "范围", "choice", "全省、市州、类别或单位", required=True, width=8),
    Column("name", "名称", "text", "市（州）、立项类别或单位的名称；范围是全省的填“全省”", required=True, width=32),
    Column("people", "人数", "whole", "至多多少人", required=True, width=10),
)
"""One row of 指标控制数.xlsx."""

REFERENCES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "units": ("单位名录.xlsx", UNIT),
    "institutions": ("境外机构名录.xlsx", INSTITUTION),
    "countries": ("国家地区.xlsx", COUNTRY),
    "last_year": ("上年项目.xlsx", LAST_YEAR),
}
"""The reference workbooks: table name → file name and columns."""

OPTIONAL_REFERENCES: dict[str, tuple[str, tuple[Column, ...]]] = {"quotas": ("指标控制数.xlsx", QUOTA)}
"""The reference workbooks that need not be there."""
