"""What other programs get of a night: views of the warehouse as they are, and what each of their columns is.

A column that a sheet or the form shows is described there, and told from there; only what no sheet shows is described here.
"""

from dataclasses import dataclass

from schemas.columns import Column, by_name
from schemas.form import Form
from schemas.sheets.exceptions import FINDINGS
from schemas.sheets.plan import GROUPS

FOLDER = "数据"
"""In the published folder."""
DICTIONARY = "栏目说明"
"""The name of the table that describes the columns of the others."""

_MADE_KNOWN = by_name(
    (
        Column("filing_id", "申报编号", "text", "同一条申报每夜不变"),
        Column("group_id", "团组编号", "text", "同一团组每夜不变"),
        Column("file", "文件", "text", "相对于 inputs 的路径"),
        Column("sheet", "工作表", "text", "工作表"),
        Column("row", "行", "whole", "在工作表中的第几行"),
        Column("unit", "单位", "text", "填报单位，以单位名录的名称为准"),
        Column("year", "计划年度", "whole", "计划年度（年）"),
        Column("superseded_by", "被何替代", "text", "为什么这一旧版本不再有效；现行的为空"),
        Column(
            "disposition", "去向", "choice", "included、merged、held、returned、prohibited、excluded、superseded 之一"
        ),
        Column("because", "去向的原因", "text", "为什么去往那里"),
        Column("rule_id", "规则", "text", "由哪条规则发现"),
        Column("status", "状态", "choice", "open、accepted、returned、excluded 之一"),
        Column("unclear", "未能识别的意见", "text", "填在处理意见处而不是意见的文字"),
    )
)
"""Columns that no sheet shows, or shows in other words."""

_AS_STORED = by_name((Column("severity", "级别", "choice", "prohibit、return、hold、advise 之一，后果最重的在前"),))
"""Columns that a sheet shows in words, and a view by their codes."""

UNITS = {
    **dict.fromkeys(("headcount", "provincial_cadres", "people", "participants", "quota"), "人"),
    **dict.fromkeys(("days",), "天"),
    **dict.fromkeys(("budget",), "万元"),
    **dict.fromkeys(("filings", "groups"), "个"),
}
"""Column → what its numbers count or measure; others are bare numbers."""


@dataclass(frozen=True)
class Dataset:
    """A table for other programs: the ``name`` of its files, what one ``row`` is, the ``view`` that it is, and where its columns are
    described: those of a sheet (``shown``), and of the ``form`` where it has filed values."""

    name: str
    row: str
    view: str
    shown: tuple[Column, ...] = ()
    filed: bool = False

    def described(self, form: Form) -> dict[str, Column]:
        """The columns that are known, by name."""
        return by_name(self.shown) | (form.filing_columns if self.filed else {}) | _MADE_KNOWN | self._own

    @property
    def _own(self) -> dict[str, Column]:
        return {column.name: _AS_STORED.get(column.name, column) for column in self.shown}


DATASETS = (
    Dataset("全省计划", "一行一个纳入计划的团组，按计划的顺序", "plan", GROUPS.columns),
    Dataset("问题", "一行一个问题，后果最重的在前", "open_finding", FINDINGS.columns),
    Dataset("申报项目", "一行一条申报，各栏是规范后的值", "current_filing", filed=True),
)
