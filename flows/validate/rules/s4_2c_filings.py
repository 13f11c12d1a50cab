"""四（二）: what a filing says by itself and of itself: known names, dates and days, figures, the telephone."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows
from flows.validate.words import any_of, only_one
from schemas.notice import Notice
from schemas.tables import DataFrame

_SPACES = "[ \t\n\u00a0\u3000]*"
_NOTE = 10
"""How many characters a note behind a telephone number may have."""
_BETWEEN_PHONES = f"{_SPACES}[、,，;；/]?{_SPACES}"


def why_no_organiser(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``why``: what is wrong with the organiser's name, as the end of a sentence."""
    return pd.DataFrame({"why": only_one(filings["organiser"], "单位").fillna("不在单位名录中")})


@rule(
    "unknown-organiser",
    clause="四（二）",
    severity="return",
    about="organiser",
    looks_at="组团单位（单位名录）",
    message="组团单位“{organiser_filed}”{why}。",
    advice="请填写一个单位名录中的规范名称；确属新设单位的，请与省科技厅联系补录。",
    tells=why_no_organiser,
)
def organiser_known(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The organiser is a unit of 单位名录."""
    return filings["organiser_known"]


def why_unknown(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``why``: what is wrong with the country's name, as the end of a sentence."""
    return pd.DataFrame({"why": only_one(filings["country"], "国家（地区）").fillna("无法识别")})


@rule(
    "unknown-country",
    clause="四（二）",
    severity="return",
    about="country",
    looks_at="国家（地区）（国家地区表）",
    message="国家（地区）“{country_filed}”{why}。",
    advice="请填写一个国家（地区）的规范名称。",
    tells=why_unknown,
)
def country_known(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def seq_unique(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def returns_after_leaving(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A group returns no earlier than it left."""
    return filings["span"].ge(1)


@rule(
    "dates-against-days",
    clause="四（二）",
    severity="return",
    about="end_date",
    looks_at="培训天数、拟出境日期、拟入境日期",
    message="{start_date} 至 {end_date} 首尾共 {span} 天，少于培训天数 {days} 天；培训天数最多等于在境外的天数。",
    advice="请核对培训天数和出入境日期，更正填错的一栏。",
)
def days_within_the_dates(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Training lasts no longer than the stay abroad, which counts both the day of leaving and that of returning."""
    return filings["days"].le(filings["span"]) | filings["span"].lt(1)


def days_to_spare(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``spare``: how many days abroad are no training; ``allowed``: how many may be; ``why`` so many."""
    longer, far = _days_more(filings, notice)
    base = pd.Series(notice.limits.travel_days, index=filings.index, dtype="Int64")
    why = "往返路程 " + base.astype("string") + " 天"
    why += ("，长期培训另加 " + longer.astype("string") + " 天").where(longer.gt(0), "")
    why += ("，路程较远另加 " + far.astype("string") + " 天").where(far.gt(0), "")
    spare = filings["span"] - filings["days"]
    return pd.DataFrame({"spare": spare, "allowed": base + longer + far, "why": why}, index=filings.index)


def _days_more(filings: DataFrame[FilingRows], notice: Notice) -> tuple[pd.Series, pd.Series]:
    """How many days more there may be because the training is long, and because the country is far."""
    longer = (filings["days"] // notice.travel.one_more_each).fillna(0)
    return longer, filings["country"].isin(notice.travel.far) * notice.travel.far_more


@rule(
    "days-abroad",
    clause="四（二）",
    severity="hold",
    about="end_date",
    looks_at="培训天数、拟出境日期、拟入境日期、国家（地区）",
    message=(
        "{start_date} 至 {end_date} 首尾共 {span} 天，培训天数填报为 {days} 天，另有 {spare} 天不是培训，"
        "多于本项目可留的 {allowed} 天（{why}）。"
    ),
    advice="请核对培训天数和出入境日期，更正填错的一栏。",
    otherwise="日期无误的，请书面说明多出的天数作何安排。",
    tells=days_to_spare,
)
def days_abroad_are_for_training(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A stay is longer than the training by the days of travel at most (``travel_days``, which also covers offices that count
    the nights), by more where the training is long, since half a year is filed as 180 days, or the country far (``[travel]``)."""
    longer, far = _days_more(filings, notice)
    return (filings["span"] - filings["days"]).le(notice.limits.travel_days + longer + far)


@rule(
    "departure-year",
    clause="四（二）",
    severity="return",
    about="start_date",
    looks_at="拟出境日期",
    message="拟出境日期 {start_date}，计划年度是 {notice.year} 年，应在 {notice.year}-01-01 至 {notice.year}-12-31 之间出境。",
    advice="请核对拟出境日期的年份；不在本年度出境的，请撤回该项目。",
)
def leaves_in_the_plan_year(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The group leaves in the plan year, or so little later (``departure_years``) that a person must judge."""
    return _years_late(filings, notice).between(0, notice.limits.departure_years)


@rule(
    "departure-next-year",
    clause="四（二）",
    severity="hold",
    about="start_date",
    looks_at="拟出境日期",
    message="拟出境日期 {start_date}，晚于计划年度的最后一天 {notice.year}-12-31。",
    advice="请核对并更正拟出境日期，或列入下一年度计划申报。",
    otherwise="确需在下一年度出境的，请书面说明理由。",
)
def leaves_before_the_year_ends(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The group leaves before the plan year is over; one that leaves in the year after is for a person to judge."""
    late = _years_late(filings, notice)
    return ~late.between(1, notice.limits.departure_years).fillna(False)


def _years_late(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """How many years after the plan's a group leaves; below 0 before it."""
    return filings["start_date"].dt.year.astype("Int64") - notice.year


@rule(
    "headcount-positive",
    clause="四（二）",
    severity="return",
    about="headcount",
    looks_at="申报人数",
    message="申报人数填报为 {headcount}，应至少 1 人。",
    advice="请填写全团人数。",
)
def someone_travels(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def budget_above_nothing(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def cadres_among_those_who_travel(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def participants_fit_the_headcount(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
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
def phone_can_be_called(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """联系电话 is one or several numbers that can be called from elsewhere (``[form] phones``); a label before a number, or a
    note in brackets behind it (办公室, 王处长), is none of its business."""
    beside = rf"{_SPACES}(?:[（(][^（()）\d]{{1,{_NOTE}}}[）)])?"
    one = rf"(?:{any_of(notice.form.phone_labels)}{_SPACES}[:：]?{_SPACES})?(?:{'|'.join(notice.form.phones)}){beside}"
    return filings["phone"].str.fullmatch(f"{_SPACES}{one}(?:{_BETWEEN_PHONES}{one})*{_SPACES}")
