"""二（三）2: cross-region groups, who organises them and who joins."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.register import other_system
from flows.validate.tables.rows import FilingRows, GroupRows, MemberRows, OrganisedFilings, ParticipantRows, TextRows
from flows.validate.texts import WEIGHED
from schemas.notice import Notice
from schemas.tables import DataFrame

SOCIETIES = "二（五）3"
"""The clause about learned societies, which says of them what 二（三）2 says of everybody."""


def declared_across(filings: DataFrame[OrganisedFilings]) -> pd.Series:
    """Whether 是否双跨 says so."""
    return filings["cross_region"].fillna(False)


def across(filings: DataFrame[OrganisedFilings]) -> pd.Series:
    """Whether the group is a cross-region one: it says so, or its participants show it."""
    return declared_across(filings) | filings["elsewhere"].notna()


def society_without_right(rows: DataFrame[OrganisedFilings], notice: Notice) -> pd.Series:
    """Whether the organiser is a 学会, 协会, 基金会 or 培训中心 without 外事审批权."""
    society = rows["organiser_nature"].isin(notice.meanings.societies)
    return society & ~rows["organiser_foreign_affairs"].fillna(True)


def said_of_societies(rows: DataFrame[OrganisedFilings], notice: Notice) -> pd.Series:
    """Whether the year's 二（五）3 says of the organiser that it leads no cross-region group."""
    return society_without_right(rows, notice) & notice.clause_of[SOCIETIES].active


def why_across(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``why``: what makes the group a cross-region one."""
    declared = "是否双跨填报为“" + filings["cross_region_filed"].fillna("") + "”"
    shown = "，但参团单位有" + filings["elsewhere"].fillna("")
    return pd.DataFrame({"why": declared + shown.mask(declared_across(filings), "")}, index=filings.index)


@rule(
    "cross-region-right",
    clause="二（三）2",
    severity="prohibit",
    about="cross_region",
    looks_at="是否双跨、参团单位、组团单位的层级、单位性质、外事审批权（单位名录）",
    message="{why}，组团单位{organiser}（{organiser_level}{organiser_nature}）既不是省级机关部门，也不是有外事审批权的省级直属机构，不能组织双跨团组。",
    advice="请改由省级业务主管部门组团，或只派本单位、本地区人员。",
    tells=why_across,
    tells_from=("cross_region_filed",),
)
def organiser_may_lead_across(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Cross-region groups are organised by provincial organs, and by provincial units with 外事审批权 (二（三）2).

    Whether the group is one is taken from 是否双跨 and, where that says 否, from 参团单位. Of a learned society without
    外事审批权 二（五）3 says the same, and says it alone.
    """
    may = filings["organises_across"] | said_of_societies(filings, notice)
    return may | ~filings["organiser_known"] | ~across(filings)


@rule(
    "cross-region-declared",
    clause="二（三）2",
    severity="return",
    about="cross_region",
    looks_at="是否双跨、参团单位",
    message="是否双跨填报为“{cross_region_filed}”，参团单位中有其他地区或部门的{elsewhere}。",
    advice="请将“是否双跨”更正为“是”，或更正参团单位。",
)
def declared_as_participants_show(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A group whose participants come from another region or system says that it is a cross-region one (二（三）2)."""
    return filings["cross_region"] | filings["elsewhere"].isna()


def who_is_listed(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``listed``: what 参团单位 has."""
    own = filings["own_listed"].map({True: "只列了组团单位自己", False: "没有列出参团单位"})
    return pd.DataFrame({"listed": own})


@rule(
    "cross-region-joiners",
    clause="二（三）2",
    severity="return",
    about="cross_region",
    looks_at="是否双跨、参团单位",
    message="是否双跨填报为“{cross_region_filed}”，参团单位表中{listed}，看不出哪些地区、部门的单位参团。",
    advice="请在参团单位表中逐一列出参团单位和人数；只派本单位人员的，请将“是否双跨”更正为“否”。",
    tells=who_is_listed,
)
def declared_group_lists_who_joins(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A cross-region group says who joins (二（三）2). An office of another region or system that files it is itself who joins,
    and need not list itself."""
    return ~declared_across(filings) | filings["joining"].gt(0) | filings["filed_elsewhere"]


def how_many_lack(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``lacking``: how many people nobody sends."""
    return pd.DataFrame({"lacking": filings["headcount"] - filings["people"]})


@rule(
    "participants-below-headcount",
    clause="二（三）2",
    severity="return",
    about="headcount",
    looks_at="申报人数、各参团单位的参团人数",
    message="申报人数 {headcount} 人，参团单位表（组团单位也在其中）合计 {people} 人，有 {lacking} 人没有派出单位。",
    advice="请核对申报人数（全团人数）和各参团单位的人数，使两者相等。",
    tells=how_many_lack,
)
def everyone_is_sent_by_someone(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Participants are together as many as the group, where the organiser is one of them (二（三）2); where it is not, its own
    people make up the rest. More than the group is 四（二）'s."""
    judged = filings["own_listed"] & filings["people_counted"]
    return ~judged | filings["people"].ge(filings["headcount"])


@rule(
    "participant-county",
    clause="二（三）2",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位的层级（单位名录）",
    message="参团单位{participant}是{unit_level}单位，参团仅限市（州）市直部门和单位。",
    advice="请改由市（州）市直部门或单位派员，或不安排该单位参团。",
)
def participant_not_of_a_county(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """Who joins is no county unit (二（三）2); an organiser's own row is not about joining."""
    return participants["own"] | ~participants["unit_level"].isin(notice.meanings.county_levels)


@rule(
    "participant-system",
    clause="二（三）2",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位、组团单位的所属系统，参团单位的层级（单位名录）",
    message="参团单位{participant}属“{unit_system_listed}”系统，组团单位{organiser}属“{organiser_system_listed}”系统（单位名录）；市（州）参团仅限同一系统的单位。",
    advice="请改由同一系统的市（州）市直单位派员，或不安排该单位参团。",
)
def participant_of_the_same_system(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """Who joins from a city or county is of the organiser's 系统 (二（三）2), as 单位名录 has it: what the office wrote does not
    count against it."""
    provincial = participants["unit_level"].isin(notice.meanings.provincial_levels)
    return ~_of_another_system(participants) | provincial


@rule(
    "participant-system-provincial",
    clause="二（三）2",
    severity="hold",
    over="participants",
    about="participant",
    looks_at="参团单位、组团单位的所属系统，参团单位的层级（单位名录）",
    message="省级参团单位{participant}属“{unit_system_listed}”系统，组团单位{organiser}属“{organiser_system_listed}”系统（单位名录），两者不是同一系统。",
    advice="请不安排没有必要参团的省级单位。",
    otherwise="确需参团的，请书面说明理由和承担的任务。",
)
def provincial_participant_of_the_same_system(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """The notice limits the cities' units alone (二（三）2): that a provincial one of another 系统 joins is for a person to judge."""
    provincial = participants["unit_level"].isin(notice.meanings.provincial_levels)
    return ~_of_another_system(participants) | ~provincial


def _of_another_system(participants: DataFrame[ParticipantRows]) -> pd.Series:
    """Whether who joins is known to be of another 系统 than the organiser."""
    return ~participants["own"] & other_system(participants)


@rule(
    "group-cross-region-right",
    clause="二（三）2",
    severity="prohibit",
    over="groups",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报、组团单位的层级、单位性质、外事审批权（单位名录）",
    message=(
        "是否双跨填报为“{cross_region_filed}”，但{group_elsewhere}也申报了同一团组；"
        "组团单位{organiser}（{organiser_level}{organiser_nature}）不能组织双跨团组。"
    ),
    advice="请改由省级业务主管部门组团，或各自只派本单位、本地区人员。",
)
def group_led_by_who_may(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """A group that is cross-region only as other offices' filings show is led by one who may (二（三）2)."""
    already = across(groups) | groups["group_elsewhere"].isna()
    may = groups["organises_across"] | said_of_societies(groups, notice)
    return may | ~groups["organiser_known"] | already


def who_shows_across(groups: DataFrame[GroupRows], notice: Notice) -> pd.DataFrame:
    """``shown``: what the other filings of the group say."""
    files = "其他地区或部门的" + groups["group_elsewhere"] + "也申报了同一团组"
    declares = groups["group_declares"] + "就同一团组填报为“是”"
    return pd.DataFrame({"shown": files.fillna(declares)})


@rule(
    "group-cross-region-declared",
    clause="二（三）2",
    severity="return",
    over="groups",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报",
    message="是否双跨填报为“{cross_region_filed}”，{shown}。",
    advice="请将“是否双跨”更正为“是”并列出参团单位。",
    otherwise="确不是同一团组的，请书面说明。",
    tells=who_shows_across,
)
def group_declared_as_others_show(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """A group that other regions or systems file as well, or another of its filings declares so, says that it is a
    cross-region one (二（三）2)."""
    silent = groups["group_elsewhere"].isna() & groups["group_declares"].isna()
    return groups["cross_region"] | groups["elsewhere"].notna() | silent


@rule(
    "member-cross-region-declared",
    clause="二（三）2",
    severity="return",
    over="members",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报",
    message="是否双跨填报为“{cross_region_filed}”，该项目与{lead_organiser}牵头的双跨团组是同一团组。",
    advice="请将“是否双跨”更正为“是”。",
    otherwise="确不是同一团组的，请书面说明。",
)
def member_declared_as_the_group(members: DataFrame[MemberRows], notice: Notice) -> pd.Series:
    """The filings that a group's lead stands for declare it a cross-region one as well (二（三）2)."""
    return members["cross_region"] | members["elsewhere"].notna() | ~members["group_across"]


def who_may_not_join(groups: DataFrame[GroupRows], notice: Notice) -> pd.DataFrame:
    """``joiners``: the units that may not join, and why."""
    county = ("县级单位" + groups["group_county"]).fillna("")
    other = ("其他系统的" + groups["group_other_system"]).fillna("")
    both = county.ne("") & other.ne("")
    return pd.DataFrame({"joiners": county + pd.Series("、", index=groups.index).where(both, "") + other})


@rule(
    "group-joiners",
    clause="二（三）2",
    severity="return",
    over="groups",
    about="organiser",
    looks_at="归并后的团组：组团单位和其他申报单位的层级、所属系统（单位名录）",
    message="{joiners}也申报了同一团组；组团单位{organiser}属“{organiser_system_listed}”系统（单位名录），市（州）参团仅限同一系统的市直单位。",
    advice="请不安排该单位参团。",
    otherwise="确不是同一团组的，请书面说明。",
    tells=who_may_not_join,
)
def group_joined_by_who_may(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Units that join as only their own filings show are city units of the organiser's system (二（三）2)."""
    return groups["group_county"].isna() & groups["group_other_system"].isna()


@rule(
    "group-joiners-provincial",
    clause="二（三）2",
    severity="hold",
    over="groups",
    about="organiser",
    looks_at="归并后的团组：组团单位和其他申报单位的层级、所属系统（单位名录）",
    message="其他系统的省级单位{group_provincial}也申报了同一团组；组团单位{organiser}属“{organiser_system_listed}”系统（单位名录），两者不是同一系统。",
    advice="请不安排没有必要参团的省级单位。",
    otherwise="确需参团的，请书面说明理由和承担的任务；确不是同一团组的，请书面说明。",
)
def group_joined_by_its_own_system(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Provincial units that join as only their own filings show are of the organiser's system, or a person judges (二（三）2)."""
    return groups["group_provincial"].isna()


@rule(
    "cross-region-text",
    clause="二（三）2",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、立项必要性、备注（{WEIGHED}），是否双跨、参团单位",
    message="是否双跨填报为否，也没有其他地区或系统的参团单位，但{text_title}中有{evidence}{against}，像是跨地区跨部门团组。",
    advice="请核对：跨地区跨部门的，填“是”并在“参团单位”中列明；只派本单位人员的，请改写。",
)
def no_cross_region_group_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Where no cross-region group is declared or shown, the texts speak of none (二（三）2)."""
    return texts["cross_region"].fillna(True) | texts["elsewhere"].notna()
