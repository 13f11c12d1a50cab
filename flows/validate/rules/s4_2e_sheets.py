"""四（二）: sheets and files as a whole: 合计 rows, titles, versions, files that cannot be read."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FileRows, RemarkRows, TotalRows
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "total-differs",
    clause="四（二）",
    severity="return",
    over="totals",
    looks_at="合计、小计行",
    message="合计行“{title}”填报为 {stated:.10g}，以上各行之和为 {computed:.10g}。",
    advice="请核对各行和合计。",
)
def total_is_the_sum(totals: DataFrame[TotalRows], notice: Notice) -> pd.Series:
    """A figure of a 合计 row is the sum of the rows above. Not judged where one of these could not be read."""
    difference = (totals["stated"] - totals["computed"]).abs()
    return difference.le(notice.limits.total_tolerance) | totals["unread_above"]


@rule(
    "total-unread",
    clause="四（二）",
    severity="advise",
    over="totals",
    looks_at="合计、小计行",
    message="合计行“{title}”填报为“{value}”，无法识别，未与各行之和 {computed:.10g} 核对。",
    advice="请填写数字，或删去合计行。",
)
def total_understood(totals: DataFrame[TotalRows], notice: Notice) -> pd.Series:
    """A figure of a 合计 row can be read; it is no cell of the form, so no filing is sent back for it."""
    return totals["stated"].notna()


@rule(
    "title-guessed",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="表头",
    message="表头“{value}”不是申报表的栏目名称，已按“{detail}”读取。",
    advice="请核对是否正确，并改用申报表的栏目名称。",
)
def title_as_in_the_form(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """A column's title is one that the form has; a near one was taken for it."""
    return remarks["kind"].ne("title_guessed")


@rule(
    "header-unclear",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="表头",
    message="表头按第 {value} 行读取，也可能在{detail}，两种读法相差不多。",
    advice="请核对各栏读得是否正确；表头最好只占一行，用申报表的栏目名称。",
)
def header_in_one_place(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """No other rows explain the sheet nearly as well as those that were taken for its header."""
    return remarks["kind"].ne("header_unclear")


@rule(
    "title-twice",
    clause="四（二）",
    severity="return",
    over="remarks",
    looks_at="表头",
    message="表头“{value}”与 {detail} 的表头都是“{title}”，无法确定以哪一栏为准。",
    advice="请只保留一栏“{title}”。",
)
def one_column_a_title(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """No two columns claim the same field."""
    return remarks["kind"].ne("title_twice")


@rule(
    "column-missing",
    clause="四（二）",
    severity="return",
    over="remarks",
    looks_at="表头",
    message="表中没有“{title}”一栏，该栏必填。",
    advice="请按申报表的格式补上“{title}”一栏并逐项填写。",
)
def required_column_there(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """The sheet has every required column; one finding stands for all its rows."""
    return remarks["kind"].ne("column_missing")


@rule(
    "withdrawn",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="同一单位的新旧版本",
    message="新版“{detail}”未再列入项目“{value}”，按撤回处理。",
    advice="如非撤回，请在新版中补列该项目。",
)
def still_listed(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """A project of an older version is still in the newer one."""
    return remarks["kind"].ne("withdrawn")


@rule(
    "struck-out",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="整行划有删除线的项目",
    message="项目“{value}”（第 {detail} 行）整行划有删除线，按撤回处理。",
    advice="如非撤回，请去掉删除线后重新报送。",
)
def not_struck_out(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """No row is struck through in every cell."""
    return remarks["kind"].ne("struck_out")


@rule(
    "hidden-copy",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="隐藏的工作表",
    message="隐藏的工作表中另有项目“{value}”（{detail}），按旧稿处理，以看得见的一份为准。",
    advice="请删除隐藏的旧稿；如应以隐藏的一份为准，请取消隐藏并删除另一份。",
)
def no_hidden_copy(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """No hidden sheet lists a project that a visible one has too."""
    return remarks["kind"].ne("hidden_copy")


@rule(
    "hidden-sheet",
    clause="四（二）",
    severity="advise",
    over="remarks",
    looks_at="隐藏的工作表",
    message="工作表“{detail}”是隐藏的，其中的申报项目已照常计入。",
    advice="请取消隐藏；不报的项目请删除。",
)
def sheets_are_visible(remarks: DataFrame[RemarkRows], notice: Notice) -> pd.Series:
    """No sheet with filings is hidden."""
    return remarks["kind"].ne("hidden_sheet")


def why_unreadable(files: DataFrame[FileRows], notice: Notice) -> pd.DataFrame:
    """``why``: the reason as a clause."""
    return pd.DataFrame({"why": files["reason"].str.rstrip("。").fillna("内容无法识别")})


@rule(
    "file-unreadable",
    clause="四（二）",
    severity="return",
    over="files",
    looks_at="文件",
    message="文件无法读取：{why}。",
    advice="请用申报表模板重新填写，保存为 xlsx 后再报。",
    tells=why_unreadable,
)
def file_readable(files: DataFrame[FileRows], notice: Notice) -> pd.Series:
    """The file could be read."""
    return files["status"].ne("unreadable")


@rule(
    "file-deferred",
    clause="四（二）",
    severity="advise",
    over="files",
    looks_at="文件",
    message="文件本夜没有读取：{why}。",
    advice="请等下一夜再读取；不是填报单位的问题，不必重新报送。",
    tells=why_unreadable,
)
def file_held_still(files: DataFrame[FileRows], notice: Notice) -> pd.Series:
    """The file stayed as it was found until it was read."""
    return files["status"].ne("deferred")


@rule(
    "file-failed",
    clause="四（二）",
    severity="advise",
    over="files",
    looks_at="文件",
    message="程序处理这份文件时自身出错，其中的申报项目没有计入。",
    advice="请系统维护人员查看错误日志，修正程序后重新运行；不是填报单位的问题，不必重新报送。",
)
def file_was_no_trouble(files: DataFrame[FileRows], notice: Notice) -> pd.Series:
    """The program did not fail at the file."""
    return files["status"].ne("failed")


@rule(
    "file-empty",
    clause="四（二）",
    severity="advise",
    over="files",
    looks_at="文件",
    message="文件中未发现申报项目。",
    advice="如应有申报项目，请核对是否按申报表的格式填写。",
)
def file_has_filings(files: DataFrame[FileRows], notice: Notice) -> pd.Series:
    """The file has at least one filing."""
    return files["status"].ne("empty")
