"""四（二）: every cell filled in as the form asks.

What is wrong with one cell is one finding. Rules of other clauses do not judge a value that could not be read. An empty
立项必要性 is 二（五）1's, an empty 系统项目编号 四（五）'s, a class or basis that does not exist 二（一）, 二（二） or 一（四）'s.
"""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.cells import how_empty
from flows.validate.tables.rows import CellRows
from flows.validate.words import numbered_class
from schemas.columns import FILING, PARTICIPANT
from schemas.notice import Notice
from schemas.tables import DataFrame

_ELSEWHERE_IF_EMPTY = ("necessity", "otm_no")
_ELSEWHERE_IF_UNREAD = ("green_channel",)


@rule(
    "empty-cell",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="各必填栏",
    message="“{title}”{empty}。",
    advice="“{title}”为必填栏，请填写（{doc}）。",
    tells=how_empty,
)
def required_cell_filled(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """A required cell has something in it; 无, 待定 and a picture are nothing."""
    elsewhere = cells["column"].isin(_ELSEWHERE_IF_EMPTY)
    nothing = cells["blank"] & (cells["remark"].isna() | cells["remark"].eq("picture"))
    return ~(cells["required"] & nothing) | elsewhere


@rule(
    "picture-only",
    clause="四（二）",
    severity="advise",
    over="cells",
    looks_at="只有图片的单元格",
    message="“{title}”一格里只有图片，没有文字，无法读取。",
    advice="请填写文字；图片请另附。",
)
def no_picture_for_a_value(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """No cell of the form holds a picture instead of its value; of a required one its being empty says it."""
    said = cells["required"] & cells["blank"] & ~cells["column"].isin(_ELSEWHERE_IF_EMPTY)
    return cells["remark"].ne("picture") | cells["remark"].isna() | said


@rule(
    "unread-cell",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="各栏的写法和可选词",
    message="“{title}”填报为“{value}”，无法识别；应为{expected}。",
    advice="请按要求重新填写“{title}”。",
)
def filled_cell_understood(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """What is in a cell is of the kind, or one of the words, that the form asks for; optional cells too."""
    numbered = cells["column"].eq("priority_class") & cells["value"].str.contains(numbered_class(notice), na=False)
    elsewhere = cells["column"].isin(_ELSEWHERE_IF_UNREAD) | numbered
    return cells["blank"] | cells["remark"].notna() | elsewhere


def how_to_write(cells: DataFrame[CellRows], notice: Notice) -> pd.DataFrame:
    """``how``: how a day is written; of several words how they are separated; of other values only one is asked for."""
    kinds = {column.name: column.kind for column in (*FILING, *PARTICIPANT)}
    how = {"date": f"，日期写成 {notice.year}-05-11 的样子", "choices": "，多项用“、”分隔"}
    return pd.DataFrame({"how": cells["column"].map(kinds).map(how).fillna("，只填一个")})


@rule(
    "ambiguous-cell",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="有两种读法的日期、数字",
    message="“{title}”填报为“{value}”，可读作{detail}，无法确定是哪一个。",
    advice="请写明确{how}。",
    tells=how_to_write,
)
def read_in_one_way(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """A value has one reading; of two, none is chosen."""
    return cells["remark"].ne("ambiguous") | cells["remark"].isna()


def how_many(cells: DataFrame[CellRows], notice: Notice) -> pd.DataFrame:
    """``many``: how many values there are."""
    return pd.DataFrame({"many": cells["detail"].str.count("、").fillna(0).astype("int64") + 1})


@rule(
    "several-values",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="只填一个的栏目",
    message="“{title}”填报为“{value}”，有 {many} 个值（{detail}），只能填写一个。",
    advice="请只填写一个“{title}”；确属不同项目的，请分开填报。",
    tells=how_many,
)
def one_value_where_one_is_asked(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """A cell has one value where the form asks for one; of several, none is chosen."""
    return cells["remark"].ne("several_values") | cells["remark"].isna()


@rule(
    "unsaved-formula",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="公式的计算结果",
    message="“{title}”是公式“{value}”，文件中没有保存计算结果。",
    advice="请用 Excel 或 WPS 打开文件，重新计算并保存后再报。",
)
def formula_saved_with_result(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """A formula was saved with its result."""
    return cells["remark"].ne("no_cached_value") | cells["remark"].isna()


@rule(
    "error-cell",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="公式的出错值",
    message="“{title}”显示为出错值“{value}”，没有可用的内容。",
    advice="请更正公式，或直接填写内容。",
)
def cell_without_error(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """A cell shows a value, not #REF! or another error."""
    return cells["remark"].ne("error_value") | cells["remark"].isna()
