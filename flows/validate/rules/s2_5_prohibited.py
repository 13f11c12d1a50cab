"""二（五）: what must not be organised."""

import re

import pandas as pd

from flows.validate.lexicon import lexicon
from flows.validate.rule import rule
from flows.validate.rules.s2_3_2_cross_region import SOCIETIES, across, society_without_right, why_across
from flows.validate.tables.cells import how_empty
from flows.validate.tables.rows import CellRows, FilingRows, GroupRows, TextRows
from flows.validate.texts import WEIGHED
from flows.validate.words import any_of, length
from schemas.notice import Notice
from schemas.tables import DataFrame

_MAD_TO_SIGMA = 0.6745
"""The median absolute deviation of a normal distribution, in standard deviations."""
_NO_LETTER = re.compile("[^A-Za-z\u4e00-\u9fff\u25c7]+")
_LIKE_5G = "[0-9]+[A-Za-z]|[A-Za-z][0-9]+"
_SUBJECT = "\N{WHITE DIAMOND}\N{WHITE DIAMOND}"
"""Stands for what is a subject although it is made of words that by themselves name none."""


@rule(
    "necessity-empty",
    clause="二（五）1",
    severity="return",
    over="cells",
    looks_at="立项必要性（国内无法解决的原因）",
    message="立项必要性{empty}，看不出国内为什么不能解决。",
    advice="请写明国内无法解决的原因，至少 {notice.limits.necessity_characters} 字；国内能够解决的，请撤回该项目。",
    tells=how_empty,
)
def necessity_filled(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """立项必要性 says something (二（五）1); an empty one is this clause's and not 四（二）'s as well."""
    return cells["column"].ne("necessity") | ~cells["blank"] | cells["remark"].notna()


@rule(
    "necessity",
    clause="二（五）1",
    severity="return",
    about="necessity",
    looks_at="立项必要性（国内无法解决的原因）",
    message="立项必要性填报为“{necessity}”，不足 {notice.limits.necessity_characters} 字，看不出国内为什么不能解决。",
    advice="请写明国内无法解决的原因；国内能够解决的，请撤回该项目。",
)
def necessity_explained(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """立项必要性 is ten characters or more, spaces and runs of punctuation not counted (二（五）1)."""
    return explained(filings["necessity"], notice)


def explained(necessity: pd.Series, notice: Notice) -> pd.Series:
    """Whether a necessity has as many characters as it must."""
    return length(necessity).ge(notice.limits.necessity_characters)


@rule(
    "sightseeing-title",
    clause="二（五）1",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称（{WEIGHED}）",
    message="项目名称中有{evidence}{against}，不得申报参观考察性质的一般性培训。",
    advice="请改为有实质内容的培训。",
    otherwise="确有实质内容的，请书面说明。",
)
def title_without_sightseeing(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """The title speaks of no visit without substance (二（五）1); 考察队伍建设 is another word."""
    return pd.Series(False, index=texts.index)


@rule(
    "sightseeing-content",
    clause="二（五）1",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"培训内容、立项必要性、备注（{WEIGHED}）",
    message="{text_title}中有{evidence}{against}；通知要求培训不得是参观考察性质的，也不得用于安排照顾，请核实这些安排是否属于培训。",
    advice="请写明课程和实训的安排，删去与培训无关的安排。",
    otherwise="确属培训需要的，请书面说明理由。",
)
def texts_without_sightseeing(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """No visit without substance, no tourism, no favour (二（五）1): neither in the content nor in necessity or remarks. What
    the text denies (不安排参观) it has not, and what the same part of the sentence does (上机操作) weighs against it."""
    return pd.Series(False, index=texts.index)


@rule(
    "necessity-weak",
    clause="二（五）1",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"立项必要性（{WEIGHED}）",
    message="立项必要性写的是{evidence}{against}，没有说明国内为什么不能解决；国内能够解决的不得申报。",
    advice="请写明国内缺什么、为什么不能解决；国内能够解决的，请撤回该项目。",
)
def necessity_says_why(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """The necessity does not itself say that it can be solved at home, and is more than set phrases, an order or the title said
    again (二（五）1)."""
    return ~explained(texts["necessity"], notice)


@rule(
    "title-subject",
    clause="二（五）2",
    severity="hold",
    about="title",
    assist=True,
    looks_at="项目名称，各参考表中国家（地区）、单位、机构的名称和别名",
    message="项目名称“{title}”去掉国家、单位和培训一类的词以后，看不出培训主题。",
    advice="请在项目名称中写明培训的具体主题。",
)
def title_names_a_subject(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Something of two characters or more is left of the title once all names of countries, units and institutions, the
    year and the words for training are taken away (二（五）2)."""
    subject = re.compile(f"{any_of(notice.title_words.subject)}|{_LIKE_5G}")
    noise = lexicon(*notice.title_words.noise)
    titles = filings["title_rest"].dropna().unique().tolist()
    rest = {title: _NO_LETTER.sub("", noise.left_of(subject.sub(_SUBJECT, title))) for title in titles}
    left = {title: len(said) >= notice.limits.title_characters for title, said in rest.items()}
    return filings["title_rest"].map(left).astype("boolean")


def how_long(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``characters``: how many the content has."""
    return pd.DataFrame({"characters": length(filings["content"])})


@rule(
    "content-length",
    clause="二（五）2",
    severity="hold",
    about="content",
    assist=True,
    looks_at="培训内容",
    message="培训内容填报为“{content}”，共 {characters} 字，不足 {notice.limits.content_characters} 字，没有写明课程和培训安排。",
    advice="请写明课程设置、授课和实训的安排，至少 {notice.limits.content_characters} 字。",
    tells=how_long,
)
def content_to_the_point(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """培训内容 is twenty characters or more, spaces and runs of punctuation not counted (二（五）2)."""
    return length(filings["content"]).ge(notice.limits.content_characters)


@rule(
    "society-cross-region",
    clause=SOCIETIES,
    severity="prohibit",
    about="cross_region",
    looks_at="是否双跨、参团单位、组团单位的单位性质、外事审批权（单位名录）",
    message="{why}，组团单位{organiser}是无外事审批权的{organiser_nature}，不得组织跨地区跨部门团组。",
    advice="请改由有权组织的省级单位组团，或只派本单位人员。",
    tells=why_across,
    tells_from=("cross_region_filed",),
)
def society_leads_no_cross_region_group(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A 学会, 协会, 基金会 or 培训中心 without 外事审批权 organises no cross-region group (二（五）3)."""
    return ~(society_without_right(filings, notice) & across(filings))


@rule(
    "group-society-cross-region",
    clause=SOCIETIES,
    severity="prohibit",
    over="groups",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报、组团单位的单位性质、外事审批权（单位名录）",
    message=(
        "是否双跨填报为“{cross_region_filed}”，但{group_elsewhere}也申报了同一团组；"
        "组团单位{organiser}是无外事审批权的{organiser_nature}，不得组织跨地区跨部门团组。"
    ),
    advice="请改由有权组织的省级单位组团。",
)
def society_leads_no_group_of_others(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Nor one that is cross-region only as other offices' filings show (二（五）3)."""
    return ~(society_without_right(groups, notice) & ~across(groups) & groups["group_elsewhere"].notna())


@rule(
    "charges-fees",
    clause="二（五）4",
    severity="hold",
    about="charges_fees",
    looks_at="是否向参训人员收费",
    message="是否向参训人员收费填报为“{charges_fees_filed}”，严禁以营利为目的、高收费乱收费组织培训。",
    advice="请取消收费。",
    otherwise="确需收费的，请书面说明收费依据和标准。",
)
def no_fees(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Those who are trained are not charged (二（五）4)."""
    return ~filings["charges_fees"]


@rule(
    "fees-text",
    clause="二（五）4",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、立项必要性、备注（{WEIGHED}），是否向参训人员收费",
    message="是否向参训人员收费填报为否，但{text_title}中有{evidence}{against}，像是向参训人员收费。",
    advice="请取消收费，或把“是否向参训人员收费”改为“是”并说明收费依据和标准；确不收费的，请在备注中写明由谁承担。",
)
def no_fees_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Where no fees are declared, the texts speak of none (二（五）4)."""
    return texts["charges_fees"].fillna(True)


def how_far_out(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``times`` the median of those alike; ``rate_limit`` 元 a person and day beyond which it is far out."""
    limits = notice.limits
    spread = limits.outlier_score / _MAD_TO_SIGMA * filings["rate_deviation"]
    limit = (filings["rate_median"] + spread).clip(lower=limits.outlier_times * filings["rate_median"])
    return pd.DataFrame({"times": filings["rate"] / filings["rate_median"], "rate_limit": limit}, index=filings.index)


@rule(
    "budget-outlier",
    clause="二（五）4",
    severity="hold",
    about="budget",
    assist=True,
    looks_at="经费预算、申报人数、培训天数，同一国家、天数相近的其他申报",
    message=(
        "经费预算 {budget:.10g} 万元，折合每人每天 {rate:.0f} 元；"
        "赴{country} {length}的 {rate_filings} 项申报中位数为 {rate_median:.0f} 元，"
        "本项是其 {times:.1f} 倍，明显偏高（以 {rate_limit:.0f} 元为界）。"
    ),
    advice="请核对并更正预算的金额和单位（万元）。",
    otherwise="无误的，请书面说明费用构成。",
    tells=how_far_out,
)
def budget_in_line_with_the_country(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """元 a person and day is not far above that of the filings to the country of about as many days (二（五）4): short ones
    spread the flight over few days and are dearer a day than long ones.

    Estimator: the modified Z score 0.6745 (x - median) / MAD, the median and the median absolute deviation taken over all
    these filings (the filing itself among them), at least eight; over 3.5 is far out. Median and MAD do not move
    when one filing is absurd, as mean and standard deviation would. Where the filings are so alike that MAD is next to
    nothing, a little more is not far out: at least 1.5 times the median is asked as well. Low budgets are no finding:
    the clause is about high fees. Nor what is over the ceiling per head, which is told by itself.
    """
    limits = notice.limits
    above = filings["rate"] - filings["rate_median"]
    far = (_MAD_TO_SIGMA * above).gt(limits.outlier_score * filings["rate_deviation"])
    times = filings["rate"].ge(limits.outlier_times * filings["rate_median"])
    said = filings["per_head"].gt(filings["per_head_limit"])
    return ~(far & times & filings["rate_filings"].ge(limits.outlier_filings)) | said


@rule(
    "budget-per-head",
    clause="二（五）4",
    severity="hold",
    about="budget",
    assist=True,
    looks_at="经费预算、申报人数、培训天数",
    message=(
        "经费预算 {budget:.10g} 万元，{headcount} 人、{days} 天，折合每人 {per_head:.1f} 万元，"
        "超过 {length}的项目每人 {per_head_limit:.10g} 万元；该数是本省审核用的参考值，通知没有规定。"
    ),
    advice="请核对并更正预算的金额和单位（万元）、申报人数。",
    otherwise="无误的，请书面说明费用构成。",
)
def budget_within_what_a_person_costs(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """What one person costs is within the ceiling for projects of about as many days (``[[lengths]]``; 二（五）4), however few
    filings there are to compare with."""
    return filings["per_head"].le(filings["per_head_limit"])
