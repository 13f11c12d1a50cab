"""四（二）: reviewed by experts, and filled in as the form asks.

What is wrong with one cell is one finding. Rules of other clauses do not judge a value that could not be read. An empty
立项必要性 is 二（五）1's, an empty 系统项目编号 四（五）'s, a class or basis that does not exist 二（一）, 二（二） or 一（四）'s.
"""

import re

import pandas as pd

from flows.validate.rule import rule
from schemas.columns import FILING, PARTICIPANT
from schemas.notice import Notice

_ELSEWHERE_IF_EMPTY = ("necessity", "otm_no")
_ELSEWHERE_IF_UNREAD = ("green_channel",)
_SPACES = "[ \t\n\u00a0\u3000]*"
_BETWEEN_PHONES = f"{_SPACES}[、,，;；/]?{_SPACES}"


def numbered_class(notice: Notice) -> str:
    """A regular expression for what was meant to be one of the numbered classes, which 二（一） and 二（二） judge."""
    called = (*notice.meanings.priority_called, *notice.meanings.key_called)
    return "|".join(r"\s*".join(re.escape(character) for character in word) for word in called) or r"[^\s\S]"


def how_empty(cells: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``empty``: that nothing is filled in, or what is and says nothing."""
    return pd.DataFrame({"empty": ("填的是“" + cells["value"] + "”，等于没有填写").fillna("未填写")})


@rule(
    "review-rejected",
    clause="四（二）",
    severity="prohibit",
    about="expert_review",
    looks_at="专家评审结论",
    message="专家评审结论为“{expert_review}”，未经专家评审通过的项目不予受理。",
    advice="请完善项目、重新组织专家评审，通过后再申报。",
)
def not_rejected_by_experts(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The unit's experts did not turn the project down."""
    return ~filings["expert_review"].isin(notice.meanings.review_rejected)


@rule(
    "review-pending",
    clause="四（二）",
    severity="return",
    about="expert_review",
    looks_at="专家评审结论",
    message="专家评审结论为“{expert_review}”，申报前应经专家评审通过。",
    advice="请先组织专家评审，再填写评审结论。",
)
def reviewed_by_experts(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The unit's experts have looked at the project."""
    return ~filings["expert_review"].isin(notice.meanings.review_pending)


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
def required_cell_filled(cells: pd.DataFrame, notice: Notice) -> pd.Series:
    """A required cell has something in it; 无 and 待定 are nothing."""
    elsewhere = cells["column"].isin(_ELSEWHERE_IF_EMPTY)
    return ~(cells["required"] & cells["blank"] & cells["remark"].isna()) | elsewhere


@rule(
    "unread-cell",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="各栏的写法和可选词",
    message="“{title}”填报为“{value}”，无法识别；应为{expected}。",
    advice="请按要求重新填写“{title}”。",
)
def filled_cell_understood(cells: pd.DataFrame, notice: Notice) -> pd.Series:
    """What is in a cell is of the kind, or one of the words, that the form asks for; optional cells too."""
    numbered = cells["column"].eq("priority_class") & cells["value"].str.contains(numbered_class(notice), na=False)
    elsewhere = cells["column"].isin(_ELSEWHERE_IF_UNREAD) | numbered
    return cells["blank"] | cells["remark"].notna() | elsewhere


def how_to_write(cells: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``how``: how a day is written; of other values only one is asked for."""
    kinds = {column.name: column.kind for column in (*FILING, *PARTICIPANT)}
    days = cells["column"].map(kinds).eq("date")
    return pd.DataFrame({"how": days.map({True: f"，日期写成 {notice.year}-05-11 的样子", False: "，只填一个"})})


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
def read_in_one_way(cells: pd.DataFrame, notice: Notice) -> pd.Series:
    """A value has one reading; of two, none is chosen."""
    return cells["remark"].ne("ambiguous") | cells["remark"].isna()


@rule(
    "unsaved-formula",
    clause="四（二）",
    severity="return",
    over="cells",
    looks_at="公式的计算结果",
    message="“{title}”是公式“{value}”，文件中没有保存计算结果。",
    advice="请用 Excel 或 WPS 打开文件，重新计算并保存后再报。",
)
def formula_saved_with_result(cells: pd.DataFrame, notice: Notice) -> pd.Series:
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
def cell_without_error(cells: pd.DataFrame, notice: Notice) -> pd.Series:
    """A cell shows a value, not #REF! or another error."""
    return cells["remark"].ne("error_value") | cells["remark"].isna()


@rule(
    "unknown-organiser",
    clause="四（二）",
    severity="return",
    about="organiser",
    looks_at="组团单位（单位名录）",
    message="组团单位“{organiser_filed}”不在单位名录中。",
    advice="请填写单位名录中的规范名称；确属新设单位的，请与省科技厅联系补录。",
)
def organiser_known(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The organiser is a unit of 单位名录."""
    return filings["organiser_known"]


@rule(
    "unknown-country",
    clause="四（二）",
    severity="return",
    about="country",
    looks_at="国家（地区）（国家地区表）",
    message="国家（地区）“{country_filed}”无法识别。",
    advice="请填写一个国家（地区）的规范名称。",
)
def country_known(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The country is one of 国家地区."""
    return filings["country_known"]


@rule(
    "seq-twice",
    clause="四（二）",
    severity="return",
    about="seq",
    looks_at="序号",
    message="序号 {seq} 在本表中出现多次，无法确定参团单位属于哪个项目。",
    advice="请重新编号，表内不得重复。",
)
def seq_unique(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """A 序号 stands for one project of its sheet; each row that shares one is told."""
    return ~filings.duplicated(["file", "sheet", "seq"], keep=False)


@rule(
    "dates-in-order",
    clause="四（二）",
    severity="return",
    about="end_date",
    looks_at="拟出境日期、拟入境日期",
    message="拟入境日期 {end_date} 早于拟出境日期 {start_date}。",
    advice="请核对并更正出入境日期。",
)
def returns_after_leaving(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """A group returns no earlier than it left."""
    return filings["span"].ge(1)


@rule(
    "dates-against-days",
    clause="四（二）",
    severity="return",
    about="end_date",
    looks_at="培训天数、拟出境日期、拟入境日期",
    message="{start_date} 至 {end_date} 首尾共 {span} 天，培训天数填报为 {days} 天；两者相差应为 0 至 {notice.limits.travel_days} 天。",
    advice="请核对培训天数和出入境日期。",
)
def days_fit_the_dates(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The days of training fit the days abroad.

    Days abroad count both the day of leaving and that of returning. Training cannot last longer; it may be shorter by the
    days of travel, two at most (``travel_days``), which also covers offices that count the nights.
    """
    spare = filings["span"] - filings["days"]
    return spare.between(0, notice.limits.travel_days) | filings["span"].lt(1)


@rule(
    "departure-year",
    clause="四（二）",
    severity="return",
    about="start_date",
    looks_at="拟出境日期",
    message="拟出境日期 {start_date} 不在 {notice.year} 年计划的前后，年份可能填错。",
    advice="请核对年份。",
)
def leaves_about_the_plan_year(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The year of leaving is not plainly a slip: at most one year (``departure_years``) off the plan's."""
    year = filings["start_date"].dt.year.astype("Int64")
    return (year - notice.year).abs().le(notice.limits.departure_years)


@rule(
    "headcount-positive",
    clause="四（二）",
    severity="return",
    about="headcount",
    looks_at="申报人数",
    message="申报人数填报为 {headcount}，应至少 1 人。",
    advice="请填写全团人数。",
)
def someone_travels(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """At least one person travels."""
    return filings["headcount"].ge(1)


@rule(
    "budget-positive",
    clause="四（二）",
    severity="return",
    about="budget",
    looks_at="经费预算（万元）",
    message="经费预算填报为 {budget:.10g} 万元，应大于 0。",
    advice="请填写全团经费预算，单位为万元。",
)
def budget_above_nothing(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The trip costs something."""
    return filings["budget"].gt(0)


@rule(
    "cadres-within-headcount",
    clause="四（二）",
    severity="return",
    about="provincial_cadres",
    looks_at="省管干部人数、申报人数",
    message="省管干部人数填报为 {provincial_cadres}，申报人数 {headcount_filed}；省管干部应为 0 至全团人数。",
    advice="请核对省管干部人数和申报人数。",
)
def cadres_among_those_who_travel(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The cadres are among those who travel."""
    return filings["provincial_cadres"].ge(0) & (filings["provincial_cadres"] <= filings["headcount"])


@rule(
    "participants-within-headcount",
    clause="四（二）",
    severity="return",
    about="headcount",
    looks_at="申报人数、各参团单位的参团人数",
    message="申报人数 {headcount} 人，各参团单位合计 {people} 人，多于申报人数。",
    advice="请核对申报人数（全团人数）和各参团单位的人数。",
)
def participants_fit_the_headcount(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """Participants are together no more than the group; they may be fewer, where the organiser's own people make up the
    rest."""
    return filings["people"] <= filings["headcount"]


@rule(
    "phone",
    clause="四（二）",
    severity="return",
    about="phone",
    looks_at="联系电话",
    message="联系电话填报为“{phone}”，不是手机号码，也不是带区号的座机号码。",
    advice="请填写 11 位手机号码，或带区号的座机号码，例如 028-55500001。",
)
def phone_can_be_called(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """联系电话 is one or several numbers that can be called from elsewhere (``[form] phones``)."""
    one = "(?:" + "|".join(notice.form.phones) + ")"
    return filings["phone"].str.fullmatch(f"{_SPACES}{one}(?:{_BETWEEN_PHONES}{one})*{_SPACES}")


@rule(
    "unknown-participant",
    clause="四（二）",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位（单位名录）",
    message="参团单位“{participant_filed}”不在单位名录中。",
    advice="请填写单位名录中的规范名称；确属新设单位的，请与省科技厅联系补录。",
)
def participant_known(participants: pd.DataFrame, notice: Notice) -> pd.Series:
    """Who takes part is a unit of 单位名录."""
    return participants["unit_known"]


def who_takes_part(participants: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``shown``: the participant, by name where it has one."""
    return pd.DataFrame({"shown": ("“" + participants["participant_filed"] + "”").fillna("某单位")})


@rule(
    "participant-without-project",
    clause="四（二）",
    severity="return",
    over="participants",
    about="seq",
    looks_at="参团单位表的序号",
    message="参团单位表中{shown}的序号填报为“{seq_filed}”，“项目申报”表中没有这个序号的项目。",
    advice="请更正序号，使其与“项目申报”表中的项目一致。",
    tells=who_takes_part,
)
def participant_of_a_project(participants: pd.DataFrame, notice: Notice) -> pd.Series:
    """A participant's 序号 is that of a project. Without one it concerns the whole file, since nobody can tell whose it is."""
    return participants["filing_id"].notna()


@rule(
    "participants-positive",
    clause="四（二）",
    severity="return",
    over="participants",
    about="participants",
    looks_at="参团人数",
    message="参团单位{participant_filed}的参团人数填报为 {participants}，应至少 1 人。",
    advice="请填写该单位派出人数；不派人的，请删去该行。",
)
def participant_sends_someone(participants: pd.DataFrame, notice: Notice) -> pd.Series:
    """A unit that takes part sends at least one person."""
    return participants["participants"].ge(1)


@rule(
    "total-differs",
    clause="四（二）",
    severity="return",
    over="totals",
    looks_at="合计、小计行",
    message="合计行“{title}”填报为 {stated:.10g}，以上各行之和为 {computed:.10g}。",
    advice="请核对各行和合计。",
)
def total_is_the_sum(totals: pd.DataFrame, notice: Notice) -> pd.Series:
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
def total_understood(totals: pd.DataFrame, notice: Notice) -> pd.Series:
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
def title_as_in_the_form(remarks: pd.DataFrame, notice: Notice) -> pd.Series:
    """A column's title is one that the form has; a near one was taken for it."""
    return remarks["kind"].ne("title_guessed")


@rule(
    "title-twice",
    clause="四（二）",
    severity="return",
    over="remarks",
    looks_at="表头",
    message="表头“{value}”与 {detail} 的表头都是“{title}”，无法确定以哪一栏为准。",
    advice="请只保留一栏“{title}”。",
)
def one_column_a_title(remarks: pd.DataFrame, notice: Notice) -> pd.Series:
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
def required_column_there(remarks: pd.DataFrame, notice: Notice) -> pd.Series:
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
def still_listed(remarks: pd.DataFrame, notice: Notice) -> pd.Series:
    """A project of an older version is still in the newer one."""
    return remarks["kind"].ne("withdrawn")


def why_unreadable(files: pd.DataFrame, notice: Notice) -> pd.DataFrame:
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
def file_readable(files: pd.DataFrame, notice: Notice) -> pd.Series:
    """The file could be read."""
    return files["status"].ne("unreadable")


@rule(
    "file-failed",
    clause="四（二）",
    severity="advise",
    over="files",
    looks_at="文件",
    message="程序处理这份文件时自身出错，其中的申报项目没有计入。",
    advice="不是填报单位的问题，不必重新报送；请系统维护人员查看错误日志，修正程序后重新运行。",
)
def file_was_no_trouble(files: pd.DataFrame, notice: Notice) -> pd.Series:
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
def file_has_filings(files: pd.DataFrame, notice: Notice) -> pd.Series:
    """The file has at least one filing."""
    return files["status"].ne("empty")


def what_others_filed(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``said``: the figures of the other filings that do not fit."""
    larger = "其他单位就同一团组填报 " + groups["larger"].astype("string") + " 人"
    listed = (
        groups["people"]
        .fillna(0)
        .gt(0)
        .map({True: "牵头申报所列参团人数和其他单位填报的本单位人数", False: "其他单位填报的本单位人数"})
    )
    shares = listed + "合计 " + groups["shares"].astype("string") + " 人"
    return pd.DataFrame({"said": larger.fillna(shares)})


@rule(
    "group-shares",
    clause="四（二）",
    severity="hold",
    over="groups",
    about="headcount",
    assist=True,
    looks_at="归并后的团组：各单位填报的申报人数",
    message="牵头申报的申报人数 {headcount} 人，{said}，两者不能同时属实。",
    advice="请与各参团单位核对全团人数。",
    tells=what_others_filed,
)
def shares_fit_the_headcount(groups: pd.DataFrame, notice: Notice) -> pd.Series:
    """What the other offices of a group filed fits its lead's headcount: none filed more, and the shares of those that
    filed less, with those that the lead lists for other regions, are together no more. Held and not sent back, since
    either side may be wrong."""
    return ~(groups["shares"].gt(groups["headcount"]).fillna(False) | groups["larger"].notna())
