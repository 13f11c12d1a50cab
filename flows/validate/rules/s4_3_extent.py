"""四（三）: how many people, how many days, and no degrees."""

import pandas as pd

from flows.validate.others import others_told
from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows, GroupRows, TextRows
from flows.validate.texts import WEIGHED
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "headcount",
    clause="四（三）",
    severity="hold",
    about="headcount",
    looks_at="申报人数",
    message="申报人数 {headcount} 人，超过每团 {notice.limits.headcount} 人的原则上限。",
    advice="请压缩人数。",
    otherwise="确需增加人数的，请书面说明理由。",
)
def headcount_within_limit(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A group is at most 20 people, as a principle (四（三）)."""
    return filings["headcount"].le(notice.limits.headcount)


@rule(
    "group-headcount",
    clause="四（三）",
    severity="hold",
    over="groups",
    about="headcount",
    looks_at="归并后的团组：申报人数、各参团单位的人数之和",
    message="归并后全团 {group_people} 人（牵头填报 {headcount_filed}），超过每团 {notice.limits.headcount} 人的原则上限。",
    advice="请压缩人数。",
    otherwise="确需增加人数的，请书面说明理由。",
)
def group_within_limit(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """A group is at most 20 people after its filings were brought together (四（三）). What its lead's own headcount already
    shows is not said again, nor what comes of its own participants being more than its headcount (四（二）)."""
    limit = notice.limits.headcount
    contradictory = groups["people"].gt(groups["headcount"]) & groups["people"].eq(groups["group_people"])
    said = groups["headcount"].gt(limit) | (contradictory & groups["group_headcount"].le(limit))
    return groups["group_people"].le(limit) | said.fillna(False)


def which_others(groups: DataFrame[GroupRows], notice: Notice) -> pd.DataFrame:
    """``alike``: what the groups have in common; ``others``: where those besides this one stand."""
    rows = groups.assign(headcount=groups["group_people"])
    by_trip, by_text = (
        others_told(rows, groups[name], notice.limits.split_within_days) for name in ("same_trip", "same_text")
    )
    trip = groups["near_by"].eq("same_trip")
    alike = trip.map({True: "就同一领域赴同一机构", False: "用同样的培训内容"})
    return pd.DataFrame({"alike": alike, "others": by_trip.where(trip, by_text)}, index=groups.index)


@rule(
    "group-split",
    clause="四（三）",
    severity="hold",
    over="groups",
    about="headcount",
    assist=True,
    looks_at="归并后的团组：同一组团单位、境外机构、培训领域，或同一组团单位、培训内容，出境日期相近，合计申报人数",
    message=(
        "申报人数 {headcount_filed}；{organiser}{alike}，{notice.limits.split_within_days} 天内共 {near} 个团组、"
        "{near_people} 人，超过每团 {notice.limits.headcount} 人的原则上限，可能是一个团组拆分。另外的团组：{others}。"
    ),
    advice="请合并并压缩人数。",
    otherwise="确为不同团组的，请书面说明人员和内容的区别。",
    tells=which_others,
)
def group_not_split(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Groups of one organiser to one institution on one theme, or with the same content under whatever name, leaving within 30
    days of each other, are together at most 20 people (四（三）). A group that is over 20 by itself was not cut to stay under it
    and does not count here; nor, until a reviewer has said 不合并, one that another office filed and that is offered as the
    same one."""
    return groups["near"].lt(2) | groups["near_people"].le(notice.limits.headcount)


@rule(
    "days",
    clause="四（三）",
    severity="return",
    about="days",
    looks_at="培训天数",
    message="培训天数 {days} 天，应为 {notice.limits.days_least} 至 {notice.limits.days_most} 天。",
    advice="请调整培训天数和出入境日期。",
)
def days_within_limits(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Training lasts 14 to 360 days, both ends in (四（三）)."""
    return filings["days"].between(notice.limits.days_least, notice.limits.days_most)


@rule(
    "degree-study",
    clause="四（三）",
    severity="prohibit",
    about="degree_study",
    looks_at="是否学历教育",
    message="是否学历教育填报为“{degree_study_filed}”，因公出国（境）培训仅限非学历教育。",
    advice="请撤回该项目，或改为非学历教育。",
)
def no_degree_study(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The training leads to no degree (四（三）)."""
    return ~filings["degree_study"]


@rule(
    "degree-text",
    clause="四（三）",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、立项必要性、备注（{WEIGHED}），是否学历教育",
    message="是否学历教育填报为否，但{text_title}中有{evidence}{against}，像是学历学位教育；因公出国（境）培训仅限非学历教育。",
    advice="请撤回该项目，或改为非学历教育；只是参训人员条件的，请写明。",
)
def no_degree_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Where no degree is declared, the texts speak of none (四（三）); that those who go must have one is a condition."""
    return texts["degree_study"].fillna(True)


@rule(
    "people-text",
    clause="四（三）",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"培训内容、立项必要性、备注（{WEIGHED}），申报人数",
    message=(
        "申报人数 {headcount} 人，但{text_title}中有{evidence}{against}，可能另有人员随团；"
        "每团原则上不超过 {notice.limits.headcount} 人，随团人员一并计算。"
    ),
    advice="请把随团人员计入申报人数，超过上限的，请压缩人数。",
    otherwise="确需增加人数的，请书面说明理由。",
)
def no_more_people_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """The texts speak of nobody who travels with the group and is not counted (四（三）)."""
    return texts["headcount"].gt(notice.limits.headcount).fillna(True)
