"""The sheet that stands first in a workbook sent back to its unit."""

from schemas.columns import Column
from schemas.sheets.sheet import Sheet

LETTER = Sheet(
    "修改意见",
    "一行一个需要核对或更正的问题，最重的在前",
    "current_finding",
    (
        Column("number", "序号", "whole", "本页中的顺序", width=5),
        Column("severity", "级别", "choice", "后果", width=9),
        Column("clause", "条款", "text", "通知的条款", width=9),
        Column("sheet", "工作表", "text", "工作表", width=9),
        Column("cell", "单元格", "text", "点击可到达该单元格", width=7),
        Column("title", "项目名称", "text", "项目名称", width=17),
        Column("column", "栏目", "text", "栏目", width=10),
        Column("value", "填报值", "text", "原样", width=13),
        Column("message", "问题", "text", "什么不符合", width=28),
        Column("advice", "修改建议", "text", "怎样改", width=23),
    ),
    made=("number", "title"),
)
